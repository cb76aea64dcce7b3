"""Items whose number differs only in the noughts before it: 003, through a spreadsheet, is 3.

They are proposed as the same and joined only when a person says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pyarrow as pa

from tally.contracts import NOT_THE_SAME, Question
from tally.submissions.conflicts import Rows
from tally.submissions.keys import with_keys

SAME_NUMBERS = "same_numbers:"
ALL_THE_SAME = "是同一批事项"


def lost_noughts(before: pa.Table, rows: Rows) -> dict[str, str]:
    """Return the new numbers that are a missing item's but for noughts, each with that item's."""
    held, keys = before["item_key"].to_pylist(), rows["item_key"].to_pylist()
    new, missing = set(keys) - set(held), set(held) - set(keys)
    known = _by_number(held)
    return {
        own: known[number][0]
        for number, [own, *twins] in _by_number(keys).items()
        if not twins and own in new and len(known[number]) == 1 and known[number][0] in missing
    }


def _by_number(keys: Iterable[str]) -> Mapping[str, list[str]]:
    """Return the keys that are numbers alone, those of equal value together."""
    found: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        if key.isascii() and key.isdigit():
            found[key.lstrip("0")].append(key)
    return found


def number_question(kind: str, lost: Mapping[str, str]) -> Question:
    """Return the one question whether all these numbers are the known ones."""
    own, known = next(iter(lost.items()))
    rest = f"等 {len(lost)} 项" if len(lost) > 1 else ""
    what = "同一批事项" if rest else "同一事项"
    sentence = f"编号“{own}”与已报的“{known}”{rest}只差前面的 0，是{what}吗？"
    return Question("--answer", sentence, (ALL_THE_SAME, NOT_THE_SAME), SAME_NUMBERS + kind)


def with_known_numbers(rows: Rows, lost: Mapping[str, str]) -> Rows:
    """Return keyed rows, those whose number lost its noughts under the known item's."""
    return with_keys(rows, [lost.get(key, key) for key in rows["item_key"].to_pylist()])
