"""任务一张图, one task: 一项任务、一名领导、一个团队、一张图表、一抓到底 (A7)."""

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import theme
from tally.board.panels import figure, panel
from tally.board.task_source import place_words, rows_words
from tally.board.task_standing import Row, Task, known_rows
from tally.charts.indicator_progress import attained_words
from tally.charts.task_classes import light_label
from tally.charts.task_milestones import task_milestones
from tally.contracts import contracts

MONTHS_MAX, PROBLEMS_MAX, CHANGES_MAX = 6, 4, 4
CHART_PX, MONTHS_PX = 452, 315
FACTS_PX, PROBLEMS_PX, CHANGES_PX = 330, 214, 206
# What a long cell says beyond this is in the original, one click away.
LONGEST_TEXT = 44
LIGHTS = {"red": "■ 红灯", "yellow": "▲ 黄灯", "green": "● 绿灯"}
COLORS = {"■": "red", "▲": "orange", "●": "green", "✓": "blue", "○": "gray"}
# What tells most of a month comes first.
TOLD_FIRST = ("light", "state", "achieved_share", "value", "due_on", "milestone")


def _remaining(task: Task) -> str:
    if task.row["is_closed"]:
        return f"{words.iso_day(task.item['closed_at_on'])} 完成"
    due_on = task.row["due_on"]
    if due_on is None:
        return "没有完成时限"
    left = (due_on - task.chosen.as_of).days
    original = task.item["original_due_on"]
    moved = f"（原定 {words.iso_day(original)}）" if original and original != due_on else ""
    rest = f"还剩 {left} 天" if left >= 0 else f"逾期 {-left} 天"
    return f"{words.iso_day(due_on)} 到期{moved}，{rest}"


def _figures(task: Task) -> str:
    row = task.row
    counted = ""
    if row["target"] is not None and row["value"] is not None:
        measure = row["unit_of_measure"] or next(
            (one["unit_of_measure"] for one in task.indicators), ""
        )
        counted = f"累计 {row['value']:g} / {row['target']:g} {measure}".rstrip()
    shares = f"进度 {words.share(row['achieved_share'])}，序时 {words.share(row['schedule_share'])}"
    done = int(task.milestones["done_on"].notna().sum())
    nodes = f"节点 {words.ratio(done, len(task.milestones))}" if len(task.milestones) else ""
    return "；".join(part for part in (counted, shares, nodes, *_attached(task)) if part)


def _attached(task: Task) -> list[str]:
    """Say the indicators beside the task's own number."""
    return [
        f"{one['indicator']} {attained_words(one)}"
        for one in task.indicators
        if (one["value"], one["target"]) != (task.row["value"], task.row["target"])
    ]


def five_ones(task: Task) -> dict[str, str]:
    """Return the five ones of a task in words, and where its figures stand."""
    row, item = task.row, task.item
    number = "" if task.key.startswith("~") else f"{task.key} "
    goal = f"；年度目标：{_short(item['goal'])}" if item["goal"] else ""
    partners = f"；配合 {row['partners']}" if row["partners"] else ""
    source = place_words(
        item, task.key, "target_value", "value", "progress_share", "due_on", "state"
    )
    return {
        "一项任务": f"{number}{row['task']}（{row['class'] or '未分类'}）{goal}",
        "一名领导": words.text(task.leader_post),
        "一个团队": f"牵头 {row['unit']}{partners}",
        "一张图表": _figures(task),
        "一抓到底": f"{light_label(row)}；{_remaining(task)}",
        "数据出处": source,
    }


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"


def _cell(text: str) -> str:
    """Return a cell in Markdown: a light in its colour, all else as it is written."""
    color, said = COLORS.get(text[:1]), words.escape_markdown(text)
    return f":{color}[{said}]" if color else said


def _table(rows: list[list[str]], heads: list[str], is_headed: bool = True) -> None:
    shown = [[_cell(cell) for cell in row] for row in rows]
    st.table(
        pd.DataFrame(shown, columns=heads),
        border="horizontal",
        hide_index=True,
        hide_header=not is_headed,
    )


def _month_row(task: Task, month: Row) -> list[str]:
    column = "progress_share" if month["value"] is None else "value"
    value = words.EMPTY if month["value"] is None else f"{month['value']:g}"
    shares = f"{words.share(month['achieved_share'])} / {words.share(month['schedule_share'])}"
    light = LIGHTS.get(month["light"] or "", "○ 无灯")
    note = _short(words.text(month["progress_note"] or month["milestone"]))
    place = place_words(month, task.key, column)
    return [words.month(month["month"]), value, shares, light, note, place]


def _months(task: Task) -> None:
    """List what each month's list said, the newest first, and the months that said nothing."""
    is_reported = task.months["is_reported"]
    silent = [words.month(month) for month in task.months[~is_reported]["month"]]
    note = f"○ 未报：{'、'.join(silent)}" if silent else "每月都有报告"
    newest = known_rows(task.months[is_reported].iloc[::-1].head(MONTHS_MAX))
    with panel("逐月报告", note, MONTHS_PX):
        heads = ["月份", "累计完成", "进度 / 序时", "灯", "本月进展", "出处"]
        _table([_month_row(task, month) for month in newest], heads)


def _problem_words(problem: Row) -> str:
    title = words.escape_markdown(problem["title"])
    who = f":gray[{words.escape_markdown(problem['owner'] or problem['unit'])}]"
    if problem["is_closed"]:
        return f":blue[✓] {title}　{who}　{words.iso_day(problem['closed_at_on'])} 销号"
    age = "" if problem["age_days"] is None else f"，已 {int(problem['age_days'])} 天"
    if problem["is_overdue"]:
        return f":red[■ {title}]　{who}　逾期 {int(problem['overdue_days'])} 天{age}"
    return f":green[●] {title}　{who}　{words.iso_day(problem['due_on'])} 到期{age}"


def _problems(task: Task) -> None:
    problems = task.problems
    open_count = sum(not problem["is_closed"] for problem in problems)
    note = f"未销号 {open_count} / {len(problems)}" if problems else ""
    with panel("关联问题", note, PROBLEMS_PX):
        lines = [_problem_words(problem) for problem in problems[:PROBLEMS_MAX]]
        if len(problems) > PROBLEMS_MAX:
            lines.append(f":gray[另有 {len(problems) - PROBLEMS_MAX} 项，见台账查询]")
        st.markdown("  \n".join(lines) or ":gray[没有关联到这项任务的问题]")


def _said(column: str, value: str | None) -> str:
    """Return a value of `task_changes` as the public reads it."""
    if value is None:
        return words.EMPTY
    if column == "light":
        return LIGHTS.get(value, value)
    if column == "state":
        return words.ITEM_STATE_WORDS.get(value, value)
    return words.share(float(value)) if column == "achieved_share" else value


def change_words(change: Row) -> str:
    """Return a row of `task_changes` as `进度：58.5% → 68.2%`."""
    column = change["column"]
    if column == "item_key":
        return "本月首次列入台账"
    titles = {one.name: one.title for one in contracts()["tasks"].columns}
    title = (titles | {"light": "灯", "achieved_share": "进度"}).get(column, column)
    old, new = (_short(_said(column, change[name])) for name in ("old_value", "new_value"))
    return f"{title}：{old} → {new}"


def _told_first(change: Row) -> int:
    column = change["column"]
    return TOLD_FIRST.index(column) if column in TOLD_FIRST else len(TOLD_FIRST)


def _reached(task: Task) -> list[str]:
    """Say which milestones were reached in the month."""
    month = task.chosen.as_of.replace(day=1)
    return [
        f"节点“{one['milestone']}”{words.day(one['done_on'])}完成"
        for one in known_rows(task.milestones)
        if one["done_on"] and one["done_on"] >= month
    ]


def _changes(task: Task) -> None:
    # What was written about the month stands in the list beside it.
    told = [change for change in task.changes if change["column"] != "progress_note"]
    changes = map(change_words, sorted(told, key=_told_first))
    lines = [*_reached(task), *changes][:CHANGES_MAX]
    with panel("比上月末变化", "", CHANGES_PX):
        said = "  \n".join(words.escape_markdown(line) for line in lines)
        st.markdown(said or ":gray[没有变化]")


def _chart(task: Task, spoken: str) -> None:
    campaign = task.chosen.pack.campaign
    span = campaign.start_on, task.row["due_on"] or campaign.end_on
    chart = task_milestones(
        task.milestones,
        task.months,
        span,
        task.chosen.as_of,
        theme=theme(),
        height=CHART_PX - 82,
    )
    figure(chart, key="task_chart", alt=spoken)
    if len(task.milestones):
        place = words.escape_markdown(rows_words(known_rows(task.milestones)))
        st.markdown(f":gray[:small[节点出处：{place}]]")


def task_card(task: Task, spoken: str) -> None:
    """Draw one task on one screen, which prints on one A4 page; `spoken` is its verdict."""
    left, right = st.columns([1, 1.6])
    with left:
        with panel("五个一", "", height=FACTS_PX):
            facts = five_ones(task)
            _table([[name, text] for name, text in facts.items()], ["项", "内容"], is_headed=False)
        _problems(task)
        _changes(task)
    with right:
        with panel("", height=CHART_PX):
            _chart(task, spoken)
        _months(task)
