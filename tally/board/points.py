"""积分: what each unit stands at, and every point with its reason and its row (D14)."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask
from tally.board.docket_parts import BODY_PX, numbers, row_card, row_list
from tally.board.panels import heading, panel
from tally.sentences import Verdict, clauses, listed

BALANCES = {
    "unit": ("单位", 180),
    "balance_words": ("积分", 76),
    "given_words": ("加", 66),
    "taken_words": ("减", 66),
    "month_words": ("本月", 76),
}
ENTRIES = {
    "unit": ("单位", 160),
    "given": ("记分日期", 112),
    "points_words": ("分值", 80),
    "reason": ("事由", 264),
    "balance_words": ("累计", 70),
}
# Below the list of points stands the card of one.
ENTRIES_MAX = 7


def points_verdict(chosen: Filters, rows: pd.DataFrame) -> Verdict:
    """Judge `points_ledger`: how many entries, whether each says what it stands on, who leads."""
    if rows.empty:
        return Verdict("unreported", "还没有积分台账")
    balances = ask("points_balance", chosen)
    bare = rows[rows["basis"].fillna("") == ""]
    best = balances[balances["balance"] == balances["balance"].max()]
    worst = balances[(balances["balance"] == balances["balance"].min()) & (balances["balance"] < 0)]
    said = clauses(
        ("最高：", *listed(best["unit"].tolist()), f" {words.amount(best['balance'].max())} 分"),
        ("最低：", *listed(worst["unit"].tolist()), f" {words.amount(worst['balance'].min())} 分")
        if len(worst)
        else (),
        ("没有依据编号：", *listed(sorted(set(bare["unit"])))) if len(bare) else (),
    )
    if len(bare):
        return Verdict("soon", f"{len(rows)} 笔积分，{len(bare)} 笔没有依据编号", said)
    return Verdict("normal", f"{len(rows)} 笔积分，每笔有事由和依据", said)


def draw_points(chosen: Filters, rows: pd.DataFrame) -> None:
    """Draw the numbers, the units' balances, the points of the chosen unit and one's card."""
    balances = ask("points_balance", chosen)
    net = words.amount(balances["month_points"].sum())
    numbers(
        ("加分", "累计", words.amount(balances["given"].sum())),
        ("减分", "累计", words.amount(balances["taken"].sum())),
        ("笔数", "加减合计", words.count(balances["entry_count"].sum())),
        (f"{words.month(chosen.as_of)}净加", "加减相抵", net),
        ("有积分的单位", "单位", words.ratio((balances["entry_count"] > 0).sum(), len(balances))),
    )  # fmt: skip
    left, right = st.columns([1, 1.45])
    with left, panel("", height=BODY_PX):
        heading("各单位", "不排名：方案没有写怎样折算")
        unit = _chosen_unit(balances)
    with right, panel("", height=BODY_PX):
        heading(unit or "全部积分", "每一分有事由和出处")
        shown = rows[rows["unit"] == unit] if unit else rows
        newest = _entries(shown).sort_values("given_on", ascending=False, kind="stable")
        row = row_list(newest, ENTRIES, key="points", rows_max=ENTRIES_MAX)
        row_card(row, "reason", _fields, key="point")


def _chosen_unit(balances: pd.DataFrame) -> str | None:
    """Let a unit be chosen by its row; None while none is."""
    state = st.session_state.get("balances")
    row = row_list(_balances(balances), BALANCES, key="balances")
    is_chosen = bool(state and state["selection"]["rows"])
    return str(row["unit"]) if row is not None and is_chosen else None


def _balances(rows: pd.DataFrame) -> pd.DataFrame:
    names = ("balance", "given", "taken", "month")
    columns = ("balance", "given", "taken", "month_points")
    texts = {
        f"{name}_words": [words.amount(value) for value in rows[column]]
        for name, column in zip(names, columns, strict=True)
    }
    return rows.assign(**texts)


def _entries(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(
        given=[words.iso_day(day) for day in rows["given_on"]],
        points_words=[f"{'+' if value > 0 else ''}{words.amount(value)}"
                      for value in rows["points"]],
        balance_words=[words.amount(value) for value in rows["balance"]],
    )  # fmt: skip


def _fields(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "单位": "，".join(
            str(part) for part in (row["unit"], row["post"]) if not words.is_missing(part)
        ),
        "分值": f"{row['points_words']}，记后累计 {row['balance_words']}",
        "依据": row["basis"],
    }
