"""履职日历: every periodic duty, who did it when, and what is due next (E1–E13, D1, A9)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask, theme
from tally.board.panels import UPLOAD_PAGE, figure
from tally.board.tables import table
from tally.board.ways import way_to
from tally.charts.duty_calendar import duty_calendar
from tally.contracts import contracts
from tally.sentences import Name, Verdict, clauses

SOON_DAYS = 14
MOST_LINES = 28
FIGURE_PX = 636
DUTY_KEY, PICKED_KEY = "duty", "_picked_duty"
LINE_LINK, WINDOW_LINK = "line", "window"
SPANS = ("本月", "本季", "本年")
# Which span a rhythm is seen in first, and the key under which another is remembered.
FIRST_SPANS = {"day": ("本月", "days"), "week": ("本季", "weeks"), "fortnight": ("本季", "weeks")}
SUBJECT_WORDS = {
    "units": "单位",
    "posts": "职务",
    "tasks": "任务",
    "objects": "企业（项目）",
    "organs": "机构",
    "fields": "分管领域",
}
Rows = Iterable[Mapping[str, Any]]


@dataclass(frozen=True)
class Cell:
    """The cell chosen in the calendar: a line, and the first and last number of its windows."""

    line: str
    first_number: int
    last_number: int


def rhythm_verdict(totals: Rows, soon: Rows = ()) -> Verdict:
    """Judge rows of `duty_totals`; `soon` are windows due in the next two weeks."""
    rows = list(totals)
    done, late, missing = (
        sum(int(row[key]) for row in rows) for key in ("done_count", "late_count", "missing_count")
    )
    if not rows:
        return Verdict("unreported", "方案里没有定期要做的事", ("写法见方案文件的 duties",))
    next_due = len(list(soon))
    ahead = (f"{SOON_DAYS} 天内到期 {next_due} 项",) if next_due else ()
    if not done + late + missing:
        return Verdict("normal", "还没有到期的履职事项", ahead)
    share = words.share(done / (done + late + missing))
    said = clauses(_most_missing(rows), (f"按时完成 {share}",), ahead)
    if missing:
        behind = f"，迟 {words.count(late)} 次" if late else ""
        return Verdict("overdue", f"履职缺 {words.count(missing)} 次{behind}", said)
    if late:
        return Verdict("soon", f"到期的都做了，其中迟 {words.count(late)} 次", said)
    return Verdict("normal", "到期的都按时做了", said)


def _most_missing(rows: list[Mapping[str, Any]]) -> tuple[str, ...]:
    worst = sorted(rows, key=lambda row: -row["missing_count"])[:3]
    parts: list[str] = []
    for row in worst:
        if row["missing_count"]:
            parts += ["，" if parts else "缺得最多：", Name(row["duty"])]
            parts.append(f" {words.count(row['missing_count'], '次')}")
    return tuple(parts)


def year_of(chosen: Filters) -> dict[str, date]:
    """Return the bounds of the year that the page is about."""
    return {"first_on": date(chosen.as_of.year, 1, 1), "last_on": date(chosen.as_of.year, 12, 31)}


def due_soon(chosen: Filters) -> pd.DataFrame:
    """Return each duty's next window that is due within two weeks and not yet done by all."""
    last = chosen.as_of + timedelta(days=SOON_DAYS)
    windows = ask("duty_windows", chosen, first_on=chosen.as_of, last_on=last)
    due = windows[(windows["window_end_on"] <= last) & (windows["waiting_count"] > 0)]
    return due.drop_duplicates("duty").sort_values("window_end_on", kind="stable")


def pick_duty(totals: pd.DataFrame) -> pd.Series:
    """Let a duty be chosen, by section; what the summary picked last goes first."""
    if picked := st.session_state.pop(PICKED_KEY, None):
        st.session_state[DUTY_KEY] = picked
    sections = dict(zip(totals["duty"], totals["section"], strict=True))
    name = st.selectbox(
        "事项",
        list(sections),
        format_func=lambda duty: f"{sections[duty]}｜{duty}" if sections[duty] else duty,
        key=DUTY_KEY,
        bind="query-params",
        on_change=leave_cell,
        label_visibility="collapsed",
        width=420,
    )
    return totals[totals["duty"] == (name or totals.iloc[0]["duty"])].iloc[0]


def pick_span(chosen: Filters, every: str) -> dict[str, date]:
    """Let month, quarter or year be chosen; return its bounds."""
    first, key = FIRST_SPANS.get(every, ("本年", "months"))
    span = st.segmented_control(
        "时段", SPANS, default=first, key=f"span_{key}", required=True,
        bind="query-params", label_visibility="collapsed",
    )  # fmt: skip
    return span_bounds(chosen.as_of, span or first)


def span_bounds(as_of: date, span: str) -> dict[str, date]:
    """Return first and last day of the month, quarter or year that a day lies in."""
    months = {"本月": 1, "本季": 3, "本年": 12}[span]
    first = date(as_of.year, (as_of.month - 1) // months * months + 1, 1)
    following = first.month + months
    last = date(first.year + following // 13, (following - 1) % 12 + 1, 1) - timedelta(days=1)
    return {"first_on": first, "last_on": last}


def calendar(
    chosen: Filters, duty: pd.Series, bounds: Mapping[str, date], cell: Cell | None
) -> None:
    """Draw the calendar of one duty; many subjects are gathered by the unit that answers."""
    cells = ask(
        "duty_calendar",
        chosen,
        duty=[duty["duty"]],
        is_by_unit=is_by_unit(duty),
        **bounds,
    )
    picked = figure(
        duty_calendar(
            cells,
            duty["every"],
            theme=theme(),
            empty=_why_empty(duty),
            chosen=(cell.line, cell.first_number) if cell else None,
            height=FIGURE_PX,
        ),
        key="duty_calendar",
        alt=f"{duty['duty']}：{_counts_words(duty)}",
        is_selectable=True,
    )
    if picked:
        _keep_cell(Cell(picked[0], int(picked[1]), int(picked[2])), cell)


def is_by_unit(duty: pd.Series) -> bool:
    """Tell whether a duty's subjects are too many for a line each."""
    return int(duty["subject_count"]) > MOST_LINES and duty["subjects"] != "units"


def remark(duty: pd.Series) -> None:
    """Say under the calendar whose it is to see to, what is missing, and what the pack remarks."""
    said = [f"牵头：{duty['owner']}"] if duty["owner"] else []
    if not words.is_missing(duty["unsent"]):
        titles = "、".join(_title(kind) for kind in duty["unsent"].split(","))
        said.append(f"{titles}还没有报来，缺和迟按没有记录计")
    said += [duty[key] for key in ("due_note", "note") if words.text(duty[key]) != words.EMPTY]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":gray[:small[{words.escape_markdown('；'.join(said))}]]", width="stretch")
        if _lacks_a_list(duty):
            way_to(UPLOAD_PAGE, "去上传")


def _lacks_a_list(duty: pd.Series) -> bool:
    is_rosterless = not duty["subject_count"] and duty["subjects"] in ("objects", "tasks")
    return is_rosterless or not words.is_missing(duty["unsent"])


def _title(kind: str) -> str:
    known = contracts().get(kind)
    return known.title if known else kind


def _why_empty(duty: pd.Series) -> str:
    if duty["subject_count"]:
        return "这一段时间没有要做的"
    if duty["subjects"] == "objects":
        return "企业与项目名册还没有导入；到“数据上传”导入后，这里就有数了"
    if duty["subjects"] == "tasks":
        return "任务台账还没有导入；到“数据上传”导入后，这里就有数了"
    return f"筛选后没有要做这件事的{SUBJECT_WORDS[duty['subjects']]}"


def _counts_words(duty: pd.Series) -> str:
    keys = {"done": "done_count", "late": "late_count", "missing": "missing_count"}
    return "，".join(f"{words.DUTY_STATES[key].word} {duty[name]}" for key, name in keys.items())


def chosen_cell() -> Cell | None:
    """Return the cell that the address names (`?line=甲部&window=3-3`), None without one."""
    line = str(st.query_params.get(LINE_LINK, ""))
    first, _, last = str(st.query_params.get(WINDOW_LINK, "")).partition("-")
    if not (line and first.isdecimal() and last.isdecimal() and len(first + last) < 12):
        return None
    return Cell(line, int(first), int(last))


def _keep_cell(cell: Cell, before: Cell | None) -> None:
    """Let the address name a newly chosen cell: the next run shows it."""
    if cell != before:
        st.query_params[LINE_LINK] = cell.line
        st.query_params[WINDOW_LINK] = f"{cell.first_number}-{cell.last_number}"
        st.rerun()


def leave_cell() -> None:
    """Take the cell out of the address."""
    for key in (LINE_LINK, WINDOW_LINK):
        st.query_params.pop(key, None)


def summary(totals: pd.DataFrame, rows_max: int) -> None:
    """Draw every duty with its counts, those that miss most first; a chosen one is shown."""
    worst = totals.sort_values(
        ["missing_count", "late_count"], ascending=False, kind="stable"
    ).reset_index(drop=True)
    shown = worst.assign(
        state_words=[duty_state(row) for row in worst.to_dict("records")],
        share_words=[words.share(share) for share in worst["done_share"]],
    )
    columns = {
        "duty": st.column_config.TextColumn("事项", width=206),
        "state_words": st.column_config.TextColumn("状态", width=88),
        "done_count": st.column_config.NumberColumn("完成", width=56),
        "late_count": st.column_config.NumberColumn("迟", width=42),
        "missing_count": st.column_config.NumberColumn("缺", width=48),
        "waiting_count": st.column_config.NumberColumn("未到期", width=62),
        "share_words": st.column_config.TextColumn("按时率", width=72),
    }
    position = table(shown, columns, key="duty_summary", row_px=34, rows_max=rows_max)
    picked = None if position is None else str(worst.iloc[position]["duty"])
    if picked != st.session_state.get("_summary_before"):
        st.session_state["_summary_before"] = picked
        if picked:
            st.session_state[PICKED_KEY] = picked
            leave_cell()
            st.rerun()


def duty_state(row: Mapping[str, Any]) -> str:
    """Return the worst of a duty's windows, in the shape and word of its state."""
    for status, key in (
        ("missing", "missing_count"),
        ("late", "late_count"),
        ("done", "done_count"),
    ):
        if row[key]:
            return words.DUTY_STATES[status].label
    return words.DUTY_STATES["not yet due"].label if row["waiting_count"] else words.EMPTY


def soon_table(soon: pd.DataFrame) -> None:
    """Draw what is due within two weeks, the earliest first, with who still has to do it."""
    if soon.empty:
        st.markdown(f":green[●] {SOON_DAYS} 天内没有到期事项")
        return
    shown = soon.assign(
        when=[
            window_words(row["window_start_on"], row["window_end_on"])
            for row in soon.to_dict("records")
        ],
        open=[
            f"{row['waiting_count']} / {row['subject_count']}" for row in soon.to_dict("records")
        ],
    )
    columns = {
        "when": st.column_config.TextColumn("时间", width=128),
        "duty": st.column_config.TextColumn("事项", width=200),
        "open": st.column_config.TextColumn("未做", width=72),
        "waiting": st.column_config.TextColumn("谁", width=170),
    }
    table(shown, columns, key="duties_soon", row_px=34, rows_max=7)


def window_words(first: date, last: date) -> str:
    """Return a window's days as `10月7–11日` or `9月28日–10月4日`."""
    if first == last:
        return words.day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.month}月{first.day}–{last.day}日"
    return f"{words.day(first)}–{words.day(last)}"
