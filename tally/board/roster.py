"""The roster (报送花名册): who owes which list by when, and what is done about one of them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from tally import clock, service, words
from tally.board.asking import Filters, ask
from tally.board.handler import handler_field
from tally.board.panels import UPLOAD_PAGE
from tally.board.projected import projected_px
from tally.board.received import receipt_button
from tally.board.tables import table
from tally.board.ways import way_to
from tally.contracts import contracts
from tally.submissions import (
    CannotPublish,
    CannotUndo,
    NilReturn,
    return_upload,
    send_nil,
)

STATUS_WORDS = {
    "sent": "● 已报",
    "late": "▲ 迟报",
    "missing": "■ 未报",
    "nil": "● 零报告",
    "not yet due": "○ 未到期",
}
ROWS_MAX = 11
TABLE_KEY = "roster"


def roster_month(chosen: Filters) -> date:
    """Let a month of the campaign be chosen, the shared one first."""
    months = _months(chosen)
    shared = chosen.as_of.replace(day=1)
    label = st.selectbox(
        "报送月份",
        [words.year_month(month) for month in months],
        index=months.index(shared) if shared in months else 0,
        key=f"roster_month-{chosen.campaign}",
        width=projected_px(150),
    )
    by_label = {words.year_month(month): month for month in months}
    return by_label.get(label or "", months[0])


def _months(chosen: Filters) -> list[date]:
    """Return the months with a list owed or sent, newest first, none of the future."""
    owed = ask("submissions_due", campaign=chosen.campaign, as_of=clock.today())["month"]
    this_month = f"{clock.today():%Y-%m}"
    known = sorted({month for month in owed if month <= this_month}, reverse=True)
    return [date.fromisoformat(f"{month}-01") for month in known] or [chosen.as_of.replace(day=1)]


def roster_rows(chosen: Filters, month: date) -> pd.DataFrame:
    """Return the month's roster as it stands today."""
    return ask(
        "submissions_due", campaign=chosen.campaign, month=f"{month:%Y-%m}", as_of=clock.today()
    )


def roster_table(roster: pd.DataFrame) -> Mapping[str, Any] | None:
    """Draw the roster; return the chosen row, else the first that is missing, else the first."""
    if roster.empty:
        st.markdown(":gray[这个月没有要报的台账]")
        return None
    rows = roster.to_dict("records")
    shown = roster.assign(
        who=roster["unit"].map(lambda unit: unit or "合并报送"),
        ledger_words=roster["ledger"].map(lambda kind: contracts()[kind].title),
        due=roster["due_on"].map(words.iso_day),
        status_words=[_status_words(row) for row in rows],
        version_words=[f"第 {row['version']} 版" if row["version"] else "" for row in rows],
        came=[words.iso_day(row["came_on"]) if row["version"] else "" for row in rows],
        note=[_note(row) for row in rows],
    )
    columns = {
        "who": st.column_config.TextColumn("单位", width=160),
        "ledger_words": st.column_config.TextColumn("台账", width=96),
        "due": st.column_config.TextColumn("应报", width=104),
        "status_words": st.column_config.TextColumn("状态", width=104),
        "version_words": st.column_config.TextColumn("版本", width=76),
        "came": st.column_config.TextColumn("送达", width=104),
        "note": st.column_config.TextColumn("说明", width=372),
    }
    place = table(shown, columns, key=TABLE_KEY, rows_max=ROWS_MAX)
    if place is None:
        place = next((n for n, row in enumerate(rows) if row["status"] == "missing"), 0)
    return {str(name): value for name, value in rows[place].items()}


def _status_words(row: Mapping[Any, Any]) -> str:
    if row["status"] == "nil" and row["is_late"]:
        return "▲ 零报告（迟）"
    return STATUS_WORDS[row["status"]]


def _note(row: Mapping[Any, Any]) -> str:
    """Say what else is to be known of a list: returned, drafted, corrected, without a day."""
    notes = []
    if not words.is_missing(row["returned_reason"]):
        notes.append(f"已退回：{row['returned_reason']}")
    if not words.is_missing(row["draft"]):
        notes.append(f"草稿 {int(row['draft'])} 号待发布")
    if row["is_correction"]:
        notes.append("封账后的更正")
    if not words.is_missing(row["due_note"]):
        notes.append(str(row["due_note"]))
    return "；".join(notes)


def roster_actions(chosen: Filters, month: date, row: Mapping[str, Any] | None) -> None:
    """Draw what may be done with the chosen list: nil return, return with a reason, receipt."""
    if row is None:
        st.markdown(":gray[没有可以办理的台账]")
        return
    who, title = row["unit"] or "合并报送", contracts()[row["ledger"]].title
    st.markdown(
        f"**{words.escape_markdown(who)}** {words.escape_markdown(title)}　{_status_words(row)}"
    )
    by = handler_field("roster_handler")
    if words.is_missing(row["upload"]):
        _nil_button(NilReturn(chosen.campaign, row["ledger"], month, row["unit"]), by)
    else:
        receipt_button(int(row["upload"]), "" if row["is_joint"] else who, key="receipt")
        _return_row(int(row["upload"]), by, is_joint=bool(row["is_joint"]))
    if not words.is_missing(row["draft"]):
        way_to(UPLOAD_PAGE, f"去发布草稿 {int(row['draft'])} 号")


def _nil_button(nil: NilReturn, by: str) -> None:
    is_state = contracts()[nil.ledger].nature == "state"
    help_text = "没有新情况时用：未销号的事项仍然在办，以后可用正式台账替换"
    clicked = st.button("记零报告", disabled=not is_state, key="nil", help=help_text)
    if not is_state:
        st.markdown(":gray[:small[按发生逐条登记的台账没有零报告]]")
    if clicked:
        try:
            send_nil(service.database(), nil, by)
        except CannotPublish as refusal:
            st.error(words.escape_markdown(str(refusal)))
            return
        st.rerun()


def _return_row(upload: int, by: str, is_joint: bool) -> None:
    """Let a list be returned; one of all units goes back for each of them, and says so."""
    if is_joint:
        st.markdown(f":orange[▲] {upload:d} 号是各单位合并报送的台账，退回的是所有单位的这一份")
    reason = st.text_input("退回理由", key=f"return_reason-{upload}", placeholder="写明要改什么")
    label = "退回合并台账（所有单位）" if is_joint else "退回修改"
    if st.button(label, disabled=not reason.strip(), key="return"):
        try:
            return_upload(service.database(), upload, reason, by)
        except CannotUndo as refusal:
            st.error(words.escape_markdown(str(refusal)))
            return
        st.rerun()
