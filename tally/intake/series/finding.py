"""Tells whether a sheet holds tables of figures, and parts it into them."""

from collections.abc import Sequence

from tally.intake.opening.grids import Grid
from tally.intake.series.blocks import blocks_of, sheet_of
from tally.intake.series.dictionary import Dictionary
from tally.intake.series.gazetteer import Gazetteer
from tally.intake.series.labels import GROWTH
from tally.intake.series.roles import VALUE
from tally.intake.series.sayings import BESIDE
from tally.intake.series.table import SeriesTable, table_of
from tally.intake.tables.areas import Area
from tally.intake.tables.headers import Assignment

# A table of counts beside a ledger states no units; statistics do.
ENOUGH_UNITS = 0.5
MANY_VALUES = 2


def tables_of_figures(
    grid: Grid,
    file_stem: str,
    places: Gazetteer,
    dictionary: Dictionary,
    *,
    as_list: Sequence[Assignment] = (),
    is_wanted: bool = False,
) -> list[SeriesTable]:
    """Return the tables of figures in a sheet; none where it holds anything else.

    `as_list` is how it can be read as a list with a row for each value, if it can: then it is one
    unless several columns hold values. With `is_wanted` a person said that these are figures.
    """
    sheet = sheet_of(grid, Area(0, grid.height, 0, len(grid.columns)))
    if sheet is None:
        return []
    tables = [table_of(sheet, block, places, file_stem) for block in blocks_of(sheet)]
    tables = [table for table in tables if table.row_count]
    if as_list:
        is_wide = bool(tables) and all(_has_many_values(table, as_list) for table in tables)
        return tables if is_wide else []
    is_named = all(_is_named(table, dictionary) for table in tables)
    is_timed = all(map(_is_timed, tables))
    if is_wanted:
        return tables if is_named or is_timed else []
    is_measured = any(_is_measured(table, dictionary) for table in tables)
    return tables if is_named and is_timed and is_measured else []


def _has_many_values(table: SeriesTable, as_list: Sequence[Assignment]) -> bool:
    """Tell whether columns beside the list's own hold values of other periods or measures."""
    layout = table.layout
    names = {at: column.name for one in as_list for at, column in one.columns.items()}
    is_other = {at: names.get(at, VALUE) != VALUE for at in layout.columns}
    if any(is_other.values()) or not layout.indicators_are_in_rows:
        return False
    said = [saying._replace(label="", unit="") for saying in layout.columns.values()]
    is_told = all(
        at in names or one.period or one.measure or one.years_back
        for at, one in layout.columns.items()
    )
    return is_told and len(set(said)) == len(said) >= MANY_VALUES


def _is_named(table: SeriesTable, dictionary: Dictionary) -> bool:
    """Tell whether something says which indicator each figure is of."""
    layout = table.layout
    if any(one.indicator for one in (*layout.rows.values(), *layout.columns.values())):
        return True
    return bool(dictionary.indicator_in(table.title))


def _is_timed(table: SeriesTable) -> bool:
    """Tell whether something says of when the figures are, or what of it they count."""
    sayings = (*table.layout.rows.values(), *table.layout.columns.values())
    return bool(table.title.period) or any(one.period or one.measure for one in sayings)


def _is_measured(table: SeriesTable, dictionary: Dictionary) -> bool:
    """Tell whether most figures are in a stated unit, or of an indicator that a pack knows."""
    layout = table.layout
    if table.title.unit or layout.has_units_of_its_own:
        return True
    named = dictionary.indicator_in(table.title)
    for sayings in (layout.columns.values(), layout.rows.values()):
        told = [
            bool(one.unit or one.measure in (GROWTH, *BESIDE))
            or dictionary.knows(one.indicator or named)
            for one in sayings
        ]
        if told and sum(told) / len(told) >= ENOUGH_UNITS:
            return True
    return False
