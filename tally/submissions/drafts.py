"""The writing side of a submission: keep a draft, put it in force, take it back."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

import pyarrow as pa

from tally import clock
from tally.contracts import Reading, contracts
from tally.registry import Event
from tally.store import Database, Writing
from tally.submissions.archives import archived_sentence
from tally.submissions.comparison import Kind
from tally.submissions.conflicts import STATE_ITEMS, Rows, rival_sentence
from tally.submissions.deeds import LIST, Doing, doing
from tally.submissions.originals import keep_original
from tally.submissions.review import refusal, reviewer
from tally.submissions.seals import is_quoted, sealed_sentence
from tally.submissions.vault import APART, keep_apart
from tally.submissions.withdrawals import keep_answered
from tally.viewers import Action

COUNTED: tuple[Kind, ...] = ("added", "changed", "vanished")
STATUS_WORDS = {
    "replaced": "已被后来的台账替换",
    "undone": "已撤回",
    "returned": "已退回修改",
    "refused": "未通过检查",
}


class CannotUndo(ValueError):
    """The upload is not in force, so there is nothing to take back."""


class CannotPublish(ValueError):
    """The draft cannot be put in force; the message says what stands against it."""


@dataclass(frozen=True)
class Draft:
    """A checked reading with its keyed rows, ready to be kept.

    `counts` are the items added, changed and vanished; `compared_at` is the moment before
    the comparison, from which on another's publication makes the draft outdated.
    """

    reading: Reading
    content: bytes
    ledgers: dict[str, Rows]
    reversed_count: int
    uploaded_by: str
    is_sample: bool
    counts: Mapping[str, int] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    compared_at: datetime = field(default_factory=clock.moment)


def keep_draft(database: Database, draft: Draft) -> int:
    """Keep the original, the rows and their slices; return the upload's number."""
    keep_original(database.home, draft.content)
    about = {"count_after": draft.reading.row_count, "campaign": draft.reading.campaign}
    with doing(database, Action.SUBMIT, Event.UPLOAD, "上传", thing=LIST, **about) as deed:
        writing = deed.writing
        # The same file drafted again takes the older draft's place.
        whose = ("sha256", "campaign", "unit", "month")
        same = {name: getattr(draft.reading, name) for name in whose}
        for (earlier,) in writing.run("drafts_of_file", same):
            _discard(writing, earlier, "undone", None)
        upload = int(writing.run("next_upload", {})[0][0])
        record = _record(draft.reading, upload, draft.uploaded_by)
        record |= {
            "status": "draft",
            "row_count": draft.reading.row_count,
            "reversed_count": draft.reversed_count,
            "is_sample": draft.is_sample,
            "uploaded_at": draft.compared_at,
            "answers": json.dumps(dict(draft.answers), ensure_ascii=False),
            "reason": draft.reason or None,
        }
        record |= {f"{kind}_count": draft.counts.get(kind) for kind in COUNTED}
        writing.insert("upload", [record])
        for kind, rows in draft.ledgers.items():
            writing.insert("slice", _slices(draft.reading, upload, kind, rows))
            writing.insert(kind, _kept_rows(upload, rows))
        deed.is_about(upload)
        keep_apart(writing, database.home, upload, draft.reading, draft.ledgers)
    return upload


def keep_refusal(database: Database, reading: Reading, uploaded_by: str) -> int:
    """Record that a file was refused; nothing else of it is kept."""
    about = {"thing": LIST, "count_before": reading.row_count, "is_success": False}
    with doing(database, Action.SUBMIT, Event.INVALID, "校验未通过", **about) as deed:
        upload = int(deed.writing.run("next_upload", {})[0][0])
        record = _record(reading, upload, uploaded_by)
        deed.writing.insert("upload", [record | {"status": "refused", "row_count": 0}])
        deed.is_about(upload)
        deed.sentence += f"，{len(reading.errors)} 处错误"
    return upload


def publish(database: Database, upload: int, reason: str = "", by: str = "") -> None:
    """Put a draft in force in one transaction; CannotPublish says what stands against it.

    Reversals and corrections of a sealed month need a `reason`; where the campaign is
    reviewed, `by` must be another post than the sender's.
    """
    with doing(database, Action.PUBLISH, Event.PUBLISH, "发布", thing=LIST) as deed:
        deed.is_about(upload)
        put_in_force(deed, upload, reason.strip(), by)
    database.checkpoint()


def put_in_force(deed: Doing, upload: int, reason: str, by: str) -> None:
    """Publish a draft inside the write lock."""
    writing = deed.writing
    drafted = writing.run("draft", {"upload": upload})
    if not drafted:
        raise CannotPublish(_no_draft(writing, upload))
    reversed_count, uploaded_by, is_reviewed, answers, questions, given_reason = drafted[0]
    reason = reason or given_reason or ""
    if refused := refusal(is_reviewed, uploaded_by, by):
        raise CannotPublish(refused)
    if closed := archived_sentence(writing, upload):
        raise CannotPublish(closed)
    _check_questions(questions)
    slices = writing.run("draft_slices", {"upload": upload})
    _check_rivals(writing, slices)
    _check_age(writing, upload)
    if reversed_count and not reason:
        raise CannotPublish("有事项倒退，写明理由才能发布")
    sealed = sealed_sentence(writing, upload)
    if sealed and not reason:
        raise CannotPublish(f"{sealed}，这是更正，写明理由才能发布")
    moment = clock.moment()
    adding_up = [kind for kind, contract in contracts().items() if contract.accumulates]
    writing.run("end_slices", {"upload": upload, "moment": moment, "accumulating": adding_up})
    writing.run("start_slices", {"upload": upload, "moment": moment})
    # Other ledgers name no items: asking after them took a tenth of what publishing takes.
    if any(ledger in STATE_ITEMS for _, ledger, _, _ in slices):
        _check_doubled(writing, upload)
        writing.run("end_contradicted_withdrawals", {"upload": upload, "moment": moment})
    keep_answered(writing, upload, answers, by or uploaded_by, moment)
    marks = {"reason": reason or None, "reviewed_by": reviewer(uploaded_by, by)}
    marks |= {"is_correction": bool(sealed), "moment": moment}
    writing.run("mark_published", {"upload": upload, **marks})
    writing.run("mark_replaced", {})
    deed.has_put_in_force(upload)


def _no_draft(writing: Writing, upload: int) -> str:
    """Say what became of an upload that is no draft (any more), by whom and when."""
    found = writing.run("publication", {"upload": upload})
    if not found:
        return f"没有编号为 {upload} 的草稿"
    status, file, who, when = found[0]
    if status == "published":
        return f"{who_and_when(who, when)}已发布 {upload} 号《{file}》"
    return f"{upload} 号不是草稿：{STATUS_WORDS.get(status, status)}"


def who_and_when(who: str, when: datetime) -> str:
    """Say who did something when, in Shanghai's time, before what was done."""
    return f"{who or '另一岗位'}在 {clock.in_shanghai(when):%Y-%m-%d %H:%M} "


def _check_questions(questions: str | None) -> None:
    """Refuse while a question that must be answered stands open."""
    for asked in json.loads(questions or "[]"):
        if asked["is_required"]:
            raise CannotPublish(f"还要回答：{asked['sentence']}")


def _check_rivals(writing: Writing, slices: Iterable[tuple[Any, ...]]) -> None:
    """Refuse a list of all units beside those of single ones: rows would count twice."""
    for campaign, ledger, period, unit in slices:
        if contracts()[ledger].accumulates:
            continue
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
        file, who, when = newer[0]
        raise CannotPublish(
            f"{who_and_when(who, when)}又发布或撤回了《{file}》，请重新导入这份文件"
        )


def _check_doubled(writing: Writing, upload: int) -> None:
    """Refuse a number that another list took since this one was drafted."""
    doubled = writing.run("doubled_items", {"upload": upload})
    if doubled:
        item_key, file = doubled[0]
        raise CannotPublish(f"《{file}》已用编号 {item_key}，请换一个编号后重新导入")


def undo(database: Database, upload: int) -> None:
    """Take a publication back: what it replaced is in force again. A draft is discarded."""
    with doing(database, Action.PUBLISH, Event.ROLL_BACK, "撤回", thing=LIST) as deed:
        deed.is_about(upload)
        take_out_of_force(deed.writing, upload, "undone", None)
    database.checkpoint()


def take_out_of_force(writing: Writing, upload: int, status: str, reason: str | None) -> None:
    """Take a publication or a draft back inside the write lock, under its new status."""
    if writing.run("draft", {"upload": upload}):
        _discard(writing, upload, status, reason)
        return
    if not writing.run("slices_in_force", {"upload": upload}):
        raise CannotUndo(f"{upload} 号不在发布状态，没有可撤回的内容")
    if closed := archived_sentence(writing, upload):
        raise CannotUndo(closed)
    if is_quoted(writing, upload):
        sealed = sealed_sentence(writing, upload)
        raise CannotUndo(f"{sealed}；请报一份更正，或先解除封账")
    moment = clock.moment()
    writing.run("restore_slices", {"upload": upload, "moment": moment})
    writing.run("take_back_slices", {"upload": upload, "moment": moment})
    writing.run("end_withdrawals", {"upload": upload, "moment": moment})
    for (restored,) in writing.run("restored_uploads", {"moment": moment}):
        _check_taken_since(writing, restored)
    writing.run("mark_taken_back", {"upload": upload, "status": status, "reason": reason})


def _check_taken_since(writing: Writing, restored: int) -> None:
    """Refuse to bring back a list whose number another list has taken over since."""
    doubled = writing.run("doubled_items", {"upload": restored})
    if doubled:
        item_key, file = doubled[0]
        raise CannotUndo(f"撤回后编号 {item_key} 会与《{file}》重复；请先撤回或改正那一份")


def _discard(writing: Writing, upload: int, status: str, reason: str | None) -> None:
    """Drop a draft's rows; what it spoke about stays known where it was returned."""
    for table in (*contracts(), *APART, *(() if status == "returned" else ("slice",))):
        writing.delete_upload_rows(table, [upload])
    writing.run("mark_taken_back", {"upload": upload, "status": status, "reason": reason})


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
        "questions": json.dumps([asdict(q) for q in reading.questions], ensure_ascii=False),
    }


def _slices(reading: Reading, upload: int, kind: str, rows: Rows) -> list[dict[str, Any]]:
    """Return one slice a month; a state ledger without rows still reports its month (零报告)."""
    months = rows["period"].value_counts().to_pylist()
    counted = {month["values"]: month["counts"] for month in months}
    return [
        {
            "upload": upload,
            "campaign": reading.campaign,
            "ledger": kind,
            "period": period,
            "unit": reading.unit,
            "row_count": row_count,
            "is_added": reading.adds(kind, period),
        }
        for period, row_count in (counted or {reading.month: 0}).items()
    ]


def _kept_rows(upload: int, rows: Rows) -> Rows:
    return rows.append_column("upload", pa.repeat(pa.scalar(upload, pa.int64()), rows.num_rows))
