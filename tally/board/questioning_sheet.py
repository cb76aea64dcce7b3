"""The fact sheet of a unit before it is questioned: facts to ask about, no verdict (D20)."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from tally import words
from tally.board.asking import Filters, ask
from tally.board.card import field_table
from tally.board.panels import heading


def draw_sheet(chosen: Filters, drawn: str | None) -> None:
    """Draw what is known of the drawn unit, else of the one chosen here."""
    sheets = ask("questioning_sheet", campaign=chosen.campaign, as_of=chosen.as_of)
    if sheets.empty:
        st.markdown(":gray[花名册里还没有单位]")
        return
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        heading("情况单", "只列事实，供提问")
        unit = _unit(sheets["unit"].tolist(), drawn)
    sheet = sheets[sheets["unit"] == unit].iloc[0].to_dict()
    st.markdown(f"#### {words.escape_markdown(unit)}")
    field_table(_fields(sheet))


def _unit(units: list[str], drawn: str | None) -> str:
    if drawn is not None:
        return drawn
    chosen: str = st.selectbox(
        "单位", units, key="sheet_unit", label_visibility="collapsed", width=240
    )
    return chosen


def _fields(sheet: Mapping[Any, Any]) -> dict[str, Any]:
    longest = sheet["longest_overdue"]
    is_late = not words.is_missing(longest)
    return {
        "分管领导": _known(sheet["leader_post"]),
        "报送": "● 本月已报" if sheet["is_reported"] else f"○ 未报，最近 {_month(sheet)}",
        "牵头事项": words.count(sheet["item_count"], "项"),
        "到期已销号": words.ratio(sheet["closed_due_count"], sheet["due_count"]),
        "逾期": words.count(sheet["overdue_count"], "项"),
        "最久逾期": f"{words.days(sheet['overdue_days_max'])}：{longest}" if is_late else None,
        "核查退回": words.count(sheet["reopened_count"], "项"),
        "任务亮黄红灯": words.ratio(sheet["task_behind_count"], sheet["task_count"]),
        "未了预警": f"{words.count(sheet['open_finding_count'], '条')}，"
        f"红 {words.count(sheet['red_finding_count'], '条')}",
        "最重预警": None
        if words.is_missing(sheet["gravest_finding"])
        else sheet["gravest_finding"],
        "交办未见效": f"{words.count(sheet['instruction_count'], '件')}，"
        f"逾期 {words.count(sheet['instruction_overdue_count'], '件')}",
        "上次抽问": _last(sheet),
    }


def _known(value: Any) -> Any:
    return None if words.is_missing(value) else value


def _month(sheet: Mapping[Any, Any]) -> str:
    return words.year_month(sheet["last_month"])


def _last(sheet: Mapping[Any, Any]) -> str:
    if words.is_missing(sheet["last_asked_on"]):
        return "没有抽问过"
    marks = "、".join(words.text(sheet[name]) for name in ("situation", "measures", "effect"))
    return f"{words.iso_day(sheet['last_asked_on'])}：{marks}"
