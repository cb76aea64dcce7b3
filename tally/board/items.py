"""Lists of items on pages: what is urgent, what is behind a cell, what a search finds."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask
from tally.board.panels import table

CELL_KEY = "_chosen_cell"
LEDGER_PAGE = Path(__file__).resolve().parents[2] / "pages" / "leaders" / "ledger.py"
ITEMS = "事项"
# How many of a list a page asks for: of a million rows no page shows more.
LISTED_MAX, WORST_COUNT = 500, 10
# Room for a day with its year.
DATED_PX = 100


@dataclass(frozen=True)
class Cell:
    """A cell of the heat map: a unit and the months of the deadlines it holds (YYYY-MM)."""

    unit: str
    month: str
    first_month: str
    last_month: str

    @property
    def title(self) -> str:
        """Unit and months in words."""
        first, last = words.month(self.first_month), words.month(self.last_month)
        return f"{self.unit}，{first if first == last else f'{first}至{last}'}到期"


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
        due_soon = ask("due_soon_items", chosen)
        open_in_ledger(due_soon, _due_soon_table(due_soon, chosen.as_of))
    else:
        overdue = ask("overdue_items", chosen, at_most=WORST_COUNT)
        open_in_ledger(overdue, _worst_table(overdue, chosen.as_of))


def _worst_table(overdue: pd.DataFrame, as_of: date) -> str | None:
    return item_table(overdue, as_of, key="worst_items", is_wide=True)


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


def item_table(items: pd.DataFrame, as_of: date, *, key: str, is_wide: bool = False) -> str | None:
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
    chosen = table(items, columns, key=key, rows_max=10 if is_wide else 6)
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


def chosen_cell(chosen: Filters) -> Cell | None:
    """Return the heat map's cell chosen last: a miss beside a cell keeps it.

    A cell belongs to the campaign and the day it was chosen on.
    """
    where, cell = st.session_state.get(CELL_KEY, (None, None))
    return cell if where == (chosen.campaign, chosen.as_of) else None


def keep_cell(chosen: Filters, picked: tuple[Any, ...] | None) -> None:
    """Remember a newly chosen cell and draw the page again around it."""
    cell = Cell(*picked) if picked else None
    if cell and cell != chosen_cell(chosen):
        st.session_state[CELL_KEY] = (chosen.campaign, chosen.as_of), cell
        st.rerun()


def all_cells_button(cell: Cell | None) -> None:
    """Draw the way back from a chosen cell to all units."""
    if cell:
        st.button("看全部单位", on_click=st.session_state.pop, args=(CELL_KEY, None))


def cell_items(chosen: Filters, cell: Cell | None) -> pd.DataFrame:
    """Return the overdue items behind a cell, or all of them without one."""
    if cell is None:
        return ask("overdue_items", chosen, at_most=LISTED_MAX)
    return ask(
        "overdue_items",
        chosen,
        unit=[cell.unit],
        month_from=cell.first_month,
        month_to=cell.last_month,
        at_most=LISTED_MAX,
    )


def overdue_words(items: pd.DataFrame) -> str:
    """Say how many items are overdue, and how many of them are listed when not all."""
    found = 0 if items.empty else int(items.iloc[0]["found_count"])
    listed = "" if found == len(items) else f"，列最久的 {len(items)} 项"
    return f"逾期 {found} 项{listed}"
