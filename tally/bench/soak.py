"""Lets the wall turn for a while, with a restart of the server in the middle; tells the memory.

A browser is needed, as the tests have one; the home is that of the samples or a made-up one.
"""

import subprocess
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from tally.bench.serving import MEBIBYTE, ROOT, WEBGL, chromium, free_port, memory_of, served

SECONDS_A_SCREEN = 10
EVERY_SECONDS = 30.0
RESTART_SECONDS = 20.0


@dataclass(frozen=True)
class Reading:
    """What was held at a moment: seconds since the start, bytes, and which screen was shown."""

    at_seconds: float
    server_bytes: int
    page_bytes: int
    node_count: int
    screen: str


@dataclass(frozen=True)
class Soak:
    """All readings, when the server was restarted, and how long the wall took to come back."""

    readings: tuple[Reading, ...]
    restarted_at_seconds: float
    back_after_seconds: float
    complaints: tuple[str, ...]

    @property
    def screens_seen(self) -> int:
        """How many different screens were met."""
        return len({reading.screen for reading in self.readings})

    def parts(self) -> dict[str, tuple[Reading, Reading]]:
        """Return the first and the last settled reading before and after the restart."""
        before = [one for one in self.readings if one.at_seconds < self.restarted_at_seconds]
        after = [one for one in self.readings if one.at_seconds >= self.restarted_at_seconds]
        return {
            "重启前": (before[len(before) // 3], before[-1]),
            "重启后": (after[len(after) // 3], after[-1]),
        }

    def as_record(self) -> dict[str, Any]:
        """Return the soak as JSON knows it."""
        return asdict(self)

    def as_table(self) -> tuple[list[str], list[list[str]]]:
        """Return the headings and the rows of a table to look at."""
        rows = [
            [
                name,
                f"{(last.at_seconds - first.at_seconds) / 60:.0f} 分钟",
                f"{_size(first.server_bytes)} → {_size(last.server_bytes)}",
                f"{_size(first.page_bytes)} → {_size(last.page_bytes)}",
                f"{first.node_count} → {last.node_count}",
            ]
            for name, (first, last) in self.parts().items()
        ]
        back = f"{self.back_after_seconds:.0f} 秒后自己回来"
        rows.append(
            ["重启", back, f"放过 {self.screens_seen} 屏", "", f"报错 {len(self.complaints)}"]
        )
        return ["", "时长", "服务器内存", "页面内存", "页面元素"], rows


def _size(count: int) -> str:
    return f"{count / MEBIBYTE:.0f} MB"


def bench_wall(home: Path, seconds: int) -> Soak:
    """Let the wall turn on a home for so long, half of it before a restart of the server."""
    settings = {"TALLY_HOME": str(home), "TALLY_NO_SAMPLES": "1"}
    port = free_port()
    with chromium(*WEBGL) as browser:
        page = browser.new_page(viewport={"width": 1920, "height": 1080}, locale="zh-CN")
        soak = _Soaking(page)
        with served(ROOT / "app.py", settings, port) as (address, process):
            page.goto(f"{address}/wall?{urlencode({'seconds': SECONDS_A_SCREEN})}")
            soak.read_for(seconds / 2, process)
        restarted_at = soak.seconds
        time.sleep(RESTART_SECONDS)
        with served(ROOT / "app.py", settings, port) as (_, process):
            back_after = soak.wait_until_back()
            soak.read_for(seconds / 2, process)
    return Soak(tuple(soak.readings), restarted_at, back_after, tuple(soak.complaints))


class _Soaking:
    """A page on the wall, what it said and what it held."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.begun = time.monotonic()
        self.readings: list[Reading] = []
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self._metrics: Callable[[], dict[str, float]] = self._devtools()

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.begun

    def _devtools(self) -> Callable[[], dict[str, float]]:
        session = self.page.context.new_cdp_session(self.page)
        session.send("Performance.enable")

        def metrics() -> dict[str, float]:
            session.send("HeapProfiler.collectGarbage")
            told = session.send("Performance.getMetrics")["metrics"]
            return {one["name"]: one["value"] for one in told}

        return metrics

    def read_for(self, seconds: float, process: subprocess.Popen[bytes]) -> None:
        """Read what is held every half minute."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.page.wait_for_timeout(EVERY_SECONDS * 1000)
            metrics = self._metrics()
            self.readings.append(
                Reading(
                    self.seconds,
                    memory_of(process),
                    int(metrics["JSHeapUsedSize"]),
                    int(metrics["Nodes"]),
                    self._screen(),
                )
            )

    def _screen(self) -> str:
        return parse_qs(urlsplit(self.page.url).query).get("screen", [""])[0]

    def wait_until_back(self) -> float:
        """Return after how many seconds the wall turned again by itself."""
        begun, shown = time.monotonic(), self._screen()
        while self._screen() == shown:
            self.page.wait_for_timeout(500)
            if time.monotonic() - begun > 300:
                raise RuntimeError("大屏没有自己回来")
        return time.monotonic() - begun
