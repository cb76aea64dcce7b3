"""What the store keeps of an upload, as the outcome that its import once gave."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

from tally.contracts import Problem, Question, Sheet
from tally.store import Database
from tally.submissions.outcome import Outcome
from tally.submissions.staging import Given


def recorded(database: Database, upload: int) -> Outcome | None:
    """Return an upload's outcome from its record, None when there is no such upload.

    Of what it changed only the counts are kept (`uploads`), so its comparison is empty.
    """
    found = database.ask("uploads", {"upload": upload}).to_pylist()
    if not found:
        return None
    [findings] = database.ask("upload_findings", {"upload": upload}).to_pylist()
    row: dict[str, Any] = found[0]
    return Outcome(
        file=row["file"],
        status=row["status"],
        sha256=row["sha256"] or "",
        upload=upload,
        campaign=row["campaign"] or "",
        month=_first_day(row["month"]),
        unit=row["unit"] or "",
        sheets=sheets_of(findings["recognised"]),
        row_count=row["row_count"] or 0,
        problems=tuple(Problem(**kept) for kept in json.loads(findings["problems"] or "[]")),
        questions=tuple(_question(kept) for kept in json.loads(findings["questions"] or "[]")),
    )


def given_of(database: Database, upload: int) -> Given:
    """Return what was said beside an upload's file, so that it is read again as it was read."""
    found = recorded(database, upload)
    if found is None:
        return Given()
    [findings] = database.ask("upload_findings", {"upload": upload}).to_pylist()
    answers = json.loads(findings["answers"] or "{}")
    return Given(found.campaign, month=found.month, unit=found.unit, answers=answers)


def sheets_of(recognised: str | None) -> tuple[Sheet, ...]:
    """Return what was recognised in an upload's sheets, from its record (JSON)."""
    sheets = (Sheet(**kept) for kept in json.loads(recognised or "[]"))
    return tuple(replace(one, columns_at=(one.columns_at[0], one.columns_at[1])) for one in sheets)


def _question(kept: dict[str, Any]) -> Question:
    return Question(**{**kept, "choices": tuple(kept["choices"])})


def _first_day(month: str | None) -> date | None:
    return date.fromisoformat(f"{month}-01") if month else None
