"""Times every question of the leaders' pages on a home's own file and on the lake it was moved to.

One after the other, question by question, so that what else the machine does falls on both. The
processor time is this process's: what PostgreSQL takes is in the time on the clock.
"""

import os
import tempfile
import time
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tally.addresses import STORE_VARIABLE, lake_in_use
from tally.bench.answers import LISTED_COUNT, QUESTIONS, asked_of
from tally.bench.made_up import SLUG
from tally.packs import packs
from tally.store import Database, HomeUnusable


@dataclass(frozen=True)
class Took:
    """How long an answer took: the processor, and by the clock."""

    busy_seconds: float
    clock_seconds: float


@dataclass(frozen=True)
class Compared:
    """One question on both stores: the first time, and the best of those after it."""

    name: str
    first_own: Took
    first_lake: Took
    own: Took
    lake: Took
    row_count: int

    @property
    def ratio(self) -> float:
        """How many times longer the processor works for the lake."""
        return self.lake.busy_seconds / self.own.busy_seconds


@dataclass(frozen=True)
class Stores:
    """The questions, the dearest ratio first."""

    compared: tuple[Compared, ...]

    def as_record(self) -> dict[str, Any]:
        """Return the figures as JSON knows them."""
        return {"questions": [{**asdict(one), "ratio": one.ratio} for one in self.compared]}

    def as_table(self) -> tuple[list[str], list[list[str]]]:
        """Return the headings and the rows of a table to look at."""
        return ["问题", "本机文件", "共享库", "倍数", "钟表时间", "第一次（处理器）"], [
            [
                one.name,
                _said(one.own.busy_seconds),
                _said(one.lake.busy_seconds),
                f"{one.ratio:.1f} 倍",
                f"{_said(one.own.clock_seconds)} / {_said(one.lake.clock_seconds)}",
                f"{_said(one.first_own.busy_seconds)} / {_said(one.first_lake.busy_seconds)}",
            ]
            for one in self.compared
        ]


def _said(seconds: float) -> str:
    return f"{seconds * 1000:.0f} 毫秒"


def bench_stores(home: Path, repeat_count: int) -> Stores:
    """Ask a home's own file, and the lake that `TALLY_STORE` names and that holds the same."""
    if lake_in_use() is None:
        raise HomeUnusable(f"{STORE_VARIABLE} 没有写共享数据库的地址")
    address = os.environ.pop(STORE_VARIABLE)
    with tempfile.TemporaryDirectory() as beside, closing(Database(home, packs())) as own:
        os.environ[STORE_VARIABLE] = address
        with closing(Database(Path(beside), packs())) as lake:
            given: dict[str, Any] = {"campaign": SLUG, "as_of": own.default_day(SLUG)}
            given["at_most"] = LISTED_COUNT
            compared = [
                _compared(own, lake, name, asked_of(name, given), repeat_count)
                for name in QUESTIONS
            ]
    return Stores(tuple(sorted(compared, key=lambda one: one.ratio, reverse=True)))


def _compared(
    own: Database, lake: Database, name: str, given: dict[str, Any], repeat_count: int
) -> Compared:
    row_count, first_own = _timed(own, name, given)
    lake_row_count, first_lake = _timed(lake, name, given)
    assert row_count == lake_row_count, f"the two stores answer {name} differently"
    took: list[tuple[Took, Took]] = []
    for _ in range(repeat_count):
        took.append((_timed(own, name, given)[1], _timed(lake, name, given)[1]))
    own_best, lake_best = (
        Took(min(one.busy_seconds for one in ones), min(one.clock_seconds for one in ones))
        for ones in zip(*took, strict=True)
    )
    return Compared(name, first_own, first_lake, own_best, lake_best, row_count)


def _timed(database: Database, name: str, known: dict[str, Any]) -> tuple[int, Took]:
    busy, begun = time.process_time(), time.perf_counter()
    row_count = database.ask(name, known).num_rows
    return row_count, Took(time.process_time() - busy, time.perf_counter() - begun)
