"""The community map: fills by step, labels, layers, offline, and what the legend says."""

import json
import math

import pandas as pd
import pydeck as pdk
import pytest

from tally.maps import community_map, is_binned, legend_steps
from tally.palette import palette, rgb
from tally.places import MEASURES

WEST, SOUTH, SIZE = 116.6, 33.9, 0.02


def _square(index: int, columns: int = 4) -> list[list[float]]:
    x, y = WEST + index % columns * SIZE, SOUTH + index // columns * SIZE
    return [[x, y], [x + SIZE, y], [x + SIZE, y + SIZE], [x, y + SIZE], [x, y]]


def _feature(name: str, index: int, **properties: str) -> dict:
    return {
        "type": "Feature",
        "properties": {"name": name, "code": f"34060340{index:04}", **properties},
        "geometry": {"type": "Polygon", "coordinates": [_square(index)]},
    }


def _boundaries(*names: str) -> dict:
    features = [_feature(name, index) for index, name in enumerate(names)]
    return {"type": "FeatureCollection", "features": features}


def _row(name: str, index: int, **values: object) -> dict:
    return {
        "community": name,
        "code": f"34060340{index:04}",
        "street": "开发区",
        "due_count": 10,
        "closed_due_count": 8,
        "closed_share": 0.8,
        "overdue_count": 0,
        "ticket_count": 0,
        "satisfied_count": 9,
        "rated_count": 10,
        "satisfied_share": 0.9,
        "is_reported": True,
        **values,
    }


def _rows(*values: dict, names: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            _row(name, index, **row)
            for index, (name, row) in enumerate(zip(names, values, strict=True))
        ]
    )


def _points(many: int, is_overdue: bool = True) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "item_key": [f"k{index}" for index in range(many)],
            "title": "项目用地报批未办结",
            "unit": "招商部",
            "community": "河北社区",
            "longitude": [WEST + index % 20 * 0.001 for index in range(many)],
            "latitude": [SOUTH + index // 20 * 0.001 for index in range(many)],
            "is_overdue": is_overdue,
            "is_closed": False,
        }
    )


def _layers(deck: pdk.Deck) -> dict[str, dict]:
    return {layer["id"]: layer for layer in json.loads(deck.to_json())["layers"]}


def _properties(deck: pdk.Deck) -> dict[str, dict]:
    features = _layers(deck)["communities"]["data"]["features"]
    return {feature["properties"]["name"]: feature["properties"] for feature in features}


TWO = ("河北社区", "王店社区")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("measure", "values", "step"),
    [
        ("overdue", {"overdue_count": 1}, 1),
        ("overdue", {"overdue_count": 4}, 6),
        ("overdue", {"overdue_count": 50}, 8),
        ("closed", {"closed_share": 0.95}, 1),
        ("closed", {"closed_share": 0.9}, 1),
        ("closed", {"closed_share": 0.85}, 3),
        ("closed", {"closed_share": 0.2}, 8),
        ("satisfied", {"satisfied_share": 0.65}, 6),
        ("tickets", {"ticket_count": 12}, 5),
    ],
)
def test_fill_is_darker_where_one_should_look(
    measure: str, values: dict, step: int, theme: str
) -> None:
    rows = _rows(values, {}, names=TWO)
    deck = community_map(rows, _boundaries(*TWO), measure=measure, theme=theme)
    assert _properties(deck)["河北社区"]["fill"] == rgb(palette(theme).sequential[step])


@pytest.mark.parametrize(
    ("measure", "values", "token"),
    [
        ("overdue", {"overdue_count": 0}, "bg"),
        ("closed", {"closed_share": 1.0}, "bg"),
        ("closed", {"closed_share": None}, "bg2"),
        ("satisfied", {"satisfied_share": None}, "bg2"),
        ("overdue", {"overdue_count": 3, "is_reported": False}, "nonefill"),
        ("closed", {"closed_share": 0.5, "is_reported": False}, "nonefill"),
        ("tickets", {"ticket_count": 0, "is_reported": False}, "nonefill"),
    ],
)
def test_nothing_unreported_and_without_value_look_different(
    measure: str, values: dict, token: str
) -> None:
    rows = _rows(values, {}, names=TWO)
    deck = community_map(rows, _boundaries(*TWO), measure=measure, theme="light")
    assert _properties(deck)["河北社区"]["fill"] == rgb(getattr(palette("light"), token))


def test_tickets_of_a_community_that_has_not_reported_still_count() -> None:
    rows = _rows({"ticket_count": 60, "is_reported": False}, {}, names=TWO)
    deck = community_map(rows, _boundaries(*TWO), measure="tickets", theme="light")
    assert _properties(deck)["河北社区"]["fill"] == rgb(palette("light").sequential[8])


def test_a_boundary_without_a_row_has_no_items() -> None:
    deck = community_map(_rows({}, names=("河北社区",)), _boundaries(*TWO), theme="light")
    assert _properties(deck)["王店社区"]["tip"] == "王店社区\n无条目"
    assert _properties(deck)["王店社区"]["fill"] == rgb(palette("light").bg2)


def test_rows_are_found_by_code_before_name() -> None:
    rows = _rows({"overdue_count": 5}, {"overdue_count": 1}, names=("河北社区", "河北社区"))
    deck = community_map(rows, _boundaries("河北社区", "王店社区"), theme="light")
    assert _properties(deck)["河北社区"]["value"] == 5
    assert _properties(deck)["王店社区"]["value"] == 1


def test_rows_without_a_code_are_found_by_a_name_that_is_not_shared() -> None:
    rows = _rows({"overdue_count": 5}, {"overdue_count": 1}, names=TWO).assign(code=None)
    assert (
        _properties(community_map(rows, _boundaries(*TWO), theme="light"))["王店社区"]["value"] == 1
    )


def test_tooltip_is_plain_text_in_chinese() -> None:
    rows = _rows({"overdue_count": 2, "is_reported": False}, {}, names=TWO)
    deck = community_map(rows, _boundaries(*TWO), theme="light")
    assert _properties(deck)["河北社区"]["tip"] == (
        "河北社区　开发区\n○ 未报\n逾期 2 项\n到期销号率 80.0%（8 / 10）"
        "\n满意率 90.0%（9 / 10）\n工单 0 件"
    )
    assert set(deck._tooltip) == {"text", "style"}


def _label_texts(deck: pdk.Deck) -> list[str]:
    return [label["text"] for label in _layers(deck)["labels"]["data"]]


def test_few_communities_are_all_named() -> None:
    rows = _rows({"overdue_count": 5}, {"is_reported": False}, names=TWO)
    deck = community_map(rows, _boundaries(*TWO), theme="light")
    assert _label_texts(deck) == ["河北 5", "王店 未报"]


@pytest.mark.parametrize(
    ("measure", "first"), [("overdue", "第11 11"), ("closed", "第0 0.0%"), ("tickets", "第0 120")]
)
def test_of_many_communities_the_six_worst_are_named(measure: str, first: str) -> None:
    names = tuple(f"第{index}社区" for index in range(12))
    values = [
        {"overdue_count": index, "closed_share": index / 12, "ticket_count": 120 - 10 * index}
        for index in range(12)
    ]
    rows = _rows(*values, names=names)
    deck = community_map(rows, _boundaries(*names), measure=measure, theme="light")
    assert len(_label_texts(deck)) == 6
    assert _label_texts(deck)[0] == first


def test_of_many_communities_those_without_fault_are_not_named() -> None:
    names = tuple(f"第{index}社区" for index in range(12))
    rows = _rows(*({"overdue_count": int(index == 3)} for index in range(12)), names=names)
    assert _label_texts(community_map(rows, _boundaries(*names), theme="light")) == ["第3 1"]


def test_labels_whose_plates_would_meet_are_dropped() -> None:
    rows = _rows({"overdue_count": 5}, {"overdue_count": 3}, names=TWO)
    deck = community_map(rows, _boundaries(*TWO), theme="light", width_px=80, height_px=60)
    assert _label_texts(deck) == ["河北 5"]


@pytest.mark.parametrize(("width", "height"), [(1132, 640), (400, 640)])
def test_view_holds_all_communities(width: int, height: int) -> None:
    boundaries = _boundaries(*(f"第{index}社区" for index in range(12)))
    deck = community_map(
        _rows({}, names=("第0社区",)), boundaries, theme="light", width_px=width, height_px=height
    )
    state = deck.initial_view_state
    across = 4 * SIZE / 360 * 512 * 2**state.zoom
    down = 3 * SIZE / math.cos(math.radians(SOUTH)) / 360 * 512 * 2**state.zoom
    assert max(across / width, down / height) == pytest.approx(0.94, abs=0.01)
    assert state.longitude == pytest.approx(WEST + 2 * SIZE)


def test_nothing_is_fetched_and_no_style_is_asked_for() -> None:
    deck = community_map(_rows({}, {}, names=TWO), _boundaries(*TWO), theme="light")
    spec = json.loads(deck.to_json())
    assert spec.get("mapProvider") is None
    # None would ask for a style from outside; the placeholder asks for nothing.
    assert spec["mapStyle"] == "__MAP_STYLE__"
    assert "http" not in deck.to_json()


def test_layers_lie_bottom_up_with_neighbours_below_and_labels_on_top() -> None:
    outline = {
        "features": [_feature("相山区", 0, role="home"), _feature("濉溪县", 5, role="neighbour")]
    }
    deck = community_map(
        _rows({}, {}, names=TWO), _boundaries(*TWO), outline, theme="light", points=_points(3)
    )
    layers = _layers(deck)
    assert list(layers) == [
        "neighbours", "communities", "outline", "points", "neighbour-names", "labels",
    ]  # fmt: skip
    assert [layer for layer in layers if layers[layer].get("pickable")] == ["communities", "points"]
    assert len(layers["outline"]["data"]["features"]) == 1


def test_many_points_become_hexagons_that_keep_every_item() -> None:
    deck = community_map(
        _rows({}, {}, names=TWO), _boundaries(*TWO), theme="light", points=_points(400)
    )
    layers = _layers(deck)
    assert "points" not in layers
    tips = [item["properties"]["tip"] for item in layers["hexagons"]["data"]["features"]]
    assert sum(int(tip.split(" ")[0]) for tip in tips) == 400
    assert layers["communities"]["getFillColor"] == rgb(palette("light").bg)


@pytest.mark.parametrize(("many", "expected"), [(0, False), (300, False), (301, True)])
def test_is_binned_from_three_hundred_points(many: int, expected: bool) -> None:
    assert is_binned(_points(many)) is expected
    assert is_binned(None) is False


def test_points_without_coordinates_are_left_out() -> None:
    points = _points(3)
    points.loc[1, "longitude"] = None
    deck = community_map(_rows({}, {}, names=TWO), _boundaries(*TWO), theme="light", points=points)
    data = _layers(deck)["points"]["data"]
    assert [point["item_key"] for point in data] == ["k0", "k2"]
    assert data[0]["fill"] == rgb(palette("light").states["overdue"].fill)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("measure", list(MEASURES))
def test_legend_has_a_distinct_colour_for_each_step(measure: str, theme: str) -> None:
    steps = legend_steps(measure, theme)
    assert len({step.color for step in steps}) == len({step.label for step in steps}) == len(steps)
    assert steps[-1].label == "未报"


def test_boundaries_without_features_are_refused() -> None:
    with pytest.raises(ValueError, match="没有边界"):
        community_map(_rows({}, {}, names=TWO), {"features": []}, theme="light")
