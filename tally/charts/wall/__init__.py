"""Screens of the wall: each one figure that fills the window, with no text below the room's size.

Coordinates are those of a grid 1080 high (`tally.rooms`), less where the room asks for more.
"""

from tally.charts.wall.sheet import MARGIN, Age, Heading, Number, Sheet

__all__ = ["MARGIN", "Age", "Heading", "Number", "Sheet"]
