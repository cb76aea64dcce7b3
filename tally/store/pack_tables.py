"""What the packs say, as rows of the `pack_…` tables in memory."""

import calendar
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from tally.packs import Campaign, ExpectedLedger, Pack
from tally.workdays import CalendarUnknown, workday_from

Rows = list[dict[str, Any]]
NO_DUE_DAY = "没有规定报送日"


def pack_rows(packs: Mapping[str, Pack]) -> dict[str, Rows]:
    """Return the rows of each `pack_…` table; `pack_due` holds every month of each campaign."""

    def listed(attribute: str, name: str, *others: str) -> Rows:
        return [
            {"campaign": slug, name: entry.name, "position": position}
            | {other: getattr(entry, other) for other in others}
            for slug, pack in packs.items()
            for position, entry in enumerate(getattr(pack, attribute), start=1)
        ]

    return {
        "pack_campaign": [_campaign_row(slug, pack) for slug, pack in packs.items()],
        "pack_phase": listed("phases", "phase", "start_on", "end_on"),
        "pack_unit": listed("units", "unit", "league", "leader_post"),
        "pack_dimension": listed("dimensions", "dimension", "owner", "stated_count"),
        "pack_community": listed("communities", "community", "code", "street"),
        "pack_ledger": [
            {"campaign": slug, "ledger": entry.kind, "submitted_by": entry.submitted_by}
            for slug, pack in packs.items()
            for entry in pack.ledgers
        ],
        "pack_due": [row for slug, pack in packs.items() for row in _due_rows(slug, pack)],
        "pack_indicator": listed(
            "indicators", "indicator", "task", "unit_of_measure", "target", "direction"
        ),
    }


def _campaign_row(slug: str, pack: Pack) -> dict[str, Any]:
    return {
        "campaign": slug,
        "name": pack.campaign.name,
        "start_on": pack.campaign.start_on,
        "end_on": pack.campaign.end_on,
        "minimum_due_items": int(pack.threshold("minimum_due_items")),
        "due_soon_days": int(pack.threshold("due_soon_days")),
        "is_reviewed": pack.campaign.is_reviewed,
    }


def _months(campaign: Campaign) -> Iterator[date]:
    """Yield the first day of each month of the campaign."""
    month = campaign.start_on.replace(day=1)
    while month <= campaign.end_on:
        yield month
        month = _next_month(month)


def _next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _due_rows(slug: str, pack: Pack) -> Rows:
    return [
        {
            "campaign": slug,
            "ledger": entry.kind,
            "position": position,
            "submitted_by": entry.submitted_by,
            "period": month,
            **_due(entry, month),
        }
        for position, entry in enumerate(pack.ledgers, start=1)
        for month in _months(pack.campaign)
    ]


def _due(entry: ExpectedLedger, month: date) -> dict[str, Any]:
    """Return the day a month's list is due, or why there is none."""
    if not entry.due_day:
        return {"due_on": None, "due_note": NO_DUE_DAY}
    following = _next_month(month)
    last = calendar.monthrange(following.year, following.month)[1]
    try:
        due_on = workday_from(following.replace(day=min(entry.due_day, last)))
    except CalendarUnknown as unknown:
        return {"due_on": None, "due_note": str(unknown)}
    return {"due_on": due_on, "due_note": None}
