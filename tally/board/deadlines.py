"""逾期热力: four looks at deadlines, each down to its items; what was chosen stays chosen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from tally import verdicts, words
from tally.board.asking import Filters, ask, theme
from tally.board.deadline_words import calendar_verdict, closing_verdict
from tally.board.items import LISTED_MAX, found_words, item_table
from tally.board.leagues import reporting, standing
from tally.board.panels import figure
from tally.board.parts import choose_part, part_chosen, say_part
from tally.board.projected import projected_px
from tally.board.tables import table, table_px
from tally.charts.closing_offsets import BINS, SHORTLY_BEFORE_DAYS, closing_offsets
from tally.charts.due_calendar import due_calendar
from tally.charts.overdue_by_dimension import overdue_by_dimension
from tally.charts.overdue_by_unit import overdue_by_unit
from tally.charts.overdue_grid import NOT_NAMED
from tally.charts.overdue_table import Look
from tally.sentences import Verdict

MONTHS, DIMENSIONS, CALENDAR, OFFSETS = "months", "dimensions", "calendar", "offsets"
TABLES = (MONTHS, DIMENSIONS)
MEASURES = {"件数": "count", "占比": "share"}
ORDERS = {"逾期多的在前": "worst", "按花名册": "roster"}
NOTES = {
    MONTHS: "点格子看明细；白为 0，灰为未报；数字是这个月到期、至今逾期的",
    DIMENSIONS: "点格子看明细；白为 0，灰为未报；数字是至今逾期的",
    CALENDAR: "点日子看明细；数字是当天到期、还没有销号的",
    OFFSETS: "点柱子看明细；期限按延期批准后的算",
}
FIGURE_PX = 652
PANEL_PX, GAP_PX = 794, 17
# Cards of closed items say more, and have less of a list above them.
LISTED_ROWS = {MONTHS: 6, DIMENSIONS: 6, CALENDAR: 4, OFFSETS: 4}
STATE_WORDS = {"overdue": "■ 逾期", "pending": "○ 待到期", "closed": "✓ 已销号"}


@dataclass(frozen=True)
class Picked:
    """What was chosen in a view: its data as the figure gives them, and a title in words."""

    data: tuple[str, ...]
    title: str


def views(chosen: Filters) -> dict[str, str]:
    """Return the views under the names that the switch has for this campaign."""
    return {
        "单位×月份": MONTHS,
        f"单位×{chosen.pack.campaign.dimension_word}": DIMENSIONS,
        "期限日历": CALENDAR,
        "提前与拖后": OFFSETS,
    }


def controls(chosen: Filters) -> tuple[str, Look]:
    """Draw the switches of the view, of its count, order and own unit, and the way back."""
    named = views(chosen)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        label = st.segmented_control(
            "看", list(named), default=next(iter(named)), required=True, key="view",
            bind="query-params", label_visibility="collapsed", format_func=words.escape_markdown,
        )  # fmt: skip
        view = named.get(label or "", MONTHS)
        st.space("stretch")
        is_table = view in TABLES
        measure = st.segmented_control(
            "按", list(MEASURES), default="件数", required=True, key="heat_measure",
            bind="query-params", label_visibility="collapsed", disabled=not is_table,
        )  # fmt: skip
        order = st.selectbox(
            "排序", list(ORDERS), key="order", bind="query-params", width=projected_px(150),
            label_visibility="collapsed", disabled=not is_table,
        )  # fmt: skip
        own = st.selectbox(
            "本单位", ask("unit_reporting", chosen)["unit"].tolist(), index=None, key="own",
            bind="query-params", placeholder="本单位置顶", width=projected_px(170),
            label_visibility="collapsed", disabled=not is_table,
        )  # fmt: skip
    look = Look(MEASURES[measure or "件数"], ORDERS[order or "逾期多的在前"], own)
    return view, look


def picked_in(chosen: Filters, view: str) -> Picked | None:
    """Return what was chosen last in the view: a miss beside a cell keeps it."""
    if not (data := part_chosen(view, chosen)):
        return None
    try:
        return Picked(data, TITLES[view](*data))
    except (ValueError, TypeError, StopIteration):
        return None


def _month_title(unit: str, column: str, first: str, last: str) -> str:
    said = words.month(first) if first == last else f"{words.month(first)}至{words.month(last)}"
    return f"{unit}，{said}到期"


def _dimension_title(unit: str, column: str, first: str, last: str) -> str:
    return f"{unit}，{column or NOT_NAMED}"


def _day_title(day: str) -> str:
    return f"{words.chinese_day(date.fromisoformat(day))}到期"


def _bin_title(state: str, first: str, last: str) -> str:
    ends = tuple(int(end) if end else None for end in (first, last))
    return next(span.words(state) for span in BINS if (span.first, span.last) == ends)


# What is chosen in a view, in words; whatever is no part of it raises.
TITLES: dict[str, Callable[..., str]] = {
    MONTHS: _month_title,
    DIMENSIONS: _dimension_title,
    CALENDAR: _day_title,
    OFFSETS: _bin_title,
}


def draw_view(chosen: Filters, view: str, look: Look, spoken: str) -> None:
    """Draw the figure of the view, and keep what is newly chosen in it."""
    picked = picked_in(chosen, view)
    st.markdown(f":gray[:small[{NOTES[view]}]]")
    shown = FIGURES[view](chosen, look, picked)
    data = figure(shown, key=f"heat-{view}", alt=spoken, is_selectable=True)
    if data and (picked is None or tuple(data) != picked.data):
        choose_part(view, chosen, data)
        st.rerun()
    say_part(picked.title if picked else "")


def _look(look: Look, picked: Picked | None) -> Look:
    chosen = (picked.data[0], picked.data[1]) if picked else None
    return Look(look.measure, look.order, look.own, chosen)


def _months(chosen: Filters, look: Look, picked: Picked | None) -> Any:
    return overdue_by_unit(
        ask("overdue_by_unit", chosen), ask("overdue_ageing", chosen), reporting(chosen),
        chosen.as_of, theme=theme(), look=_look(look, picked), height=FIGURE_PX,
    )  # fmt: skip


def _dimensions(chosen: Filters, look: Look, picked: Picked | None) -> Any:
    return overdue_by_dimension(
        ask("overdue_by_dimension", chosen), ask("overdue_ageing", chosen), reporting(chosen),
        theme=theme(), look=_look(look, picked), height=FIGURE_PX,
    )  # fmt: skip


def _calendar(chosen: Filters, look: Look, picked: Picked | None) -> Any:
    return due_calendar(
        ask("due_calendar", chosen), theme=theme(), chosen=picked.data[0] if picked else None,
        height=FIGURE_PX,
    )  # fmt: skip


def _offsets(chosen: Filters, look: Look, picked: Picked | None) -> Any:
    return closing_offsets(
        ask("closing_offsets", chosen), theme=theme(), chosen=picked.data if picked else None,
        height=FIGURE_PX,
    )  # fmt: skip


FIGURES = {MONTHS: _months, DIMENSIONS: _dimensions, CALENDAR: _calendar, OFFSETS: _offsets}


def deadline_verdict(chosen: Filters, view: str) -> Verdict:
    """Return the sentence that the view opens with."""
    if view == CALENDAR:
        due_soon_days = int(chosen.pack.threshold("due_soon_days"))
        return calendar_verdict(
            ask("due_calendar", chosen).to_dict("records"), chosen.as_of, due_soon_days
        )
    if view == OFFSETS:
        return closing_verdict(ask("closing_offsets", chosen).to_dict("records"))
    ageing = ask("overdue_ageing", chosen).to_dict("records")
    return verdicts.overdue(ageing, **standing(chosen))


def items_behind(chosen: Filters, view: str) -> tuple[str, pd.DataFrame]:
    """Return the items behind what is chosen in the view, or behind the whole of it, titled."""
    picked = picked_in(chosen, view)
    if view in TABLES:
        items = _overdue_items(chosen, view, picked)
        return f"{picked.title if picked else _whole(chosen)}，逾期 {found_words(items)}", items
    items = (_pending if view == CALENDAR else _offset)(chosen, picked)
    whole = "待到期" if view == CALENDAR else "踩点销号"
    return f"{picked.title if picked else whole} {found_words(items)}", items


def _pending(chosen: Filters, picked: Picked | None) -> pd.DataFrame:
    """Return the next to fall due, of all days or of the chosen one."""
    day = date.fromisoformat(picked.data[0]) if picked else None
    return _near(chosen, state="pending", due_from=day, due_to=day)


def _offset(chosen: Filters, picked: Picked | None) -> pd.DataFrame:
    """Return what was closed shortly before its deadline, or what stands in the chosen bar."""
    state, *ends = picked.data if picked else ("closed", str(-SHORTLY_BEFORE_DAYS), "0")
    first, last = (int(end) if end else None for end in ends)
    return _near(chosen, state=state, offset_from=first, offset_to=last)


def _near(chosen: Filters, **narrowed: Any) -> pd.DataFrame:
    """Return the nearest deadlines with how many there are in all (`found_count`)."""
    items = ask("deadline_items", chosen, at_most=LISTED_MAX, **narrowed)
    found_count = ask("deadline_totals", chosen, **narrowed)["item_count"].item()
    return items.assign(found_count=found_count)


def _whole(chosen: Filters) -> str:
    is_narrowed = chosen.unit or chosen.dimension or chosen.league or chosen.post
    return "筛选范围内" if is_narrowed else "全部单位"


def _overdue_items(chosen: Filters, view: str, picked: Picked | None) -> pd.DataFrame:
    if picked is None:
        return _counted(chosen)
    unit, column, first, last = picked.data
    narrowed: dict[str, Any] = {"unit": [unit]}
    if view == MONTHS:
        narrowed |= {"month_from": first, "month_to": last}
    elif column:
        narrowed["dimension"] = [column]
    else:
        narrowed["is_unsorted"] = True
    return _counted(chosen, **narrowed)


def _counted(chosen: Filters, **narrowed: Any) -> pd.DataFrame:
    """Return the longest overdue with how many there are in all (`found_count`)."""
    items = ask("overdue_items", chosen, at_most=LISTED_MAX, **narrowed)
    found_count = ask("overdue_totals", chosen, **narrowed)["item_count"].item()
    return items.assign(found_count=found_count)


def list_height_px(view: str) -> int:
    """Return the height of the list's panel; the card below takes the rest of PANEL_PX."""
    return table_px(LISTED_ROWS[view], LISTED_ROWS[view]) + 86


def behind_table(chosen: Filters, view: str, items: pd.DataFrame) -> str | None:
    """Draw the items behind the view; return the chosen one's key."""
    if view in TABLES:
        return item_table(items, chosen.as_of, key="overdue_items")
    if items.empty:
        st.markdown(":gray[没有这样的事项]")
        return None
    form = words.day_format([*items["due_on"], *items["closed_on"]], chosen.as_of)
    columns: dict[str, Any] = {
        "title": st.column_config.TextColumn("事项", width=225),
        "unit": st.column_config.TextColumn("责任单位", width=110),
        "due_on": st.column_config.DateColumn("期限", format=form, width=92),
    }
    if view == OFFSETS and items["closed_on"].notna().any():
        columns["closed_on"] = st.column_config.DateColumn("销号", format=form, width=92)
    else:
        columns["state"] = st.column_config.TextColumn("状态", width=92)
    shown = items.assign(state=items["state"].map(STATE_WORDS))
    place = table(shown, columns, key=f"behind-{view}", rows_max=LISTED_ROWS[view])
    return None if place is None else str(items.iloc[place]["item_key"])
