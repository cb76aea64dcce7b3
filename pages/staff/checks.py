"""抽查核实: a repeatable draw of closed items, its form to fill, and what was found so far.

An address with `?draw=3` opens that draw.
"""

import streamlit as st

from tally import board
from tally.board import checks

LEFT_PX, RIGHT_UPPER_PX, RIGHT_LOWER_PX = 784, 342, 425

chosen = board.filters()
board.stop_without_data(chosen)
draws = board.ask("draws", campaign=chosen.campaign)
drawn = checks.chosen_draw(draws)
items = checks.drawn_with_results(drawn) if drawn else None
results = checks.results_of(drawn) if drawn else None
opening = checks.checks_verdict(drawn, results)

board.verdict(opening)
left, right = st.columns([1.62, 1])
with left, board.panel("", height=LEFT_PX):
    checks.draw_switch(draws, drawn)
    checks.item_list(items)
    if drawn:
        checks.repeat_line(drawn)
with right, board.panel("抽一次", "种子公开，谁都能复算出同一份名单", RIGHT_UPPER_PX):
    checks.draw_form(chosen)
with right, board.panel("到目前为止", "按抽取时的存量加权；粗线为 95% 区间", RIGHT_LOWER_PX):
    checks.results_figure(results, opening)
