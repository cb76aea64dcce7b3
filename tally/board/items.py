"""Lists of items on pages: what is urgent, what is behind a cell, what a search finds."""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask
from tally.board.tables import table

LEDGER_PAGE = Path(__file__).resolve().parents[2] / "pages" / "leaders" / "ledger.py"
ITEMS = "事项"
# How many of a list a page asks for: of a million rows no page shows more.
LISTED_MAX, WORST_COUNT = 500, 10
# Room for a day with its year.
DATED_PX = 100


def _overdue_bar(days_max: float) -> Any:
    return st.column_config.ProgressColumn(
        "逾期", format="%d 天", min_value=0, max_value=max(int(days_max), 1), color="red"
    )


def urgent_items(chosen: Filters, due_soon_days: int) -> None:
    """Draw the ten items longest overdue, or those about to fall due, as the switch says."""
    views = {"逾期最久的 10 项": "overdue", f"{due_soon_days} 天内到期": "due_soon"}
    view = st.segmented_control(
        "看", list(views), default=next(iter(views)), required=True, label_visibility="collapsed"
    )
    if views.get(view or "") == "due_soon":
        due_soon = ask("due_soon_items", chosen, at_most=LISTED_MAX)
        if len(due_soon) == LISTED_MAX:
            st.markdown(f":gray[:small[列前 {LISTED_MAX} 项]]")
        open_in_ledger(due_soon, _due_soon_table(due_soon, chosen.as_of))
    else:
        overdue = ask("overdue_items", chosen, at_most=WORST_COUNT)
        open_in_ledger(overdue, _worst_table(overdue, chosen.as_of))


def _worst_table(overdue: pd.DataFrame, as_of: date) -> str | None:
    return item_table(overdue, as_of, key="worst_items", is_wide=True, rows_max=10)


def _day_column(days: pd.Series, as_of: date, width: int) -> Any:
    """Return a column of days, wider where one is written with its year."""
    form = words.day_format(days, as_of)
    room = width if form == words.day_format((), as_of) else DATED_PX
    return st.column_config.DateColumn("期限", format=form, width=room)


def _due_soon_table(items: pd.DataFrame, as_of: date) -> str | None:
    if items.empty:
        st.markdown(":gray[没有临期事项]")
        return None
    columns = {
        "title": st.column_config.TextColumn("事项", width=225),
        "unit": st.column_config.TextColumn("责任单位", width=166),
        "due_on": _day_column(items["due_on"], as_of, 76),
        "days_left": st.column_config.NumberColumn("还剩", format="%d 天", width=70),
    }
    chosen = table(items, columns, key="due_soon_items")
    return None if chosen is None else str(items.iloc[chosen]["item_key"])


def item_table(
    items: pd.DataFrame, as_of: date, *, key: str, is_wide: bool = False, rows_max: int = 6
) -> str | None:
    """Draw overdue items, the longest first; return the chosen item's key."""
    if items.empty:
        st.markdown(":green[●] 无逾期")
        return None
    columns: dict[str, Any] = {
        "title": st.column_config.TextColumn("事项", width=225 if is_wide else 250)
    }
    if is_wide:
        columns["unit"] = st.column_config.TextColumn("责任单位", width=166)
    columns["due_on"] = _day_column(items["due_on"], as_of, 84)
    columns["overdue_days"] = _overdue_bar(items["overdue_days"].max())
    chosen = table(items, columns, key=key, rows_max=rows_max)
    return None if chosen is None else str(items.iloc[chosen]["item_key"])


def open_in_ledger(items: pd.DataFrame, item_key: str | None) -> None:
    """Go to 台账查询 with the chosen item found there; nothing happens without one."""
    if item_key is None:
        return
    item = items[items["item_key"] == item_key].iloc[0]
    go_to_ledger(ledger=ITEMS, words=item["title"])


def go_to_ledger(**widgets: str) -> None:
    """Go to 台账查询 with these of its widgets set."""
    st.session_state.update(widgets)
    # What this page's widgets are bound to in the address can be cleared in no other way.
    st.switch_page(LEDGER_PAGE, query_params={})


def first_key(items: pd.DataFrame) -> str | None:
    """Return the first item's key, so that a card is never empty while there are items."""
    return None if items.empty else str(items.iloc[0]["item_key"])


def found_words(items: pd.DataFrame) -> str:
    """Say how many items were found, and how many of them are listed when not all."""
    found = 0 if items.empty else int(items.iloc[0]["found_count"])
    listed = "" if found == len(items) else f"，列前 {len(items)} 项"
    return f"{words.count(found)} 项{listed}"
