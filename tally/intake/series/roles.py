"""What the columns beside the figures say, by their heads and by what stands in them."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from tally.contracts import contracts
from tally.intake.cells.answers import is_missing, plain
from tally.intake.cells.numerals import number_of
from tally.intake.cells.periods import period_of
from tally.intake.opening.grids import Cell
from tally.intake.series.gazetteer import Gazetteer
from tally.intake.series.labels import read_label, unit_of
from tally.intake.tables.headers import TRAILING_REMARK, header_word

KIND = "indicators"
# Roles that are no columns of the ledger: running numbers and codes, and what is not known.
NUMBER, UNKNOWN, UNHEADED, VALUE = "number", "unknown", "unheaded", "value"
MORE_HEADS = {
    "place": "省市 市县 县市区 市州 区域 行政区划 地区名称 城市名称 名称 省 市 区县名称 县(市、区) "
    "园区名称",
    "indicator": "项目 指标项 统计指标 经济指标 主要指标",
    "period_end_on": "年份 年度 年 月份 月 季度 统计时间 报告期 统计期 时期 年月",
    "publisher": "发布方 发布机构 数据发布方",
    NUMBER: "序号 编号 代码 指标id 指标代码 行政区划代码 地区代码 id 更新时间 起止时间 国家 "
    "起始时间 最新时间",
}
PERIOD, PLACE, INDICATOR, UNIT = "period_end_on", "place", "indicator", "unit_of_measure"
FREQUENCIES = {"月": "月", "季": "季", "年": "年", "月度": "月", "季度": "季", "年度": "年"}
MOSTLY = 0.8
# A column that goes on longer is judged by its beginning.
JUDGED_CELLS = 2_000
NUMERAL = re.compile(r"[¥$]?[+-]?\d[\d,]*(?:\.\d+)?(?:[eE][+-]?\d+)?(?P<words>\D{0,8})")
FIRST_YEAR, LAST_YEAR = 1949, 2100


def _role_words() -> dict[str, str]:
    contract = contracts()[KIND]
    words = {
        header_word(head): column.name
        for column in reversed(contract.columns)
        if column.name != VALUE
        for head in column.all_headers
    }
    more = {header_word(w): role for role, text in MORE_HEADS.items() for w in text.split()}
    return {**words, **more}


ROLE_WORDS = _role_words()


def role_of(cell: Cell) -> str:
    """Return the role that a head gives to its column, '' for none; of 指标/地区 the first."""
    if not isinstance(cell, str):
        return ""
    word = header_word(cell).lower()
    for known in (word, TRAILING_REMARK.sub("", word)):
        if known in ROLE_WORDS:
            return ROLE_WORDS[known]
    parts = [ROLE_WORDS.get(part, "") for part in re.split(r"[\\/|]", word)]
    return parts[0] if len(parts) == 2 and all(parts) else ""


@lru_cache(maxsize=50_000, typed=True)
def is_number(cell: Cell) -> bool:
    """Tell whether a cell holds a figure, alone or with its unit."""
    if isinstance(cell, bool) or cell is None:
        return False
    if isinstance(cell, int | float):
        return True
    if not isinstance(cell, str):
        return False
    match = NUMERAL.fullmatch(plain(cell))
    return match is not None and (not match["words"] or bool(unit_of(match["words"])))


@lru_cache(maxsize=50_000, typed=True)
def is_empty(cell: Cell) -> bool:
    """Tell whether a cell holds nothing, or one of the marks for nothing (~, —, ...)."""
    return is_missing(cell) or (isinstance(cell, str) and not plain(cell).strip("~…."))


def is_period_number(cell: Cell) -> bool:
    """Tell whether a number may be a year or a month: 2005, 202503."""
    number = number_of(cell)
    if number is None or number != int(number):
        return False
    if FIRST_YEAR <= number <= LAST_YEAR:
        return True
    return FIRST_YEAR <= number // 100 <= LAST_YEAR and 1 <= number % 100 <= 12


def column_role(heads: Sequence[Cell], cells: Sequence[Cell], places: Gazetteer) -> str:
    """Return a column's role from its heads and its cells in the table's rows."""
    named = [role_of(head) for head in heads if not is_empty(head)]
    filled = [cell for cell in cells if not is_empty(cell)][:JUDGED_CELLS]
    numbers = [cell for cell in filled if is_number(cell)]
    is_worded = len(numbers) * 2 < len(filled)
    # Above figures a 月 or a 国家统计局 is said of them; it heads no column of months.
    roles = [role for role in named if role] if is_worded or all(named) else []
    if filled and (PERIOD in roles or is_worded) and _share(map(period_of, filled)) >= MOSTLY:
        return PERIOD
    if roles:
        return _checked(roles[0], filled, places)
    has_head = any(not is_empty(head) for head in heads)
    if is_worded and filled:
        return _worded(heads, filled, places, has_head)
    if has_head:
        return VALUE
    return NUMBER if _is_running(numbers) else UNHEADED


def _share(found: Iterable[object]) -> float:
    told = [bool(one) for one in found]
    return sum(told) / len(told)


def _checked(role: str, filled: Sequence[Cell], places: Gazetteer) -> str:
    """Return the role a head gives, unless the cells show that it means another."""
    words = [plain(cell) for cell in filled]
    if role in (INDICATOR, UNIT) and places.are_places(words):
        return PLACE
    if role == UNIT and words and _share(map(unit_of, words)) < MOSTLY:
        return "unit" if places.are_units(words) else UNKNOWN
    return role


def _worded(heads: Sequence[Cell], filled: Sequence[Cell], places: Gazetteer, has: bool) -> str:
    """Return the role of a column of words that its head does not give."""
    words = [plain(cell) for cell in filled]
    if _share(map(unit_of, words)) >= MOSTLY:
        return UNIT
    if all(word in FREQUENCIES for word in words):
        return "frequency"
    if places.are_places(words):
        return PLACE
    said = [read_label(plain(head)) for head in heads if not is_empty(head)]
    if any(one.period or one.unit or one.measure or one.is_value for one in said):
        return VALUE
    return UNKNOWN if has else INDICATOR


def _is_running(numbers: Sequence[Cell]) -> bool:
    counted = [number_of(cell) for cell in numbers]
    return counted == [float(at) for at in range(1, len(counted) + 1)] or not counted
