"""考评台账: the three appraisals, rankings, contests, points, reports and reviews, questionings."""

from tally import board
from tally.board.appraisals import kept_parts, show_parts

chosen = board.filters()
board.stop_without_data(chosen)
show_parts(chosen, kept_parts(chosen))
