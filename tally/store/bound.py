"""What our words mean, bound once a process: the engine takes half a second for it, each time.

The first home that is opened has them written to a file; each home opens a copy of it, as the
database `words`, with its own tables beside it. A store that servers share gives them other places:
it is told them each time.
"""

import logging
import shutil
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path
from threading import Lock

import duckdb

from tally.store.questions import QUERIES_FOLDER, store_sql

LOG = logging.getLogger(__name__)
# Of what stands in memory beside the store.
TABLES_BESIDE = ("packs", "counted_tables")
WORDS = "words.duckdb"
_writing = Lock()


@cache
def definitions() -> str:
    """Return what the words mean, once: `queries/store/definitions/`, by number, callee first.

    An argument of a macro is never named like a column.
    """
    folder = QUERIES_FOLDER / "store" / "definitions"
    files = sorted(folder.glob("*.sql"), key=lambda path: int(path.stem.partition("_")[0]))
    return "\n".join(path.read_text("utf-8") for path in files)


def connected(wants_words: bool) -> tuple[duckdb.DuckDBPyConnection, bool]:
    """Return a connection, and whether it knows the words: then `memory` is attached beside them.

    One that is to be told them, as where no file can be written, stands in `memory` itself.
    """
    try:
        if wants_words:
            return _connected_to_words(), True
    except (OSError, duckdb.IOException) as fault:
        LOG.warning("the words are bound for each home by itself: %s", fault)
    return duckdb.connect(":memory:"), False


def _connected_to_words() -> duckdb.DuckDBPyConnection:
    folder = Path(tempfile.mkdtemp(prefix="tally-words-"))
    path = folder / WORDS
    try:
        with _writing:
            path.write_bytes(_written())
        connection = duckdb.connect(str(path))
        connection.execute("ATTACH ':memory:' AS memory")
    finally:
        # Once opened it needs no name: nothing is left behind, whatever ends the process.
        shutil.rmtree(folder)
    return connection


@cache
def _written() -> bytes:
    """Return a file of the words, bound against tables that hold nothing."""
    with tempfile.TemporaryDirectory(prefix="tally-words-") as folder:
        path = Path(folder) / WORDS
        with closing(duckdb.connect(str(path))) as connection:
            connection.execute("ATTACH ':memory:' AS memory; ATTACH ':memory:' AS store")
            for tables in ("tables", *TABLES_BESIDE):
                connection.execute(store_sql(tables))
            connection.execute(definitions())
        return path.read_bytes()
