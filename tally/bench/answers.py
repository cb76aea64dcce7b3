"""Times every question of the leaders' pages on a home and on one of ten times the rows.

Processor time, not time on the wall: on a machine that others use too it still means something.
"""

import tempfile
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from tally.bench.made_up import MONTHS, SLUG, make_home
from tally.packs import packs
from tally.store import Database, question

GROWTH, RATIO_LIMIT = 10, 3.0
# As many as a page lists: of a million rows no page asks for more.
LISTED_COUNT = 500
QUESTIONS = (
    "campaigns", "published_months", "unit_reporting", "campaign_totals", "campaign_progress",
    "campaign_months", "burn_down", "unit_ranking", "unit_rank_history", "quarter_ranking",
    "overdue_by_unit", "overdue_ageing", "community_progress", "submissions_due", "ticket_progress",
    "found_by_unit", "on_time_shares", "unit_year", "overdue_items", "overdue_totals",
    "overdue_by_dimension", "closing_offsets", "due_calendar", "deadline_items", "deadline_totals",
    "due_soon_items", "items", "tickets", "ledger_rows", "item_history", "chain_progress",
    "recurrences", "verification_results", "class_counts", "classed_items", "appeals",
    "appeal_funnel", "channel_progress", "questioning_sheet", "duty_totals", "duty_calendar",
    "duty_compliance", "instruction_totals", "rule_findings", "finding_counts", "finding_totals",
    "unit_lights", "honour_rolls", "meeting_agenda", "meeting_changes", "meeting_change_counts",
    "item_steps", "parked_items", "coordination_levels", "coordination_totals",
)  # fmt: skip
# The day that the newest month is compared with.
BEFORE_ON = MONTHS[-1] - timedelta(1)
# What the pages say beside campaign, day and how many rows.
NARROWED: dict[str, dict[str, Any]] = {
    "deadline_items": {"state": "closed", "offset_from": -3, "offset_to": 0},
    "deadline_totals": {"state": "closed", "offset_from": -3, "offset_to": 0},
    "item_history": {"item_key": "XS-0"},
    "item_steps": {"step": ["延期", "提级", "容错备案"]},
    "rule_findings": {"is_open": True},
    "meeting_changes": {"before_on": BEFORE_ON, "change": "closed"},
    "meeting_change_counts": {"before_on": BEFORE_ON},
}


@dataclass(frozen=True)
class Answer:
    """One question: processor seconds on the small home and on the large one, and its rows."""

    name: str
    small_seconds: float
    large_seconds: float
    row_count: int

    @property
    def ratio(self) -> float:
        """How many times longer the large home takes."""
        return self.large_seconds / self.small_seconds


@dataclass(frozen=True)
class Answers:
    """The questions, the worst first, and the sizes of the two homes."""

    small_row_count: int
    large_row_count: int
    answers: tuple[Answer, ...]

    def as_record(self) -> dict[str, Any]:
        """Return the figures as JSON knows them."""
        sizes = {"small_rows": self.small_row_count, "large_rows": self.large_row_count}
        return {**sizes, "questions": [{**asdict(one), "ratio": one.ratio} for one in self.answers]}

    def as_table(self) -> tuple[list[str], list[list[str]]]:
        """Return the headings and the rows of a table to look at."""
        small, large = f"{self.small_row_count:,} 行", f"{self.large_row_count:,} 行"
        return ["问题", small, large, "倍数", "说明"], [
            [
                one.name,
                f"{one.small_seconds * 1000:.0f} 毫秒",
                f"{one.large_seconds * 1000:.0f} 毫秒",
                f"{one.ratio:.1f} 倍",
                "超过限值" if one.ratio > RATIO_LIMIT else "",
            ]
            for one in self.answers
        ]


def bench_questions(row_count: int, repeat_count: int) -> Answers:
    """Ask every question on `row_count` rows and on a tenth of them; the best of the repeats.

    The two homes are asked by turns: what else the machine does falls on both.
    """
    small_count = max(1, row_count // GROWTH)
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small", Path(folder) / "large"
        make_home(small, small_count)
        make_home(large, row_count)
        with closing(Database(small, packs())) as one, closing(Database(large, packs())) as other:
            answers = [_compared((one, other), name, repeat_count) for name in QUESTIONS]
    answers.sort(key=lambda one: one.ratio, reverse=True)
    return Answers(small_count, row_count, tuple(answers))


def asked_of(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return of what is given, and of what the pages say beside it, what a question takes."""
    asked = {**given, **NARROWED.get(name, {})}
    return {key: value for key, value in asked.items() if key in question(name).parameters}


def _compared(databases: tuple[Database, Database], name: str, repeat_count: int) -> Answer:
    """Return the least processor seconds of an answer on each, after one that is not timed."""
    day = databases[0].default_day(SLUG)
    given = asked_of(name, {"campaign": SLUG, "as_of": day, "at_most": LISTED_COUNT})
    row_counts = [database.ask(name, given).num_rows for database in databases]
    turns = [[_seconds(one, name, given) for one in databases] for _ in range(repeat_count)]
    small_seconds, large_seconds = map(min, zip(*turns, strict=True))
    return Answer(name, small_seconds, large_seconds, row_counts[-1])


def _seconds(database: Database, name: str, given: dict[str, Any]) -> float:
    begun = time.process_time()
    database.ask(name, given)
    return time.process_time() - begun
