"""What clerks answered: used for their file, and remembered for their unit's next one."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tally import clock
from tally.contracts import NOT_THE_SAME, Problem, Reading, contracts
from tally.registry import Event
from tally.store import Database
from tally.submissions.conflicts import Rows
from tally.submissions.deeds import doing
from tally.submissions.keys import with_keys
from tally.viewers import Action

# Heads and names mean the same next month; an item's fate is told once.
LASTING = ("column:", "unit:", "community:", "dimension:", "sheet:")
UNIT, SAME = "unit:", "same:"
# How reading says that it took an answer for granted.
AS_ANSWERED = "按已有的答复"
NAMED = {"units": "unit", "community": "community", "dimension": "dimension"}


def remembered(database: Database, reading: Reading) -> dict[str, str]:
    """Return what the reading's unit answered before to what the reading still asks.

    A file that does not say whose it is may be told by who once answered that it is theirs.
    """
    asked = {question.key for question in reading.questions if question.key} - set(reading.answers)
    if not asked or not reading.campaign:
        return {}
    kept = database.stored(
        "answers_of_unit", {"campaign": reading.campaign, "unit": reading.unit}
    ).to_pylist()
    return {
        row["key"]: row["value"]
        for row in kept
        if row["key"] in asked or (not reading.unit and _is_unsaid(row["key"], reading))
    }


def _is_unsaid(key: str, reading: Reading) -> bool:
    return key.startswith(UNIT) and key not in reading.answers


def remember(
    database: Database, reading: Reading, answers: Mapping[str, str], given_by: str
) -> None:
    """Keep the lasting answers for the unit's next upload; a new answer replaces an old one."""
    lasting = {key: value for key, value in answers.items() if key.startswith(LASTING)}
    if not lasting or not reading.campaign:
        return
    # The unit's next file is nobody's until the word is read by which it names itself.
    named = {key: unit for key, unit in lasting.items() if key.startswith(UNIT)}
    own = {key: unit for key, unit in named.items() if unit == reading.unit}
    told: dict[str, Any] = {"campaign": reading.campaign, "thing": "答复", "name": reading.unit}
    told |= {"count_after": len(lasting), "sha256": reading.sha256}
    with doing(database, Action.SUBMIT, Event.UPLOAD, "记住对台账的答复", **told) as deed:
        for unit, kept in ((reading.unit, lasting), ("", own if reading.unit else {})):
            whose = {"campaign": reading.campaign, "unit": unit}
            deed.writing.run("forget_answers", {**whose, "keys": list(kept)})
            given = {**whose, "given_by": given_by, "given_at": clock.moment()}
            rows = [{**given, "key": key, "value": value} for key, value in kept.items()]
            deed.writing.insert("answer", rows)


def answered_keys(problems: Iterable[Problem]) -> set[str]:
    """Return the keys of the answers that a reading says it went by."""
    told = [problem for problem in problems if AS_ANSWERED in problem.expected]
    return {_answered_key(problem) for problem in told}


def _answered_key(problem: Problem) -> str:
    """Return an answer's key: a name stands in a column of ours, a head in a cell alone."""
    if problem.column:
        return f"{NAMED.get(_type(problem.column), 'unit')}:{problem.found}"
    return f"column:{problem.found}" if problem.cell else f"sheet:{problem.sheet}"


def _type(column: str) -> str:
    found = (contract.columns_by_name.get(column) for contract in contracts().values())
    return next((named.type for named in found if named), "")


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
