"""How large the characters on a wall must be, from the room: its screen and its farthest seat.

A character is to be at least 1/200 of the distance tall; a Chinese character fills 0.92 em.
"""

import math
from dataclasses import dataclass

MILLIMETRES_PER_INCH = 25.4
DISTANCE_PER_HEIGHT = 200
INK_EM = 0.92
# The wall is drawn on a grid 1080 high, with 30 as its smallest text, and enlarged.
GRID_HEIGHT, SMALLEST = 1080, 30


@dataclass(frozen=True)
class Viewport:
    """What the browser draws on, in its own pixels."""

    width_px: float = 1920
    height_px: float = 1080

    @property
    def fit(self) -> float:
        """By how much the grid is enlarged to be as high as the window."""
        return self.height_px / GRID_HEIGHT


@dataclass(frozen=True)
class Room:
    """A meeting room: the screen's diagonal and the distance of its farthest seat."""

    diagonal_inch: float = 98
    seat_metres: float = 6

    def screen_height_mm(self, viewport: Viewport) -> float:
        """Return how high the screen is, its shape being the window's."""
        aspect = viewport.width_px / viewport.height_px
        return self.diagonal_inch * MILLIMETRES_PER_INCH / math.hypot(1, aspect)

    @property
    def character_mm(self) -> float:
        """The least height of a character that is read from the farthest seat."""
        return self.seat_metres * 1000 / DISTANCE_PER_HEIGHT

    def smallest_px(self, viewport: Viewport) -> float:
        """Return the least font size in px of the window."""
        per_mm = viewport.height_px / self.screen_height_mm(viewport)
        return self.character_mm / INK_EM * per_mm

    def scale(self, viewport: Viewport) -> float:
        """Return px per unit of the grid: as high as the window, larger where the room asks."""
        return max(viewport.fit, self.smallest_px(viewport) / SMALLEST)

    def shown_mm(self, viewport: Viewport) -> float:
        """Return the height of the smallest characters as they are shown."""
        size_px = SMALLEST * self.scale(viewport)
        return size_px * INK_EM * self.screen_height_mm(viewport) / viewport.height_px
