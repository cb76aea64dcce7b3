"""Slips (督办单) and reminder letters (提醒函), one page a unit, in the official layout (G1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from docx.document import Document
from docx.enum.text import WD_BREAK

from tally import words
from tally.notices import official
from tally.notices.bulletin import clean
from tally.notices.content import Grid
from tally.notices.package import dated, settled
from tally.notices.placing import grid_table

LEVELS = {"blue": "蓝色督办单", "amber": "黄色督办单", "red": "红色督办单"}
LETTER = "提醒函"
RECEIPT = ("签收人（岗位）：", "签收日期：", "办理情况：")


@dataclass(frozen=True)
class SlipRow:
    """One matter of a slip: what it is about, what was found, after which clause, until when."""

    subject: str
    sentence: str
    clause: str
    due_on: date | None


@dataclass(frozen=True)
class Slip:
    """What one unit is sent; `level` is blue, amber or red, empty for a reminder letter.

    `name` is what the campaign calls it, where not as the house does (提示单, 交办单).
    """

    unit: str
    rows: tuple[SlipRow, ...]
    campaign: str
    issuer: str
    issued_on: date
    reply_by: date | None
    level: str = ""
    number: str = ""
    name: str = ""

    @property
    def title(self) -> str:
        """What stands above it."""
        return self.name or LEVELS.get(self.level, LETTER)


def slips(sent: Sequence[Slip], moment: datetime) -> bytes:
    """Return a .docx with a slip a page; `moment` (UTC) dates the file."""
    document = official.blank_document()
    for place, slip in enumerate(sent):
        if place:
            document.add_paragraph(style=official.TO).add_run().add_break(WD_BREAK.PAGE)
        _slip(document, slip)
    author = sent[0].issuer if sent else ""
    dated(document.core_properties, sent[0].title if sent else LETTER, author, moment)
    return settled(official.saved(document))


def _slip(document: Document, slip: Slip) -> None:
    _line(document, official.TITLE, slip.title)
    if slip.number:
        _line(document, official.NUMBER_LINE, slip.number)
    _line(document, official.TO, f"{slip.unit}：")
    opening = document.add_paragraph(_opening(slip), style=official.BODY)
    grid_table(document, opening, _grid(slip))
    _line(document, official.BODY, _request(slip))
    if slip.level:
        for label in RECEIPT:
            _line(document, official.TO, label)
    _line(document, official.SIGNED, "")
    _line(document, official.SIGNED, slip.issuer)
    _line(document, official.SIGNED, words.chinese_day(slip.issued_on))


def _line(document: Document, style: str, text: str) -> None:
    document.add_paragraph(clean(text), style=style)


def _opening(slip: Slip) -> str:
    return f"在{slip.campaign}中，你单位有{len(slip.rows)}项需要办理，现{_verb(slip)}如下。"


def _verb(slip: Slip) -> str:
    return "督办" if slip.level else "提醒"


def _request(slip: Slip) -> str:
    until = f"于{words.chinese_day(slip.reply_by)}前" if slip.reply_by else "尽快"
    return (
        f"请{until}报告办理情况；不能按期完成的，说明原因和完成时限。"
        "对以上情况有不同意见的，可以书面说明。"
    )


def _grid(slip: Slip) -> Grid:
    rows = tuple(
        (
            str(number),
            clean(row.subject),
            clean(row.sentence),
            clean(row.clause),
            words.iso_day(row.due_on),
        )
        for number, row in enumerate(slip.rows, start=1)
    )
    heads = ("序号", "事项", "情况", "依据", "时限")
    return Grid("", "", heads, rows, (0.8, 3.6, 3, 2.6, 1.8), "")
