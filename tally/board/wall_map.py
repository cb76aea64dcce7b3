"""社区地图 on the wall: the figure around the map, and the map laid over it."""

import streamlit as st

from tally import maps, verdicts
from tally.board.asking import Filters, ask, theme
from tally.board.ground import ground_of, tiles
from tally.charts import Figure
from tally.charts.wall import Heading, Sheet
from tally.charts.wall.communities import communities, map_area
from tally.rooms import SMALLEST

MEASURE = "overdue"


def has_map(chosen: Filters) -> bool:
    """Say whether the campaign has places and a boundary to draw them on."""
    ground = ground_of(chosen)
    return ground is not None and not ask("community_progress", chosen, level=ground.level).empty


def around_map(chosen: Filters, sheet: Sheet, heading: Heading) -> Figure:
    """Draw what stands around the map."""
    ground = ground_of(chosen)
    assert ground is not None
    places = ask("community_progress", chosen, level=ground.level)
    verdict = verdicts.communities(
        places.to_dict("records"), measure=MEASURE, place=ground.place_word
    )
    return communities(
        sheet,
        heading,
        verdict,
        places=places,
        place_word=ground.place_word,
        steps=maps.legend_steps(MEASURE, theme()),
        face=ground.face,
    )


def lay_map(chosen: Filters, sheet: Sheet) -> None:
    """Lay the map over the room that the figure leaves; its labels are as large as the rest."""
    ground = ground_of(chosen)
    assert ground is not None
    area, scale = map_area(sheet), sheet.canvas.scale
    height_px = round(area.height * scale)
    deck = maps.community_map(
        ask("community_progress", chosen, level=ground.level),
        ground.boundaries,
        ground.outline,
        theme=theme(),
        measure=MEASURE,
        layer=maps.AREAS,
        tiles=tiles(),
        width_px=area.width * scale,
        height_px=height_px,
        scale=scale * SMALLEST / maps.SMALLEST_TEXT,
    )
    st.html(
        f"<style>.st-key-wallmap{{position:fixed;z-index:1;left:{area.left * scale:.0f}px;"
        f"bottom:{(sheet.canvas.bottom - area.bottom) * scale:.0f}px;"
        f"width:{area.width * scale:.0f}px!important;height:{height_px}px}}</style>"
    )
    with st.container(key="wallmap"):
        st.pydeck_chart(deck, height=height_px, key=f"wallmap-{theme()}", alt=ground.note)
