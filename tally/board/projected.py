"""How much larger a page is drawn: as large as the window is beyond a desk's screen."""

from urllib.parse import urlparse

import streamlit as st

# A wall of 3840 px without a scale of its own would show a desk's page in its upper left quarter.
MEASURE = """
const measureScreen = ({setStateValue}) => {
  let told = 1;
  const tell = () => {
    const fit = Math.min(innerWidth / 1920, innerHeight / 1080);
    const scale = fit >= 1.3 ? Math.round(fit * 20) / 20 : 1;
    if (scale !== told) { told = scale; setStateValue('scale', scale); }
  };
  tell();
  addEventListener('resize', tell);
  return () => removeEventListener('resize', tell);
};
"""
LISTENER_KEY = "keylisten"
# A desk's 17 px as a share of its window, from 1.3 times that window on.
LETTERS = (
    "@media(min-width:2496px) and (min-height:1404px)"
    "{html{font-size:min(.8854vw,1.5741vh)!important}}"
)


def is_wall() -> bool:
    """Say whether the address asked for is the wall, which fits its screen by itself."""
    return urlparse(st.context.url or "").path.rstrip("/").endswith("/wall")


def projected_scale() -> float:
    """Return by how much the page is enlarged: 1 at a desk and on the wall, 2 on 3840x2160."""
    told = st.session_state.get(LISTENER_KEY) or {}
    return 1.0 if is_wall() else float(told.get("scale") or 1)


def projected_px(desk_px: float) -> int:
    """Return how many px a height of a desk's page takes on this screen."""
    return round(desk_px * projected_scale())


def letters_rule() -> str:
    """Return the rule by which the browser itself enlarges letters, '' on the wall.

    Tables measure letters when they are put on the page, before the server knows of the screen.
    """
    return "" if is_wall() else LETTERS
