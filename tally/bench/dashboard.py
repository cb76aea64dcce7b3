"""Times the dashboard on a big home: viewers, memory, a rival beside it; ratios of one run."""

import asyncio
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from tally.bench.made_up import MONTHS, make_home
from tally.bench.rivals.dash_viewer import DashViewer
from tally.bench.serving import (
    MEBIBYTE,
    NotStarted,
    Served,
    memory_of,
    served,
    served_by_itself,
    served_home,
)
from tally.bench.viewers import (
    NoAnswer,
    StreamlitViewer,
    ViewerOf,
    alone,
    arriving,
    loads,
    share_of,
    together,
)
from tally.packs import packs
from tally.store import Database

RIVAL = Path(__file__).resolve().parent / "rivals" / "memory_page.py"
DASH_RIVAL = "tally.bench.rivals.dash_page"
ALONE_COUNT, AT_ONCE_COUNT, MEMORY_VIEWERS = 15, 20, 50
EVERY_SECONDS = 2.0
# Whether memory stays flat is asked of our page; a rival takes a second and more for each load.
RIVAL_LOADS_MAX = 100


@dataclass(frozen=True)
class Load:
    """How hard the pages are used."""

    row_count: int
    for_seconds: int
    arriving_count: int
    load_count: int


@dataclass(frozen=True)
class Figures:
    """What was measured of one page; seconds and bytes. `*_ratio` is what a limit is set for."""

    name: str
    alone_median: float
    remembered_median: float
    remembered_ratio: float
    together_median: float
    together_p95: float
    together_ratio: float
    change_count: int
    arriving_median: float
    arriving_p95: float
    memory_start: int
    memory_viewers: int
    memory_loads: int
    load_count: int


def figures_of(
    name: str,
    changes: tuple[list[float], list[float], list[float]],
    arrivals: list[float],
    memory: tuple[int, int, int],
    load_count: int,
) -> Figures:
    """Return the figures of one page from its times.

    Changes are those of one alone, the same ones again with every answer remembered, and those
    of many; then come the arrivals, and the memory at the start, with viewers, after the loads.
    """
    one, again, many = changes
    return Figures(
        name=name,
        alone_median=statistics.median(one),
        remembered_median=statistics.median(again),
        remembered_ratio=statistics.median(one) / statistics.median(again),
        together_median=statistics.median(many),
        together_p95=share_of(many, 0.95),
        together_ratio=share_of(many, 0.95) / statistics.median(one),
        change_count=len(many),
        arriving_median=statistics.median(arrivals),
        arriving_p95=share_of(arrivals, 0.95),
        memory_start=memory[0],
        memory_viewers=memory[1],
        memory_loads=memory[2],
        load_count=load_count,
    )


@dataclass(frozen=True)
class Report:
    """What was measured of each page, and how hard the pages were used."""

    load: Load
    pages: tuple[Figures, ...]
    left_out: tuple[str, ...] = ()

    def as_record(self) -> dict[str, Any]:
        """Return what was measured as JSON knows it."""
        pages = [asdict(one) for one in self.pages]
        return {**asdict(self.load), "pages": pages, "left_out": self.left_out}

    def as_table(self) -> tuple[list[str], list[list[str]]]:
        """Return the headings and the rows of a table to look at."""
        headings = [
            "页面", "一人换筛选", "比数据不变", "20 人换筛选 p95", "倍数", "同时到达 p95", "内存",
            "50 人", "再打开多次后",
        ]  # fmt: skip
        missing = [[said, *[""] * (len(headings) - 1)] for said in self.left_out]
        return headings, [_words(one) for one in self.pages] + missing


def _words(one: Figures) -> list[str]:
    sizes = (one.memory_start, one.memory_viewers, one.memory_loads)
    return [
        one.name,
        f"{one.alone_median * 1000:.0f} 毫秒",
        f"{one.remembered_ratio:.2f} 倍",
        f"{one.together_p95 * 1000:.0f} 毫秒",
        f"{one.together_ratio:.1f} 倍",
        f"{one.arriving_p95:.1f} 秒",
        *(f"{size / MEBIBYTE:.0f} MB" for size in sizes[:2]),
        f"{sizes[2] / MEBIBYTE:.0f} MB（{one.load_count} 次）",
    ]


@dataclass(frozen=True)
class Page:
    """A page to measure: who views it, what serves it, and how often it is opened at most."""

    name: str
    viewer_of: ViewerOf
    serving: AbstractContextManager[Served]
    loads_max: int = RIVAL_LOADS_MAX


def bench_dashboard(load: Load) -> Report:
    """Measure Tally's first page and those of the rivals on a made-up home of so many rows."""
    with tempfile.TemporaryDirectory() as folder:
        home, rows = Path(folder) / "home", Path(folder) / "rows.parquet"
        make_home(home, load.row_count)
        _write_rows(home, rows)
        measured: list[Figures] = []
        left_out: list[str] = []
        for page in _pages(home, rows, load.load_count):
            try:
                measured.append(_measured(page, load))
            except (NoAnswer, NotStarted) as fault:
                left_out.append(f"{page.name}：{fault}")
    return Report(load, tuple(measured), tuple(left_out))


def _pages(home: Path, rows: Path, load_count: int) -> Iterator[Page]:
    yield Page("本系统：活动进度", StreamlitViewer, served_home(home), load_count)
    last_day = MONTHS[-1].replace(day=28).isoformat()
    theirs = {"TALLY_BENCH_ROWS": str(rows), "TALLY_BENCH_DAY": last_day}
    in_memory = "内存数据框页面"
    yield Page(f"{in_memory}（Dash）", DashViewer, served_by_itself(DASH_RIVAL, "dash", theirs))
    yield Page(f"{in_memory}（Streamlit）", StreamlitViewer, served(RIVAL, theirs))


def _write_rows(home: Path, path: Path) -> None:
    with closing(Database(home, packs())) as database:
        listed = database.rows(
            "SELECT period, item_key, title, unit, dimension, community, due_on, state, closed_on "
            "FROM store.main.problems"
        )
        pq.write_table(listed, path)


def _measured(page: Page, load: Load) -> Figures:
    with page.serving as (address, process):
        of = page.viewer_of, address
        asyncio.run(arriving(*of, 1))
        one = asyncio.run(alone(*of, ALONE_COUNT))
        again = asyncio.run(alone(*of, ALONE_COUNT))
        before = memory_of(process)
        many = asyncio.run(together(*of, AT_ONCE_COUNT, EVERY_SECONDS, load.for_seconds))
        arrivals = asyncio.run(arriving(*of, load.arriving_count))
        asyncio.run(together(*of, MEMORY_VIEWERS, 3 * EVERY_SECONDS, load.for_seconds))
        with_viewers = memory_of(process)
        load_count = min(page.loads_max, load.load_count)
        asyncio.run(loads(*of, load_count))
        memory = (before, with_viewers, memory_of(process))
    return figures_of(page.name, (one, again, many), arrivals, memory, load_count)
