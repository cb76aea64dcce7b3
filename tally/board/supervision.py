"""预警督办: the findings of the rules, counted and listed, and the one looked at (D1–D22)."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask, records, theme
from tally.board.closing import View
from tally.board.docket_parts import row_list
from tally.board.finding_card import finding_card
from tally.board.items import LISTED_MAX
from tally.board.panels import figure, heading, panel
from tally.charts.finding_counts import finding_counts
from tally.finding_words import LEVELS, STATUS
from tally.sentences import Verdict, clauses, listed

GROUPS = {"单位": "unit", "分管领导": "post", "后果": "consequence", "规则": "rule"}
# What is shown: whether it is open, and its number in `finding_totals`.
SHOWN = {"要办的": (True, "open_count"), "已了结": (False, "done_count")}
LIST = {
    "level_words": ("级别", 84),
    "sentence": ("情形", 424),
    "unit": ("责任单位", 144),
    "since": ("自", 104),
    "waited": ("已", 72),
    "consequence": ("后果", 120),
    "status_words": ("办理", 96),
}
WHOLE_PX, UPPER_PX, LOWER_PX = 784, 360, 407
ROWS_MAX = 18
PICKED_KEY = "_finding_group"


def findings_view(chosen: Filters) -> View:
    """Return the view of what was found."""
    [totals] = records("finding_totals", chosen)
    opening = findings_verdict(totals, has_rules=any(rule.is_on for rule in chosen.pack.rules))
    return View(opening, lambda: _draw(chosen, opening))


def findings_verdict(totals: Mapping[str, Any], *, has_rules: bool) -> Verdict:
    """Judge the row of `finding_totals`: how many are red, how many new, for how long."""
    if not has_rules:
        return Verdict("unreported", "这个专项行动还没有启用规则", ("规则写在方案包里",))
    good, red = totals["good_count"], totals["red_count"]
    waiting = totals["open_count"] - good
    praised = (f"可表扬 {good} 条",) if good else ()
    if not waiting:
        return Verdict("normal", "没有要办的预警", praised)
    units = list(totals["worst_units"])
    detail = clauses(
        (f"本月新增 {totals['new_count']} 条，最久 {words.days(totals['oldest_days'])}",),
        ("最多：", *listed(units), f"，{totals['worst_unit_count']} 条") if units else (),
        praised,
    )
    if not red:
        return Verdict("soon", f"预警 {waiting} 条，没有红色", detail)
    others = f"，另有 {waiting - red} 条" if waiting > red else ""
    return Verdict("overdue", f"红色预警 {red} 条{others}", detail)


def _draw(chosen: Filters, opening: Verdict) -> None:
    """Draw who has how many on the right, the list on the left, the chosen one below."""
    left, right = st.columns([1.75, 1])
    with right, panel("", height=UPPER_PX):
        group, picked = _counts(chosen, opening)
    with left, panel("", height=WHOLE_PX):
        row = _list(chosen, group, picked)
    with right, panel("", height=LOWER_PX):
        finding_card(chosen, row)


def _counts(chosen: Filters, opening: Verdict) -> tuple[str, str | None]:
    """Draw the counts by what the switch says; return that and the name picked in it."""
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        heading("谁有多少", "点一行只看它")
        label = st.segmented_control(
            "按", list(GROUPS), default="单位", required=True, key="by", bind="query-params",
            label_visibility="collapsed",
        )  # fmt: skip
    group = GROUPS.get(label or "", "unit")
    kept = st.session_state.get(PICKED_KEY)
    picked = kept[1] if kept and kept[0] == (chosen, group) else None
    shown = figure(
        finding_counts(
            ask("finding_counts", chosen, by=group), theme=theme(), chosen=picked, height=268
        ),
        key="finding_counts",
        alt=opening.spoken,
        is_selectable=True,
    )
    if shown and shown[0] != picked:
        st.session_state[PICKED_KEY] = (chosen, group), shown[0]
        st.rerun()
    return group, picked


def _list(chosen: Filters, group: str, picked: str | None) -> dict[str, Any] | None:
    narrowed = {} if picked is None else {"by": group, "name": picked}
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        label = st.segmented_control(
            "看", list(SHOWN), default="要办的", required=True, key="shown", bind="query-params",
            label_visibility="collapsed",
        )  # fmt: skip
        is_open, counted = SHOWN[label or "要办的"]
        rows = ask("rule_findings", chosen, is_open=is_open, at_most=LISTED_MAX, **narrowed)
        if len(rows) == LISTED_MAX:
            [totals] = records("finding_totals", chosen, **narrowed)
            st.markdown(f":gray[:small[{words.count(totals[counted])} 条，列前 {LISTED_MAX} 条]]")
        if picked is not None:
            st.button("看全部", on_click=st.session_state.pop, args=(PICKED_KEY, None))
    row = row_list(_worded(rows), LIST, key="findings", rows_max=ROWS_MAX)
    return None if row is None else dict(row)


def _worded(rows: pd.DataFrame) -> pd.DataFrame:
    records = rows.to_dict("records")
    return rows.assign(
        level_words=[f"{LEVELS[row['level']].label}{' 新' if row['is_new'] else ''}"
                     if row["level"] in LEVELS else words.EMPTY for row in records],
        since=rows["since_on"].map(words.iso_day),
        waited=[words.days(row["open_days"]) for row in records],
        status_words=[status_words(row) for row in records],
    )  # fmt: skip


def status_words(row: dict[Any, Any]) -> str:
    """Return what has become of a finding; a slip is named by its colour's shape."""
    status = STATUS[row["status"]]
    if row["is_open"] and not words.is_missing(row["slip_level"]):
        return f"{LEVELS[row['slip_level']].shape} {status}"
    return status
