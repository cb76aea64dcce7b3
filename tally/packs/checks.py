"""What must hold between the entries of a pack; each error names file, key and remedy."""

from collections.abc import Iterator, Mapping

from tally.contracts import contracts
from tally.packs.axes import ACTIVITY
from tally.packs.duties import Duty
from tally.packs.duty_checks import duty_faults
from tally.packs.indicator_checks import indicator_faults
from tally.packs.model import AXES, Campaign, Clock, Pack, Phase, Theme
from tally.packs.roster import POWERS
from tally.packs.rule_checks import rule_faults
from tally.packs.shapes import Fault, doubled, is_in_a_ring, listed, misshapen, names, sorted_out


class PackError(ValueError):
    """A pack that cannot be used: names the file, the key and the remedy."""


def check(pack: Pack, files: Mapping[str, str]) -> None:
    """Raise PackError for the first rule that the pack breaks; `files` has each list's file."""
    for key, name, fault in _faults(pack):
        raise PackError(f"{pack.slug}/{files.get(key, 'campaign.toml')}: {key}「{name}」{fault}")


def _faults(pack: Pack) -> Iterator[Fault]:
    """Yield list, entry and what is wrong with it; shapes first, the rest relies on them."""
    for key, entries in sorted_out(pack):
        for entry in entries:
            yield from misshapen(key, entry)
        yield from doubled(key, entries)
    yield from _spans(pack)
    yield from _structure(pack)
    yield from _classes(pack)
    yield from _ledgers(pack)
    yield from indicator_faults(pack)
    yield from rule_faults(pack)
    for duty in pack.duties:
        yield from (("duties", duty.name, fault) for fault in duty_faults(pack, duty))


def _spans(pack: Pack) -> Iterator[Fault]:
    spans: dict[str, tuple[Campaign | Clock | Phase | Theme | Duty, ...]] = {
        "campaign": (pack.campaign,),
        "phases": pack.phases,
        "clocks": pack.clocks,
        "themes": pack.themes,
        "duties": pack.duties,
    }
    for key, entries in spans.items():
        for entry in entries:
            if entry.start_on and entry.end_on and entry.end_on < entry.start_on:
                yield key, entry.name, "的 end_on 早于 start_on；请核对起止日期"


def _structure(pack: Pack) -> Iterator[Fault]:
    leagues, units, organs = names(pack.leagues), names(pack.units), names(pack.organs)
    for unit in pack.units:
        if unit.league not in leagues:
            choices = listed(leagues)
            yield "units", unit.name, f"的 league「{unit.league}」不在 leagues 中；可选 {choices}"
        if bool(unit.former_name) != bool(unit.renamed_on):
            yield "units", unit.name, "更名要同时写 former_name 和 renamed_on"
    for organ in pack.organs:
        if unknown := sorted(set(organ.powers) - set(POWERS)):
            yield "organs", organ.name, f"的 powers「{unknown[0]}」不认识；可选 {listed(POWERS)}"
    for post in pack.posts:
        if post.unit not in (*units, *organs):
            yield "posts", post.name, f"的 unit「{post.unit}」不在 units 或 organs 中"
    yield from _trees(pack)


def _trees(pack: Pack) -> Iterator[Fault]:
    """Yield what hangs on nothing, or on itself."""
    for key, word, entries in (
        ("units", "parent", pack.units),
        ("organs", "parent", pack.organs),
        ("object_kinds", "part_of", pack.object_kinds),
    ):
        above = {entry.name: getattr(entry, word) for entry in entries}
        for name, parent in above.items():
            if parent and parent not in above:
                yield key, name, f"的 {word}「{parent}」不在 {key} 中；请先写上一级"
            elif parent and is_in_a_ring(above, name):
                yield key, name, f"的上级绕回了它自己；请改正 {word}"


def _classes(pack: Pack) -> Iterator[Fault]:
    for entry in pack.classes:
        if entry.axis not in AXES:
            yield "classes", entry.name, f"的 axis「{entry.axis}」不认识；可选 {listed(AXES)}"
    for point in pack.open_points:
        if point.axis not in ("", ACTIVITY):
            yield "open_points", point.about, f"的 axis「{point.axis}」不认识；可选 {ACTIVITY}"


def _ledgers(pack: Pack) -> Iterator[Fault]:
    units = names(pack.units)
    for key, entries in (("ledgers", pack.ledgers), ("deadlines", pack.deadlines)):
        for entry in entries:
            if entry.kind not in contracts():
                choices = listed(contracts())
                yield key, entry.kind, f"的 kind「{entry.kind}」没有这种台账；可选 {choices}"
    for entry in pack.ledgers:
        if entry.submitted_by not in ("unit", "all"):
            remedy = "的 submitted_by 只能是 unit（各单位自报）或 all（合并报送）"
            yield "ledgers", entry.kind, remedy
        if not 0 <= entry.due_day <= 31:
            yield "ledgers", entry.kind, "的 due_day 应是次月的 1 至 31 日，0 表示不定"
        if entry.due_day and not entry.due_source:
            remedy = "写了 due_day，没有写 due_source；请写明报送日出自哪里，本级定的写 本级自定"
            yield "ledgers", entry.kind, remedy
        if unknown := [name for name in entry.units if name not in units]:
            yield "ledgers", entry.kind, f"的 units「{unknown[0]}」不在 units 中"
