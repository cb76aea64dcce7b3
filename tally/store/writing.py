"""What may be written: inside the one write lock, in one transaction."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import duckdb
import pyarrow as pa

from tally.batches import Deed
from tally.contracts import contracts
from tally.store.questions import store_sql

# The first of these that a write takes says what it does.
DEEDS: Mapping[str, Deed] = {"mark_published": "publish", "mark_returned_by": "return"}


@cache
def tables_of_uploads() -> frozenset[str]:
    """Return the tables whose rows belong to one upload each; where they change, all is told."""
    return frozenset({*contracts(), "vault", "vault_key"})


class Writing:
    """What may be done inside the write lock.

    Rows and parameters that are no table of a ledger's pass through `on_the_way_in`: what persons
    type stands in them.
    """

    def __init__(
        self,
        cursor: duckdb.DuckDBPyConnection,
        placed: Callable[[str], str],
        is_kept_elsewhere: bool,
    ) -> None:
        """`placed` gives the names that hold; what is kept elsewhere this cannot change."""
        self._cursor = cursor
        self._placed = placed
        self._is_kept_elsewhere = is_kept_elsewhere
        self.on_the_way_in: Callable[[Mapping[str, Any]], dict[str, Any]] = dict
        # What the witness is told: what became of uploads, and whose rows came or went.
        self.told: dict[str, set[int]] = defaultdict(set)
        self.filled: dict[str, set[int]] = defaultdict(set)
        self.emptied: dict[str, set[int]] = defaultdict(set)

    @property
    def deed(self) -> Deed:
        """What this write does, in one word."""
        for step, deed in DEEDS.items():
            if self.told[step]:
                return deed
        if self.filled["upload"]:
            return "draft" if self.filled.keys() & contracts().keys() else "refuse"
        if self.told["mark_taken_back"]:
            return "undo"
        return "remove" if self.emptied else "other"

    def insert(self, table: str, rows: Sequence[Mapping[str, Any]] | pa.Table) -> None:
        """Append rows to a table of the store, by column name."""
        if isinstance(rows, pa.Table):
            incoming = rows
        else:
            incoming = pa.Table.from_pylist(list(map(self.on_the_way_in, rows)))
        if incoming.num_rows:
            self._cursor.register("incoming", incoming)
            target = self._placed(f"store.main.{table}")
            self._cursor.execute(f"INSERT INTO {target} BY NAME FROM incoming")
            self._cursor.unregister("incoming")
            if table == "upload" or table in tables_of_uploads():
                self.filled[table].update(incoming.column("upload").unique().to_pylist())

    def change(self, table: str, rows: Sequence[Mapping[str, Any]], place: Sequence[str]) -> None:
        """Give rows of a table other cells; `place` are the columns that say which rows."""
        if not rows:
            return
        same = " AND ".join(f"held.{name} IS NOT DISTINCT FROM incoming.{name}" for name in place)
        cells = ", ".join(f"{name} = incoming.{name}" for name in rows[0] if name not in place)
        self._cursor.register("incoming", pa.Table.from_pylist(list(rows)))
        held = f"store.main.{table} AS held"
        self._cursor.execute(f"UPDATE {held} SET {cells} FROM incoming WHERE {same}")
        self._cursor.unregister("incoming")
        if table in tables_of_uploads():
            self.filled[table].update(row["upload"] for row in rows)

    def rename_items(self, tables: Sequence[str], keys: Mapping[str, str]) -> None:
        """Give items other keys wherever a table names them."""
        pairs = [{"held_key": old, "item_key": new} for old, new in keys.items()]
        if not pairs:
            return
        self._cursor.register("incoming", pa.Table.from_pylist(pairs))
        named = "FROM incoming WHERE held.item_key = incoming.held_key"
        for table in tables:
            held = f"store.main.{table} AS held"
            meant = self._cursor.execute(
                f"SELECT DISTINCT upload FROM {held} SEMI JOIN incoming "
                "ON held.item_key = incoming.held_key"
            ).fetchall()
            self._cursor.execute(f"UPDATE {held} SET item_key = incoming.item_key {named}")
            if meant and table in tables_of_uploads():
                self.filled[table].update(upload for (upload,) in meant)
        self._cursor.unregister("incoming")

    def run(self, step: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Run `queries/store/<step>.sql` and return its rows."""
        if step.startswith("mark_") and "upload" in parameters:
            self.told[step].add(parameters["upload"])
        sql = self._placed(store_sql(step))
        return self._cursor.execute(sql, self.on_the_way_in(parameters)).fetchall()

    def forget_kept(self, campaign: str, staying: Sequence[int] = ()) -> None:
        """Drop the stretches that are kept of a campaign, but for these.

        Where they are kept elsewhere they go when the next one is made: they hold no longer.
        """
        if self._is_kept_elsewhere:
            return
        kept = [row[0] for row in self.run("kept_stretches", {"campaign": campaign})]
        if gone := [number for number in kept if number not in staying]:
            for table in ("tally_kept", "item_kept", "item_stretch"):
                target = self._placed(f"store.main.{table}")
                self._cursor.execute(
                    f"DELETE FROM {target} WHERE list_contains(?::BIGINT[], stretch)", [gone]
                )

    def delete_upload_rows(self, table: str, uploads: Sequence[int]) -> None:
        """Take the rows of uploads out of a table; their numbers are not given again."""
        if table == "upload":
            self.run("retire_upload", {"upload": max(uploads)})
        elif table in tables_of_uploads():
            self.emptied[table].update(uploads)
        self._cursor.execute(
            f"DELETE FROM store.main.{table} WHERE list_contains(?::BIGINT[], upload)",
            [list(uploads)],
        )
