"""A quarter's steps and stock-taking (D1, A9), set topics (E3), and what is to be issued (E11)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask, theme
from tally.board.panels import figure
from tally.board.ranking_use import as_shown, no_ranking, ranking_filters
from tally.board.rhythm import duty_state, span_bounds, window_words
from tally.board.tables import table
from tally.charts.duty_quarter import duty_quarter

ALL = "全部"
INSTITUTION_STATES = {
    "issued": "● 已印发",
    "late": "▲ 迟",
    "overdue": "■ 缺",
    "waiting": "○ 未到期",
    "open": "○ 未定日期",
}

RHYTHM_WORDS = {
    "day": "每日",
    "week": "每周",
    "fortnight": "每两周",
    "month": "每月",
    "two_months": "每两月",
    "quarter": "每季",
    "half_year": "每半年",
    "year": "每年",
    "once": "一次",
}


def pick_section(totals: pd.DataFrame) -> str | None:
    """Let one section of duties be chosen; None is all of them."""
    sections = [section for section in dict.fromkeys(totals["section"]) if section]
    section = st.selectbox(
        "类别", [ALL, *sections], key="section", bind="query-params",
        label_visibility="collapsed", width=260,
    )  # fmt: skip
    return None if section in (None, ALL) else section


def quarter(chosen: Filters, section: str | None) -> None:
    """Draw every duty's windows in the quarter of the day asked, by section."""
    bounds = span_bounds(chosen.as_of, "本季")
    windows = ask("duty_windows", chosen, **bounds)
    if section:
        windows = windows[windows["section"] == section]
    # A report of the month before that is due in this quarter belongs to that month.
    inside = windows[windows["period_start_on"] <= bounds["last_on"]]
    figure(
        duty_quarter(inside, bounds["first_on"], chosen.as_of, theme=theme()),
        key="duty_quarter",
        alt=f"{quarter_name(chosen.as_of)}的履职",
    )


def quarter_name(day: date) -> str:
    """Return a quarter as `2023年三季度`."""
    return f"{day.year}年{'一二三四'[(day.month - 1) // 3]}季度"


def comparison(chosen: Filters, rows_max: int) -> None:
    """Draw the units side by side: what share is closed, and how it moved in the quarter (A9)."""
    refused = no_ranking(chosen)
    if refused:
        st.markdown(f":gray[{words.escape_markdown(refused.sentence)}]")
        return
    [units] = as_shown(chosen, ask("quarter_ranking", ranking_filters(chosen)))
    if units.empty or not units["due_count"].any():
        st.markdown(":gray[这一季还没有到期事项可比]")
        return
    shown = units.assign(
        rank_words=[words.rank(rank) for rank in units["rank"]],
        share_words=[words.share(share) for share in units["closed_share"]],
        change_words=[words.points(change) for change in units["share_change"]],
        closed_words=[words.change(change) for change in units["closed_change"]],
        place_words=[_places(row) for row in units.to_dict("records")],
    )
    columns = {
        "rank_words": st.column_config.TextColumn("名次", width=60),
        "unit": st.column_config.TextColumn("单位", width=170),
        "share_words": st.column_config.TextColumn("销号率", width=74),
        "change_words": st.column_config.TextColumn("比上季", width=130),
        "closed_words": st.column_config.TextColumn("净增销号", width=76),
        "place_words": st.column_config.TextColumn("升降", width=70),
    }
    table(shown, columns, key="quarter_units", row_px=34, rows_max=rows_max)


def _places(row: Mapping[str, Any]) -> str:
    change = row["rank_change"]
    return words.EMPTY if words.is_missing(change) else words.rank_change(change)


def topics(chosen: Filters, rows_max: int) -> None:
    """Draw each window that has a set topic, with how many took it up (E3)."""
    windows = ask("duty_windows", chosen)
    set_topics = windows[windows["topic"].notna()]
    if set_topics.empty:
        st.markdown(":gray[方案没有规定主题]")
        return
    rows = set_topics.to_dict("records")
    shown = set_topics.assign(
        when=[window_words(row["window_start_on"], row["window_end_on"]) for row in rows],
        done=[f"{row['done_count'] + row['late_count']} / {row['subject_count']}" for row in rows],
        own=[f"{row['topic_count']}" for row in rows],
    )
    columns = {
        "when": st.column_config.TextColumn("时间", width=118),
        "duty": st.column_config.TextColumn("事项", width=110),
        "topic": st.column_config.TextColumn("规定主题（可自定）", width=560),
        "done": st.column_config.TextColumn("已做", width=80),
        "own": st.column_config.TextColumn("写明主题", width=80),
    }
    table(shown, columns, key="duty_topics", row_px=34, rows_max=rows_max)
    left = [topic for duty in chosen.pack.duties for topic in duty.topics]
    left = [topic for topic in left if topic not in set(set_topics["topic"])]
    if left:
        st.markdown(f":gray[:small[另有规定主题未排入：{words.escape_markdown('；'.join(left))}]]")


def deliverables(chosen: Filters, rows_max: int) -> None:
    """Draw what the document wants issued, the dated first (E11, B19)."""
    issued = ask("institution_progress", chosen)
    wanted = issued[issued["is_deliverable"]]
    if wanted.empty:
        st.markdown(":gray[方案没有列出要印发的成果]")
        return
    wanted = wanted.sort_values("due_on", kind="stable")
    shown = wanted.assign(
        state_words=wanted["status"].map(INSTITUTION_STATES),
        due=wanted["due_on"].map(words.iso_day),
        issued=wanted["issued_on"].map(words.iso_day),
    )
    columns = {
        "title": st.column_config.TextColumn("成果", width=250),
        "unit": st.column_config.TextColumn("责任单位", width=130),
        "due": st.column_config.TextColumn("限期", width=104),
        "state_words": st.column_config.TextColumn("状态", width=110),
        "issued": st.column_config.TextColumn("印发", width=104),
    }
    table(shown, columns, key="deliverables", row_px=34, rows_max=rows_max)


def own_duties(chosen: Filters, totals: pd.DataFrame, rows_max: int) -> None:
    """Draw what the office and its groups owe themselves, on the same calendar (E10)."""
    own = totals[totals["subjects"] == "organs"]
    if own.empty:
        st.markdown(":gray[方案没有规定办公室和工作组自己的事]")
        return
    who = {duty.name: "、".join(duty.who) for duty in chosen.pack.duties}
    rows = own.to_dict("records")
    shown = own.assign(
        who=own["duty"].map(who),
        rhythm=own["every"].map(RHYTHM_WORDS),
        state_words=[duty_state(row) for row in rows],
        next=[
            window_words(row["current_start_on"], row["current_end_on"])
            if not words.is_missing(row["current_start_on"])
            else words.EMPTY
            for row in rows
        ],
    )
    columns = {
        "duty": st.column_config.TextColumn("事项", width=230),
        "who": st.column_config.TextColumn("由谁", width=230),
        "rhythm": st.column_config.TextColumn("节奏", width=76),
        "state_words": st.column_config.TextColumn("状态", width=96),
        "done_count": st.column_config.NumberColumn("完成", width=64),
        "late_count": st.column_config.NumberColumn("迟", width=50),
        "missing_count": st.column_config.NumberColumn("缺", width=50),
        "next": st.column_config.TextColumn("当前或下一次", width=190),
    }
    table(shown, columns, key="own_duties", row_px=34, rows_max=rows_max)
