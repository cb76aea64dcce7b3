"""What one cell says: a value, and what must be told about how it was read."""

import re
import unicodedata
from datetime import date, datetime, time
from typing import Any, NamedTuple

from tally.intake.opening.grids import Cell, Fault, Figure

# `—`, `/`, `…` and 无 are how offices leave a cell empty; nan, null and None how programs do.
MISSING_MARK = re.compile(
    r"[-‐-―−─_/\\.·]*|[(（]?(?:无|暂无|空白?|没有|未填)[)）]?|n/?a|nan|nat|null|none|nil",
    re.IGNORECASE,
)
# Longer words are never a mark, and need not be compared.
MAX_MARK_CHARACTERS = 16
TYPED_FAULT = re.compile(
    r"#(?:N/A|DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|GETTING_DATA|#+)",
    re.IGNORECASE,
)
LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]|_x000D_\n?")
ODD_BLANKS = re.compile(r"[\xa0\u2000-\u200a\u202f\u205f]")
# Controls, zero widths, direction marks, soft hyphens, tags: what no reader sees, and what
# neither XML nor UTF-8 can hold (lone surrogates, U+FFFE, U+FFFF).
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e01ef]"
)
# A spreadsheet keeps fifteen digits of a number and writes noughts for the others.
FIRST_INEXACT = 1e15
NO_RESULT = "公式没有结果"


class Answer(NamedTuple):
    """A cell's value with a remark; an unreadable cell has no value.

    `expected` and `remedy` are empty when nothing needs to be said. `wording` is the
    cell's own words where the value says less than they do (`9月底前`). `measure` is the
    unit that the cell itself states (`3.2亿元`); the value is in that unit. `span` are the
    first and the last day where the cell says two (`8月4日—8日`).
    """

    value: Any = None
    expected: str = ""
    remedy: str = ""
    is_unreadable: bool = False
    wording: str | None = None
    measure: str = ""
    span: tuple[date, date] | None = None


BLANK = Answer()


def unreadable(expected: str, remedy: str) -> Answer:
    """Return the answer of a cell that says nothing we may use."""
    return Answer(expected=expected, remedy=remedy, is_unreadable=True)


# An error is never a blank, whatever its column: what stood there before would be wiped out.
ERROR_VALUE = unreadable("应为内容，不是错误值", "请改正公式，或粘贴为数值后重新上传")
WITHOUT_RESULT = unreadable(
    "应为内容，公式没有保存结果", "请用 Excel 或 WPS 打开并保存一次，或粘贴为数值后重新上传"
)
FAULTS = (ERROR_VALUE, WITHOUT_RESULT)


def faulty(cell: Cell) -> Answer | None:
    """Return the answer of an error value, also one typed as text (`#N/A`); None for others."""
    if isinstance(cell, Fault):
        return WITHOUT_RESULT if cell.shown == NO_RESULT else ERROR_VALUE
    if isinstance(cell, str) and ("#" in cell or "＃" in cell):
        return ERROR_VALUE if TYPED_FAULT.fullmatch(plain(cell)) else None
    return None


def _cleaned(text: str) -> str:
    text = ODD_BLANKS.sub(" ", LINE_ENDS.sub("\n", text))
    return INVISIBLE.sub("", text).strip()


def _is_plainly_set(text: str) -> bool:
    """Tell whether new lines, tabs and full-width blanks are all that does not print."""
    return text.replace("\n", "").replace("\t", "").replace("\u3000", "").isprintable()


def shown(cell: Cell) -> str:
    """Return a cell as its reader sees it: whole numbers without `.0`, days as 2022-09-30."""
    if isinstance(cell, str):
        # Most cells hold nothing odd, and this is the cheapest way to know.
        if "_x" not in cell and (cell.isprintable() or _is_plainly_set(cell)):
            return cell.strip()
        return _cleaned(cell)
    if cell is None:
        return ""
    if isinstance(cell, Fault):
        return cell.shown
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Figure) and cell.text:
        return cell.text
    if isinstance(cell, float):
        return f"{cell:.0f}" if FIRST_INEXACT <= abs(cell) < 1e21 else f"{cell:.15g}"
    return str(cell)


def plain(cell: Cell) -> str:
    """Return a cell's words in half-width form without any blanks."""
    text = shown(cell)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return "".join(text.split())


def is_blank(cell: Cell) -> bool:
    """Tell whether a cell shows nothing at all."""
    return cell is None or (isinstance(cell, str) and not shown(cell))


def is_missing(cell: Cell) -> bool:
    """Tell whether a cell is blank or holds one of the marks that offices put for nothing."""
    if cell is None:
        return True
    if not isinstance(cell, str):
        return False
    text = shown(cell)
    return len(text) <= MAX_MARK_CHARACTERS and MISSING_MARK.fullmatch(plain(text)) is not None
