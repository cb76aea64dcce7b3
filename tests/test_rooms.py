"""Character heights of a room: the rule of 1/200 of the distance, checked against a table."""

import pytest

from tally.rooms import GRID_HEIGHT, SMALLEST, Room, Viewport

FULL_HD, ULTRA_HD, WALL = Viewport(1920, 1080), Viewport(3840, 2160), Viewport(5760, 2160)


# Diagonal, farthest seat, least px at 1080 lines: worked out by hand for panels of 16:9.
@pytest.mark.parametrize(
    ("diagonal", "seat", "least_px"),
    [(98, 6, 28.9), (86, 6, 32.9), (110, 6, 25.7), (98, 8, 38.5), (75, 4, 25.1)],
)
def test_least_size_follows_from_screen_and_distance(
    diagonal: float, seat: float, least_px: float
) -> None:
    assert Room(diagonal, seat).smallest_px(FULL_HD) == pytest.approx(least_px, abs=0.06)
    assert Room(diagonal, seat).smallest_px(ULTRA_HD) == pytest.approx(2 * least_px, abs=0.12)


@pytest.mark.parametrize("window", [FULL_HD, ULTRA_HD, WALL])
@pytest.mark.parametrize("room", [Room(98, 6), Room(86, 6), Room(43, 8), Room(220, 20)])
def test_smallest_text_is_never_below_the_rule(room: Room, window: Viewport) -> None:
    assert room.shown_mm(window) >= room.character_mm - 1e-9
    assert SMALLEST * room.scale(window) >= room.smallest_px(window) - 1e-9


def test_a_screen_that_is_large_enough_is_only_fitted() -> None:
    assert Room(110, 6).scale(ULTRA_HD) == 2160 / GRID_HEIGHT


def test_a_wide_wall_of_the_same_diagonal_is_lower() -> None:
    assert Room(98, 6).screen_height_mm(WALL) < Room(98, 6).screen_height_mm(FULL_HD)
