"""What a community map shows: measures and their steps, fills, labels, and the view.

Nothing here draws; `maps` does.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tally import geodesy, words
from tally.palette import Palette, palette, rgb

LABEL_PX = 17
MOST_LABELS = 6
MARGIN_SHARE = 0.94
STEPS = (1, 3, 5, 6, 8)  # no text stands on a fill, so the steps may lie further apart


@dataclass(frozen=True)
class Measure:
    """What the map can show: `limits` part the steps, best first; `column` is the value.

    A rate has limits from above, as dark always means that one should look here; `size` is the
    column of the count it is a rate of, otherwise the value's own.
    """

    title: str
    column: str
    limits: tuple[float, ...]
    labels: tuple[str, ...]
    is_rate: bool
    empty: str
    size: str

    def step(self, value: float) -> int | None:
        """Return the sequential step of a value; None for 0, or for a rate of 100 %."""
        worse = [value < limit if self.is_rate else value > limit for limit in self.limits].count(
            True
        )
        return STEPS[worse - 1] if worse else None


RATE_LIMITS = (1.0, 0.9, 0.8, 0.7, 0.6)
RATE_LABELS = ("100%", "≥90%", "≥80%", "≥70%", "≥60%", "<60%")
MEASURES: Mapping[str, Measure] = {
    "overdue": Measure(
        "逾期件数",
        "overdue_count",
        (0, 1, 2, 3, 4),
        ("0", "1", "2", "3", "4", "5+"),
        False,
        "无条目",
        "overdue_count",
    ),
    "closed": Measure(
        "销号率", "closed_share", RATE_LIMITS, RATE_LABELS, True, "无到期", "due_count"
    ),
    "satisfied": Measure(
        "满意率", "satisfied_share", RATE_LIMITS, RATE_LABELS, True, "无评价", "rated_count"
    ),
    "tickets": Measure(
        "工单量",
        "ticket_count",
        (0, 4, 9, 19, 49),
        ("0", "1–4", "5–9", "10–19", "20–49", "50+"),
        False,
        "无工单数据",
        "ticket_count",
    ),
}


@dataclass(frozen=True)
class LegendStep:
    """One swatch of the legend: what it says and its hex colour."""

    label: str
    color: str


def legend_steps(measure: str, theme: str) -> tuple[LegendStep, ...]:
    """Return the swatches of a measure, best first, then what has no value and 未报."""
    tokens, chosen = palette(theme), MEASURES[measure]
    colors = (tokens.bg, *(tokens.sequential[step] for step in STEPS))
    steps = [LegendStep(*pair) for pair in zip(chosen.labels, colors, strict=True)]
    nothing = LegendStep(chosen.empty, tokens.bg2)
    return (*steps, nothing, LegendStep(words.UNREPORTED, tokens.nonefill))


@dataclass(frozen=True)
class View:
    """What the screen holds: `zoom` and the centre, for a figure of width × height px."""

    longitude: float
    latitude: float
    zoom: float
    width: float
    height: float
    scale: float = 1.0

    def px(self, position: Iterable[float]) -> tuple[float, float]:
        """Return a position in px of this zoom."""
        x, y = geodesy.mercator(*position)
        return x * 2**self.zoom, y * 2**self.zoom

    def position(self, px: tuple[float, float]) -> list[float]:
        """Return the longitude and latitude of a point in px of this zoom."""
        x, y = (value / 2**self.zoom for value in px)
        return [x / geodesy.TILE_PX * 360, geodesy.latitude_of(y)]

    @property
    def box(self) -> geodesy.Box:
        """What is seen, in px of this zoom: left, lowest, right, highest."""
        x, y = self.px((self.longitude, self.latitude))
        return x - self.width / 2, y - self.height / 2, x + self.width / 2, y + self.height / 2


def view_of(box: geodesy.Box, width: float, height: float, scale: float = 1.0) -> View:
    """Return the view that shows a box whole; `scale` enlarges text and points."""
    west, south = geodesy.mercator(box[0], box[1])
    east, north = geodesy.mercator(box[2], box[3])
    fits = min(width / max(east - west, 1e-9), height / max(north - south, 1e-9))
    return View(
        longitude=(box[0] + box[2]) / 2,
        latitude=geodesy.latitude_of((south + north) / 2),
        zoom=min(math.log2(fits * MARGIN_SHARE), 18.0),
        width=width,
        height=height,
        scale=scale,
    )


def _value(row: Mapping[str, Any] | None, measure: Measure) -> float | None:
    """Return the measure's value, or None where there is none to show."""
    value = row.get(measure.column) if row else None
    return None if words.is_missing(value) else float(value)


def _is_unreported(row: Mapping[str, Any] | None, measure: Measure) -> bool:
    """Say whether a community is grey: tickets come from elsewhere and count all the same."""
    if row is None or row["is_reported"]:
        return False
    return measure.column in ("overdue_count", "closed_share") or not _value(row, measure)


def _tip(name: str, row: Mapping[str, Any] | None) -> str:
    if row is None:
        return f"{name}\n{words.NO_ITEMS}"
    street = "" if words.is_missing(row.get("street")) else f"　{row['street']}"
    state = "" if row["is_reported"] else f"\n○ {words.UNREPORTED}"
    closed = words.ratio(row["closed_due_count"], row["due_count"])
    rated = words.ratio(row["satisfied_count"], row["rated_count"])
    return (
        f"{name}{street}{state}\n逾期 {words.count(row['overdue_count'], '项')}"
        f"\n到期销号率 {words.share(row['closed_share'])}（{closed}）"
        f"\n满意率 {words.share(row['satisfied_share'])}（{rated}）"
        f"\n工单 {words.count(row['ticket_count'], '件')}"
    )


def _rows_by_place(community_rows: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Return rows under their code and, where a name is not shared, their name."""
    rows = community_rows.to_dict("records")
    shared = Counter(row["community"] for row in rows)
    by_name = {row["community"]: row for row in rows if shared[row["community"]] == 1}
    return by_name | {
        str(row["code"]): row for row in rows if not words.is_missing(row.get("code"))
    }


def community_features(
    boundaries: Mapping[str, Any], community_rows: pd.DataFrame, measure: Measure, tokens: Palette
) -> list[dict[str, Any]]:
    """Return the boundaries with their row's value, fill (rgb) and tooltip as properties."""
    rows = _rows_by_place(community_rows)
    features = []
    for feature in boundaries["features"]:
        known = feature["properties"]
        row = rows.get(str(known.get("code"))) or rows.get(known["name"])
        value = _value(row, measure)
        is_grey = _is_unreported(row, measure)
        step = None if value is None else measure.step(value)
        fill = tokens.nonefill if is_grey else tokens.bg2 if value is None else tokens.bg
        if step is not None and not is_grey:
            fill = tokens.sequential[step]
        features.append(
            {
                "type": "Feature",
                "geometry": feature["geometry"],
                "properties": {
                    "name": known["name"],
                    "code": known.get("code", ""),
                    "value": None if is_grey else value,
                    "is_unreported": is_grey,
                    "step": step or 0,
                    "fill": rgb(fill),
                    "tip": _tip(known["name"], row),
                },
            }
        )
    return features


def _label(properties: Mapping[str, Any], measure: Measure) -> str:
    name = properties["name"]
    short = name.removesuffix("居委会").removesuffix("村委会").removesuffix("社区")
    value = properties["value"]
    shown = words.share(value) if measure.is_rate else words.count(value)
    return f"{short or name} {words.UNREPORTED if properties['is_unreported'] else shown}"


def labels(features: list[dict[str, Any]], measure: Measure, view: View) -> list[dict[str, Any]]:
    """Return the labels of the worst, at most six, none nearer than a plate to another."""
    sign = 1 if measure.is_rate else -1
    ordered = sorted(
        features,
        key=lambda item: (
            item["properties"]["value"] is None,
            sign * (item["properties"]["value"] or 0),
        ),
    )
    is_few = len(features) <= MOST_LABELS
    placed: list[tuple[float, float, float]] = []
    labels: list[dict[str, Any]] = []
    for feature in ordered:
        spot = geodesy.center(geodesy.outer_rings(feature["geometry"]))
        is_worth_it = is_few or feature["properties"]["step"] > 0
        if len(labels) == MOST_LABELS or not is_worth_it or spot is None:
            continue
        text = _label(feature["properties"], measure)
        x, y = view.px(spot)
        half = (words.width_em(text) * LABEL_PX / 2 + 8) * view.scale
        if any(
            abs(x - a) < half + b and abs(y - c) < LABEL_PX * 2 * view.scale for a, b, c in placed
        ):
            continue
        placed.append((x, half, y))
        labels.append({"text": text, "position": list(spot)})
    return labels
