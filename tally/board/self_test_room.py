"""The room that 会前自检 judges: what somebody gave of it, in words the wall's address has too."""

from typing import NamedTuple

import streamlit as st

from tally.board.projected import projected_px
from tally.board.room import ROOM_KEYS, ROOM_LIMITS, number_of_address
from tally.rooms import Room

FIELDS = {"diagonal": ("屏幕对角线（英寸）", 1.0, "%.0f"), "seat": ("最远座位（米）", 0.5, "%.1f")}
FIELD_PX = 240


class Judged(NamedTuple):
    """A room, and whether somebody gave both its sizes."""

    room: Room
    is_given: bool

    @property
    def words(self) -> str:
        """Its sizes as the check says them."""
        diagonal, seat = f"{self.room.diagonal_inch:g} 英寸", f"{self.room.seat_metres:g} 米"
        if self.is_given:
            return f"{diagonal}、最远 {seat}"
        return f"会议室未填全，按 {diagonal}、{seat}估算"


def judged_room() -> Judged:
    """Return the room as typed or as the address has it; usual sizes where neither says."""
    given = {key: _given(key) for key in FIELDS}
    sizes = {key: given[key] or ROOM_KEYS[key] for key in FIELDS}
    return Judged(Room(sizes["diagonal"], sizes["seat"]), None not in given.values())


def _given(key: str) -> float | None:
    if key in st.session_state:
        typed: float | None = st.session_state[key]
        return typed
    linked = key in st.query_params
    return number_of_address(key, 0.0, *ROOM_LIMITS[key]) or None if linked else None


def ask_room() -> None:
    """Draw the fields of the room; what is typed stands in the address."""
    with st.container(horizontal=True, gap="small"):
        for key, (label, step, shown) in FIELDS.items():
            st.number_input(
                label, *ROOM_LIMITS[key], None, step, key=key, bind="query-params", format=shown,
                placeholder=f"未填，按 {ROOM_KEYS[key]:g}", width=projected_px(FIELD_PX),
            )  # fmt: skip
