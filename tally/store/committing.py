"""One transaction, told to a witness before it is committed and after."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import duckdb

from tally.batches import Batch, Witness
from tally.store.abode import Abode, StillOurs
from tally.store.holding import Holding
from tally.store.witnessing import intended, mark_of
from tally.store.writing import Writing


@contextmanager
def committed(
    holding: Holding, abode: Abode, witness: Witness | None, still_ours: StillOurs | None = None
) -> Iterator[Writing]:
    """Give what may be written: committed whole when the block is left, or not at all.

    Without `still_ours` it is no turn to write: only what can be made again may be changed.

    After a COMMIT that failed the ledgers are asked whether they hold it: a fault while the
    file is brought up to date comes after the rows are safe.
    """
    batch, is_elsewhere = None, abode.keeps_apart and still_ours is not None
    try:
        with holding.cursor() as cursor:
            if still_ours:
                abode.after_turn(cursor)
            cursor.execute("BEGIN")
            try:
                writing = Writing(cursor, abode.placed, is_elsewhere)
                yield writing
                batch = intended(witness, cursor, writing) if witness else None
                if still_ours:
                    still_ours()
                cursor.execute("COMMIT")
            except BaseException:
                # A COMMIT that failed has ended the transaction already.
                with suppress(duckdb.Error):
                    cursor.execute("ROLLBACK")
                raise
    except BaseException:
        if not witness or not batch or not _holds(holding, witness, batch):
            raise
    if witness and batch:
        witness.confirms(batch.number)


def _holds(holding: Holding, witness: Witness, batch: Batch) -> bool:
    with holding.cursor() as cursor:
        is_held = mark_of(cursor) == batch.mark
    if not is_held:
        witness.denies(batch.number)
    return is_held
