"""Says which rows of a file are the same item twice."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tally.contracts import Contract, Problem
from tally.intake.headers import title_of
from tally.intake.table import Table

PLACES = ("sheet", "row")
Entry = Mapping[str, Any]


def _content(entry: Entry) -> tuple[Any, ...]:
    return tuple(value for name, value in entry.items() if name not in PLACES)


def tell_duplicates(
    contract: Contract, entries: Sequence[Entry], tables: Iterable[Table]
) -> Iterator[Problem]:
    """Yield an error for a key that two items share, a warning for a row that is there twice."""
    by_sheet = {table.grid.name: table for table in tables}
    seen: dict[tuple[Any, ...], Entry] = {}
    owners: dict[Any, Entry] = {}
    title = title_of(contract)
    for entry in entries:
        earlier = seen.setdefault(_content(entry), entry)
        table = by_sheet[entry["sheet"]]
        if earlier is not entry:
            yield Problem(
                "warning",
                entry["sheet"],
                f"第 {entry['row']} 行",
                "",
                str(entry[title]),
                f"疑似重复：与“{earlier['sheet']}”第 {earlier['row']} 行完全相同",
                "重复的请删去",
            )
            continue
        key = entry.get(contract.key)
        if key is None:
            continue
        owner = owners.setdefault(key, entry)
        if owner is not entry and _is_conflict(contract, owner, entry):
            yield Problem(
                "error",
                entry["sheet"],
                table.cell_name(entry["row"] - 1, contract.key),
                contract.key,
                str(key),
                f"与“{owner['sheet']}”第 {owner['row']} 行重复，内容不同",
                "一项一个编号，请改正",
            )


def _is_conflict(contract: Contract, owner: Entry, entry: Entry) -> bool:
    """Tell whether two rows may not share a key; what happens may happen to one item twice."""
    title = title_of(contract)
    return contract.nature != "event" or owner[title] != entry[title]
