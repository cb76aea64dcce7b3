"""活动进度: where in the phases we are, what is closed, what is late, and who is behind."""

from functools import partial

import streamlit as st

from tally import board, verdicts, words
from tally.charts.campaign_months import campaign_months
from tally.charts.campaign_phases import campaign_phases
from tally.charts.campaign_progress import campaign_progress

PANEL_PX = 530

chosen = board.filters()
board.stop_without_data(chosen)
board.stop_without_items(board.ask("campaign_totals", chosen))
totals = board.records("campaign_totals", chosen)[0]
campaign = chosen.pack.campaign
late_units = board.records("overdue_ageing", chosen)
opening = verdicts.progress(totals, late_units, **board.standing(chosen))

left, right = st.columns([1, 1], vertical_alignment="center")
with left:
    board.verdict(opening)
with right:
    board.figure(
        campaign_phases(
            board.ask("campaign_phases", chosen),
            chosen.as_of,
            campaign.start_on,
            campaign.end_on,
            theme=board.theme(),
        ),
        key="phases",
        alt=f"{campaign.name}的阶段",
    )

board.metric_row(totals, board.records("campaign_months", chosen))

left, middle, right = st.columns([1.12, 0.95, 1.28])
with (
    left,
    board.panel(
        f"各{campaign.dimension_word}对序时进度", "竖线为按期限应达；点一行只看它", PANEL_PX
    ),
):
    board.picking_figure(
        campaign_progress(
            board.ask("campaign_progress", board.unpicked(chosen, "dimension")),
            theme=board.theme(),
            chosen=board.picked("dimension"),
        ),
        key="dimensions",
        alt=opening.spoken,
        on_pick=partial(board.pick, "dimension"),
    )
with middle, board.panel("清零销号", "月末剩余与每月进出", PANEL_PX):
    board.figure(
        campaign_months(board.ask("campaign_months", chosen), theme=board.theme()),
        key="months",
        alt=f"月末剩余 {words.count(totals['item_count'] - totals['closed_count'])} 项",
    )
with right, board.panel("", height=PANEL_PX):
    board.urgent_items(chosen, int(totals["due_soon_days"]))
