"""大屏设置: the room of a wall and what it shows, kept in the address that the wall opens."""

from urllib.parse import urlencode, urlsplit

import streamlit as st

from tally.board.asking import Filters
from tally.board.narrowing import LEFT_OUT, Axis
from tally.board.panels import panel, verdict
from tally.board.room import ROOM_KEYS, ROOM_LIMITS
from tally.board.wall import USUAL_SECONDS
from tally.board.wall_screens import SCREENS
from tally.rooms import Room, Viewport
from tally.sentences import Verdict

THEMES = {"跟随系统": "", "浅色": "light_theme", "深色": "dark_theme"}
# The panels and walls that are met, as css px at 100 % of the browser's scale.
WINDOWS = {
    "1920 × 1080": Viewport(1920, 1080),
    "3840 × 2160": Viewport(3840, 2160),
    "5760 × 2160（拼接屏）": Viewport(5760, 2160),
}
HOW_TO = """
1. 在连着大屏的电脑上用 Chrome 或 Edge 打开上面的地址。
2. 按 F11 全屏；再按一次退出。
3. 要开机即显示，把浏览器快捷方式的目标改为：`chrome --kiosk "地址"`。

**按键**　→ 下一屏　← 上一屏　空格 暂停或继续　B 显示或收起筛选栏　碰一下屏幕或按字母键暂停两分钟

浏览器每小时自己重新打开一次，服务器重启后自己连上，停着不换的一屏每分钟更新；数据该更新而没有更新时，日期变成▲黄色。
"""


def show(chosen: Filters) -> None:
    """Draw the settings, the size of the characters that follows, and the address."""
    opening = st.container()
    left, right = st.columns([1, 1.25])
    with left, panel("会议室", "", 312):
        room, viewport = _room()
    with right, panel("放什么", "", 312):
        query = _content()
    with opening:
        verdict(size_verdict(room, viewport))
    with panel("在大屏上打开这个地址"):
        st.code(_address(chosen, room, query), language=None, wrap_lines=True)
        st.link_button("在这里看一看", _address(chosen, room, query), type="primary")
        st.markdown(HOW_TO)


def _room() -> tuple[Room, Viewport]:
    left, right = st.columns(2)
    diagonal = left.number_input(
        "屏幕对角线（英寸）", *ROOM_LIMITS["diagonal"], ROOM_KEYS["diagonal"], 1.0,
        key="diagonal", bind="query-params", format="%.0f",
    )  # fmt: skip
    seat = right.number_input(
        "最远座位到屏幕（米）", *ROOM_LIMITS["seat"], ROOM_KEYS["seat"], 0.5,
        key="seat", bind="query-params", format="%.1f",
    )  # fmt: skip
    name = st.selectbox("屏幕分辨率", list(WINDOWS), key="window", bind="query-params")
    return Room(diagonal, seat), WINDOWS[name or next(iter(WINDOWS))]


def size_verdict(room: Room, viewport: Viewport) -> Verdict:
    """Say how tall the smallest characters are on the wall, and how tall they must be."""
    shown, needed = room.shown_mm(viewport), room.character_mm
    scale = room.scale(viewport)
    grid_height = viewport.height_px / scale
    sentence = f"最小字高 {shown:.0f} 毫米，要求不小于 {needed:.0f} 毫米"
    said = (
        f"最远座位 {room.seat_metres:g} 米 ÷ 200；屏高 {room.screen_height_mm(viewport):.0f} 毫米"
    )
    if grid_height >= 900:
        return Verdict("normal", sentence, (f"{said}；一屏放得下全部内容",))
    if grid_height >= 560:
        return Verdict("soon", sentence, (f"{said}；屏幕偏小，每屏少放几行",))
    return Verdict(
        "overdue", sentence, (f"{said}；屏幕太小，只放结论和前几行，建议换大屏或前移座位",)
    )


def _content() -> dict[str, str]:
    names = [screen.name for screen in SCREENS]
    order = st.multiselect(
        "放哪些屏，按选的先后轮播", names, names, key="wall_order", placeholder="至少选一屏"
    )
    left, right = st.columns(2)
    seconds = left.number_input(
        "每屏几秒（0 为不自动换）", 0, 3600, USUAL_SECONDS, 5, key="wall_seconds"
    )
    look = right.segmented_control("底色", list(THEMES), default="跟随系统", key="wall_theme")
    has_bar = st.toggle("在大屏上显示筛选栏", key="wall_bar")
    query = {"screens": ",".join(order or names), "seconds": str(seconds)}
    if has_bar:
        query["bar"] = "1"
    if option := THEMES[look or "跟随系统"]:
        query |= {"embed": "true", "embed_options": option}
    return query


def _address(chosen: Filters, room: Room, query: dict[str, str]) -> str:
    """Return the wall's address with the filters as they are now; the month goes on by itself."""
    base = urlsplit(st.context.url or "http://127.0.0.1:8501/")
    kept = {"campaign": chosen.pack.campaign.name, "league": chosen.league, "post": chosen.post}
    pairs = [(key, value) for key, value in kept.items() if value]
    axes: tuple[tuple[Axis, tuple[str, ...], tuple[str, ...]], ...] = (
        ("unit", chosen.unit, chosen.left_out_unit),
        ("dimension", chosen.dimension, chosen.left_out_dimension),
    )
    for axis, names, left_out in axes:
        pairs += [(axis, name) for name in left_out or names]
        pairs += [(LEFT_OUT[axis], "true")] if left_out else []
    pairs += [("diagonal", f"{room.diagonal_inch:g}"), ("seat", f"{room.seat_metres:g}")]
    pairs += list(query.items())
    return f"{base.scheme}://{base.netloc}/wall?{urlencode(pairs)}"
