"""Units of measure: what a header, a title or a cell states, and how it lands in the row's own.

The unit nearest to a number counts: the cell's, else the header's, else the row's own
column, else the title's. A value is converted into the unit that the row, or the pack's
indicator of that name, is kept in; where nothing else says one, the stated unit becomes it.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from tally.intake.cells.answers import Answer, is_missing, plain, unreadable
from tally.intake.cells.numerals import quantity_of
from tally.intake.cells.readers import read_number
from tally.intake.opening.grids import Cell, Figure

MULTIPLIERS = {
    "万亿": 1e12, "千亿": 1e11, "百亿": 1e10, "十亿": 1e9, "亿": 1e8, "千万": 1e7,
    "百万": 1e6, "十万": 1e5, "万": 1e4, "千": 1e3, "百": 1e2,
}  # fmt: skip
# What is measured, and how many of the first unit of its kind one of each is.
SCALES: dict[str, dict[str, float]] = {
    "金额": {"元": 1, "人民币": 1, "元人民币": 1, "块": 1},
    "美元": {"美元": 1, "美金": 1},
    "比例": {"%": 1, "百分比": 1, "百分之": 1, "‰": 0.1},
    "百分点": {"百分点": 1, "个百分点": 1},
    "面积": {
        "平方米": 1, "平米": 1, "㎡": 1, "m2": 1, "公顷": 1e4, "亩": 2000 / 3,
        "平方公里": 1e6, "平方千米": 1e6, "km2": 1e6,
    },
    "长度": {"米": 1, "m": 1, "公里": 1000, "千米": 1000, "km": 1000},
    "重量": {"吨": 1, "t": 1, "公斤": 0.001, "千克": 0.001, "kg": 0.001},
    "标准煤": {"吨标准煤": 1, "吨标煤": 1},
    "体积": {"立方米": 1, "方": 1, "m3": 1, "立方": 1},
    "电量": {"千瓦时": 1, "度": 1, "kwh": 1},
    "功率": {"千瓦": 1, "兆瓦": 1000, "kw": 1, "mw": 1000},
    "时长": {"小时": 1, "分钟": 1 / 60},
    "天数": {"天": 1, "日": 1}, "工作日": {"工作日": 1, "个工作日": 1},
    "分数": {"分": 1}, "位次": {"位": 1, "名次": 1},
}  # fmt: skip
# 月, 年, 村 and 部 count things too, but in a head they say of when or whose a figure is.
COUNTERS = frozenset((
    "个", "家", "项", "件", "户", "人", "次", "条", "台", "套", "座", "所",
    "处", "名", "场", "份", "批", "宗", "起", "栋", "间", "辆", "幅", "例",
    "篇", "支", "株", "头", "只", "张", "枚", "床", "笔", "户次", "人次",
    "家次", "批次", "车次", "班次", "场次", "标箱", "个项目", "家企业",
))  # fmt: skip
COUNT = "数量"
BARE_REMEDY = "如不对，请只填数字，单位写在表头"
KINDS = {word: (kind, size) for kind, units in SCALES.items() for word, size in units.items()}
IN_BRACKETS = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]{1,16})[)\]】〕]")
AFTER_MARK = re.compile(r"[/:,_、|]([^/:,_、|()]{1,8})\Z")
STATED = re.compile(r"(?:计量|金额|数量|货币)?单位:\s*([^:()\s]{1,16}?)(?=[);；。\s]|\Z)")
MANY = re.compile(r"[、,，/;；]|和")


class Measure(NamedTuple):
    """A unit: its name, what it measures, its size in that kind's first unit, its 万 or 亿.

    `kind` is '' for a multiplier alone (`120万`).
    """

    name: str
    kind: str
    size: float
    multiplier: float = 1.0


class Landing(NamedTuple):
    """How a value lands in the unit wanted: times `factor`; None where it cannot."""

    factor: float | None
    unit_of_measure: str = ""
    expected: str = ""
    remedy: str = ""


class Stated(NamedTuple):
    """A ledger's column of quantities: the unit its head states, each row's number and unit."""

    header: str
    numbers: Sequence[float | None]
    measures: Sequence[str]


class Landed(NamedTuple):
    """Quantities in the unit of their row; `remarks` name the rows that each is true of."""

    units: list[str | None]
    numbers: dict[str, list[float | None]]
    remarks: dict[tuple[str, Landing], list[int]]


@lru_cache(maxsize=4096)
def measure_of(text: str) -> Measure | None:
    """Return the unit that a word names (`万元`, `亩`, `%`, `万人次`), or None."""
    name = plain(text).removeprefix("单位:").strip("()")
    word = name.lower()
    if word in KINDS:
        return Measure(name, *KINDS[word])
    if word in COUNTERS:
        return Measure(name, COUNT, 1)
    for multiplier, size in MULTIPLIERS.items():
        if word.startswith(multiplier):
            return _multiplied(name, word.removeprefix(multiplier), size)
    return None


def _multiplied(name: str, rest: str, size: float) -> Measure | None:
    if not rest:
        return Measure(name, "", size, size)
    one = measure_of(rest)
    return Measure(name, one.kind, one.size * size, size) if one and one.kind else None


def header_measure(header: str) -> str:
    """Return the unit that a column's head states: `累计完成（万元）` gives 万元; '' for none."""
    text = plain(header)
    words = [*IN_BRACKETS.findall(text), *AFTER_MARK.findall(text)]
    return next((found.name for word in words if (found := measure_of(word))), "")


def title_measure(titles: Iterable[str]) -> str:
    """Return the one unit that the lines above a table state (`单位：万元`); '' for none or many.

    `单位：产业发展部` says who filled it in and states no unit of measure.
    """
    texts = (" ".join(unicodedata.normalize("NFKC", title).split()) for title in titles)
    stated = {
        word for text in texts for match in STATED.findall(text) for word in MANY.split(match)
    }
    known = [found.name for word in stated if (found := measure_of(word))]
    return known[0] if len(known) == len(stated) == 1 else ""


def _scaled(value: float, factor: float) -> float:
    # Fifteen digits are what a spreadsheet keeps: 12345.6 万元 are 1.23456 亿元, not …0001.
    return value if factor == 1 else float(f"{value * factor:.15g}")


def _factor(stated: str, wanted: str) -> float | None:
    own, goal = measure_of(stated), measure_of(wanted)
    if plain(stated) == plain(wanted):
        return 1.0
    if own is None or goal is None or own.kind != goal.kind:
        return None
    return own.size / goal.size


@lru_cache(maxsize=4096)
def landing(cell: str, around: str, wanted: str) -> Landing:
    """Return how a number lands that is stated in the cell's unit, else in the one around it.

    `around` is the unit of the head, the row or the title. Each is a unit's name or ''. What
    is converted or assumed is said.
    """
    own = measure_of(cell)
    if own and not own.kind:
        return _bare(own, around or wanted, wanted)
    stated = cell or around
    wanted = wanted or stated
    factor = _factor(stated, wanted) if stated else 1.0
    if plain(stated) == plain(wanted) or not stated:
        return Landing(1.0, wanted)
    if factor is None or factor == 1:
        return _unlike(stated, wanted)
    remark = f"由“{stated}”换算为“{wanted}”"
    return Landing(factor, wanted, remark, "如不对，请核对计量单位")


def _bare(own: Measure, around: str, wanted: str) -> Landing:
    """120万 in a list of 万元 says 120 万元, in one of 元 1,200,000 元."""
    there = measure_of(around)
    if there is None:
        return Landing(own.size, wanted)
    onward = landing("", around, wanted)
    if onward.factor is None:
        return onward
    factor = own.size / there.multiplier * onward.factor
    verb = "按“{}”计" if factor == 1 else "换算为“{}”"
    remark = f"“{own.name}”{verb.format(onward.unit_of_measure)}"
    return onward._replace(factor=factor, expected=remark, remedy=BARE_REMEDY)


def _unlike(stated: str, wanted: str) -> Landing:
    own, goal = measure_of(stated), measure_of(wanted)
    if own and goal and own.kind == goal.kind != COUNT:
        return Landing(1.0, wanted)
    if own and goal and own.kind == goal.kind:
        return Landing(1.0, wanted, f"写的是“{stated}”，按“{wanted}”读入", "请核对计量单位")
    expected = f"写的是“{stated}”，不能换算为“{wanted}”"
    return Landing(None, wanted, expected, f"请改为以“{wanted}”计的数")


@lru_cache(maxsize=4096)
def _plan(cell: str, header: str, row: str, pack: str, title: str, heads: str) -> Landing:
    anchor = pack or row or heads
    # A title's 万元 is about the money among the rows, not about the number of firms.
    is_about = not anchor or _factor(title, anchor) is not None
    title = title if is_about else ""
    wanted = pack or row or heads or title
    found = landing(cell, header or row or title, wanted)
    is_contradicted = title and row and not (cell or header) and plain(title) != plain(row)
    if not is_contradicted or found.expected:
        return found
    remark = f"标题写的是“{title}”，本行写的是“{row}”，按本行读入"
    return found._replace(expected=remark, remedy="请核对计量单位")


def land(
    columns: Mapping[str, Stated],
    rows: Sequence[str | None],
    packs: Sequence[str | None],
    title: str,
) -> Landed:
    """Bring a ledger's quantities into the unit of each row.

    That is the unit of the pack's indicator (`packs`), else the row's own (`rows`), else the
    first that a head, the title or the cell states. A number that cannot be brought there is
    None, and its landing has no factor.
    """
    heads = next((column.header for column in columns.values() if column.header), "")
    landed = Landed([], {name: [] for name in columns}, {})
    for at, (row, pack) in enumerate(zip(rows, packs, strict=True)):
        row = None if is_missing(row) else row
        unit = pack or row or ""
        for name, column in columns.items():
            number = column.numbers[at]
            if number is not None:
                cell = column.measures[at]
                found = _plan(cell, column.header, row or "", pack or "", title, unit or heads)
                unit = unit or found.unit_of_measure
                if found.expected:
                    landed.remarks.setdefault((name, found), []).append(at)
                number = None if found.factor is None else _scaled(number, found.factor)
            landed.numbers[name].append(number)
        landed.units.append(unit or None)
    return landed


def read_quantity(cell: Cell) -> Answer:
    """Read a number that may carry its unit (`3.2亿元`, `35个`); `measure` names that unit.

    The value is in the unit stated; `landing` says how it gets into the row's.
    """
    # 5.6 % that a format shows is stored as 0.056; figures are kept in percent.
    cell = cell.text if isinstance(cell, Figure) and cell.text.endswith("%") else cell
    quantity = None if is_missing(cell) else quantity_of(cell)
    if quantity is None:
        return read_number(cell)
    if not quantity.words:
        return Answer(quantity.number)
    measure = measure_of(quantity.words)
    if measure is None:
        return unreadable("应为数字，可带计量单位", "改为数字，如 65 或 3.2亿元")
    return Answer(quantity.number, measure=measure.name)
