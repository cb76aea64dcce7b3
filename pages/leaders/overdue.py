"""逾期热力: which unit, which deadline month, for how long; down to the item and its cell."""

import streamlit as st

from tally import board, verdicts
from tally.charts.overdue_by_unit import overdue_by_unit

MEASURES = {"件数": "count", "占比": "share"}

chosen = board.filters()
board.stop_without_data(chosen)
cells = board.ask("overdue_by_unit", chosen)
board.stop_without_items(cells)
ageing = board.ask("overdue_ageing", chosen)
reporting = board.reporting(chosen)
opening = verdicts.overdue(ageing.to_dict("records"), **board.standing(chosen))

board.verdict(opening)
left, right = st.columns([1.75, 1])
with left, board.panel("", height=794):
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        board.heading("单位 × 期限月份", "点格子看明细；白为 0，灰为未报")
        measure = st.segmented_control(
            "看", list(MEASURES), default="件数", required=True, label_visibility="collapsed"
        )
    cell = board.chosen_cell(chosen)
    board.all_cells_button(cell)
    picked = board.figure(
        overdue_by_unit(
            cells,
            ageing,
            reporting,
            chosen.as_of,
            theme=board.theme(),
            measure=MEASURES[measure or "件数"],
            chosen=(cell.unit, cell.month) if cell else None,
        ),
        key="heat",
        alt=opening.spoken,
        is_selectable=True,
    )
    board.keep_cell(chosen, picked)
with right:
    items = board.cell_items(chosen, cell)
    title = cell.title if cell else "全部单位"
    with board.panel(f"{title}，{board.overdue_words(items)}", height=340):
        item_key = board.item_table(items, chosen.as_of, key="overdue_items")
    with board.panel("", height=437):
        board.item_card(chosen, item_key or board.first_key(items))
