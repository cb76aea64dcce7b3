"""Extensions, escalations and 容错 with who, when, old and new; on time by both deadlines (B10)."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask, theme
from tally.board.closing import WHOLE_PX, View
from tally.board.items import open_in_ledger
from tally.board.panels import figure, panel
from tally.board.tables import table
from tally.charts.on_time_pair import on_time_pair
from tally.sentences import Verdict, clauses, listed

STEPS = ("延期", "提级", "容错备案")
ROWS_MAX = 18
Row = Mapping[Any, Any]


def shares_of(chosen: Filters) -> pd.DataFrame:
    """Return `on_time_shares`."""
    return ask("on_time_shares", chosen)


def steps_of(chosen: Filters) -> pd.DataFrame:
    """Return the extensions, escalations and 容错 of the units shown, the newest first."""
    steps = ask("item_steps", chosen, step=list(STEPS))
    return steps.sort_values("step_on", ascending=False, kind="stable")


def steps_verdict(shares: pd.DataFrame, steps: pd.DataFrame) -> Verdict:
    """Judge rows of `on_time_shares`, with the steps of `item_steps`."""
    if shares.empty:
        return Verdict("unreported", "还没有到期的事项")
    sums = shares.sum(numeric_only=True)
    original = _share(sums["original_on_time_count"], sums["original_due_count"])
    revised = _share(sums["on_time_count"], sums["due_count"])
    sentence = f"按期销号率：原期限 {words.share(original)}，现期限 {words.share(revised)}"
    late = steps[(steps["step"] == "延期") & (steps["is_in_force"] == False)]  # noqa: E712
    extended = shares[shares["extended_count"] > 0].sort_values("extended_count", ascending=False)
    moved = ("延期生效 ", words.count(sums["extended_count"], "项"), "：")
    raised = [
        f"{word} {words.count(sums[name], '项')}"
        for word, name in (("提级", "escalated_count"), ("容错备案", "tolerated_count"))
        if sums[name]
    ]
    detail = clauses(
        (*moved, *listed(extended["unit"].tolist())) if len(extended) else ("没有生效的延期",),
        (f"到期后才批准、不改变期限 {len(late)} 项",) if len(late) else (),
        ("，".join(raised),) if raised else (),
    )
    is_moved = original is not None and revised is not None and revised > original
    return Verdict("soon" if is_moved or len(late) else "normal", sentence, detail)


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def steps_view(chosen: Filters) -> View:
    """Return the view of moved deadlines and raised items."""
    shares, steps = shares_of(chosen), steps_of(chosen)
    opening = steps_verdict(shares, steps)
    return View(opening, lambda: _draw(shares, steps, opening))


def _draw(shares: pd.DataFrame, steps: pd.DataFrame, opening: Verdict) -> None:
    """Draw both shares of each unit, and every extension, escalation and 容错 with its history."""
    left, right = st.columns([1, 1.12])
    with left, panel("按期销号率", "○ 原期限 ● 延期后的现期限", WHOLE_PX):
        figure(on_time_pair(shares, theme=theme()), key="on_time", alt=opening.spoken)
    with right, panel("延期、提级、容错备案", "谁、何时、由什么改为什么；原期限保留", WHOLE_PX):
        _step_table(steps)


def _step_table(steps: pd.DataFrame) -> None:
    if steps.empty:
        st.markdown(":gray[没有延期、提级或容错备案]")
        return
    rows = steps.to_dict("records")
    shown = steps.assign(
        day=steps["step_on"].map(words.iso_day),
        who=[words.text(row["post"]) for row in rows],
        change=[change_words(row) for row in rows],
        force=[force_words(row) for row in rows],
    )
    columns = {
        "title": st.column_config.TextColumn("事项", width=178),
        "unit": st.column_config.TextColumn("责任单位", width=112),
        "step": st.column_config.TextColumn("环节", width=76),
        "day": st.column_config.TextColumn("日期", width=96),
        "who": st.column_config.TextColumn("经办职务", width=146),
        "change": st.column_config.TextColumn("原 → 新", width=212),
        "force": st.column_config.TextColumn("效力", width=86),
    }
    place = table(shown, columns, key="steps", rows_max=ROWS_MAX)
    open_in_ledger(steps, None if place is None else str(steps.iloc[place]["item_key"]))


def change_words(step: Row) -> str:
    """Return what a step changed as `2022-09-10 → 2022-10-10`; states in their words."""
    old, new = (
        words.ITEM_STATE_WORDS.get(step[name], words.text(step[name]))
        for name in ("old_value", "new_value")
    )
    return words.EMPTY if old == new == words.EMPTY else f"{old} → {new}"


def force_words(step: Row) -> str:
    """Say whether an extension moved the deadline; of other steps, where they are known from."""
    if step["step"] != "延期":
        return "● 已备案" if step["ledger"] == "steps" else "● 台账所载"
    return "● 生效" if step["is_in_force"] else "▲ 不计"
