"""指标进度: the verdict over all indicators, and which of them is looked at (C1, C12, C14)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask
from tally.board.panels import UPLOAD_PAGE
from tally.board.projected import projected_px
from tally.board.sending import stop
from tally.board.ways import way_to
from tally.charts.indicator_progress import pace_words, target_words
from tally.sentences import Name, Verdict, clauses, listed, shortest_fitting

INDICATOR_KEY, GROUP_KEY = "indicator", "indicator_group"
WANTED_KEY = "_wanted_indicator"
OTHERS = "其他"
Row = Mapping[str, Any]


def _gap(row: Row) -> str:
    gap = row["gap_share"]
    if words.is_missing(gap):
        return ""
    size = words.points(abs(gap)).lstrip("+")
    return f"（差 {size}）" if gap < 0 else ""


def _slowest(rows: Sequence[Row]) -> Row:
    """Return the row furthest behind its ideal pace; what no ratio can say comes first."""
    return min(rows, key=lambda row: _pace(row, -1.0))


def _pace(row: Row, unknown: float) -> float:
    return unknown if words.is_missing(row["pace_share"]) else float(row["pace_share"])


def _names(rows: Sequence[Row], light: str) -> list[str]:
    return [str(row["indicator"]) for row in rows if row["light"] == light]


def _listed(names: Sequence[str]) -> tuple[str, ...]:
    """Return names joined by 、; of more than three the first and how many there are."""
    return listed(names) if len(names) <= 3 else (Name(names[0]), f" 等 {len(names)} 项")


def _detail(rows: Sequence[Row], as_of: date) -> tuple[str, ...]:
    red, yellow = _names(rows, "red"), _names(rows, "yellow")
    month = f"{as_of.year}-{as_of.month:02}"
    is_due = {"月": 1, "季": 3, "年": 12}
    old = [
        str(row["indicator"])
        for row in rows
        if row["month"] < month and as_of.month % is_due.get(str(row["frequency"]), 1) == 0
    ]
    unjudged = sum(words.is_missing(row["light"]) for row in rows)
    provisional = sum(bool(row["is_provisional"]) for row in rows)
    return clauses(
        ("滞后：", *_listed(red)) if red else (),
        ("偏慢：", *_listed(yellow)) if yellow else (),
        (f"{words.month(month)}数未出：", *_listed(old)) if old else (),
        (f"不判 {unjudged} 项",) if 0 < unjudged < len(rows) else (),
        (f"初步数 {provisional} 项",) if provisional else (),
    )


def indicators_verdict(rows: Sequence[Row], as_of: date) -> Verdict:
    """Judge the latest rows of `indicator_progress`: how many keep the pace, which is slowest.

    Indicators without a target are counted and not judged.
    """
    judged = [row for row in rows if not words.is_missing(row["light"])]
    detail = _detail(rows, as_of)
    if not judged:
        many = words.count(len(rows), "项")
        return Verdict("unreported", f"{many}指标都没有设目标，不判序时", detail)
    late = [row for row in judged if row["light"] != "green"]
    kept = len(judged) - len(late)
    if not late:
        return Verdict("normal", f"{len(judged)} 项指标均达到序时进度", detail)
    slow = _slowest(late)
    name, gap = slow["indicator"], _gap(slow)
    state = "overdue" if any(row["light"] == "red" for row in late) else "soon"
    counted = f"{len(judged)} 项指标中 {kept} 项达到序时"
    points = gap.strip("（）").replace("个百分点", "点")
    sentence = shortest_fitting(
        [
            f"{counted}进度，最慢的是{name}{gap}",
            f"{len(judged)} 项指标 {kept} 项达序时，最慢{name}{points}",
            f"{len(judged)} 项 {kept} 项达序时，最慢{name}{points}",
            f"{counted}，最慢{name}",
            counted,
        ]
    )
    distance = (f"{name}{gap.strip('（）')}",) if gap and points not in sentence else ()
    return Verdict(state, sentence, clauses(distance, detail))


def latest_rows(chosen: Filters) -> pd.DataFrame:
    """Return the newest row of each indicator, those of the units chosen by the filters."""
    latest = ask("indicator_progress", chosen, is_newest=True)
    if chosen.unit:
        is_theirs = latest["unit"].isin(chosen.unit) | latest["owner"].isin(chosen.unit)
        latest = latest[is_theirs]
    return latest.reset_index(drop=True)


def stop_without_indicators(latest: pd.DataFrame, chosen: Filters) -> None:
    """Say which ledger is missing and where to bring it, and end the page."""
    if not latest.empty:
        return
    if not ask("indicator_progress", chosen, is_newest=True).empty:
        st.title("○ 筛选后没有指标", anchor=False)
        st.markdown("放宽或清除筛选后再看。")
        stop()
    st.title("○ 还没有指标台账", anchor=False)
    st.markdown("上传“指标台账”并发布后，这里就有各项指标的序时进度、同比和贡献。")
    way_to(UPLOAD_PAGE, "去上传")
    stop()


def group_switch(latest: pd.DataFrame) -> pd.DataFrame:
    """Let one group of indicators be chosen, the first to begin with; return its rows.

    A link to an indicator opens the group it is in.
    """
    groups = latest["group"].where(latest["group"].fillna("") != "", OTHERS)
    names = list(dict.fromkeys(groups))
    if len(names) < 2:
        return latest
    linked = st.session_state.get(WANTED_KEY) or st.query_params.get(INDICATOR_KEY)
    at = latest.index[latest["indicator"] == linked]
    if GROUP_KEY not in st.session_state and GROUP_KEY not in st.query_params and len(at):
        st.session_state[GROUP_KEY] = groups[at[0]]
    elif st.session_state.get(GROUP_KEY) not in (None, *names):
        st.session_state.pop(GROUP_KEY)
    group = st.segmented_control(
        "类别",
        names,
        key=GROUP_KEY,
        bind="query-params",
        label_visibility="collapsed",
        format_func=words.escape_markdown,
    )
    return latest[groups == (group or names[0])].reset_index(drop=True)


def want_indicator(picked: tuple[Any, ...] | None) -> None:
    """Draw the page again around an indicator newly chosen in the figure."""
    memory = "_picked_indicator"
    if not picked or st.session_state.get(memory) == picked[0]:
        return
    st.session_state[memory] = picked[0]
    st.session_state[WANTED_KEY] = picked[0]
    st.rerun()


def chosen_indicator(latest: pd.DataFrame) -> str:
    """Return the indicator that was chosen, before its widget is drawn; else the slowest."""
    names = latest["indicator"].tolist()
    wanted = st.session_state.pop(WANTED_KEY, None)
    if wanted in names:
        st.session_state[INDICATOR_KEY] = wanted
    elif st.session_state.get(INDICATOR_KEY) not in (None, *names):
        st.session_state.pop(INDICATOR_KEY)
    held = st.session_state.get(INDICATOR_KEY) or st.query_params.get(INDICATOR_KEY)
    if held in names:
        return str(held)
    rows = latest.to_dict("records")
    late = [row for row in rows if row["light"] in ("red", "yellow")]
    return str(_slowest(late)["indicator"]) if late else names[0]


def indicator_choice(latest: pd.DataFrame, indicator: str) -> None:
    """Let an indicator be found by its name; bound to the address as `?indicator=…`."""
    names = latest["indicator"].tolist()
    st.session_state.setdefault(INDICATOR_KEY, indicator)
    st.selectbox(
        "指标", names, key=INDICATOR_KEY, bind="query-params", label_visibility="collapsed",
        width=projected_px(330),
    )  # fmt: skip


def standing_words(row: Row) -> list[str]:
    """Return how an indicator stands against its floor and what is striven for (C12)."""
    if words.is_missing(row["target"]):
        return [pace_words(row)]
    said = [f"{pace_words(row)}，目标 {target_words(row)}"]
    if not words.is_missing(row["stretch_target"]):
        stretch = target_words(row, "stretch_target")
        said.append(f"{pace_words(row, 'stretch_light')}，力争 {stretch}")
    return said
