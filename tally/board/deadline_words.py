"""What the calendar of deadlines and the days early and late say in one sentence."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from tally import words
from tally.board.asking import Rows
from tally.sentences import Name, Verdict, clauses


def calendar_verdict(days: Rows, as_of: date, due_soon_days: int) -> Verdict:
    """Judge rows of `due_calendar`: how much falls due soon, and which day holds the most."""
    total = sum(int(row["pending_count"]) for row in days)
    if not total:
        return Verdict("normal", "没有待到期事项", ("未销号的都已过期限，或没有期限",))
    soon = sum(int(row["due_soon_count"]) for row in days)
    dated = [row for row in days if not words.is_missing(row["due_on"])]
    detail: list[tuple[str, ...]] = [(f"待到期共 {words.count(total, '项')}",)]
    if any(row["pending_count"] for row in dated):
        most = max(dated, key=lambda row: row["pending_count"])
        detail.append(_heaviest(most, as_of))
    if soon:
        sentence = f"{due_soon_days} 天内到期 {words.count(soon, '项')}"
        return Verdict("soon", sentence, clauses(*detail))
    return Verdict("normal", f"{due_soon_days} 天内没有到期", clauses(*detail))


def _heaviest(row: Mapping[str, Any], as_of: date) -> tuple[str, ...]:
    """Say which day holds the most, and whether offices are closed on it."""
    day = pd.Timestamp(row["due_on"]).date()
    is_off = not words.is_missing(row["is_workday"]) and not row["is_workday"]
    return (
        "最集中在 ", Name(words.day(day, as_of)), f"，{words.count(row['pending_count'], '项')}",
        f"（{words.count(row['unit_count'], '个单位')}{'，休息日' if is_off else ''}）",
    )  # fmt: skip


def closing_verdict(offsets: Rows) -> Verdict:
    """Judge rows of `closing_offsets`: how much was closed on the very day of its deadline (B4)."""
    if not offsets or not offsets[0]["all_closed_count"]:
        return Verdict("unreported", "还没有写明日期的销号", _overdue_words(offsets))
    overall = offsets[0]
    closed = overall["all_closed_count"]
    detail = (
        (
            "期限当天销号 ",
            Name(words.ratio(overall["on_day_count"], closed)),
            f"（{words.share(overall['on_day_share'])}）",
        ),
        (
            f"前三天内 {words.ratio(overall['days_before_count'], closed)}"
            f"（{words.share(overall['days_before_share'])}）",
        ),
        (f"过期后才销号 {words.count(overall['late_count'], '项')}",),
        _overdue_words(offsets),
    )
    sentence = f"期限当天踩点销号 {words.share(overall['on_day_share'])}"
    return Verdict("verified", sentence, clauses(*detail))


def _overdue_words(offsets: Rows) -> tuple[str, ...]:
    overdue = offsets[0]["all_overdue_count"] if offsets else 0
    return (f"另有逾期未销号 {words.count(overdue, '项')}",) if overdue else ()
