"""批示交办: every instruction from 布置 over 跟踪 and 督查 to 见效 (D22)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask, theme, today
from tally.board.card import field_table
from tally.board.closing import View
from tally.board.docket_parts import row_list
from tally.board.panels import UPLOAD_PAGE, figure, heading, panel, stop_without_items
from tally.board.provenance import source_line
from tally.board.ways import way_to
from tally.charts.dated_way import Stop, dated_way
from tally.charts.instruction_flow import instruction_flow
from tally.contracts import contracts
from tally.sentences import Verdict, clauses, listed

ALL = "全部"
STAGES = {"布置": "given_on", "跟踪": "tracked_on", "督查": "inspected_on", "见效": "effective_on"}
LAST = "见效"
COLUMNS = {
    "state_words": ("状态", 132),
    "title": ("交办事项", 252),
    "unit": ("承办单位", 148),
    "stage": ("环节", 64),
    "stay": ("停留工作日", 110),
    "due": ("期限", 108),
    "given_by": ("谁交办", 134),
    "place": ("场合", 156),
}
WHOLE_PX, UPPER_PX, LOWER_PX = 784, 230, 537
ROWS_MAX = 11
Row = Mapping[str, Any]


def instructions_view(chosen: Filters) -> View:
    """Return the view of the instructions."""
    rows, new = ask("instruction_progress", chosen), new_instructions(chosen)
    if chosen.league or chosen.unit or chosen.post:
        stop_without_items(pd.concat([rows, new]))
    totals = ask("instruction_totals", chosen)
    opening = instructions_verdict(totals, rows, new, chosen)
    if rows.empty and new.empty:
        return View(opening, lambda: missing_ledger("instructions"))
    return View(opening, lambda: _draw(chosen, totals, new, opening))


def new_instructions(chosen: Filters) -> pd.DataFrame:
    """Return what was given in meetings after the day of the newest list, as of today.

    Without it, what is entered in a meeting would stay unseen until the month's lists come.
    """
    now = ask("instruction_progress", chosen, as_of=today())
    newest = ask("published_months", chosen)["month"].max()
    if chosen.as_of < newest:
        return now.head(0)
    return now[now["is_from_meeting"] & (now["given_on"] > chosen.as_of)]


def instructions_verdict(
    totals: pd.DataFrame, rows: pd.DataFrame, new: pd.DataFrame, chosen: Filters
) -> Verdict:
    """Judge rows of `instruction_totals` and `instruction_progress`: what is past its day."""
    entered = (f"截至日后会上新交办 {len(new)} 件",) if len(new) else ()
    if rows.empty:
        return Verdict("unreported", "还没有列入台账的交办", entered)
    running, done = totals[totals["stage"] != LAST], totals[totals["stage"] == LAST].iloc[0]
    waiting, late = int(running["standing_count"].sum()), int(done["overdue_count"])
    so_far = f"在办 {waiting} 件，见效 {words.count(done['standing_count'], '件')}"
    ended = (so_far + (f"（迟 {late} 件）" if late else ""),)
    if overdue := int(running["overdue_count"].sum()):
        units = rows[rows["is_overdue"]].sort_values("overdue_days", ascending=False)["unit"]
        longest = f"，最久 {words.days(rows['overdue_days'].max())}"
        whose = ("逾期：", *listed(units.unique().tolist()), longest)
        detail = clauses(whose, ended, entered)
        return Verdict("overdue", f"{overdue} 件交办逾期未见效", detail)
    if soon := int(is_soon(rows, chosen).sum()):
        days = int(chosen.pack.threshold("due_soon_days"))
        return Verdict("soon", f"{soon} 件交办 {days} 天内到期", clauses(ended, entered))
    said = f"在办 {waiting} 件交办，无逾期" if waiting else "交办全部见效"
    return Verdict("normal", said, clauses(ended, entered))


def is_soon(rows: pd.DataFrame, chosen: Filters) -> pd.Series:
    """Tell of each row whether it falls due within the pack's days."""
    days_left = (pd.to_datetime(rows["due_on"]) - pd.Timestamp(chosen.as_of)).dt.days
    near = days_left.between(0, chosen.pack.threshold("due_soon_days"))
    return near & (rows["stage"] != LAST)


def missing_ledger(kind: str) -> None:
    """Say which ledger is missing, and where to bring it."""
    st.markdown(
        f"上传 **{words.escape_markdown(contracts()[kind].title)}** 并发布后，这里就有数了。"
    )
    way_to(UPLOAD_PAGE, "去上传")


def _draw(chosen: Filters, totals: pd.DataFrame, new: pd.DataFrame, opening: Verdict) -> None:
    """Draw the four stages over the list, and the chosen instruction beside them."""
    left, right = st.columns([1.75, 1])
    with left, panel("四个环节", "点一格只看停在那里的；中位数为走过的件所用工作日", UPPER_PX):
        _flow(totals, opening)
    with left, panel("", height=LOWER_PX):
        row = _list(chosen, new)
    with right, panel("", height=WHOLE_PX):
        _card(chosen, row)


def _flow(totals: pd.DataFrame, opening: Verdict) -> None:
    """Draw the stages; choosing one sets the switch of the list before that is drawn."""
    shown = st.session_state.get("stage", st.query_params.get("stage"))
    picked = figure(
        instruction_flow(totals, theme=theme(), chosen=shown),
        key="instruction_flow",
        alt=opening.spoken,
        is_selectable=True,
    )
    if picked and picked[0] != shown:
        st.session_state["stage"] = picked[0]
        st.rerun()


def _list(chosen: Filters, new: pd.DataFrame) -> Row | None:
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        heading("逐件跟踪", "逾期的在前，再按环节、按交办先后")
        label = st.segmented_control(
            "环节", [ALL, *STAGES], default=ALL, required=True, key="stage", bind="query-params",
            label_visibility="collapsed",
        )  # fmt: skip
    stage = label if label in STAGES else None
    rows = ask("instruction_progress", chosen, stage=stage)
    later = new if stage is None else new[new["stage"] == stage]
    worded = [_worded(rows, chosen), _worded(later, chosen, is_new=True)]
    together = pd.concat([part for part in worded if len(part)] or worded[:1], ignore_index=True)
    return row_list(together, COLUMNS, key="instructions", rows_max=ROWS_MAX)


def _worded(rows: pd.DataFrame, chosen: Filters, *, is_new: bool = False) -> pd.DataFrame:
    near = [False] * len(rows) if is_new else is_soon(rows, chosen)
    records = rows.to_dict("records")
    return rows.assign(
        is_new=is_new,
        state_words=[
            "○ 新交办" if is_new and not row["is_overdue"] else _state(row, is_near)
            for row, is_near in zip(records, near, strict=True)
        ],
        stay=[_stay(row) for row in records],
        due=rows["due_on"].map(words.iso_day),
        place=[_place(row) for row in records],
    )


def _state(row: Mapping[Any, Any], is_near: bool) -> str:
    if row["is_overdue"]:
        return f"■ 逾期 {words.days(row['overdue_days'])}"
    if row["stage"] == LAST:
        return "▲ 迟见效" if row["is_late"] else "✓ 见效"
    return "▲ 临期" if is_near else "● 在办"


def _stay(row: Mapping[Any, Any]) -> str:
    taken = row["stage_working_days"]
    if words.is_missing(taken):
        return words.EMPTY
    return f"{'全程 ' if row['stage'] == LAST else ''}{words.count(taken)}"


def _place(row: Mapping[Any, Any]) -> str:
    return "会上交办" if row["is_from_meeting"] else words.text(row["occasion"])


def _card(chosen: Filters, row: Row | None) -> None:
    """Draw the way of one instruction, its fields, and the row it came from."""
    if row is None:
        st.markdown(":gray[没有选中的交办]")
        return
    st.markdown(f"#### {words.escape_markdown(str(row['title']))}")
    as_of = today() if row["is_new"] else chosen.as_of
    figure(
        dated_way(*way_of(row, as_of), theme=theme()),
        key="instruction_way",
        alt=f"{row['title']}：{row['state_words']}，停在{row['stage']}",
    )
    field_table(_fields(row))
    if row["is_from_meeting"]:
        st.markdown(":gray[:small[会上交办，没有原表；台账用同一编号续报后在这里接上]]")
        return
    source_line(row, "instruction")


def way_of(row: Row, as_of: date) -> tuple[list[Stop], list[Stop]]:
    """Return the steps taken by the day, and the deadline and the day itself, each in order."""
    steps = [
        Stop(row[column], stage, "soon" if stage == LAST and row["is_late"] else "normal")
        for stage, column in STAGES.items()
        if not words.is_missing(row[column]) and row[column] <= as_of
    ]
    steps.sort(key=lambda stop: stop.day)
    limits = [] if row["stage"] == LAST else [Stop(as_of, "截至", "unreported")]
    if not words.is_missing(row["due_on"]):
        limits.append(Stop(row["due_on"], "期限", "overdue" if row["is_overdue"] else "unreported"))
    return steps, sorted(limits, key=lambda stop: stop.day)


def _fields(row: Row) -> dict[str, str | None]:
    """Return the card's lines; what is missing is left out, save a stage not yet reached."""
    reached = list(STAGES)[: list(STAGES).index(row["stage"]) + 1]
    said = {
        "状态": row["state_words"],
        "承办单位": row["unit"],
        "谁交办": row["given_by"],
        "场合": None if row["place"] == words.EMPTY else row["place"],
        "期限": "没有定期限" if words.is_missing(row["due_on"]) else row["due"],
        **{
            stage: words.iso_day(row[column]) if stage in reached else "○ 还没有"
            for stage, column in STAGES.items()
        },
        "停留": f"{row['stage']} {row['stay']} 个工作日",
        "成效": row["effect"],
        "编号": row["item_no"],
    }
    return {name: None if words.is_missing(text) else str(text) for name, text in said.items()}
