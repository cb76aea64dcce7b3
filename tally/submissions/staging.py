"""Read → compare → draft → publish, and back: the one way in for pages and command line."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import pyarrow as pa

from tally import clock
from tally.contracts import NOT_THE_SAME, Contract, Question, Reading, contracts
from tally.intake import Brief, read
from tally.intake.progress import tell
from tally.registry import Event
from tally.store import Database
from tally.submissions import deeds
from tally.submissions.additions import added_counts, tell_added
from tally.submissions.answers import apply_same, is_news, remember, remembered, tell_joined_twice
from tally.submissions.archives import with_archive
from tally.submissions.comparison import Comparison, compare, doubtful_matches, with_exchanged
from tally.submissions.conflicts import STATE_ITEMS, Rows, conflicts, periods_of
from tally.submissions.drafts import (
    COUNTED,
    CannotPublish,
    Draft,
    keep_draft,
    keep_refusal,
    publish,
)
from tally.submissions.following import on_their_items
from tally.submissions.keys import followed
from tally.submissions.numbers import (
    ALL_THE_SAME,
    SAME_NUMBERS,
    lost_noughts,
    number_question,
    with_known_numbers,
)
from tally.submissions.outcome import Outcome
from tally.submissions.rosters import packs_with_rosters
from tally.submissions.vault import keyed_ledgers, with_key
from tally.viewers import Action, acting


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


def read_file(
    database: Database, content: bytes, file_name: str, given: Given, *, isolated: bool = True
) -> Reading:
    """Read a file against the packs, the rosters imported over them, and earlier answers.

    A file that asks what its unit answered before is read again with those answers. Only our
    own files are read without a process of their own.
    """
    brief = Brief(
        packs=packs_with_rosters(database),
        campaign=given.campaign,
        ledger=given.ledger,
        month=given.month,
        unit=given.unit,
        isolated=isolated,
        answers=given.answers,
    )
    reading = read(content, file_name, brief)
    # One answer may bring up the next question: a column first, then the units in it.
    while known := remembered(database, reading):
        brief = replace(brief, answers={**known, **brief.answers})
        reading = read(content, file_name, brief)
    return reading


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
    """Keep a reading as a draft and publish it when nothing stands against it.

    `answers` are those given with the file, beside the remembered ones it was read with.
    """
    answers = answers or {}
    remember(database, reading, answers, terms.uploaded_by)
    reading = replace(reading, answers={**reading.answers, **answers})
    reading, ring = with_key(with_archive(database, reading), database.home)
    if reading.errors or ring is None:
        return _refused(database, reading, terms)
    if required := [asked for asked in reading.questions if asked.is_required]:
        asking = replace(_outcome(reading), status="question", sentence=required[0].sentence)
        return _told(database, asking)
    if (same := _same_file(database, reading, answers)) is not None:
        sentence = "这份文件已经发布过，没有变化"
        again = replace(_outcome(reading), status="unchanged", upload=same, sentence=sentence)
        return _told(database, again)
    # Whoever published between the comparison and the publication would turn it into a draft:
    # of several servers the slowest would never come to publish.
    with database.undisturbed():
        return _compared(database, reading, keyed_ledgers(reading, ring), content, terms)


def _told(database: Database, left: Outcome) -> Outcome:
    """Record an upload of which nothing is kept."""
    about = {"campaign": left.campaign, "sha256": left.sha256, "thing": deeds.LIST}
    deeds.tell(database.home, Event.UPLOAD, f"上传《{left.file}》：{left.sentence}", **about)
    return left


def _compared(
    database: Database, reading: Reading, keyed: dict[str, Rows], content: bytes, terms: Terms
) -> Outcome:
    """Compare a reading without errors with what is in force, and keep it."""
    tell("compare")
    compared_at = clock.moment()
    before = {kind: _before(database, reading, contracts()[kind], keyed[kind]) for kind in keyed}
    keyed, lost = _numbered(before, keyed, reading.answers)
    ledgers = {
        kind: apply_same(_followed(kind, before[kind], rows), reading.answers)
        for kind, rows in keyed.items()
    }
    found = [problem for rows in ledgers.values() for problem in tell_joined_twice(rows, reading)]
    found += conflicts(database, reading, ledgers)
    if found:
        return _refused(database, replace(reading, problems=(*reading.problems, *found)), terms)
    ledgers, unmatched = on_their_items(database, reading, ledgers)
    comparison = Comparison()
    for kind, rows in ledgers.items():
        added = added_counts(reading, kind, rows)
        comparison += compare(contracts()[kind], before[kind], rows, reading.month, added)
        unmatched += tell_added(reading, kind, added)
    if any(kind in STATE_ITEMS for kind in ledgers):
        comparison = with_exchanged(comparison)
        reading = _with_doubts(reading, comparison, lost)
    reading = replace(reading, problems=(*reading.problems, *unmatched))
    return _drafted(database, _Compared(reading, content, ledgers, comparison, compared_at), terms)


def _numbered(
    before: Mapping[str, pa.Table], keyed: Mapping[str, Rows], answers: Mapping[str, str]
) -> tuple[dict[str, Rows], dict[str, dict[str, str]]]:
    """Return the rows, those on known numbers that were answered to be; and what is to be asked."""
    ledgers, asked = dict(keyed), {}
    for kind in STATE_ITEMS:
        lost = lost_noughts(before[kind], keyed[kind]) if kind in keyed else {}
        answer = answers.get(f"{SAME_NUMBERS}{kind}")
        if lost and answer == ALL_THE_SAME:
            ledgers[kind] = with_known_numbers(keyed[kind], lost)
        elif lost and answer != NOT_THE_SAME:
            asked[kind] = lost
    return ledgers, asked


def _followed(kind: str, before: pa.Table, rows: Rows) -> Rows:
    return followed(contracts()[kind], before, rows) if kind in STATE_ITEMS else rows


@dataclass(frozen=True)
class _Compared:
    """A reading beside what it would change."""

    reading: Reading
    content: bytes
    ledgers: dict[str, Rows]
    comparison: Comparison
    compared_at: datetime


def _drafted(database: Database, compared: _Compared, terms: Terms) -> Outcome:
    """Keep the draft, and publish it unless something is left to be said."""
    reading, comparison = compared.reading, compared.comparison
    draft = Draft(
        reading,
        compared.content,
        compared.ledgers,
        comparison.count("reversed"),
        terms.uploaded_by,
        terms.is_sample,
        {kind: comparison.count(kind) for kind in COUNTED},
        reading.answers,
        terms.reason,
        compared.compared_at,
    )
    tell("keep")
    upload = keep_draft(database, draft)
    drafted = replace(
        _outcome(reading),
        upload=upload,
        status="draft",
        sentence="已存为草稿，尚未发布",
        comparison=comparison,
    )
    # Who may send but not publish leaves a draft for who reviews it.
    is_left = terms.is_draft or not acting().may(Action.PUBLISH)
    return drafted if is_left else _publish(database, drafted, upload, terms)


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


def _same_file(database: Database, reading: Reading, answers: Mapping[str, str]) -> int | None:
    """Return the upload of this very file that is in force, unless the answers say more."""
    whose = {"campaign": reading.campaign, "unit": reading.unit, "month": reading.month}
    found = database.stored("same_file", {"sha256": reading.sha256, **whose}).to_pylist()
    if not found or is_news(answers, found[0]["answers"]):
        return None
    return int(found[0]["upload"])


def _before(database: Database, reading: Reading, contract: Contract, rows: Rows) -> pa.Table:
    """Return what is in force of what the file speaks about."""
    # A list without rows (零报告) still speaks about its month.
    periods = periods_of(rows) or ([reading.month] if reading.month else [])
    if contract.kind in STATE_ITEMS and periods:
        whose = {"campaign": reading.campaign, "unit": reading.unit}
        reported = {"ledger": contract.kind, "period": periods[-1], **whose}
        return database.stored("last_item_reports", reported)
    return database.slice_rows(contract.kind, reading.campaign, reading.unit, periods)


def _with_doubts(
    reading: Reading, comparison: Comparison, lost: Mapping[str, Mapping[str, str]]
) -> Reading:
    """Ask about items that left and came under almost the same words or number.

    Nothing is joined.
    """
    by_number = {key for numbers in lost.values() for key in numbers}
    asked = tuple(
        Question(
            flag="--answer",
            sentence=f"“{doubt.new.title}”（{doubt.new.sheet} 第 {doubt.new.row} 行）"
            f"与已报的{'、'.join(f'“{gone.title}”' for gone in doubt.gone)}是同一事项吗？",
            choices=(*(gone.item_key for gone in doubt.gone), NOT_THE_SAME),
            key=f"same:{doubt.new.item_key}",
        )
        for doubt in doubtful_matches(comparison)
        if reading.answers.get(f"same:{doubt.new.item_key}") != NOT_THE_SAME
        and doubt.new.item_key not in by_number
    )
    numbers = tuple(number_question(kind, own) for kind, own in lost.items())
    return replace(reading, questions=(*reading.questions, *numbers, *asked))
