"""目标与考评: the ranks we are to reach, and where others place us (C9, C13)."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask
from tally.board.indicator_detail import source_button
from tally.board.panels import panel
from tally.board.peers import WHOLE_PX
from tally.board.tables import table
from tally.sentences import Verdict, clauses, listed

UPPER_PX = 400
Row = Mapping[str, Any]


def _goal(row: Row) -> str:
    rank = row["goal_rank"]
    return "争先进位（名次未定）" if words.is_missing(rank) else f"第{int(rank)}以内"


def _standing(row: Row) -> str:
    if words.is_missing(row["rank"]):
        return "○ 未公布"
    if words.is_missing(row["is_reached"]):
        return "○ 缺上年同期"
    if row["is_reached"]:
        return "● 已达到"
    return f"{'■' if row['is_passed'] else '▲'} 差 {int(row['places_missing'])} 位"


def goals_verdict(goals: pd.DataFrame) -> Verdict:
    """Judge rows of `goal_standing`: how many are reached, which are missed or still short."""
    if goals.empty:
        return Verdict("unreported", "方案没有定目标位次")
    rows = goals.to_dict("records")
    judged = [row for row in rows if not words.is_missing(row["is_reached"])]
    short = [row for row in judged if not row["is_reached"]]
    missed = [row for row in short if row["is_passed"]]
    names = list(dict.fromkeys(f"{row['subject']}（{row['scope']}）" for row in short))
    detail = clauses(
        ("没达到：", *listed(names)) if names else (),
        (f"{len(rows) - len(judged)} 个还不能判",) if len(judged) < len(rows) else (),
    )
    if not judged:
        return Verdict("unreported", "目标位次还不能判：数未公布", detail)
    counted = f"{len(judged)} 个目标位次达到 {len(judged) - len(short)} 个"
    state = "overdue" if missed else "soon" if short else "normal"
    return Verdict(state, counted, detail)


def _goal_table(goals: pd.DataFrame) -> None:
    if goals.empty:
        st.markdown(":gray[方案没有写要争到第几名]")
        return
    rows = goals.to_dict("records")
    shown = pd.DataFrame(
        {
            "subject": [row["subject"] for row in rows],
            "scope": [row["scope"] for row in rows],
            "checkpoint": [words.year_month(row["checkpoint_on"]) for row in rows],
            "goal": [_goal(row) for row in rows],
            "now": [
                f"{words.rank(row['rank'])} / {words.count(row['published_count'])}" for row in rows
            ],
            "before": [words.rank(row["rank_year_before"]) for row in rows],
            "state": [_standing(row) for row in rows],
        }
    )
    columns = {
        "subject": st.column_config.TextColumn("指标", width=170),
        "scope": st.column_config.TextColumn("范围", width=96),
        "checkpoint": st.column_config.TextColumn("时点", width=116),
        "goal": st.column_config.TextColumn("目标", width=180),
        "now": st.column_config.TextColumn("现在 / 已公布", width=130),
        "before": st.column_config.TextColumn("上年同期", width=96),
        "state": st.column_config.TextColumn("差距", width=130),
    }
    table(shown, columns, key="goals", rows_max=8)


def _rank_table(ranking: pd.DataFrame) -> None:
    """Draw our rank in each circle, one line an indicator."""
    own = ranking[ranking["is_own"].astype(bool)]
    scopes = list(dict.fromkeys(own["scope"]))
    lines = []
    for indicator, rows in own.groupby("indicator", sort=False):
        by_scope = {row["scope"]: row for row in rows.to_dict("records")}
        lines.append({"indicator": indicator} | {
            scope: f"{words.rank(row['rank'])} / {int(row['published_count'])}"
            if (row := by_scope.get(scope)) is not None else words.EMPTY
            for scope in scopes
        })  # fmt: skip
    columns = {"indicator": st.column_config.TextColumn("指标", width=230)} | {
        scope: st.column_config.TextColumn(scope, width=130) for scope in scopes
    }
    shown = pd.DataFrame(lines, columns=["indicator", *scopes])
    table(shown, columns, key="own_ranks", rows_max=7)


def _appraisals(chosen: Filters) -> None:
    ranks = ask("appraisal_ranks", chosen)
    latest = ranks[ranks["is_latest"].astype(bool) & ranks["is_own"].astype(bool)]
    if latest.empty:
        st.markdown(":gray[还没有考评位次：在“指标台账”里口径写“位次”的行会列在这里]")
        return
    latest = latest.reset_index(drop=True)
    rows = latest.to_dict("records")
    shown = pd.DataFrame(
        {
            "indicator": latest["indicator"],
            "among": [words.text(row["definition"]) for row in rows],
            "period": [
                f"{row['period_end_on'].year}年" if row["frequency"] == "年"
                else words.year_month(row["period_end_on"]) for row in rows
            ],
            "rank": [words.rank(row["rank"]) for row in rows],
            "change": [
                words.EMPTY if words.is_missing(row["rank_change"])
                else words.rank_change(row["rank_change"]) for row in rows
            ],
        }
    )  # fmt: skip
    columns = {
        "indicator": st.column_config.TextColumn("考评", width=172),
        "among": st.column_config.TextColumn("范围", width=176),
        "period": st.column_config.TextColumn("年度", width=82),
        "rank": st.column_config.TextColumn("位次", width=70),
        "change": st.column_config.TextColumn("比上次", width=76),
    }
    picked = table(shown, columns, key="appraisals", rows_max=12)
    row = rows[picked or 0]
    source_button(row, key="appraisal_source")


def goals_view(chosen: Filters, ranking: pd.DataFrame, goals: pd.DataFrame) -> None:
    """Draw the goals, our ranks in every circle, and the appraisals of others."""
    left, right = st.columns([1.6, 1])
    with left, panel("目标位次", "过了时点的以时点那期为准", UPPER_PX):
        _goal_table(goals)
    with left, panel("各指标位次", "位次 / 已公布家数", WHOLE_PX - 17 - UPPER_PX):
        _rank_table(ranking)
    with right, panel("上级考评位次", "照公布的列出；点一行看出处", WHOLE_PX):
        _appraisals(chosen)
