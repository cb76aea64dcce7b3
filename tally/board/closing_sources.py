"""How problems were found (B12), and where closed matters seem to come back (B14)."""

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
from tally.charts.found_by_unit import found_by_unit, unit_sources
from tally.sentences import Verdict, clauses

ROWS_MAX = 18
MOST_LEADS = 200


def found_of(chosen: Filters) -> pd.DataFrame:
    """Return `found_by_unit`."""
    return ask("found_by_unit", chosen)


def leads_of(chosen: Filters) -> pd.DataFrame:
    """Return `recurrences`."""
    return ask("recurrences", chosen)


def sources_verdict(found: pd.DataFrame, leads: pd.DataFrame) -> Verdict:
    """Judge rows of `recurrences`, with those of `found_by_unit`."""
    units = unit_sources(found)
    stated = int(units["stated_count"].sum())
    own = int(units["own_count"].sum())
    share = words.share(own / stated if stated else None)
    detail = clauses(
        (f"自己找出 {words.ratio(own, stated)}（{share}）",)
        if stated
        else ("问题台账没有“查找方式”",),
        ("复发只是线索：措辞相近，是否同一问题请核对",) if len(leads) else (),
    )
    if leads.empty:
        return Verdict("normal", "没有疑似复发的事项", detail)
    more = "以上" if len(leads) >= MOST_LEADS else ""
    return Verdict("soon", f"疑似复发线索 {len(leads)} 条{more}", detail)


def sources_view(chosen: Filters) -> View:
    """Return the view of how problems were found and what seems to come back."""
    found, leads = found_of(chosen), leads_of(chosen)
    opening = sources_verdict(found, leads)
    return View(opening, lambda: _draw(found, leads, opening))


def _draw(found: pd.DataFrame, leads: pd.DataFrame, opening: Verdict) -> None:
    """Draw own against pointed out per unit, and the leads beside the items they lead back to."""
    left, right = st.columns([1, 1.62])
    with left, panel("问题怎么发现", "自己找与他人点（群众提、上级点、互相帮…）", WHOLE_PX):
        figure(
            found_by_unit(found, theme=theme(), width=600, height=650),
            key="found_by",
            alt=opening.spoken,
        )
        st.markdown(f":gray[:small[{words.escape_markdown(ways_words(found))}]]")
    with right, panel("疑似复发", "销号以后措辞相近的新事项；线索，不是结论", WHOLE_PX):
        _lead_table(leads)


def ways_words(found: pd.DataFrame) -> str:
    """Say how many problems were found in each way, the pack's order kept: `群众提 58，…`."""
    stated = found[found["found_by"].notna()]
    counts = stated.groupby("found_by", sort=False)["item_count"].sum()
    return "，".join(f"{way} {words.count(count)}" for way, count in counts.items())


def _lead_table(leads: pd.DataFrame) -> None:
    if leads.empty:
        st.markdown(":gray[销号以后没有出现措辞相近的新事项]")
        return
    rows = leads.to_dict("records")
    shown = leads.assign(
        found=leads["found_at_on"].map(words.iso_day),
        closed=leads["earlier_closed_on"].map(words.iso_day),
        alike=leads["likeness"].map(words.share),
        ground=[ground_words(row) for row in rows],
    )
    columns = {
        "title": st.column_config.TextColumn("新事项", width=218),
        "unit": st.column_config.TextColumn("责任单位", width=126),
        "found": st.column_config.TextColumn("发现", width=98),
        "earlier_title": st.column_config.TextColumn("已销号的事项", width=218),
        "closed": st.column_config.TextColumn("销号", width=98),
        "days_between": st.column_config.NumberColumn("相隔", format="%d 天", width=72),
        "alike": st.column_config.TextColumn("措辞相近", width=76),
        "ground": st.column_config.TextColumn("相同", width=124),
    }
    place = table(shown, columns, key="leads", rows_max=ROWS_MAX)
    open_in_ledger(leads, None if place is None else str(leads.iloc[place]["item_key"]))


def ground_words(lead: Mapping[Any, Any]) -> str:
    """Say what else two items have in common than their words."""
    same = [
        word
        for is_same, word in ((lead["is_same_unit"], "单位"), (lead["is_same_place"], "地点"))
        if is_same
    ]
    return "、".join(same) or words.EMPTY
