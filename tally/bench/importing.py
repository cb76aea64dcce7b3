"""Times an import side by side with the readers that only read; absolute times mean nothing.

One made-up workbook goes by turns through every reader that is installed and through Tally,
each into an empty home. What counts is the ratio to the fastest reader, on this machine, now.
"""

import gc
import importlib
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from tally.intake.opening.isolation import open_isolated
from tally.packs import Pack, packs
from tally.store import Database
from tally.submissions import Given, Terms, import_file, read_file

SLUG = "xiangshan"
MONTHS = (date(2022, 9, 1), date(2022, 10, 1))
CHANGED_SHARE, CLOSED_SHARE = 0.01, 0.5
HEADERS = (
    "问题编号", "维度", "问题描述", "责任单位", "完成时限", "状态", "销号日期", "目标",
    "措施", "配合单位", "责任领导", "社区", "查摆日期", "备注", "序号",
)  # fmt: skip
OPENING, READING = "本系统：打开（子进程）", "本系统：读懂全部行"
FIRST_IMPORT, NEXT_IMPORT = "本系统：导入到发布", "本系统：下月再报到发布"
MEBIBYTE = 1024 * 1024


@dataclass
class Line:
    """One work that is timed: its runs in seconds, or why it was left out."""

    name: str
    is_rival: bool = False
    seconds: list[float] = field(default_factory=list)
    left_out: str = ""

    @property
    def median_seconds(self) -> float:
        """The middle of the runs."""
        return statistics.median(self.seconds)


@dataclass(frozen=True)
class Report:
    """What was timed; the import's peak memory (None: not told here) beside its rows' size."""

    row_count: int
    column_count: int
    lines: tuple[Line, ...]
    growth_bytes: int | None
    rows_bytes: int

    @property
    def fastest_seconds(self) -> float:
        """How long the fastest reader takes just to read."""
        return min(line.median_seconds for line in self.lines if line.is_rival and line.seconds)

    def as_record(self) -> dict[str, Any]:
        """Return the report as JSON knows it; seconds and bytes."""
        return {
            "rows": self.row_count,
            "columns": self.column_count,
            "lines": [
                {"name": line.name, "left_out": line.left_out}
                if line.left_out
                else {
                    "name": line.name,
                    "left_out": "",
                    "is_reader": line.is_rival,
                    "seconds": line.seconds,
                    "median_seconds": line.median_seconds,
                    "ratio": line.median_seconds / self.fastest_seconds,
                }
                for line in self.lines
            ],
            "memory_growth_bytes": self.growth_bytes,
            "rows_bytes": self.rows_bytes,
        }

    def as_table(self) -> tuple[list[str], list[list[str]]]:
        """Return the headings and the rows of a table to look at."""
        rows = [
            [line.name, "—", "—", line.left_out]
            if line.left_out
            else [
                line.name,
                f"{line.median_seconds:.2f} 秒",
                f"{line.median_seconds / self.fastest_seconds:.2f} 倍",
                f"{len(line.seconds)} 次，{min(line.seconds):.2f} 至 {max(line.seconds):.2f} 秒",
            ]
            for line in self.lines
        ]
        growth = "此系统不报告" if self.growth_bytes is None else _size(self.growth_bytes)
        rows.append(["内存：导入时最多增加", growth, "—", f"行数据本身 {_size(self.rows_bytes)}"])
        return ["项目", "中位数", "与最快读取相比", "说明"], rows


def _size(count: int) -> str:
    return f"{count / MEBIBYTE:.0f} MB"


def _record(number: int, month: int, pack: Pack, chance: random.Random) -> list[Any]:
    """Return a made-up row; in the next month a few open ones are closed."""
    units, places = [unit.name for unit in pack.units], [c.name for c in pack.communities]
    found_on = date(2022, 7, 11) + timedelta(chance.randrange(20))
    due_on = date(2022, 8, 1) + timedelta(chance.randrange(150))
    closed_on = min(due_on, date(2022, 9, 30)) if chance.random() < CLOSED_SHARE else None
    is_changed = chance.random() < CHANGED_SHARE
    if month and is_changed and not closed_on:
        closed_on = date(2022, 10, 20)
    return [
        f"XS-{number:06d}",
        chance.choice(pack.dimensions).name,
        f"园区第{number}号点位污水管网错接点未整改，群众反映强烈",
        chance.choice(units),
        due_on,
        "已销号" if closed_on else "正在推进",
        closed_on,
        f"12月底前完成第{number % 1000}段改造",
        "分三段施工，逐段验收",
        chance.choice(units),
        "规划建设部负责人",
        chance.choice(places) if places else None,
        found_on,
        "已复核" if number % 50 == 0 else None,
        number,
    ]


def _workbook(path: Path, month: int, row_count: int, column_count: int) -> bytes:
    """Write a month's made-up ledger and return the file."""
    import xlsxwriter

    pack, chance = packs()[SLUG], random.Random(1)
    book = xlsxwriter.Workbook(path)
    sheet, day = book.add_worksheet("问题台账"), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write(0, 0, f"{pack.campaign.full_name} 2022年{MONTHS[month].month}月问题台账")
    sheet.write_row(1, 0, HEADERS[:column_count])
    for number in range(1, row_count + 1):
        for at, cell in enumerate(_record(number, month, pack, chance)[:column_count]):
            if isinstance(cell, date):
                sheet.write_datetime(number + 1, at, cell, day)
            elif cell is not None:
                sheet.write(number + 1, at, cell)
    book.close()
    return path.read_bytes()


def _by_calamine(path: Path) -> None:
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(str(path))
    book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def _by_fastexcel(path: Path) -> None:
    import fastexcel

    fastexcel.read_excel(str(path)).load_sheet(0, header_row=1).to_arrow()


def _by_polars(path: Path) -> None:
    import polars

    polars.read_excel(path, engine="calamine", read_options={"header_row": 1})


def _by_openpyxl(path: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    for _ in book.worksheets[0].iter_rows(values_only=True):
        pass
    book.close()


RIVALS: dict[str, tuple[tuple[str, ...], Callable[[Path], None]]] = {
    "只读：python-calamine": (("python_calamine",), _by_calamine),
    "只读：fastexcel": (("fastexcel", "pyarrow"), _by_fastexcel),
    "只读：polars": (("polars", "fastexcel"), _by_polars),
    "只读：openpyxl": (("openpyxl",), _by_openpyxl),
}
# Far behind the others: its place is clear after one run.
ONCE = ("只读：openpyxl",)


def _missing(modules: Sequence[str]) -> str:
    """Load what a reader needs, so that no run is charged for it; say what is not there."""
    lacking = []
    for name in modules:
        try:
            importlib.import_module(name)
        except ImportError:
            lacking.append(name)
    return f"未安装 {'、'.join(lacking)}" if lacking else ""


def _timed(line: Line, work: Callable[[], Any]) -> Any:
    gc.collect()
    begun = time.perf_counter()
    done = work()
    line.seconds.append(time.perf_counter() - begun)
    return done


class _Peak:
    """The most memory that this process held since it was last asked; Linux tells."""

    def reset(self) -> None:
        """Begin anew from what is held now."""
        self._before = self._told("VmRSS")
        try:
            Path("/proc/self/clear_refs").write_text("5")
        except OSError:
            self._before = None

    def growth(self) -> int | None:
        """Return by how many bytes the peak since then lies over what was held."""
        peak = self._told("VmHWM")
        return None if peak is None or self._before is None else max(0, peak - self._before)

    @staticmethod
    def _told(name: str) -> int | None:
        try:
            told = Path("/proc/self/status").read_text()
        except OSError:
            return None
        found = [line.split()[1] for line in told.splitlines() if line.startswith(f"{name}:")]
        return int(found[0]) * 1024 if found else None


class _Bench:
    """The files, the lines and what the runs leave behind."""

    def __init__(self, folder: Path, row_count: int, column_count: int) -> None:
        self.folder = folder
        self.paths = [folder / f"{month.month}月问题台账.xlsx" for month in MONTHS]
        self.contents = [
            _workbook(path, month, row_count, column_count) for month, path in enumerate(self.paths)
        ]
        self.rivals = [
            Line(name, is_rival=True, left_out=_missing(modules))
            for name, (modules, _) in RIVALS.items()
        ]
        self.own = [Line(name) for name in (OPENING, READING, FIRST_IMPORT, NEXT_IMPORT)]
        self.growths: list[int | None] = []
        self.rows_bytes = 0

    def turn(self, number: int) -> None:
        """Run every line once."""
        for line in self.rivals:
            if not line.left_out and not (number and line.name in ONCE):
                _timed(line, partial(RIVALS[line.name][1], self.paths[0]))
        opening, reading, first_import, next_import = self.own
        _timed(opening, lambda: open_isolated(self.contents[0]))
        with closing(Database(self.folder / f"home{number}", packs())) as database:
            read = _timed(reading, lambda: self._read(database))
            self.rows_bytes = sum(ledger.table.nbytes for ledger in read.ledgers)
            del read
            peak = _Peak()
            peak.reset()
            _timed(first_import, lambda: self._import(database, 0))
            self.growths.append(peak.growth())
            _timed(next_import, lambda: self._import(database, 1))

    def _read(self, database: Database) -> Any:
        return read_file(database, self.contents[0], self.paths[0].name, Given())

    def _import(self, database: Database, month: int) -> None:
        given, terms = Given(month=MONTHS[month]), Terms(uploaded_by="计时")
        name = self.paths[month].name
        outcome = import_file(database, self.contents[month], name, given, terms)
        if outcome.status != "published":
            raise RuntimeError(f"{name}: {outcome.status}: {outcome.sentence}")


def bench_import(row_count: int, column_count: int, repeat_count: int) -> Report:
    """Time the import of a made-up ledger beside what only reads it; medians of several turns."""
    with tempfile.TemporaryDirectory() as folder:
        bench = _Bench(Path(folder), row_count, column_count)
        for number in range(repeat_count):
            bench.turn(number)
    known = [growth for growth in bench.growths if growth is not None]
    return Report(
        row_count,
        column_count,
        (*bench.rivals, *bench.own),
        max(known, default=None),
        bench.rows_bytes,
    )
