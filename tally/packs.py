"""What a campaign is: the pack in `data/campaigns/<slug>/`, read from its TOML files.

A pack is data. Every table in it carries a `source`: a clause of the campaign's
document (`S1 三.3「积极争先进位（8月至12月）」`), `演示数据`, `本级自定` for what
the office sets itself, or the public source a place name comes from.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

CAMPAIGNS_FOLDER = Path(__file__).resolve().parent.parent / "data" / "campaigns"
DEMO = "演示数据"


class PackError(ValueError):
    """A pack that cannot be used: names the file, the key and the remedy."""


@dataclass(frozen=True)
class Campaign:
    """The campaign itself: what it is called, by whom it was issued, when it runs.

    `is_reviewed` means that nobody publishes what they uploaded themselves.
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


@dataclass(frozen=True)
class Phase:
    """One phase of the campaign (A2, A10); two can be current at once."""

    name: str
    start_on: date
    end_on: date
    source: str


@dataclass(frozen=True)
class League:
    """Units compared with each other and with nobody else (A3, A14)."""

    name: str
    source: str


@dataclass(frozen=True)
class Unit:
    """A unit that leads items; `leader_post` is the post in charge of it, never a name."""

    name: str
    league: str
    source: str
    aliases: tuple[str, ...] = ()
    leader_post: str = ""


@dataclass(frozen=True)
class Dimension:
    """What items are grouped by: a dimension, class or channel (A1, A4, A5, B2)."""

    name: str
    source: str
    aliases: tuple[str, ...] = ()
    owner: str = ""
    stated_count: int | None = None


@dataclass(frozen=True)
class Community:
    """A community that items are placed in; `code` is its 12-digit division code."""

    name: str
    source: str
    code: str = ""
    street: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExpectedLedger:
    """A ledger the campaign collects (E1); `submitted_by` is `unit` (each its own) or `all`.

    A month's list is due on day `due_day` of the next month, moved to a working day;
    0 where no day is set.
    """

    kind: str
    submitted_by: str
    source: str
    due_day: int = 0
    due_source: str = ""


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
class Indicator:
    """A number with an annual target, attached to a task (C5); `direction` is `up` or `down`."""

    name: str
    task: str
    unit_of_measure: str
    target: float
    direction: str
    source: str


@dataclass(frozen=True)
class Map:
    """The boundaries a community map draws, and the datum of coordinates in the ledgers."""

    boundaries: str
    outline: str
    is_schematic: bool
    note: str
    source: str
    datum: str = "WGS-84"


@dataclass(frozen=True)
class Pack:
    """One campaign pack; `folder` is where it was read from."""

    slug: str
    folder: Path
    campaign: Campaign
    phases: tuple[Phase, ...]
    leagues: tuple[League, ...]
    units: tuple[Unit, ...]
    dimensions: tuple[Dimension, ...]
    communities: tuple[Community, ...]
    ledgers: tuple[ExpectedLedger, ...]
    deadlines: tuple[Deadline, ...]
    thresholds: tuple[Threshold, ...]
    indicators: tuple[Indicator, ...]
    map: Map | None

    def threshold(self, name: str) -> float:
        """Return a limit of the pack, or the house default where the pack is silent."""
        own = {threshold.name: threshold.value for threshold in self.thresholds}
        return own.get(name, DEFAULT_THRESHOLDS[name])

    @property
    def sample_files(self) -> tuple[Path, ...]:
        """The sample workbooks, in the order in which an office sent them."""
        return tuple(sorted((self.folder / "samples").rglob("*.*")))


DEFAULT_THRESHOLDS: Mapping[str, float] = {"minimum_due_items": 10, "due_soon_days": 7}

LISTS: Mapping[str, type] = {
    "phases": Phase,
    "leagues": League,
    "units": Unit,
    "dimensions": Dimension,
    "communities": Community,
    "ledgers": ExpectedLedger,
    "deadlines": Deadline,
    "thresholds": Threshold,
    "indicators": Indicator,
}

Entry = TypeVar("Entry")


def _entry(kind: type[Entry], table: Mapping[str, Any], place: str) -> Entry:
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    unknown = sorted(set(table) - known)
    if unknown:
        raise PackError(f"{place}: 不认识的键 {unknown[0]}；可用的键是 {'、'.join(sorted(known))}")
    values = {key: tuple(v) if isinstance(v, list) else v for key, v in table.items()}
    try:
        return kind(**values)
    except TypeError as error:
        missing = str(error).rsplit(": ", 1)[-1]
        raise PackError(f"{place}: 缺少键 {missing}；请补上后重启") from error


def _text(folder: Path) -> tuple[dict[str, Any], dict[str, Path]]:
    """Return the merged tables of every TOML file in `folder`, and the file each came from."""
    tables: dict[str, Any] = {}
    origins: dict[str, Path] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            content = tomllib.loads(path.read_text("utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise PackError(f"{path.name}: 不是正确的 TOML（{error}）") from error
        for key, value in content.items():
            if key in tables:
                raise PackError(f"{path.name}: {key} 已在 {origins[key].name} 中写过；请只留一处")
            tables[key], origins[key] = value, path
    return tables, origins


def _names(entries: Iterable[Any]) -> set[str]:
    return {entry.name for entry in entries}


def _check(pack: Pack) -> None:
    leagues = _names(pack.leagues)
    for unit in pack.units:
        if unit.league not in leagues:
            raise PackError(
                f"{pack.slug}: units「{unit.name}」的 league「{unit.league}」不在 leagues 中；"
                f"可选 {'、'.join(sorted(leagues))}"
            )
    for entry in pack.ledgers:
        if not 0 <= entry.due_day <= 31:
            raise PackError(
                f"{pack.slug}: ledgers「{entry.kind}」的 due_day 应是次月的 1 至 31 日，0 表示不定"
            )
        if entry.due_day and not entry.due_source:
            raise PackError(
                f"{pack.slug}: ledgers「{entry.kind}」写了 due_day，没有写 due_source；"
                "请写明报送日出自哪里，本级定的写 本级自定"
            )
    if not isinstance(pack.campaign.is_reviewed, bool):
        raise PackError(f"{pack.slug}: campaign.is_reviewed 只能是 true 或 false")
    if pack.campaign.end_on < pack.campaign.start_on:
        raise PackError(f"{pack.slug}: campaign.end_on 早于 start_on；请核对起止日期")


def read_pack(folder: Path) -> Pack:
    """Read and check the pack in `folder`; PackError names file, key and remedy."""
    tables, origins = _text(folder)
    if "campaign" not in tables:
        raise PackError(f"{folder.name}: 没有 [campaign]；请在 campaign.toml 中写明")
    allowed = {"campaign", "map", *LISTS}
    for key in tables:
        if key not in allowed:
            raise PackError(
                f"{origins[key].name}: 不认识的键 {key}；可用 {'、'.join(sorted(allowed))}"
            )
    lists = {
        key: tuple(
            _entry(kind, table, f"{origins[key].name} {key}[{position}]")
            for position, table in enumerate(tables.get(key, ()), start=1)
        )
        for key, kind in LISTS.items()
    }
    where = origins["campaign"].name
    pack = Pack(
        slug=folder.name,
        folder=folder,
        campaign=_entry(Campaign, tables["campaign"], f"{where} campaign"),
        map=_entry(Map, tables["map"], f"{origins['map'].name} map") if "map" in tables else None,
        **lists,
    )
    _check(pack)
    return pack


@cache
def packs() -> Mapping[str, Pack]:
    """Return every pack under its slug."""
    folders = sorted(path.parent for path in CAMPAIGNS_FOLDER.glob("*/campaign.toml"))
    return {folder.name: read_pack(folder) for folder in folders}
