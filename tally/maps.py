"""Communities on a map without a map service: areas by step, bubbles, hexagons, points (B5, E6).

Everything is drawn from the files given; no style or font is fetched, and tiles only from the
intranet's server, where the administrator names one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pydeck as pdk

from tally import geodesy, words
from tally.map_marks import are_many, bubbles, hexagons, located, point_rows
from tally.palette import Palette, palette, rgb
from tally.places import (
    LABEL_PX,
    MEASURES,
    LegendStep,
    View,
    community_features,
    labels,
    legend_steps,
    view_of,
)

__all__ = [
    "AREAS",
    "BUBBLES",
    "HEXAGONS",
    "LegendStep",
    "community_map",
    "default_layer",
    "has_points",
    "legend_steps",
]

FONTS = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, sans-serif"
LABEL_RISE_PX = 20
SMALLEST_TEXT, TIP_PX = 16, 15
PLATE_ALPHA = 235
# So much of what lies over tiles that their roads and names can still be read.
OVER_TILES_ALPHA = 165
TILE_PX, DESK_WIDTH_PX = 256, 1132
AREAS, BUBBLES, HEXAGONS = "areas", "bubbles", "hexagons"


@dataclass(frozen=True)
class _Marks:
    """What is drawn on the areas, in which layer and view; `points` have a position."""

    layer: str
    view: View
    bubbles: list[dict[str, Any]]
    points: pd.DataFrame | None
    is_over_tiles: bool


def _outlines(outline: Mapping[str, Any] | None, role: str) -> list[Mapping[str, Any]]:
    """Return the outline's features of a role, 'home' or 'neighbour'; home is the default."""
    features = outline["features"] if outline else []
    return [item for item in features if item["properties"].get("role", "home") == role]


def _polygons(
    name: str, features: Sequence[Mapping[str, Any]], *, line: str, line_px: float, **settings: Any
) -> pdk.Layer:
    return pdk.Layer(
        "GeoJsonLayer",
        data={"type": "FeatureCollection", "features": list(features)},
        id=name,
        stroked=True,
        get_line_color=rgb(line),
        line_width_units=pdk.types.String("pixels"),
        get_line_width=line_px,
        line_joint_rounded=True,
        **settings,
    )


def _texts(
    name: str, data: list[dict[str, Any]], *, size: float, color: str, **settings: Any
) -> pdk.Layer:
    return pdk.Layer(
        "TextLayer",
        data=data,
        id=name,
        get_position="position",
        get_text="text",
        get_size=size,
        get_color=rgb(color),
        get_text_anchor=pdk.types.String("middle"),
        get_alignment_baseline=pdk.types.String("center"),
        character_set=pdk.types.String("auto"),
        font_family=pdk.types.String(FONTS),
        pickable=False,
        **settings,
    )


def _neighbour_names(neighbours: Sequence[Mapping[str, Any]], view: View) -> list[dict[str, Any]]:
    """Return names where what is seen of each neighbour has most room; none where it has little."""
    texts = []
    for neighbour in neighbours:
        name = neighbour["properties"]["name"]
        rings = [
            [view.px(spot[:2]) for spot in ring]
            for ring in geodesy.outer_rings(neighbour["geometry"])
        ]
        found = geodesy.roomiest(rings, view.box)
        if found and found[1] > words.width_em(name) * SMALLEST_TEXT * view.scale / 2:
            texts.append({"text": name, "position": view.position(found[0])})
    return texts


def _point_layer(points: pd.DataFrame, tokens: Palette, scale: float) -> pdk.Layer:
    return pdk.Layer(
        "ScatterplotLayer",
        data=point_rows(points, tokens),
        id="points",
        get_position="position",
        get_fill_color="fill",
        get_radius=6 * scale,
        radius_units=pdk.types.String("pixels"),
        stroked=True,
        get_line_color=rgb(tokens.bg),
        get_line_width=1.5 * scale,
        line_width_units=pdk.types.String("pixels"),
        pickable=True,
    )


def _bubble_layer(rows: list[dict[str, Any]], tokens: Palette, scale: float) -> pdk.Layer:
    return pdk.Layer(
        "ScatterplotLayer",
        data=rows,
        id="bubbles",
        get_position="position",
        get_fill_color="fill",
        get_radius="radius",
        radius_units=pdk.types.String("pixels"),
        stroked=True,
        get_line_color=rgb(tokens.text),
        get_line_width=1.5 * scale,
        line_width_units=pdk.types.String("pixels"),
        pickable=True,
    )


def _tooltip(tokens: Palette, scale: float) -> dict[str, Any]:
    """Return a tooltip of plain text: what stands in the data is never read as HTML."""
    style = {
        "backgroundColor": tokens.bg2,
        "color": tokens.text,
        "border": f"1px solid {tokens.line}",
        "fontFamily": FONTS,
        "fontSize": f"{TIP_PX * scale:.0f}px",
        "lineHeight": "1.6",
        "whiteSpace": "pre-line",
    }
    return {"text": "{tip}", "style": style}


def has_points(points: pd.DataFrame | None) -> bool:
    """Say whether anything is known that hexagons could count."""
    return located(points) is not None


def default_layer(points: pd.DataFrame | None) -> str:
    """Return hexagons where so many points are known that they would hide each other."""
    return HEXAGONS if are_many(points) else AREAS


def _areas(
    features: list[dict[str, Any]],
    neighbours: list[Mapping[str, Any]],
    tokens: Palette,
    fill: Any,
    is_over_tiles: bool,
) -> list[pdk.Layer]:
    return [
        _polygons(
            "neighbours", neighbours, line=tokens.line, line_px=1,
            filled=not is_over_tiles, get_fill_color=rgb(tokens.bg2), pickable=False,
        ),
        _polygons(
            "communities", features, line=tokens.muted if is_over_tiles else tokens.line,
            line_px=1, filled=True, get_fill_color=fill, pickable=True,
        ),
    ]  # fmt: skip


def _filled(
    features: list[dict[str, Any]],
    neighbours: list[Mapping[str, Any]],
    marks: _Marks,
    tokens: Palette,
) -> list[pdk.Layer]:
    """Return the areas, and what takes the place of their fill."""
    clear = [*rgb(tokens.bg), OVER_TILES_ALPHA] if marks.is_over_tiles else rgb(tokens.bg)
    fill = "properties.fill" if marks.layer == AREAS else clear
    layers = _areas(features, neighbours, tokens, fill, marks.is_over_tiles)
    if marks.layer == BUBBLES:
        layers.append(_bubble_layer(marks.bubbles, tokens, marks.view.scale))
    elif marks.layer == HEXAGONS and marks.points is not None:
        layers.append(
            _polygons(
                "hexagons", hexagons(marks.points, geodesy.bounds(features), tokens), line_px=1,
                line=tokens.line, filled=True, get_fill_color="properties.fill", pickable=True,
            )
        )  # fmt: skip
    return layers


def _layers(
    features: list[dict[str, Any]],
    outline: Mapping[str, Any] | None,
    marks: _Marks,
    measure: str,
    theme: str,
) -> list[pdk.Layer]:
    """Return the layers bottom up."""
    tokens, neighbours, view = palette(theme), _outlines(outline, "neighbour"), marks.view
    layers = _filled(features, neighbours, marks, tokens)
    home = _outlines(outline, "home")
    layers.append(_polygons("outline", home, line=tokens.text, line_px=2, filled=False))
    if marks.layer == AREAS and marks.points is not None and not are_many(marks.points):
        layers.append(_point_layer(marks.points, tokens, view.scale))
    names, plates = _neighbour_names(neighbours, view), labels(features, MEASURES[measure], view)
    layers += [
        _texts("neighbour-names", names, size=SMALLEST_TEXT * view.scale, color=tokens.muted),
        _texts(
            "labels", plates, size=LABEL_PX * view.scale, color=tokens.text,
            font_weight=700, background=True, background_padding=[6, 3, 6, 3],
            get_background_color=[*rgb(tokens.bg), PLATE_ALPHA],
            get_pixel_offset=[0, -LABEL_RISE_PX * view.scale],
        ),
    ]  # fmt: skip
    return layers


def _over_tiles(deck: pdk.Deck, address: str) -> None:
    """Lay a deck over the tiles of an intranet's server.

    Deck.gl's own tile layer needs a function, which JSON cannot carry; a map style with one
    raster source is drawn below the layers, and the browser asks that server alone. Streamlit's
    page takes a style that is no address only as the first of a list.
    """
    source = {"type": "raster", "tiles": [address], "tileSize": TILE_PX}
    style = {
        "version": 8,
        "sources": {"tiles": source},
        "layers": [{"id": "tiles", "type": "raster", "source": "tiles"}],
    }
    deck.map_provider, deck.map_style = "carto", [style]


def community_map(
    community_rows: pd.DataFrame,
    boundaries: Mapping[str, Any],
    outline: Mapping[str, Any] | None = None,
    *,
    theme: str,
    measure: str = "overdue",
    points: pd.DataFrame | None = None,
    layer: str | None = None,
    tiles: str = "",
    width_px: float = DESK_WIDTH_PX,
    height_px: float = 640,
    scale: float = 1.0,
) -> pdk.Deck:
    """Draw rows of `community_progress` on their boundaries, `community_points` above them.

    Boundaries are GeoJSON with `name` and `code`; an outline's features have the
    `role` home or neighbour. Points are in WGS-84. `layer` is AREAS, BUBBLES or HEXAGONS, by
    default that of `default_layer`; `tiles` the XYZ address of an intranet's server or ''. A
    selection gives `communities` with properties name and code, or `bubbles` with a name.
    """
    tokens, shown = palette(theme), MEASURES[measure]
    features = community_features(boundaries, community_rows, shown, tokens)
    view = view_of(geodesy.bounds(features), width_px, height_px, scale)
    circles = bubbles(features, community_rows, shown, scale)
    marks = _Marks(layer or default_layer(points), view, circles, located(points), bool(tiles))
    if tiles:
        for feature in features:
            feature["properties"]["fill"] = [*feature["properties"]["fill"], OVER_TILES_ALPHA]
    deck = pdk.Deck(
        layers=_layers(features, outline, marks, measure, theme),
        initial_view_state=pdk.ViewState(
            longitude=view.longitude, latitude=view.latitude, zoom=view.zoom,
            min_zoom=view.zoom - 1, max_zoom=view.zoom + 5, pitch=0, bearing=0,
        ),
        map_provider=None,
        height=height_px,
        tooltip=_tooltip(tokens, scale),
    )  # fmt: skip
    if tiles:
        _over_tiles(deck, tiles)
    return deck
