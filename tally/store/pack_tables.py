"""What the packs say, as rows of the `pack_…` tables in memory."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import accumulate, zip_longest
from typing import Any

from tally.packs import (
    SLIP_LEVELS,
    Campaign,
    Duty,
    ExpectedLedger,
    Pack,
    Slip,
    due_day,
    windows,
)
from tally.workdays import CalendarUnknown, is_workday, last_known_year

Rows = list[dict[str, Any]]

# 三色督办单: blue first, the next colour only when the time of the one before is over.
HOUSE_SLIPS = (
    Slip("蓝色督办单", "blue", 5, "本级自定"),
    Slip("黄色督办单", "amber", 5, "本级自定"),
    Slip("红色督办单", "red", 3, "本级自定"),
)
NO_DUE_DAY = "没有规定报送日"


# Lists of a pack that are tables as they stand: the list, what its `name` is called, the rest.
LISTED = {
    "pack_phase": ("phases", "phase", "start_on", "end_on", "owner", "product"),
    "pack_organ": ("organs", "organ", "kind", "parent"),
    "pack_post": ("posts", "post", "unit", "aliases"),
    "pack_population": ("populations", "name", "people", "on"),
    "pack_dimension": ("dimensions", "dimension", "owner", "stated_count"),
    "pack_class": ("classes", "name", "axis", "owner"),
    "pack_threshold": ("thresholds", "name", "value", "source"),
    "pack_theme": ("themes", "theme", "kind", "lead", "start_on", "end_on", "note"),
    "pack_deliverable": ("deliverables", "deliverable", "owner", "kind", "due_on"),
    "pack_object_kind": ("object_kinds", "object_kind", "stated_count", "part_of"),
    "pack_community": ("communities", "community", "code", "street"),
    "pack_indicator": (
        *("indicators", "indicator"),
        *("task", "unit_of_measure", "target", "stretch_target", "is_target_growth", "direction"),
        *("measure", "frequency", "group", "definition", "owner", "publisher", "aliases"),
        *("is_sum", "start_value", "start_on", "source"),
    ),
    "pack_place": ("places", "place", "whole", "is_own", "aliases"),
    "pack_scope": ("scopes", "scope", "places"),
    "pack_multiple": (
        *("multiples", "name"),
        *("indicator", "base_year", "base_value", "horizon_year", "multiple"),
    ),
    "pack_stage": ("stages", "stage", "quarter", "aliases"),
    "pack_unit": (
        *("units", "unit", "league", "leader_post"),
        *("parent", "level", "aliases", "former_name", "renamed_on"),
    ),
}

# Lists whose entries have no name of their own.
UNNAMED = {
    "pack_goal": ("goals", "subject", "scope", "month", "rank"),
    "pack_index_part": ("index_parts", "index", "indicator", "weight"),
    "pack_growth_line": (
        *("growth_lines", "indicator", "line", "place"),
        *("horizon_year", "growth_share", "past_years"),
    ),
}


def pack_rows(packs: Mapping[str, Pack]) -> dict[str, Rows]:
    """Return the rows of each `pack_…` table; `pack_due` holds every month of each campaign."""
    return {
        **{table: _listed(packs, *names) for table, names in LISTED.items()},
        **{table: _unnamed(packs, *names) for table, names in UNNAMED.items()},
        "pack_duty": [row for slug, pack in packs.items() for row in _duty_rows(slug, pack)],
        "pack_campaign": [_campaign_row(slug, pack) for slug, pack in packs.items()],
        "pack_rule": [row for slug, pack in packs.items() for row in _rule_rows(slug, pack)],
        "pack_slip": [row for slug, pack in packs.items() for row in _slip_rows(slug, pack)],
        "pack_ledger": [
            {
                "campaign": slug,
                "ledger": entry.kind,
                "submitted_by": entry.submitted_by,
                "units": entry.units,
            }
            for slug, pack in packs.items()
            for entry in pack.ledgers
        ],
        "pack_due": [row for slug, pack in packs.items() for row in _due_rows(slug, pack)],
        "pack_duty_window": [
            row for slug, pack in packs.items() for row in _window_rows(slug, pack)
        ],
        "pack_duty_proof": [
            {"campaign": slug, "duty": duty.name, **vars(proof)}
            for slug, pack in packs.items()
            for duty in pack.duties
            for proof in duty.met_by
        ],
        "workday": _workday_rows(packs),
    }


def _listed(packs: Mapping[str, Pack], attribute: str, name: str, *others: str) -> Rows:
    return [
        {"campaign": slug, name: entry.name, "position": position}
        | {other: getattr(entry, other) for other in others}
        for slug, pack in packs.items()
        for position, entry in enumerate(getattr(pack, attribute), start=1)
    ]


def _unnamed(packs: Mapping[str, Pack], attribute: str, *columns: str) -> Rows:
    return [
        {"campaign": slug, "position": position}
        | {column: getattr(entry, column) for column in columns}
        for slug, pack in packs.items()
        for position, entry in enumerate(getattr(pack, attribute), start=1)
    ]


def _campaign_row(slug: str, pack: Pack) -> dict[str, Any]:
    return {
        "campaign": slug,
        "name": pack.campaign.name,
        "issued_on": pack.campaign.issued_on,
        "start_on": pack.campaign.start_on,
        "end_on": pack.campaign.end_on,
        "minimum_due_items": int(pack.threshold("minimum_due_items")),
        "due_soon_days": int(pack.threshold("due_soon_days")),
        "pace_on_track": pack.threshold("pace_on_track"),
        "pace_lagging": pack.threshold("pace_lagging"),
        "signal_change_points": pack.threshold("signal_change_points"),
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
            "units": entry.units,
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
    try:
        due_on = due_day(entry, month)
    except CalendarUnknown as unknown:
        return {"due_on": None, "due_note": str(unknown)}
    return {"due_on": due_on, "due_note": None}


def _duty_rows(slug: str, pack: Pack) -> Iterator[dict[str, Any]]:
    told = ("section", "owner", "subjects", "every", "times", "at_least_days", "clock", "note")
    for position, duty in enumerate(pack.duties, start=1):
        yield {
            "campaign": slug,
            "duty": duty.name,
            "who": _meant(pack, duty),
            "source": duty.source,
            "position": position,
        } | {word: getattr(duty, word) for word in told}


def _meant(pack: Pack, duty: Duty) -> list[str]:
    """Return whom a duty names; a kind of object stands for those that are part of it too."""
    named = list(duty.who)
    for name in named:
        # The list grows while it is walked, so parts of parts are met.
        named += [kind.name for kind in pack.object_kinds if kind.part_of == name]
    return named


def _rule_rows(slug: str, pack: Pack) -> Rows:
    return [
        {
            **{key: value for key, value in vars(rule).items() if key not in ("name", "limits")},
            "campaign": slug,
            "rule": rule.name,
            "limits": json.dumps(rule.limits, ensure_ascii=False),
            "position": position,
        }
        for position, rule in enumerate(pack.rules, start=1)
    ]


def _slip_rows(slug: str, pack: Pack) -> Rows:
    """Return the ladder of slips from the lowest up: the pack's, or that of the house."""
    return [
        {
            "campaign": slug,
            "slip": slip.name,
            "level": slip.level,
            "working_days": slip.working_days,
            "source": slip.source,
            "position": SLIP_LEVELS.index(slip.level) + 1,
        }
        for slip in pack.slips or HOUSE_SLIPS
    ]


def _window_rows(slug: str, pack: Pack) -> Iterator[dict[str, Any]]:
    """Yield the windows of every duty; each knows when the next one starts."""
    for duty in pack.duties:
        due = list(windows(pack, duty))
        starts = [window.start_on for window in due[1:]]
        for number, (window, next_on) in enumerate(zip_longest(due, starts), start=1):
            yield {
                "campaign": slug,
                "duty": duty.name,
                "window_number": number,
                "window_start_on": window.start_on,
                "window_end_on": window.end_on,
                "next_on": next_on,
                "period_start_on": window.period_start_on,
                "period_end_on": window.period_end_on,
                "due_on": window.due_on,
                "topic": window.topic or None,
                "note": window.note or None,
            }


def _workday_rows(packs: Mapping[str, Pack]) -> Rows:
    """Return each day from before the first campaign on, as far as known, counting working days."""
    starts = [pack.campaign.start_on for pack in packs.values()]
    if not starts:
        return []
    first, last = date(min(starts).year - 1, 1, 1), date(last_known_year(), 12, 31)
    days = [first + timedelta(days=shift) for shift in range((last - first).days + 1)]
    works = [is_workday(day) for day in days]
    return [
        {"day": day, "is_workday": is_working, "workday_number": number}
        for day, is_working, number in zip(days, works, accumulate(map(int, works)), strict=True)
    ]
