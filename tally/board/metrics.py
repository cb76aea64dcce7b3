"""The six numbers an item's life goes through, with their change and their line."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import streamlit as st

from tally import words

Color = Literal["normal", "inverse", "off"]


def metric_row(totals: Mapping[str, Any], months: Sequence[Mapping[str, Any]]) -> None:
    """Draw six numbers of a row of `campaign_totals`, their lines from those of `campaign_months`.

    The change is against the month before; attention goes to what got worse.
    """
    reported = [month for month in months if month["is_reported"]]
    overdue_30 = words.count(totals["overdue_30_count"])
    verified = _share(totals["verified_count"], totals["reported_closed_count"])
    due, closed_of_all = totals["due_count"], words.share(totals["closed_of_all_share"])
    closed_of_due = words.ratio(totals["closed_due_count"], due)
    on_time = words.ratio(totals["on_time_count"], due)
    counts: list[tuple[str, str, str, Color]] = [
        ("台账总数（项）", f"其中到期 {words.count(due)}", "item_count", "off"),
        ("累计销号（项）", f"占总数 {closed_of_all}", "closed_count", "normal"),
        ("到期销号率", closed_of_due, "closed_share", "normal"),
        ("按期销号率", on_time, "on_time_share", "normal"),
        ("逾期未销（项）", f"超 30 天 {overdue_30}", "overdue_count", "inverse"),
        ("核实销号（项）", f"占自报 {verified}", "verified_count", "normal"),
    ]
    with st.container(horizontal=True, gap="small"):
        for title, note, column, color in counts:
            head, told = words.escape_markdown(title), words.escape_markdown(note)
            line = [month[column] for month in reported if not words.is_missing(month[column])]
            label = f"**{head}** :gray[{told}]"
            _metric(label, totals[column], line, color, is_share=column.endswith("_share"))


def _share(part: float, whole: float) -> str:
    return words.share(part / whole if whole else None)


def _metric(
    label_markdown: str, value: float, line: list[float], color: Color, *, is_share: bool
) -> None:
    change = line[-1] - line[-2] if len(line) > 1 else None
    delta = words.points_delta(change) if is_share else words.change_delta(change)
    st.metric(
        label_markdown,
        words.share(value) if is_share else words.count(value),
        delta=delta,
        delta_color=color,
        delta_arrow="off",
        delta_description="较上月" if delta else None,
        border=True,
        chart_data=line if len(line) > 1 else None,
    )
