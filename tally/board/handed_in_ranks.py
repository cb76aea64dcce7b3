"""名次: the rankings handed in, work by work, and what a spot check found (D3–D5, D9, D15, D16)."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters
from tally.board.docket_parts import BODY_PX, count_of, numbers, row_card, row_list
from tally.board.panels import heading, panel
from tally.sentences import Verdict, clauses, listed

COLUMNS = {
    "work": ("工作", 190),
    "unit": ("参排单位", 170),
    "place": ("名次 / 参排", 130),
    "change": ("比上次", 84),
    "ranked": ("排名日期", 112),
    "published_words": ("排名单位", 150),
    "check_words": ("抽查", 110),
}
PAST_MAX = 8


def ranks_verdict(chosen: Filters, rows: pd.DataFrame) -> Verdict:
    """Judge the newest rankings of `handed_in_ranks`: what was found false, who is last."""
    if rows.empty:
        return Verdict("unreported", "还没有名次台账")
    newest = rows[rows["is_newest"]]
    false = newest[newest["is_confirmed"] == False]  # noqa: E712
    last = newest[newest["is_last"] == True]  # noqa: E712
    said = clauses(
        ("抽查不实：", *listed(sorted(set(false["published_by"].dropna())))) if len(false) else (),
        ("末位：", *listed(sorted(set(last["unit"])))) if len(last) else (),
        (f"最近一次共 {newest['work'].nunique()} 项工作、{newest['unit'].nunique()} 个单位",),
    )
    if len(false):
        return Verdict("overdue", f"排名抽查不实 {len(false)} 条", said)
    if len(last):
        return Verdict("soon", f"{len(last)} 个末位，{_moved(newest)}", said)
    return Verdict("normal", f"没有末位，{_moved(newest)}", said)


def _moved(rows: pd.DataFrame) -> str:
    return f"上升 {(rows['rank_change'] > 0).sum()} 个、下降 {(rows['rank_change'] < 0).sum()} 个"


def draw_ranks(chosen: Filters, rows: pd.DataFrame) -> None:
    """Draw the newest rankings of a scope and the card of the chosen place with its past."""
    place = st.container()
    left, right = st.columns([1.75, 1])
    with left, panel("", height=BODY_PX):
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            heading("最近一次排名", "照报来的名次，不另算")
            shown = _of_scope(rows)
        row = row_list(_worded(shown), COLUMNS, key="ranks")
    with right, panel("", height=BODY_PX):
        row_card(row, "work", lambda found: _fields(found, rows), key="rank")
    with place:
        checked = shown["is_confirmed"].notna()
        numbers(
            ("参排", "工作 / 单位", words.ratio(shown["work"].nunique(), shown["unit"].nunique())),
            ("上升", "比上一次", f"↑ {(shown['rank_change'] > 0).sum()}"),
            ("下降", "比上一次", f"↓ {(shown['rank_change'] < 0).sum()}"),
            ("末位", "并列都算", words.count(count_of(shown, "is_last"))),
            (
                "抽查不实", "不实 / 已抽查",
                words.ratio((shown["is_confirmed"] == False).sum(), checked.sum()),  # noqa: E712
            ),
        )  # fmt: skip


def _of_scope(rows: pd.DataFrame) -> pd.DataFrame:
    """Let a scope be chosen; return its newest rankings."""
    newest = rows[rows["is_newest"]]
    scopes = list(dict.fromkeys(newest["scope"]))
    label = st.segmented_control(
        "范围", scopes, default=scopes[0], required=True, key="scope", bind="query-params",
        label_visibility="collapsed", format_func=words.escape_markdown,
    )  # fmt: skip
    return newest[newest["scope"] == (label if label in scopes else scopes[0])]


def _place(row: Mapping[Any, Any]) -> str:
    count = "" if words.is_missing(row["place_count"]) else f" / {int(row['place_count'])}"
    is_last = not words.is_missing(row["is_last"]) and row["is_last"]
    return f"{'▲ ' if is_last else ''}{words.rank(row['rank'], row['is_tied'])}{count}"


def _change(value: Any) -> str:
    return words.EMPTY if words.is_missing(value) else words.rank_change(value)


def _check(row: Mapping[Any, Any]) -> str:
    if words.is_missing(row["is_confirmed"]):
        return "○ 未抽查"
    return "◆ 属实" if row["is_confirmed"] else "■ 不实"


def _worded(rows: pd.DataFrame) -> pd.DataFrame:
    records = rows.to_dict("records")
    return rows.assign(
        place=[_place(row) for row in records],
        change=[_change(value) for value in rows["rank_change"]],
        ranked=[words.iso_day(day) for day in rows["ranked_on"]],
        published_words=[words.text(name) for name in rows["published_by"]],
        check_words=[_check(row) for row in records],
    )


def _fields(row: Mapping[str, Any], rows: pd.DataFrame) -> dict[str, Any]:
    past = rows[
        (rows["work"] == row["work"]) & (rows["scope"] == row["scope"])
        & (rows["unit"] == row["unit"]) & (rows["ranked_on"] < row["ranked_on"])
    ]  # fmt: skip
    before = [
        f"{words.iso_day(one['ranked_on'])} {_place(one)}"
        for one in past.head(PAST_MAX).to_dict("records")
    ]
    checked = words.iso_day(row["checked_on"])
    is_checked = not words.is_missing(row["checked_on"])
    return {
        "范围": row["scope"],
        "参排单位": row["unit"],
        "名次": row["place"],
        "比上次": row["change"],
        "排名日期": row["ranked"],
        "排名单位": row["published_by"],
        "得分": words.amount(row["score"]),
        "抽查": f"{row['check_words']} {checked}" if is_checked else row["check_words"],
        "以前": "；".join(before),
        "备注": row["note"],
    }
