"""综合指数: a place's parts with open weights, and how firmly its rank stands (C4)."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from tally import service, words
from tally.board.asking import Filters, ask, theme
from tally.board.indicator_detail import source_button
from tally.board.panels import figure, panel
from tally.board.peers import WHOLE_PX, choice, own_of
from tally.board.tables import table
from tally.charts.rank_ladder import index_ladder, span_words
from tally.sentences import Verdict, clauses, listed, shortest_fitting
from tally.statistics import rank_stability

SCALES = {"极差法": "min-max", "标准分": "z"}
Row = Mapping[str, Any]


def weighed(parts: pd.DataFrame, weights: Sequence[str] | None) -> pd.DataFrame:
    """Return rows of `index_parts` of one index and scope with other weights, `indicator=weight`.

    As the question would say with these weights, without asking it: no score depends on them.
    """
    named = {
        name: float(weight) for name, weight in (word.rsplit("=", 1) for word in weights or ())
    }
    weight = parts["indicator"].map(named).fillna(parts["weight"]).clip(lower=0)
    whole = weight.groupby(parts["place"]).transform("sum")
    return parts.assign(weight=weight, weight_share=weight / whole.where(whole != 0))


def index_parts(campaign: str, as_of: date, asked: Mapping[str, Any]) -> pd.DataFrame:
    """Return `index_parts` of one index and scope, with the weights that were changed."""
    given = {name: value for name, value in asked.items() if name != "weight"}
    parts = ask("index_parts", campaign=campaign, as_of=as_of, **given)
    return weighed(parts, asked.get("weight"))


@st.cache_data(max_entries=256, show_spinner=False)
def _stability(
    home: Path,
    version: int,
    campaign: str,
    as_of: date,
    asked: tuple[tuple[str, Any], ...],
) -> pd.DataFrame:
    """Return `rank_stability` of one index and scope; `home` and `version` are its data's.

    A place's part that is not published is taken as its mean of the others, as in its index.
    """
    given = {name: list(v) if isinstance(v, tuple) else v for name, v in asked}
    parts = index_parts(campaign, as_of, given)
    standing = ask("index_ranking", campaign=campaign, as_of=as_of, **given)
    ranked = standing[standing["rank"].notna()].set_index("place")["score"]
    parts = parts[(parts["weight"] > 0) & parts["place"].isin(ranked.index)]
    scores = parts.pivot_table(index="place", columns="indicator", values="score")
    if len(scores) < 2:
        return pd.DataFrame(columns=["place", "rank_low", "rank_high", "held_share"])
    scores = scores.apply(lambda column: column.fillna(ranked.reindex(column.index)))
    weights = parts.drop_duplicates("indicator").set_index("indicator")["weight"]
    found = rank_stability(scores, weights.reindex(scores.columns))
    return found[["place", "rank_low", "rank_high", "held_share"]]


def _weights(chosen: Filters, index: str) -> list[str] | None:
    """Let the weights be changed behind a button; None while they are the pack's."""
    own = [part for part in chosen.pack.index_parts if part.index == index]
    changed = []
    with st.popover("调权重"):
        st.markdown(":gray[:small[只改自己看到的，不改方案；0 为不计入]]")
        for part in own:
            weight = st.number_input(
                words.escape_markdown(part.indicator), 0.0, 100.0, float(part.weight), 0.5,
                key=f"weight_{chosen.campaign}_{index}_{part.indicator}", bind="query-params",
            )  # fmt: skip
            if weight != part.weight:
                changed.append(f"{part.indicator}={weight:g}")
    return changed or None


def index_filters(chosen: Filters) -> dict[str, Any]:
    """Let the index, the circle, the scale and the weights be chosen; the question's parameters."""
    standing = ask("index_ranking", chosen)
    names = list(dict.fromkeys(standing.loc[standing["rank"].notna(), "index"]))
    if not names:
        return {}
    index = choice("指数", names, "index", 190)
    ranked = standing[(standing["index"] == index) & standing["rank"].notna()]
    scope = choice("比较范围", list(dict.fromkeys(ranked["scope"])), "index_scope", 130)
    scale = st.segmented_control(
        "方法", list(SCALES), default="极差法", required=True, key="scale", bind="query-params",
        label_visibility="collapsed",
    )  # fmt: skip
    return {
        "index": index,
        "scope": scope,
        "method": SCALES.get(scale or "", "min-max"),
        "weight": _weights(chosen, index),
    }


def index_rows(chosen: Filters, asked: Mapping[str, Any]) -> pd.DataFrame:
    """Return `index_ranking` of one index and scope with the span of each rank."""
    rows = ask("index_ranking", chosen, **asked)
    database = service.database()
    given = {"known_at": chosen.known_at, **asked}
    fixed = tuple((name, tuple(v) if isinstance(v, list) else v) for name, v in given.items())
    spans = _stability(database.home, database.version, chosen.campaign, chosen.as_of, fixed)
    return rows.merge(spans, on="place", how="left")


def index_verdict(rows: pd.DataFrame, goals: pd.DataFrame) -> Verdict:
    """Judge an index: our rank, whether the goal is met, how firm the rank is."""
    if rows.empty:
        return Verdict("unreported", "还没有可以合成的指数", ("各项指标要有本地和比较对象的数",))
    own = own_of(rows)
    first = rows.iloc[0].to_dict()
    counted = f"共 {int(first['peer_count'])} 家，{int(first['published_count'])} 家参与排名"
    if own is None or words.is_missing(own["rank"]):
        return Verdict("unreported", f"{first['index']}{first['scope']}位次未知", (counted,))
    mine = goals[(goals["subject"] == first["index"]) & (goals["scope"] == first["scope"])]
    said = f"{own['index']}{own['scope']}{words.rank(own['rank'], bool(own['is_tied']))}"
    aim = mine["goal_rank"].dropna()
    short = int(own["rank"] - aim.iloc[0]) if len(aim) else 0
    tail = f"，距前 {int(aim.iloc[0])} 名差 {short} 位" if short > 0 else ""
    tail = f"，达到前 {int(aim.iloc[0])} 名的目标" if len(aim) and short <= 0 else tail
    missing = list(own["missing_parts"])
    span = span_words(own)
    held = f"权重各变 ±20%，名次{'在' + span if '–' in span else '不变'}"
    detail = clauses(
        (counted,),
        (held,) if not words.is_missing(own["rank_low"]) else (),
        ("本地缺：", *listed(missing)) if missing else (),
    )
    return Verdict("soon" if short > 0 else "normal", shortest_fitting([said + tail, said]), detail)


def _parts_table(parts: pd.DataFrame, place: str) -> None:
    own = parts[parts["place"] == place].reset_index(drop=True)
    rows = own.to_dict("records")
    shown = pd.DataFrame(
        {
            "indicator": own["indicator"],
            "weight": [words.share(row["weight_share"]) for row in rows],
            "value": [
                "○ 未公布" if words.is_missing(row["value"])
                else words.amount(row["value"], row["unit_of_measure"]) for row in rows
            ],
            "score": [words.amount(row["score"]) for row in rows],
            "period": [words.year_month(row["period_end_on"]) for row in rows],
        }
    )  # fmt: skip
    columns = {
        "indicator": st.column_config.TextColumn("构成", width=180),
        "weight": st.column_config.TextColumn("权重", width=74),
        "value": st.column_config.TextColumn("数值", width=136),
        "score": st.column_config.TextColumn("得分", width=72),
        "period": st.column_config.TextColumn("截至", width=108),
    }
    picked = table(shown, columns, key=f"parts_{place}", rows_max=17)
    row = rows[picked or 0]
    if not words.is_missing(row["period_end_on"]):
        source_button(row, key="part_source")


def index_view(chosen: Filters, asked: Mapping[str, Any], rows: pd.DataFrame, alt: str) -> None:
    """Draw the ladder of an index, and the parts of the chosen place."""
    if rows.empty:
        return
    parts = index_parts(chosen.campaign, chosen.as_of, asked)
    own = own_of(rows)
    left, right = st.columns([1.75, 1])
    span = words.year_month(rows["period_end_on"].max())
    changed = "，权重已改" if asked.get("weight") else ""
    mark = "　▲ 含初步数" if rows["is_provisional"].fillna(False).astype(bool).any() else ""
    note = f"{asked['scope']}　截至{span}{changed}{mark}"
    with left, panel(str(asked["index"]), note, WHOLE_PX):
        picked = figure(
            index_ladder(rows, theme=theme(), height=690),
            key=f"index_{asked['index']}_{asked['scope']}", alt=alt, is_selectable=True,
        )  # fmt: skip
    place = picked[0] if picked else own["place"] if own else rows.iloc[0]["place"]
    with right, panel(f"{place}的构成", "点一行看出处", WHOLE_PX):
        _parts_table(parts, str(place))
