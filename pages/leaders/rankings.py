"""单位排名: one league at a time, with n / N and intervals; what is chance is said to be.

Names are shown as the campaign has it (`[rankings] shown`).
"""

from functools import partial

import streamlit as st

from tally import board, verdicts
from tally.board.ranking_use import (
    as_shown,
    league_filters,
    own_verdict,
    ranking_mode,
    stop_without_ranking,
)
from tally.charts.unit_rank_history import unit_rank_history
from tally.charts.unit_ranking import unit_ranking

chosen = board.filters()
board.stop_without_data(chosen)
stop_without_ranking(chosen)
asked = league_filters(board.unpicked(chosen, "unit"))
everyone = board.ask("unit_ranking", asked)
ranking, history = as_shown(chosen, everyone, board.ask("unit_rank_history", asked))
picked = board.picked("unit")
minimum = int(chosen.pack.threshold("minimum_due_items"))
if ranking_mode(chosen) == "own":
    opening = own_verdict(chosen.unit[0], everyone)
else:
    opening = verdicts.rankings(
        ranking.to_dict("records"), history.to_dict("records"), minimum_due_count=minimum
    )

board.verdict(opening)
left, right = st.columns([1.6, 1])
with (
    left,
    board.panel(
        f"到期销号率排名：{asked.league or '、'.join(ranking['league'])}",
        "点为实际值，粗线为 95% 区间；■ 明显低于全部单位，▲ 偏低但不显著",
        784,
    ),
):
    chart = unit_ranking(ranking, theme=board.theme(), chosen=picked)
    if ranking_mode(chosen) == "open":
        board.picking_figure(
            chart, key="ranking", alt=opening.spoken, on_pick=partial(board.pick, "unit")
        )
    else:
        board.figure(chart, key="ranking", alt=opening.spoken)
with right:
    lines = history[history["unit"] == picked] if picked else history
    with board.panel("名次变化", "灰线：变动未超出随机波动", 510):
        board.figure(
            unit_rank_history(lines, theme=board.theme()), key="rank_history", alt="各月名次"
        )
    with board.panel("样本不足，不参与排名", f"到期少于 {minimum} 项", 257):
        board.small_samples(ranking)
