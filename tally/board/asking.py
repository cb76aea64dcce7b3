"""Remembered answers: one entry a question, viewer, parameters and version of the data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from threading import Condition
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st
from cachetools import LRUCache, cached
from streamlit.delta_generator import DeltaGenerator

from tally import clock, service, words
from tally.board.turns import aside
from tally.packs import Pack, packs
from tally.secrecy import WITHHELD, ColumnClass
from tally.store import Scope, question, scope_of
from tally.viewers import acting

FILTERS_KEY = "_filters"
PUBLISHED_KEY = "_published"
MOMENT_KEY = "_known_at"
SENSITIVE_KEY = "_sensitive"
ANSWERS_MAX, VECTOR_ROWS = 2048, 2048
# An answer as its rows, which others read as well.
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Filters:
    """What every page is asked about; `as_of` is the day, None of a choice means all.

    `known_at` is the moment (UTC) whose knowledge a reopened meeting shows; None means now.
    Where units or dimensions are left out, `unit` and `dimension` hold all the others, so that
    no question needs to know of it; `left_out_…` say it in words.
    """

    campaign: str
    as_of: date
    league: str | None = None
    unit: tuple[str, ...] = ()
    dimension: tuple[str, ...] = ()
    post: str | None = None
    known_at: datetime | None = None
    left_out_unit: tuple[str, ...] = ()
    left_out_dimension: tuple[str, ...] = ()

    @property
    def parameters(self) -> dict[str, Any]:
        """The filters as parameters of a question."""
        return {
            "campaign": self.campaign,
            "as_of": self.as_of,
            "league": self.league,
            "unit": list(self.unit) or None,
            "dimension": list(self.dimension) or None,
            "post": self.post,
            "known_at": self.known_at,
        }

    @property
    def pack(self) -> Pack:
        """The pack of the campaign."""
        return packs()[self.campaign]


# Of many viewers who ask the same at once, one asks the store and the others wait for it.
@cached(LRUCache(ANSWERS_MAX), condition=Condition())
def _answer(
    home: Path, version: int, scope: Scope, name: str, sql: str, parameters: tuple[Any, ...]
) -> pd.DataFrame:
    given = {key: list(value) if isinstance(value, tuple) else value for key, value in parameters}
    return closely_packed(service.database().ask(name, given, scope)).to_pandas()


def closely_packed(answer: pa.Table) -> pa.Table:
    """Return an answer without the room that DuckDB sets aside in it: 2,048 values a column.

    A row of twenty columns takes half a megabyte with it, and two thousand answers are remembered.
    """
    if answer.num_rows >= VECTOR_ROWS:
        return answer
    return answer.take(pa.array(range(answer.num_rows), pa.int64()))


@cached(LRUCache(ANSWERS_MAX), condition=Condition())
def _records(*asked: Any) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = _answer(*asked).to_dict("records")
    return records


def forget_answers() -> None:
    """Forget every answer: another home counts its versions anew."""
    _answer.cache_clear()
    _records.cache_clear()


def ask(name: str, chosen: Filters | None = None, /, **more: Any) -> pd.DataFrame:
    """Return the answer to a question for the filters it knows; `more` adds or overrides."""
    # What is remembered stays as it is: a column set on a copy is the copy's alone.
    return _told(_answer, *_asked(name, chosen, more)).copy(deep=False)


def records(name: str, chosen: Filters | None = None, /, **more: Any) -> list[dict[str, Any]]:
    """Return the answer to a question as its rows, to be read only: others read the same.

    A handful of rows is read in a tenth of the time a frame takes for it.
    """
    told: list[dict[str, Any]] = _told(_records, *_asked(name, chosen, more))
    return told


def _told(answers: Any, *asked: Any) -> Any:
    """Return a remembered answer, or step aside until it is there."""
    if answers.cache_key(*asked) in answers.cache:
        return answers(*asked)
    with aside():
        return answers(*asked)


def _asked(name: str, chosen: Filters | None, more: dict[str, Any]) -> tuple[Any, ...]:
    """Return what a question is remembered by: what is not asked for is the same as not given."""
    asked = question(name)
    if asked.sensitive:
        st.session_state.setdefault(SENSITIVE_KEY, set()).update(asked.sensitive)
    given = (chosen.parameters if chosen else {"known_at": known_at()}) | more
    known = sorted(
        (key, tuple(value) if isinstance(value, list) else value)
        for key, value in given.items()
        if key in asked.parameters and value is not None
    )
    database = service.database()
    return database.home, database.version, scope_of(acting()), name, asked.sql, tuple(known)


def say_sensitive(place: DeltaGenerator) -> None:
    """Say that there is something sensitive on the page, or that it was left out."""
    if st.session_state.pop(SENSITIVE_KEY, None):
        is_seen = ColumnClass.SENSITIVE in acting().classes
        said = "▲ 本页有敏感内容，不要外传" if is_seen else f"○ 写着“{WITHHELD}”的，您的角色不能看"
        place.markdown(f":gray[:small[{said}]]", width="content")


def known_at() -> datetime | None:
    """Return the moment (UTC) whose knowledge the page shows; None means now."""
    moment: datetime | None = st.session_state.get(MOMENT_KEY)
    return moment


def today() -> date:
    """Return the day the page is of: today, or the day of the meeting that is reopened."""
    moment = known_at()
    return clock.in_shanghai(moment).date() if moment else clock.today()


def filters() -> Filters:
    """Return the shared filters of this run, as the frame drew them."""
    chosen: Filters = st.session_state[FILTERS_KEY]
    return chosen


def follow(campaign: str, month: date | None) -> None:
    """Let the next run show this campaign, and this month when one is given."""
    st.session_state[PUBLISHED_KEY] = campaign, month


def follow_publication() -> None:
    """Set the shared filters to what was just published; before they are drawn."""
    campaign, month = st.session_state.pop(PUBLISHED_KEY, (None, None))
    if campaign:
        st.session_state["campaign"] = packs()[campaign].campaign.name
    if month:
        st.session_state["month"] = words.year_month(month)


def theme() -> str:
    """Return light or dark, as the viewer sees the page."""
    return st.context.theme.type or "light"
