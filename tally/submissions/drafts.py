"""The writing side of a submission: keep a draft, put it in force, take it back."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from tally import clock
from tally.contracts import Reading, contracts
from tally.store import Database, Writing
from tally.submissions.conflicts import Rows, rival_sentence
from tally.submissions.originals import keep_original


class CannotUndo(ValueError):
    """The upload is not in force, so there is nothing to take back."""


class CannotPublish(ValueError):
    """The draft cannot be put in force; the message says what stands against it."""


@dataclass(frozen=True)
class Draft:
    """A checked reading with its keyed rows, ready to be kept."""

    reading: Reading
    content: bytes
    ledgers: dict[str, Rows]
    reversed_count: int
    uploaded_by: str
    is_sample: bool


def keep_draft(database: Database, draft: Draft) -> int:
    """Keep the original, the rows and their slices; return the upload's number."""
    keep_original(database.home, draft.content)
    with database.write() as writing:
        # The same file drafted again takes the older draft's place.
        same = {
            "sha256": draft.reading.sha256,
            "campaign": draft.reading.campaign,
            "unit": draft.reading.unit,
            "month": draft.reading.month,
        }
        for (earlier,) in writing.run("drafts_of_file", same):
            _discard(writing, earlier)
        upload = int(writing.run("next_upload", {})[0][0])
        record = _record(draft.reading, upload, draft.uploaded_by)
        record |= {
            "status": "draft",
            "row_count": draft.reading.row_count,
            "reversed_count": draft.reversed_count,
            "is_sample": draft.is_sample,
        }
        writing.insert("upload", [record])
        for kind, rows in draft.ledgers.items():
            writing.insert("slice", _slices(draft.reading, upload, kind, rows))
            writing.insert(kind, _kept_rows(kind, upload, rows))
    return upload


def keep_refusal(database: Database, reading: Reading, uploaded_by: str) -> int:
    """Record that a file was refused; nothing else of it is kept."""
    with database.write() as writing:
        upload = int(writing.run("next_upload", {})[0][0])
        record = _record(reading, upload, uploaded_by)
        writing.insert("upload", [record | {"status": "refused", "row_count": 0}])
    return upload


def publish(database: Database, upload: int, reason: str = "") -> None:
    """Put a draft in force in one transaction; CannotPublish says what stands against it."""
    with database.write() as writing:
        drafted = writing.run("draft", {"upload": upload})
        if not drafted:
            raise CannotPublish(f"没有编号为 {upload} 的草稿")
        if drafted[0][0] and not reason:
            raise CannotPublish("有事项倒退，写明理由才能发布")
        _check_rivals(writing, upload)
        _check_age(writing, upload)
        moment = clock.now()
        writing.run("end_slices", {"upload": upload, "moment": moment})
        writing.run("start_slices", {"upload": upload, "moment": moment})
        _check_doubled(writing, upload)
        writing.run("mark_published", {"upload": upload, "reason": reason or None})
    database.checkpoint()


def _check_rivals(writing: Writing, upload: int) -> None:
    for campaign, ledger, period, unit in writing.run("draft_slices", {"upload": upload}):
        rivals = writing.run(
            "rival_slices",
            {"campaign": campaign, "ledger": ledger, "periods": [period], "unit": unit},
        )
        if rivals:
            _, rival_unit, rival_period, file = rivals[0]
            raise CannotPublish(rival_sentence(rival_unit, rival_period, file))


def _check_age(writing: Writing, upload: int) -> None:
    """Refuse a draft whose comparison is out of date: its reversals would go unseen."""
    newer = writing.run("newer_slices", {"upload": upload})
    if newer:
        raise CannotPublish(f"存为草稿之后又发布了《{newer[0][0]}》，请重新导入这份文件")


def _check_doubled(writing: Writing, upload: int) -> None:
    """Refuse a number that another list took since this one was drafted."""
    doubled = writing.run("doubled_items", {"upload": upload})
    if doubled:
        item_key, file = doubled[0]
        raise CannotPublish(f"《{file}》已用编号 {item_key}，请换一个编号后重新导入")


def undo(database: Database, upload: int) -> None:
    """Take a publication back: what it replaced is in force again. A draft is discarded."""
    with database.write() as writing:
        if writing.run("draft", {"upload": upload}):
            _discard(writing, upload)
            return
        if not writing.run("slices_in_force", {"upload": upload}):
            raise CannotUndo(f"{upload} 号不在发布状态，没有可撤回的内容")
        moment = clock.now()
        writing.run("restore_slices", {"upload": upload, "moment": moment})
        writing.run("take_back_slices", {"upload": upload, "moment": moment})
        for (restored,) in writing.run("restored_uploads", {"moment": moment}):
            _check_taken_since(writing, restored)
        writing.run("mark_undone", {"upload": upload})
    database.checkpoint()


def _check_taken_since(writing: Writing, restored: int) -> None:
    """Refuse to bring back a list whose number another list has taken over since."""
    doubled = writing.run("doubled_items", {"upload": restored})
    if doubled:
        item_key, file = doubled[0]
        raise CannotUndo(f"撤回后编号 {item_key} 会与《{file}》重复；请先撤回或改正那一份")


def _discard(writing: Writing, upload: int) -> None:
    for table in ("slice", *contracts()):
        writing.delete_upload_rows(table, upload)
    writing.run("mark_undone", {"upload": upload})


def remove_campaign(database: Database, campaign: str) -> int:
    """Take all of a campaign's uploads out of the store; return how many there were."""
    with database.write() as writing:
        uploads = [int(row[0]) for row in writing.run("campaign_uploads", {"campaign": campaign})]
        for upload in uploads:
            for table in ("slice", "upload", *contracts()):
                writing.delete_upload_rows(table, upload)
    database.checkpoint()
    return len(uploads)


def _record(reading: Reading, upload: int, uploaded_by: str) -> dict[str, Any]:
    sheets = [{**asdict(sheet), "columns": dict(sheet.columns)} for sheet in reading.sheets]
    return {
        "upload": upload,
        "campaign": reading.campaign or None,
        "month": reading.month,
        "unit": reading.unit,
        "file": reading.file,
        "sha256": reading.sha256,
        "uploaded_by": uploaded_by,
        "uploaded_at": clock.now(),
        "reported_on": reading.reported_on,
        "recognised": json.dumps(sheets, ensure_ascii=False),
        "problems": json.dumps([asdict(p) for p in reading.problems], ensure_ascii=False),
    }


def _slices(reading: Reading, upload: int, kind: str, rows: Rows) -> list[dict[str, Any]]:
    """Return one slice a month; a state ledger without rows still reports its month (零报告)."""
    months = [row["period"] for row in rows] or [reading.month]
    return [
        {
            "upload": upload,
            "campaign": reading.campaign,
            "ledger": kind,
            "period": period,
            "unit": reading.unit,
            "row_count": sum(month == period for month in months) if rows else 0,
        }
        for period in dict.fromkeys(months)
    ]


def _kept_rows(kind: str, upload: int, rows: Rows) -> list[dict[str, Any]]:
    columns = [column.name for column in contracts()[kind].columns]
    kept = ("sheet", "row", "period", "item_key", *columns, *_extras(kind))
    return [{"upload": upload} | {name: row.get(name) for name in kept} for row in rows]


def _extras(kind: str) -> tuple[str, ...]:
    """Return the columns that reading adds to the contract's own."""
    contract = contracts()[kind]
    names = contract.columns_by_name
    partners = () if "partners" in names or "unit" not in names else ("partners",)
    return (*partners, "due_text", "is_due_derived") if contract.deadline else partners
