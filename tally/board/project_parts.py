"""What the views of 项目攻坚 share: lists of projects, a project's card, links by the address."""

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.docket_parts import row_card, row_list

WHOLE_PX = 784
COLUMNS = {
    "title": ("项目", 208),
    "stage_words": ("阶段", 72),
    "state_words": ("状态", 134),
    "unit_words": ("责任单位", 128),
}
Row = Mapping[str, Any]


def linked(key: str, known: Collection[str]) -> str:
    """Return what the address names under a key, '' when it names nothing that is known."""
    word = str(st.query_params.get(key, ""))
    return word if word in known else ""


def go_to(key: str, word: str) -> None:
    """Let the address name what was chosen and draw the page around it."""
    if str(st.query_params.get(key, "")) != word:
        st.query_params[key] = word
        st.rerun()


def state_words(row: Row) -> str:
    """Return how a project stands in its stage: `■ 卡住 213 天`."""
    days = words.days(row["days_in_stage"])
    if row["is_stuck"]:
        return f"■ 卡住 {days}"
    if row["is_past_quarter"]:
        return f"▲ 过季 {days}"
    return f"● {days}"


def project_list(projects: pd.DataFrame, *, key: str, rows_max: int) -> Row | None:
    """Draw projects, the longest stuck first; return the chosen one, else the first."""
    rows = projects.to_dict("records")
    shown = projects.assign(
        stage_words=[words.text(row["stage"]) for row in rows],
        state_words=[state_words(row) for row in rows],
        unit_words=[words.text(row["unit"]) for row in rows],
    )
    return row_list(shown, COLUMNS, key=key, rows_max=rows_max)


def project_card(row: Row | None, *, key: str) -> None:
    """Draw a project's card with its source."""
    row_card(row, "title", _fields, key=key)


def _fields(row: Row) -> dict[str, Any]:
    since = words.iso_day(row["since_on"])
    how = "台账所填" if row["is_since_stated"] else "首次报为这一阶段的月份"
    days = {"签约": row["signed_on"], "开工": row["started_on"], "复工": row["resumed_on"]}
    dated = "　".join(
        f"{name} {words.iso_day(day)}" for name, day in days.items() if not words.is_missing(day)
    )
    return {
        "编号": row["item_key"],
        "类别": row["kind"],
        "产业": row["industry"],
        "总投资": words.amount(row["invested_total"], "亿元"),
        "争取资金": words.amount(row["won_this_year"], "亿元"),
        "阶段": f"{words.text(row['stage'])}，{since} 起（{how}）",
        "日期": dated or None,
        "卡点": row["obstacle"],
        "进展": row["progress_note"],
        "台账": "最新一期台账没有列出" if row["is_vanished"] else None,
    }
