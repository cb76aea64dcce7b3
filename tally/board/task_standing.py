"""One task as it stands on a day, with what hangs on it, and the sentence on it (A7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from tally import words
from tally.board.asking import Filters, ask
from tally.charts.task_classes import light_state
from tally.sentences import Verdict, clauses, shortest_fitting

Row = Mapping[str, Any]


def known(row: pd.Series) -> Row:
    """Return a row's cells with None where the frame has one of its missing values."""
    return {name: None if pd.isna(value) else value for name, value in row.items()}


def known_rows(rows: pd.DataFrame) -> list[Row]:
    """Return the rows of a frame, each as `known` gives it."""
    return [known(row) for _, row in rows.iterrows()]


@dataclass(frozen=True)
class Task:
    """One task on the day asked; `row` is its row of `task_progress`.

    What hangs on it is asked for when it is first looked at.
    """

    chosen: Filters
    row: Row

    @classmethod
    def named(cls, chosen: Filters, item_key: str) -> "Task | None":
        """Return the task of that number as it stands on the day, or None.

        The shared filters do not hide it: its address says which one is meant.
        """
        tasks = ask("task_progress", campaign=chosen.campaign, as_of=chosen.as_of)
        found = tasks[tasks["item_key"] == item_key]
        return None if found.empty else cls(chosen, known(found.iloc[0]))

    def _asked(self, question: str, **named: str | bool) -> pd.DataFrame:
        return ask(question, campaign=self.chosen.campaign, as_of=self.chosen.as_of, **named)

    @property
    def key(self) -> str:
        """Who the task is."""
        return str(self.row["item_key"])

    @cached_property
    def item(self) -> Row:
        """The task's row of `items`."""
        found = self._asked("items", item_key=self.key)
        return known(found[found["ledger"] == "tasks"].iloc[0])

    @cached_property
    def months(self) -> pd.DataFrame:
        """What each month's list said."""
        return self._asked("task_months", item_key=self.key)

    @cached_property
    def milestones(self) -> pd.DataFrame:
        """Its milestones."""
        return self._asked("task_milestones", item_key=self.key)

    @cached_property
    def problems(self) -> list[Row]:
        """The problems that name it."""
        return known_rows(self._asked("task_problems", task=self.key))

    @cached_property
    def changes(self) -> list[Row]:
        """What changed since the month before."""
        return known_rows(self._asked("task_changes", item_key=self.key))

    @cached_property
    def indicators(self) -> list[Row]:
        """The newest month of each indicator attached to it (C5)."""
        newest = self._asked("indicator_progress", is_newest=True)
        return known_rows(newest[newest["task"] == self.key])

    @cached_property
    def leader_post(self) -> str | None:
        """Who leads: the post the list names, else the one in charge of the lead unit."""
        roster = self._asked("unit_reporting")
        posts = dict(zip(roster["unit"], roster["leader_post"], strict=True))
        post = self.item["leader_post"] or posts.get(self.row["unit"])
        return None if words.is_missing(post) else str(post)


def task_verdict(task: Row, as_of: date, reached: Sequence[str] = ()) -> Verdict:
    """Judge a row of `task_progress`; `reached` are the statuses of its milestones."""
    state, _ = light_state(task)
    title = str(task["task"])
    missed = sum(status == "missed" for status in reached)
    nodes = (f"{missed} 个节点超期未达",) if missed else ()
    said = clauses((str(task["class"] or "未分类"),), (f"牵头 {task['unit']}",), nodes)
    due_on = task["due_on"]
    if state == "closed":
        return Verdict("normal", shortest_fitting([f"{title}：已完成"]), said)
    if state == "unreported":
        return Verdict("unreported", shortest_fitting([f"{title}：没有报进度"]), said)
    if task["is_overdue"]:
        late = words.days((as_of - due_on).days)
        ends = [f"{title}：逾期 {late}，进度 {words.share(task['achieved_share'])}"]
        return Verdict("overdue", shortest_fitting([*ends, f"{title}：逾期 {late}"]), said)
    gap = words.schedule(task["achieved_share"] - task["schedule_share"])
    pace = "与序时持平" if gap == "持平" else f"{gap.replace(' ', '序时 ')} 个百分点"
    return Verdict(state, shortest_fitting([f"{title}：{pace}", f"{title}"]), said)


def task_verdict_of(task: Task) -> Verdict:
    """Judge one task on its day."""
    return task_verdict(task.row, task.chosen.as_of, task.milestones["status"].tolist())
