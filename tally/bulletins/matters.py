"""四 to 七: tasks and indicators, what was reported, typical cases, and what is to be done next."""

from collections.abc import Sequence
from typing import Any

from tally import words
from tally.bulletins.asking import Answer, Source
from tally.bulletins.terms import Row
from tally.contracts import contracts
from tally.notices.content import Figure, Grid, Part

LIGHT_WORDS = {"green": "● 绿灯", "yellow": "▲ 黄灯", "red": "■ 红灯"}
ROWS_MAX = 12
LONG_OVERDUE_DAYS = 30
CASE_NOTE_MAX = 120


def _items(number: float | None) -> str:
    return words.count(number, "项").replace(" ", "")


def matters(source: Source) -> Part:
    """Return the lights of tasks and indicators, and what falls due next."""
    tasks, figures = source.ask("task_progress"), source.ask("indicator_progress")
    soon, totals = source.ask("due_soon_items"), source.ask("campaign_totals")
    latest = [row for row in figures.rows if row["is_latest"] and row["light"]]
    lines = [*_light_lines("重点任务", tasks.rows), *_light_lines("经济指标", latest)]
    if totals.first:
        days = int(totals.first["due_soon_days"])
        lines.append(f"今后{days}天内到期、尚未销号的事项{_items(len(soon.rows))}。")
    counted = (Figure("即将到期数", _items(len(soon.rows)), soon.query),)
    return Part(tuple(lines), counted, (_task_grid(tasks), _figure_grid(figures, latest)))


def _light_lines(what: str, rows: Sequence[Row]) -> tuple[str, ...]:
    if not rows:
        return ()
    counts = {
        light: sum(row["light"] == light for row in rows) for light in ("green", "yellow", "red")
    }
    grey = len(rows) - sum(counts.values())
    told = "、".join(f"{LIGHT_WORDS[light][2:]}{_items(n)}" for light, n in counts.items())
    return (f"{what}{_items(len(rows))}：{told}{f'、不能判灯{_items(grey)}' if grey else ''}。",)


def _task_grid(tasks: Answer) -> Grid:
    worst = [row for row in tasks.rows if row["light"] == "red"]
    rows = tuple(
        (
            words.text(row["task"]),
            words.text(row["unit"]),
            words.share(row["achieved_share"]),
            words.share(row["schedule_share"]),
            words.iso_day(row["due_on"]),
        )
        for row in worst[:ROWS_MAX]
    )
    heads = ("任务", "牵头单位", "完成", "序时", "期限")
    more = f"只列{ROWS_MAX}项，另有{len(worst) - ROWS_MAX}项红灯任务。"
    note = more if len(worst) > ROWS_MAX else ""
    widths = (4.4, 2.6, 1.2, 1.2, 1.6)
    return Grid("表_任务", "红灯任务", heads, rows, widths, tasks.query, note)


def _figure_grid(figures: Answer, latest: Sequence[Row]) -> Grid:
    order = {"red": 0, "yellow": 1, "green": 2}
    rows = tuple(
        (
            words.text(row["indicator"]),
            words.year_month(row["month"]),
            words.amount(row["value"], row["unit_of_measure"]),
            words.share(row["achieved_share"]),
            words.share(row["schedule_share"]),
            LIGHT_WORDS[row["light"]],
        )
        for row in sorted(latest, key=lambda row: order[row["light"]])[:ROWS_MAX]
    )
    heads = ("指标", "数据月份", "累计", "占全年目标", "时间进度", "灯")
    widths = (3.4, 1.8, 2.2, 1.6, 1.4, 1.4)
    return Grid("表_指标", "经济指标", heads, rows, widths, figures.query)


def reporting(source: Source) -> Part:
    """Return which units reported the period's lists and which did not, and lists that are late."""
    units = source.ask("unit_reporting")
    sent = [row for row in units.rows if row["is_reported"]]
    silent = [row["unit"] for row in units.rows if not row["is_reported"]]
    lines = [f"{source.terms.period_words}台账，{len(units.rows)}个单位中已报{len(sent)}个。"]
    if silent:
        lines.append(f"未报的单位：{'、'.join(silent)}。未报不等于没有问题，也不计为零。")
    owed = _owed(source)
    figures = (Figure("已报单位数", f"{len(sent)}个", units.query),)
    return Part(tuple(lines), figures, (owed,))


def _owed(source: Source) -> Grid:
    """Return the lists of the period that are missing or came late."""
    rows: list[tuple[str, ...]] = []
    query = ""
    for month in source.terms.months:
        due = source.ask("submissions_due", source.terms.issued_on, month=f"{month:%Y-%m}")
        query = f"{query}；{due.query}" if query else due.query
        rows += [
            (
                words.year_month(month),
                contracts()[row["ledger"]].title,
                row["unit"] or "合并报送",
                words.iso_day(row["due_on"]),
                "未报" if row["status"] == "missing" else "迟报",
            )
            for row in due.rows
            if row["status"] in ("missing", "late")
        ]
    heads = ("月份", "台账", "单位", "应报日期", "情况")
    widths = (1.6, 3, 3, 1.8, 1)
    return Grid("表_未报", "未报、迟报的台账", heads, tuple(rows), widths, query)


def cases(source: Source, keys: Sequence[str], is_good: bool) -> Part:
    """Return typical cases (G2) by their keys, in the words of the ledger that holds each.

    A key is that of an item, or of a row of the 典型案例台账.
    """
    told = []
    for key in keys:
        if item := source.ask("items", item_key=key).first:
            told.append(_case(item, is_good))
        elif case := source.ask("typical_cases", item_key=key).first:
            told.append(_published_case(case))
    return Part(tuple(f"{number}.{case}" for number, case in enumerate(told, start=1)))


def _published_case(case: Row) -> str:
    content = str(case["content"] or "").strip("。；; ")[:CASE_NOTE_MAX]
    where = f"，刊于{case['published_in']}" if case["published_in"] else ""
    told = f"{case['unit']}“{case['title']}”（{words.chinese_day(case['published_on'])}{where}）。"
    return f"{told}{content}。" if content else told


def _case(item: Row, is_good: bool) -> str:
    due = words.chinese_day(item["due_on"]) if item["due_on"] else "未定"
    told = f"{item['unit']}“{item['title']}”，期限{due}"
    if is_good:
        told += f"，{words.chinese_day(item['closed_at_on'])}销号"
        told += "，核查属实" if item["is_verified"] else ""
    elif item["is_reopened"]:
        told += "，自报销号后核查不实，重新办理"
    elif item["is_overdue"]:
        told += f"，已逾期{int(item['overdue_days'])}天"
    note = str(item["progress_note"] or "").strip("。；; ")
    return f"{told}。{f'办理情况：{note[:CASE_NOTE_MAX]}。' if note else ''}"


def shortcomings(source: Source) -> Part:
    """Return what is wrong: long overdue, refuted, gone from the lists."""
    totals, overdue = source.ask("campaign_totals"), source.ask("overdue_items")
    late = [row for row in overdue.rows if row["overdue_days"] > LONG_OVERDUE_DAYS]
    row: Any = totals.first or {"overdue_30_count": 0, "reopened_count": 0, "vanished_count": 0}
    told = {
        f"逾期{LONG_OVERDUE_DAYS}天以上的事项{_items(row['overdue_30_count'])}": late,
        f"自报销号后核查不实的事项{_items(row['reopened_count'])}": row["reopened_count"],
        f"未说明去向就不再列入清单的事项{_items(row['vanished_count'])}，仍按未销号计": (
            row["vanished_count"]
        ),
    }
    lines = [f"{sentence}。" for sentence, is_there in told.items() if is_there]
    vanished = Figure("去向不明数", _items(row["vanished_count"]), totals.query)
    return Part(
        tuple(lines) or ("没有逾期30天以上、核查不实或去向不明的事项。",),
        (vanished,) if totals.first else (),
        (_late_grid(overdue, late),),
    )


def _late_grid(overdue: Answer, late: Sequence[Row]) -> Grid:
    rows = tuple(
        (
            words.text(row["title"]),
            words.text(row["unit"]),
            words.iso_day(row["due_on"]),
            words.days(row["overdue_days"]).replace(" ", ""),
        )
        for row in late[:ROWS_MAX]
    )
    note = f"只列逾期最久的{ROWS_MAX}项，共{len(late)}项。" if len(late) > ROWS_MAX else ""
    heads = ("事项", "责任单位", "期限", "逾期")
    title = f"逾期{LONG_OVERDUE_DAYS}天以上的事项"
    return Grid("表_长期逾期", title, heads, rows, (5, 2.6, 1.7, 1.2), overdue.query, note)


def next_steps(source: Source) -> Part:
    """Return what follows from the figures; nothing is decided here that nobody decided."""
    totals, units = source.ask("campaign_totals").first, source.ask("unit_reporting").rows
    silent = sum(not row["is_reported"] for row in units)
    lines = []
    if totals and totals["overdue_count"]:
        lines.append("有逾期事项的单位，请逐项说明原因，明确完成时限。")
    if totals and totals["reopened_count"]:
        lines.append("核查不实的事项，请责任单位重新办理后再报销号。")
    if totals and totals["vanished_count"]:
        lines.append("不再列入清单的事项，请说明合并、移交、撤销或重复等去向。")
    if silent:
        lines.append("未报台账的单位，请尽快补报；没有事项的，报零报告。")
    if totals and totals["due_soon_count"]:
        lines.append("即将到期的事项，请责任单位提前安排，按期销号。")
    return Part(tuple(f"{number}.{line}" for number, line in enumerate(lines, start=1)))
