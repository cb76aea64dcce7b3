"""诉求信访: the cases behind a row of the funnel, and the way to where each comes from."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.appeals import ITEMS, Appeals, leave, picked_name
from tally.board.asking import Filters, ask
from tally.board.items import LISTED_MAX
from tally.board.panels import heading
from tally.board.projected import projected_px
from tally.board.provenance import source_line
from tally.board.tables import table
from tally.charts.share_rows import ELSEWHERE

STATES = {
    "全部": None,
    "超期": "overdue",
    "在办": "open",
    "不满意": "unsatisfied",
    "积案": "backlog",
    "交办": "assigned",
    "赴省进京": "trip",
}


def cases_panel(chosen: Filters, appeals: Appeals, view: str, *, rows_max: int) -> None:
    """Draw the cases behind the chosen row, and the way from one to its file, sheet and line."""
    name = picked_name(appeals, view)
    title = "全部诉求" if name is None else name or ELSEWHERE
    with st.container(horizontal=True, vertical_alignment="center"):
        heading(title)
        state = None
        if view != ITEMS:
            label = st.selectbox(
                "状态", list(STATES), key="appeal_state", bind="query-params",
                label_visibility="collapsed", width=projected_px(130),
            )  # fmt: skip
            state = STATES[label or "全部"]
        if name is not None:
            st.button("看全部", on_click=leave, key="all_appeals")
        rows = _item_rows(chosen, name) if view == ITEMS else _case_rows(chosen, view, name, state)
        if len(rows) == LISTED_MAX:
            st.markdown(f":gray[:small[列前 {LISTED_MAX} 件]]", width="content")
    place = _case_table(rows, rows_max)
    if len(rows):
        row = rows.iloc[place or 0].to_dict()
        source_line(row, f"case-{row['item_key']}")


def _case_rows(chosen: Filters, view: str, name: str | None, state: str | None) -> pd.DataFrame:
    """Return the tickets and petitions behind a row; one that is not named has no name."""
    narrowing: dict[str, Any] = {"state": state}
    if name:
        narrowing[view] = [name] if view == "unit" else name
    elif name == "":
        narrowing["unnamed"] = view
    rows = ask("appeals", chosen, at_most=LISTED_MAX, **narrowing)
    return rows.assign(
        state_words=[_case_words(row) for row in rows.to_dict("records")],
        day=rows["received_on"].map(words.iso_day),
    )


def _case_words(row: Mapping[Any, Any]) -> str:
    if row["is_overdue"]:
        return "■ 超期"
    if not row["is_closed"]:
        return f"● 在办 {int(row['open_days'])} 天"
    if not words.is_missing(row["is_satisfied"]):
        return "✓ 满意" if row["is_satisfied"] else "▲ 不满意"
    if not words.is_missing(row["is_resolved"]) and not row["is_resolved"]:
        return "▲ 未解决"
    return "✓ 已办结"


def _item_rows(chosen: Filters, name: str | None) -> pd.DataFrame:
    rows = ask("classed_items", chosen, at_most=LISTED_MAX, channel=name or None)
    return rows.assign(
        state_words=[_item_words(row) for row in rows.to_dict("records")],
        day=rows["due_on"].map(words.iso_day),
    )


def _item_words(row: Mapping[Any, Any]) -> str:
    if row["is_overdue"]:
        return f"■ 逾期 {int(row['overdue_days'])} 天"
    return "✓ 已销号" if row["is_closed"] else "● 在办"


def _case_table(rows: pd.DataFrame, rows_max: int) -> int | None:
    if rows.empty:
        st.markdown(":gray[没有符合的诉求]")
        return None
    columns = {
        "title": st.column_config.TextColumn("事项", width=225),
        "unit": st.column_config.TextColumn("单位", width=150),
        "day": st.column_config.TextColumn("日期", width=104),
        "state_words": st.column_config.TextColumn("状态", width=110),
    }
    return table(rows, columns, key="cases", rows_max=rows_max)
