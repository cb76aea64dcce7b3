"""Finding ledger rows: items and tickets, by words, state and days."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask
from tally.board.card import item_card, source_card, ticket_card
from tally.board.findings import LEDGER_ORDER
from tally.board.items import ITEMS
from tally.board.narrowing import ALL_LEDGERS, ALL_STATES
from tally.board.projected import projected_px
from tally.board.tables import table
from tally.contracts import contracts
from tally.sentences import Verdict

TICKETS, ROWS = "工单", "原始行"
ITEM_STATES = {
    ALL_STATES: None,
    "■ 逾期": "overdue",
    "▲ 临期": "due_soon",
    "● 未销号": "open",
    "✓ 已销号": "closed",
    "◆ 已核实": "verified",
    "■ 核查不实或退回": "reopened",
    "○ 最近一期未列": "vanished",
}
TICKET_STATES = {
    ALL_STATES: None,
    "■ 超期未答复": "overdue",
    "● 未答复": "open",
    "✓ 已答复": "closed",
    "▲ 不满意": "unsatisfied",
}
ROWS_MAX, ROWS_MAX_PAGED = 15, 13
# A list of a million rows is turned in pages of so many.
PAGE_ROWS = 500
PAGE_KEY = "found_page"
KEY_COLUMNS = {"items": "item_key", "tickets": "item_key", "ledger_rows": "place"}


@dataclass(frozen=True)
class Search:
    """What is looked for: `items`, `tickets` or `ledger_rows`, and that question's parameters."""

    question: str
    parameters: Mapping[str, Any]


def search_row() -> Search:
    """Draw the search widgets, bound to the URL; return what they stand for."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.segmented_control(
            "台账", [ITEMS, TICKETS, ROWS], default=ITEMS, required=True, key="ledger",
            bind="query-params", label_visibility="collapsed",
        )  # fmt: skip
        text = st.text_input(
            "查找", key="words", bind="query-params",
            placeholder="标题、单位、社区、编号中的词，可写几个",
            label_visibility="collapsed", width=projected_px(420),
        )  # fmt: skip
        narrowing = _narrowing(kind or ITEMS)
        what = {TICKETS: "受理", ROWS: "日期"}.get(kind or ITEMS, "期限")
        first, last = _day(f"{what}从", "from"), _day(f"{what}到", "to")
    found = {"words": text.strip() or None, **narrowing}
    if kind == TICKETS:
        return Search("tickets", {**found, "received_from": first, "received_to": last})
    if kind == ROWS:
        return Search("ledger_rows", {**found, "day_from": first, "day_to": last})
    return Search("items", {**found, "due_from": first, "due_to": last})


def _narrowing(kind: str) -> dict[str, str | None]:
    """Draw the choice of a state, or of a ledger among the original rows."""
    if kind == ROWS:
        kinds = {ALL_LEDGERS: None} | {contracts()[kind].title: kind for kind in LEDGER_ORDER}
        return {"ledger": kinds[_choice("台账种类", list(kinds), "row_ledger")]}
    states = TICKET_STATES if kind == TICKETS else ITEM_STATES
    key = "ticket_state" if kind == TICKETS else "state"
    return {"state": states[_choice("状态", list(states), key)]}


def _choice(label: str, options: list[str], key: str) -> str:
    chosen = st.selectbox(
        label,
        options,
        key=key,
        bind="query-params",
        label_visibility="collapsed",
        width=projected_px(170),
    )
    return chosen or options[0]


def _day(label: str, key: str) -> date | None:
    day: date | None = st.date_input(
        label,
        value=None,
        key=key,
        bind="query-params",
        format="YYYY-MM-DD",
        width=projected_px(170),
    )
    return day


def found_rows(chosen: Filters, search: Search) -> pd.DataFrame:
    """Return the page looked at of the rows that a search finds under the shared filters."""
    page = max(1, int(st.session_state.get(PAGE_KEY) or 1))
    rows = _page(chosen, search, page)
    # A narrower search has fewer pages: the first is looked at.
    if rows.empty and page > 1:
        st.session_state.pop(PAGE_KEY)
        rows = _page(chosen, search, 1)
    if search.question != "ledger_rows":
        return rows
    # Months repeat an item's key: a row of a list is known by its place alone.
    return rows.assign(
        place=[f"{row['upload']}/{row['sheet']}/{row['row']}" for row in rows.to_dict("records")]
    )


def _page(chosen: Filters, search: Search, page: int) -> pd.DataFrame:
    skip = (page - 1) * PAGE_ROWS
    return ask(search.question, chosen, at_most=PAGE_ROWS, skip=skip, **search.parameters)


def _found(rows: pd.DataFrame, column: str) -> int:
    return int(rows.iloc[0][column])


def found_verdict(search: Search, rows: pd.DataFrame) -> Verdict:
    """Say how many rows a search finds, and how many of them need attention."""
    if rows.empty:
        return Verdict("unreported", "没有符合的台账", ("放宽查找条件或清除筛选后再看",))
    found = _found(rows, "found_count")
    if search.question == "ledger_rows":
        return Verdict("normal", f"找到 {found} 行", ("各期台账的每一行，按原表所写",))
    overdue, closed = _found(rows, "overdue_count"), _found(rows, "closed_count")
    is_tickets = search.question == "tickets"
    unit, word = ("件", "答复") if is_tickets else ("项", "销号")
    detail = f"已{word} {closed} {unit}，未{word} {found - closed} {unit}"
    if is_tickets:
        rated, satisfied = _found(rows, "rated_count"), _found(rows, "satisfied_count")
        rate = words.share(satisfied / rated if rated else None)
        detail += f"；满意 {words.ratio(satisfied, rated)}（{rate}）"
    if overdue:
        return Verdict("overdue", f"找到 {found} {unit}，逾期 {overdue} {unit}", (detail,))
    return Verdict("normal", f"找到 {found} {unit}，无逾期", (detail,))


def found_table(search: Search, rows: pd.DataFrame) -> str | None:
    """Draw the found rows with their state; return the chosen row's key."""
    if rows.empty:
        st.markdown(":gray[没有符合的台账，放宽查找条件再看]")
        return None
    state_words, columns = {
        "items": (_item_words, _item_columns()),
        "tickets": (_ticket_words, _ticket_columns()),
        "ledger_rows": (_row_words, _row_columns()),
    }[search.question]
    # A day that is missing would be shown as an English None.
    dated = [name for name in columns if name.endswith("_on") or name == "day"]
    days = {name: rows[name].map(words.iso_day) for name in dated}
    shown = rows.assign(state_words=[state_words(row) for row in rows.to_dict("records")], **days)
    page_count = math.ceil(_found(rows, "found_count") / PAGE_ROWS)
    rows_max = ROWS_MAX if page_count == 1 else ROWS_MAX_PAGED
    key = f"found_{search.question}"
    chosen = table(shown, columns, key=key, rows_max=rows_max, naming_count=3)
    if page_count > 1:
        st.pagination(page_count, key=PAGE_KEY)
    return None if chosen is None else str(rows.iloc[chosen][KEY_COLUMNS[search.question]])


def _item_columns() -> dict[str, Any]:
    return {
        "title": st.column_config.TextColumn("事项", width=390),
        "unit": st.column_config.TextColumn("责任单位", width=170),
        "dimension": st.column_config.TextColumn("类别", width=180),
        "due_on": st.column_config.TextColumn("期限", width=104),
        "state_words": st.column_config.TextColumn("状态", width=120),
        "closed_at_on": st.column_config.TextColumn("销号", width=104),
    }


def _ticket_columns() -> dict[str, Any]:
    return {
        "title": st.column_config.TextColumn("诉求", width=330),
        "channel": st.column_config.TextColumn("渠道", width=110),
        "unit": st.column_config.TextColumn("承办单位", width=160),
        "community": st.column_config.TextColumn("社区", width=110),
        "received_on": st.column_config.TextColumn("受理", width=104),
        "closed_on": st.column_config.TextColumn("答复", width=104),
        "state_words": st.column_config.TextColumn("状态", width=120),
    }


def _row_columns() -> dict[str, Any]:
    return {
        "state_words": st.column_config.TextColumn("台账", width=120),
        "month": st.column_config.TextColumn("月份", width=80),
        "title": st.column_config.TextColumn("内容", width=270),
        "unit": st.column_config.TextColumn("单位", width=140),
        "day": st.column_config.TextColumn("日期", width=104),
        "file": st.column_config.TextColumn("来源文件", width=300),
        "row": st.column_config.NumberColumn("行", width=50),
    }


def _row_words(row: Mapping[str, Any]) -> str:
    return contracts()[row["ledger"]].title


def _item_words(item: Mapping[str, Any]) -> str:
    if item["is_reopened"]:
        return "■ 已退回" if item["is_returned"] else "■ 核查不实"
    if item["is_overdue"]:
        return f"■ 逾期 {int(item['overdue_days'])} 天"
    if item["is_closed"]:
        return "◆ 已核实" if item["is_verified"] else "✓ 已销号"
    return "▲ 临期" if item["is_due_soon"] else "● 正常"


def _ticket_words(ticket: Mapping[str, Any]) -> str:
    if ticket["is_overdue"]:
        return "■ 超期"
    if not ticket["is_closed"]:
        return "● 办理中"
    rating = ticket["is_satisfied"]
    if words.is_missing(rating):
        return "✓ 已答复"
    return "✓ 满意" if rating else "▲ 不满意"


def found_card(chosen: Filters, search: Search, rows: pd.DataFrame, key: str | None) -> None:
    """Draw the card of the chosen row, else of the first."""
    if rows.empty:
        return
    key = key or str(rows.iloc[0][KEY_COLUMNS[search.question]])
    if search.question == "ledger_rows":
        source_card(rows[rows["place"] == key].iloc[0])
        return
    draw = ticket_card if search.question == "tickets" else item_card
    draw(chosen, key)
