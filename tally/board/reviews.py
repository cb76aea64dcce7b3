"""报告检讨: work and research reports, written reviews: due, handed in, sampled (D11, D12, D15)."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters
from tally.board.card import YES_NO
from tally.board.docket_parts import BODY_PX, count_of, numbers, row_card, row_list
from tally.board.panels import heading, panel
from tally.sentences import Verdict, clauses, listed

COLUMNS = {
    "item_words": ("编号", 86),
    "kind": ("材料", 96),
    "unit": ("报送单位", 176),
    "title": ("事由", 216),
    "due": ("应交", 110),
    "state_words": ("状态", 128),
    "sample_words": ("抽查", 96),
}


def reviews_verdict(chosen: Filters, rows: pd.DataFrame) -> Verdict:
    """Judge rows of `reviews`: what is overdue, what a sample found untrue, what came late."""
    if rows.empty:
        return Verdict("unreported", "还没有述职、调研报告和检讨")
    overdue, late = rows[rows["status"] == "overdue"], rows[rows["status"] == "late"]
    false = rows[rows["is_confirmed"] == False]  # noqa: E712
    said = clauses(
        ("未交：", *listed(sorted(set(overdue["unit"])))) if len(overdue) else (),
        ("抽查不实：", *listed(sorted(set(false["unit"])))) if len(false) else (),
        ("迟交：", *listed(sorted(set(late["unit"])))) if len(late) else (),
    )
    if len(overdue):
        return Verdict("overdue", f"逾期未交 {len(overdue)} 份", said)
    if len(false):
        return Verdict("overdue", f"抽查不实 {len(false)} 份", said)
    if len(late):
        return Verdict("soon", f"到期的都交了，迟交 {len(late)} 份", said)
    return Verdict("normal", "到期的都按时交了", said)


def draw_reviews(chosen: Filters, rows: pd.DataFrame) -> None:
    """Draw the numbers, the reports and reviews, and the card of the chosen one."""
    came = rows["handed_in_on"].notna()
    sampled = rows["is_confirmed"].notna()
    confirmed = count_of(rows, "is_confirmed")
    numbers(
        ("已交", "已交 / 全部", words.ratio(came.sum(), len(rows))),
        ("逾期未交", "份", words.count((rows["status"] == "overdue").sum())),
        ("迟交", "份", words.count((rows["status"] == "late").sum())),
        ("抽查属实", "属实 / 抽查", words.ratio(confirmed, sampled.sum())),
        ("存档", "存档 / 已交", words.ratio(count_of(rows[came], "is_filed"), came.sum())),
    )
    left, right = st.columns([1.75, 1])
    with left, panel("", height=BODY_PX):
        heading("逐份报送", "逾期的在前；当天交算按时")
        row = row_list(_worded(rows), COLUMNS, key="reviews")
    with right, panel("", height=BODY_PX):
        row_card(row, "title", _fields, key="review")


def _worded(rows: pd.DataFrame) -> pd.DataFrame:
    records = rows.to_dict("records")
    return rows.assign(
        item_words=[words.text(number) for number in rows["item_no"]],
        due=[words.iso_day(day) for day in rows["due_on"]],
        state_words=[_state(row) for row in records],
        sample_words=[_sample(row) for row in records],
    )


def _state(row: Mapping[Any, Any]) -> str:
    if row["status"] == "overdue":
        return f"■ 逾期 {words.days(row['late_days'])}"
    if row["status"] == "late":
        return f"▲ 迟 {words.days(row['late_days'])}"
    if row["status"] == "in time":
        return "● 按时"
    return "○ 没有期限" if words.is_missing(row["due_on"]) else "○ 未到期"


def _sample(row: Mapping[Any, Any]) -> str:
    if words.is_missing(row["handed_in_on"]) and words.is_missing(row["is_confirmed"]):
        return words.EMPTY
    if words.is_missing(row["is_confirmed"]):
        return "○ 未抽查" if words.is_missing(row["sampled_by"]) else "○ 无结论"
    return "◆ 属实" if row["is_confirmed"] else "■ 不实"


def _fields(row: Mapping[str, Any]) -> dict[str, Any]:
    filed = None if words.is_missing(row["is_filed"]) else bool(row["is_filed"])
    return {
        "编号": row["item_no"],
        "材料": row["kind"],
        "报送": "，".join(
            str(part) for part in (row["unit"], row["post"]) if not words.is_missing(part)
        ),
        "应交": row["due"],
        "交来": words.iso_day(row["handed_in_on"]),
        "状态": row["state_words"],
        "抽查": row["sample_words"],
        "抽查组": row["sampled_by"],
        "存档": YES_NO[filed],
        "备注": row["note"],
    }
