"""项目攻坚: annual numbers against lists, projects from stage to stage, admission."""

from tally import board
from tally.board.projects import show_projects

chosen = board.filters()
board.stop_without_data(chosen)
show_projects(chosen)
