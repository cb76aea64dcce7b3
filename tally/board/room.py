"""The meeting room that an address tells of: `?diagonal=98&seat=6`."""

import math

import streamlit as st

from tally.rooms import Room

ROOM_KEYS = {"diagonal": 98.0, "seat": 6.0}
ROOM_LIMITS = {"diagonal": (20.0, 600.0), "seat": (1.0, 60.0)}


def number_of_address(key: str, usual: float, low: float, high: float) -> float:
    """Return a number of the address inside its limits; the usual one when it is none."""
    try:
        number = float(st.query_params.get(key, usual))
    except ValueError:
        return usual
    return usual if math.isnan(number) else min(max(number, low), high)


def room_of_address() -> Room:
    """Return the room: inches of the diagonal, metres to the farthest seat."""
    size = {
        key: number_of_address(key, usual, *ROOM_LIMITS[key]) for key, usual in ROOM_KEYS.items()
    }
    return Room(size["diagonal"], size["seat"])
