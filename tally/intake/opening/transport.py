"""How a workbook comes back from the child process: a line of JSON, then texts and codes.

A large sheet has hundreds of thousands of texts, which travel joined; JSON takes the rest.
"""

import json
from array import array
from datetime import date, datetime
from itertools import groupby
from typing import Any

from tally.intake.opening.grids import (
    Cell,
    Column,
    Fault,
    Figure,
    Grid,
    Merge,
    Refusal,
    Workbook,
)

MAX_ANSWER_CHARACTERS = 64_000_000
CODE_BYTES = 4
BETWEEN = "\0"
TAGGED_TYPES = (Fault, Figure, datetime, date)
ENCODING, ERRORS = "utf-8", "surrogatepass"


def _tagged(cell: Cell) -> Any:
    if isinstance(cell, Fault):
        return {"fault": cell.shown}
    if isinstance(cell, Figure):
        return {"figure": float(cell), "text": cell.text}
    if isinstance(cell, datetime):
        return {"time": cell.isoformat()}
    if isinstance(cell, date):
        return {"day": cell.isoformat()}
    return cell


def _untagged(value: dict[str, Any]) -> Cell:
    if "fault" in value:
        return Fault(value["fault"])
    if "figure" in value:
        return Figure(value["figure"], value["text"])
    if "time" in value:
        return datetime.fromisoformat(value["time"])
    return date.fromisoformat(value["day"])


def _packed(cells: list[Cell]) -> tuple[list[Any], str, int]:
    """Return cells as runs of one type, of texts only how many; the texts joined; their size."""
    runs = [(kind, list(run)) for kind, run in groupby(cells, type)]
    texts = [cell for kind, run in runs if kind is str for cell in run]
    joined = BETWEEN.join(texts)  # type: ignore[arg-type] # grouped by type: all are texts
    if joined.count(BETWEEN) >= max(len(texts), 1):
        # A text that holds the mark itself travels as JSON.
        return [list(map(_tagged, run)) for _, run in runs], "", len(joined)
    return (
        [
            len(run) if kind is str else list(map(_tagged, run)) if kind in TAGGED_TYPES else run
            for kind, run in runs
        ],
        joined,
        len(joined),
    )


def _unpacked(runs: list[Any], joined: bytes) -> list[Cell]:
    """Return the cells that `_packed` took."""
    texts = joined.decode(ENCODING, ERRORS).split(BETWEEN)
    cells: list[Cell] = []
    start = 0
    for run in runs:
        if isinstance(run, int):
            cells += texts[start : start + run]
            start += run
        else:
            cells += map(_untagged, run) if isinstance(run[0], dict) else run
    return cells


def encode(workbook: Workbook) -> list[bytes]:
    """Return the workbook in pieces; Refusal when its text would fill the parent's memory."""
    grids, character_count = [], 0
    pieces: list[bytes] = []
    for grid in workbook.grids:
        told = []
        for column in grid.columns:
            runs, joined, size = _packed(column.distinct)
            texts = joined.encode(ENCODING, ERRORS)
            told.append((runs, len(texts)))
            pieces += (texts, column.codes.tobytes())
            character_count += size
            if character_count > MAX_ANSWER_CHARACTERS:
                raise Refusal("文字总量过大", "应为一份台账的内容", "请拆成几个文件分别导入")
        grids.append(grid._replace(columns=told))  # type: ignore[arg-type] # as they travel
    said = json.dumps(workbook._replace(grids=tuple(grids)), ensure_ascii=False)
    return [said.encode(ENCODING, ERRORS), b"\n", *pieces]


def decode(answer: bytes, start: int = 0) -> Workbook:
    """Rebuild the workbook whose pieces, joined, stand in the answer from this place on."""
    end = answer.index(b"\n", start)
    form, grids, *others = json.loads(answer[start:end].decode(ENCODING, ERRORS))
    rebuilt, start = [], end + 1
    for name, height, told, merges, *settings in grids:
        columns = []
        for runs, size in told:
            codes = start + size
            end = codes + height * CODE_BYTES
            distinct = _unpacked(runs, answer[start:codes])
            columns.append(Column(distinct, array("i", answer[codes:end])))
            start = end
        rebuilt.append(Grid(name, height, columns, tuple(Merge(*m) for m in merges), *settings))
    return Workbook(form, tuple(rebuilt), *others)
