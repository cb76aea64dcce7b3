"""Read → compare → draft → publish, and back: the one way in for pages and command line."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tally.contracts import Contract, Problem, Reading, contracts
from tally.intake import Brief, read
from tally.store import Database
from tally.submissions.checks import matched_checks
from tally.submissions.comparison import Change, Comparison, compare, doubtful_matches
from tally.submissions.conflicts import STATE_ITEMS, Rows, conflicts, periods_of
from tally.submissions.drafts import (
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
    """What the person says beside the file; empty is recognised from it, or asked for."""

    campaign: str = ""
    ledger: str = ""
    month: date | None = None
    unit: str = ""


@dataclass(frozen=True)
class Terms:
    """On whose behalf and how a file is taken in; reversals need a `reason` to be published."""

    uploaded_by: str = ""
    reason: str = ""
    is_draft: bool = False
    is_sample: bool = False


def read_file(database: Database, content: bytes, file_name: str, given: Given) -> Reading:
    """Read a file against the packs and the rosters imported over them."""
    brief = Brief(
        packs=packs_with_rosters(database),
        campaign=given.campaign,
        ledger=given.ledger,
        month=given.month,
        unit=given.unit,
    )
    return read(content, file_name, brief)


def import_file(
    database: Database, content: bytes, file_name: str, given: Given, terms: Terms
) -> Outcome:
    """Read, check and draft a file, and publish it unless the terms or a reversal forbid it."""
    return submit(database, read_file(database, content, file_name, given), content, terms)


def submit(database: Database, reading: Reading, content: bytes, terms: Terms) -> Outcome:
    """Keep a reading as a draft and publish it when nothing stands against it."""
    outcome = _outcome(reading)
    if reading.errors:
        return _refused(database, reading, terms)
    if reading.questions:
        return replace(outcome, status="question", sentence=reading.questions[0].sentence)
    same = _same_file(database, reading)
    if same is not None:
        return replace(
            outcome, status="unchanged", upload=same, sentence="这份文件已经发布过，没有变化"
        )
    ledgers = {
        ledger.kind: keyed_rows(contracts()[ledger.kind], ledger.rows) for ledger in reading.ledgers
    }
    found = conflicts(database, reading, ledgers)
    if found:
        return _refused(database, replace(reading, problems=(*reading.problems, *found)), terms)
    ledgers, unmatched = matched_checks(database, reading, ledgers)
    reading = replace(reading, problems=(*reading.problems, *unmatched))
    comparison = _compare_all(database, reading, ledgers)
    if any(kind in STATE_ITEMS for kind in ledgers):
        doubtful = _doubtful_problems(comparison)
        reading = replace(reading, problems=(*reading.problems, *doubtful))
    draft = Draft(
        reading,
        content,
        ledgers,
        comparison.count("reversed"),
        terms.uploaded_by,
        terms.is_sample,
    )
    upload = keep_draft(database, draft)
    drafted = replace(
        _outcome(reading),
        upload=upload,
        status="draft",
        sentence="已存为草稿，尚未发布",
        comparison=comparison,
    )
    return drafted if terms.is_draft else _publish(database, drafted, upload, terms.reason)


def _publish(database: Database, drafted: Outcome, upload: int, reason: str) -> Outcome:
    try:
        publish(database, upload, reason)
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


def _before(
    database: Database, reading: Reading, contract: Contract, rows: Rows
) -> list[dict[str, Any]]:
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
        ).to_pylist()
    return database.slice_rows(contract.kind, reading.campaign, reading.unit, periods).to_pylist()


def _compare_all(database: Database, reading: Reading, ledgers: dict[str, Rows]) -> Comparison:
    changes: list[Change] = []
    for kind, rows in ledgers.items():
        contract = contracts()[kind]
        changes += compare(
            contract, _before(database, reading, contract, rows), rows, reading.month
        ).changes
    return Comparison(tuple(changes))


def _doubtful_problems(comparison: Comparison) -> tuple[Problem, ...]:
    """Ask about items that left and came under almost the same words; nothing is joined."""
    return tuple(
        Problem(
            level="warning",
            sheet=new.sheet,
            cell=f"第 {new.row} 行",
            column="title",
            found=new.title,
            expected=f"与已报的“{gone.title}”疑似同一事项",
            remedy="是同一项的，请沿用原来的描述或编号；不是的不必处理",
        )
        for gone, new in doubtful_matches(comparison)
    )
