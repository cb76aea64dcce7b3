"""The parent's side of the child process: starts it, bounds it, survives it."""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tally.intake.deadline import postpone, seconds_left, too_slow
from tally.intake.opening.child import MEMORY_BYTES, READ, REFUSED
from tally.intake.opening.formats import form_of
from tally.intake.opening.grids import Refusal, Workbook
from tally.intake.opening.transport import decode
from tally.intake.progress import tell

WALL_SECONDS = 60
MAX_PARSERS = 2
WATCH_SECONDS = 0.2
ROOT = Path(__file__).resolve().parents[3]
COMMAND = (sys.executable, "-m", "tally.intake.opening.child")


class Line:
    """Lets so many in at once; the others wait in the order they came told how many are before."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._changed = threading.Condition()
        self._tickets: list[object] = []

    @contextmanager
    def place(self) -> Iterator[None]:
        """Wait for a place and hold it; a listener that raises while it waits leaves the line."""
        ticket = object()
        with self._changed:
            self._tickets.append(ticket)
        try:
            self._wait(ticket)
            yield
        finally:
            with self._changed:
                self._tickets.remove(ticket)
                self._changed.notify_all()

    def _wait(self, ticket: object) -> None:
        with self._changed:
            while (ahead_count := self._tickets.index(ticket)) >= self._places:
                tell("wait", ahead_count=ahead_count)
                self._changed.wait(WATCH_SECONDS)


_parsers = Line(MAX_PARSERS)


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


def _watched(child: subprocess.Popen[bytes], wall_seconds: float) -> bytes:
    """Return the child's answer; Refusal when it takes too long or too much memory.

    The parent looks at short intervals, so that a listener can end the reading. Linux
    bounds the memory itself; elsewhere that is looked at as well.
    """
    ends_at = time.monotonic() + wall_seconds
    while True:
        left_seconds = ends_at - time.monotonic()
        try:
            return child.communicate(timeout=max(min(WATCH_SECONDS, left_seconds), 0))[0]
        except subprocess.TimeoutExpired as error:
            tell("open")
            if left_seconds <= 0:
                raise too_slow() from error
            if sys.platform != "linux" and resident_bytes(child.pid) > MEMORY_BYTES:
                raise _ended("读取占用内存过多") from error


def run_child(
    command: Sequence[str],
    content: bytes,
    wall_seconds: float,
    settings: Mapping[str, str] | None = None,
) -> tuple[int, bytes]:
    """Hand bytes to a child process; return its exit status and its answer.

    `settings` are added to its environment. Refusal when it takes too long or too much.
    """
    # By a nameless file: `communicate` forgets the rest of what it sends when it times out.
    with tempfile.TemporaryFile() as handed_over:
        handed_over.write(content)
        handed_over.seek(0)
        with subprocess.Popen(
            command,
            stdin=handed_over,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **(settings or {})},
        ) as child:
            try:
                output = _watched(child, wall_seconds)
            finally:
                child.kill()
    return child.returncode, output


def open_isolated(content: bytes, wall_seconds: float = WALL_SECONDS) -> Workbook:
    """Open a workbook in a child process; Refusal whatever becomes of the child.

    At most two children run at once, the third waits and is told so.
    """
    form_of(content)
    came_at = time.monotonic()
    with _parsers.place():
        postpone(time.monotonic() - came_at)
        tell("open")
        status, output = run_child(COMMAND, content, min(wall_seconds, seconds_left()))
    if status == 0 and output.startswith(REFUSED):
        raise Refusal(*json.loads(output[len(REFUSED) :]))
    if status != 0 or not output.startswith(READ):
        raise _ended("读取中断（内存或时间超限，或文件内部损坏）")
    return decode(output, len(READ))
