"""Personal data shown as written: one row at a time, with a reason, and never unrecorded."""

from collections.abc import Mapping

from tally.contracts import contracts
from tally.intake.cells.masking import masked
from tally.registry import Event
from tally.secrecy import ColumnClass
from tally.store import Database
from tally.submissions import deeds
from tally.submissions.provenance import KeptRow, kept_row
from tally.submissions.vault import CannotReveal, KeptApart, opened_row
from tally.viewers import Action, Viewer

REASON_SIGNS = 4


def may_have_original(viewer: Viewer, unit: str) -> bool:
    """Tell whether a viewer may fetch the file that a unit sent; it holds everything as written.

    That is for the unit itself, and for whoever sees what is sensitive.
    """
    is_own = viewer.units is not None or ColumnClass.SENSITIVE in viewer.classes
    return viewer.may(Action.SUBMIT) and viewer.covers(unit) and is_own


def reveal(database: Database, kept: KeptApart, viewer: Viewer, reason: str) -> Mapping[str, str]:
    """Return a row's cells as written, by the title of their column, once that is recorded.

    CannotReveal says why not: the role, the unit, the reason, the key; RegistryUnusable that it
    cannot be recorded. What is returned is for one drawing and must not be remembered anywhere.
    """
    row = kept_row(database, kept.upload, kept.sheet, kept.row, kept.ledger, kept.item_key)
    about = {"thing": "个人信息", "name": f"{kept.upload} 号 {kept.sheet} 第 {kept.row} 行"}
    about |= {"campaign": row.campaign} if row else {}
    refused = _refusal(row, viewer)
    if refused:
        deeds.tell(database.home, Event.DENIED, refused, is_success=False, **about)
        raise CannotReveal(refused)
    if len(reason.strip()) < REASON_SIGNS:
        raise CannotReveal(f"请写明理由，至少 {REASON_SIGNS} 个字")
    said = opened_row(kept)
    columns = contracts()[kept.ledger].columns_by_name
    hidden = () if ColumnClass.SENSITIVE in viewer.classes else contracts()[kept.ledger].sensitive
    titled = {
        columns[name].title if name in columns else name: said[name]
        for name in said
        if name not in hidden
    }
    sentence = f"查看{'、'.join(titled)}，理由：{masked(reason.strip())}"
    deeds.tell(database.home, Event.REVEAL, sentence, **about)
    return titled


def _refusal(row: KeptRow | None, viewer: Viewer) -> str:
    """Return why a viewer may not see a row as written; '' for no reason."""
    if not viewer.may(Action.REVEAL):
        return "您的角色不能查看个人信息原文"
    is_own = row is not None and viewer.covers(row.unit)
    return "" if is_own else "这一条不在您的单位范围内"
