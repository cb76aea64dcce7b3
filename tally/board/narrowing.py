"""How the shared filters are set from elsewhere: by a figure, a key, typed words; and taken back.

A choice made on a figure is the ordinary filter of the unit or dimension clicked, so that it
stands in the address, holds on every page and is cleared like any other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import streamlit as st

from tally.board.asking import FILTERS_KEY, Filters

Axis = Literal["unit", "dimension"]
AXES: tuple[Axis, ...] = ("unit", "dimension")
LEFT_OUT = {"unit": "unit_left_out", "dimension": "dimension_left_out"}
# What narrows, beside campaign and month, which only say what is looked at.
NOTHING_CHOSEN: dict[str, Any] = {
    "league": None,
    "unit": [],
    "unit_left_out": False,
    "dimension": [],
    "dimension_left_out": False,
    "post": None,
}
ALL_STATES, ALL_LEDGERS = "全部状态", "全部台账"
# What the pages narrow by beside the shared filters, and what means nothing there.
NOTHING_SEARCHED: dict[str, Any] = {
    "words": "",
    "state": ALL_STATES,
    "ticket_state": ALL_STATES,
    "row_ledger": ALL_LEDGERS,
    "from": None,
    "to": None,
}
WANTED_KEY = "_narrowed"
PICKS_KEY = "_picks"
PICK_COUNT_KEY = "_pick_count"


@dataclass(frozen=True)
class Pick:
    """A name clicked on a figure, and what the filters of its axis were before.

    `before` and `was_left_out` are the widgets' values; `asked` and `left_out` what they meant.
    """

    axis: Axis
    name: str
    before: Sequence[str]
    was_left_out: bool
    asked: tuple[str, ...]
    left_out: tuple[str, ...]


def narrow(**wanted: Any) -> None:
    """Let the next run start with these filters (`unit=["招商部"]`, `month="2022年9月"`).

    A callback needs no more; from a page's own body `st.rerun()` must follow.
    """
    st.session_state[WANTED_KEY] = st.session_state.get(WANTED_KEY, {}) | wanted


def follow_narrowing() -> None:
    """Set the shared filters to what was asked for; before they are drawn."""
    st.session_state.update(st.session_state.pop(WANTED_KEY, {}))


def clear_filters() -> None:
    """Set league, units, dimensions and post back to all, and a page's own search."""
    narrow(**NOTHING_CHOSEN, **{key: NOTHING_SEARCHED[key] for key in _searched()})
    st.session_state.pop(PICKS_KEY, None)
    count_pick()


def is_narrowed() -> bool:
    """Tell whether any of the filters that `clear_filters` sets back is set."""
    is_shared = any(st.session_state.get(key) for key in ("league", "post", *AXES))
    return is_shared or bool(_searched())


def _searched() -> list[str]:
    """Return what of a page's own search is set."""
    return [
        key
        for key, nothing in NOTHING_SEARCHED.items()
        if st.session_state.get(key, st.query_params.get(key)) not in (None, nothing)
    ]


def leave_out(axis: Axis) -> None:
    """Turn the choice of units or dimensions round: all the others instead, and back."""
    narrow(**{LEFT_OUT[axis]: not st.session_state.get(LEFT_OUT[axis])})


def pick(axis: Axis, name: str) -> None:
    """Narrow to what was clicked on a figure; a second click on it takes it back."""
    if picked(axis) == name:
        take_back(axis)
        return
    chosen: Filters = st.session_state[FILTERS_KEY]
    earlier = _picks().get(axis)
    before = Pick(
        axis,
        name,
        tuple(st.session_state.get(axis) or ()),
        bool(st.session_state.get(LEFT_OUT[axis])),
        getattr(chosen, axis),
        getattr(chosen, f"left_out_{axis}"),
    )
    # Going from one bar to the next keeps the way back to what was before the first.
    made = replace(earlier, name=name) if earlier else before
    others = {key: one for key, one in _picks().items() if key != axis}
    st.session_state[PICKS_KEY] = others | {axis: made}
    narrow(**{axis: [name], LEFT_OUT[axis]: False})
    count_pick()


def take_back(axis: Axis | None = None) -> None:
    """Set the filters to what they were before the pick on this axis, or before the last one."""
    picks = _picks()
    if not picks:
        return
    made = picks.pop(axis or list(picks)[-1])
    st.session_state[PICKS_KEY] = picks
    narrow(**{made.axis: list(made.before), LEFT_OUT[made.axis]: made.was_left_out})
    count_pick()


def _picks() -> dict[Axis, Pick]:
    """Return the picks that still stand, the last one last: a filter changed since ends its own."""
    made: dict[Axis, Pick] = st.session_state.get(PICKS_KEY, {})
    return {
        axis: one
        for axis, one in made.items()
        if list(st.session_state.get(axis) or ()) == [one.name]
        and not st.session_state.get(LEFT_OUT[axis])
    }


def picked(axis: Axis) -> str:
    """Return the name on this axis that a click on a figure chose, '' without one."""
    made = _picks().get(axis)
    return made.name if made else ""


def last_picked() -> str:
    """Return the name that a click on a figure chose last, '' without one."""
    return next((one.name for one in reversed(_picks().values())), "")


def unpicked(chosen: Filters, axis: Axis) -> Filters:
    """Return the filters a figure is drawn for: without what was clicked on it, which it marks."""
    made = _picks().get(axis)
    if made is None:
        return chosen
    changed: dict[str, Any] = {axis: made.asked, f"left_out_{axis}": made.left_out}
    return replace(chosen, **changed)


def count_pick() -> None:
    """Count a pick that was made or taken back."""
    st.session_state[PICK_COUNT_KEY] = pick_count() + 1


def pick_count() -> int:
    """Return how many picks were made or taken back.

    A figure that takes it into its key forgets its own selection: the same bar can be clicked
    again.
    """
    return int(st.session_state.get(PICK_COUNT_KEY, 0))
