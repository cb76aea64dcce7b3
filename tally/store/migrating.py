"""How an older home is brought to today's schema: all steps in one transaction, or none."""

from collections.abc import Mapping
from contextlib import suppress

import duckdb

from tally.batches import Witness
from tally.store.questions import store_sql
from tally.store.refusing import HomeUnusable
from tally.store.witnessing import MADE_AGAIN, begin_record, columns_of, schema_of

SCHEMA_NUMBER = 8


def migrate(
    cursor: duckdb.DuckDBPyConnection,
    schema: int,
    witness: Witness | None,
) -> None:
    """Take the steps from a schema to today's; HomeUnusable when one fails, with nothing changed.

    The number of rows of every table must stay what it was.
    """
    counted = _row_counts(cursor)
    cursor.execute("BEGIN")
    number = None
    try:
        for step in range(schema + 1, SCHEMA_NUMBER + 1):
            cursor.execute(store_sql(f"migrate_{step}"))
        if schema_of(cursor) != SCHEMA_NUMBER:
            raise HomeUnusable(f"升级没有走到结构 {SCHEMA_NUMBER}，数据未变")
        lost = counted.items() - _row_counts(cursor).items()
        if lost:
            raise HomeUnusable(f"升级会丢失 {'、'.join(sorted(name for name, _ in lost))} 的行")
        number = begin_record(cursor, witness, "migrate") if witness else None
        cursor.execute("COMMIT")
    except BaseException as error:
        with suppress(duckdb.Error):
            cursor.execute("ROLLBACK")
        if witness and number:
            witness.denies(number)
        if isinstance(error, duckdb.Error):
            sentence = f"数据库从结构 {schema} 升级到 {SCHEMA_NUMBER} 没有完成，数据未变"
            raise HomeUnusable(sentence) from error
        raise
    if witness and number:
        witness.confirms(number)


def _row_counts(cursor: duckdb.DuckDBPyConnection) -> Mapping[str, int]:
    # The setting's rows are marks of the program's own.
    tables = [name for name in columns_of(cursor) if name not in {*MADE_AGAIN, "setting"}]
    asked = " UNION ALL ".join(
        f"SELECT '{name}', count(*) FROM store.main.{name}" for name in tables
    )
    return dict(cursor.execute(asked).fetchall())
