"""大屏: what is on the wall now, in which room, and how it goes on.

Everything is in the address, so that a screen left on for weeks comes back as it was.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from tally import words
from tally.board.asking import Filters, ask, theme, today
from tally.board.carousel import Turning, turn, window
from tally.board.demo import is_demo
from tally.board.frozen import frozen_meeting
from tally.board.panels import figure
from tally.board.room import number_of_address, room_of_address
from tally.board.wall_screens import SCREENS, Screen
from tally.charts import Figure
from tally.charts.wall import MARGIN, Age, Heading, Sheet
from tally.charts.wall.empty import empty
from tally.looking import listed_names
from tally.rooms import SMALLEST, Room, Viewport
from tally.sentences import Verdict

USUAL_SECONDS, LONGEST_SECONDS = 20, 3600
SCREENS_KEY, SECONDS_KEY, SCREEN_KEY, BAR_KEY = "screens", "seconds", "screen", "bar"
# In units of the grid: the filter bar above a screen, and how long a list may be late.
BAR_HEIGHT = 110
BAR_PARTS = ("campaign", "month", "league", "more", "finding")
LATE_DAYS = 40
SMALL_TEXT_REM = 0.875
# The heading has room for one name beside those of the campaign and its phase.
NAMES_MAX = 1
NOTHING = Verdict("unreported", "还没有这个专项行动的台账", ("上传并发布后显示",))


@dataclass(frozen=True)
class Wall:
    """How a wall is set up by its address."""

    room: Room
    order: tuple[str, ...]
    seconds: int
    has_bar: bool


def wall() -> Wall:
    """Read the address: room, order of the screens, seconds a screen, filter bar."""
    known = [screen.name for screen in SCREENS]
    asked = [name for name in st.query_params.get(SCREENS_KEY, "").split(",") if name in known]
    return Wall(
        room_of_address(),
        tuple(dict.fromkeys(asked)) or tuple(known),
        int(number_of_address(SECONDS_KEY, USUAL_SECONDS, 0, LONGEST_SECONDS)),
        st.query_params.get(BAR_KEY) == "1",
    )


def _step(names: list[str], by: int) -> None:
    now = st.query_params.get(SCREEN_KEY)
    at = names.index(now) if now in names else 0
    st.query_params[SCREEN_KEY] = names[(at + by) % len(names)]


def _toggle_bar() -> None:
    st.query_params[BAR_KEY] = "0" if st.query_params.get(BAR_KEY) == "1" else "1"


def age_of(chosen: Filters, on_day: date) -> Age:
    """Return how old the data are: stale once the next month's lists should have come.

    A campaign that is over expects no more lists.
    """
    short = f"截至 {words.day(chosen.as_of, on_day)}"
    said = f"数据{short}"
    days = (on_day - chosen.as_of).days
    if days > 0:
        said += f"，已 {words.days(days)}"
    if chosen.as_of >= chosen.pack.campaign.end_on:
        return Age(f"{said}（已结束）", short, is_stale=False)
    following = chosen.as_of.replace(day=1) + timedelta(days=31)
    due = ask("submissions_due", campaign=chosen.campaign, month=f"{following:%Y-%m}")
    days_due = due["due_on"].dropna() if "due_on" in due else []
    last_day = calendar.monthrange(following.year, following.month)[1]
    usual = following.replace(day=last_day) + timedelta(days=LATE_DAYS - 31)
    return Age(said, short, is_stale=on_day > (max(days_due) if len(days_due) else usual))


def _about(chosen: Filters) -> str:
    """Return the phase that runs, and in words what the filters leave."""
    phases = ask("campaign_phases", chosen)
    said = phases[phases["status"] == "current"]["phase"].tolist()[:1]
    if (meeting := frozen_meeting()) is not None:
        said = [f"▲ 会议快照 {words.iso_day(meeting['held_on'])}"]
    for names, left_out, word in (
        (chosen.unit, chosen.left_out_unit, "单位"),
        (chosen.dimension, chosen.left_out_dimension, chosen.pack.campaign.dimension_word),
    ):
        if left_out:
            said.append(f"除 {''.join(listed_names(left_out, word, NAMES_MAX))} 外")
        elif names:
            said.append("".join(listed_names(names, word, NAMES_MAX)))
    return "　".join([*said, *(word for word in (chosen.league, chosen.post) if word)])


def _style(scale: float, has_bar: bool) -> str:
    """Return the wall's own CSS: nothing but the screen, and all widget text large enough."""
    root = SMALLEST / SMALL_TEXT_REM * scale
    shown = ":has(.st-key-wall)" + (",.st-key-filters,:has(.st-key-filters)" if has_bar else "")
    return (
        f"<style>html{{font-size:{root:.2f}px!important;overflow:hidden}}"
        # The dialog is Streamlit's own English one; the carousel says what is the matter.
        '[data-testid="stHeader"],[data-testid="stToolbar"],[data-testid="stDialog"]'
        "{display:none!important}"
        '[data-testid="stMain"]{overflow:hidden}'
        ".stMainBlockContainer{padding:0!important}.stMainBlockContainer .stVerticalBlock{gap:0}"
        f".stMainBlockContainer>.stVerticalBlock>:not({shown}){{display:none}}"
        f"{_bar_style(scale) if has_bar else ''}</style>"
    )


def _bar_style(scale: float) -> str:
    """Return the CSS of the filter bar: one line, and of its parts those that a meeting needs."""
    kept = "".join(f":not(.st-key-{key}):not(:has(.st-key-{key}))" for key in BAR_PARTS)
    return (
        f".st-key-filters{{height:{BAR_HEIGHT * scale:.0f}px;padding:0 {MARGIN * scale:.0f}px;"
        f"flex-wrap:nowrap}}.st-key-filters>{kept}{{display:none}}"
        ".st-key-filters>*{width:auto!important;min-width:0;flex:0 0 auto}"
        ".st-key-campaign{flex:1 1 0!important}.st-key-month{flex:0 0 7.5em!important}"
        ".st-key-finding{flex:1 1 0!important}"
    )


def show(chosen: Filters) -> None:
    """Draw the screen whose turn it is, as large as the window, and let it go on."""
    setup, viewport = wall(), window()
    scale = setup.room.scale(viewport)
    st.html(_style(scale, setup.has_bar))
    by_name = {screen.name: screen for screen in SCREENS}
    has_lists = not ask("published_months", chosen).empty
    filled = [name for name in setup.order if has_lists and by_name[name].is_filled(chosen)]
    now = st.query_params.get(SCREEN_KEY)
    name = now if now in filled else filled[0] if filled else None
    place = f"{filled.index(name) + 1} / {len(filled)}" if name else ""
    sheet = _sheet(viewport, scale, setup.has_bar)
    heading = _heading(chosen, place)
    with st.container(key="wall"):
        screen = by_name.get(name or "")
        drawn = _drawn(chosen, screen, sheet, heading)
        alt = f"{chosen.pack.campaign.name}，{name or '没有数据'}：{sheet.spoken}"
        figure(drawn, key=f"wall-{name}", alt=alt)
        if screen and screen.lay_over:
            screen.lay_over(chosen, sheet)
        turning = Turning(setup.seconds, lambda by: _step(filled or [""], by), _toggle_bar)
        turn(turning, SMALLEST * scale)


def _sheet(viewport: Viewport, scale: float, has_bar: bool) -> Sheet:
    bar_px = BAR_HEIGHT * scale if has_bar else 0
    return Sheet(theme(), viewport.width_px, viewport.height_px - bar_px, scale)


def _heading(chosen: Filters, place: str) -> Heading:
    return Heading(
        campaign=chosen.pack.campaign.name,
        about=_about(chosen),
        age=age_of(chosen, today()),
        is_demo=is_demo(chosen),
        place=place,
    )


def _drawn(chosen: Filters, screen: Screen | None, sheet: Sheet, heading: Heading) -> Figure:
    if screen is not None:
        return screen.draw(chosen, sheet, heading)
    return empty(sheet, heading, NOTHING)
