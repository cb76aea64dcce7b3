"""What is behind a cell of 履职日历: whose it is, how it stands, and the rows that prove it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask
from tally.board.provenance import source_line
from tally.board.rhythm import Cell, leave_cell, window_words
from tally.board.tables import table
from tally.contracts import contracts

BADGES = {"done": "green", "late": "orange", "missing": "red", "not yet due": "gray"}
WORST_FIRST = ("missing", "not yet due", "late", "done")
Row = Mapping[str, Any]


def cell_rows(chosen: Filters, duty: str, cell: Cell, bounds: Mapping[str, date]) -> pd.DataFrame:
    """Return the rows of `duty_compliance` behind a cell, the worst first."""
    rows = ask("duty_compliance", chosen, duty=[duty], **bounds)
    is_behind = rows["window_number"].between(cell.first_number, cell.last_number) & (
        (rows["subject"] == cell.line) | (rows["unit"] == cell.line)
    )
    order = {status: place for place, status in enumerate(WORST_FIRST)}
    return rows[is_behind].sort_values(
        "status", key=lambda column: column.map(order), kind="stable"
    )


def cell_card(chosen: Filters, cell: Cell, rows: pd.DataFrame) -> None:
    """Draw what is behind a cell: a list where it is more than one subject, and the proof."""
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.markdown(f"#### {words.escape_markdown(_title(cell, rows))}", width="content")
        st.button("返回", on_click=leave_cell)
    position: int | None = 0
    if len(rows) > 1:
        position = _several(rows)
    if position is not None:
        _standing(chosen, _values(rows.iloc[position]))


def _title(cell: Cell, rows: pd.DataFrame) -> str:
    name = rows.iloc[0]["title"] if len(rows) == 1 else cell.line
    return f"{name}，{window_words(rows['window_start_on'].min(), rows['window_end_on'].max())}"


def _values(row: pd.Series) -> Row:
    return {name: None if pd.isna(value) else value for name, value in row.items()}


def _several(rows: pd.DataFrame) -> int | None:
    shown = rows.assign(
        state_words=[words.DUTY_STATES[status].label for status in rows["status"]],
        when=[
            window_words(row["window_start_on"], row["window_end_on"])
            for row in rows.to_dict("records")
        ],
        met=rows["met_on"].map(words.iso_day),
    )
    columns = {
        "title": st.column_config.TextColumn("对象", width=210),
        "when": st.column_config.TextColumn("时间", width=140),
        "state_words": st.column_config.TextColumn("状态", width=90),
        "met": st.column_config.TextColumn("完成", width=110),
    }
    return table(shown, columns, key="behind_cell", row_px=32, rows_max=4)


def _standing(chosen: Filters, row: Row) -> None:
    """Draw one subject's state, what the window is about, and its proof."""
    badges = [f":{BADGES[row['status']]}-badge[{words.DUTY_STATES[row['status']].label}]"]
    if row["needed_count"] > 1:
        badges.append(f":gray-badge[{int(row['met_count'])} / {int(row['needed_count'])}]")
    if row["met_on"]:
        badges.append(f":small[{words.iso_day(row['met_on'])}]")
    st.markdown(" ".join(badges))
    for text in (row["topic"] and f"规定主题：{row['topic']}", row["note"]):
        if text:
            st.markdown(f":gray[:small[{words.escape_markdown(text)}]]")
    if row["upload"] is None:
        st.markdown(f":gray[没有证明的记录；{_why_not(row)}]")
    else:
        _proof(row if row["needed_count"] == 1 else _one_of_many(chosen, row))


def _one_of_many(chosen: Filters, row: Row) -> Row:
    """Let one of the rows that count be chosen, where more than one is needed."""
    proofs = ask(
        "duty_proofs",
        chosen,
        duty=[row["duty"]],
        subject=row["subject"],
        first_on=row["window_start_on"],
        last_on=row["window_end_on"],
    )
    shown = proofs.assign(day=proofs["happened_on"].map(words.iso_day))
    columns = {
        "day": st.column_config.TextColumn("日期", width=110),
        "topic": st.column_config.TextColumn("内容", width=440),
    }
    position = table(shown, columns, key="proofs", row_px=32, rows_max=3)
    picked = _values(proofs.iloc[position or 0])
    return {**row, **picked, "proof_topic": picked["topic"]}


def _proof(row: Row) -> None:
    """Lead to the row that met it, or to the newest that counts towards it."""
    if row["sheet"] is None:
        st.markdown(f"报送：{words.escape_markdown(row['file'])}")
        return
    topic = f"：{row['proof_topic']}" if row["proof_topic"] else ""
    ledger = contracts()[row["ledger"]].title
    st.markdown(words.escape_markdown(f"{ledger}{topic}"))
    source_line(row, f"duty-{row['subject']}-{row['window_number']}")


def _why_not(row: Row) -> str:
    return "还没有到期" if row["status"] == "not yet due" else "到期没有做，或没有记入台账"
