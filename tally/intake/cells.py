"""Reads one cell by its column's type: words, numbers, shares, states, results."""

import re
from collections.abc import Mapping

from tally.intake.answers import BLANK, Answer, is_missing, plain, shown, unreadable
from tally.intake.grids import Cell

NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?")
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】|〔[^〕]*〕")
PROGRESS = re.compile(r"(?:已|完成|已完成|完成进度|进度|推进|已推进)?:?(\d{1,3}(?:\.\d+)?)%")
TRUE_WORDS = {
    "是", "属实", "真销号", "通过", "合格", "满意", "基本满意", "非常满意", "比较满意", "很满意",
    "已解决", "解决", "true",
}  # fmt: skip
FALSE_WORDS = {
    "否", "不属实", "假销号", "不通过", "不合格", "不满意", "非常不满意", "未解决", "没有解决",
    "false",
}  # fmt: skip
UNRATED_WORDS = {"未评价", "未回访", "未核查", "未联系上", "无法联系", "不评价"}


def read_text(cell: Cell) -> Answer:
    """Read words as they stand; a number is written without `.0`, blank is None."""
    return Answer(shown(cell) or None)


def _number(cell: Cell) -> float | None:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    text = plain(cell).replace("−", "-")
    return float(text.replace(",", "")) if NUMBER.fullmatch(text) else None


def read_number(cell: Cell) -> Answer:
    """Read a number; `80%` is 80, and that is said."""
    if is_missing(cell):
        return BLANK
    if (number := _number(cell)) is not None:
        return Answer(number)
    if (percent := _number(plain(cell).removesuffix("%"))) is not None:
        return Answer(percent, f"读作 {percent:g}", "计量单位为 % 的请只填数字")
    return unreadable("应为数字", "改为数字，如 65；计量单位写在表头")


def read_share(cell: Cell, is_percent_column: bool = False) -> Answer:
    """Read a share as 0 to 1: `6.5%`, 0.065, and 6.5 under a header that says %."""
    if is_missing(cell):
        return BLANK
    text = plain(cell)
    if text.endswith("%") and (percent := _number(text[:-1])) is not None:
        return Answer(round(percent / 100, 12))
    number = _number(cell)
    if number is None:
        return unreadable("应为百分比", "改为百分比，如 65%")
    if is_percent_column:
        is_doubtful = 0 < number <= 1
        remark = (f"读作 {number:g}%", "如不对，请写明百分号") if is_doubtful else ("", "")
        return Answer(round(number / 100, 12), *remark)
    if number <= 1:
        return Answer(number)
    return unreadable(
        "应为百分比（没有百分号，也不在 0 与 1 之间）", f"改为带百分号的数，如 {number:g}%"
    )


def state_share(cell: Cell) -> float | None:
    """Return the share that a state's words carry (`完成80%` is 0.8), or None."""
    match = PROGRESS.fullmatch(plain(cell))
    return float(match[1]) / 100 if match else None


def state_words(states: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the state behind each accepted word, in the contract's order."""
    return {plain(word): state for state, words in states.items() for word in words}


def read_state(cell: Cell, words: Mapping[str, str]) -> Answer:
    """Read a state by the words accepted; what stands in brackets beside one does not count.

    The value is the state's name (`closed`); blank is None and left to the row.
    """
    if is_missing(cell):
        return BLANK
    word = plain(cell)
    if (state := words.get(word) or words.get(BRACKETS.sub("", word))) is not None:
        return Answer(state)
    first_words = {state: word for word, state in reversed(words.items())}
    share = state_share(cell)
    if share is not None and share <= 1:
        name = "closed" if share == 1 else "open"
        return Answer(name, f"读作“{first_words[name]}”", "如不对，请填状态词")
    choices = "、".join(reversed(first_words.values()))
    return unreadable("应为状态词", f"改为其中之一：{choices}")


def read_result(cell: Cell) -> Answer:
    """Read a finding or a verdict as True or False; `未评价` is None."""
    if is_missing(cell):
        return BLANK
    word = BRACKETS.sub("", plain(cell)).lower()
    if word in TRUE_WORDS:
        return Answer(True)
    if word in FALSE_WORDS:
        return Answer(False)
    if word in UNRATED_WORDS:
        return BLANK
    return unreadable(
        "应为“是”“否”之类的结论", "改为：是、否、属实、不属实、满意、基本满意、不满意，或留空"
    )
