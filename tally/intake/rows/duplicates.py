"""Says which rows of a file are the same item twice."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tally.contracts import Contract, Problem
from tally.intake.cells.answers import plain
from tally.intake.tables.headers import title_of
from tally.intake.tables.table import Table

PLACES = ("sheet", "row", "value_column")
# An odd multiplier spreads the columns' codes over 64 bits (Knuth, TAOCP 6.4).
SPREAD = np.uint64(0x9E3779B97F4A7C15)
Entry = Mapping[str, Any]


def _content(entry: Entry) -> tuple[Any, ...]:
    return tuple(value for name, value in entry.items() if name not in PLACES)


def _codes(values: pa.ChunkedArray) -> NDArray[np.uint64]:
    """Return equal numbers for equal values, nulls among themselves included."""
    encoded = values.combine_chunks().dictionary_encode()
    return np.asarray(encoded.indices.fill_null(-1)).astype(np.uint64)


def _repeated(codes: NDArray[np.uint64]) -> NDArray[np.bool_]:
    _, inverse, counts = np.unique(codes, return_inverse=True, return_counts=True)
    return counts[inverse] > 1


def _suspects(contract: Contract, rows: pa.Table) -> NDArray[np.int64]:
    """Return the rows whose key, or whose whole content, may occur twice."""
    mixed = np.zeros(rows.num_rows, np.uint64)
    for name in rows.column_names:
        if name not in PLACES:
            mixed = mixed * SPREAD + _codes(rows[name])
    is_suspect = _repeated(mixed)
    if contract.key:
        has_key = np.asarray(rows[contract.key].is_valid())
        is_suspect |= has_key & _repeated(_codes(rows[contract.key]))
    return np.flatnonzero(is_suspect)


def tell_duplicates(
    contract: Contract,
    rows: pa.Table,
    tables: Iterable[Table],
    personal: Mapping[tuple[str, int], Mapping[str, str]],
) -> Iterator[Problem]:
    """Yield an error for a key that two items share, a warning for a row that is there twice.

    `personal` are the texts that were masked, by sheet and row: two persons may look alike.
    """
    by_sheet: dict[str, list[Table]] = {}
    for table in tables:
        by_sheet.setdefault(table.grid.name, []).append(table)
    seen: dict[tuple[Any, ...], Entry] = {}
    owners: dict[Any, Entry] = {}
    title = title_of(contract)
    for entry in rows.take(_suspects(contract, rows)).to_pylist():
        said = personal.get((entry["sheet"], entry["row"]), {})
        earlier = seen.setdefault((*_content(entry), *said.values()), entry)
        if earlier is not entry:
            yield Problem(
                "warning",
                entry["sheet"],
                _line_name(by_sheet[entry["sheet"]], contract, entry),
                "",
                str(entry[title] or entry.get(contract.key) or ""),
                f"疑似重复：与“{earlier['sheet']}”第 {earlier['row']} 行完全相同",
                "重复的请删去",
            )
            continue
        key = entry.get(contract.key)
        if key is None:
            continue
        owner = owners.setdefault((key, *_part_of_item(contract, entry)), entry)
        if owner is not entry and _is_conflict(contract, owner, entry):
            yield Problem(
                "error",
                entry["sheet"],
                _cell_name(by_sheet[entry["sheet"]], contract, entry),
                contract.key,
                str(key),
                f"与“{owner['sheet']}”第 {owner['row']} 行重复，内容不同",
                "一项一个编号，请改正",
            )


def _own_table(
    tables: Iterable[Table], contract: Contract, entry: Entry, column: str
) -> Table | None:
    """Return the table an entry stands in; of those that share its line, the last that says it."""
    line, own = entry["row"] - 1, None
    for table in tables:
        at = table.header.assignment.position(column)
        if at is None or table.header.contract is not contract or line not in table.lines:
            continue
        if plain(table.grid.columns[at].cell(line)) == plain(str(entry[column])):
            own = table
    return own


def _line_name(tables: Iterable[Table], contract: Contract, entry: Entry) -> str:
    table = _own_table(tables, contract, entry, title_of(contract))
    return table.line_name(entry["row"] - 1) if table else f"第 {entry['row']} 行"


def _cell_name(tables: Iterable[Table], contract: Contract, entry: Entry) -> str:
    """Return where an entry's key stands."""
    table = _own_table(tables, contract, entry, contract.key)
    return table.cell_name(entry["row"] - 1, contract.key) if table else f"第 {entry['row']} 行"


def _part_of_item(contract: Contract, entry: Entry) -> tuple[Any, ...]:
    """Return what tells the rows on one item apart in a list: a task has many milestones."""
    if contract.nature == "state" and contract.follows_items:
        return tuple(entry[name] for name in contract.identity)
    return ()


def _is_conflict(contract: Contract, owner: Entry, entry: Entry) -> bool:
    """Tell whether two rows may not share a key; what happens may happen to one item twice.

    Where a row need not say its title, the number alone says which item it is about.
    """
    title = title_of(contract)
    if contract.nature != "event":
        return True
    return contract.column(title).required and owner[title] != entry[title]
