"""Invented figures of indicators: growing series by month or quarter, and how a list shows them."""

import calendar
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data.campaigns.sampling.items import Row
from data.campaigns.sampling.pages import Head

FIGURE_HEADS = (
    Head("row_number", "序号"),
    Head("indicator", "指标名称"),
    Head("place", "地区"),
    Head("frequency", "频度"),
    Head("measure", "口径"),
    Head("period_end_on", "所属期"),
    Head("value", "完成值"),
    Head("target_value", "年度目标"),
    Head("unit_of_measure", "计量单位"),
    Head("provisional", "是否初步数"),
    Head("unit", "责任单位"),
    Head("publisher", "发布单位"),
)
# The share of a year's total in each month; January is published with February.
SEASONS = (0.12, 0.0, 0.09, 0.085, 0.09, 0.1, 0.08, 0.08, 0.09, 0.085, 0.085, 0.095)


@dataclass(frozen=True)
class Measured:
    """An indicator of the samples: how it is counted, and who answers for it.

    `total` is our own of the first year; `decimals` how it is published.
    """

    name: str
    unit_of_measure: str
    total: float
    unit: str
    publisher: str
    decimals: int = 2
    frequency: str = "月"


def last_day(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def periods(first: date, last: date, frequency: str) -> Iterator[date]:
    """Yield the last days of the periods published: quarters, or months without January."""
    for year in range(first.year, last.year + 1):
        for month in range(3, 13, 3) if frequency == "季" else range(2, 13):
            if first <= (day := last_day(year, month)) <= last:
                yield day


def series(
    measured: Measured, scale: float, growth: Mapping[int, float], seed: str
) -> dict[date, float]:
    """Return the total since New Year at each month's end, of the years that `growth` has.

    `growth` is each year's over the one before; that of the first year is not used.
    """
    chance = random.Random(f"{measured.name} {seed}")
    total, result = measured.total * scale, {}
    for position, (year, share) in enumerate(growth.items()):
        total *= 1 + share if position else 1
        so_far = 0.0
        for month, season in enumerate(SEASONS, start=1):
            so_far += total * season * (1 + chance.uniform(-0.06, 0.06))
            result[last_day(year, month)] = round(so_far, measured.decimals)
    return result


def figure_rows(
    measured: Measured, place: str, known: Mapping[date, float], days: Sequence[date]
) -> list[Row]:
    """Return a row for each of these days, of a total since New Year."""
    return [
        {
            "indicator": measured.name, "place": place, "frequency": measured.frequency,
            "measure": "累计", "period_end_on": day, "value": known[day],
            "unit_of_measure": measured.unit_of_measure, "unit": measured.unit,
            "publisher": measured.publisher,
        }
        for day in days
    ]  # fmt: skip


def _said(day: date, frequency: str) -> str:
    """Return a period as a heading says it: a quarter, or the months since New Year."""
    if frequency == "季":
        return f"{day.year}年{'一二三四'[day.month // 3 - 1]}季度"
    return f"{day.year}年1-{day.month}月"


def wide(
    measured: Measured, rows: Sequence[Row], by_place: bool
) -> tuple[tuple[Head, ...], list[Row]]:
    """Return one indicator as a wide table, with an empty cell where nothing was published.

    A row each place and the newest period first, or a row each period and a column each place.
    """
    days = sorted({row["period_end_on"] for row in rows}, reverse=by_place)
    places = list(dict.fromkeys(row["place"] for row in rows))
    said = {day: _said(day, measured.frequency) for day in days}
    held = {(row["place"], row["period_end_on"]): row["value"] for row in rows}
    if by_place:
        heads = (Head("place", "地区"), *(Head(word, word) for word in said.values()))
        return heads, [
            {"place": place} | {said[day]: held.get((place, day)) for day in days}
            for place in places
        ]
    heads = (Head("period", "时间"), *(Head(place, place) for place in places))
    return heads, [
        {"period": said[day]} | {place: held.get((place, day)) for place in places} for day in days
    ]
