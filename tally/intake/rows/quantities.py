"""Brings a ledger's quantities into the unit of measure of their rows (C5)."""

from collections.abc import Callable, Mapping

import pyarrow as pa

from tally.contracts import Contract, Level
from tally.intake.cells.answers import plain
from tally.intake.cells.measures import Landed, Stated, header_measure, land
from tally.intake.rows.values import Values
from tally.intake.tables.headers import Assignment
from tally.packs import Pack

QUANTITIES = ("value", "target_value")
UNIT = "unit_of_measure"
# What is in percent or a place, whatever the indicator itself is counted in.
RELATIVE = ("同比", "累计同比", "位次")
# Level, row, column, expected, remedy: a problem of one of the ledger's cells.
Tell = Callable[[Level, int, str, str, str], None]


def is_quantity(contract: Contract, column: str) -> bool:
    """Tell whether a column's numbers are in a unit of measure: their row's, or its own."""
    own = contract.columns_by_name.get(column)
    is_by_row = column in QUANTITIES and UNIT in contract.columns_by_name
    return is_by_row or bool(own and own.unit_of_measure)


def land_quantities(
    columns: dict[str, pa.Array],
    read: Mapping[str, Values],
    contract: Contract,
    assignment: Assignment,
    title: str,
    pack: Pack,
    tell: Tell,
) -> None:
    """Convert the quantities among the columns, and say once of each kind what was done.

    `title` is the unit that the lines above the table state.
    """
    stated = _stated(columns, read, assignment)
    if not stated:
        return
    wanted = _wanted(columns, pack)
    is_said = title or any(c.header or any(c.measures) for c in stated.values())
    if not is_said and not any(wanted):
        return
    rows = columns[UNIT].to_pylist()
    landed = land(stated, rows, wanted or [None] * len(rows), title)
    columns[UNIT] = pa.array(landed.units, pa.string())
    for name, numbers in landed.numbers.items():
        columns[name] = pa.array(numbers, pa.float64())
    _tell_remarks(landed, contract, tell)


def _wanted(columns: Mapping[str, pa.Array], pack: Pack) -> list[str | None]:
    """Return the dictionary's unit of each row; a growth or a rank is in none of them."""
    own = {plain(indicator.name): indicator.unit_of_measure for indicator in pack.indicators}
    named, said = columns.get("indicator"), columns.get("measure")
    if named is None:
        return []
    measures = said.to_pylist() if said is not None else [None] * len(named)
    return [
        None if measure in RELATIVE else own.get(plain(name))
        for name, measure in zip(named.to_pylist(), measures, strict=True)
    ]


def _tell_remarks(landed: Landed, contract: Contract, tell: Tell) -> None:
    """Say once of each conversion, and of each number that could not be converted."""
    for (name, found), places in landed.remarks.items():
        count = f"，共 {len(places)} 行" if len(places) > 1 else ""
        is_lost = found.factor is None
        column = contract.column(name)
        level: Level = "error" if is_lost and (column.strict or column.required) else "warning"
        lost = "；读作空" if is_lost and level == "warning" else ""
        tell(level, places[0], name, f"{found.expected}{lost}{count}", found.remedy)


def land_fixed(
    columns: dict[str, pa.Array],
    read: Mapping[str, Values],
    contract: Contract,
    assignment: Assignment,
    title: str,
    tell: Tell,
) -> None:
    """Convert the numbers of each column that has a unit of its own (总投资, in 亿元)."""
    for column in contract.columns:
        at = assignment.position(column.name)
        if not column.unit_of_measure or at is None or column.name not in read:
            continue
        answers = read[column.name]
        measures = answers.chosen([answer.measure for answer in answers.answers], object)
        numbers = columns[column.name].to_pylist()
        stated = Stated(header_measure(assignment.headers[at]), numbers, measures)
        units = [column.unit_of_measure] * len(numbers)
        landed = land({column.name: stated}, units, units, title)
        columns[column.name] = pa.array(landed.numbers[column.name], pa.float64())
        _tell_remarks(landed, contract, tell)


def _stated(
    columns: Mapping[str, pa.Array], read: Mapping[str, Values], assignment: Assignment
) -> dict[str, Stated]:
    found = {}
    for name in QUANTITIES:
        at = assignment.position(name)
        if at is not None and name in read:
            measures = read[name].chosen([answer.measure for answer in read[name].answers], object)
            header = header_measure(assignment.headers[at])
            found[name] = Stated(header, columns[name].to_pylist(), measures)
    return found
