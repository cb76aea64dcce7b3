"""三评: departments, key sections and stations, each list ranked by itself every quarter (D6)."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters
from tally.board.card import YES_NO
from tally.board.docket_parts import BODY_PX, numbers, row_card, row_list
from tally.board.panels import heading, panel
from tally.board.projected import projected_px
from tally.packs import Rule
from tally.sentences import Verdict, clauses, listed

COLUMNS = {
    "list": ("名单", 110),
    "place": ("名次", 110),
    "subject": ("评议对象", 216),
    "unit": ("所属单位", 150),
    "score_words": ("得分", 80),
    "change": ("比上季", 80),
    "raters": ("参评", 76),
    "state_words": ("结论", 176),
}


def mark_of(chosen: Filters) -> float | None:
    """Return the points below which the last one is marked, as the pack's rule has it."""
    rule = _rule(chosen)
    return None if rule is None else float(rule.limits["score"])


def _rule(chosen: Filters) -> Rule | None:
    rules = (rule for rule in chosen.pack.rules if rule.kind == "appraisal_last" and rule.is_on)
    return next(rules, None)


def scores_verdict(chosen: Filters, rows: pd.DataFrame) -> Verdict:
    """Judge the newest quarter of `appraisal_scores`: who is last and below the mark."""
    if rows.empty:
        return Verdict("unreported", "还没有评议台账")
    quarter = rows.iloc[0]["quarter"]
    newest = rows[rows["quarter"] == quarter]
    below = newest[newest["is_below"]]
    said = clauses(
        (*listed(below["subject"].tolist()),) if len(below) else (),
        (f"参评 {len(newest)} 个，分 {newest['list'].nunique()} 份名单各自排名",),
    )
    if mark_of(chosen) is None:
        return Verdict("normal", f"{quarter}评议已有结果", said)
    limit = words.amount(mark_of(chosen))
    if below.empty:
        return Verdict("normal", f"{quarter}没有末位低于 {limit} 分的", said)
    if not bool(newest["is_over"].iloc[0]):
        return Verdict("soon", f"{quarter}暂有 {len(below)} 个末位低于 {limit} 分", said)
    return Verdict("overdue", f"{quarter} {len(below)} 个末位低于 {limit} 分", said)


def draw_scores(chosen: Filters, rows: pd.DataFrame) -> None:
    """Draw each list's lowest score, the quarter's bodies, and the card of the chosen one."""
    place = st.container(horizontal=True)
    left, right = st.columns([1.75, 1])
    with left, panel("", height=BODY_PX):
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            heading("评议结果", "每份名单、每个季度各自排名；得分相同并列")
            shown = _of_quarter(rows)
        row = row_list(_worded(shown, mark_of(chosen)), COLUMNS, key="scores")
    with right, panel("", height=BODY_PX):
        row_card(row, "subject", lambda found: _fields(chosen, found), key="score")
    with place:
        last = shown[shown["is_last"]]
        numbers(*(_lowest(name, last, shown) for name in dict.fromkeys(shown["list"])))


def _of_quarter(rows: pd.DataFrame) -> pd.DataFrame:
    quarters = list(dict.fromkeys(rows["quarter"]))
    label = st.selectbox(
        "季度", quarters, key="quarter", bind="query-params",
        label_visibility="collapsed", width=projected_px(180),
    )  # fmt: skip
    return rows[rows["quarter"] == (label or quarters[0])]


def _lowest(name: str, last: pd.DataFrame, shown: pd.DataFrame) -> tuple[str, str, str]:
    """Return a list's name, how many are in it, and its last one with the score."""
    count = int(shown[shown["list"] == name]["subject_count"].iloc[0])
    found = last[last["list"] == name]
    if found.empty:
        return name, f"{count} 个", words.EMPTY
    lowest = found.iloc[0]
    mark = f"{words.STATES['overdue'].shape} " if lowest["is_below"] else ""
    names = words.names(found["subject"], at_most=1).replace("单位", "")
    return name, f"{count} 个，末位", f"{mark}{names} {words.amount(lowest['score'])}"


def _worded(rows: pd.DataFrame, mark: float | None) -> pd.DataFrame:
    records = rows.to_dict("records")
    return rows.assign(
        place=[f"{words.rank(row['rank'], row['is_tied'])} / {row['subject_count']}"
               for row in records],
        score_words=[words.amount(score) for score in rows["score"]],
        change=[_change(value) for value in rows["score_change"]],
        raters=[words.count(count) for count in rows["raters_count"]],
        state_words=[_state(row, mark) for row in records],
    )  # fmt: skip


def _change(value: Any) -> str:
    if words.is_missing(value):
        return words.EMPTY
    return f"{'+' if value > 0 else ''}{words.amount(value)}"


def _state(row: Mapping[Any, Any], mark: float | None) -> str:
    if row["is_below"]:
        word = "末位" if row["is_over"] else "暂列末位"
        return f"{'■' if row['is_over'] else '▲'} {word}，低于 {words.amount(mark)}"
    if row["is_last"]:
        return "○ 末位"
    is_low = mark is not None and row["score"] < mark
    return f"▲ 低于 {words.amount(mark)}" if is_low else "● 正常"


def _fields(chosen: Filters, row: Mapping[str, Any]) -> dict[str, Any]:
    rule = _rule(chosen)
    follows = "、".join((rule.consequence, *rule.measures)) if rule and row["is_below"] else None
    return {
        "名单": f"{row['list']}，{row['quarter']}",
        "所属单位": row["unit"],
        "名次": row["place"],
        "得分": row["score_words"],
        "比上季": row["change"],
        "评议日期": words.iso_day(row["appraised_on"]),
        "参评人数": words.count(row["raters_count"], "人"),
        "垂直管理": YES_NO.get(row["is_vertical"]),
        "结论": row["state_words"],
        "后果": follows,
        "条款": rule.source if rule and row["is_below"] else None,
        "备注": row["note"],
    }
