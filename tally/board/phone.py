"""A code that hands the view to a phone on the same network: this page with its filters."""

from functools import lru_cache
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlencode, urlsplit

import segno
import streamlit as st

from tally.board.narrowing import LEFT_OUT, NOTHING_CHOSEN
from tally.board.projected import projected_px

SHARED = ("campaign", "month", *NOTHING_CHOSEN)
CODE_PX = 320
UNREACHABLE = (
    "手机打不开本机地址。请管理员建好账号后用 python3 manage.py run --host 0.0.0.0 启动，"
    "在浏览器里改用本机的内网地址打开看板，再扫码。"
)


def phone_button() -> None:
    """Draw the button that opens the code; the code is made when it is looked at."""
    opened = st.popover("二维码", key="phone", on_change="rerun")
    if opened.open:
        with opened:
            _code(view_address(str(st.context.url or ""), view_parameters()))


def _code(address: str) -> None:
    if is_own_machine(address):
        st.markdown(f":orange[▲] {UNREACHABLE}", width=projected_px(CODE_PX))
        return
    st.image(code(address), width=projected_px(CODE_PX), alt="本页的二维码")
    st.markdown("同一内网的手机扫码，看到的是本页和现在的筛选。", width=projected_px(CODE_PX))


def view_parameters() -> dict[str, Any]:
    """Return what the address of this view carries: the shared filters and the page's own."""
    own = {key: st.query_params.get_all(key) for key in st.query_params if key not in SHARED}
    held = {key: st.session_state.get(key) for key in SHARED}
    flags = {key: "true" for key in LEFT_OUT.values() if held.pop(key)}
    return own | {key: value for key, value in held.items() if value} | flags


def view_address(url: str, parameters: dict[str, Any]) -> str:
    """Return the address of a page with these parameters, lists repeated."""
    asked = urlencode(parameters, doseq=True)
    return f"{url}?{asked}" if asked else url


def is_own_machine(address: str) -> bool:
    """Tell whether an address means the machine it is typed on, which a phone cannot reach."""
    host = urlsplit(address).hostname or ""
    if host == "localhost" or not host:
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


@lru_cache(maxsize=64)
def code(address: str) -> str:
    """Return the QR code of an address as SVG: dark on white in any theme, as scanners need."""
    made = segno.make(address, error="l", micro=False, boost_error=False)
    return made.svg_inline(border=4, dark="#000", light="#fff", omitsize=True)
