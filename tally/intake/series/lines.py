"""Reads what stands beside the figures of each row: place, period, indicator, unit."""

import re
from collections.abc import Sequence

from tally.intake.cells.answers import plain, shown
from tally.intake.cells.numerals import number_of
from tally.intake.cells.periods import Period, period_of
from tally.intake.opening.grids import Cell
from tally.intake.series.blocks import filled
from tally.intake.series.gazetteer import TOTALS, Gazetteer
from tally.intake.series.labels import read_label, unit_of
from tally.intake.series.layout import Layout, Trouble
from tally.intake.series.roles import (
    FREQUENCIES,
    INDICATOR,
    PERIOD,
    PLACE,
    UNHEADED,
    UNIT,
    UNKNOWN,
    is_empty,
    is_number,
)
from tally.intake.series.sayings import BESIDE, Saying, beside, label_of, with_place_ahead

NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[、.](?!\d))"
)
LAST_MONTH = 12
PART = re.compile(r"^(?:其中[::]?|#)")


class Rows:
    """Reads what stands beside the figures of each row."""

    def __init__(self, layout: Layout, places: Gazetteer) -> None:
        self.layout, self.places = layout, places
        self.last = Saying()
        self.whole = ""
        self.ditto: dict[int, Cell] = {}

    def read(self) -> None:
        """Read every row; one without figures is no row, and said if it is not just empty."""
        values = list(self.layout.columns)
        for row in self.layout.block.body:
            line = self.layout.sheet.lines[row]
            if not any(not is_empty(line[at]) for at in values):
                self._without_figures(row, line)
                continue
            if (saying := self._saying(row, line)) is not None:
                self.layout.rows[row] = saying

    def _without_figures(self, row: int, line: Sequence[Cell]) -> None:
        """Keep the name of a row that only heads the parts below it."""
        words = [plain(line[at]) for at, role in self.layout.stubs.items() if role == INDICATOR]
        named = [read_label(word) for word in words if word]
        if named and not PART.match(named[0].text):
            self.whole = NUMBERED.sub("", named[0].text)
        if len(cells := filled(line)) and not any(is_number(cell) for _, cell in cells):
            is_known = all(at in self.layout.stubs for at, _ in cells)
            if not is_known or self.layout.stubs[cells[0][0]] in (UNKNOWN, UNHEADED):
                found = " ".join(shown(cell) for _, cell in cells)
                told = ("没有数值的一行，已略过", "是指标的请补填数值")
                self.layout.troubles.append(Trouble("warning", row, -1, found, *told))

    def _saying(self, row: int, line: Sequence[Cell]) -> Saying | None:
        saying = Saying()
        for at, role in self.layout.stubs.items():
            cell = self._cell(row, at, line)
            if is_empty(cell):
                continue
            word = plain(cell)
            if role in (PLACE, INDICATOR) and TOTALS.fullmatch(word):
                told = ("合计行，已略过", "合计由系统计算，可以删去这一行")
                self.layout.troubles.append(Trouble("warning", row, at, word, *told))
                return None
            saying = self._with(saying, at, cell, word)
        if saying.measure in BESIDE and self.layout.indicators_are_in_rows:
            saying = saying if saying.indicator else beside(saying, self.last)
        elif saying.indicator:
            self.last = saying
        return with_place_ahead(saying, self.places) if saying.indicator else saying

    def _cell(self, row: int, at: int, line: Sequence[Cell]) -> Cell:
        """Return a cell beside the figures; a blank one left of filled ones repeats the last."""
        role = self.layout.stubs[at]
        if role not in (PLACE, INDICATOR, PERIOD):
            return line[at]
        if not is_empty(line[at]):
            self.ditto[at] = line[at]
            return line[at]
        later = [
            other
            for other, kind in self.layout.stubs.items()
            if other > at and kind in (PLACE, INDICATOR, PERIOD) and not is_empty(line[other])
        ]
        is_doubled = list(self.layout.stubs.values()).count(role) > 1
        return self.ditto.get(at) if later and not is_doubled else None

    def _period(self, at: int, cell: Cell) -> Period | None:
        """Return the period of a cell; under a head of months or quarters a number is one."""
        number = number_of(cell)
        if number is None or not 1 <= number <= LAST_MONTH:
            return period_of(cell)
        lines = self.layout.sheet.lines
        head = "".join(plain(lines[row][at]) for row in self.layout.block.heads)
        form = "{}月" if "月" in head else "{}季度" if "季" in head else "{}"
        return period_of(form.format(int(number)))

    def _with(self, saying: Saying, at: int, cell: Cell, word: str) -> Saying:
        role = self.layout.stubs[at]
        if role == PLACE:
            return saying._replace(place=word)
        if role == UNIT:
            return saying._replace(unit=unit_of(word) or word)
        if role == "frequency":
            return saying._replace(frequency=FREQUENCIES.get(word, word))
        if role == "publisher":
            return saying._replace(publisher=shown(cell))
        if role in (PERIOD, "measure"):
            own = None if role == "measure" else self._period(at, cell)
            said = label_of(word) if own is None else None
            period = own or (said.period if said else None)
            both = period.under(saying.period) if period and saying.period else period
            measure = said.measure if said else ""
            return saying._replace(period=both or saying.period, measure=measure or saying.measure)
        if role == INDICATOR:
            return self._indicator(saying, word)
        return saying

    def _indicator(self, saying: Saying, word: str) -> Saying:
        said = read_label(NUMBERED.sub("", word))
        name = said.text
        if PART.match(name):
            name = f"{self.whole}:{PART.sub('', name)}" if self.whole else PART.sub("", name)
        elif name:
            self.whole = name
        return saying._replace(
            indicator=":".join(dict.fromkeys(part for part in (saying.indicator, name) if part)),
            unit=said.unit or saying.unit,
            measure=said.measure or saying.measure,
            period=said.period or saying.period,
            years_back=said.years_back,
            is_provisional=said.is_provisional,
            is_stopped=said.is_stopped,
        )
