"""Whose rows an answer may hold: kept to here, once, for pages, exports and the command line.

A viewer of some units only (a unit's clerk) is answered about them alone. What a question counts
it counts over their rows; what it lists is theirs; ranks stay those among all units, of which only
their own are shown. The header of a question that knows no unit says what holds for it instead:

open     no unit's rows are in it: figures of the place, months, packs, rules, issued notices
closed   not for viewers of some units
subject  rows are about somebody: kept are those about one of the units
item     for one item, which one of the units led in some list
upload   for one upload, which one of the units sent
row      for one row of a list, which one of the units leads

What is sensitive in it is left out for whoever's roles do not see that class of columns.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tally.secrecy import ColumnClass
from tally.store.questions import Question
from tally.store.withholding import UNSEARCHED, unsearched, withheld
from tally.viewers import NotAllowed, Viewer

Stored = Callable[[str, Mapping[str, Any]], pa.Table]
UNIT = "unit"
EVERY_CLASS = frozenset(ColumnClass)
REFUSED = "您只能查看本单位的数据，这个问题涉及其他单位"


@dataclass(frozen=True)
class Scope:
    """The units an answer may be about, None for all, and the classes of columns it may show.

    `stored` asks a step on what is kept.
    """

    units: frozenset[str] | None = None
    classes: frozenset[ColumnClass] = EVERY_CLASS

    @property
    def _sees_sensitive(self) -> bool:
        return ColumnClass.SENSITIVE in self.classes

    def narrowed(
        self, asked: Question, parameters: Mapping[str, Any], stored: Stored
    ) -> dict[str, Any]:
        """Return the parameters that the units allow; NotAllowed for another's item or upload."""
        if UNSEARCHED in asked.parameters:
            hidden = None if self._sees_sensitive else unsearched()
            parameters = {**parameters, UNSEARCHED: hidden}
        if self.units is None:
            return dict(parameters)
        if asked.scope == "closed" or not self._may_ask(asked, parameters, stored):
            raise NotAllowed(REFUSED)
        if UNIT not in asked.parameters:
            return dict(parameters)
        wanted = parameters.get(UNIT)
        units = self.units if wanted is None else self.units & set(wanted)
        return {**parameters, UNIT: sorted(units)}

    def _may_ask(self, asked: Question, given: Mapping[str, Any], stored: Stored) -> bool:
        if asked.scope not in ("item", "upload"):
            return True
        key = {"item": "item_key", "upload": "upload"}[asked.scope]
        held = stored(f"units_of_{asked.scope}", {key: given.get(key)}).column(UNIT).to_pylist()
        return bool(self.units and self.units & set(held))

    def kept(self, asked: Question, answer: pa.Table) -> pa.Table:
        """Return the rows of an answer that the units may see, of them what the classes allow."""
        rows = self._of_units(asked, answer)
        return rows if self._sees_sensitive else withheld(asked, rows)

    def _of_units(self, asked: Question, answer: pa.Table) -> pa.Table:
        if self.units is None:
            return answer
        if asked.scope == "row":
            return answer if self._is_own_row(answer) else answer.slice(0, 0)
        column = "subject" if asked.scope == "subject" else UNIT
        if column not in asked.columns:
            return answer
        told = answer.column(column)
        own = pc.is_in(told, pa.array(sorted(self.units), pa.string()))
        if column in asked.parameters:
            # What names no unit there is added up over the units that were asked about.
            own = pc.or_(own, pc.is_null(told))
        return answer.filter(own)

    def _is_own_row(self, values: pa.Table) -> bool:
        said = zip(values["column"].to_pylist(), values["value"].to_pylist(), strict=True)
        led_by = {value for column, value in said if column == UNIT}
        return bool(led_by) and led_by <= (self.units or frozenset())


EVERYTHING = Scope()


def scope_of(viewer: Viewer) -> Scope:
    """Return what an answer to a viewer may hold."""
    return Scope(viewer.units, viewer.classes)
