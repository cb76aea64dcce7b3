"""Pages that are timed, each served by a process of its own on this machine."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from tally.safekeeping.backups import backups_folder, folders_of_backups

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS, STOP_SECONDS = 120.0, 30.0
STILL_SECONDS, STILL_SHARE = 7.0, 0.2
MEBIBYTE = 1024 * 1024
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "microsoft-edge")
# Maps are drawn by WebGL, in software where there is no graphics card; so is all else then, which
# takes a core of the two.
WEBGL = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")


@contextmanager
def chromium(*flags: str) -> Iterator[Any]:
    """Give a browser without a window; RuntimeError where there is none."""
    from playwright.sync_api import sync_playwright

    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        raise RuntimeError("没有找到 Chromium 或 Chrome")
    with sync_playwright() as playwright:
        words = ["--no-sandbox", *flags]
        browser = playwright.chromium.launch(executable_path=executable, args=words)
        yield browser
        browser.close()


def free_port() -> int:
    """Return a port nobody listens on."""
    with closing(socket.socket()) as finder:
        finder.bind(("127.0.0.1", 0))
        return int(finder.getsockname()[1])


def memory_of(process: subprocess.Popen[bytes]) -> int:
    """Return the resident bytes of a process; 0 where the system does not tell."""
    try:
        told = Path(f"/proc/{process.pid}/status").read_text()
    except OSError:
        return 0
    found = [line.split()[1] for line in told.splitlines() if line.startswith("VmRSS:")]
    return int(found[0]) * 1024 if found else 0


class NotStarted(RuntimeError):
    """The page that is to be timed did not start."""


Served = tuple[str, "subprocess.Popen[bytes]"]


@contextmanager
def served(script: Path, settings: Mapping[str, str], port: int = 0) -> Iterator[Served]:
    """Serve a script by Streamlit on a port of this machine, any free one for 0."""
    port = port or free_port()
    words = ["--server.address", "127.0.0.1", "--server.port", str(port), "--server.headless=true"]
    with _running(["streamlit", "run", str(script), *words], settings, port) as running:
        yield running


@contextmanager
def served_home(home: Path) -> Iterator[Served]:
    """Serve the dashboard on a home, once neither a backup nor counting ahead takes a core."""
    settings = {"TALLY_HOME": str(home), "TALLY_NO_SAMPLES": "1"}
    with served(ROOT / "app.py", settings) as running:
        until = time.monotonic() + START_SECONDS
        while not folders_of_backups(backups_folder(home)) and time.monotonic() < until:
            time.sleep(0.5)
        _settle(running[1], until)
        yield running


def _settle(process: subprocess.Popen[bytes], until: float) -> None:
    """Wait until a server has hardly worked for longer than the keeper looks away."""
    worked, still_since = _processor_seconds(process), time.monotonic()
    while time.monotonic() < min(until, still_since + STILL_SECONDS):
        time.sleep(1)
        before, worked = worked, _processor_seconds(process)
        if worked - before > STILL_SHARE:
            still_since = time.monotonic()


def _processor_seconds(process: subprocess.Popen[bytes]) -> float:
    """Return how long a process has worked; 0 where the system does not tell."""
    try:
        told = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served_by_itself(module: str, library: str, settings: Mapping[str, str]) -> Iterator[Served]:
    """Serve a module that stands on a library and takes the port as its one argument."""
    if find_spec(library) is None:
        raise NotStarted(f"没有安装，可用 pip install {library}")
    port = free_port()
    with _running([module, str(port)], settings, port) as running:
        yield running


@contextmanager
def _running(words: Sequence[str], settings: Mapping[str, str], port: int) -> Iterator[Served]:
    process = subprocess.Popen(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        env={**os.environ, **settings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, process)
        yield f"http://127.0.0.1:{port}", process
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        # A page that drowned in what was asked of it: what was measured of the others is kept.
        process.kill()
        process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    # A server that is still starting says so in a page of its own, and with another status.
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError), urlopen(f"http://127.0.0.1:{port}", timeout=5):
            return
        time.sleep(0.2)
    raise NotStarted("没有启动")
