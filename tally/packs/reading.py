"""A pack's folder in, a checked `Pack` out."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from tally.packs.checks import PackError, check
from tally.packs.duties import Duty, Proof
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
from tally.packs.model import (
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
from tally.packs.roster import (
    Community,
    League,
    ObjectKind,
    Organ,
    Population,
    Post,
    Unit,
)
from tally.packs.rules import RankingUse, Rule, Slip

CAMPAIGNS_FOLDER = Path(__file__).resolve().parents[2] / "data" / "campaigns"
DEMO = "演示数据"

LISTS: Mapping[str, type] = {
    "phases": Phase,
    "clocks": Clock,
    "organs": Organ,
    "leagues": League,
    "units": Unit,
    "posts": Post,
    "populations": Population,
    "dimensions": Dimension,
    "classes": ItemClass,
    "themes": Theme,
    "open_points": OpenPoint,
    "deliverables": Deliverable,
    "object_kinds": ObjectKind,
    "communities": Community,
    "ledgers": ExpectedLedger,
    "deadlines": Deadline,
    "duties": Duty,
    "thresholds": Threshold,
    "indicators": Indicator,
    "places": Place,
    "scopes": Scope,
    "goals": Goal,
    "index_parts": IndexPart,
    "growth_lines": GrowthLine,
    "multiples": Multiple,
    "stages": Stage,
    "rules": Rule,
    "slips": Slip,
}

# Tables that stand once, and need not.
SINGLE: Mapping[str, type] = {"map": Map, "rankings": RankingUse}

Entry = TypeVar("Entry")


def _entry(kind: type[Entry], table: Mapping[str, Any], place: str) -> Entry:
    if not isinstance(table, Mapping):
        raise PackError(f"{place}: 应是一组键值，现在是 {table!r}；写法见 docs/packs.zh-CN.md")
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type] # all are dataclasses
    unknown = sorted(set(table) - known)
    if unknown:
        raise PackError(f"{place}: 不认识的键 {unknown[0]}；可用的键是 {'、'.join(sorted(known))}")
    values = {key: tuple(v) if isinstance(v, list) else v for key, v in table.items()}
    if "met_by" in values:
        values["met_by"] = _entries(Proof, values["met_by"], f"{place} met_by")
    try:
        return kind(**values)
    except TypeError as error:
        missing = str(error).rsplit(": ", 1)[-1]
        raise PackError(f"{place}: 缺少键 {missing}；请补上后重启") from error


def _entries(kind: type[Entry], tables: Any, place: str) -> tuple[Entry, ...]:
    """Return the entries of a list; a single table where a list belongs is refused."""
    if not isinstance(tables, list | tuple):
        key = place.split()[-1]
        raise PackError(f"{place}: 应是列表；请写成 [[{key}]]，或 {key} = [{{ … }}]")
    return tuple(
        _entry(kind, table, f"{place}[{position}]")
        for position, table in enumerate(tables, start=1)
    )


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


def read_pack(folder: Path) -> Pack:
    """Read and check the pack in `folder`; PackError names file, key and remedy."""
    tables, origins = _text(folder)
    if "campaign" not in tables:
        raise PackError(f"{folder.name}: 没有 [campaign]；请在 campaign.toml 中写明")
    allowed = {"campaign", *SINGLE, *LISTS}
    for key in tables:
        if key not in allowed:
            raise PackError(
                f"{origins[key].name}: 不认识的键 {key}；可用 {'、'.join(sorted(allowed))}"
            )
    lists: dict[str, Any] = {
        key: _entries(kind, tables[key], f"{origins[key].name} {key}") if key in tables else ()
        for key, kind in LISTS.items()
    }
    once: dict[str, Any] = {
        key: _entry(kind, tables[key], f"{origins[key].name} {key}")
        for key, kind in SINGLE.items()
        if key in tables
    }
    where = origins["campaign"].name
    pack = Pack(
        slug=folder.name,
        folder=folder,
        campaign=_entry(Campaign, tables["campaign"], f"{where} campaign"),
        **once,
        **lists,
    )
    check(pack, {key: path.name for key, path in origins.items()})
    return pack


@cache
def packs() -> Mapping[str, Pack]:
    """Return every pack under its slug."""
    folders = sorted(path.parent for path in CAMPAIGNS_FOLDER.glob("*/campaign.toml"))
    return {folder.name: read_pack(folder) for folder in folders}


def with_units_below(names: frozenset[str]) -> frozenset[str]:
    """Return units with all that stand below them in any campaign's chain (A6)."""
    found = names
    while True:
        below = {
            unit.name for pack in packs().values() for unit in pack.units if unit.parent in found
        }
        if below <= found:
            return found
        found |= below
