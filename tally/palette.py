"""The colours of both themes, once: figures, maps and tables take them from here.

The values are those of `.streamlit/config.toml`, and further neutrals for marks.
A state's colour never stands alone: `words.STATES` gives its shape and word.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class StateColors:
    """A state's colour for marks, for words on the page, and for a badge's ground."""

    fill: str
    text: str
    ground: str


@dataclass(frozen=True)
class Palette:
    """The tokens of one theme, as hex colours.

    `sequential` has ten steps, more is worse; text on a step is `on_step(index)`,
    and index 6 carries no text. `ageing` are the steps of 1–7, 8–30, 31–90 and
    more than 90 days. `categorical` is never extended beyond five.
    """

    bg: str
    bg2: str
    text: str
    muted: str
    faint: str
    grid: str
    line: str
    border: str
    nonefill: str
    bar: str
    primary: str
    states: Mapping[str, StateColors]
    sequential: tuple[str, ...]
    ageing_steps: tuple[int, ...]
    last_step_under_text: int
    on_light_steps: str
    on_strong_steps: str
    categorical: tuple[str, ...]

    def on_step(self, step: int) -> str:
        """Return the colour of text on a sequential step (0-9, not 6)."""
        return self.on_light_steps if step <= self.last_step_under_text else self.on_strong_steps

    @property
    def ageing(self) -> tuple[str, ...]:
        """The four colours of days overdue, shortest first."""
        return tuple(self.sequential[step] for step in self.ageing_steps)


LIGHT = Palette(
    bg="#FFFFFF",
    bg2="#F2F4F7",
    text="#14202E",
    muted="#46535F",
    faint="#6A7683",
    grid="#E3E8ED",
    line="#C3CBD4",
    border="#D5DBE2",
    nonefill="#DDE2E7",
    bar="#7189B3",
    primary="#1B4F9C",
    states={
        "normal": StateColors("#00806A", "#00614F", "#E0F2EE"),
        "soon": StateColors("#CC8400", "#7A4E00", "#FCF1DA"),
        "overdue": StateColors("#C2331A", "#A32711", "#FBE9E4"),
        "unreported": StateColors("#8A95A1", "#515D69", "#EEF1F4"),
        "closed": StateColors("#334574", "#2C4A80", "#E6EEF8"),
        "verified": StateColors("#9462B4", "#6A3D8C", "#EFE8F8"),
    },
    sequential=(
        "#FDEFE9", "#FADCD1", "#F6C5B5", "#F0AC97", "#E89079",
        "#DD735A", "#CF563D", "#B93D25", "#9A2A14", "#771B0A",
    ),
    ageing_steps=(2, 4, 6, 8),
    last_step_under_text=5,
    on_light_steps="#14202E",
    on_strong_steps="#FFFFFF",
    categorical=("#1B4F9C", "#49998B", "#880523", "#6987E7", "#BD7E2B"),
)  # fmt: skip

DARK = Palette(
    bg="#0E151D",
    bg2="#18222D",
    text="#EAF0F6",
    muted="#B3BFCB",
    faint="#8E9BA8",
    grid="#233040",
    line="#3A4959",
    border="#2B3846",
    nonefill="#36424F",
    bar="#6079A6",
    primary="#7FB0F0",
    states={
        "normal": StateColors("#2BB89A", "#4CD0B3", "#0C2E27"),
        "soon": StateColors("#F2B33D", "#F5C264", "#362708"),
        "overdue": StateColors("#F0623F", "#FF8A6B", "#3A1A12"),
        "unreported": StateColors("#7C8894", "#AEB9C4", "#222D39"),
        "closed": StateColors("#B7C4FC", "#B7C4FC", "#152A44"),
        "verified": StateColors("#7F6AAE", "#C9AEF0", "#2A1E40"),
    },
    sequential=(
        "#2A1510", "#401B12", "#5A2316", "#77301F", "#96402A",
        "#B65238", "#D3694B", "#E88765", "#F4AB8E", "#FBD3C2",
    ),
    ageing_steps=(3, 5, 7, 8),
    last_step_under_text=5,
    on_light_steps="#FFFFFF",
    on_strong_steps="#14202E",
    categorical=("#7FB0F0", "#DAE9B4", "#BA586A", "#9AF2ED", "#4D7BA6"),
)  # fmt: skip


def palette(theme: str) -> Palette:
    """Return the tokens of 'light' or 'dark'; KeyError for any other name."""
    return {"light": LIGHT, "dark": DARK}[theme]


def rgb(color: str) -> list[int]:
    """Return a hex colour as [red, green, blue], 0-255, as map layers want it."""
    return [int(color[position : position + 2], 16) for position in (1, 3, 5)]
