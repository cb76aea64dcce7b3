"""What a campaign's rules find on a day: each rule's file asked with the limits of the pack.

The findings stand in `memory.main.found` under the day and the moment they were asked for, so
that questions about them are SQL like all others; from there they are grouped and judged once, and
tallied. What is known now is asked anew when the data has changed; what was known at an earlier
moment never changes.
"""

import json
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Protocol

import pyarrow as pa

from tally import clock
from tally.packs import Pack, PackError, Rule
from tally.store.questions import Question, UnknownQuestion, rule_kind, rule_kinds, store_sql

# What every rule is asked with; its other parameters are limits, given by the pack.
ASKED = ("campaign", "as_of", "known_at")
# What holds findings, as the rules say them, grouped and judged, and tallied; and what changed.
FOUND_TABLES = ("found", "finding", "finding_tally", "meeting_change", "meeting_change_tally")
# Days and moments whose findings are kept at once, and pairs of them whose changes are: of ten
# million rows those are as long as a list.
KEPT_MAX, CHANGES_MAX = 400, 12


@dataclass(frozen=True)
class Making:
    """Which findings: of what campaign, on what day, known when.

    `for_lights` asks only the rules that turn lights; `rule` asks one alone, switched on or not,
    with the limits of `trial` (JSON) over its own.
    """

    campaign: str
    day: date
    moment: datetime | None = None
    for_lights: bool = False
    rule: str = ""
    trial: str = ""

    @property
    def known_by(self) -> datetime | None:
        """The moment by which all it stands on was known; None where it is what is known now."""
        return self.moment

    def make(self, store: "FoundStore", packs: Mapping[str, Pack]) -> None:
        """Make the findings, and keep them."""
        pack = packs.get(self.campaign)
        for rule in pack.rules if pack else ():
            if _is_asked(rule, self):
                found = found_by(store, _tried(rule, self.trial), self)
                store.keep_made("keep_found", _labelled(found, rule, self))
        if not (self.for_lights or self.rule):
            asked = dict(zip(ASKED, (self.campaign, self.day, self.moment), strict=True))
            store.stored("keep_findings", asked)
            store.stored("keep_finding_tally", asked)


@dataclass(frozen=True)
class Comparing:
    """Which changes: those of a campaign between two days, each with a moment of knowledge.

    The findings of both are made before.
    """

    campaign: str
    day: date
    moment: datetime | None
    before: date | None
    moment_before: datetime | None

    @property
    def known_by(self) -> datetime | None:
        """The moment by which both states were known; None where one is known now."""
        if self.moment and self.moment_before:
            return max(self.moment, self.moment_before)
        return None

    def make(self, store: "FoundStore", packs: Mapping[str, Pack]) -> None:
        """Make what changed, in the order of the list, and its tally."""
        between = {"before_on": self.before, "before_known_at": self.moment_before}
        asked = dict(zip(ASKED, (self.campaign, self.day, self.moment), strict=True))
        made = store.answer(store_sql("meeting_changes_made"), asked | between)
        store.keep_made("keep_meeting_changes", made)
        store.keep_made("keep_meeting_change_tally", made)


class FoundStore(Protocol):
    """What findings are asked of and kept in: the database."""

    @property
    def version(self) -> int:
        """A number that grows with every write."""

    def answer(self, sql: str, parameters: Mapping[str, Any]) -> pa.Table:
        """Return the rows of a question or a rule."""

    def stored(self, step: str, parameters: Mapping[str, Any] | None = None) -> pa.Table:
        """Return the rows of a step that is one statement."""

    def keep_made(self, step: str, made: pa.Table) -> None:
        """Keep what was made in memory, as the step says."""

    def forget_found(self, past_too: bool) -> None:
        """Take what is known now out of all that holds findings, with `past_too` everything."""


def check_rules(packs: Mapping[str, Pack]) -> None:
    """Raise PackError for the first rule whose kind or limits no rule file has."""
    for slug, pack in packs.items():
        for rule in pack.rules:
            for fault in _faults(rule):
                raise PackError(f"{slug}/{_file(pack)}: rules「{rule.name}」{fault}")


def _file(pack: Pack) -> str:
    written = (path for path in pack.folder.glob("*.toml") if "[[rules]]" in path.read_text())
    return next((path.name for path in written), "campaign.toml")


def _faults(rule: Rule) -> Iterator[str]:
    if rule.kind not in rule_kinds():
        yield f"的 kind「{rule.kind}」不认识；可选 {'、'.join(sorted(rule_kinds()))}"
        return
    limits = [name for name in rule_kind(rule.kind).parameters if name not in ASKED]
    for name in limits:
        if name not in rule.limits:
            yield f"的 limits 缺少 {name}；这种规则要写 {'、'.join(limits)}"
    for name in rule.limits:
        if name not in limits:
            yield f"的 limits 里 {name} 不认识；这种规则可写 {'、'.join(limits) or '（没有）'}"


@dataclass
class Findings:
    """Which findings stand in `memory.main.found`, and how they get there.

    The database is given with each call: kept here, it would keep itself open.
    """

    packs: Mapping[str, Pack]
    _version: int = -1
    _made: set[Making | Comparing] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wanted(
        self, store: FoundStore, asked: Question, given: Mapping[str, Any]
    ) -> Sequence[Making | Comparing]:
        """Return the findings, and what changed, that a question stands on."""
        campaign, day, moment = given.get("campaign"), given.get("as_of"), given.get("known_at")
        if day is None or not (asked.stands_on_rules or asked.tries_a_rule):
            return []
        slugs = [campaign] if campaign else list(self.packs)
        wanted: list[Making | Comparing] = [
            Making(slug, day, moment) for slug in slugs if asked.stands_on_rules
        ]
        if (day_before := given.get("before_on")) and asked.stands_on_rules:
            wanted += [Making(slug, day_before, given.get("before_known_at")) for slug in slugs]
        if asked.stands_on_changes:
            before = given.get("before_on"), given.get("before_known_at")
            wanted += [Comparing(slug, day, moment, *before) for slug in slugs]
        if asked.tries_a_rule:
            rule, trial = given.get("rule") or "", given.get("limits") or "{}"
            wanted += [Making(slug, day, rule=rule, trial=trial) for slug in slugs]
        for slug in slugs if asked.stands_on_past_rules else ():
            of = {"campaign": slug, "as_of": day, "known_at": moment}
            past = store.stored("light_moments", of).to_pylist()
            wanted += [Making(slug, r["month_end"], r["moment"], for_lights=True) for r in past]
        return wanted

    @contextmanager
    def standing(self, store: FoundStore, wanted: Iterable[Making | Comparing]) -> Iterator[None]:
        """See to it that what is wanted is there, and stays while the block asks about it.

        Another thread that asks after a write would take it away: it waits.
        """
        with self._lock:
            version, is_full = store.version, self._is_full()
            if version != self._version or is_full:
                store.forget_found(is_full)
                # Of a moment still to come (lists not yet due), what is known grows.
                present = clock.now()
                past = {one for one in self._made if one.known_by and one.known_by <= present}
                self._made = set() if is_full else past
                self._version = version
            for making in wanted:
                if making not in self._made:
                    self._make_whole(store, making)
            yield

    def forget_all(self, store: FoundStore) -> None:
        """Forget what was found, of the past too: rows that it was found in are there no more."""
        with self._lock:
            store.forget_found(True)
            self._made = set()

    def _is_full(self) -> bool:
        changes = [one for one in self._made if isinstance(one, Comparing)]
        return len(self._made) > KEPT_MAX or len(changes) > CHANGES_MAX

    def _make_whole(self, store: FoundStore, making: Making | Comparing) -> None:
        try:
            making.make(store, self.packs)
        except BaseException:
            # A part of it would stand twice once it is made again.
            self._made = set()
            store.forget_found(True)
            raise
        self._made.add(making)


def found_by(store: FoundStore, rule: Rule, making: Making) -> pa.Table:
    """Return what one rule finds, with the limits it carries: the columns of its file."""
    asked = dict(zip(ASKED, (making.campaign, making.day, making.moment), strict=True))
    return store.answer(rule_kind(rule.kind).sql, {**asked, **rule.limits})


def _is_asked(rule: Rule, making: Making) -> bool:
    if making.rule:
        return rule.name == making.rule
    return rule.is_on and (rule.is_light or not making.for_lights)


def _tried(rule: Rule, trial: str) -> Rule:
    """Return a rule with the limits of `trial` (JSON) over its own."""
    if not trial:
        return rule
    try:
        tried = replace(rule, limits=rule.limits | json.loads(trial))
    except ValueError as error:
        raise UnknownQuestion(f'limits 不是 JSON：{trial}；写作 {{"days": 15}}') from error
    for fault in _faults(tried):
        raise UnknownQuestion(f"规则「{rule.name}」{fault}")
    return tried


def _labelled(found: pa.Table, rule: Rule, making: Making) -> pa.Table:
    labels = {
        "campaign": (making.campaign, pa.string()),
        "found_on": (making.day, pa.date32()),
        "found_at": (making.moment, pa.timestamp("us")),
        "for_lights": (making.for_lights, pa.bool_()),
        "rule": (rule.name, pa.string()),
        "trial": (making.trial, pa.string()),
    }
    for name, (value, kind) in labels.items():
        found = found.append_column(name, pa.array([value] * found.num_rows, kind))
    return found
