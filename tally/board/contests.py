"""比武: scored contests, criterion by criterion, and how far the scorers disagree (D13)."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask
from tally.board.docket_parts import BODY_PX, count_of, numbers, row_card, row_list
from tally.board.panels import heading, panel
from tally.sentences import Verdict, clauses, listed

COLUMNS = {
    "place": ("名次", 100),
    "unit": ("参赛单位", 200),
    "league": ("比较组", 140),
    "score_words": ("得分 / 满分", 130),
    "range": ("评分人之间", 130),
    "scorers": ("评分人", 80),
    "state_words": ("说明", 220),
}

# Of more the line breaks in two and pushes the page off the screen.
LEADERS_SHOWN = 2


def contests_verdict(chosen: Filters, rows: pd.DataFrame) -> Verdict:
    """Judge `contest_ranking`: who is first in each contest, and whether the marks part them."""
    if rows.empty:
        return Verdict("unreported", "还没有比武评分")
    contests = list(dict.fromkeys(rows["contest"]))
    first = rows[rows["rank"] == 1]
    close = first[first["is_close"]]
    said = clauses(
        *(
            (f"{name}第1：", *listed(first[first["contest"] == name]["unit"].tolist(), at_most=1))
            for name in contests[:LEADERS_SHOWN]
        )
    )
    if len(close):
        alike = close["contest"].nunique()
        return Verdict("soon", f"{len(contests)} 项评比，{alike} 项第1名难分高下", said)
    return Verdict("normal", f"{len(contests)} 项评比，第1名都分得开", said)


def draw_contests(chosen: Filters, rows: pd.DataFrame) -> None:
    """Draw the chosen contest's ranking and the parts of the chosen unit's score."""
    place = st.container()
    left, right = st.columns([1.75, 1])
    with left, panel("", height=BODY_PX):
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            heading("评比名次", "各评分项取评分人平均后相加；同组内排名")
            shown = _of_contest(rows)
        row = row_list(_worded(shown), COLUMNS, key="contests")
    marks = ask("contest_marks", chosen, unit=None)
    with right, panel("", height=BODY_PX):
        row_card(_with_source(row, marks), "unit", lambda found: _fields(found, marks), key="mark")
    with place:
        ranked = shown[shown["rank"].notna()]
        numbers(
            ("参评", "有评分 / 花名册", words.ratio(len(ranked), len(shown))),
            ("评分项", "项", words.count(shown["criterion_count"].max())),
            ("评分人", "每项", words.count(shown["scorer_count"].max())),
            ("最高分", "满分见明细", words.amount(shown["score"].max())),
            ("难分高下", "在评分分歧之内", words.count(count_of(shown, "is_close"))),
        )


def _of_contest(rows: pd.DataFrame) -> pd.DataFrame:
    contests = list(dict.fromkeys(rows["contest"]))
    label = st.segmented_control(
        "活动", contests, default=contests[0], required=True, key="contest", bind="query-params",
        label_visibility="collapsed", format_func=words.escape_markdown,
    )  # fmt: skip
    return rows[rows["contest"] == (label if label in contests else contests[0])]


def _with_source(row: Mapping[str, Any] | None, marks: pd.DataFrame) -> Mapping[str, Any] | None:
    """Return the row with the file of its last mark."""
    if row is None or words.is_missing(row["upload"]):
        return row
    return {**row, "file": marks[marks["upload"] == row["upload"]].iloc[0]["file"]}


def _worded(rows: pd.DataFrame) -> pd.DataFrame:
    records = rows.to_dict("records")
    return rows.assign(
        place=[words.rank(row["rank"], row["is_tied"]) for row in records],
        score_words=[_of_full(row) for row in records],
        range=[_range(row) for row in records],
        scorers=[words.count(row["scorer_count"], "人") for row in records],
        state_words=[_state(row) for row in records],
    )


def _of_full(row: Mapping[Any, Any]) -> str:
    full = "" if words.is_missing(row["full_score"]) else f" / {words.amount(row['full_score'])}"
    return f"{words.amount(row['score'])}{full}"


def _range(row: Mapping[Any, Any]) -> str:
    if words.is_missing(row["score"]):
        return words.EMPTY
    return f"{words.amount(row['score_low'])}–{words.amount(row['score_high'])}"


def _state(row: Mapping[Any, Any]) -> str:
    if words.is_missing(row["score"]):
        return "○ 没有评分，不排名"
    if not row["is_complete"]:
        return "○ 评分项不全，不排名"
    return "▲ 与他人在评分分歧之内" if row["is_close"] else "● 与他人分得开"


def _fields(row: Mapping[str, Any], marks: pd.DataFrame) -> dict[str, Any]:
    own = marks[(marks["contest"] == row["contest"]) & (marks["unit"] == row["unit"])]
    parts = {
        part["criterion"]: f"{_of_full(part)}（{_range(part)}，{int(part['scorer_count'])} 人评）"
        for part in own.to_dict("records")
    }
    return {
        "活动": row["contest"],
        "名次": row["place"],
        "合计": f"{row['score_words']}（{row['range']}）",
        **parts,
        "最后评分": words.iso_day(row["scored_on"]),
        "说明": row["state_words"],
    }
