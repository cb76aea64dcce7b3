"""The words of a question from outside: units, leagues and dimensions by names that exist.

A name nobody knows must not be answered with an empty table, which reads as zero.
"""

import difflib
from collections.abc import Iterable, Mapping
from typing import Any

from tally.packs import Pack
from tally.store import UnknownQuestion


def checked(values: Mapping[str, Any], packs: Mapping[str, Pack]) -> dict[str, Any]:
    """Return the parameters with units under their own names; UnknownQuestion for a wrong name."""
    slug = values.get("campaign")
    if slug is not None:
        _known("专项行动", slug, packs)
    chosen = [packs[slug]] if slug is not None else list(packs.values())
    found = dict(values)
    if values.get("unit"):
        found["unit"] = [own_name(unit, chosen) for unit in values["unit"]]
    if values.get("league"):
        leagues = {unit.league for pack in chosen for unit in pack.units}
        _known("比较组", values["league"], leagues)
    for dimension in values.get("dimension") or ():
        _known("类别", dimension, {entry.name for pack in chosen for entry in pack.dimensions})
    return found


def own_name(unit: str, packs: Iterable[Pack]) -> str:
    """Return the unit's name in a roster, by name or alias; UnknownQuestion when it is in none."""
    units = [entry for pack in packs for entry in pack.units]
    names = {alias: entry.name for entry in units for alias in entry.aliases}
    names |= {entry.name: entry.name for entry in units}
    _known("单位", unit, names)
    return names[unit]


def _known(what: str, word: str, known: Iterable[str]) -> None:
    names = list(known)
    if word in names:
        return
    nearest = difflib.get_close_matches(word, names, n=3, cutoff=0.4) or sorted(names)[:8]
    raise UnknownQuestion(f"没有“{word}”这个{what}；可用：{'、'.join(nearest)}")
