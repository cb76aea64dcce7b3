"""What a pack's entries look like: the type of each value, and that none is there twice."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from tally.packs.model import Pack

Fault = tuple[str, str, str]

WORDS = {
    str: "应是文字，写在引号里",
    int: "应是整数，不加引号",
    float: "应是数，不加引号",
    bool: "只能是 true 或 false",
    date: "应是日期，如 2023-03-09，不加引号",
    tuple: "应是列表，写在方括号里",
    dict: "应是一组键值，如 { count = 5 }",
}
ESSENTIAL = (
    *("name", "kind", "source"),
    *("unit_of_measure", "subject", "index", "indicator"),
)
# What tells the entries of a list apart, where it is not their name alone.
IDENTITY = {
    "classes": ("axis", "name"),
    "themes": ("kind", "name"),
    "populations": ("name", "on"),
    "ledgers": ("kind",),
    "deadlines": ("kind",),
    "open_points": ("about", "what"),
    "indicators": ("name", "task"),
    "goals": ("subject", "scope", "month"),
    "index_parts": ("index", "indicator"),
    "growth_lines": ("indicator", "line", "place"),
}
# Lists in which a word met in a ledger must point to one entry.
MET_BY_WORD = (
    *("units", "posts", "dimensions", "communities", "object_kinds"),
    *("places", "stages"),
)


def sorted_out(pack: Pack) -> Iterator[tuple[str, Sequence[Any]]]:
    """Yield each list of the pack with its entries, the campaign and the map first."""
    yield "campaign", (pack.campaign,)
    for key in ("map", "rankings"):
        if entry := getattr(pack, key):
            yield key, (entry,)
    for field in fields(pack):
        entries = getattr(pack, field.name)
        if isinstance(entries, tuple):
            yield field.name, entries


def misshapen(key: str, entry: Any) -> Iterator[Fault]:
    """Yield the values of an entry that are not of the type the key takes."""
    name = str(getattr(entry, "name", "") or getattr(entry, "kind", "")) or _told(key, entry)
    for word, hint in _hints(entry.__class__).items():
        value = getattr(entry, word)
        if not _fits(value, hint):
            yield key, name, f"的 {word} {_expected(hint)}，现在是 {value!r}"
        elif word in ESSENTIAL and not value:
            yield key, name, f"的 {word} 是空的；请填写"


def doubled(key: str, entries: Sequence[Any]) -> Iterator[Fault]:
    """Yield what is written twice: an entry, or a word by which two entries are met."""
    told_by = IDENTITY.get(key, ("name",))
    if not all(hasattr(entry, word) for entry in entries for word in told_by):
        return
    named = Counter(_told(key, one) for one in entries)
    yield from ((key, name, "写了两次；请只留一条") for name, times in named.items() if times > 1)
    if key not in MET_BY_WORD:
        return
    met = Counter(word for one in entries for word in {one.name, *one.aliases})
    shared = [word for word, times in met.items() if times > 1]
    for word in shared:
        whose = "、".join(one.name for one in entries if word in (one.name, *one.aliases))
        yield key, word, f"指向不止一条：{whose}；请改名称或 aliases，使它只指一条"


def _told(key: str, entry: Any) -> str:
    """Return what tells an entry from the others of its list."""
    return "／".join(str(getattr(entry, word, "")) for word in IDENTITY.get(key, ("name",)))


def names(entries: Iterable[Any]) -> list[str]:
    """Return the name of each entry."""
    return [entry.name for entry in entries]


def listed(words: Iterable[str]) -> str:
    """Return the words in one line, or that there are none."""
    return "、".join(words) or "（没有）"


def is_in_a_ring(above: Mapping[str, str], name: str) -> bool:
    """Whether going up from a name, by the one above each, never ends."""
    seen: set[str] = set()
    while name and name not in seen:
        seen.add(name)
        name = above.get(name, "")
    return bool(name)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _fits(value: Any, hint: Any) -> bool:
    if get_origin(hint) is UnionType:
        return any(_fits(value, one) for one in get_args(hint))
    if get_origin(hint) is tuple:
        return isinstance(value, tuple) and all(_fits(one, get_args(hint)[0]) for one in value)
    if hint is float:
        return type(value) in (int, float)
    # A moment is a day to isinstance, and true is a whole number.
    return type(value) is hint if hint in (int, bool, date, NoneType) else isinstance(value, hint)


def _expected(hint: Any) -> str:
    if get_origin(hint) is UnionType:
        hint = next(one for one in get_args(hint) if one is not NoneType)
    if get_origin(hint) is tuple:
        return WORDS[tuple]
    return WORDS.get(hint, "写得不对")
