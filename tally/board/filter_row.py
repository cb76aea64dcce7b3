"""The filters that every page shares, the line that says them in words, and the ways to them."""

import calendar
from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tally import clock, service, words
from tally.board.asking import Filters, Rows, follow_publication, known_at, records, today
from tally.board.demo import is_demo
from tally.board.field import field_button, field_first, own_units
from tally.board.frozen import follow_meeting, meeting_banner, missing_meeting_line
from tally.board.going import follow_going
from tally.board.keys import key_help, listen, page_keys
from tally.board.lookup import Pages, lookup_field
from tally.board.narrowing import (
    LEFT_OUT,
    Axis,
    clear_filters,
    follow_narrowing,
    is_narrowed,
    last_picked,
    leave_out,
    narrow,
    picked,
    take_back,
)
from tally.board.parts import say_part
from tally.board.phone import phone_button
from tally.board.viewing import account_menu
from tally.looking import Axis as Said
from tally.looking import View, looked_at
from tally.packs import DEMO, Pack, packs
from tally.sentences import markdown
from tally.viewers import acting

# Whom a question is asked about, () for all, and who is left out.
Meant = tuple[tuple[str, ...], tuple[str, ...]]
UNKNOWN_KEY, TOLD_KEY = "_unknown", "_told"


def filter_row(pages: Pages, title: str, *, is_looked_at: bool) -> tuple[Filters, DeltaGenerator]:
    """Draw the shared filters and what they say; return what they stand for.

    With it comes a place in that line for what is known only when the page has been drawn.
    `pages` are those of the menu by their titles, `title` is that of the page they stand above.
    A page that is worked on (`is_looked_at` False) shows now, also while a meeting is reopened.
    """
    follow_publication()
    follow_meeting(is_looked_at)
    follow_going()
    follow_narrowing()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="filters"):
        pack = _campaign()
        as_of = _as_of(pack)
        roster = records("unit_reporting", campaign=pack.slug, as_of=as_of)
        league = _league(pack)
        (unit, left_out_unit), (dimension, left_out_dimension), post = _more(pack, roster)
        own = own_units(roster)
        field_button(own)
        if acting().units is not None:
            # Whoever sees some units only is shown them by name, never as if they were all.
            unit = unit or tuple(own)
        chosen = Filters(
            *(pack.slug, as_of, league, unit, dimension, post),
            known_at=known_at(),
            left_out_unit=left_out_unit,
            left_out_dimension=left_out_dimension,
        )
        lookup_field(pages)
        meeting_banner()
        phone_button()
        key_help()
        account_menu()
        page_keys(list(pages.values()), pages.get(title))
        listen()
    # A run that was broken off may have left what its page said.
    say_part("")
    place = _line(chosen, roster)
    missing_meeting_line()
    return chosen, place


def _campaign() -> Pack:
    """Let a campaign be chosen; the one with the newest list comes first, archived ones last."""
    known = records("campaigns", as_of=clock.today())
    newest = {
        row["name"]: "" if pd.isna(row["newest_month"]) else row["newest_month"] for row in known
    }
    archived = {row["name"] for row in known if row["state"] == "archived"}
    newest_first = sorted(newest, key=lambda name: newest[name], reverse=True)
    in_order = sorted(newest_first, key=archived.__contains__)
    by_name = {pack.campaign.name: pack for pack in packs().values()}
    # A link keeps the name alone, whatever stands behind it in the list by now.
    if (linked := st.query_params.get("campaign")) in archived:
        st.session_state.setdefault("campaign", linked)
    _drop_unknown("campaign", in_order)
    name = st.selectbox(
        "专项行动",
        in_order,
        format_func=lambda name: f"{name}（已归档）" if name in archived else name,
        key="campaign",
        bind="query-params",
        label_visibility="collapsed",
    )
    return by_name[name or in_order[0]]


def _as_of(pack: Pack) -> date:
    months = records("published_months", campaign=pack.slug)
    if not months:
        return today()
    by_label = {words.year_month(row["month"]): row["month"] for row in months}
    labels = list(by_label)
    newest = next(words.year_month(row["month"]) for row in months if row["is_default"])
    # Another campaign has other months: its own newest is what it opens with.
    if st.session_state.get("month", newest) not in by_label:
        st.session_state["month"] = newest
    now = st.session_state.get("month") or _linked("month", labels) or newest
    _step("上月", "month_back", labels, labels.index(now) + 1)
    label = st.selectbox(
        "截至月份",
        labels,
        # Streamlit complains on the page when a value that was set meets a default of its own.
        index=0 if "month" in st.session_state else labels.index(newest),
        key="month",
        bind="query-params",
        label_visibility="collapsed",
    )
    _step("下月", "month_on", labels, labels.index(now) - 1)
    month = by_label[label or labels[0]]
    last = calendar.monthrange(month.year, month.month)[1]
    return min(today(), month.replace(day=last))


def _linked(key: str, options: Sequence[str]) -> str:
    """Return what the address asks of a filter that was not drawn yet, '' when nothing it has."""
    linked = str(st.query_params.get(key, ""))
    return linked if linked in options else ""


def _step(label: str, key: str, labels: Sequence[str], place: int) -> None:
    """Draw the button to the month at a place of the list, newest first."""
    is_there = 0 <= place < len(labels)
    wanted = {"month": labels[place]} if is_there else {}
    st.button(
        words.escape_markdown(label), key=key, on_click=narrow, kwargs=wanted, disabled=not is_there
    )


def _drop_unknown(key: str, options: Sequence[str]) -> None:
    """Drop what a filter does not have here, of an address or of the campaign before; note it."""
    if key in st.session_state:
        held = st.session_state[key]
        wanted = list(held) if isinstance(held, list | tuple) else [held] if held else []
        kept = [name for name in wanted if name in options]
        if len(kept) < len(wanted):
            is_list = isinstance(held, list | tuple)
            st.session_state[key] = kept if is_list else None
    else:
        wanted = st.query_params.get_all(key)
        kept = [name for name in wanted if name in options]
    unknown = [str(name) for name in wanted if name not in kept]
    if unknown:
        noted = st.session_state.get(UNKNOWN_KEY, ())
        st.session_state[UNKNOWN_KEY] = (*noted, *unknown)


def _league(pack: Pack) -> str | None:
    names = [league.name for league in pack.leagues]
    _drop_unknown("league", names)
    if len(names) < 2:
        return None
    chosen: str | None = st.segmented_control(
        "比较组",
        names,
        key="league",
        bind="query-params",
        label_visibility="collapsed",
        format_func=words.escape_markdown,
    )
    return chosen


def _more(pack: Pack, roster: Rows) -> tuple[Meant, Meant, str | None]:
    posts = sorted({row["leader_post"] for row in roster if row["leader_post"]})
    with st.popover("更多筛选", key="more"):
        units = _many("责任单位", field_first(roster), "unit", "单位")
        word = pack.campaign.dimension_word
        dimensions = _many(word, [one.name for one in pack.dimensions], "dimension", word)
        post = None
        if posts:
            _drop_unknown("post", posts)
            post = st.selectbox(
                "分管领导", posts, index=None, key="post", bind="query-params", placeholder="全部"
            )
    return units, dimensions, post


def _many(label: str, options: Sequence[str], axis: Axis, word: str) -> Meant:
    """Draw the choice of several names and whether they are left out; return what is meant."""
    _drop_unknown(axis, options)
    chosen = st.multiselect(
        words.escape_markdown(label),
        options,
        key=axis,
        bind="query-params",
        placeholder=f"全部{word}",
        select_all=False,
    )
    st.toggle(
        f"除去所选{words.escape_markdown(word)}，看其余", key=LEFT_OUT[axis], bind="query-params"
    )
    return _meant(chosen, options, axis)


def _meant(chosen: Sequence[str], options: Sequence[str], axis: Axis) -> Meant:
    """Return the names a question is asked about, () for all, and those that are left out."""
    if not chosen or not st.session_state.get(LEFT_OUT[axis]):
        return tuple(chosen), ()
    others = tuple(name for name in options if name not in chosen)
    # Nobody asks about nothing, and asked about no name a question answers for all.
    return (others, tuple(chosen)) if others else ((), ())


def _line(chosen: Filters, roster: Rows) -> DeltaGenerator:
    """Write what is being looked at, the ways back from it, and how far the lists have come.

    Return a place between them.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="looking"):
        st.markdown(markdown(looked_at(_view(chosen, len(roster)))), width="content")
        _ways_back(chosen)
        _unknown_names(chosen)
        place = st.container(horizontal=True, width="content", gap="small")
        _standing(chosen, roster)
    return place


def _view(chosen: Filters, unit_count: int) -> View:
    pack = chosen.pack
    has_lists = bool(records("published_months", campaign=pack.slug))
    return View(
        pack.campaign.name,
        words.year_month(chosen.as_of) if has_lists else "",
        Said("单位", unit_count, chosen.unit, chosen.left_out_unit, picked("unit")),
        Said(
            pack.campaign.dimension_word,
            len(pack.dimensions),
            chosen.dimension,
            chosen.left_out_dimension,
            picked("dimension"),
        ),
        chosen.league or "",
        chosen.post or "",
    )


def _ways_back(chosen: Filters) -> None:
    """Draw what turns the choice round, takes the last click on a figure back, clears all."""
    axis: Axis = "unit" if chosen.unit or not chosen.dimension else "dimension"
    if getattr(chosen, axis):
        label = "改为只看" if getattr(chosen, f"left_out_{axis}") else "改为除外"
        st.button(label, key="leave_out", on_click=leave_out, args=(axis,))
    if name := last_picked():
        label = f"已选 {words.escape_markdown(name)} ✕"
        st.button(label, key="take_back", on_click=take_back)
    if is_narrowed():
        st.button("清除全部", key="clear_all", on_click=clear_filters)


def _unknown_names(chosen: Filters) -> None:
    """Say which names of the address or of the campaign before there are none of here."""
    if new := st.session_state.pop(UNKNOWN_KEY, ()):
        st.session_state[TOLD_KEY] = tuple(dict.fromkeys(new)), chosen
    names, asked = st.session_state.get(TOLD_KEY, ((), None))
    if names and asked == chosen:
        listed = "、".join(words.escape_markdown(name) for name in names[:2])
        more = f" 等 {len(names)} 项" if len(names) > 2 else ""
        st.markdown(f":orange[▲ 这里没有{listed}{more}，已不筛选]", width="content")


def _standing(chosen: Filters, roster: Rows) -> None:
    """Print the day, how many units have reported, and whether the data are invented."""
    reported = sum(row["is_reported"] for row in roster)
    badge = f" :gray-badge[{DEMO}]" if is_demo(chosen) else ""
    if service.database().is_read_only:
        badge += " :orange-badge[只读]"
    st.markdown(
        f":gray[:small[数据截至 {words.iso_day(chosen.as_of)}　"
        f"已报 {reported} / {len(roster)} 个单位]]{badge}",
        width="content",
    )
