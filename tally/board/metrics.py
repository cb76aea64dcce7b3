"""The six numbers an item's life goes through, with their change and their line.

They are one element of plain HTML: as six metrics of Streamlit, each with a chart of its own,
they took a tenth of a page's time on the server and a quarter of it in the browser.
"""

import html
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st

from tally import words
from tally.board.asking import theme
from tally.palette import palette

# What a rise means: better, worse, or neither.
Rise = Literal["better", "worse", "neither"]
STATES = {("better", "+"): "normal", ("better", words.MINUS): "overdue"} | {
    ("worse", "+"): "overdue",
    ("worse", words.MINUS): "normal",
}
STYLE = """<style>
.six{display:grid;gap:0 1rem;grid-template-columns:repeat(auto-fit,minmax(min(11rem,100%),1fr));
  margin-bottom:-1rem}
.six>div{display:grid;grid-template-rows:subgrid;grid-row:span 4;row-gap:0;margin-bottom:1rem;
  border:1px solid var(--six-border);border-radius:.375rem;padding:1rem 1rem .75rem;
  font-size:.875rem;line-height:1.6;min-width:0}
.six :is(.note,.than){color:var(--six-muted)}
.six .note{display:inline-block}
.six .value{font-size:2.5rem;font-weight:600;line-height:1.45}
.six .change{border-radius:1rem;padding:.1rem .4rem;margin-inline-end:.4rem}
.six img{display:block;width:100%;height:4rem;margin-top:.5rem}
</style>"""
# The line is drawn in a room of 100 by 30, with space for its end and stretched to its card.
LINE_HEIGHT = 30
PICTURE = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 -4 104 {LINE_HEIGHT + 8}"'
    ' preserveAspectRatio="none">'
)


@dataclass(frozen=True)
class _Six:
    """One of the six: its title, what stands beside it, its column, and what a rise means."""

    title: str
    note: str
    column: str
    rise: Rise

    @property
    def is_share(self) -> bool:
        return self.column.endswith("_share")

    def value(self, of: float | None) -> str:
        return words.share(of) if self.is_share else words.count(of)

    def change(self, line: Sequence[float]) -> str:
        """Return the change against the month before, '' where there is none."""
        if len(line) < 2:
            return ""
        told = words.points if self.is_share else words.change
        return told(line[-1] - line[-2])

    def state(self, change: str) -> str:
        """Return the state that lends the change its colour: attention goes to what got worse."""
        return STATES.get((self.rise, change[:1]), "unreported")


def metric_row(totals: Mapping[str, Any], months: Sequence[Mapping[str, Any]]) -> None:
    """Draw six numbers of a row of `campaign_totals`, their lines from those of `campaign_months`.

    The change is against the month before; attention goes to what got worse.
    """
    reported = [month for month in months if month["is_reported"]]
    colors = palette(theme())
    cards = "".join(_card(six, totals[six.column], reported) for six in _six(totals))
    tokens = f"--six-border:{colors.border};--six-muted:{colors.muted}"
    st.html(f'{STYLE}<div class="six" style="{tokens}">{cards}</div>')


def _six(totals: Mapping[str, Any]) -> list[_Six]:
    overdue_30 = words.count(totals["overdue_30_count"])
    verified = _share(totals["verified_count"], totals["reported_closed_count"])
    due, closed_of_all = totals["due_count"], words.share(totals["closed_of_all_share"])
    closed_of_due = words.ratio(totals["closed_due_count"], due)
    on_time = words.ratio(totals["on_time_count"], due)
    return [
        _Six("台账总数（项）", f"其中到期 {words.count(due)}", "item_count", "neither"),
        _Six("累计销号（项）", f"占总数 {closed_of_all}", "closed_count", "better"),
        _Six("到期销号率", closed_of_due, "closed_share", "better"),
        _Six("按期销号率", on_time, "on_time_share", "better"),
        _Six("逾期未销（项）", f"超 30 天 {overdue_30}", "overdue_count", "worse"),
        _Six("核实销号（项）", f"占自报 {verified}", "verified_count", "better"),
    ]


def _share(part: float, whole: float) -> str:
    return words.share(part / whole if whole else None)


def _card(six: _Six, value: float | None, reported: Sequence[Mapping[str, Any]]) -> str:
    """Return one number as HTML, its line only where two months have it."""
    line = [row[six.column] for row in reported if not words.is_missing(row[six.column])]
    change = six.change(line)
    title, note, shown = map(html.escape, (six.title, six.note, six.value(value)))
    told = _change(six, change) + _line(six, line, change) if change else ""
    return (
        f'<div><div><b>{title}</b> <span class="note">{note}</span></div>'
        f'<div class="value">{shown}</div>{told}</div>'
    )


def _change(six: _Six, change: str) -> str:
    state = palette(theme()).states[six.state(change)]
    colors = f"color:{state.text};background:{state.ground}"
    told = f'<span class="change" style="{colors}">{change}</span>'
    return f'<div class="than">{told}较上月</div>'


def _line(six: _Six, line: Sequence[float], change: str) -> str:
    """Return the line of the months as a picture: what it shows is said beside it."""
    low, high = min(line), max(line)
    step = 100 / (len(line) - 1)
    heights = [(value - low) / (high - low) if high > low else 0.5 for value in line]
    places = [f"{i * step:.1f} {LINE_HEIGHT * (1 - at):.1f}" for i, at in enumerate(heights)]
    color = palette(theme()).states[six.state(change)].fill
    picture = _stroked(color, 2, " L".join(places)) + _stroked(color, 7, f"{places[-1]} h0")
    coded = b64encode(f"{PICTURE}{picture}</svg>".encode()).decode()
    return f'<img alt="" src="data:image/svg+xml;base64,{coded}">'


def _stroked(color: str, width_px: int, way: str) -> str:
    drawn = 'fill="none" stroke-linecap="round" vector-effect="non-scaling-stroke"'
    return f'<path {drawn} stroke="{color}" stroke-width="{width_px}" d="M{way}"/>'
