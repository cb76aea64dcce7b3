"""The community map and what stands beside it."""

import calendar
from dataclasses import replace

import pandas as pd
import streamlit as st

from tally import maps, verdicts, words
from tally.board.asking import Filters, ask, theme
from tally.board.ground import Ground, draw_face, draw_legend, tiles
from tally.board.items import LISTED_MAX, item_table, open_in_ledger
from tally.board.narrowing import pick_count
from tally.board.panels import heading
from tally.board.parts import choose_part, part_chosen, say_part
from tally.board.projected import projected_px, projected_scale
from tally.board.tables import table, table_px

MEASURES = {"逾期件数": "overdue", "销号率": "closed", "满意率": "satisfied", "工单量": "tickets"}
LAYERS = {"着色": maps.AREAS, "气泡": maps.BUBBLES, "六边形": maps.HEXAGONS}
# Worst first: many overdue or tickets, a low share.
ORDER = {
    "overdue": ("overdue_count", False),
    "closed": ("closed_share", True),
    "satisfied": ("satisfied_share", True),
    "tickets": ("ticket_count", False),
}
MONTH_KEY = "map_month"
CLICKED_KEY, PLACE = "_place_clicked", "place"
MAP_PX = 572
LISTED_ROWS, ITEM_ROWS = 6, 5
# What is chosen in the list and on the map.
Clicked = tuple[str | None, str | None]


def at_month(chosen: Filters) -> Filters:
    """Draw the slider over the months that are in; return the filters as of the month's end."""
    months = ask("published_months", chosen)["month"]
    known = sorted(month for month in months if month <= chosen.as_of)
    ends = {words.year_month(month): month for month in known}
    if len(ends) < 2:
        return chosen
    if st.session_state.get(MONTH_KEY) not in ends:
        st.session_state.pop(MONTH_KEY, None)
    label = st.select_slider(
        "看到哪个月底", list(ends), value=list(ends)[-1], key=MONTH_KEY, bind="query-params",
        label_visibility="collapsed",
    )  # fmt: skip
    month = ends[label]
    last = calendar.monthrange(month.year, month.month)[1]
    return replace(chosen, as_of=min(chosen.as_of, month.replace(day=last)))


def map_switches(chosen: Filters) -> tuple[str, str]:
    """Draw the switches of what colours the map and of how; return measure and layer."""
    with st.container(horizontal=True, vertical_alignment="center"):
        label = st.segmented_control(
            "看", list(MEASURES), default="逾期件数", required=True, key="measure",
            bind="query-params", label_visibility="collapsed",
        )  # fmt: skip
        points = ask("community_points", chosen)
        offered = list(LAYERS) if maps.has_points(points) else list(LAYERS)[:2]
        usual = next(name for name, kind in LAYERS.items() if kind == maps.default_layer(points))
        layer = st.segmented_control(
            "画法", offered, default=usual, required=True, key="layer",
            bind="query-params", label_visibility="collapsed",
        )  # fmt: skip
        st.space("stretch")
        st.markdown(f":gray[:small[截至 {words.iso_day(chosen.as_of)}]]", width="content")
    return MEASURES[label or "逾期件数"], LAYERS[layer or usual]


def places_of(chosen: Filters, ground: Ground) -> pd.DataFrame:
    """Return `community_progress` of the places that the map's areas are."""
    return ask("community_progress", chosen, level=ground.level)


def community_deck(
    chosen: Filters,
    ground: Ground,
    communities: pd.DataFrame,
    measure: str,
    layer: str,
) -> str | None:
    """Draw the map; return the name of the place chosen on it."""
    rows = communities.to_dict("records")
    opening = verdicts.communities(rows, measure=measure, place=ground.place_word)
    deck = maps.community_map(
        communities,
        ground.boundaries,
        ground.outline,
        theme=theme(),
        measure=measure,
        points=ask("community_points", chosen),
        layer=layer,
        tiles=tiles(),
        width_px=projected_px(maps.DESK_WIDTH_PX),
        height_px=projected_px(MAP_PX),
        scale=projected_scale(),
    )
    shown = st.pydeck_chart(
        deck, on_select="rerun", selection_mode="single-object",
        height=projected_px(MAP_PX),
        key=f"map-{chosen.campaign}-{theme()}-{pick_count()}",
        alt=f"{opening.spoken}；{ground.note}",
    )  # fmt: skip
    draw_face(ground)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":gray[:small[{words.escape_markdown(ground.note)}]]")
        draw_legend(measure, layer)
    objects = shown["selection"]["objects"]
    picked = [known["properties"]["name"] for known in objects.get("communities", [])]
    picked += [bubble["name"] for bubble in objects.get("bubbles", [])]
    return str(picked[0]) if picked else None


def list_height_px(communities: pd.DataFrame) -> int:
    """Return the height of the list's panel; the card below takes the rest."""
    return table_px(max(len(communities), 1), LISTED_ROWS) + 82


def community_table(communities: pd.DataFrame, measure: str, place_word: str) -> str | None:
    """Draw the ten worst places by the measure; return the chosen one's name."""
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
        "community": st.column_config.TextColumn(place_word, width=110),
        "overdue_count": st.column_config.NumberColumn("逾期", width=60),
        "ratio": st.column_config.TextColumn("销号 / 到期", width=96),
        "closed": st.column_config.TextColumn("销号率", width=78),
        "satisfied": st.column_config.TextColumn("满意率", width=78),
        "ticket_count": st.column_config.NumberColumn("工单", width=60),
        "reported": st.column_config.TextColumn("本月", width=76),
    }
    key = f"communities-{pick_count()}"
    place = table(shown, columns, key=key, rows_max=LISTED_ROWS, naming_count=1)
    return None if place is None else str(worst.iloc[place]["community"])


def place_chosen(
    chosen: Filters, ground: Ground, communities: pd.DataFrame, clicked: Clicked
) -> str | None:
    """Return the place chosen last: in the list, on the map or by the address; None without one."""
    listed, picked = clicked
    was_clicked = st.session_state.get(CLICKED_KEY, {}).get(pick_count(), (None, None))
    if clicked != was_clicked:
        last = picked or listed if picked != was_clicked[1] else listed or picked
        choose_part(PLACE, chosen, [last] if last else [])
        st.session_state[CLICKED_KEY] = {pick_count(): clicked}
    known = {*communities["community"], *ground.place_names}
    name = next((name for name in part_chosen(PLACE, chosen) if name in known), None)
    say_part(name or "")
    return name


def community_card(
    chosen: Filters, ground: Ground, communities: pd.DataFrame, name: str | None
) -> None:
    """Draw three numbers of one place and its overdue items; the worst without a choice."""
    if communities.empty:
        _points_card(chosen)
        return
    if name is None:
        name = str(communities.sort_values("overdue_count").iloc[-1]["community"])
    named = communities[communities["community"] == name]
    if named.empty:
        heading(name, f"地图上有，{ground.place_word}名册里没有")
        return
    row = named.iloc[0]
    street = "" if words.is_missing(row["street"]) else row["street"]
    heading(name, street if street != name else "")
    numbers = (
        ("逾期（项）", words.count(row["overdue_count"])),
        ("到期销号率", words.share(row["closed_share"])),
        ("满意率", f"{words.share(row['satisfied_share'])}"),
    )
    for place, (label, value) in zip(st.columns(3), numbers, strict=True):
        place.metric(label, value)
    overdue = _overdue_in(chosen, ground, name)
    picked = item_table(overdue, chosen.as_of, key="community_items", rows_max=ITEM_ROWS)
    open_in_ledger(overdue, picked)


def _overdue_in(chosen: Filters, ground: Ground, name: str) -> pd.DataFrame:
    held = [name]
    if ground.level != "community":
        communities = ask("community_progress", chosen)
        held = communities.loc[communities["street"] == name, "community"].tolist()
    return ask("overdue_items", chosen, community=held, at_most=LISTED_MAX)


def _points_card(chosen: Filters) -> None:
    points = ask("community_points", chosen)
    heading("有坐标的事项", f"共 {len(points)} 项")
    numbers = (
        ("逾期（项）", int(points["is_overdue"].sum())),
        ("已销号（项）", int(points["is_closed"].sum())),
    )
    for place, (label, value) in zip(st.columns(2), numbers, strict=True):
        place.metric(label, words.count(value))
