"""What publishing a file would change, each kind with old and new values."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.tables import plain_table
from tally.contracts import Column, contracts
from tally.submissions import Change, Comparison, Outcome
from tally.submissions.comparison import Kind

CHANGE_WORDS: Mapping[Kind, str] = {
    "reversed": "倒退",
    "vanished": "消失",
    "changed": "变化",
    "added": "新增",
}
ROWS_MAX = 500
TABLE_ROWS_MAX, TABLE_ROWS_MAX_TALL = 4, 13
VALUES = {
    "列": ("column", 92),
    "原来": ("old", 116),
    "现在": ("new", 116),
}
# Begins the keys that are made of an item's own words: they tell a reader nothing.
MADE_KEY = "~"
UNCOMPARED = ("refused", "question")


def is_compared(outcome: Outcome) -> bool:
    """Tell whether the file was compared with what is in force."""
    return outcome.status not in UNCOMPARED


def change_counts(outcome: Outcome) -> str:
    """Return the counts of a comparison in words; nothing before there is one."""
    if not is_compared(outcome):
        return ""
    order: tuple[Kind, ...] = ("added", "changed", "vanished", "reversed")
    parts = (f"{CHANGE_WORDS[kind]} {outcome.comparison.count(kind):,}" for kind in order)
    return "与已发布的相比：" + "、".join(parts)


def change_table(outcome: Outcome, is_tall: bool = False) -> None:
    """Draw the changes of the chosen kind, the gravest kind first."""
    if not is_compared(outcome):
        st.markdown(":gray[改好错误、补齐说明后显示]")
        return
    kinds = [kind for kind in CHANGE_WORDS if outcome.comparison.count(kind)]
    if not kinds:
        st.markdown(":gray[与已发布的相比没有变化]")
        return
    kind = st.segmented_control(
        "变化",
        kinds,
        format_func=lambda kind: f"{CHANGE_WORDS[kind]} {outcome.comparison.count(kind):,}",
        default=kinds[0],
        required=True,
        label_visibility="collapsed",
        key=f"change_kind-{outcome.sha256[:8]}",
    )
    _rows(outcome, kind, TABLE_ROWS_MAX_TALL if is_tall else TABLE_ROWS_MAX)


def _first(comparison: Comparison, kind: Kind) -> Sequence[Change]:
    """Return the first changes of a kind; a first list has a hundred thousand added rows."""
    if kind == "added":
        added = tuple(rows.slice(0, ROWS_MAX) for rows in comparison.added)
        return Comparison(added=added).of("added")[:ROWS_MAX]
    return comparison.of(kind)[:ROWS_MAX]


def _rows(outcome: Outcome, kind: Kind, rows_max: int) -> None:
    columns = _columns(outcome)
    changes = _first(outcome.comparison, kind)
    rows = pd.DataFrame([_row(change, kind, columns) for change in changes])
    if outcome.unit:
        # One unit's own list: its name says nothing more, and the values need the room.
        rows = rows.drop(columns="单位")
    is_item = kind in ("added", "vanished")
    total = outcome.comparison.count(kind) if is_item else len(outcome.comparison.of(kind))
    more = total - len(rows)
    rows_max -= bool(more)
    with st.container(key="changes"):
        plain_table(
            rows,
            {
                "事项": st.column_config.TextColumn(width=250),
                "单位": st.column_config.TextColumn(width=104),
                "位置": st.column_config.TextColumn(width=128),
                **{name: st.column_config.TextColumn(width=px) for name, (_, px) in VALUES.items()},
            },
            rows_max=rows_max,
        )
    if more:
        st.markdown(f":gray[:small[只列前 {ROWS_MAX} 条，还有 {more:,} 条]]")


def _row(change: Change, kind: Kind, columns: Mapping[str, Column]) -> dict[str, str]:
    row = {"事项": change.title, "单位": change.unit}
    if kind in ("changed", "reversed"):
        column = columns.get(change.column)
        row["列"] = column.title if column else "整条"
        row["原来"] = value_words(column, change.old) if column else "已报"
        row["现在"] = value_words(column, change.new) if column else "清单里没有了"
    if kind == "vanished" and not change.item_key.startswith(MADE_KEY):
        row["编号"] = change.item_key
    elif change.row:
        row["位置"] = f"{change.sheet} 第 {change.row} 行".strip()
    return row


def _columns(outcome: Outcome) -> dict[str, Column]:
    """Return our columns by name; ledgers share names, and one that was recognised goes first."""
    recognised = [sheet.ledger for sheet in outcome.sheets if sheet.ledger]
    kinds = dict.fromkeys([*recognised, *contracts()])
    return {column.name: column for kind in reversed(kinds) for column in contracts()[kind].columns}


def value_words(column: Column, value: Any) -> str:
    """Return a value as the ledger's reader knows it: states and shares in words, days in ISO."""
    if words.is_missing(value):
        return "（空）"
    if column.type == "state":
        return words.ITEM_STATE_WORDS.get(value, str(value))
    if isinstance(value, bool):
        return "是" if value else "否"
    if column.type == "share":
        return words.share(value)
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:,.10g}" if isinstance(value, float) else str(value)
