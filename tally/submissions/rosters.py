"""The packs with the rosters that were imported over them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from tally.contracts import Contract
from tally.packs import Community, Pack, Unit, packs
from tally.store import Database

IMPORTED = "导入的名册"
Entry = TypeVar("Entry", Unit, Community)


def _aliases(text: str | None) -> tuple[str, ...]:
    return tuple(
        part.strip() for part in (text or "").replace("，", "、").split("、") if part.strip()
    )


def packs_with_rosters(database: Database) -> Mapping[str, Pack]:
    """Return every pack, its units and communities replaced by the imported ones of that name."""
    units: dict[str, dict[str, Unit]] = {}
    for row in database.stored("imported_units").to_pylist():
        units.setdefault(row["campaign"], {})[row["name"]] = Unit(
            name=row["name"],
            league=row["league"],
            source=IMPORTED,
            aliases=_aliases(row["aliases"]),
            leader_post=row["leader_post"] or "",
        )
    communities: dict[str, dict[str, Community]] = {}
    for row in database.stored("imported_communities").to_pylist():
        communities.setdefault(row["campaign"], {})[row["name"]] = Community(
            name=row["name"],
            source=IMPORTED,
            code=row["code"] or "",
            street=row["street"] or "",
            aliases=_aliases(row["aliases"]),
        )
    return {
        slug: replace(
            pack,
            units=_merged(pack.units, units.get(slug, {})),
            communities=_merged(pack.communities, communities.get(slug, {})),
        )
        for slug, pack in packs().items()
    }


def open_rows(
    database: Database, contract: Contract, campaign: str, unit: str
) -> list[dict[str, Any]]:
    """Return a ledger's open items of its newest month as its own rows; `unit` empty means all."""
    day = database.default_day(campaign)
    reports = database.stored(
        "last_item_reports",
        {"campaign": campaign, "ledger": contract.kind, "period": day, "unit": unit},
    )
    in_order = reports.sort_by([(name, "ascending") for name in ("upload", "sheet", "row")])
    return [row for row in in_order.to_pylist() if row["state"] != "closed"]


def _merged(own: tuple[Entry, ...], imported: Mapping[str, Entry]) -> tuple[Entry, ...]:
    """Return the pack's entries with the imported of the same name over them, new ones last.

    An imported unit keeps the pack's aliases: a roster without a column for them takes none away.
    """
    known = {entry.name: entry for entry in own}
    for name, entry in imported.items():
        before = known.get(name)
        aliases = entry.aliases + (before.aliases if before else ())
        known[name] = replace(entry, aliases=tuple(dict.fromkeys(aliases)))
    return tuple(known.values())
