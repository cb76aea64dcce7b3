"""三条线与倍增: where the lines lead, who overtakes whom when, and the multiples on their way.

An address with `?line_of=…` opens that indicator's lines, `?lines=倍增` the multiples.
"""

import streamlit as st

from tally import board
from tally.board import lines, multiples
from tally.board.panels import UPLOAD_PAGE
from tally.board.peers import choice

VIEWS = ("三条线", "倍增")

chosen = board.filters()
board.stop_without_data(chosen)
drawn = board.ask("growth_lines", chosen)
if drawn.empty and not chosen.pack.multiples:
    st.title("○ 还没有三条线和倍增目标", anchor=False)
    st.markdown("方案包里写上三条线或倍增目标，并上传有逐年数的“指标台账”，这里就有数。")
    st.page_link(UPLOAD_PAGE, label="去上传")
    st.stop()
head, switches = st.columns([1.6, 1], vertical_alignment="center")
with switches, st.container(horizontal=True, horizontal_alignment="right"):
    view = st.segmented_control(
        "看", VIEWS, default=VIEWS[1] if drawn.empty else VIEWS[0], required=True, key="lines",
        bind="query-params", label_visibility="collapsed",
    )  # fmt: skip
    indicators = list(dict.fromkeys(drawn["indicator"]))
    if view != VIEWS[1] and indicators:
        indicator = choice("指标", indicators, "line_of", 210)
    lines.methods()
if view == VIEWS[1]:
    multiples.multiples_view(chosen, head)
elif indicators:
    lines.lines_view(chosen, indicator, head)
else:
    with head:
        board.verdict(lines.lines_verdict(drawn))
    st.markdown("上传有逐年数（本地和邻县）的 **指标台账** 并发布后，这里就有三条线。")
