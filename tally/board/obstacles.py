"""说“不”与办不成事: what was refused, what could not be done, raised to whom, the result (B7)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask
from tally.board.docket_parts import BODY_PX, count_of, iso_days, numbers, row_card, row_list
from tally.board.panels import heading, panel
from tally.sentences import Name, Verdict, clauses

KINDS = {"全部": None, "说“不”": "refusals", "办不成事": "failures"}
KIND_WORDS = {kind: label for label, kind in KINDS.items() if kind}
COLUMNS = {
    "kind_words": ("类别", 84),
    "title": ("事项", 236),
    "unit": ("责任单位", 130),
    "received": ("受理", 104),
    "raised": ("提级", 150),
    "outcome": ("结果", 126),
    "state_words": ("状态", 120),
}


def obstacles_verdict(_chosen: Filters, rows: pd.DataFrame) -> Verdict:
    """Judge rows of `service_obstacles`: what is open, how old, how often a no was overturned."""
    if rows.empty:
        return Verdict("unreported", "还没有说“不”和办不成事的台账")
    waiting = rows[~rows["is_closed"]]
    kinds = "，".join(
        f"{label} {(rows['ledger'] == kind).sum()} 件" for kind, label in KIND_WORDS.items()
    )
    said = clauses(
        (f"{kinds}，已办结 {len(rows) - len(waiting)} 件",),
        _overturned(rows),
        _slowest(waiting),
    )
    if waiting.empty:
        return Verdict("normal", "说“不”和办不成事全部办结", said)
    oldest = int(waiting["age_days"].max())
    return Verdict("soon", f"在办 {len(waiting)} 件，最长 {words.days(oldest)}", said)


def _overturned(rows: pd.DataFrame) -> tuple[str, ...]:
    judged = rows["is_upheld"].notna().sum()
    wrong = int((rows["is_upheld"] == False).sum())  # noqa: E712
    return (f"提级复核 {judged} 件，应办 {wrong} 件",) if judged else ()


def _slowest(waiting: pd.DataFrame) -> tuple[str | Name, ...]:
    if waiting.empty:
        return ()
    counts = waiting["unit"].value_counts()
    unit = min(counts[counts == counts.max()].index)
    return ("在办最多：", Name(unit), f" {counts.max()} 件") if counts.max() > 1 else ()


def draw_obstacles(chosen: Filters, rows: pd.DataFrame) -> None:
    """Draw the numbers of the three monthly displays, the list, and the chosen matter's card."""
    _numbers(chosen, rows)
    left, right = st.columns([1.75, 1])
    with left, panel("", height=BODY_PX):
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            heading("逐件办理", "在办的在前，久的在前")
            label = st.segmented_control(
                "类别", list(KINDS), default="全部", required=True, key="obstacle_kind",
                bind="query-params", label_visibility="collapsed",
            )  # fmt: skip
        kind = KINDS[label or "全部"]
        shown = rows if kind is None else rows[rows["ledger"] == kind]
        row = row_list(_worded(shown, chosen.as_of), COLUMNS, key="obstacles")
    with right, panel("", height=BODY_PX):
        row_card(row, "title", _fields, key="obstacle")


def _numbers(chosen: Filters, rows: pd.DataFrame) -> None:
    found = ask("campaign_totals", chosen).to_dict("records")
    totals = found[0] if found else {"closed_count": None, "item_count": None}
    refused, failed = (rows[rows["ledger"] == kind] for kind in ("refusals", "failures"))
    raised = int(refused["raised_on"].notna().sum())
    judged = int(refused["is_upheld"].notna().sum())
    overturned = judged - count_of(refused, "is_upheld")
    rated, satisfied = int(failed["is_satisfied"].notna().sum()), count_of(failed, "is_satisfied")
    oldest = rows[~rows["is_closed"]]["age_days"].max()
    numbers(
        (
            "排查解决问题",
            "销号 / 总数",
            words.ratio(totals["closed_count"], totals["item_count"]),
        ),
        ("说“不”（件）", f"提级 {raised}", words.count(len(refused))),
        ("复核应办", f"已复核 {judged}", words.count(overturned)),
        ("办不成事（件）", f"满意 {words.ratio(satisfied, rated)}", words.count(len(failed))),
        ("已办结", "两类合计", words.ratio(count_of(rows, "is_closed"), len(rows))),
        ("在办最长", "自受理起", words.days(oldest)),
    )


def _worded(rows: pd.DataFrame, as_of: date) -> pd.DataFrame:
    records = rows.to_dict("records")
    return rows.assign(
        kind_words=[KIND_WORDS[row["ledger"]] for row in records],
        received=iso_days(rows["received_on"]),
        raised=[_raised(row, as_of) for row in records],
        outcome=[_outcome(row) for row in records],
        state_words=[_state(row) for row in records],
    )


def _raised(row: Mapping[Any, Any], as_of: date) -> str:
    if row["ledger"] == "failures":
        return words.EMPTY
    if words.is_missing(row["raised_on"]):
        return "未提级"
    return f"▲ {words.text(row['raised_to'])} {words.day(row['raised_on'], as_of)}"


def _outcome(row: Mapping[Any, Any]) -> str:
    if not words.is_missing(row["is_upheld"]):
        return "维持" if row["is_upheld"] else "应办"
    return words.text(row["result"])


def _state(row: Mapping[Any, Any]) -> str:
    if row["is_closed"]:
        return "✓ 办结" if words.is_missing(row["age_days"]) else f"✓ {words.days(row['age_days'])}"
    return f"● 在办 {words.days(row['age_days'])}"


def _fields(row: Mapping[str, Any]) -> dict[str, Any]:
    satisfied = row["is_satisfied"]
    return {
        "类别": row["kind_words"],
        "责任单位": row["unit"],
        "原因": row["reason"],
        "受理": row["received"],
        "渠道": row["channel"],
        "提级": None if words.is_missing(row["raised_on"]) else row["raised"],
        "提级用时": words.days(row["days_to_raise"]),
        "复核与结果": row["outcome"],
        "满意": None if words.is_missing(satisfied) else "满意" if satisfied else "不满意",
        "办结": words.iso_day(row["closed_on"]),
        "状态": row["state_words"],
    }
