"""What a notice is about: a campaign, a month or quarter, and as of when it is known."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tally import clock, words
from tally.packs import Pack

MONTH, QUARTER = "month", "quarter"
KINDS = {MONTH: "月通报", QUARTER: "季通报"}
SHOWN, ANONYMOUS, LEFT_OUT = "shown", "anonymous", "left out"
RANKINGS = {SHOWN: "列出排名", ANONYMOUS: "隐去名称", LEFT_OUT: "不含排名"}
# What a notice may show where the campaign shows its rankings so (`[rankings]`), the usual first:
# it goes to every unit, so what each may see of itself only cannot stand in it.
ALLOWED = {
    "open": (SHOWN, ANONYMOUS, LEFT_OUT),
    "anonymous": (ANONYMOUS, LEFT_OUT),
    "own": (LEFT_OUT,),
    "off": (LEFT_OUT,),
}
MONTHS_PER_QUARTER, NUMERALS = 3, "一二三四"
Row = Mapping[str, Any]


class CannotNotify(ValueError):
    """The notice cannot be made or issued; the message says why."""


@dataclass(frozen=True)
class Terms:
    """How a notice was asked for; `period` is the first day of its (last) month.

    `praised` and `exposed` are the keys of the items and cases that are told as typical (G2),
    `known_at` (UTC) is the state of the data that every figure is of, `issued_on` its date.
    With `has_personal_measures` it says what follows where that is done to a person.
    """

    campaign: str
    kind: str
    period: date
    known_at: datetime
    issued_on: date
    ranking: str = SHOWN
    has_red_head: bool = True
    number: str = ""
    praised: tuple[str, ...] = ()
    exposed: tuple[str, ...] = ()
    has_personal_measures: bool = False

    @property
    def as_of(self) -> date:
        """The last day of the period, or today if that is earlier."""
        return min(last_day(self.period), self.issued_on)

    @property
    def before(self) -> date:
        """The last day of the period before."""
        first = self.months[0]
        return last_day(_months_before(first, 1))

    @property
    def months(self) -> tuple[date, ...]:
        """The first days of the months that the notice is on."""
        if self.kind == MONTH:
            return (self.period,)
        return tuple(_months_before(self.period, back) for back in (2, 1, 0))

    @property
    def period_words(self) -> str:
        """The period as `2022年9月` or `2022年三季度`."""
        if self.kind == MONTH:
            return words.year_month(self.period)
        return f"{self.period.year}年{NUMERALS[(self.period.month - 1) // 3]}季度"

    @property
    def name(self) -> str:
        """What the notice is called when a month is sealed for it."""
        return f"{self.period_words}通报"


def rankings_of(pack: Pack) -> tuple[str, ...]:
    """Return what a notice may show of a campaign's ranking, the usual first."""
    return ALLOWED[pack.rankings.shown if pack.rankings else "open"]


def check_ranking(pack: Pack, terms: Terms) -> None:
    """Raise CannotNotify when a notice would show more of the ranking than the campaign does."""
    allowed = rankings_of(pack)
    if terms.ranking not in allowed:
        source = pack.rankings.source if pack.rankings else ""
        named = "、".join(RANKINGS[ranking] for ranking in allowed)
        raise CannotNotify(f"这个专项行动的排名不这样公开（{source}）；可选 {named}")


def last_day(month: date) -> date:
    """Return the last day of the month a day is in."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def _months_before(month: date, back: int) -> date:
    number = month.year * 12 + month.month - 1 - back
    return date(number // 12, number % 12 + 1, 1)


def quarter_of(month: date) -> date:
    """Return the first day of the last month of a month's quarter."""
    return month.replace(month=(month.month + 2) // MONTHS_PER_QUARTER * MONTHS_PER_QUARTER, day=1)


def beijing(moment: datetime) -> str:
    """Return a stored moment as a document writes it, in Beijing time."""
    return f"{clock.in_shanghai(moment):%Y-%m-%d %H:%M:%S}（北京时间）"
