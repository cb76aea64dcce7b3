"""行动管理: every campaign and its state; archive one, carry open items into the next (A15)."""

from tally import board
from tally.board.campaigns import campaign_panels, campaign_rows, campaigns_verdict

chosen = board.filters()
rows = campaign_rows()
board.verdict(campaigns_verdict(rows))
campaign_panels(chosen, rows)
