"""The receipt of an upload, gathered from what is kept of it."""

import json

from tally import words
from tally.contracts import contracts
from tally.notices.receipt import ReadList, receipt
from tally.packs import packs
from tally.secrecy import WITHHELD
from tally.store import Database
from tally.submissions.revealing import may_have_original
from tally.viewers import acting


def receipt_of(database: Database, upload: int) -> bytes:
    """Return the receipt (.xlsx) of a published upload; KeyError when there is none."""
    records = database.ask("uploads", {"upload": upload}).to_pylist()
    if not records:
        raise KeyError(upload)
    record = records[0]
    problems = database.ask("upload_findings", {"upload": upload}).to_pylist()[0]["problems"]
    pack = packs().get(record["campaign"])
    name = pack.campaign.name if pack else record["campaign"]
    return receipt(record, name, json.loads(problems or "[]"), _lists(database, record))


def _lists(database: Database, record: dict) -> list[ReadList]:
    """Return what the upload has in force, ledger by ledger."""
    months: dict[str, list] = {}
    held = {"upload": record["upload"]}
    for row in database.stored("slices_in_force", held).to_pylist():
        months.setdefault(row["ledger"], []).append(row["period"])
    lists = []
    for kind, periods in months.items():
        known = sorted(period for period in periods if period)
        rows = database.slice_rows(kind, record["campaign"], record["unit"], known).to_pylist()
        own = sorted(
            (row for row in rows if row["upload"] == record["upload"]),
            key=lambda row: (row["sheet"], row["row"]),
        )
        if not may_have_original(acting(), record["unit"] or ""):
            own = [row | _withheld(kind, row) for row in own]
        title = "、".join(words.year_month(period) for period in known)
        lists.append(ReadList(contracts()[kind], title or words.EMPTY, own))
    return lists


def _withheld(kind: str, row: dict) -> dict[str, str]:
    """Return what stands in place of a row's sensitive texts for who did not send the file."""
    return {name: WITHHELD for name in contracts()[kind].sensitive if row.get(name)}
