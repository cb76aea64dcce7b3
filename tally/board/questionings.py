"""抽问: who is drawn, what is known of a unit before it is asked, and the marks so far (D20)."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask
from tally.board.docket_parts import WHOLE_PX, row_card, row_list
from tally.board.panels import heading, panel
from tally.board.questioning_sheet import draw_sheet
from tally.board.repeating import known_now, repeating_line
from tally.sentences import Verdict, clauses, listed

WORST = {"situation": "不清楚", "measures": "不力", "effect": "不好"}
BEST = {"situation": "清楚", "measures": "具体", "effect": "明显"}
MARKS = {
    "asked": ("抽问日期", 112),
    "unit": ("单位", 160),
    "situation_words": ("情况", 104),
    "measures_words": ("措施", 84),
    "effect_words": ("成效", 84),
}
DRAWN = {
    "number": ("抽序", 56),
    "unit": ("单位", 190),
    "last_words": ("上次抽问", 116),
    "state_words": ("本月", 160),
}
USUAL_SIZE, LARGEST_SIZE = 3, 100
DRAWN_MAX, MARKS_MAX = 5, 5
DRAW_PX, MARKS_PX = 412, 356


def questionings_verdict(chosen: Filters, rows: pd.DataFrame) -> Verdict:
    """Judge rows of `questionings` of the month: who was asked, and with what marks."""
    if rows.empty:
        return Verdict("unreported", "还没有抽问过", ("写上种子和数量，就有名单和情况单",))
    month = words.month(chosen.as_of)
    asked = rows[pd.to_datetime(rows["asked_on"]) >= pd.Timestamp(chosen.as_of.replace(day=1))]
    poor = rows[rows["poor_count"] > 0]
    said = clauses(
        (f"累计抽问 {len(rows)} 次，{rows['unit'].nunique()} 个单位",),
        (f"有最差评价的 {len(poor)} 次：", *listed(list(dict.fromkeys(poor["unit"]))))
        if len(poor)
        else (),
    )
    if asked.empty:
        return Verdict("unreported", f"{month}还没有抽问", said)
    bad = asked[asked["poor_count"] > 0]
    if len(bad):
        return Verdict("overdue", f"{month}抽问 {len(asked)} 次，{len(bad)} 次有最差评价", said)
    return Verdict("normal", f"{month}抽问 {len(asked)} 次，没有最差评价", said)


def draw_questionings(chosen: Filters, rows: pd.DataFrame) -> None:
    """Draw the draw and the marks so far on the left, the fact sheet on the right."""
    left, right = st.columns([1.15, 1])
    with left:
        with panel("", height=DRAW_PX):
            drawn = _draw(chosen)
        with panel("", height=MARKS_PX):
            _marks(rows)
    with right, panel("", height=WHOLE_PX):
        draw_sheet(chosen, None if drawn is None else str(drawn["unit"]))


def _draw(chosen: Filters) -> Mapping[str, Any] | None:
    """Let seed and size be given; draw the list and the line that repeats it."""
    title, seed_place, size_place = st.columns([2, 1.2, 0.8], vertical_alignment="center")
    with title:
        heading(f"{words.month(chosen.as_of)}抽谁", "同月同种子同名单；点一行看情况单")
    with seed_place:
        seed = st.text_input(
            "种子", key="seed", bind="query-params", placeholder="种子：任意字或数",
            label_visibility="collapsed",
        )  # fmt: skip
    with size_place:
        size = st.number_input(
            "数量", min_value=1, max_value=LARGEST_SIZE, value=USUAL_SIZE, step=1, key="size",
            bind="query-params", label_visibility="collapsed",
        )  # fmt: skip
    if not seed.strip():
        st.markdown(":gray[写上种子（可用当众抽出的数字），名单就出来，谁写都一样]")
        return None
    drawn = ask("questioning_draw", chosen, seed=seed.strip(), size=int(size))
    row = row_list(_drawn(drawn), DRAWN, key="drawn_units", rows_max=DRAWN_MAX)
    asked = {"campaign": chosen.campaign, "as_of": chosen.as_of, "seed": seed.strip()}
    asked |= {"size": int(size), "league": chosen.league, "known_at": known_now()}
    st.code(repeating_line("questioning_draw", asked), language=None)
    return row


def _drawn(rows: pd.DataFrame) -> pd.DataFrame:
    records = rows.to_dict("records")
    return rows.assign(
        number=[words.count(number) for number in rows["draw_number"]],
        last_words=[words.iso_day(day) for day in rows["last_asked_on"]],
        state_words=[
            "○ 未问" if words.is_missing(row["asked_on"]) else f"✓ {words.day(row['asked_on'])}已问"
            for row in records
        ],
    )


def _marks(rows: pd.DataFrame) -> None:
    """Draw the questionings so far, and where the chosen one stands."""
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        heading("已抽问", "情况、措施、成效三项评价")
        detail = st.popover("看选中的一次")
    row = row_list(_worded(rows), MARKS, key="questionings", rows_max=MARKS_MAX)
    with detail:
        row_card(row, "unit", _fields, key="questioning")


def _worded(rows: pd.DataFrame) -> pd.DataFrame:
    marks = {f"{name}_words": [mark_words(name, mark) for mark in rows[name]] for name in WORST}
    return rows.assign(asked=[words.iso_day(day) for day in rows["asked_on"]], **marks)


def mark_words(name: str, mark: Any) -> str:
    """Return one of the three marks with its shape; the worst is red, none is `—`."""
    if words.is_missing(mark):
        return words.EMPTY
    return f"{'■' if mark == WORST[name] else '●' if mark == BEST[name] else '▲'} {mark}"


def _fields(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "抽问": row["asked"],
        "被抽问": row["post"],
        "情况": row["situation_words"],
        "措施": row["measures_words"],
        "成效": row["effect_words"],
        "抽问人": row["asked_by"],
        "备注": row["note"],
    }
