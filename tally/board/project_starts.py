"""起点对照: what the campaign said it stood at when it began, and where that stands now (C15)."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask
from tally.board.card import field_table
from tally.board.docket_parts import row_list
from tally.board.panels import heading, panel
from tally.board.project_parts import WHOLE_PX
from tally.board.provenance import source_line
from tally.sentences import Name, Verdict, clauses

COLUMNS = {
    "indicator": ("指标", 190),
    "start": ("起点", 116),
    "start_day": ("起点日期", 112),
    "now": ("现在", 130),
    "month_words": ("截至", 96),
    "change_words": ("增加", 200),
    "target_words": ("目标", 110),
}
FIGURE = ("value", "is_provisional", "upload", "sheet", "row", "value_column")
Row = Mapping[str, Any]


def starts(chosen: Filters) -> list[dict[str, Any]]:
    """Return each indicator of the pack that has a start, with its newest figure since then."""
    newest = ask("indicator_progress", chosen, is_newest=True)
    known = {row["indicator"]: row for row in newest.to_dict("records")}
    return [
        _standing(
            {
                "indicator": entry.name, "unit_of_measure": entry.unit_of_measure,
                "start_value": entry.start_value, "start_on": entry.start_on,
                "target": entry.target, "direction": entry.direction, "measure": entry.measure,
                "definition": entry.definition, "owner": entry.owner, "source": entry.source,
            },
            known.get(entry.name),
        )
        for entry in chosen.pack.indicators
        if entry.start_value is not None
    ]  # fmt: skip


def _standing(start: dict[str, Any], figure: Row | None) -> dict[str, Any]:
    """Return a start beside its newest figure; `change` only where the two can be compared.

    What is counted from New Year on begins anew each year, and is not held against last year's.
    """
    row = {**start, **dict.fromkeys((*FIGURE, "period_end_on", "change"))}
    if figure is None or words.is_missing(figure["value"]):
        return row
    day, begun = pd.Timestamp(figure["period_end_on"]).date(), start["start_on"]
    row |= {name: figure[name] for name in FIGURE}
    row["period_end_on"] = day
    is_same_year = begun is None or day.year == begun.year
    if (begun is None or day > begun) and (is_same_year or start["measure"] == "期末"):
        row["change"] = row["value"] - start["start_value"]
    return row


def is_worse(row: Row) -> bool:
    """Tell whether a number went the wrong way since its start."""
    if words.is_missing(row["change"]):
        return False
    return row["change"] < 0 if row["direction"] == "up" else row["change"] > 0


def starts_verdict(rows: Sequence[Row]) -> Verdict:
    """Judge the numbers since their starts: what fell back, what grew, what is not reported."""
    known = [row for row in rows if not words.is_missing(row["change"])]
    worse = [row for row in known if is_worse(row)]
    still = [row for row in known if row["change"] == 0]
    unknown = len(rows) - len(known)
    said = clauses(
        ("倒退：", Name(worse[0]["indicator"])) if worse else (),
        (f"没有变化 {len(still)} 项",) if still else (),
        (f"{unknown} 项起点之后没有可比的数",) if unknown else (),
    )
    if not known:
        return Verdict("unreported", f"{len(rows)} 项起点，还没有可比的数", said)
    if worse:
        return Verdict("overdue", f"{len(known)} 项比起点，{len(worse)} 项倒退", said)
    grown = len(known) - len(still)
    return Verdict("normal", f"{len(known)} 项比起点，{grown} 项有增长", said)


def draw_starts(rows: Sequence[Row]) -> None:
    """Draw the numbers as a list, and the card of the chosen one with the row it came from."""
    left, right = st.columns([1.75, 1])
    with left, panel("", height=WHOLE_PX):
        heading("比起点", "起点是方案写明的数；年初累计的只在同一年内比较")
        shown = pd.DataFrame([{**row, **_worded(row)} for row in rows])
        row = row_list(shown, COLUMNS, key="starts", rows_max=16)
    with right, panel("", height=WHOLE_PX):
        if row is not None:
            _card(row)


def _card(row: Row) -> None:
    heading(str(row["indicator"]))
    field_table(_fields(row))
    if words.is_missing(row["upload"]):
        st.markdown(":gray[起点之后还没有报过这个数]")
        return
    column = None if words.is_missing(row["value_column"]) else str(row["value_column"])
    place = {"upload": int(row["upload"]), "sheet": str(row["sheet"]), "row": int(row["row"])}
    found = ask("indicator_source", **place, value_column=column)
    if len(found):
        source_line({**found.iloc[0].to_dict(), "ledger": "indicators"}, "starts")


def _worded(row: Row) -> dict[str, str]:
    unit, change = row["unit_of_measure"], row["change"]
    shape = "■ " if is_worse(row) else "● " if not words.is_missing(change) else "○ "
    return {
        "start": words.amount(row["start_value"], unit),
        "start_day": words.iso_day(row["start_on"]),
        "now": _now(row),
        "month_words": words.year_month(row["period_end_on"]),
        "change_words": shape + _change_words(row),
        "target_words": words.amount(row["target"], unit),
    }


def _now(row: Row) -> str:
    if words.is_missing(row["value"]):
        return words.UNREPORTED
    mark = "▲初步 " if row["is_provisional"] == True else ""  # noqa: E712
    return mark + words.amount(row["value"], row["unit_of_measure"])


def _change_words(row: Row) -> str:
    if words.is_missing(row["change"]):
        return "不可比" if not words.is_missing(row["value"]) else "没有数"
    if not row["change"]:
        return "没有变化"
    sign = "+" if row["change"] > 0 else ""
    times = row["value"] / row["start_value"] if row["start_value"] else None
    grown = "" if words.is_missing(times) else f"，是起点的 {times:.1f} 倍"
    return f"{sign}{words.amount(row['change'])}{grown}"


def _fields(row: Row) -> dict[str, Any]:
    return {
        "起点": f"{row['start']}（{row['start_day']}）",
        "现在": f"{row['now']}（{row['month_words']}）",
        "比起点": row["change_words"],
        "目标": None if words.is_missing(row["target"]) else row["target_words"],
        "口径": row["measure"],
        "含义": row["definition"],
        "负责": row["owner"],
        "出处": row["source"],
    }
