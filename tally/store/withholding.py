"""What is left out of an answer for who may not see the sensitive: texts, with a word in place.

A question's header names the columns that hold sensitive texts in every row (`-- Sensitive:`),
or in those of one ledger (`topic:clues`).
Where rows are of several ledgers, or a row is one cell of one, the contracts say which.
"""

from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from tally.contracts import contracts
from tally.secrecy import WITHHELD
from tally.store.questions import Question

# A parameter of what looks for words: in the texts of these ledgers it does not.
UNSEARCHED = "unsearched"


@cache
def sensitive_cells() -> frozenset[tuple[str, str]]:
    """Return the kinds of ledgers with their sensitive columns."""
    return frozenset((kind, name) for kind, c in contracts().items() for name in c.sensitive)


def unsearched() -> list[str]:
    """Return the ledgers in whose texts nobody looks for words who may not read them."""
    return sorted({kind for kind, _ in sensitive_cells()})


def withheld(asked: Question, answer: pa.Table) -> pa.Table:
    """Return an answer without its sensitive texts; what is empty stays so."""
    for name, kind in asked.sensitive.items():
        is_meant = pc.equal(answer["ledger"], kind) if kind else pa.repeat(True, answer.num_rows)
        answer = _hidden(answer, name, is_meant)
    if "ledger" not in asked.columns:
        return answer
    for name in {name for _, name in sensitive_cells()} & set(asked.columns):
        kinds = pa.array([kind for kind, own in sensitive_cells() if own == name])
        answer = _hidden(answer, name, pc.is_in(answer["ledger"], kinds))
    if {"column", "value"} <= set(asked.columns):
        cells = zip(answer["ledger"].to_pylist(), answer["column"].to_pylist(), strict=True)
        is_meant = pa.array([cell in sensitive_cells() for cell in cells], pa.bool_())
        answer = _hidden(answer, "value", is_meant)
    return answer


def _hidden(answer: pa.Table, name: str, is_sensitive: pa.Array | pa.ChunkedArray) -> pa.Table:
    texts = answer[name]
    is_said = pc.fill_null(pc.and_(is_sensitive, pc.not_equal(texts, "")), False)
    shown = pc.if_else(is_said, pa.scalar(WITHHELD, texts.type), texts)
    return answer.set_column(answer.schema.get_field_index(name), name, shown)
