"""A figure of a wide table beside the words of its row that say what it is (F2)."""

from collections.abc import Iterator, Mapping, Sequence

from tally.contracts import Contract, Sheet
from tally.intake.cells.answers import plain
from tally.intake.cells.periods import period_of
from tally.intake.source import SourceCell
from tally.intake.tables.headers import vocabulary

VALUE, VALUE_COLUMN = "value", "value_column"
ELSEWHERE = "取自表头、标题，或文件的月份"


def is_unfolded(contract: Contract, sheet: Sheet) -> bool:
    """Tell whether several columns of a table held values, or one under a head of its own."""
    heads = [head for head, name in sheet.columns.items() if name == VALUE]
    known = vocabulary(contract.kind)
    return contract.unfolds and (len(heads) > 1 or not all(map(known.knows, heads)))


def cells_of_figure(
    cells: Sequence[SourceCell], row: int, kept: Mapping[str, str | None]
) -> Iterator[SourceCell]:
    """Yield the cells of a row that one figure was read from: its own, and those that name it.

    The other figures of the row were read as rows of their own.
    """
    own = f"{kept.get(VALUE_COLUMN)}{row}"
    said = {name: plain(value) for name, value in kept.items() if value and name != VALUE}
    for cell in cells:
        if cell.cell == own:
            yield cell._replace(column=VALUE)
        elif name := _said_by(cell.content, said):
            yield cell._replace(column=name)


def _said_by(content: str, said: Mapping[str, str]) -> str:
    """Return which of our columns a cell says, '' for none."""
    word, period = plain(content), period_of(content)
    day = period.end_on.isoformat() if period and period.end_on else ""
    for name, value in said.items():
        if name not in (VALUE_COLUMN, "item_key") and value in (word, day):
            return name
    # The unit and the measure may stand in one cell with the name: GDP（亿元）.
    return "indicator" if word and word.startswith(said.get("indicator", "\n")) else ""
