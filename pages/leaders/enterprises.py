"""企业服务: who was visited, whose problems are open, at which level they are stuck.

An address with `?object=…` opens the card of that enterprise or project.
"""

import streamlit as st

from tally import board, words
from tally.board import enterprises
from tally.charts.approval_days import approval_days
from tally.charts.coordination_levels import coordination_levels
from tally.charts.leader_objects import leader_objects
from tally.charts.object_coverage import object_coverage

UPPER_PX, LOWER_PX = 410, 364

chosen = board.filters()
board.stop_without_data(chosen)
every = board.ask("visit_coverage", chosen)
enterprises.stop_without_objects(every, chosen)
kinds = board.ask("object_coverage", chosen)
totals = kinds[kinds["kind"].isna()].iloc[0]
parked = board.ask("parked_items", chosen)
levels = board.ask("coordination_levels", chosen)
opening = enterprises.served_verdict(totals, parked.to_dict("records"), chosen.as_of)

left, right = st.columns([1, 1], vertical_alignment="center")
with left:
    board.verdict(opening)
with right:
    board.figure(object_coverage(kinds, theme=board.theme()), key="kinds", alt=opening.spoken)

left, right = st.columns([1.75, 1])
with right, board.panel("", height=UPPER_PX):
    subject = enterprises.object_choice(every)
    one = every[every["subject"] == subject].iloc[0].to_dict()
    enterprises.object_card(one, chosen)
with left, board.panel("", height=UPPER_PX):
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        note = (
            f"收集 {words.count(totals['problem_count'])}，"
            f"销号 {words.ratio(totals['closed_count'], totals['problem_count'])}"
        )
        board.heading("包保领导 × 企业（项目）", note)
        kind = enterprises.kind_switch(chosen)
    objects = board.ask("leader_objects", chosen, kind=kind)
    picked = board.figure(
        leader_objects(objects, theme=board.theme(), chosen=subject),
        key="objects",
        alt=opening.spoken,
        is_selectable=True,
    )
    enterprises.want_object("objects", picked[0] if picked else None)

unvisited, stuck, aside, approvals = st.columns(4)
with unvisited, board.panel("最久未走访", "每周一走访", LOWER_PX):
    listed = every if kind is None else board.ask("visit_coverage", chosen, kind=kind)
    enterprises.want_object("unvisited", enterprises.unvisited_table(listed))
with stuck, board.panel("三级协调", enterprises.filter_note("■ 逾期　● 在办", chosen), LOWER_PX):
    picked = board.figure(
        coordination_levels(board.ask("coordination_totals", chosen), levels, theme=board.theme()),
        key="levels",
        alt="问题停在三级协调的哪一级",
        is_selectable=True,
    )
    enterprises.want_object("levels", picked[0] if picked else None)
with aside, board.panel("暂时不能解决", enterprises.filter_note("每周一调度", chosen), LOWER_PX):
    enterprises.want_object("parked", enterprises.parked_table(parked))
with approvals, board.panel("", height=LOWER_PX):
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        board.heading("项目审批", "按工作日历")
        enterprises.rows_button("看台账", "approvals")
    board.figure(
        approval_days(board.ask("approval_days", chosen), theme=board.theme()),
        key="approvals",
        alt="每月审批用时的中位数",
    )
