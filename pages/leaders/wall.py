"""大屏: one screen after another, without chrome, large enough for the farthest seat."""

from tally import board
from tally.board import wall

wall.show(board.filters())
