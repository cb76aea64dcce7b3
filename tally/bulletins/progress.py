"""一、总体情况 and 二、问题分析: how far, against the time, and what is overdue where."""

from collections.abc import Sequence

from tally import words
from tally.bulletins.asking import Answer, Source
from tally.bulletins.terms import Row
from tally.notices.content import Diagram, Figure, Grid, Part, Series
from tally.palette import LIGHT
from tally.sentences import Verdict
from tally.verdicts import progress as progress_verdict

NAMED_MAX = 3
UNITS_MAX = 15
CLOSED, PLANNED = LIGHT.states["closed"].fill, LIGHT.line


def overview(source: Source) -> Part:
    """Return where the campaign stands as a whole and in each dimension."""
    totals = source.ask("campaign_totals")
    before = source.ask("campaign_totals", source.terms.before)
    dimensions = source.ask("campaign_progress")
    return Part(
        (*_total_lines(source, totals.first), *_before_lines(source, before.first)),
        (*_total_figures(totals), *_before_figures(before)),
        (_dimension_grid(source, dimensions),),
        (_dimension_diagram(source, dimensions),),
    )


def _total_lines(source: Source, totals: Row) -> tuple[str, ...]:
    day = words.chinese_day(source.terms.as_of)
    if not totals:
        return (f"截至{day}，台账中还没有事项。",)
    verdict: Verdict = progress_verdict(totals)
    first = (
        f"截至{day}，台账共有事项{_items(totals['item_count'])}，"
        f"按期限到期{_items(totals['due_count'])}，已销号{_items(totals['closed_count'])}，"
        f"销号率{words.share(totals['closed_of_all_share'])}，{verdict.sentence}。"
    )
    second = (
        f"到期事项中已销号{_items(totals['closed_due_count'])}，"
        f"到期销号率{words.share(totals['closed_share'])}；"
        f"按期销号{_items(totals['on_time_count'])}，"
        f"按期率{words.share(totals['on_time_share'])}；"
        f"逾期未销号{_items(totals['overdue_count'])}。"
    )
    checked = (
        f"自报销号后核查属实{_items(totals['verified_count'])}，"
        f"核查不实、重新办理{_items(totals['reopened_count'])}。"
    )
    return first, second, checked


def _items(number: float | None) -> str:
    return words.count(number, "项").replace(" ", "")


def _before_lines(source: Source, before: Row) -> tuple[str, ...]:
    if not before:
        return ()
    return (
        f"上期末（{words.chinese_day(source.terms.before)}）台账共有事项{_items(before['item_count'])}，"
        f"已销号{_items(before['closed_count'])}，"
        f"销号率{words.share(before['closed_of_all_share'])}，"
        f"逾期未销号{_items(before['overdue_count'])}。",
    )


def _total_figures(totals: Answer) -> tuple[Figure, ...]:
    row = totals.first
    if not row:
        return ()
    shown = {
        "事项总数": _items(row["item_count"]),
        "到期数": _items(row["due_count"]),
        "已销号数": _items(row["closed_count"]),
        "销号率": words.share(row["closed_of_all_share"]),
        "与序时差": words.points(row["gap_share"]),
        "到期已销号数": _items(row["closed_due_count"]),
        "到期销号率": words.share(row["closed_share"]),
        "按期销号数": _items(row["on_time_count"]),
        "按期率": words.share(row["on_time_share"]),
        "逾期数": _items(row["overdue_count"]),
        "核查属实数": _items(row["verified_count"]),
        "核查不实数": _items(row["reopened_count"]),
    }
    return tuple(Figure(label, value, totals.query) for label, value in shown.items())


def _before_figures(before: Answer) -> tuple[Figure, ...]:
    row = before.first
    if not row:
        return ()
    shown = {
        "上期事项总数": _items(row["item_count"]),
        "上期已销号数": _items(row["closed_count"]),
        "上期销号率": words.share(row["closed_of_all_share"]),
        "上期逾期数": _items(row["overdue_count"]),
    }
    return tuple(Figure(label, value, before.query) for label, value in shown.items())


def _dimension_grid(source: Source, dimensions: Answer) -> Grid:
    word = source.pack.campaign.dimension_word
    rows = tuple(
        (
            words.text(row["dimension"]),
            words.count(row["item_count"]),
            words.count(row["due_count"]),
            words.count(row["closed_count"]),
            words.share(row["closed_of_all_share"]),
            words.share(row["schedule_share"]),
            words.schedule(row["gap_share"]),
            words.count(row["overdue_count"]),
        )
        for row in dimensions.rows
    )
    heads = (word, "事项", "到期", "已销号", "销号率", "序时应达", "比序时（百分点）", "逾期")
    widths = (3.4, 1, 1, 1.2, 1.3, 1.4, 2, 1)
    return Grid("表_进度", f"各{word}进度", heads, rows, widths, dimensions.query)


def _dimension_diagram(source: Source, dimensions: Answer) -> Diagram:
    return Diagram(
        "图_进度",
        f"各{source.pack.campaign.dimension_word}销号率与序时应达",
        "bar",
        tuple(words.text(row["dimension"]) for row in dimensions.rows),
        (
            _series("销号率", dimensions.rows, "closed_of_all_share", CLOSED),
            _series("序时应达", dimensions.rows, "schedule_share", PLANNED),
        ),
        "0.0%",
        dimensions.query,
    )


def _series(name: str, rows: Sequence[Row], column: str, color: str) -> Series:
    values = (row[column] for row in rows)
    return Series(
        name, tuple(None if words.is_missing(value) else value for value in values), color
    )


def analysis(source: Source) -> Part:
    """Return what is overdue, how long, where, and which dimensions are behind."""
    totals, ageing = source.ask("campaign_totals"), source.ask("overdue_ageing")
    dimensions, months = source.ask("campaign_progress"), source.ask("campaign_months")
    behind = [row["dimension"] for row in dimensions.rows if row["state"] == "behind"]
    lines = [*_overdue_lines(totals.first, ageing.rows)]
    if behind:
        lines.append(f"落后序时5个百分点以上的{source.pack.campaign.dimension_word}："
                     f"{'、'.join(behind)}。")  # fmt: skip
    figures = (
        (Figure("逾期30天以上数", _items(totals.first["overdue_30_count"]), totals.query),
         Figure("有逾期的单位数", words.count(len(ageing.rows)), ageing.query))
        if totals.first else ()
    )  # fmt: skip
    return Part(tuple(lines), figures, (_ageing_grid(ageing),), (_month_diagram(months),))


def _overdue_lines(totals: Row, units: Sequence[Row]) -> tuple[str, ...]:
    if not units:
        return ("没有逾期未销号的事项。",)
    most = "、".join(
        f"{row['unit']}（{_items(row['overdue_count'])}）" for row in units[:NAMED_MAX]
    )
    return (
        f"逾期未销号{_items(totals['overdue_count'])}，涉及{len(units)}个单位，"
        f"其中逾期30天以上{_items(totals['overdue_30_count'])}。逾期较多的是{most}。",
    )


def _ageing_grid(ageing: Answer) -> Grid:
    spans = ("days_1_7_count", "days_8_30_count", "days_31_90_count", "days_over_90_count")
    rows = tuple(
        (
            row["unit"],
            *(words.count(row[span]) for span in spans),
            words.count(row["overdue_count"]),
        )
        for row in ageing.rows[:UNITS_MAX]
    )
    heads = ("责任单位", "1—7天", "8—30天", "31—90天", "90天以上", "合计")
    more = len(ageing.rows) - UNITS_MAX
    note = f"只列逾期最多的{UNITS_MAX}个单位，另有{more}个单位有逾期事项。" if more > 0 else ""
    return Grid(
        "表_逾期", "逾期事项（项）", heads, rows, (3.4, 1.2, 1.2, 1.2, 1.2, 1), ageing.query, note
    )


def _month_diagram(months: Answer) -> Diagram:
    rows = [row for row in months.rows if row["is_reported"]]
    return Diagram(
        "图_月度",
        "各月末未销号事项（项）",
        "column",
        tuple(words.year_month(row["month"]).removeprefix("20") for row in rows),
        (
            _series("未销号", rows, "remaining_count", CLOSED),
            _series("按期限应剩", rows, "planned_remaining_count", PLANNED),
        ),
        "0",
        months.query,
    )
