"""The parent's side of the child process: starts it, bounds it, survives it."""

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from tally.intake.child import MEMORY_BYTES
from tally.intake.formats import form_of
from tally.intake.grids import Refusal, Workbook, decode

WALL_SECONDS = 60
MAX_PARSERS = 2
WATCH_SECONDS = 0.2
ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "tally.intake.child")
_parsers = threading.BoundedSemaphore(MAX_PARSERS)


def _ended(reason: str) -> Refusal:
    return Refusal(
        reason, "应为普通的台账工作簿", "请删去空白行列、图片和无关工作表，另存为 .xlsx 后重新上传"
    )


def resident_bytes(process_id: int) -> int:
    """Return how much memory a process holds; 0 where the system does not tell."""
    try:
        asked = subprocess.run(
            ("ps", "-o", "rss=", "-p", str(process_id)), capture_output=True, text=True, timeout=5
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    return int(asked.stdout.strip() or 0) * 1024


def _watched(child: subprocess.Popen[bytes], content: bytes, wall_seconds: float) -> bytes:
    """Return the child's answer; Refusal when it takes too long or too much memory.

    Linux bounds the memory itself; elsewhere the parent looks at short intervals.
    """
    ends_at = time.monotonic() + wall_seconds
    is_bounded = sys.platform == "linux"
    while True:
        left_seconds = ends_at - time.monotonic()
        try:
            patience_seconds = left_seconds if is_bounded else min(WATCH_SECONDS, left_seconds)
            return child.communicate(content, timeout=max(patience_seconds, 0))[0]
        except subprocess.TimeoutExpired as error:
            if left_seconds <= 0 or is_bounded:
                raise _ended(f"读取超过 {wall_seconds:g} 秒") from error
            if resident_bytes(child.pid) > MEMORY_BYTES:
                raise _ended("读取占用内存过多") from error


def _answer(content: bytes, wall_seconds: float) -> tuple[int, bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=environment,
    ) as child:
        try:
            output = _watched(child, content, wall_seconds)
        finally:
            child.kill()
    return child.returncode, output


def open_isolated(content: bytes, wall_seconds: float = WALL_SECONDS) -> Workbook:
    """Open a workbook in a child process; Refusal whatever becomes of the child.

    At most two children run at once, the third waits.
    """
    form_of(content)
    with _parsers:
        status, output = _answer(content, wall_seconds)
    verdict, _, answer = output.partition(b"\n")
    if status == 0 and verdict == b"refused":
        raise Refusal(*json.loads(answer))
    if status != 0 or verdict != b"read":
        raise _ended("读取中断（内存或时间超限，或文件内部损坏）")
    return decode(answer.decode("utf-8", "surrogatepass"))
