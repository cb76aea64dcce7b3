"""问题性质: kind × difficulty × handling of the problem list, and the items of a cell (A13)."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask, theme
from tally.board.docket_parts import WHOLE_PX, row_card, row_list
from tally.board.items import LISTED_MAX
from tally.board.panels import figure, heading, panel
from tally.charts.class_counts import UNCLASSED, class_counts
from tally.sentences import Name, Verdict, clauses

LINK = ("kind", "difficulty")
SEEN, ROUND = "_classes_seen", "_classes_round"
COLUMNS = {"title": ("事项", 250), "unit": ("责任单位", 140), "state_words": ("状态", 118)}


def classes_verdict(_chosen: Filters, rows: pd.DataFrame) -> Verdict:
    """Judge the cells of `class_counts`: which kind is overdue most, what waits a level above."""
    cells = rows[rows["grouped_by"] == "cell"]
    if cells.empty:
        return Verdict("unreported", "问题台账没有填写问题性质")
    late, raised = int(cells["overdue_count"].sum()), int(cells["escalated_count"].sum())
    kinds = cells.groupby("kind", sort=False)[["item_count", "overdue_count"]].sum()
    said = clauses(
        _most_overdue(kinds) if late else (),
        ("，".join(f"{kind} {int(row['item_count'])} 项" for kind, row in kinds.iterrows()),),
        (f"提级在办 {raised} 项",) if raised else (),
    )
    if late:
        return Verdict("overdue", f"按性质分类的问题逾期 {late} 项", said)
    return Verdict("normal", "按性质分类的问题无逾期", said)


def _most_overdue(kinds: pd.DataFrame) -> tuple[str | Name, ...]:
    worst = kinds["overdue_count"].idxmax() if len(kinds) else None
    if worst is None or not kinds.loc[worst, "overdue_count"]:
        return ()
    return ("逾期最多：", Name(str(worst)), f" {int(kinds.loc[worst, 'overdue_count'])} 项")


def draw_classes(chosen: Filters, rows: pd.DataFrame) -> None:
    """Draw the matrix, and the items of the chosen cell with their source."""
    left, right = st.columns([1.6, 1])
    with left, panel("问题性质 × 难易程度", "格内为销号率和办理方式；点格子看明细", WHOLE_PX):
        drawn = class_counts(rows, theme=theme())
        key = f"classes-{st.session_state.get(ROUND, 0)}"
        picked = figure(drawn, key=key, alt="问题性质与难易程度", is_selectable=True)
        # The figure keeps its selection: only a new one changes the address.
        if picked and (key, picked) != st.session_state.get(SEEN):
            st.session_state[SEEN] = key, picked
            st.query_params.update(dict(zip(LINK, picked, strict=True)))
            st.rerun()
    with right, panel("", height=WHOLE_PX):
        _items(chosen, _linked_cell(rows))


def _linked_cell(rows: pd.DataFrame) -> dict[str, str]:
    """Return the cell that the address names; one that no list has stands for all."""
    cells = rows[rows["grouped_by"] == "cell"][list(LINK)].fillna("")
    wanted = tuple(st.query_params.get(key) for key in LINK)
    known = set(cells.itertuples(index=False, name=None))
    return dict(zip(LINK, map(str, wanted), strict=True)) if wanted in known else {}


def _items(chosen: Filters, named: Mapping[str, str]) -> None:
    title = " × ".join(value or UNCLASSED for value in named.values()) or "全部分类问题"
    items = ask("classed_items", chosen, at_most=LISTED_MAX, **named)
    with st.container(horizontal=True, vertical_alignment="center"):
        heading(title, f"列前 {LISTED_MAX} 项" if len(items) == LISTED_MAX else "")
        if named:
            st.button("看全部", on_click=_leave, key="all_classes")
    worded = items.assign(state_words=[_state(row) for row in items.to_dict("records")])
    row = row_list(worded, COLUMNS, key="classed_items", rows_max=8)
    row_card(row, "title", _fields, key="classed_item")


def _leave() -> None:
    """Take the cell out of the address, and out of the figure: the same one can be chosen anew."""
    for key in LINK:
        st.query_params.pop(key, None)
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1


def _state(row: Mapping[Any, Any]) -> str:
    if row["is_overdue"]:
        return f"■ 逾期 {int(row['overdue_days'])} 天"
    if row["is_closed"]:
        return "◆ 已核实" if row["is_verified"] else "✓ 已销号"
    return "● 在办"


def _fields(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "责任单位": row["unit"],
        "性质": row["kind"],
        "难易": row["difficulty"],
        "办理方式": row["handling"],
        "期限": words.iso_day(row["due_on"]),
        "状态": row["state_words"],
    }
