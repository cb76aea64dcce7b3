"""问题线索: each with two completions, the complex ones with a limit in months (B8)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters
from tally.board.docket_parts import BODY_PX, count_of, iso_days, numbers, row_card, row_list
from tally.board.panels import heading, panel
from tally.sentences import Verdict, clauses, listed

COLUMNS = {
    "title": ("线索", 236),
    "unit": ("承办单位", 128),
    "received": ("受理", 104),
    "limit": ("期限", 104),
    "matter": ("事情解决", 110),
    "people": ("人员处理", 110),
    "state_words": ("状态", 128),
}


def clues_verdict(chosen: Filters, rows: pd.DataFrame) -> Verdict:
    """Judge rows of `clue_progress`: what is past its limit, and how many are done in both ways."""
    if rows.empty:
        return Verdict("unreported", "还没有问题线索台账")
    late = rows[rows["is_overdue"]]
    done = count_of(rows, "is_done")
    said = clauses(
        ("超限：", *listed(sorted(set(late["unit"])))) if len(late) else (),
        (
            f"{len(rows)} 条线索：事情解决 {rows['matter_settled_on'].notna().sum()} 条，"
            f"人员处理 {rows['people_settled_on'].notna().sum()} 条，两项都到位 {done} 条",
        ),
        (f"{len(soon)} 条临期",) if len(soon := _soon(chosen, rows)) else (),
    )
    if len(late):
        return Verdict("overdue", f"{len(late)} 条复杂线索超过办理期限", said)
    if len(soon):
        return Verdict("soon", f"{len(soon)} 条复杂线索临近期限", said)
    waiting = len(rows) - done
    return Verdict("normal", f"在办 {waiting} 条，无超限" if waiting else "线索全部办结", said)


def _soon(chosen: Filters, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the clues not done whose limit comes within the pack's days."""
    near = chosen.as_of + pd.Timedelta(days=chosen.pack.threshold("due_soon_days"))
    due_on = pd.to_datetime(rows["due_on"])
    return rows[~rows["is_done"] & ~rows["is_overdue"] & (due_on <= pd.Timestamp(near))]


def draw_clues(chosen: Filters, rows: pd.DataFrame) -> None:
    """Draw the numbers, the list and the card of the chosen clue."""
    complex_count = count_of(rows, "is_complex")
    numbers(
        ("线索（条）", f"复杂 {complex_count}", words.count(len(rows))),
        (
            "事情解决到位",
            "已办 / 线索",
            words.ratio(rows["matter_settled_on"].notna().sum(), len(rows)),
        ),
        (
            "人员处理到位",
            "已办 / 线索",
            words.ratio(rows["people_settled_on"].notna().sum(), len(rows)),
        ),
        ("两项都到位", "已办 / 线索", words.ratio(count_of(rows, "is_done"), len(rows))),
        ("超限未办", _limit_words(chosen), words.count(count_of(rows, "is_overdue"))),
    )
    left, right = st.columns([1.75, 1])
    with left, panel("", height=BODY_PX):
        heading("逐条办理", "超限的在前；两项都办完才算到位")
        near = set(_soon(chosen, rows)["item_key"])
        row = row_list(_worded(rows, near, chosen.as_of), COLUMNS, key="clues")
    with right, panel("", height=BODY_PX):
        row_card(row, "title", _fields, key="clue")


def _limit_words(chosen: Filters) -> str:
    """Say how long a complex clue may take, as the pack has it."""
    limits = {entry.name: entry.value for entry in chosen.pack.thresholds}
    months = limits.get("clue_limit_months")
    return f"复杂线索 {months:g} 个月" if months else "方案没有定期限"


def _worded(rows: pd.DataFrame, near: set[str], as_of: date) -> pd.DataFrame:
    return rows.assign(
        received=iso_days(rows["received_on"]),
        limit=iso_days(rows["due_on"]),
        matter=[_done_words(day, as_of) for day in rows["matter_settled_on"]],
        people=[_done_words(day, as_of) for day in rows["people_settled_on"]],
        state_words=[_state(row, near) for row in rows.to_dict("records")],
    )


def _done_words(day: Any, as_of: date) -> str:
    return "○ 未到位" if words.is_missing(day) else f"✓ {words.day(day, as_of)}"


def _state(row: Mapping[Any, Any], near: set[str]) -> str:
    if row["is_overdue"]:
        return f"■ 超限，{words.days(row['age_days'])}"
    if row["is_done"]:
        return "▲ 超限到位" if row["is_late"] else "✓ 到位"
    return f"{'▲ 临期' if row['item_key'] in near else '● 在办'} {words.days(row['age_days'])}"


def _fields(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "编号": row["item_key"],
        "承办单位": row["unit"],
        "来源": row["source_unit"],
        "处理方式": row["handling"],
        "复杂线索": "是" if row["is_complex"] else "否",
        "受理": row["received"],
        "期限": row["limit"],
        "事情解决": row["matter"],
        "人员处理": row["people"],
        "用时": words.days(row["age_days"]),
        "进展": row["progress_note"],
        "状态": row["state_words"],
    }
