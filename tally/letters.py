"""How large the letters of a page are on a notebook, at a desk, and on a larger screen.

The browser sizes them by itself, by a rule that is there before anything is drawn: tables measure
letters when they are put on the page, before the server knows of the screen.
"""

DESK_WIDTH_PX, DESK_HEIGHT_PX, DESK_LETTER_PX = 1920, 1080, 17
NARROW_PX, NARROW_LETTER_PX = 1600, 14
# Below so many times a desk's window a page stays as it is.
LARGER_FROM = 1.3

_LARGER_PX = (round(DESK_WIDTH_PX * LARGER_FROM), round(DESK_HEIGHT_PX * LARGER_FROM))
LETTERS = (
    f"@media(max-width:{NARROW_PX - 1}px){{html{{font-size:{NARROW_LETTER_PX}px!important}}}}"
    f"@media(min-width:{_LARGER_PX[0]}px) and (min-height:{_LARGER_PX[1]}px)"
    f"{{html{{font-size:min({100 * DESK_LETTER_PX / DESK_WIDTH_PX:.4f}vw,"
    f"{100 * DESK_LETTER_PX / DESK_HEIGHT_PX:.4f}vh)!important}}}}"
)
