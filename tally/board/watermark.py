"""水印: whose screen it is and when, faintly over the whole page, so that a picture of it tells."""

from urllib.parse import quote
from xml.sax.saxutils import escape

from tally import clock
from tally.viewers import Viewer, acting

# Wide enough for a long account with a minute, so near that no quarter of a screen is without.
TILE_PX = (460, 230)
TEXT_PX, OPACITY = 22, 0.12
TURN = -18


def watermark_words(viewer: Viewer) -> str:
    """Return who looks or takes and when, to the minute."""
    return f"{viewer.account}　{clock.in_shanghai(clock.now()):%Y-%m-%d %H:%M}"


def tile(text: str) -> str:
    """Return one tile of the watermark as an SVG image."""
    width, height = TILE_PX
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<text x="{width // 2}" y="{height // 2}" text-anchor="middle" font-size="{TEXT_PX}"'
        f' font-family="Noto Sans CJK SC,Microsoft YaHei,sans-serif" fill="#808080"'
        f' fill-opacity="{OPACITY}" transform="rotate({TURN} {width // 2} {height // 2})">'
        f"{escape(text)}</text></svg>"
    )


def watermark() -> str:
    """Return the rule that lays the watermark over the page; it takes no click and is printed."""
    image = quote(tile(watermark_words(acting())), safe="")
    return (
        "body::after{content:'';position:fixed;inset:0;z-index:2147483000;"
        "pointer-events:none;print-color-adjust:exact;"
        f'background:url("data:image/svg+xml,{image}")}}'
    )
