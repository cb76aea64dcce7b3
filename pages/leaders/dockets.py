"""专项台账: refusals, clues, monthly returns, institutions, kinds of problems, who reported."""

from tally import board
from tally.board.dockets import kept_dockets, show_docket

chosen = board.filters()
board.stop_without_data(chosen)
show_docket(chosen, kept_dockets(chosen))
