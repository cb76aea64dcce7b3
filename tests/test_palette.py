"""The colours keep the contrast that makes them legible (WCAG), in both themes."""

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from tally.palette import Palette, palette, rgb
from tally.words import STATES

ROOT = Path(__file__).resolve().parent.parent
THEMES = [palette("light"), palette("dark")]


def _luminance(color: str) -> float:
    shares = [value / 255 for value in rgb(color)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours by WCAG, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", THEMES)
def test_words_stand_out_from_the_ground(tokens: Palette) -> None:
    for color, least in ((tokens.text, 15), (tokens.muted, 7), (tokens.faint, 4.5)):
        assert contrast(color, tokens.bg) >= least
    for name, state in tokens.states.items():
        assert contrast(state.text, tokens.bg) >= (6.5 if name == "unreported" else 7)
        assert contrast(state.text, state.ground) >= 5.8
        assert contrast(state.fill, tokens.bg) >= 3


@pytest.mark.parametrize("tokens", THEMES)
def test_numbers_stand_out_from_the_steps_that_carry_them(tokens: Palette) -> None:
    for step in (2, 3, 4, 5, 7, 8):
        assert contrast(tokens.on_step(step), tokens.sequential[step]) >= 4.5


@pytest.mark.parametrize("tokens", THEMES)
def test_sequential_runs_away_from_the_ground(tokens: Palette) -> None:
    contrasts = [contrast(color, tokens.bg) for color in tokens.sequential]
    assert all(nearer < farther for nearer, farther in pairwise(contrasts))


@pytest.mark.parametrize("tokens", THEMES)
def test_every_state_has_colours(tokens: Palette) -> None:
    assert set(tokens.states) == set(STATES)


def test_an_unknown_theme_is_refused() -> None:
    with pytest.raises(KeyError):
        palette("sepia")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_figures_and_pages_share_their_colours(theme: str) -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    page, tokens = settings["theme"][theme], palette(theme)
    named = {"red": "overdue", "orange": "soon", "green": "normal", "blue": "closed"}
    for color, state in named.items():
        assert page[f"{color}Color"] == tokens.states[state].fill
        assert page[f"{color}TextColor"] == tokens.states[state].text
    assert (page["backgroundColor"], page["textColor"]) == (tokens.bg, tokens.text)
    assert tuple(page["chartSequentialColors"]) == tokens.sequential
    assert tuple(page["chartCategoricalColors"]) == tokens.categorical
