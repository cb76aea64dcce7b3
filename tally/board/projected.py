"""How large a page is drawn: as its window is smaller or larger than that of a desk."""

from string import Template
from urllib.parse import urlparse

import streamlit as st

from tally import letters

# A wall of 3840 px without a scale of its own would show a desk's page in its upper left quarter;
# on a notebook the words of a figure would touch each other.
MEASURE = Template("""
const measureScreen = ({data, setStateValue}) => {
  let told = data.scale;
  const tell = () => {
    const fit = Math.min(innerWidth / $desk_width, innerHeight / $desk_height);
    const larger = fit >= $larger_from ? Math.round(fit * 20) / 20 : 1;
    const scale = innerWidth < $narrow ? $narrow_scale : larger;
    document.cookie = '$cookie=' + scale + ';path=/;max-age=31536000;samesite=lax';
    if (scale !== told) { told = scale; setStateValue('scale', scale); }
  };
  tell();
  addEventListener('resize', tell);
  return () => removeEventListener('resize', tell);
};
""")
LISTENER_KEY = "keylisten"
COOKIE, REMEMBERED = "tally_scale", "remembered_scale"
SMALLEST, LARGEST = 0.5, 8
NARROW_SCALE = round(letters.NARROW_LETTER_PX / letters.DESK_LETTER_PX, 2)


def measuring() -> str:
    """Return the script by which a window tells its scale, and its browser remembers it."""
    return MEASURE.substitute(
        desk_width=letters.DESK_WIDTH_PX,
        desk_height=letters.DESK_HEIGHT_PX,
        larger_from=letters.LARGER_FROM,
        narrow=letters.NARROW_PX,
        narrow_scale=NARROW_SCALE,
        cookie=COOKIE,
    )


def is_wall() -> bool:
    """Say whether the address asked for is the wall, which fits its screen by itself."""
    return urlparse(st.context.url or "").path.rstrip("/").endswith("/wall")


def told_scale() -> float:
    """Return what the window told in this session, or this browser's last one in one before."""
    told = st.session_state.get(LISTENER_KEY) or {}
    if scale := told.get("scale"):
        return float(scale)
    if REMEMBERED not in st.session_state:
        st.session_state[REMEMBERED] = scale_of(st.context.cookies.get(COOKIE, ""))
    return float(st.session_state[REMEMBERED])


def scale_of(cookie: str) -> float:
    """Return the scale that a browser remembers; 1 for what no window is."""
    try:
        scale = float(cookie)
    except ValueError:
        return 1.0
    return scale if SMALLEST <= scale <= LARGEST else 1.0


def projected_scale() -> float:
    """Return by how much the page is enlarged: 1 at a desk and on the wall, 2 on 3840x2160."""
    return 1.0 if is_wall() else told_scale()


def projected_px(desk_px: float) -> int:
    """Return how many px a length of a desk's page takes on this screen."""
    return round(desk_px * projected_scale())
