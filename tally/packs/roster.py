"""Who and what a campaign is about: organs, units, posts, communities, kinds of enterprise."""

from dataclasses import dataclass
from datetime import date

# What an organ may do (A12).
POWERS = ("统筹", "交办", "督办", "确认销号", "抽查复核", "暗访", "通报", "考评")


@dataclass(frozen=True)
class Organ:
    """A body that runs the campaign (A8, A12): its posts, never names, and what it may do."""

    name: str
    kind: str
    source: str
    parent: str = ""
    posts: tuple[str, ...] = ()
    powers: tuple[str, ...] = ()
    duties: str = ""


@dataclass(frozen=True)
class League:
    """Units compared with each other and with nobody else (A3, A14)."""

    name: str
    source: str


@dataclass(frozen=True)
class Unit:
    """A unit that leads items; `leader_post` is the post in charge of it, never a name.

    `parent` is the unit above it in the chain (A6), of which `level` names the step. A unit
    that was renamed gives its `former_name` and the day the new one came into use.
    """

    name: str
    league: str
    source: str
    aliases: tuple[str, ...] = ()
    leader_post: str = ""
    parent: str = ""
    level: str = ""
    former_name: str = ""
    renamed_on: date | None = None


@dataclass(frozen=True)
class Post:
    """A post that owes duties of its own (E5, E8): held in a unit, never a name."""

    name: str
    unit: str
    source: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Population:
    """How many people live in a unit's or community's area: what per-million figures divide by."""

    name: str
    people: int
    on: date
    source: str


@dataclass(frozen=True)
class ObjectKind:
    """A kind of enterprise or project that is served (E6), with the number the text states."""

    name: str
    source: str
    stated_count: int | None = None
    part_of: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Community:
    """A community that items are placed in; `code` is its 12-digit division code."""

    name: str
    source: str
    code: str = ""
    street: str = ""
    aliases: tuple[str, ...] = ()
