"""预警督办: the findings of the rules, counted and listed, and the one looked at (D1–D22)."""

from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask, theme
from tally.board.closing import View
from tally.board.docket_parts import row_list
from tally.board.finding_card import finding_card
from tally.board.panels import figure, heading, panel
from tally.charts.finding_counts import finding_counts
from tally.finding_words import LEVELS, STATUS
from tally.sentences import Verdict, clauses, listed

GROUPS = {"单位": "unit", "分管领导": "post", "后果": "consequence", "规则": "rule"}
COLUMNS = {"unit": "unit", "post": "leader_post", "consequence": "consequence", "rule": "rule"}
SHOWN = {"要办的": True, "已了结": False}
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
    found = ask("rule_findings", chosen)
    opening = findings_verdict(found, has_rules=any(rule.is_on for rule in chosen.pack.rules))
    return View(opening, lambda: _draw(chosen, found, opening))


def findings_verdict(found: pd.DataFrame, *, has_rules: bool) -> Verdict:
    """Judge rows of `rule_findings`: how many are red, how many new, for how long."""
    if not has_rules:
        return Verdict("unreported", "这个专项行动还没有启用规则", ("规则写在方案包里",))
    waiting = found[found["is_open"] & (found["level"] != "good")]
    good = int((found["is_open"] & (found["level"] == "good")).sum())
    praised = (f"可表扬 {good} 条",) if good else ()
    if waiting.empty:
        return Verdict("normal", "没有要办的预警", praised)
    red = waiting[waiting["level"] == "red"]
    worst = red if len(red) else waiting
    counts = worst["unit"].value_counts()
    units = counts[counts == counts.max()].index.tolist()
    new, oldest = int(waiting["is_new"].sum()), words.days(waiting["open_days"].max())
    detail = clauses(
        (f"本月新增 {new} 条，最久 {oldest}",),
        ("最多：", *listed(units), f"，{counts.max()} 条") if units else (),
        praised,
    )
    if red.empty:
        return Verdict("soon", f"预警 {len(waiting)} 条，没有红色", detail)
    others = f"，另有 {len(waiting) - len(red)} 条" if len(waiting) > len(red) else ""
    return Verdict("overdue", f"红色预警 {len(red)} 条{others}", detail)


def _draw(chosen: Filters, found: pd.DataFrame, opening: Verdict) -> None:
    """Draw who has how many on the right, the list on the left, the chosen one below."""
    left, right = st.columns([1.75, 1])
    with right, panel("", height=UPPER_PX):
        group, picked = _counts(chosen, opening)
    with left, panel("", height=WHOLE_PX):
        row = _list(_narrowed(found, group, picked), picked)
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


def _narrowed(found: pd.DataFrame, group: str, picked: str | None) -> pd.DataFrame:
    if picked is None:
        return found
    return found[found[COLUMNS[group]].fillna("") == picked]


def _list(found: pd.DataFrame, picked: str | None) -> dict[str, Any] | None:
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        label = st.segmented_control(
            "看", list(SHOWN), default="要办的", required=True, key="shown", bind="query-params",
            label_visibility="collapsed",
        )  # fmt: skip
        if picked is not None:
            st.button("看全部", on_click=st.session_state.pop, args=(PICKED_KEY, None))
    rows = found[found["is_open"] == SHOWN.get(label or "", True)]
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
