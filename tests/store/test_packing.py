"""What is remembered of an answer takes the room of its rows, not that which DuckDB sets aside."""

import pyarrow as pa

from tally.board.asking import closely_packed
from tally.store import Database

ROW_BYTES_MAX = 5_000


def test_short_answer_is_remembered_in_memory_of_its_own_and_no_more_than_its_rows_take(
    samples: Database,
) -> None:
    asked = {"campaign": "xiangshan", "as_of": samples.default_day("xiangshan")}
    answer = samples.ask("campaign_months", asked)
    before = pa.total_allocated_bytes()
    packed = closely_packed(answer)
    # What DuckDB set aside is not counted here: an answer that still lay there would count nothing.
    assert 0 < pa.total_allocated_bytes() - before < ROW_BYTES_MAX * answer.num_rows
    assert packed.equals(answer)
