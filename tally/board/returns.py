"""五项月报: clues, cases, persons dealt with, rectification, reform, unit by unit (B18)."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters
from tally.board.docket_parts import BODY_PX, count_of, numbers, row_card, row_list
from tally.board.panels import heading, panel
from tally.sentences import Verdict, clauses, listed

PARTS = {
    "clue": "问题线索",
    "case": "案件查办",
    "persons": "人员处理",
    "rectified": "整改落实",
    "reform": "以案促改",
}
COLUMNS = {
    "unit": ("单位", 160),
    "reported": ("本月", 96),
    **{f"{part}_words": (title, 128) for part, title in PARTS.items()},
}


def returns_verdict(chosen: Filters, rows: pd.DataFrame) -> Verdict:
    """Judge rows of `monthly_returns`: who has not sent the month's, and what it adds up to."""
    month = words.month(chosen.as_of)
    sent = rows[rows["is_reported"] == True]  # noqa: E712
    if sent.empty:
        return Verdict("unreported", f"{month}还没有五项月报")
    missing = rows[~rows["is_reported"]]["unit"].tolist()
    said = clauses(
        (f"已报 {len(sent)} / {len(rows)} 个单位",),
        ("未报：", *listed(missing)) if missing else (),
    )
    if missing:
        return Verdict("unreported", f"{month}五项月报缺 {len(missing)} 个单位", said)
    return Verdict("normal", f"{month}五项月报已报齐", said)


def _sum(rows: pd.DataFrame, part: str, column: str = "count") -> str:
    return words.count(rows[f"{part}_{column}"].sum())


def draw_returns(chosen: Filters, rows: pd.DataFrame) -> None:
    """Draw the month's sums, the units, and the card of the chosen one."""
    sent = rows[rows["is_reported"] == True]  # noqa: E712
    reported = (
        f"{words.month(chosen.as_of)}已报",
        "单位",
        words.ratio(count_of(rows, "is_reported"), len(rows)),
    )
    sums = [
        (title, f"累计 {_sum(rows, part, 'total')}", _sum(sent, part) if len(sent) else words.EMPTY)
        for part, title in PARTS.items()
    ]
    numbers(reported, *sums)
    left, right = st.columns([1.75, 1])
    with left, panel("", height=BODY_PX):
        heading("各单位", "本月数，括号内为累计；只报数字，不报人")
        row = row_list(_worded(rows), COLUMNS, key="returns")
    with right, panel("", height=BODY_PX):
        row_card(row, "unit", _fields, key="return")


def _worded(rows: pd.DataFrame) -> pd.DataFrame:
    records = rows.to_dict("records")
    texts = {f"{part}_words": [_part_words(row, part) for row in records] for part in PARTS}
    reported = ["● 已报" if row["is_reported"] else "○ 未报" for row in records]
    return rows.assign(reported=reported, **texts)


def _part_words(row: Mapping[Any, Any], part: str) -> str:
    now, total = words.count(row[f"{part}_count"]), row[f"{part}_total"]
    return now if words.is_missing(total) else f"{now}（{words.count(total)}）"


def _fields(row: Mapping[str, Any]) -> dict[str, Any]:
    counts = {title: row[f"{part}_words"] for part, title in PARTS.items()}
    return {"月份": words.year_month(row["month"]), "状态": row["reported"], **counts,
            "已报月数": words.count(row["month_count"], "个月")}  # fmt: skip
