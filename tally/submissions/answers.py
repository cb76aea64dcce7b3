"""What clerks answered: used for their file, and remembered for their unit's next one."""

from collections.abc import Mapping

import numpy as np

from tally import clock
from tally.contracts import NOT_THE_SAME, Reading
from tally.store import Database
from tally.submissions.conflicts import Rows
from tally.submissions.keys import with_keys

# Heads and names mean the same next month; an item's fate is told once.
LASTING = ("column:", "unit:", "community:", "dimension:", "sheet:")
SAME = "same:"


def remembered(database: Database, reading: Reading, answers: Mapping[str, str]) -> dict[str, str]:
    """Return what the reading's unit answered before to what the reading asks now."""
    asked = {question.key for question in reading.questions if question.key} - set(answers)
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
    if not lasting:
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
