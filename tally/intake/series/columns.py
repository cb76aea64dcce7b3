"""Reads the heads above the figures, and lays out a table by them and by its rows."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from tally.contracts import Level
from tally.intake.cells.answers import plain, shown
from tally.intake.cells.periods import Period
from tally.intake.opening.grids import Cell
from tally.intake.series.blocks import Block, Sheet, spread
from tally.intake.series.gazetteer import TOTALS, Gazetteer
from tally.intake.series.labels import UNKNOWN_MEASURE, Said, unit_of
from tally.intake.series.layout import Layout, Trouble
from tally.intake.series.lines import Rows
from tally.intake.series.roles import (
    FREQUENCIES,
    NUMBER,
    PLACE,
    UNHEADED,
    UNIT,
    UNKNOWN,
    VALUE,
    column_role,
    is_empty,
    is_number,
    role_of,
)
from tally.intake.series.sayings import (
    BESIDE,
    Saying,
    beside,
    grown_of,
    joined,
    label_of,
    with_place_ahead,
)

CODE = re.compile(r"[A-Za-z]{0,6}\d{3,}|[A-Za-z]\w{4,}", re.ASCII)


def lay_out(sheet: Sheet, block: Block, places: Gazetteer, period: Period | None) -> Layout:
    """Return what the columns and the rows of a table say; `period` is what its title says."""
    body = [sheet.lines[row] for row in block.body]
    own = [[sheet.lines[row][at] for row in block.heads] for at in range(sheet.width)]
    roles = {
        at: column_role(own[at], [line[at] for line in body], places) for at in sheet.area.columns
    }
    values = [at for at, role in roles.items() if role == VALUE]
    stubs = {at: role for at, role in roles.items() if role != VALUE}
    named = _named_lines(sheet, block, stubs, values)
    free = [row for row in block.heads if row not in named]
    heads = spread(sheet, free, values)
    layout = Layout(sheet, block, stubs, heads)
    layout.has_units_of_its_own = UNIT in (*named.values(), *stubs.values())
    _Columns(layout, places, values, named, period).read()
    Rows(layout, places).read()
    return layout


def _named_lines(
    sheet: Sheet, block: Block, stubs: Mapping[int, str], values: Sequence[int]
) -> dict[int, str]:
    """Return the lines of a head that a word to their left names: 频率, 单位, 发布方, 指标ID."""
    named: dict[int, str] = {}
    for row in block.heads if len(block.heads) > 1 else ():
        said = [plain(sheet.lines[row][at]) for at in values if not is_empty(sheet.lines[row][at])]
        roles = [role for at in stubs if (role := role_of(sheet.lines[row][at]))]
        if said and roles and _is_named(roles[-1], said):
            named[row] = roles[-1]
    return named


def _is_named(role: str, said: Sequence[str]) -> bool:
    """Tell whether words above the figures are what the word to their left promises."""
    if role == UNIT:
        return sum(bool(unit_of(word)) for word in said) * 2 > len(said)
    if role == "frequency":
        return all(word in FREQUENCIES for word in said)
    return role == "publisher" or (role == NUMBER and all(map(CODE.fullmatch, said)))


class _Columns:
    """Reads the heads of the columns that hold figures."""

    def __init__(
        self,
        layout: Layout,
        places: Gazetteer,
        values: Sequence[int],
        named: Mapping[int, str],
        period: Period | None,
    ) -> None:
        self.period, self.is_dated = period, False
        self.layout, self.places, self.values, self.named = layout, places, values, named
        self.said = {at: self._labels(at) for at in values}
        levels = zip(*(layout.heads[at] for at in values), strict=True)
        has_place = PLACE in layout.stubs.values()
        self.are_places = [not has_place and self._names_places(level) for level in levels]

    def _names_places(self, level: Sequence[Cell]) -> bool:
        """Tell whether one line of the heads names the places that figures are of."""
        words = {shown(cell) for cell in level if not is_empty(cell)}
        return self.places.are_places({label_of(word).text for word in words})

    def _labels(self, at: int) -> list[Said]:
        distinct = dict.fromkeys(shown(cell) for cell in self.layout.heads[at])
        return [label_of(word) for word in distinct if not is_empty(word)]

    def _place(self, at: int) -> str:
        """Return the place that a column's heads name; '' for none."""
        levels = zip(self.layout.heads[at], self.are_places, strict=True)
        named = [shown(cell) for cell, is_place in levels if is_place and not is_empty(cell)]
        return label_of(named[-1]).text if named else ""

    def _trouble(self, level: Level, at: int, expected: str, remedy: str) -> None:
        words = [shown(cell) for cell in self.layout.heads[at] if not is_empty(cell)]
        row = self.layout.block.heads[-1]
        told = Trouble(level, row, at, " ".join(dict.fromkeys(words)), expected, remedy)
        self.layout.troubles.append(told)

    def read(self) -> None:
        """Read each head, then give to growth and rank what the figure to their left is of."""
        told: dict[int, Saying] = {}
        for at in self.values:
            if (saying := self._saying(at)) is not None:
                told[at] = saying
        stated = {saying.period for saying in told.values() if saying.period}
        # Beside 1—7月 a 本月 is July.
        self.period = self.period or (stated.pop() if len(stated) == 1 else None)
        self.is_dated = any(saying.period for saying in told.values())
        is_named = any(saying.indicator for saying in told.values())
        group = [Saying()]
        is_grown = False
        for at, saying in told.items():
            is_beside = saying.measure in BESIDE or bool(saying.years_back)
            if not is_beside:
                group = [saying] if is_grown else [*group, saying]
            elif saying.period is None and (of := grown_of(group)) is None:
                self._trouble("error", at, "分不清是哪一期的，未导入", "请在表头写明时间")
                continue
            else:
                saying = beside(saying, of if saying.period is None and of else group[-1])
            is_grown = is_beside
            if self._is_placed(at, saying, is_named):
                self._keep(at, saying)
        self._tell_others()

    def _keep(self, at: int, saying: Saying) -> None:
        if saying.measure == UNKNOWN_MEASURE:
            self._trouble("warning", at, "环比不是台账的口径，未导入", "需要的请改为同比或数值")
        else:
            period = saying.period or (self.period if self.is_dated else None)
            self.layout.columns[at] = saying._replace(period=period)

    def _is_placed(self, at: int, saying: Saying, is_named: bool) -> bool:
        """Tell whether a column says what the others say; one that does not is left out, said."""
        if self.is_dated and saying.period is None and self.period is None:
            level: Level = "warning" if saying.measure == "累计" else "error"
            self._trouble(level, at, "没有写明时间，未导入", "请在表头写明时间，如 2023年1-7月")
            return False
        if is_named and not saying.indicator:
            self._trouble("error", at, "没有写明指标名称，未导入", "请在表头写明指标名称")
            return False
        return True

    def _saying(self, at: int) -> Saying | None:
        """Return what a column's head says; None for one that is left out."""
        if not any(not is_empty(self.layout.sheet.lines[row][at]) for row in self._body):
            return None
        labels = self.said[at]
        texts = [one.text for one in labels if one.text]
        if any(TOTALS.fullmatch(text) for text in texts):
            self._trouble("warning", at, "合计列，未导入", "合计由系统计算；是一个地区的请写地区名")
            return None
        place = self._place(at)
        saying = joined(labels)._replace(place=place, **self._named_words(at))
        texts = [text for text in texts if text != place]
        if not texts:
            return saying
        if self.layout.indicators_are_in_rows:
            self._trouble(
                "warning", at, "列不认识，未导入", "请改为时间、地区或口径，如 累计、同比"
            )
            return None
        return with_place_ahead(saying._replace(indicator=":".join(texts)), self.places)

    @property
    def _body(self) -> list[int]:
        return self.layout.block.body

    def _named_words(self, at: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for row, role in self.named.items():
            word = plain(self.layout.sheet.lines[row][at])
            if role == UNIT and word:
                found["unit"] = unit_of(word) or word
            elif role == "frequency" and word:
                found["frequency"] = FREQUENCIES[word]
            elif role == "publisher" and word:
                found["publisher"] = word
        return found

    def _tell_others(self) -> None:
        """Say which columns beside the figures were not taken in."""
        for at, role in self.layout.stubs.items():
            body = [self.layout.sheet.lines[row][at] for row in self._body]
            if role == UNKNOWN:
                self._trouble_at(at, "warning", "列不认识，未导入", "需要导入的请改用模板中的表头")
            elif role == UNHEADED and any(map(is_number, body)):
                self._trouble_at(at, "error", "有数但没有表头", "请补上表头")

    def _trouble_at(self, at: int, level: Level, expected: str, remedy: str) -> None:
        row = self.layout.block.heads[-1]
        words = [shown(self.layout.sheet.lines[line][at]) for line in self.layout.block.heads]
        found = " ".join(dict.fromkeys(word for word in words if word))
        self.layout.troubles.append(Trouble(level, row, at, found, expected, remedy))
