"""任务一张图: every task of every class on one screen; one task on one page, to be printed."""

from tally import board
from tally.board.task import all_tasks, linked_task, one_task
from tally.board.task_standing import Task

chosen = board.filters()
board.stop_without_data(chosen)
wanted = linked_task()
task = Task.named(chosen, wanted) if wanted else None
if task is None:
    all_tasks(chosen, missing=wanted)
else:
    one_task(task)
