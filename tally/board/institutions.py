"""制度机制与按期交付: what is to be issued by when, and what was, under which number (B19, E11)."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters
from tally.board.docket_parts import BODY_PX, count_of, iso_days, numbers, row_card, row_list
from tally.board.panels import heading, panel
from tally.sentences import Verdict, clauses, listed

COLUMNS = {
    "title": ("名称", 318),
    "unit": ("责任单位", 140),
    "due": ("时限", 104),
    "issued": ("印发", 104),
    "document_no": ("文号", 166),
    "state_words": ("状态", 110),
}


def institutions_verdict(_chosen: Filters, rows: pd.DataFrame) -> Verdict:
    """Judge rows of `institution_progress`: what is overdue, what is issued, what has no day."""
    if rows.empty:
        return Verdict("unreported", "还没有制度机制台账")
    counts = rows["status"].value_counts()
    issued = int(counts.get("issued", 0) + counts.get("late", 0))
    late = rows[rows["status"] == "overdue"]
    owners = sorted(set(late["unit"].dropna()))
    said = clauses(
        ("逾期：", *listed(owners)) if owners else (),
        (f"应出台 {len(rows)} 项，已印发 {issued} 项，其中迟 {counts.get('late', 0)} 项",),
        (f"没有时限 {counts['open']} 项",) if "open" in counts else (),
    )
    if len(late):
        return Verdict("overdue", f"制度成果逾期未印发 {len(late)} 项", said)
    return Verdict("normal", f"制度成果已印发 {issued} 项，无逾期", said)


def draw_institutions(_chosen: Filters, rows: pd.DataFrame) -> None:
    """Draw the numbers, the list and the card of the chosen entry."""
    counts = rows["status"].value_counts()
    issued = int(counts.get("issued", 0) + counts.get("late", 0))
    numbers(
        ("应出台（项）", f"文件要求 {count_of(rows, 'is_deliverable')}", words.count(len(rows))),
        ("已印发", f"迟 {counts.get('late', 0)}", words.ratio(issued, len(rows))),
        ("逾期未印发", "过了时限", words.count(counts.get("overdue", 0))),
        ("未到时限", "在制定", words.count(counts.get("waiting", 0))),
        ("没有时限", "文件和台账都没有写", words.count(counts.get("open", 0))),
    )
    left, right = st.columns([1.75, 1])
    with left, panel("", height=BODY_PX):
        heading("逐项印发", "逾期的在前；文件写明时限的以文件为准")
        row = row_list(_worded(rows), COLUMNS, key="institutions")
    with right, panel("", height=BODY_PX):
        row_card(row, "title", _fields, key="institution")


def _worded(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(
        due=iso_days(rows["due_on"]),
        issued=iso_days(rows["issued_on"]),
        state_words=[_state(row) for row in rows.to_dict("records")],
    )


def _state(row: Mapping[Any, Any]) -> str:
    if row["status"] in ("overdue", "late"):
        shape, word = ("■", "逾期") if row["status"] == "overdue" else ("▲", "迟")
        return f"{shape} {word} {words.days(row['overdue_days'])}"
    return {"issued": "✓ 已印发", "waiting": "● 未到时限", "open": "○ 没有时限"}[row["status"]]


def _fields(row: Mapping[str, Any]) -> dict[str, Any]:
    asked = "文件要求" if row["is_deliverable"] else "台账自列"
    return {
        "类别": row["kind"],
        "责任单位": row["unit"],
        "来源": f"{asked}，时限由文件写明" if row["is_due_by_pack"] else asked,
        "时限": row["due"],
        "印发": row["issued"],
        "文号": row["document_no"],
        "状态": row["state_words"],
    }
