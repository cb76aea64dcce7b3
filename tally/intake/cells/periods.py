"""Periods as figures are published for: 2025-03, 2020年4月, 2023Q1, 1—7月, 上半年, 2019年."""

import re
from datetime import date
from typing import NamedTuple

from tally.intake.cells.answers import Answer, plain
from tally.intake.cells.windows import month_end
from tally.intake.opening.grids import Cell

YEAR = r"(?P<year>(?:19|20)\d{2})"
MONTH = r"0?[1-9]|1[0-2]"
DASH = r"[-—–―−~至到]{1,2}"
QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
# What a label says of its period in words; a year may stand before it, or alone.
IN_WORDS = re.compile(
    rf"(?:截[至止])?(?:{YEAR}年度?)?(?:"
    rf"(?<!\d)0?1月?(?:份)?{DASH}(?P<upto>{MONTH})月份?|(?P<half>上半年)|"
    rf"(?P<three>前三季度?|(?<!\d)1{DASH}3季度)|第?(?<!\d)(?P<quarter>[一二三四1-4])季度?(?!报)|"
    rf"Q(?P<q>[1-4])|(?<!\d)(?P<month>{MONTH})月份?|(?P<whole>全年))(?P<end>末|底)?"
    rf"|(?:截[至止])?(?<!\d)(?P<alone>(?:19|20)\d{{2}})年度?(?P<alone_end>末|底)?"
)
# What stands in a cell of its own, without any word for it.
COMPACT = re.compile(
    rf"{YEAR}(?:[-/.年M](?P<month>{MONTH})|(?P<pair>0[1-9]|1[0-2])|-?年?Q(?P<q>[1-4])|A)?"
    rf"(?:[-/.]\d{{1,2}})?"
)
WITH_DAY = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}")


class Period(NamedTuple):
    """A period by its last month; `span` is 月, 季 or 年 and `year` None where none is said.

    `is_cumulative` means that it is counted from January on, `is_end` that it is the state
    at its end.
    """

    year: int | None
    month: int
    span: str
    is_cumulative: bool = False
    is_end: bool = False

    @property
    def end_on(self) -> date | None:
        """The period's last day; None while its year is not known."""
        return month_end(self.year, self.month) if self.year else None

    def under(self, other: "Period | None") -> "Period":
        """Return the period with the year that another label states (2023年 above 7月)."""
        return self._replace(year=other.year) if other and self.year is None else self


def _of(match: re.Match[str]) -> Period:
    said = match.groupdict()
    is_end = bool(said["end"] or said["alone_end"])
    if said["alone"]:
        return Period(int(said["alone"]), 12, "年", is_end=is_end)
    year = int(said["year"]) if said["year"] else None
    if said["upto"]:
        month = int(said["upto"])
        return Period(year, month, "月", True)
    if said["half"] or said["three"]:
        return Period(year, 6 if said["half"] else 9, "季", True, is_end)
    if quarter := said["quarter"] or said["q"]:
        return Period(year, QUARTERS[quarter] * 3, "季", is_end=is_end)
    if said["whole"]:
        return Period(year, 12, "年", is_end=is_end)
    return Period(year, int(said["month"]), "月", is_end=is_end)


def period_in(text: str) -> tuple[Period | None, str]:
    """Return the period that a half-width label names, with the label's other words."""
    if (compact := _compact(text)) is not None:
        return compact, ""
    matches = [match for match in IN_WORDS.finditer(text) if match[0]]
    # In the midst of a name (占全年目标比重) it is a part of the name.
    is_apart = all(_is_apart(text, match) for match in matches)
    if not 0 < len(matches) < 3 or not is_apart:
        return None, text
    periods = [_of(match) for match in matches]
    rest = IN_WORDS.sub("", text)
    if len(periods) == 1:
        return periods[0], rest
    year, other = periods
    is_one = year.span == "年" and year.year is not None and other.year is None
    return (other.under(year), rest) if is_one else (None, text)


def _is_apart(text: str, match: re.Match[str]) -> bool:
    """Tell whether a period has a year, begins or ends a label, or stands between signs."""
    if match["year"] or match["alone"]:
        return True
    before, after = text[: match.start()], text[match.end() :]
    return not before or not after or not (before[-1].isalnum() and after[0].isalnum())


def _compact(text: str) -> Period | None:
    match = COMPACT.fullmatch(text)
    if match is None:
        return None
    year = int(match["year"])
    if match["q"]:
        return Period(year, int(match["q"]) * 3, "季")
    month = match["month"] or match["pair"]
    return Period(year, int(month), "月") if month else Period(year, 12, "年")


def period_of(cell: Cell) -> Period | None:
    """Return the period that a cell is, with nothing beside it; None for anything else."""
    if isinstance(cell, date):
        return Period(cell.year, cell.month, "月")
    if isinstance(cell, bool) or cell is None:
        return None
    found, rest = period_in(plain(cell))
    return found if not rest else None


def read_bare_period(cell: Cell) -> Answer | None:
    """Read the last day of a period that states no day; `wording` is its span: 月, 季 or 年.

    None for whatever is a day, no period, or one without a year.
    """
    if not isinstance(cell, str) or WITH_DAY.fullmatch(plain(cell)):
        return None
    found = period_of(cell)
    return Answer(found.end_on, wording=found.span) if found and found.end_on else None
