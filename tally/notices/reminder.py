"""The list of who still owes a ledger (催报), as a text that can be sent as it stands."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from tally import words
from tally.contracts import contracts


def reminder(campaign_name: str, month: date, roster: Iterable[Mapping[str, Any]]) -> str:
    """Return the text that asks for what `submissions_due` calls missing; empty when nothing is.

    One paragraph a ledger, with the day it was due, and why a list was returned.
    """
    missing: dict[str, list[Mapping[str, Any]]] = {}
    for row in roster:
        if row["status"] == "missing":
            missing.setdefault(row["ledger"], []).append(row)
    return "\n".join(
        _paragraph(campaign_name, month, contracts()[kind].title, rows)
        for kind, rows in missing.items()
    )


def _paragraph(campaign_name: str, month: date, title: str, rows: list[Mapping[str, Any]]) -> str:
    units = "、".join(_unit(row) for row in rows)
    due = words.day(rows[0]["due_on"], month)
    return (
        f"{campaign_name}{words.year_month(month)}{title}应于{due}前报送，"
        f"尚未报送的有 {len(rows)} 个：{units}。请尽快报送，没有事项的报零报告。"
    )


def _unit(row: Mapping[str, Any]) -> str:
    name = row["unit"] or "合并报送的台账"
    if words.is_missing(row["returned_reason"]):
        return name
    return f"{name}（已退回：{row['returned_reason']}）"
