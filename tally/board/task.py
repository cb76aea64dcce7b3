"""任务一张图, all tasks: which class, which light, and the one that was chosen (A5)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask, theme
from tally.board.panels import UPLOAD_PAGE, figure, panel, stop_without_items, verdict
from tally.board.provenance import show_source
from tally.board.task_card import task_card
from tally.board.task_print import print_on_one_page
from tally.board.task_standing import Task, task_verdict_of
from tally.board.ways import way_to
from tally.charts.task_classes import task_classes
from tally.sentences import Name, Verdict, clauses

LINK = "task"
TILES_PX = 784
Rows = Iterable[Mapping[str, Any]]


def linked_task() -> str:
    """Return the task that the address names (`?task=ZD-01`), '' without one."""
    return str(st.query_params.get(LINK, ""))


def open_task(item_key: str) -> None:
    """Let the address name a task: the next run shows it."""
    st.query_params[LINK] = item_key


def leave_task() -> None:
    """Take the task out of the address: the next run shows all of them."""
    st.query_params.pop(LINK, None)


def _count(rows: list[Mapping[str, Any]], key: str) -> int:
    return sum(int(row[key]) for row in rows)


def silent_months(owed: pd.DataFrame) -> list[str]:
    """Return the months in which no list of tasks came that was due, of `submissions_due`."""
    lists = owed[owed["ledger"] == "tasks"]
    is_missing = (lists["status"] == "missing").groupby(lists["month"]).all()
    return [str(month) for month in is_missing.index[is_missing]]


def classes_verdict(
    classes: Rows, changes: Rows, missing: str = "", silent: Sequence[str] = ()
) -> Verdict:
    """Judge rows of `task_classes`, with `task_changes` for what was closed since last month.

    `missing` is the task that the address asked for and no list names; `silent` are the months
    (`2021-03`) without a list, which are a gap and not a month without progress.
    """
    rows = list(classes)
    total, red, yellow = (_count(rows, f"{key}_count") for key in ("task", "red", "yellow"))
    lost = (f"没有编号“{missing}”的任务",) if missing else ()
    if not total:
        return Verdict("unreported", "还没有任务", lost)
    short = [row["class"] for row in rows if not words.is_missing(row["missing_count"])]
    short = [
        f"{row['class']} 少 {int(row['missing_count'])} 项"
        for row in rows
        if row["class"] in short and row["missing_count"] > 0
    ]
    said = clauses(
        lost,
        (f"已完成 {_count(rows, 'closed_count')} 项", *_closed_since(changes)),
        _reddest(rows),
        ("与文件所列相比：", "、".join(short)) if short else (),
        (f"未报任务台账：{'、'.join(words.month(month) for month in silent)}",) if silent else (),
    )
    if red:
        more = f"，黄灯 {yellow} 项" if yellow else ""
        return Verdict("overdue", f"{total} 项任务，红灯 {red} 项{more}", said)
    if yellow:
        return Verdict("soon", f"{total} 项任务，黄灯 {yellow} 项，无红灯", said)
    return Verdict("normal", f"{total} 项任务，均按序时推进", said)


def _closed_since(changes: Rows) -> tuple[str, ...]:
    """Say how many tasks were closed, and how many turned red, since the month before."""
    found = [row for row in changes if row["column"] in ("state", "light")]
    closed = sum(row["column"] == "state" and row["new_value"] == "closed" for row in found)
    red = sum(row["column"] == "light" and row["new_value"] == "red" for row in found)
    newly = f"新完成 {closed} 项，新转红 {red} 项"
    return (f"（比上月末：{newly}）",) if closed or red else ()


def _reddest(rows: list[Mapping[str, Any]]) -> tuple[str, ...]:
    worst = max(rows, key=lambda row: int(row["red_count"]))
    red = int(worst["red_count"])
    return ("红灯最多：", Name(worst["class"]), f" {red} 项") if red else ()


def all_tasks(chosen: Filters, missing: str = "") -> None:
    """Draw every task as a tile under its class; a chosen one opens."""
    if ask("task_progress", campaign=chosen.campaign, as_of=chosen.as_of).empty:
        verdict(Verdict("unreported", "还没有任务台账", ("这个专项行动没有交过任务台账",)))
        way_to(UPLOAD_PAGE, "去上传任务台账")
        return
    tasks = ask("task_progress", chosen)
    stop_without_items(tasks)
    classes = ask("task_classes", chosen)
    changes = ask("task_changes", chosen).to_dict("records")
    owed = ask("submissions_due", campaign=chosen.campaign, as_of=chosen.as_of)
    opening = classes_verdict(classes.to_dict("records"), changes, missing, silent_months(owed))
    verdict(opening)
    with panel("", height=TILES_PX):
        picked = figure(
            task_classes(classes, tasks, theme=theme()),
            key="task_tiles",
            alt=opening.spoken,
            is_selectable=True,
        )
    if picked:
        open_task(str(picked[0]))
        st.rerun()


def one_task(task: Task) -> None:
    """Draw one task, with the ways to its neighbours and back; it prints on one A4 page."""
    opening = task_verdict_of(task)
    left, right = st.columns([3, 1], vertical_alignment="center")
    with left:
        verdict(opening)
    with right:
        _ways(task)
    task_card(task, opening.spoken)
    print_on_one_page(task.chosen.pack.campaign.full_name)


def _ways(task: Task) -> None:
    """Draw the way back to all tasks, and on to the tasks before and after this one."""
    keys = ask("task_progress", task.chosen)["item_key"].tolist()
    place = keys.index(task.key) if task.key in keys else None
    with st.container(horizontal=True, horizontal_alignment="right"):
        st.button("全部任务", on_click=leave_task)
        for label, step in (("上一项", -1), ("下一项", 1)):
            at = -1 if place is None else place + step
            is_there = 0 <= at < len(keys)
            key = str(keys[at]) if is_there else ""
            st.button(label, on_click=open_task, args=(key,), disabled=not is_there)
        row = int(task.row["row"])
        if st.button(f"看原表第 {row} 行"):
            place = int(task.row["upload"]), str(task.row["sheet"]), row
            show_source(*place, "tasks", task.key)
