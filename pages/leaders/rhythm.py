"""履职日历: who did what they must in which window (E1–E13), by quarter too (D1, A9)."""

import streamlit as st

from tally import board
from tally.board import rhythm, rhythm_proofs, rhythm_quarter

VIEWS = ("履职日历", "季度节奏", "主题与成果")
PANEL_PX = 784
TOPICS_PX = 350
SUMMARY_ROWS = 8

chosen = board.filters()
board.stop_without_data(chosen)
totals = board.ask("duty_totals", chosen, **rhythm.year_of(chosen))
soon = rhythm.due_soon(chosen)
opening = rhythm.rhythm_verdict(totals.to_dict("records"), soon.to_dict("records"))

head, views = st.columns([2.4, 1], vertical_alignment="center")
with head:
    board.verdict(opening)
with views:
    view = st.segmented_control(
        "看", VIEWS, default=VIEWS[0], required=True, key="view", bind="query-params",
        label_visibility="collapsed",
    )  # fmt: skip
if totals.empty:
    board.stop()

left, right = st.columns([1.75, 1])
if view == VIEWS[1]:
    with left, board.panel("", height=PANEL_PX):
        with st.container(horizontal=True, vertical_alignment="center"):
            section = rhythm_quarter.pick_section(totals)
            board.heading(rhythm_quarter.quarter_name(chosen.as_of), "竖线为截至日")
        rhythm_quarter.quarter(chosen, section)
    with right, board.panel("横向比较", "到期销号率，比上季末", PANEL_PX):
        rhythm_quarter.comparison(chosen, 19)
elif view == VIEWS[2]:
    with left:
        with board.panel("规定主题", "每次可自定主题", TOPICS_PX):
            rhythm_quarter.topics(chosen, 6)
        with board.panel("办公室和工作组自己的事", "本年", PANEL_PX - 17 - TOPICS_PX):
            rhythm_quarter.own_duties(chosen, totals, 8)
    with right, board.panel("限期成果", "文件要求印发的", PANEL_PX):
        rhythm_quarter.deliverables(chosen, 19)
else:
    with right:
        with board.panel("全部事项", "本年，按缺的多少；点一行看日历", 400):
            rhythm.summary(totals, SUMMARY_ROWS)
        lower = board.panel("", height=PANEL_PX - 17 - 400)
    with left, board.panel("", height=PANEL_PX):
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            duty = rhythm.pick_duty(totals)
            bounds = rhythm.pick_span(chosen, duty["every"])
        cell = rhythm.chosen_cell()
        rhythm.calendar(chosen, duty, bounds, cell)
        rhythm.remark(duty)
    with right, lower:
        rows = rhythm_proofs.cell_rows(chosen, duty["duty"], cell, bounds) if cell else None
        if cell and rows is not None and not rows.empty:
            rhythm_proofs.cell_card(chosen, cell, rows)
        else:
            board.heading(f"{rhythm.SOON_DAYS} 天内到期")
            rhythm.soon_table(soon)
