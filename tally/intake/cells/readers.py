"""Reads one cell by its column's type: words, numbers, shares, states, results."""

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from tally.intake.cells.answers import (
    BLANK,
    FIRST_INEXACT,
    Answer,
    faulty,
    is_missing,
    plain,
    shown,
    unreadable,
)
from tally.intake.cells.numerals import number_of
from tally.intake.opening.grids import Cell

BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
# In brackets beside a state these take it back: 已完成（部分）.
TAKING_BACK = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*(?:部分|未|待|拟|基本)")
PROGRESS = re.compile(r"(?:已|完成|已完成|完成进度|进度|推进|已推进)?:?(\d{1,3}(?:\.\d+)?)%")
SHARE_IN_WORDS = re.compile(r"([百千])分之(.+)")
SCALE_OF_MARK = {"%": 100, "‰": 1000}
# A place or points in words: 第3名, 并列第五, 加2分, 扣1分.
PLACE = re.compile(r"\s*(?:并列)?第?(.+?)[名位]?\s*")
POINTS = re.compile(r"\s*([加扣减]?)(.+?)分?\s*")
# A share beyond ten wholes is rather 6500% for 65% than the truth.
MAX_PLAIN_SHARE = 10
TRUE_WORDS = {
    "是", "属实", "真销号", "通过", "合格", "满意", "基本满意", "非常满意", "比较满意", "很满意",
    "已解决", "解决", "true", "√", "✓", "✔", "☑", "yes", "y",
}  # fmt: skip
FALSE_WORDS = {
    "否", "不属实", "假销号", "不通过", "不合格", "不满意", "非常不满意", "未解决", "没有解决",
    "false", "×", "✗", "✘", "☒", "no", "n",
}  # fmt: skip
UNRATED_WORDS = {
    "未评价", "未回访", "未核查", "未联系上", "无法联系", "不评价", "未作评价", "未接通",
}  # fmt: skip
TICKS = dict.fromkeys("√✓✔☑", "是") | dict.fromkeys("×✗✘☒", "否")
GARBLED = "\ufffd"
# Batches and persons in one cell: 5批12人, 5批次/12人次.
SEVERAL_NUMBERS = re.compile(r"(?:\d+[批人][次数]?[/、,，]?){2,}")
# A ledger has as many item numbers as rows; most need no closer look.
USUAL_NUMBER = re.compile(r"[A-Za-z]{1,8}[-_]?\d[\d-]*", re.ASCII)


def read_text(cell: Cell) -> Answer:
    """Read words as they stand; a number is written without `.0`, blank is None."""
    if (fault := faulty(cell)) is not None:
        return fault
    text = shown(cell)
    if GARBLED in text:
        return Answer(text, "有乱码", "请核对原文件，或另存为 .xlsx 后重新上传")
    return Answer(text or None)


def read_item_number(cell: Cell) -> Answer:
    """Read a stable number (工单编号): half-width, without blanks; a mark for nothing is None.

    What a spreadsheet made of it is said: 1-2 turned into a day, digits beyond the fifteenth.
    """
    if cell.__class__ is str and USUAL_NUMBER.fullmatch(cell):
        return Answer(cell)
    if (fault := faulty(cell)) is not None:
        return fault
    if is_missing(cell):
        return BLANK
    text = plain(cell)
    if isinstance(cell, date):
        return Answer(text, "编号被表格软件改成了日期", "请把这一列设为文本后重新填写")
    if isinstance(cell, float | int) and abs(cell) >= FIRST_INEXACT:
        return Answer(text, "编号超过 15 位，末几位已失真", "请把这一列设为文本后重新填写")
    return Answer(text)


def read_number(cell: Cell) -> Answer:
    """Read a number; `80%` is 80, and that is said."""
    if cell.__class__ is int or (cell.__class__ is float and abs(cell) < FIRST_INEXACT):
        return Answer(float(cell))
    if (number := number_of(cell)) is not None:
        return Answer(number)
    if is_missing(cell):
        return BLANK
    if (fault := faulty(cell)) is not None:
        return fault
    if (number := _place_or_points(shown(cell))) is not None:
        return Answer(number)
    text = plain(cell)
    if text.endswith("%") and (percent := number_of(text[:-1])) is not None:
        return Answer(percent, f"读作 {percent:g}", "计量单位为 % 的请只填数字")
    if SEVERAL_NUMBERS.fullmatch(text):
        return unreadable("应为一个数，这一格写了几个", "只填本列的数；5批12人请分批登记，每批一行")
    return unreadable("应为数字", "改为数字，如 65；计量单位写在表头")


def _place_or_points(text: str) -> float | None:
    """Return the number of a place (第3名) or of points (扣1分 is -1), or None."""
    place, points = PLACE.fullmatch(text), POINTS.fullmatch(text)
    if place and (number := number_of(place[1])) is not None:
        return number
    if points and (number := number_of(points[2])) is not None and not (points[1] and number < 0):
        return -number if points[1] in ("扣", "减") else number
    return None


def _marked_share(cell: Cell) -> float | None:
    """Return the share of `6.5%`, `6.5‰` and 百分之六点五, or None without such a mark."""
    text = plain(cell)
    if (scale := SCALE_OF_MARK.get(text[-1:])) is not None:
        number = number_of(text[:-1])
    elif match := SHARE_IN_WORDS.fullmatch(text):
        scale, number = {"百": 100, "千": 1000}[match[1]], number_of(match[2])
    else:
        return None
    return None if number is None else round(number / scale, 12)


def read_share(cell: Cell, is_percent_column: bool = False) -> Answer:
    """Read a share as 0 to 1: `6.5%`, `65‰`, 0.065, and 6.5 under a header that says %."""
    if isinstance(cell, str) and (share := _marked_share(cell)) is not None:
        return _said_if_huge(share)
    if is_missing(cell):
        return BLANK
    number = number_of(cell)
    if number is None:
        return _worded_share(cell)
    if is_percent_column:
        is_doubtful = 0 < number <= 1
        remark = (f"读作 {number:g}%", "如不对，请写明百分号") if is_doubtful else ("", "")
        return Answer(round(number / 100, 12), *remark)
    if number <= 1:
        return Answer(number)
    return unreadable(
        "应为百分比（没有百分号，也不在 0 与 1 之间）", f"改为带百分号的数，如 {number:g}%"
    )


def _said_if_huge(share: float) -> Answer:
    if abs(share) <= MAX_PLAIN_SHARE:
        return Answer(share)
    return Answer(share, f"读作 {share * 100:g}%", f"请核对，是否应为 {share:g}%")


def _worded_share(cell: Cell) -> Answer:
    if (share := state_share(cell)) is not None:
        return Answer(share, f"读作 {share * 100:g}%", "如不对，请只填百分比")
    return faulty(cell) or unreadable("应为百分比", "改为百分比，如 65%")


def state_share(cell: Cell) -> float | None:
    """Return the share that a state's words carry (`完成80%` is 0.8), or None."""
    match = PROGRESS.fullmatch(plain(cell))
    return float(match[1]) / 100 if match else None


def state_words(states: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the state behind each accepted word, in the contract's order."""
    return {plain(word): state for state, words in states.items() for word in words}


def read_state(cell: Cell, words: dict[str, str]) -> Answer:
    """Read a state by the words accepted; what stands in brackets beside one does not count.

    Brackets that take it back (已完成（部分）) leave no state; an open one has nothing to lose.
    The value is the state's name (`closed`); blank is None and left to the row.
    """
    if is_missing(cell):
        return BLANK
    word = plain(cell)
    word = TICKS.get(word, word)
    if (state := words.get(word)) is not None:
        return Answer(state)
    core = BRACKETS.sub("", word)
    state = words.get(TICKS.get(core, core))
    is_taken_back = state not in (None, "open") and TAKING_BACK.search(word)
    if state is not None and not is_taken_back:
        return Answer(state)
    first_words = {state: word for word, state in reversed(words.items())}
    share = state_share(cell)
    if share is not None and share <= 1:
        name = "closed" if share == 1 else "open"
        return Answer(name, f"读作“{first_words[name]}”", "如不对，请填状态词")
    choices = "、".join(reversed(first_words.values()))
    why = f"（括号里的话与“{first_words[state]}”不符）" if state else ""
    return faulty(cell) or unreadable(f"应为状态词{why}", f"改为其中之一：{choices}")


def read_result(cell: Cell, own: Mapping[str, tuple[str, ...]] = MappingProxyType({})) -> Answer:
    """Read a finding or a verdict as True or False; `未评价` is None.

    `own` are the words that a column has of its own for 是 and for 否 (维持, 未化解).
    """
    if is_missing(cell):
        return BLANK
    word = BRACKETS.sub("", plain(cell)).lower()
    if word in TRUE_WORDS or word in own.get("是", ()):
        if not TAKING_BACK.search(plain(cell)):
            return Answer(True)
    elif word in FALSE_WORDS or word in own.get("否", ()):
        return Answer(False)
    if word in UNRATED_WORDS:
        return BLANK
    words = [words[0] for words in own.values()] or ["属实、不属实、满意、基本满意、不满意"]
    return faulty(cell) or unreadable(
        "应为“是”“否”之类的结论", f"改为：是、否、{'、'.join(words)}，或留空"
    )
