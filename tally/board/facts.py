"""Facts of a pack in narrow lines, each with the clause it is taken from, on hover and beside."""

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from tally import words
from tally.board.asking import theme
from tally.palette import palette

Look = Literal["", "open", "clause", "days"]
# What the document leaves open is said with these words and never guessed.
OPEN = "文件未明确"
STYLE = """<style>
.facts{width:100%;border-collapse:collapse;font-size:var(--facts-size);line-height:1.3}
.facts td{border:0;border-bottom:1px solid var(--facts-line);padding:.1rem .5rem .1rem 0;
  vertical-align:top;text-align:left}
.facts td:first-child,.facts .clause,.facts .days{white-space:nowrap}
.facts .open,.facts .clause{color:var(--facts-muted)}
.facts .clause{font-size:.85em}
.facts [title]{cursor:help}
</style>"""
# How many letters of the facts stand in one line of a third of the screen, a first cell aside.
LINE_EM = 30
# The largest size at which this many lines fill a column of the screen, within what can be read.
SIZE_TIMES_LINES, SMALLEST_REM, LARGEST_REM = 28.5, 0.78, 0.92


@dataclass(frozen=True)
class Fact:
    """Some words of the pack; `source` is the clause they are from, `state` lends them a colour.

    `look` is `open` for what the document does not say, `clause` for where something stands,
    `days` for what stays on one line.
    """

    text: str
    source: str = ""
    state: str = ""
    look: Look = ""


Cell = Fact | Sequence[Fact]
Row = Sequence[Cell]


def stated(text: str, source: str = "") -> Fact:
    """Return a fact, or that the document is silent where there is no text."""
    return Fact(text, source) if text else Fact(OPEN, source, look="open")


def clause(source: str) -> Fact:
    """Return where a source stands without what it quotes (`S5 附件4 三.(三)`)."""
    place = source.split("「")[0].split("；")[0].strip()
    return Fact(place, source, look="clause")


def line_count(rows: Sequence[Row]) -> int:
    """Return about how many lines rows take: the longest cell of each decides."""
    return sum(max(1, *(_lines(cell) for cell in row)) for row in rows)


def fitting_size(lines: int) -> float:
    """Return the size of letters, in rem, at which a column of so many lines fits the screen."""
    return min(max(SIZE_TIMES_LINES / max(lines, 1), SMALLEST_REM), LARGEST_REM)


def fact_table(rows: Sequence[Row], size_rem: float = LARGEST_REM) -> None:
    """Draw rows of facts; what stands in one cell is joined by 、, a short row's end is wide."""
    colors = palette(theme())
    tokens = f"--facts-line:{colors.grid};--facts-muted:{colors.muted};--facts-size:{size_rem}rem"
    width = max((len(row) for row in rows), default=1)
    body = "".join(f"<tr>{_cells(row, width)}</tr>" for row in rows)
    st.html(f'{STYLE}<table class="facts" style="{tokens}"><tbody>{body}</tbody></table>')


def _facts(cell: Cell) -> Sequence[Fact]:
    return [cell] if isinstance(cell, Fact) else cell


def _lines(cell: Cell) -> int:
    text = "、".join(fact.text for fact in _facts(cell))
    return math.ceil(words.width_em(text) / LINE_EM)


def _cells(row: Row, width: int) -> str:
    *first, last = ("、".join(map(_span, _facts(cell))) for cell in row)
    cells = "".join(f"<td>{cell}</td>" for cell in first)
    return f'{cells}<td colspan="{width - len(row) + 1}">{last}</td>'


def _span(fact: Fact) -> str:
    """Return a fact as HTML; nothing of the pack acts in it."""
    text = html.escape(fact.text)
    if fact.state:
        state = palette(theme()).states[fact.state]
        shape = words.STATES[fact.state].shape
        text = f'<b style="color:{state.text}">{shape} {text}</b>'
    told = f' title="{html.escape(fact.source)}"' if fact.source else ""
    return f'<span class="{fact.look}"{told}>{text}</span>'
