"""What may be written: inside the one write lock, in one transaction."""

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from tally.store.questions import store_sql


class Writing:
    """What may be done inside the write lock."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def insert(self, table: str, rows: Sequence[Mapping[str, Any]] | pa.Table) -> None:
        """Append rows to a table of the store, by column name."""
        incoming = rows if isinstance(rows, pa.Table) else pa.Table.from_pylist(list(rows))
        if incoming.num_rows:
            self._cursor.register("incoming", incoming)
            self._cursor.execute(f"INSERT INTO store.main.{table} BY NAME FROM incoming")
            self._cursor.unregister("incoming")

    def run(self, step: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Run `queries/store/<step>.sql` and return its rows."""
        return self._cursor.execute(store_sql(step), dict(parameters)).fetchall()

    def forget_kept(self, campaign: str, staying: Sequence[int] = ()) -> None:
        """Drop the stretches that are kept of a campaign, but for these."""
        kept = [row[0] for row in self.run("kept_stretches", {"campaign": campaign})]
        if gone := [number for number in kept if number not in staying]:
            for table in ("tally_kept", "item_kept", "item_stretch"):
                self._cursor.execute(
                    f"DELETE FROM store.main.{table} WHERE list_contains(?::BIGINT[], stretch)",
                    [gone],
                )

    def delete_upload_rows(self, table: str, uploads: Sequence[int]) -> None:
        """Take the rows of uploads out of a table; their numbers are not given again."""
        if table == "upload":
            self.run("retire_upload", {"upload": max(uploads)})
        self._cursor.execute(
            f"DELETE FROM store.main.{table} WHERE list_contains(?::BIGINT[], upload)",
            [list(uploads)],
        )
