"""What a pack holds: one dataclass an entry, each with the `source` it is taken from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tally.packs.duties import Duty
from tally.packs.indicators import (
    Goal,
    GrowthLine,
    IndexPart,
    Indicator,
    Multiple,
    Place,
    Scope,
    Stage,
)
from tally.packs.roster import Community, League, ObjectKind, Organ, Population, Post, Unit
from tally.packs.rules import RankingUse, Rule, Slip

DEFAULT_THRESHOLDS: Mapping[str, float] = {
    "minimum_due_items": 10,
    "due_soon_days": 7,
    # Of the ideal pace (C1): on track from here on, lagging from there on, at risk below.
    "pace_on_track": 0.95,
    "pace_lagging": 0.75,
    # Below ten points a change of so many points or more is one (item 9 of family C).
    "signal_change_points": 2,
}

# Along which lines items are told apart, beside the campaign's own dimension (A13, B2, B12, B15);
# by what a project is admitted (C11); which action a survey is on (C10).
AXES = (
    *("kind", "difficulty", "handling", "channel", "found_by", "level"),
    *("disposal", "assigned_by", "admission", "action"),
)


@dataclass(frozen=True)
class Campaign:
    """The campaign itself: what it is called, by whom it was issued, when it runs.

    `is_reviewed` means that nobody publishes what they uploaded themselves; `continues` is the
    campaign whose open items this one takes over (A15); `has_watermark` shows on its pages and
    documents who saw or took them, and when.
    """

    name: str
    full_name: str
    document: str
    issuer: str
    issued_on: date
    start_on: date
    end_on: date
    dimension_word: str
    source: str
    is_reviewed: bool = False
    continues: str = ""
    has_watermark: bool = True


@dataclass(frozen=True)
class Clock:
    """A system that runs beside the campaign on a time of its own (A11); no `end_on`: it stands."""

    name: str
    start_on: date
    source: str
    end_on: date | None = None


@dataclass(frozen=True)
class Phase:
    """One phase of the campaign (A2, A10); two can be current at once.

    `owner` answers for it and `product` is what it leaves behind; empty where the text is silent.
    """

    name: str
    start_on: date
    end_on: date
    source: str
    owner: str = ""
    product: str = ""


@dataclass(frozen=True)
class Dimension:
    """What items are grouped by: a dimension, class or channel (A1, A4, A5, B2)."""

    name: str
    source: str
    aliases: tuple[str, ...] = ()
    owner: str = ""
    stated_count: int | None = None


@dataclass(frozen=True)
class ItemClass:
    """One value on one of the `AXES`, with the words it is met under and who owns it."""

    axis: str
    name: str
    source: str
    aliases: tuple[str, ...] = ()
    owner: str = ""


@dataclass(frozen=True)
class Theme:
    """A theme of the campaign (A4, A8, A9): `lead` is empty while the document leaves it open."""

    name: str
    kind: str
    source: str
    lead: str = ""
    start_on: date | None = None
    end_on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class OpenPoint:
    """What the document does not say, and the pack therefore does not either.

    With an `axis` it is about a name that the document gives along it (`activity`) and no more.
    """

    about: str
    what: str
    source: str
    axis: str = ""


@dataclass(frozen=True)
class Deliverable:
    """Something to be issued (B19, E11): by whom, by when where the text gives a day."""

    name: str
    owner: str
    kind: str
    source: str
    due_on: date | None = None


@dataclass(frozen=True)
class ExpectedLedger:
    """A ledger the campaign collects (E1); `submitted_by` is `unit` (each its own) or `all`.

    A month's list is due on day `due_day` of the next month, moved to a working day;
    0 where no day is set. `units` are those that owe it; none named means every unit (B13).
    """

    kind: str
    submitted_by: str
    source: str
    due_day: int = 0
    due_source: str = ""
    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class Deadline:
    """Working days the pack gives a ledger whose rows carry no deadline."""

    kind: str
    working_days: int
    source: str


@dataclass(frozen=True)
class Threshold:
    """A limit with where it comes from (F5): the document's clause or the office itself."""

    name: str
    value: float
    source: str


@dataclass(frozen=True)
class Map:
    """The boundaries a community map draws, and the datum of coordinates in the ledgers.

    `approval_number` is the map-approval number (审图号), '' without one.
    """

    boundaries: str
    outline: str
    is_schematic: bool
    note: str
    source: str
    datum: str = "WGS-84"
    approval_number: str = ""


@dataclass(frozen=True)
class Pack:
    """One campaign pack; `folder` is where it was read from."""

    slug: str
    folder: Path
    campaign: Campaign
    phases: tuple[Phase, ...] = ()
    leagues: tuple[League, ...] = ()
    units: tuple[Unit, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    communities: tuple[Community, ...] = ()
    ledgers: tuple[ExpectedLedger, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    places: tuple[Place, ...] = ()
    scopes: tuple[Scope, ...] = ()
    goals: tuple[Goal, ...] = ()
    index_parts: tuple[IndexPart, ...] = ()
    growth_lines: tuple[GrowthLine, ...] = ()
    multiples: tuple[Multiple, ...] = ()
    stages: tuple[Stage, ...] = ()
    clocks: tuple[Clock, ...] = ()
    organs: tuple[Organ, ...] = ()
    posts: tuple[Post, ...] = ()
    populations: tuple[Population, ...] = ()
    classes: tuple[ItemClass, ...] = ()
    themes: tuple[Theme, ...] = ()
    open_points: tuple[OpenPoint, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    object_kinds: tuple[ObjectKind, ...] = ()
    duties: tuple[Duty, ...] = ()
    rules: tuple[Rule, ...] = ()
    slips: tuple[Slip, ...] = ()
    rankings: RankingUse | None = None
    map: Map | None = None

    def threshold(self, name: str) -> float:
        """Return a limit of the pack, or the house default where the pack is silent."""
        own = {threshold.name: threshold.value for threshold in self.thresholds}
        return own.get(name, DEFAULT_THRESHOLDS[name])

    @property
    def sample_files(self) -> tuple[Path, ...]:
        """The sample workbooks, in the order in which an office sent them."""
        return tuple(sorted((self.folder / "samples").rglob("*.*")))
