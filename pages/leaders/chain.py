"""责任链: city, county, town; down by a click, up by the breadcrumbs, counts summed and told."""

from tally import board
from tally.board.chain import chain, linked_unit

chosen = board.filters()
board.stop_without_data(chosen)
chain(chosen, linked_unit())
