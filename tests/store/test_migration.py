"""A home written by an earlier program opens, keeps its rows and is brought to today's schema."""

from pathlib import Path

import duckdb
import pytest

from tally.store import SCHEMA_NUMBER, Database, HomeUnusable
from tally.submissions import remove_campaign
from tests.office import SLUG, Office, trial_pack
from tests.store.older import make_older

PACKS = {SLUG: trial_pack()}
Schema = dict[tuple[str, str], str]


@pytest.fixture
def old_home(tmp_path: Path) -> Path:
    """A home of the first schema."""
    return make_older(tmp_path, 1)


def schema(home: Path) -> Schema:
    """Return the type of every column of a home, closed."""
    with duckdb.connect(str(home / "tally.duckdb"), read_only=True) as connection:
        rows = connection.execute(
            "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal"
        ).fetchall()
    return {(table, column): kind for table, column, kind in rows}


@pytest.fixture(scope="module")
def new_schema(tmp_path_factory: pytest.TempPathFactory) -> Schema:
    """The tables of a new home."""
    home = tmp_path_factory.mktemp("new")
    Database(home, PACKS).close()
    return schema(home)


@pytest.mark.parametrize("number", range(1, SCHEMA_NUMBER + 1))
def test_home_of_each_released_schema_keeps_its_rows_and_gets_the_tables_of_a_new_one(
    number: int, tmp_path: Path, new_schema: Schema
) -> None:
    database = Database(make_older(tmp_path, number), PACKS)
    rows = Office(database).ask("uploads")
    database.close()
    assert [(row["upload"], row["status"]) for row in rows] == [(2, "published"), (1, "replaced")]
    assert not any(row["is_correction"] or row["is_nil"] for row in rows)
    assert schema(tmp_path) == new_schema


def test_migrated_home_takes_new_rows_and_gives_old_ones_back(old_home: Path) -> None:
    database = Database(old_home, PACKS)
    office = Office(database)
    assert [row["item_key"] for row in office.ask("items", "08-31")] == ["P2"]
    assert office.send("2022-09", "item_no\nP2", unit="甲部") == 3
    office.take_back(3)
    office.take_back(2)
    assert [row["item_key"] for row in office.ask("items", "08-31")] == ["P1"]
    database.close()


def test_numbers_of_a_migrated_home_are_not_given_again(old_home: Path) -> None:
    database = Database(old_home, PACKS)
    assert remove_campaign(database, SLUG) == 2
    assert Office(database).send("2022-09", "item_no\nP2", unit="甲部") == 3
    database.close()


def test_migrated_home_opens_again_as_it_is(old_home: Path) -> None:
    for _ in range(2):
        database = Database(old_home, PACKS)
        numbers = database.rows("SELECT value FROM store.main.setting WHERE name = 'schema'")
        assert numbers.to_pylist() == [{"value": str(SCHEMA_NUMBER)}]
        database.close()


def test_migration_that_fails_leaves_the_home_as_it_was(tmp_path: Path) -> None:
    old_home = make_older(tmp_path, 1)
    with duckdb.connect(str(old_home / "tally.duckdb")) as connection:
        # The migration adds columns first and then meets a table that is there already.
        connection.execute("CREATE TABLE seal (campaign VARCHAR)")
    before = schema(old_home)
    with pytest.raises(HomeUnusable, match="数据未变"):
        Database(old_home, PACKS)
    assert schema(old_home) == before
