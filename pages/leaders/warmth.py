"""暖民心: awareness, participation and satisfaction of each action in each community."""

from tally import board
from tally.board.warmth import show_warmth

chosen = board.filters()
board.stop_without_data(chosen)
show_warmth(chosen)
