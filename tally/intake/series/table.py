"""A table of figures as the other steps of reading see a ledger: a row for every figure."""

from dataclasses import dataclass, field

import numpy as np

from tally.contracts import contracts
from tally.intake.cells.answers import shown
from tally.intake.opening.grids import column_letters, place
from tally.intake.series.blocks import Block, Sheet
from tally.intake.series.columns import lay_out
from tally.intake.series.gazetteer import Gazetteer
from tally.intake.series.layout import Layout, figures_of, is_only_year
from tally.intake.series.roles import KIND, VALUE, is_empty
from tally.intake.series.titles import Title, is_source, title_of_block, words_of_lines
from tally.intake.tables.finding import Header
from tally.intake.tables.headers import Assignment, header_word
from tally.intake.tables.table import Table


@dataclass
class SeriesTable(Table):
    """A wide table; `lines` and `figure_columns` say where each of its figures stands, 0-based."""

    layout: Layout = field(kw_only=True)
    title: Title = field(kw_only=True)
    figure_columns: list[int] = field(kw_only=True)

    @property
    def undated_count(self) -> int:
        """How many figures no label gives a period, so that they are of their file's month."""
        if self.title.period and not is_only_year(self.layout, self.title.period):
            return 0
        columns = [saying.period is None for saying in self.layout.columns.values()]
        rows = [saying.period is None for saying in self.layout.rows.values()]
        return sum(columns) * sum(rows)

    def figure_place(self, row: int) -> str:
        """Return the cell of a figure."""
        return place(int(self.lines[row]), self.figure_columns[row])


def table_of(sheet: Sheet, block: Block, places: Gazetteer, file_stem: str) -> SeriesTable:
    """Return one block of a sheet as a table."""
    title = title_of_block(sheet, block, places, file_stem)
    layout = lay_out(sheet, block, places, title.period)
    figures = list(figures_of(layout))
    table = SeriesTable(
        sheet.grid,
        Header(contracts()[KIND], block.heads[0], len(block.heads), _assignment(layout)),
        sheet.area,
        titles=words_of_lines(sheet, block.titles),
        notes=words_of_lines(sheet, block.notes),
        lines=np.array([row for row, _ in figures], np.int64),
        layout=layout,
        title=title,
        figure_columns=[at for _, at in figures],
    )
    _tell(table)
    return table


def _assignment(layout: Layout) -> Assignment:
    """Return which columns of the sheet hold what of the ledger, under their heads."""
    contract = contracts()[KIND]
    known = {at: role for at, role in layout.stubs.items() if role in contract.columns_by_name}
    columns = {at: contract.column(role) for at, role in known.items()}
    columns |= {at: contract.column(VALUE) for at in layout.columns}
    heads = {at: _head(layout, at) for at in columns}
    return Assignment(columns=columns, headers=heads)


def _head(layout: Layout, at: int) -> str:
    own = [layout.sheet.lines[row][at] for row in layout.block.heads]
    words = [header_word(shown(cell)) for cell in (*layout.heads[at], *own) if not is_empty(cell)]
    return "".join(dict.fromkeys(words)) or f"{column_letters(at)} 列"


def _tell(table: SeriesTable) -> None:
    """Say what was left out, and what stands below the table."""
    for told in table.layout.troubles:
        cell = table.layout.cell_name(told.row, told.column)
        table.tell(told.level, cell, "", told.found, told.expected, told.remedy)
    notes = [text for text in table.notes if not is_source(text)]
    if notes:
        found = f"表后附注 {len(notes)} 行"
        table.tell("warning", "", "", found, "不作为台账的条目", "如有台账内容，请移入表格")
