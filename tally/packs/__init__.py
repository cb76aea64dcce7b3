"""What a campaign is: the pack in `data/campaigns/<slug>/`, read from its TOML files.

A pack is data. Every table in it carries a `source`: a clause of the campaign's
document (`S1 三.3「积极争先进位（8月至12月）」`), `演示数据`, `本级自定` for what
the office sets itself, or the public source a place name comes from.
"""

from tally.packs.axes import class_entries
from tally.packs.duties import PROVING, RHYTHMS, SUBJECTS, Duty, Proof
from tally.packs.indicators import (
    FREQUENCIES,
    MEASURES,
    Goal,
    GrowthLine,
    IndexPart,
    Indicator,
    Multiple,
    Place,
    Scope,
    Stage,
)
from tally.packs.model import (
    AXES,
    Campaign,
    Clock,
    Deadline,
    Deliverable,
    Dimension,
    ExpectedLedger,
    ItemClass,
    Map,
    OpenPoint,
    Pack,
    Phase,
    Theme,
    Threshold,
)
from tally.packs.reading import CAMPAIGNS_FOLDER, DEMO, PackError, packs, read_pack
from tally.packs.roster import (
    POWERS,
    Community,
    League,
    ObjectKind,
    Organ,
    Population,
    Post,
    Unit,
)
from tally.packs.rules import (
    LEVELS,
    RANKING_KINDS,
    RANKINGS,
    SLIP_LEVELS,
    RankingUse,
    Rule,
    Slip,
)
from tally.packs.windows import Window, due_day, windows

__all__ = [
    "AXES",
    "CAMPAIGNS_FOLDER",
    "DEMO",
    "FREQUENCIES",
    "LEVELS",
    "MEASURES",
    "POWERS",
    "PROVING",
    "RANKINGS",
    "RANKING_KINDS",
    "RHYTHMS",
    "SLIP_LEVELS",
    "SUBJECTS",
    "Campaign",
    "Clock",
    "Community",
    "Deadline",
    "Deliverable",
    "Dimension",
    "Duty",
    "ExpectedLedger",
    "Goal",
    "GrowthLine",
    "IndexPart",
    "Indicator",
    "ItemClass",
    "League",
    "Map",
    "Multiple",
    "ObjectKind",
    "OpenPoint",
    "Organ",
    "Pack",
    "PackError",
    "Phase",
    "Place",
    "Population",
    "Post",
    "Proof",
    "RankingUse",
    "Rule",
    "Scope",
    "Slip",
    "Stage",
    "Theme",
    "Threshold",
    "Unit",
    "Window",
    "class_entries",
    "due_day",
    "packs",
    "read_pack",
    "windows",
]
