"""How the rows in force of one ledger's slices are asked for."""

from collections.abc import Sequence

from tally.contracts import contracts

# What tells one kept row from another.
PLACE = "upload, sheet, row, item_key"


def slice_sql(kind: str) -> str:
    """Return the SELECT of the rows in force; it takes ledger, campaign, unit and periods."""
    newest, sender, held = "", "slice.unit = $unit", f"store.main.{kind} AS rows_kept"
    if (contract := contracts()[kind]).accumulates:
        newest, sender = _newest_of(contract.told_apart_by), "$unit IS NOT NULL"
    elif contract.nature == "event":
        held += f" ANTI JOIN row_outdone('{kind}', NULL::TIMESTAMP) AS outdone USING ({PLACE})"
        sender = "($unit IN ('', slice.unit) OR (slice.unit = '' AND rows_kept.unit = $unit))"
    return (
        f"SELECT rows_kept.*, slice.campaign FROM {held} "
        "JOIN slice_known(NULL::TIMESTAMP) AS slice ON slice.upload = rows_kept.upload "
        "AND slice.ledger = $ledger AND slice.period IS NOT DISTINCT FROM rows_kept.period "
        f"WHERE slice.campaign = $campaign AND {sender} AND (slice.period IS NULL "
        f"OR list_contains($periods::DATE[], slice.period)) {newest}"
    )


def _newest_of(columns: Sequence[str]) -> str:
    return (
        "QUALIFY rows_kept.upload = first_value(rows_kept.upload) OVER "
        f"(PARTITION BY {', '.join(columns)} ORDER BY slice.from_at DESC, rows_kept.upload DESC)"
    )
