"""议程: what is talked about in the meeting, worst first, with the entry that is on (issue 7.3)."""

from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.agenda_timer import agenda_timer
from tally.board.asking import Filters, ask, theme, today
from tally.board.card import field_table, item_card
from tally.board.closing import View
from tally.board.finding_card import Row, evidence_button
from tally.board.meeting import instruct_button
from tally.board.panels import figure, panel
from tally.board.ways import way_to
from tally.charts.meeting_agenda import meeting_agenda, spoken_entry
from tally.meeting_words import DECIDE, INFORM
from tally.sentences import Name, Verdict, clauses

MINUTES = {f"{count} 分钟": count for count in (2, 3, 5, 8, 10)}
USUAL_MINUTES = "3 分钟"
POSITION = "item"
PAGES = Path(__file__).resolve().parents[2] / "pages"
LEADS_TO = {
    "finding": ("leaders/supervision.py", "到预警督办"),
    "instruction": ("leaders/instructions.py", "到批示交办"),
    "unreported": ("staff/roster.py", "到报送花名册"),
    "overdue": ("leaders/overdue.py", "到逾期热力"),
}
WHOLE_PX, FIGURE_PX = 784, 1128
MAX_DIGITS = 4


def agenda_view(chosen: Filters) -> View:
    """Return the view of the agenda."""
    agenda = ask("meeting_agenda", chosen)
    minutes = MINUTES.get(str(st.session_state.get("minutes", USUAL_MINUTES)), 3)
    return View(agenda_verdict(agenda, minutes), lambda: _draw(chosen, agenda))


def agenda_verdict(agenda: pd.DataFrame, minutes: int) -> Verdict:
    """Judge rows of `meeting_agenda`: how many decisions, and how long they take."""
    if agenda.empty:
        return Verdict("normal", "没有要上会的事项")
    decisions = agenda[agenda["is_decision"]]
    others = len(agenda) - len(decisions)
    if decisions.empty:
        return Verdict("normal", f"没有请决定的事项，{others} 项通报")
    worst = decisions.sort_values("open_days", ascending=False).iloc[0]
    longest = (
        ("最久：", Name(worst["unit"]), f" {words.days(worst['open_days'])}")
        if not words.is_missing(worst["unit"])
        else ()
    )
    needed = (f"每项 {minutes} 分钟，请决定的共需 {_duration(len(decisions) * minutes)}",)
    said = f"{len(decisions)} 项请决定" + (f"，{others} 项通报" if others else "")
    is_red = bool((decisions["level"] == "red").any())
    return Verdict("overdue" if is_red else "soon", said, clauses(longest, needed))


def _duration(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    said = [f"{hours} 小时" if hours else "", f"{rest} 分钟" if rest or not hours else ""]
    return " ".join(part for part in said if part)


def _draw(chosen: Filters, agenda: pd.DataFrame) -> None:
    """Draw the list on the left; the entry that is on, its clock and what can be done, right."""
    if agenda.empty:
        st.markdown("没有提级、红色预警、逾期交办，也没有要通报的。")
        return
    position = _position(len(agenda))
    row = agenda.iloc[position - 1].to_dict()
    left, right = st.columns([1.75, 1])
    with left, panel("", height=WHOLE_PX):
        picked = figure(
            meeting_agenda(
                agenda,
                theme=theme(),
                position=position,
                width=FIGURE_PX,
                height=WHOLE_PX - 40,
            ),
            # A list drawn anew has nothing chosen: the same entry can be chosen again.
            key=f"agenda-{position}",
            alt="；".join(map(spoken_entry, agenda.head(3).to_dict("records"))),
            is_selectable=True,
        )
    with right, panel("", height=WHOLE_PX):
        moved = _entry(chosen, row, len(agenda))
    target = int(picked[0]) if picked else moved
    if target and target != position:
        st.query_params[POSITION] = str(target)
        st.rerun()


def _position(count: int) -> int:
    """Return the place of the entry that is on, from the address; the first when it says none."""
    said = st.query_params.get(POSITION, "")
    is_number = said.isdecimal() and len(said) <= MAX_DIGITS
    return min(max(int(said), 1), count) if is_number else 1


def _entry(chosen: Filters, row: Row, count: int) -> int | None:
    """Draw the clock and the entry that is on; return the position moved to."""
    label = st.segmented_control(
        "每项", list(MINUTES), default=USUAL_MINUTES, required=True, key="minutes",
        bind="query-params", label_visibility="collapsed",
    )  # fmt: skip
    moved = agenda_timer(
        f"{chosen.campaign}-{chosen.as_of}-{today()}", str(row["entry"]), int(row["position"]),
        count, MINUTES.get(label or "", 3),
    )  # fmt: skip
    word = DECIDE if row["is_decision"] else INFORM
    st.markdown(f"### {word}：{words.escape_markdown(str(row['sentence']))}")
    with st.container(horizontal=True, vertical_alignment="center"):
        instruct_button(chosen, None if words.is_missing(row["unit"]) else str(row["unit"]))
        if row["kind"] == "finding":
            evidence_button(chosen, row, key=f"agenda-evidence-{row['position']}")
        if row["kind"] in LEADS_TO:
            page, name = LEADS_TO[row["kind"]]
            way_to(PAGES / page, name)
    if not words.is_missing(row["item_key"]):
        item_card(chosen, str(row["item_key"]), is_projected=True)
    else:
        field_table(_fields(row))
    return moved


def _fields(row: Row) -> dict[str, Any]:
    """Return the lines of an entry that is no item; what is missing is left out."""
    lines = {
        "为何": row["need"],
        "责任": "，".join(
            str(row[name]) for name in ("unit", "leader_post") if not words.is_missing(row[name])
        ),
        "自": f"{words.iso_day(row['since_on'])}，已 {words.days(row['open_days'])}",
        "规则": row["rule"],
        "后果": row["consequence"],
        "条款" if row["kind"] == "finding" else "谁交办": row["clause"],
    }
    return {
        name: None if words.is_missing(value) or not value else str(value)
        for name, value in lines.items()
    }
