"""What a cell of a template's column may hold: its choices, its format, its example."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tally.contracts import Column, Contract
from tally.packs import Pack, class_entries

YES_NO = ("是", "否")
# The first word of a pair or row stands for yes, the rest for no or for nothing said.
RESULT_WORDS: Mapping[str, tuple[str, ...]] = {
    "is_verified": ("属实", "不属实"),
    "is_satisfied": ("满意", "不满意", "基本满意", "未评价"),
}
WIDE_COLUMNS = frozenset(
    {"title", "goal", "measure", "target", "content", "answer", "progress_note"}
)
WIDE, USUAL = 34, 15
FORMATS = {"date": "yyyy-mm-dd", "month": "yyyy-mm", "share": "0%", "number": "General"}
# A warning, not a stop: `长期坚持` is no day and yet may stand under a deadline.
KEPT_WITH_A_QUESTION = "warning"
Row = Mapping[str, Any]
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
# A pack without names for these has nothing to fill into them.
NAMED_BY_THE_PACK = ("class", "community", "dimension")
DEGREES = {"longitude": (73, 136), "latitude": (3, 54)}
NUMBERS = (-1_000_000_000_000, 1_000_000_000_000)
HOW = {
    "date": "日期，写成 2022-09-30",
    "month": "月份，写成 2022-09",
    "share": "百分比，如 65%",
    "number": "只填数字，计量单位不写在格内",
    "units": "单位名称，几家用顿号分开",
}


@dataclass(frozen=True)
class Entry:
    """One column of a template: how it is headed, formatted, checked and explained."""

    column: Column
    head: str
    choices: tuple[str, ...]
    example: str

    @property
    def width(self) -> int:
        """The column's width in characters."""
        return WIDE if self.column.name in WIDE_COLUMNS else USUAL

    @property
    def number_format(self) -> str:
        """The cells' number format; text stays text, so that 003 keeps its zeros."""
        return FORMATS.get(self.column.type, "@")

    @property
    def how(self) -> str:
        """How the column is filled, in a few words."""
        if self.choices and self.column.type != "text":
            several = "，几种用顿号分开" if self.column.type == "class" else ""
            return f"从下拉选项中选{several}"
        return HOW.get(self.column.type, "文字")

    def validation(self, source: str) -> dict[str, Any] | None:
        """Return the rule that Excel and WPS check a cell by; `source` is where choices stand."""
        if self.choices:
            rule: dict[str, Any] = {"validate": "list", "source": source}
            return _told(rule, "不在选项里", "可以保留，但导入时可能认不出。")
        if self.column.type in ("date", "month"):
            rule = _between("date", FIRST_DAY, LAST_DAY)
            return _told(rule, "不是日期", f"请填{HOW[self.column.type]}。")
        if self.column.type == "share":
            return _told(_between("decimal", 0, 1), "不是百分比", "请填百分比，如 65%。")
        if self.column.type == "number":
            low, high = DEGREES.get(self.column.name, NUMBERS)
            wanted = f"请填 {low} 到 {high} 之间的数字。" if low > 0 else "请只填数字，如 65。"
            return _told(_between("decimal", low, high), "数字不对", wanted)
        return None


def _between(kind: str, low: Any, high: Any) -> dict[str, Any]:
    return {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}


def _told(rule: Mapping[str, Any], title: str, message: str) -> dict[str, Any]:
    said = {"error_title": title, "error_message": message, "error_type": KEPT_WITH_A_QUESTION}
    return {**rule, **said}


def entries(
    contract: Contract, pack: Pack | None, datum: str, rows: Sequence[Row] = ()
) -> tuple[Entry, ...]:
    """Return a template's columns; a coordinate's head says which datum it is meant in.

    What the campaign does not tell apart (classes, communities) is not asked for, unless one of
    the `rows` to be filled in says it.
    """
    found = (
        Entry(
            column,
            f"{column.title}（{datum}）" if column.name in DEGREES else column.title,
            _choices(column, contract, pack),
            _example(column, contract, pack),
        )
        for column in contract.columns
    )
    return tuple(entry for entry in found if pack is None or _is_of_use(entry, rows))


def _is_of_use(entry: Entry, rows: Sequence[Row]) -> bool:
    column = entry.column
    if entry.choices or column.required or column.type not in NAMED_BY_THE_PACK:
        return True
    return any(row.get(column.name) for row in rows)


def _choices(column: Column, contract: Contract, pack: Pack | None) -> tuple[str, ...]:
    """Return what a cell of the column may hold, where that is a short list."""
    if column.type == "result":
        return result_words(column)
    if column.type == "state":
        return tuple(accepted[0] for accepted in contract.states.values())
    if column.type == "choice":
        return tuple(column.choices)
    if pack and column.type == "class":
        return tuple(name for name, _ in class_entries(pack, column.name))
    named = _named(column, contract, pack) if pack else ()
    return tuple(dict.fromkeys(entry.name for entry in named))


def result_words(column: Column) -> tuple[str, ...]:
    """Return the words of a finding or a verdict, the one for yes first."""
    return RESULT_WORDS.get(column.name, YES_NO)


def _named(column: Column, contract: Contract, pack: Pack) -> Sequence[Any]:
    if column.name == "unit":
        return (*pack.units, *pack.organs) if contract.admits_organs else pack.units
    by_type = {"dimension": pack.dimensions, "community": pack.communities}
    by_name = {"league": pack.leagues, "indicator": pack.indicators}
    return by_type.get(column.type) or by_name.get(column.name) or ()


def _example(column: Column, contract: Contract, pack: Pack | None) -> str:
    """Return what the example row shows: names as this campaign has them, else the contract's.

    What is the same in every campaign keeps the contract's words: reading knows by them that
    nobody has written over the example.
    """
    choices = _choices(column, contract, pack)
    if column.type in ("units", "dimension", "community", "class") and choices:
        return choices[0]
    if column.type in ("state", "result"):
        return column.example or choices[0]
    return column.example


def shown_value(column: Column, contract: Contract, value: Any) -> Any:
    """Return a stored value as staff write it: `closed` as 已销号, True as 属实."""
    if column.type == "state":
        return contract.states.get(value, (value,))[0]
    if isinstance(value, bool):
        return result_words(column)[0 if value else 1]
    return value
