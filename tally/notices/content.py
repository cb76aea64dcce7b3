"""What a notice says: sentences, figures, tables and charts, each with the question behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tally.secrecy import Label


@dataclass(frozen=True)
class Figure:
    """A number in a document: its name (also its tag in templates), as shown, and its question.

    `query` is the question with its parameters, in the words that `manage.py ask` takes.
    """

    label: str
    value: str
    query: str


@dataclass(frozen=True)
class Grid:
    """A table: its tag in templates, title, heads, rows of text; `widths` are relative."""

    tag: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    query: str
    note: str = ""


@dataclass(frozen=True)
class Series:
    """One series of a chart, a value a category; None leaves a gap. `color` is hexadecimal."""

    name: str
    values: tuple[float | None, ...]
    color: str


@dataclass(frozen=True)
class Diagram:
    """A chart: its tag in templates, title, kind (bar, column or line) and what it draws."""

    tag: str
    title: str
    kind: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    number_format: str
    query: str


@dataclass(frozen=True)
class Part:
    """What one section of a notice brings: its lines of text, and what stands beside them."""

    lines: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    grids: tuple[Grid, ...] = ()
    diagrams: tuple[Diagram, ...] = ()


@dataclass(frozen=True)
class Notice:
    """A notice ready to be laid out.

    `words` are the single words of a template (标题, 文号 …), `parts` its sections under their
    tags; `version` says of which state of the data everything is, `moment` (UTC) dates the file;
    `held` is how closely what it was made from is held.
    """

    title: str
    words: Mapping[str, Any]
    parts: Mapping[str, Part]
    version: str
    moment: datetime
    issued_on: date
    held: Label = Label.INTERNAL

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures, section by section."""
        return tuple(figure for part in self.parts.values() for figure in part.figures)

    @property
    def grids(self) -> tuple[Grid, ...]:
        """All tables that have rows."""
        return tuple(grid for part in self.parts.values() for grid in part.grids if grid.rows)

    @property
    def diagrams(self) -> tuple[Diagram, ...]:
        """All charts that have something to draw."""
        return tuple(
            diagram
            for part in self.parts.values()
            for diagram in part.diagrams
            if diagram.categories
        )
