"""大屏设置: room, order and time of the wall's screens, as one address to open there."""

from tally import board
from tally.board import wall_setup

wall_setup.show(board.filters())
