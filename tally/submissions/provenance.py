"""From a row that was kept back to the cells of the file it was read from (F2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from tally.contracts import contracts
from tally.intake.opening.grids import Refusal
from tally.intake.source import Originals
from tally.intake.tables.headers import title_of
from tally.packs import packs
from tally.store import Database, scope_of
from tally.submissions.originals import OriginalLost, has_original, original_path, read_original
from tally.submissions.pairs import Kept, Pair, Pairing
from tally.viewers import acting

# What was never published is nobody's figure; a replaced or undone list once was.
SHOWN_STATUSES = ("published", "replaced", "undone")
ORIGINALS = Originals()


@dataclass(frozen=True)
class KeptRow:
    """A row that was published once: where it is from, what it is about, what was kept of it.

    `home` is where its file lies; `values` are the stored ones under our column names,
    `findings` the answer of `upload_findings`.
    """

    upload: int
    file: str
    status: str
    sheet: str
    row: int
    campaign: str
    ledger: str
    item_key: str
    month: str | None
    home: Path
    values: Kept
    findings: Mapping[str, Any] = field(repr=False)

    @property
    def title(self) -> str:
        """What the row is about."""
        contract = contracts()[self.ledger]
        words = (self.values.get(name) for name in (title_of(contract), contract.key))
        return next((word for word in words if word), "")

    @property
    def original(self) -> Path:
        """Where the file lies, encrypted."""
        return original_path(self.home, self.findings["sha256"])

    @property
    def has_original(self) -> bool:
        """Whether the file is still there."""
        return has_original(self.home, self.findings["sha256"])

    def content(self) -> bytes:
        """Return the file as it came in; OriginalLost."""
        return read_original(self.home, self.findings["sha256"])

    @property
    def unit(self) -> str:
        """The unit that leads it; '' where there is none."""
        return self.values.get("unit") or ""


@dataclass(frozen=True)
class SideBySide:
    """A row's cells beside what was read from them, in the order of the file.

    `remarks` were said of the whole row; `missing` says why the original is not shown,
    '' when it is.
    """

    pairs: tuple[Pair, ...]
    remarks: tuple[str, ...] = ()
    missing: str = ""


def kept_row(
    database: Database, upload: int, sheet: str, row: int, ledger: str = "", item_key: str = ""
) -> KeptRow | None:
    """Return a row as it was kept; None when no such row was ever published.

    `ledger` and `item_key` say which one is meant where tables stand beside each other: they
    share the sheet's lines. To a viewer of some units only, another's row is none.
    """
    findings = database.ask("upload_findings", {"upload": upload}).to_pylist()
    asked = {"upload": upload, "sheet": sheet, "row": row}
    stored = database.ask("row_source", asked, scope_of(acting())).to_pylist()
    meant = [
        cell
        for cell in stored
        if ledger in ("", cell["ledger"]) and item_key in ("", cell["item_key"])
    ]
    if not meant or not findings or findings[0]["status"] not in SHOWN_STATUSES:
        return None
    record, first = findings[0], meant[0]
    whose = first["ledger"], first["item_key"]
    return KeptRow(
        upload=upload,
        file=record["file"],
        status=record["status"],
        sheet=sheet,
        row=row,
        campaign=record["campaign"],
        ledger=first["ledger"],
        item_key=first["item_key"],
        month=first["month"],
        home=database.home,
        values={
            cell["column"]: cell["value"]
            for cell in meant
            if (cell["ledger"], cell["item_key"]) == whose
        },
        findings=record,
    )


def side_by_side(kept: KeptRow) -> SideBySide:
    """Return a kept row's cells as written beside what was read; opens the original."""
    contract, pack = contracts()[kept.ledger], packs()[kept.campaign]
    pairing = Pairing(contract, pack, kept.values, kept.findings, kept.item_key)
    remarks = tuple(pairing.remarks(kept.sheet, f"第 {kept.row} 行"))
    sheets, sha256 = pairing.recognised(kept.sheet, kept.row), kept.findings["sha256"]
    if not sheets:
        return SideBySide(pairing.values(), remarks)
    try:
        load = partial(read_original, kept.home, sha256)
        parts = [(ORIGINALS.open(sha256, load, sheet, kept.row), sheet) for sheet in sheets]
    except OriginalLost as lost:
        return SideBySide(pairing.values(), remarks, str(lost))
    except Refusal as refusal:
        return SideBySide(pairing.values(), remarks, f"原始文件现在打不开：{refusal.found}")
    return SideBySide(pairing.pairs(*pairing.own(parts, kept.row), kept.row), remarks)
