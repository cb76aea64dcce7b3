"""What a pack says of its numbers (family C): what they are, whom they are held against, goals."""

from dataclasses import dataclass
from datetime import date

# What a figure says: since New Year, of its period alone, at its end; its growth; its rank.
MEASURES = ("累计", "当期", "期末", "同比", "累计同比", "位次")
FREQUENCIES = ("月", "季", "年")
DIRECTIONS = ("up", "down")
LINES = ("低线", "中线", "高线")
# What a name says that is a mean: figures of parts do not add up to it.
MEANS = ("人均", "户均", "亩均", "地均", "平均", "均价")


@dataclass(frozen=True)
class Indicator:
    """One entry of the dictionary of indicators; `direction` says whether `up` or `down` is good.

    `measure` is what its figures say where a file is silent. `target` is the floor of the year
    of the campaign and `stretch_target` what is striven for (C12); None where the document
    sets none. `start_value` is what it stood at on `start_on` (C15). `group` is where it is shown
    (主要经济指标, 项目, 数量指标, 考评). `is_target_growth` means that the targets are growth
    over the year before, in percent. `is_sum` says that the figures of the parts of a place add up
    to its own (C2): those of a mean, as an income per head, do not.
    """

    name: str
    unit_of_measure: str
    direction: str
    source: str
    task: str = ""
    target: float | None = None
    stretch_target: float | None = None
    is_target_growth: bool = False
    measure: str = "累计"
    frequency: str = "月"
    group: str = ""
    definition: str = ""
    owner: str = ""
    publisher: str = ""
    aliases: tuple[str, ...] = ()
    is_sum: bool = True
    start_value: float | None = None
    start_on: date | None = None


@dataclass(frozen=True)
class Place:
    """An area that figures are published for; `whole` is the area it is a part of (C2).

    `is_own` marks the area the campaign answers for: figures that name no area are its own.
    """

    name: str
    source: str
    whole: str = ""
    is_own: bool = False
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scope:
    """A circle of peers within which places are ranked (C3, C9): 全区、全市、全省、长三角."""

    name: str
    places: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Goal:
    """The rank an indicator or an index is to reach in a scope by the end of a month (C13).

    None for `rank` where the document asks only to move up (争先进位).
    """

    subject: str
    scope: str
    month: int
    source: str
    rank: int | None = None


@dataclass(frozen=True)
class IndexPart:
    """One indicator of a composite index with its weight (C4); weights need not add up to 1."""

    index: str
    indicator: str
    weight: float
    source: str


@dataclass(frozen=True)
class GrowthLine:
    """One of three lines into the future (C7): a stated growth a year, or that of past years.

    Give `growth_share` (0.08 is 8 %), or `past_years`: the mean growth of so many years goes on.
    `place` is whose line it is: our own, or a neighbour's.
    """

    indicator: str
    line: str
    place: str
    horizon_year: int
    source: str
    growth_share: float | None = None
    past_years: int | None = None


@dataclass(frozen=True)
class Multiple:
    """An indicator that is to be so many times its base by a year (C8: 五大倍增)."""

    name: str
    indicator: str
    base_year: int
    base_value: float
    horizon_year: int
    multiple: float
    source: str


@dataclass(frozen=True)
class Stage:
    """A state projects pass through, and the quarter that is given to it (C6); 0 for none."""

    name: str
    source: str
    quarter: int = 0
    aliases: tuple[str, ...] = ()
