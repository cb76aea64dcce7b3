"""What the ledgers hold, in digests: told to a witness at each write, compared at each start.

A digest is the sum of its rows' MD5, so that the order of rows does not matter; a column that is
empty is left out of it, so that a column added later changes nothing.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import duckdb

from tally.batches import Batch, Place, RowsDigest, Witness
from tally.store.writing import Writing, tables_of_uploads

# What can be made again from the rest is neither told nor compared.
MADE_AGAIN = frozenset({"item_kept", "tally_kept", "item_stretch"})
MARK = "batch"
# What is said beside the ledgers' rows: in force, withdrawn, sealed, issued, frozen, found.
STANDING_LEFT_OUT = frozenset({"setting", "answer", "upload", *MADE_AGAIN})
UPLOAD_COLUMNS = ("upload", "campaign", "month", "unit", "sha256", "status")
Columns = Mapping[str, Sequence[str]]


def columns_of(cursor: duckdb.DuckDBPyConnection, database: str = "store") -> Columns:
    """Return the columns of each table of an attached database, by name."""
    found = cursor.execute(
        "SELECT table_name, list(column_name ORDER BY column_name) FROM duckdb_columns() "
        "WHERE database_name = ? AND NOT internal GROUP BY table_name ORDER BY table_name",
        [database],
    ).fetchall()
    return dict(cast("list[tuple[str, list[str]]]", found))


def _text_of_row(columns: Sequence[str]) -> str:
    cells = ", ".join(f"""'{name}=' || "{name}" """ for name in columns)
    return f"concat_ws(chr(31), {cells})"


def _sums(columns: Sequence[str]) -> str:
    text = _text_of_row(columns)
    return (
        f"count(*), coalesce(sum(md5_number_lower({text})), 0)::VARCHAR || '.' || "
        f"coalesce(sum(md5_number_upper({text})), 0)::VARCHAR"
    )


def standing_digest(cursor: duckdb.DuckDBPyConnection, columns: Columns) -> str:
    """Return the digest of what is in force and said beside the ledgers' rows."""
    left_out = STANDING_LEFT_OUT | tables_of_uploads()
    digests = [
        f"SELECT '{table}' AS part, {_sums([name for name in names if name != 'geojson'])} "
        f"FROM store.main.{table}"
        for table, names in columns.items()
        if table not in left_out
    ]
    kept = [name for name in UPLOAD_COLUMNS if name in columns["upload"]]
    digests.append(f"SELECT 'upload', {_sums(kept)} FROM store.main.upload")
    rows = cursor.execute(" UNION ALL ".join(digests) + " ORDER BY 1").fetchall()
    # A table that was added since and stands empty changes nothing.
    said = [f"{part}:{count}:{digest}" for part, count, digest in rows if count]
    told = cursor.execute("SELECT md5(?)", ["\n".join(said)]).fetchone()
    return str(told[0]) if told else ""


def rows_digests(
    cursor: duckdb.DuckDBPyConnection,
    columns: Columns,
    uploads_by_ledger: Mapping[str, Iterable[int]] | None = None,
) -> tuple[RowsDigest, ...]:
    """Return what uploads hold in each ledger, all of them by default."""
    chosen: Mapping[str, Iterable[int] | None] = uploads_by_ledger or dict.fromkeys(
        sorted(tables_of_uploads())
    )
    asked = [
        f"SELECT upload, '{kind}', {_sums(columns[kind])} FROM store.main.{kind} "
        f"{_only(uploads)} GROUP BY upload"
        for kind, uploads in chosen.items()
        if kind in columns and kind in tables_of_uploads()
    ]
    if uploads_by_ledger is not None and not uploads_by_ledger:
        return ()
    found = cursor.execute(f"{' UNION ALL '.join(asked)} ORDER BY 1, 2").fetchall() if asked else ()
    return tuple(RowsDigest(*row) for row in found)


def row_counts(cursor: duckdb.DuckDBPyConnection, columns: Columns) -> list[tuple[str, int, int]]:
    """Return (ledger, upload, number of rows) of all that uploads hold, in this order."""
    asked = [
        f"SELECT '{kind}', upload, count(*) FROM store.main.{kind} GROUP BY upload"
        for kind in sorted(tables_of_uploads() & columns.keys())
    ]
    return cursor.execute(f"{' UNION ALL '.join(asked)} ORDER BY 1, 2").fetchall() if asked else []


def _only(uploads: Iterable[int] | None) -> str:
    """Return what keeps a table's rows to those of some uploads, '' for all."""
    if uploads is None:
        return ""
    return f"WHERE upload IN ({', '.join(str(int(upload)) for upload in sorted(uploads))})"


def places_of(
    cursor: duckdb.DuckDBPyConnection, columns: Columns, uploads: Iterable[int] | None = None
) -> tuple[Place, ...]:
    """Return of what months uploads speak and how each is taken in anew."""
    told = [
        name
        for name in ("unit", "uploaded_by", "status", "reason", "reviewed_by", "is_sample")
        if name in columns["upload"]
    ]
    only = "TRUE"
    if uploads is not None:
        only = f"list_contains({sorted(set(uploads))}::BIGINT[], upload)"
    found = cursor.execute(
        "SELECT upload, coalesce(campaign, ''), coalesce((SELECT string_agg(DISTINCT "
        "strftime(period, '%Y-%m'), ' ') FROM store.main.slice "
        "WHERE slice.upload = upload.upload), strftime(month, '%Y-%m'), ''), "
        "coalesce(file, ''), coalesce(sha256, ''), strftime(month, '%Y-%m'), "
        # Where it is of one ledger, that is said again when the file is taken in anew.
        "(SELECT max(ledger) FROM store.main.slice WHERE slice.upload = upload.upload "
        "HAVING count(DISTINCT ledger) = 1), "
        f"{'answers' if 'answers' in columns['upload'] else 'NULL'}, {', '.join(told)} "
        f"FROM store.main.upload WHERE {only} ORDER BY upload"
    ).fetchall()
    return tuple(_place(row, told) for row in found)


def _place(row: tuple[Any, ...], told: Sequence[str]) -> Place:
    upload, campaign, months, file, sha256, month, ledger, answers, *values = row
    details = {
        "month": month,
        "ledger": ledger,
        "answers": answers,
        **dict(zip(told, values, strict=True)),
    }
    ordered = " ".join(sorted(months.split()))
    return Place(upload, campaign, ordered, file, sha256, details)


def schema_of(cursor: duckdb.DuckDBPyConnection) -> int:
    """Return the number of the schema the ledgers are in."""
    asked = "SELECT value::BIGINT FROM store.main.setting WHERE name = 'schema'"
    found = cursor.execute(asked).fetchone()
    return int(found[0]) if found else 0


def mark_of(cursor: duckdb.DuckDBPyConnection) -> str:
    """Return number and token of the newest write that the ledgers hold, '' for none."""
    found = cursor.execute("SELECT value FROM store.main.setting WHERE name = ?", [MARK]).fetchone()
    return str(found[0]) if found else ""


def put_mark(cursor: duckdb.DuckDBPyConnection, mark: str) -> None:
    """Give the ledgers the number and token of a write, in its transaction."""
    cursor.execute("DELETE FROM store.main.setting WHERE name = ?", [MARK])
    cursor.execute("INSERT INTO store.main.setting VALUES (?, ?)", [MARK, mark])


def intended(witness: Witness, cursor: duckdb.DuckDBPyConnection, writing: Writing) -> Batch:
    """Tell the witness what is about to be committed, and mark the ledgers with it."""
    columns = columns_of(cursor)
    number = witness.newest() + 1
    gone = set().union(*writing.emptied.values())
    # What stays of an upload that lost some of its rows is said anew.
    held = {table: set(uploads) for table, uploads in writing.filled.items()}
    for table in (tables_of_uploads() & columns.keys()) if gone else ():
        held.setdefault(table, set()).update(gone)
    touched = sorted(set().union(*writing.told.values(), *writing.filled.values()))
    batch = Batch(
        number,
        secrets.token_hex(8),
        writing.deed,
        tuple(touched),
        standing_digest(cursor, columns),
        rows_digests(cursor, columns, held),
        places_of(cursor, columns, touched) if touched else (),
        tuple(sorted(gone)),
    )
    put_mark(cursor, batch.mark)
    witness.intends(batch)
    return batch


def begin_record(cursor: duckdb.DuckDBPyConnection, witness: Witness, deed: str) -> int:
    """Tell the witness all that the ledgers hold as one write, and return its number.

    It belongs to the caller's transaction, and the caller confirms or denies it.
    """
    columns = columns_of(cursor)
    batch = Batch(
        witness.newest() + 1,
        secrets.token_hex(8),
        deed,
        (),
        standing_digest(cursor, columns),
        rows_digests(cursor, columns),
        places_of(cursor, columns),
    )
    put_mark(cursor, batch.mark)
    witness.intends(batch)
    return batch.number
