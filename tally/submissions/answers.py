"""What clerks answered: used for their file, and remembered for their unit's next one."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tally import clock
from tally.contracts import NOT_THE_SAME, Problem, Reading
from tally.store import Database
from tally.submissions.conflicts import Rows
from tally.submissions.keys import with_keys

# Heads and names mean the same next month; an item's fate is told once.
LASTING = ("column:", "unit:", "community:", "dimension:", "sheet:")
SAME = "same:"


def remembered(database: Database, reading: Reading) -> dict[str, str]:
    """Return what the reading's unit answered before to what the reading still asks."""
    asked = {question.key for question in reading.questions if question.key} - set(reading.answers)
    if not asked or not reading.campaign:
        return {}
    kept = database.stored(
        "answers_of_unit", {"campaign": reading.campaign, "unit": reading.unit}
    ).to_pylist()
    return {row["key"]: row["value"] for row in kept if row["key"] in asked}


def remember(
    database: Database, reading: Reading, answers: Mapping[str, str], given_by: str
) -> None:
    """Keep the lasting answers for the unit's next upload; a new answer replaces an old one."""
    lasting = {key: value for key, value in answers.items() if key.startswith(LASTING)}
    if not lasting or not reading.campaign:
        return
    whose = {"campaign": reading.campaign, "unit": reading.unit}
    with database.write() as writing:
        writing.run("forget_answers", {**whose, "keys": list(lasting)})
        writing.insert(
            "answer",
            [
                {**whose, "key": key, "value": value, "given_by": given_by, "given_at": clock.now()}
                for key, value in lasting.items()
            ],
        )


def is_news(answers: Mapping[str, str], recorded: str | None) -> bool:
    """Tell whether answers say more than those an upload was published with (JSON)."""
    known: dict[str, str] = json.loads(recorded) if recorded else {}
    return any(known.get(key) != value for key, value in answers.items())


def apply_same(rows: Rows, answers: Mapping[str, str]) -> Rows:
    """Give the rows that a person said are known items those items' keys."""
    joined = {
        key.removeprefix(SAME): value
        for key, value in answers.items()
        if key.startswith(SAME) and value != NOT_THE_SAME
    }
    keys = np.array(rows["item_key"].to_pylist(), object)
    if not joined or not np.isin(keys, list(joined)).any():
        return rows
    return with_keys(rows, [joined.get(key, key) for key in keys])


def tell_joined_twice(rows: Rows, reading: Reading) -> tuple[Problem, ...]:
    """Return an error for each row that was answered to be an item that another row is already."""
    joined = {value for key, value in reading.answers.items() if key.startswith(SAME)}
    if not joined:
        return ()
    met: dict[str, dict[str, Any]] = {}
    problems = []
    for row in rows.filter(pc.is_in(rows["item_key"], pa.array(joined, pa.string()))).to_pylist():
        first = met.setdefault(row["item_key"], row)
        if first is not row:
            problems.append(
                Problem(
                    "error",
                    row["sheet"],
                    f"第 {row['row']} 行",
                    "title",
                    str(row["title"]),
                    f"与第 {first['row']} 行回答成了同一事项",
                    "一项只能对应一行，请改其中一个回答",
                )
            )
    return tuple(problems)
