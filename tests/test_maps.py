"""The community map: fills by step, labels, layers, offline, and what the legend says."""

import json
import math

import pydeck as pdk
import pytest

from tally.maps import community_map, default_layer, legend_steps
from tally.palette import palette, rgb
from tally.places import MEASURES
from tests.map_rows import (
    SIZE,
    SOUTH,
    TWO,
    WEST,
    area_of,
    areas_of,
    layers_of,
    point_rows,
    progress_rows,
    properties_of,
)


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
    rows = progress_rows(values, {}, names=TWO)
    deck = community_map(rows, areas_of(*TWO), measure=measure, theme=theme)
    assert properties_of(deck)["河北社区"]["fill"] == rgb(palette(theme).sequential[step])


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
    rows = progress_rows(values, {}, names=TWO)
    deck = community_map(rows, areas_of(*TWO), measure=measure, theme="light")
    assert properties_of(deck)["河北社区"]["fill"] == rgb(getattr(palette("light"), token))


def test_tickets_of_a_community_that_has_not_reported_still_count() -> None:
    rows = progress_rows({"ticket_count": 60, "is_reported": False}, {}, names=TWO)
    deck = community_map(rows, areas_of(*TWO), measure="tickets", theme="light")
    assert properties_of(deck)["河北社区"]["fill"] == rgb(palette("light").sequential[8])


def test_a_boundary_without_a_row_has_no_items() -> None:
    deck = community_map(progress_rows({}, names=("河北社区",)), areas_of(*TWO), theme="light")
    assert properties_of(deck)["王店社区"]["tip"] == "王店社区\n无条目"
    assert properties_of(deck)["王店社区"]["fill"] == rgb(palette("light").bg2)


def test_rows_are_found_by_code_before_name() -> None:
    rows = progress_rows({"overdue_count": 5}, {"overdue_count": 1}, names=("河北社区", "河北社区"))
    deck = community_map(rows, areas_of("河北社区", "王店社区"), theme="light")
    assert properties_of(deck)["河北社区"]["value"] == 5
    assert properties_of(deck)["王店社区"]["value"] == 1


def test_rows_without_a_code_are_found_by_a_name_that_is_not_shared() -> None:
    rows = progress_rows({"overdue_count": 5}, {"overdue_count": 1}, names=TWO).assign(code=None)
    assert (
        properties_of(community_map(rows, areas_of(*TWO), theme="light"))["王店社区"]["value"] == 1
    )


def test_tooltip_is_plain_text_in_chinese() -> None:
    rows = progress_rows({"overdue_count": 2, "is_reported": False}, {}, names=TWO)
    deck = community_map(rows, areas_of(*TWO), theme="light")
    assert properties_of(deck)["河北社区"]["tip"] == (
        "河北社区　开发区\n○ 未报\n逾期 2 项\n到期销号率 80.0%（8 / 10）"
        "\n满意率 90.0%（9 / 10）\n工单 0 件"
    )
    assert set(deck._tooltip) == {"text", "style"}


def _label_texts(deck: pdk.Deck) -> list[str]:
    return [label["text"] for label in layers_of(deck)["labels"]["data"]]


def test_few_communities_are_all_named() -> None:
    rows = progress_rows({"overdue_count": 5}, {"is_reported": False}, names=TWO)
    deck = community_map(rows, areas_of(*TWO), theme="light")
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
    rows = progress_rows(*values, names=names)
    deck = community_map(rows, areas_of(*names), measure=measure, theme="light")
    assert len(_label_texts(deck)) == 6
    assert _label_texts(deck)[0] == first


def test_of_many_communities_those_without_fault_are_not_named() -> None:
    names = tuple(f"第{index}社区" for index in range(12))
    rows = progress_rows(*({"overdue_count": int(index == 3)} for index in range(12)), names=names)
    assert _label_texts(community_map(rows, areas_of(*names), theme="light")) == ["第3 1"]


def test_labels_whose_plates_would_meet_are_dropped() -> None:
    rows = progress_rows({"overdue_count": 5}, {"overdue_count": 3}, names=TWO)
    deck = community_map(rows, areas_of(*TWO), theme="light", width_px=80, height_px=60)
    assert _label_texts(deck) == ["河北 5"]


@pytest.mark.parametrize(("width", "height"), [(1132, 640), (400, 640)])
def test_view_holds_all_communities(width: int, height: int) -> None:
    boundaries = areas_of(*(f"第{index}社区" for index in range(12)))
    deck = community_map(
        progress_rows({}, names=("第0社区",)),
        boundaries,
        theme="light",
        width_px=width,
        height_px=height,
    )
    state = deck.initial_view_state
    across = 4 * SIZE / 360 * 512 * 2**state.zoom
    down = 3 * SIZE / math.cos(math.radians(SOUTH)) / 360 * 512 * 2**state.zoom
    assert max(across / width, down / height) == pytest.approx(0.94, abs=0.01)
    assert state.longitude == pytest.approx(WEST + 2 * SIZE)


def test_nothing_is_fetched_and_no_style_is_asked_for() -> None:
    deck = community_map(progress_rows({}, {}, names=TWO), areas_of(*TWO), theme="light")
    spec = json.loads(deck.to_json())
    assert spec.get("mapProvider") is None
    # None would ask for a style from outside; the placeholder asks for nothing.
    assert spec["mapStyle"] == "__MAP_STYLE__"
    assert "http" not in deck.to_json()


def test_layers_lie_bottom_up_with_neighbours_below_and_labels_on_top() -> None:
    outline = {
        "features": [area_of("相山区", 0, role="home"), area_of("濉溪县", 5, role="neighbour")]
    }
    deck = community_map(
        progress_rows({}, {}, names=TWO),
        areas_of(*TWO),
        outline,
        theme="light",
        points=point_rows(3),
    )
    layers = layers_of(deck)
    assert list(layers) == [
        "neighbours", "communities", "outline", "points", "neighbour-names", "labels",
    ]  # fmt: skip
    assert [layer for layer in layers if layers[layer].get("pickable")] == ["communities", "points"]
    assert len(layers["outline"]["data"]["features"]) == 1


def test_many_points_become_hexagons_that_keep_every_item() -> None:
    deck = community_map(
        progress_rows({}, {}, names=TWO), areas_of(*TWO), theme="light", points=point_rows(400)
    )
    layers = layers_of(deck)
    assert "points" not in layers
    tips = [item["properties"]["tip"] for item in layers["hexagons"]["data"]["features"]]
    assert sum(int(tip.split(" ")[0]) for tip in tips) == 400
    assert layers["communities"]["getFillColor"] == rgb(palette("light").bg)


@pytest.mark.parametrize(("many", "expected"), [(0, "areas"), (300, "areas"), (301, "hexagons")])
def test_hexagons_are_drawn_by_themselves_from_three_hundred_points(
    many: int, expected: str
) -> None:
    assert default_layer(point_rows(many)) == expected
    assert default_layer(None) == "areas"


def test_points_without_coordinates_are_left_out() -> None:
    points = point_rows(3)
    points.loc[1, "longitude"] = None
    deck = community_map(
        progress_rows({}, {}, names=TWO), areas_of(*TWO), theme="light", points=points
    )
    data = layers_of(deck)["points"]["data"]
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
        community_map(progress_rows({}, {}, names=TWO), {"features": []}, theme="light")
