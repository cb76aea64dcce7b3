"""责任链: who stands below whom, what each part has closed, and who has not reported (A6)."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask, theme
from tally.board.items import item_table, open_in_ledger
from tally.board.panels import figure, panel, verdict
from tally.board.tables import table
from tally.charts.chain_progress import ROOT, chain_progress
from tally.packs import Pack
from tally.sentences import Name, Verdict, clauses, listed, shortest_fitting

LINK = "at"
CHAIN_PX, MATTERS_PX, LATE_PX = 784, 452, 315
LATE_COUNT = 5
Row = Mapping[str, Any]


def linked_unit() -> str:
    """Return the unit that the address names (`?at=龙港区`), '' for the top."""
    return str(st.query_params.get(LINK, ""))


def go_to_unit(unit: str) -> None:
    """Let the address name a unit, or none for the top: the next run shows its parts."""
    if unit:
        st.query_params[LINK] = unit
    else:
        st.query_params.pop(LINK, None)


def line_above(pack: Pack, unit: str) -> list[str]:
    """Return the units from the top down to a unit, itself last; none for an unknown one."""
    parents = {one.name: one.parent for one in pack.units}
    line: list[str] = []
    while unit in parents:
        line.insert(0, unit)
        unit = parents[unit]
    return line


def below(pack: Pack, unit: str) -> list[str]:
    """Return a unit and every unit below it; none means all of them."""
    return [one.name for one in pack.units if unit in line_above(pack, one.name)] if unit else []


def chain_verdict(parts: Sequence[Row], missing: str = "") -> Verdict:
    """Judge rows of `chain_progress`; `missing` is the unit asked for that no roster names."""
    whole = next(row for row in parts if row["part"] == "whole")
    name = ROOT if words.is_missing(whole["unit"]) else str(whole["unit"])
    lost = (f"没有“{missing}”这个单位",) if missing else ()
    unreported = [] if words.is_missing(whole["unreported"]) else whole["unreported"].split("、")
    silent = ("本月未报：", *listed(unreported, 4), "（按最近一期计）") if unreported else ()
    if not whole["item_count"]:
        return Verdict("unreported", f"{name}没有事项", clauses(lost, silent))
    share = words.share(whole["closed_of_all_share"])
    gap = words.schedule(whole["gap_share"])
    pace = "与序时持平" if gap == "持平" else f"{gap.replace(' ', '序时 ')} 个百分点"
    sentence = shortest_fitting([f"{name}销号率 {share}，{pace}", f"{name}{pace}"])
    said = clauses(lost, _latest(parts), silent)
    return Verdict(words.state_name(whole["state"]), sentence, said)


def _latest(parts: Sequence[Row]) -> tuple[str, ...]:
    """Say which part has most overdue."""
    late = [row for row in parts if row["part"] == "part" and row["overdue_count"]]
    if not late:
        return ()
    worst = max(late, key=lambda row: int(row["overdue_count"]))
    return ("逾期最多：", Name(str(worst["unit"])), f" {int(worst['overdue_count'])} 项")


def breadcrumbs(pack: Pack, unit: str) -> None:
    """Draw the way up: a button for each unit above."""
    line = ["", *line_above(pack, unit)]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for step in line[:-1]:
            st.button(step or ROOT, key=f"up-{step}", on_click=go_to_unit, args=(step,))
            st.markdown("›", width="content")
        st.markdown(f"**{words.escape_markdown(line[-1] or ROOT)}**", width="content")


def chain(chosen: Filters, wanted: str) -> None:
    """Draw the parts of a unit, with the way up and down and what is late in it."""
    parts = ask("chain_progress", chosen, parent=wanted or None)
    missing = wanted if parts.empty else ""
    unit = "" if missing else wanted
    if missing:
        parts = ask("chain_progress", chosen)
    opening = chain_verdict(parts.to_dict("records"), missing)
    verdict(opening)
    left, right = st.columns([1.75, 1])
    with left, panel("", height=CHAIN_PX):
        breadcrumbs(chosen.pack, unit)
        drawn = chain_progress(parts, theme=theme())
        picked = figure(drawn, key="chain", alt=opening.spoken, is_selectable=True)
        if picked:
            go_to_unit(str(picked[0]))
            st.rerun()
    with right:
        _matters(chosen)
        _late(chosen, unit)


def _matters(chosen: Filters) -> None:
    """List what only a level with an owner can solve (B15), the oldest first."""
    owned = [one for one in chosen.pack.classes if one.axis == "level" and one.owner]
    title = f"{owned[0].name}问题" if owned else "上级层面问题"
    matters = ask("task_problems", chosen)
    matters = matters[matters["owner"].notna() & ~matters["is_closed"].astype(bool)]
    note = f"{owned[0].owner}负责，{len(matters)} 项未销号" if owned else ""
    with panel(title, note, MATTERS_PX):
        if matters.empty:
            empty = "没有需要上级层面解决的未销号问题" if owned else "方案没有规定由哪一级解决"
            st.markdown(f":gray[{empty}]")
            return
        open_in_ledger(matters, _matter_table(matters.sort_values("age_days", ascending=False)))


def _matter_table(matters: pd.DataFrame) -> str | None:
    states = [
        f"■ 逾期 {int(one['overdue_days'])} 天" if one["is_overdue"] else "● 未到期"
        for one in matters.to_dict("records")
    ]
    columns = {
        "title": st.column_config.TextColumn("事项", width=226),
        "unit": st.column_config.TextColumn("提出", width=104),
        "task": st.column_config.TextColumn("任务", width=70),
        "age_days": st.column_config.NumberColumn("已挂", format="%d 天", width=70),
        "state_words": st.column_config.TextColumn("期限", width=110),
    }
    shown = matters.assign(state_words=states)
    picked = table(shown, columns, key="matters", rows_max=9)
    return None if picked is None else str(matters.iloc[picked]["item_key"])


def _late(chosen: Filters, unit: str) -> None:
    """List the overdue items of a unit and all below it."""
    units = below(chosen.pack, unit)
    below_it = {"unit": [one for one in units if not chosen.unit or one in chosen.unit]}
    asked = below_it if units else {}
    items = ask("overdue_items", chosen, at_most=LATE_COUNT, **asked)
    found = ask("overdue_totals", chosen, **asked)["item_count"].item()
    with panel(f"{unit or ROOT}逾期事项", f"{found} 项，久的在前", LATE_PX):
        open_in_ledger(items, item_table(items, chosen.as_of, key="chain_late"))
