"""The command line that repeats what a page shows, and the moment whose data it shows."""

import shlex
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import streamlit as st

from tally import clock, service

KNOWN_KEY = "_known_now"


def known_now() -> datetime:
    """Return the moment of what is shown now (UTC): one as long as nothing is published."""
    version = service.database().version
    kept = st.session_state.get(KNOWN_KEY)
    if kept is None or kept[0] != version:
        kept = st.session_state[KNOWN_KEY] = version, clock.now()
    moment: datetime = kept[1]
    return moment


def repeating_line(question: str, given: Mapping[str, Any]) -> str:
    """Return the command that asks a question again; what is empty is left out."""
    moments = {name: value.isoformat() for name, value in given.items() if hasattr(value, "hour")}
    said = {name: str(value) for name, value in {**given, **moments}.items() if value}
    return " ".join(
        ["manage.py ask", question, *(shlex.quote(f"{name}={text}") for name, text in said.items())]
    )
