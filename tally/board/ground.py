"""What a campaign's map is drawn on: the pack's boundary or an uploaded one, and what it says."""

import html
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from tally import maps, service, words
from tally.board.asking import Filters, ask, theme
from tally.board.sending import stop
from tally.board.ways import way_to
from tally.palette import palette
from tally.submissions import tile_server

GEO_FOLDER = Path(__file__).resolve().parents[2] / "data" / "geo"
BOUNDARY_PAGE = Path(__file__).resolve().parents[2] / "pages" / "admin" / "boundaries.py"
APPROVAL = "审图号"
PLACE_WORDS = {"community": "社区", "street": "镇街"}
UPLOADED_NOTE = "界线由管理员上传"
SWATCH = (
    "display:inline-block;width:18px;height:14px;margin:0 6px 0 14px;vertical-align:-2px;"
    "border:1px solid rgba(128,128,128,.5)"
)
# Over the map's lower right corner, where it says what kind of map it is.
FACE = (
    "position:relative;z-index:1;float:right;margin:-3.1rem .6rem 0 0;padding:.1rem .6rem;"
    "font-size:.9375rem;font-weight:600;pointer-events:none"
)


@dataclass(frozen=True)
class Ground:
    """Boundaries and outline as GeoJSON, what their areas are, and what the map's face says.

    `level` is community or street; `approval_number` is '' without one.
    """

    boundaries: Mapping[str, Any]
    outline: Mapping[str, Any] | None
    level: str
    note: str
    approval_number: str

    @property
    def place_word(self) -> str:
        """What an area is called."""
        return PLACE_WORDS[self.level]

    @property
    def place_names(self) -> list[str]:
        """What the areas are named."""
        return [str(area["properties"]["name"]) for area in self.boundaries["features"]]

    @property
    def face(self) -> str:
        """The map-approval number, or that the map is a sketch."""
        return f"{APPROVAL}：{self.approval_number}" if self.approval_number else words.SCHEMATIC


@cache
def _pack_geojson(name: str) -> dict[str, Any]:
    features: dict[str, Any] = json.loads((GEO_FOLDER / name).read_text("utf-8"))
    return features


@lru_cache(maxsize=8)
def _uploaded_geojson(text: str) -> dict[str, Any]:
    features: dict[str, Any] = json.loads(text)
    return features


def ground_of(chosen: Filters) -> Ground | None:
    """Return what the map of the campaign is drawn on, or None where it has no boundary."""
    settings = chosen.pack.map
    outline = _pack_geojson(settings.outline) if settings and settings.outline else None
    uploaded = ask("map_boundary", campaign=chosen.campaign).to_dict("records")
    if uploaded:
        row = uploaded[0]
        said = "、".join(part for part in (UPLOADED_NOTE, row["note"]) if part)
        note = f"{said}；界线为示意，不作为行政区划依据" if row["is_schematic"] else said
        drawn = _uploaded_geojson(row["geojson"])
        return Ground(drawn, outline, row["level"], note, row["approval_number"])
    if settings is None:
        return None
    drawn = _pack_geojson(settings.boundaries)
    return Ground(drawn, outline, "community", settings.note, settings.approval_number)


def ground_or_stop(chosen: Filters) -> Ground:
    """Return what the map is drawn on; end the page where there is nothing to draw it on."""
    ground = ground_of(chosen)
    if ground is None:
        st.title("这个专项行动没有地图", anchor=False)
        st.markdown("管理员在“地图边界”上传乡镇或社区的边界后，这里就有图了。")
        way_to(BOUNDARY_PAGE, "去上传边界")
        stop()
    return ground


def tiles() -> str:
    """Return the address of the intranet's tile server, '' while none is set."""
    return tile_server(service.database())


def draw_face(ground: Ground) -> None:
    """Write on the map's face its approval number, or that it is a sketch."""
    tokens = palette(theme())
    # st.html takes no value of its own: what a user typed is made harmless here.
    said = html.escape(ground.face)
    st.html(
        f'<div style="{FACE};background:{tokens.bg};color:{tokens.text};'
        f'border:1px solid {tokens.line}">{said}</div>'
    )


def draw_legend(measure: str, layer: str) -> None:
    """Draw the stepped legend as plain blocks; nothing of the data is in it."""
    # Hexagons show how many items are overdue, whatever the measure.
    shown = "overdue" if layer == maps.HEXAGONS else measure
    blocks = "".join(
        f'<span style="{SWATCH};background:{step.color}"></span>{step.label}'
        for step in maps.legend_steps(shown, theme())
    )
    st.html(f'<div style="font-size:.875rem;white-space:nowrap">{blocks}</div>', width="content")
