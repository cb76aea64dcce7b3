"""Read → compare → draft → publish, and back: the one way in for pages and command line."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import pyarrow as pa

from tally import clock
from tally.contracts import NOT_THE_SAME, Contract, Question, Reading, contracts
from tally.intake import Brief, read
from tally.intake.progress import tell
from tally.store import Database
from tally.submissions.answers import apply_same, remember, remembered
from tally.submissions.checks import matched_checks
from tally.submissions.comparison import Comparison, compare, doubtful_matches
from tally.submissions.conflicts import STATE_ITEMS, Rows, conflicts, periods_of
from tally.submissions.drafts import (
    COUNTED,
    CannotPublish,
    Draft,
    keep_draft,
    keep_refusal,
    publish,
)
from tally.submissions.keys import keyed_rows
from tally.submissions.outcome import Outcome
from tally.submissions.rosters import packs_with_rosters


@dataclass(frozen=True)
class Given:
    """What the person says beside the file; empty is recognised from it, or asked for.

    `answers` are the values under the keys of the questions that reading or comparing asked.
    """

    campaign: str = ""
    ledger: str = ""
    month: date | None = None
    unit: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Terms:
    """On whose behalf and how a file is taken in; reversals need a `reason` to be published."""

    uploaded_by: str = ""
    reason: str = ""
    is_draft: bool = False
    is_sample: bool = False


def read_file(database: Database, content: bytes, file_name: str, given: Given) -> Reading:
    """Read a file against the packs, the rosters imported over them, and earlier answers.

    A file that asks what its unit answered before is read once more with those answers.
    """
    brief = Brief(
        packs=packs_with_rosters(database),
        campaign=given.campaign,
        ledger=given.ledger,
        month=given.month,
        unit=given.unit,
        answers=given.answers,
    )
    reading = read(content, file_name, brief)
    known = remembered(database, reading, given.answers)
    if not known:
        return reading
    return read(content, file_name, replace(brief, answers={**known, **given.answers}))


def import_file(
    database: Database, content: bytes, file_name: str, given: Given, terms: Terms
) -> Outcome:
    """Read, check and draft a file, and publish it unless the terms or a reversal forbid it."""
    reading = read_file(database, content, file_name, given)
    return submit(database, reading, content, terms, given.answers)


def submit(
    database: Database,
    reading: Reading,
    content: bytes,
    terms: Terms,
    answers: Mapping[str, str] | None = None,
) -> Outcome:
    """Keep a reading as a draft and publish it when nothing stands against it."""
    answers = answers or {}
    outcome = _outcome(reading)
    if reading.errors:
        return _refused(database, reading, terms)
    if required := [asked for asked in reading.questions if asked.is_required]:
        return replace(outcome, status="question", sentence=required[0].sentence)
    same = _same_file(database, reading)
    if same is not None:
        return replace(
            outcome, status="unchanged", upload=same, sentence="这份文件已经发布过，没有变化"
        )
    tell("compare")
    compared_at = clock.now()
    ledgers = {
        ledger.kind: apply_same(keyed_rows(contracts()[ledger.kind], ledger.table), answers)
        for ledger in reading.ledgers
    }
    found = conflicts(database, reading, ledgers)
    if found:
        return _refused(database, replace(reading, problems=(*reading.problems, *found)), terms)
    ledgers, unmatched = matched_checks(database, reading, ledgers)
    reading = replace(reading, problems=(*reading.problems, *unmatched))
    comparison = _compare_all(database, reading, ledgers)
    doubtful = _doubtful_questions(ledgers, comparison, answers)
    reading = replace(reading, questions=(*reading.questions, *doubtful))
    return _drafted(
        database, _Compared(reading, content, ledgers, comparison, compared_at), terms, answers
    )


@dataclass(frozen=True)
class _Compared:
    """A reading beside what it would change."""

    reading: Reading
    content: bytes
    ledgers: dict[str, Rows]
    comparison: Comparison
    compared_at: datetime


def _drafted(
    database: Database, compared: _Compared, terms: Terms, answers: Mapping[str, str]
) -> Outcome:
    """Keep the draft, remember the answers, and publish unless something is left to be said."""
    reading, comparison = compared.reading, compared.comparison
    draft = Draft(
        reading,
        compared.content,
        compared.ledgers,
        comparison.count("reversed"),
        terms.uploaded_by,
        terms.is_sample,
        {kind: comparison.count(kind) for kind in COUNTED},
        answers,
        compared.compared_at,
    )
    tell("keep")
    upload = keep_draft(database, draft)
    remember(database, reading, answers, terms.uploaded_by)
    drafted = replace(
        _outcome(reading),
        upload=upload,
        status="draft",
        sentence="已存为草稿，尚未发布",
        comparison=comparison,
    )
    if required := [asked for asked in reading.questions if asked.is_required]:
        return replace(drafted, sentence=f"已存为草稿：{required[0].sentence}")
    return drafted if terms.is_draft else _publish(database, drafted, upload, terms)


def _publish(database: Database, drafted: Outcome, upload: int, terms: Terms) -> Outcome:
    try:
        publish(database, upload, terms.reason, terms.uploaded_by)
    except CannotPublish as refusal:
        return replace(drafted, sentence=f"已存为草稿：{refusal}")
    return replace(drafted, status="published", sentence="已发布")


def _refused(database: Database, reading: Reading, terms: Terms) -> Outcome:
    upload = keep_refusal(database, reading, terms.uploaded_by)
    return replace(_outcome(reading), upload=upload, sentence=reading.errors[0].remedy)


def _outcome(reading: Reading) -> Outcome:
    return Outcome(
        file=reading.file,
        status="refused",
        sha256=reading.sha256,
        campaign=reading.campaign,
        month=reading.month,
        unit=reading.unit,
        sheets=reading.sheets,
        row_count=reading.row_count,
        problems=reading.problems,
        questions=reading.questions,
    )


def _same_file(database: Database, reading: Reading) -> int | None:
    found = database.stored(
        "same_file",
        {
            "sha256": reading.sha256,
            "campaign": reading.campaign,
            "unit": reading.unit,
            "month": reading.month,
        },
    ).to_pylist()
    return found[0]["upload"] if found else None


def _before(database: Database, reading: Reading, contract: Contract, rows: Rows) -> pa.Table:
    """Return what is in force of what the file speaks about."""
    # A list without rows (零报告) still speaks about its month.
    periods = periods_of(rows) or ([reading.month] if reading.month else [])
    if contract.kind in STATE_ITEMS and periods:
        return database.stored(
            "last_item_reports",
            {
                "campaign": reading.campaign,
                "ledger": contract.kind,
                "period": periods[-1],
                "unit": reading.unit,
            },
        )
    return database.slice_rows(contract.kind, reading.campaign, reading.unit, periods)


def _compare_all(database: Database, reading: Reading, ledgers: dict[str, Rows]) -> Comparison:
    found = Comparison()
    for kind, rows in ledgers.items():
        contract = contracts()[kind]
        found += compare(contract, _before(database, reading, contract, rows), rows, reading.month)
    return found


def _doubtful_questions(
    ledgers: Mapping[str, Rows], comparison: Comparison, answers: Mapping[str, str]
) -> tuple[Question, ...]:
    """Ask about items that left and came under almost the same words; nothing is joined."""
    if not any(kind in STATE_ITEMS for kind in ledgers):
        return ()
    return tuple(
        Question(
            flag="--answer",
            sentence=f"“{new.title}”（{new.sheet} 第 {new.row} 行）"
            f"与已报的“{gone.title}”是同一事项吗？",
            choices=(gone.item_key, NOT_THE_SAME),
            key=f"same:{new.item_key}",
        )
        for gone, new in doubtful_matches(comparison)
        if answers.get(f"same:{new.item_key}") != NOT_THE_SAME
    )
