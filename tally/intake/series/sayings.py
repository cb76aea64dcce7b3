"""What several labels say together of the figures of one column or one row."""

from collections.abc import Sequence
from typing import NamedTuple

from tally.intake.cells.periods import Period, period_of
from tally.intake.series.gazetteer import Gazetteer
from tally.intake.series.labels import GROWTH, UNKNOWN_MEASURE, Said, read_label

# Measures of growth and rank, and the year before, are said of the figure to their left.
BESIDE = (GROWTH, "同比", "累计同比", "位次", UNKNOWN_MEASURE)


class Saying(NamedTuple):
    """What the labels of one column or one row say together; '' and None where they are silent.

    `base` is the measure of the figure that a growth stands beside.
    """

    indicator: str = ""
    place: str = ""
    unit: str = ""
    measure: str = ""
    base: str = ""
    period: Period | None = None
    years_back: int = 0
    frequency: str = ""
    publisher: str = ""
    is_provisional: bool = False
    is_stopped: bool = False
    label: str = ""


def label_of(text: str) -> Said:
    """Read a label; a number among them is a year or a month (2005)."""
    period = period_of(text)
    return Said(period=period) if period else read_label(text)


def joined(labels: Sequence[Said]) -> Saying:
    """Return what labels over each other say; the lower one holds, a year above it is kept."""
    found = Saying()
    for said in labels:
        period = said.period.under(found.period) if said.period else found.period
        found = found._replace(
            unit=said.unit or found.unit,
            measure=said.measure or found.measure,
            base=found.measure if said.measure in BESIDE else found.base,
            period=period,
            years_back=said.years_back or found.years_back,
            is_provisional=said.is_provisional or found.is_provisional,
            is_stopped=said.is_stopped or found.is_stopped,
        )
    return found._replace(label=" ".join(said.text for said in labels if said.text))


def beside(saying: Saying, other: Saying) -> Saying:
    """Return growth, a rank or the year before with what the figure beside it is of."""
    period = saying.period.under(other.period) if saying.period else other.period
    is_before = saying.years_back and not saying.measure
    return saying._replace(
        indicator=saying.indicator or other.indicator,
        place=saying.place or other.place,
        period=period,
        base=saying.base or other.measure,
        measure=other.measure if is_before else saying.measure,
        unit=saying.unit or (other.unit if is_before else ""),
        frequency=saying.frequency or other.frequency,
    )


def grown_of(group: Sequence[Saying]) -> Saying | None:
    """Return which of the figures to its left a growth is of; None where that cannot be told.

    Of 2023年, 2022年 it is of the newer; of three months in a row it may be of any.
    """
    last = group[-1]
    same = [
        (one.period, one)
        for one in group
        if one.period
        and (one.indicator, one.place, one.measure) == (last.indicator, last.place, last.measure)
    ]
    if len(same) < 2:
        return last
    newest, before = sorted(same, key=lambda pair: pair[0].year or 0, reverse=True)[:2]
    year_later = before[0]._replace(year=(before[0].year or 0) + 1)
    return newest[1] if len(same) == 2 and newest[0] == year_later else None


def with_place_ahead(saying: Saying, places: Gazetteer) -> Saying:
    """Take a place from before an indicator's name, as data services write it (安徽:GDP)."""
    head, mark, tail = saying.indicator.partition(":")
    if mark and not saying.place and places.knows(head):
        return saying._replace(place=head, indicator=tail)
    return saying
