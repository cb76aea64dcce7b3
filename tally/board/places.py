"""The community map and what stands beside it."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from tally import maps, words
from tally.board.asking import Filters, ask, theme
from tally.board.items import item_table, open_in_ledger
from tally.board.panels import heading, table

GEO_FOLDER = Path(__file__).resolve().parents[2] / "data" / "geo"
MEASURES = {"逾期件数": "overdue", "销号率": "closed", "满意率": "satisfied", "工单量": "tickets"}
# Worst first: many overdue or tickets, a low share.
ORDER = {
    "overdue": ("overdue_count", False),
    "closed": ("closed_share", True),
    "satisfied": ("satisfied_share", True),
    "tickets": ("ticket_count", False),
}
MAP_PX = 640
ROW_PX = 36
SWATCH = (
    "display:inline-block;width:18px;height:14px;margin:0 6px 0 14px;vertical-align:-2px;"
    "border:1px solid rgba(128,128,128,.5)"
)


@cache
def _geojson(name: str) -> dict[str, Any]:
    features: dict[str, Any] = json.loads((GEO_FOLDER / name).read_text("utf-8"))
    return features


def stop_without_map(chosen: Filters) -> None:
    """End the page where the campaign's pack draws no map."""
    if chosen.pack.map is None:
        st.title("这个专项行动没有地图", anchor=False)
        st.markdown("在专项行动的设置里写明边界文件后，这里就有图了。")
        st.stop()


def measure_switch(chosen: Filters) -> str:
    """Draw the switch of what colours the map, with the stepped legend beside it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        label = st.segmented_control(
            "看", list(MEASURES), default="逾期件数", required=True, key="measure",
            bind="query-params", label_visibility="collapsed",
        )  # fmt: skip
        measure = MEASURES[label or "逾期件数"]
        if chosen.pack.map and chosen.pack.map.is_schematic:
            st.markdown(f":gray-badge[{words.SCHEMATIC}]", width="content")
        st.space("stretch")
        # Many points are drawn as hexagons by their overdue count, whatever the measure.
        is_binned = maps.is_binned(ask("community_points", chosen))
        st.html(_legend("overdue" if is_binned else measure), width="content")
    return measure


def _legend(measure: str) -> str:
    """Return the stepped legend as plain blocks; nothing of the data is in it."""
    blocks = (
        f'<span style="{SWATCH};background:{step.color}"></span>{step.label}'
        for step in maps.legend_steps(measure, theme())
    )
    return f'<div style="font-size:.875rem;white-space:nowrap">{"".join(blocks)}</div>'


def community_deck(chosen: Filters, communities: pd.DataFrame, measure: str) -> str | None:
    """Draw the map; return the name of the community chosen on it."""
    settings = chosen.pack.map
    assert settings is not None
    points = ask("community_points", chosen)
    deck = maps.community_map(
        communities,
        _geojson(settings.boundaries),
        _geojson(settings.outline) if settings.outline else None,
        theme=theme(),
        measure=measure,
        points=points,
        height_px=MAP_PX,
    )
    shown = st.pydeck_chart(
        deck, on_select="rerun", selection_mode="single-object", height=MAP_PX,
        key=f"map-{chosen.campaign}-{theme()}", alt=settings.note,
    )  # fmt: skip
    st.markdown(f":gray[:small[{words.escape_markdown(settings.note)}]]")
    picked = shown["selection"]["objects"].get("communities", [])
    return str(picked[0]["properties"]["name"]) if picked else None


def list_height_px(communities: pd.DataFrame) -> int:
    """Return the height of the list's panel; the card below takes the rest."""
    return (max(min(len(communities), 10), 1) + 1) * ROW_PX + 84


def community_table(communities: pd.DataFrame, measure: str) -> str | None:
    """Draw the ten worst communities by the measure; return the chosen one's name."""
    column, is_ascending = ORDER[measure]
    if communities.empty:
        st.markdown(":gray[这个专项行动不分社区；有坐标的事项见地图上的点]")
        return None
    worst = communities.sort_values(column, ascending=is_ascending, na_position="last").head(10)
    shown = worst.assign(
        ratio=[
            words.ratio(row["closed_due_count"], row["due_count"])
            for row in worst.to_dict("records")
        ],
        closed=worst["closed_share"].map(words.share),
        satisfied=worst["satisfied_share"].map(words.share),
        reported=worst["is_reported"].map({True: "● 已报", False: "○ 未报"}),
    )
    columns = {
        "community": st.column_config.TextColumn("社区", width=110),
        "overdue_count": st.column_config.NumberColumn("逾期", width=60),
        "ratio": st.column_config.TextColumn("销号 / 到期", width=96),
        "closed": st.column_config.TextColumn("销号率", width=78),
        "satisfied": st.column_config.TextColumn("满意率", width=78),
        "ticket_count": st.column_config.NumberColumn("工单", width=60),
        "reported": st.column_config.TextColumn("本月", width=76),
    }
    place = table(shown, columns, key="communities")
    return None if place is None else str(worst.iloc[place]["community"])


def community_card(chosen: Filters, communities: pd.DataFrame, name: str | None) -> None:
    """Draw three numbers of one community and its overdue items."""
    if communities.empty:
        _points_card(chosen)
        return
    name = name or str(communities.sort_values("overdue_count").iloc[-1]["community"])
    row = communities[communities["community"] == name].iloc[0]
    heading(name, "" if words.is_missing(row["street"]) else row["street"])
    numbers = (
        ("逾期（项）", words.count(row["overdue_count"])),
        ("到期销号率", words.share(row["closed_share"])),
        ("满意率", f"{words.share(row['satisfied_share'])}"),
    )
    for place, (label, value) in zip(st.columns(3), numbers, strict=True):
        place.metric(label, value)
    overdue = ask("overdue_items", chosen, community=name)
    open_in_ledger(overdue, item_table(overdue, chosen.as_of, key="community_items"))


def _points_card(chosen: Filters) -> None:
    points = ask("community_points", chosen)
    heading("有坐标的事项", f"共 {len(points)} 项")
    numbers = (
        ("逾期（项）", int(points["is_overdue"].sum())),
        ("已销号（项）", int(points["is_closed"].sum())),
    )
    for place, (label, value) in zip(st.columns(2), numbers, strict=True):
        place.metric(label, words.count(value))
