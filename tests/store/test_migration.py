"""A home written by an earlier program opens, keeps its rows and is brought to today's schema."""

from pathlib import Path

import duckdb
import pytest

from tally.store import Database
from tally.submissions import remove_campaign
from tests.office import SLUG, Office, trial_pack

PACKS = {SLUG: trial_pack()}
# The tables of schema 1, with a list of August that is in force and one that it replaced.
SCHEMA_1 = """
CREATE TABLE setting (name VARCHAR, value VARCHAR);
CREATE TABLE upload (
  upload BIGINT, campaign VARCHAR, month DATE, unit VARCHAR, file VARCHAR, sha256 VARCHAR,
  uploaded_by VARCHAR, uploaded_at TIMESTAMP, reported_on DATE, status VARCHAR, row_count BIGINT,
  reason VARCHAR, reversed_count BIGINT, is_sample BOOLEAN, recognised VARCHAR, problems VARCHAR
);
CREATE TABLE slice (
  upload BIGINT, campaign VARCHAR, ledger VARCHAR, period DATE, unit VARCHAR, row_count BIGINT,
  from_at TIMESTAMP, until_at TIMESTAMP, ended_by BIGINT
);
CREATE TABLE problems (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR,
  item_no VARCHAR, dimension VARCHAR, title VARCHAR, goal VARCHAR, measure VARCHAR,
  unit VARCHAR, partners VARCHAR, leader_post VARCHAR, community VARCHAR, enterprise VARCHAR,
  found_on DATE, due_on DATE, due_text VARCHAR, is_due_derived BOOLEAN,
  extended_to DATE, extended_on DATE, extension_reason VARCHAR,
  state VARCHAR, closed_on DATE, progress_note VARCHAR,
  longitude DOUBLE, latitude DOUBLE, note VARCHAR
);
CREATE TABLE tasks (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR,
  item_no VARCHAR, dimension VARCHAR, title VARCHAR, target VARCHAR, milestone VARCHAR,
  unit VARCHAR, partners VARCHAR, leader_post VARCHAR, community VARCHAR,
  due_on DATE, due_text VARCHAR, is_due_derived BOOLEAN,
  extended_to DATE, extended_on DATE, extension_reason VARCHAR,
  target_value DOUBLE, value DOUBLE, unit_of_measure VARCHAR, progress_share DOUBLE,
  state VARCHAR, closed_on DATE, progress_note VARCHAR, note VARCHAR
);
CREATE TABLE tickets (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR,
  ticket_no VARCHAR, received_on DATE, channel VARCHAR, title VARCHAR, content VARCHAR,
  unit VARCHAR, partners VARCHAR, community VARCHAR,
  due_on DATE, due_text VARCHAR, is_due_derived BOOLEAN,
  closed_on DATE, answer VARCHAR, state VARCHAR, is_resolved BOOLEAN, is_satisfied BOOLEAN,
  longitude DOUBLE, latitude DOUBLE, note VARCHAR
);
CREATE TABLE checks (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR,
  item_no VARCHAR, title VARCHAR, unit VARCHAR, partners VARCHAR, checked_on DATE,
  is_verified BOOLEAN, checker_post VARCHAR, note VARCHAR
);
CREATE TABLE units (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR,
  name VARCHAR, league VARCHAR, aliases VARCHAR, leader_post VARCHAR, note VARCHAR
);
CREATE TABLE communities (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR,
  name VARCHAR, code VARCHAR, street VARCHAR, aliases VARCHAR,
  longitude DOUBLE, latitude DOUBLE, note VARCHAR
);
CREATE TABLE indicators (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR,
  indicator VARCHAR, unit VARCHAR, partners VARCHAR, value DOUBLE, target_value DOUBLE,
  unit_of_measure VARCHAR, note VARCHAR
);
INSERT INTO setting VALUES ('schema', '1');
INSERT INTO upload BY NAME
  SELECT 1 AS upload, 'trial' AS campaign, DATE '2022-08-01' AS "month", '甲部' AS unit,
    '八月.xlsx' AS file, 'a1' AS sha256, '办公室' AS uploaded_by,
    TIMESTAMP '2022-09-01 01:00' AS uploaded_at, 'replaced' AS status, 1 AS row_count
  UNION ALL
  SELECT 2, 'trial', DATE '2022-08-01', '甲部', '八月更正.xlsx', 'a2', '办公室',
    TIMESTAMP '2022-09-02 01:00', 'published', 1;
INSERT INTO slice VALUES
  (1, 'trial', 'problems', '2022-08-01', '甲部', 1, '2022-09-01 01:00', '2022-09-02 01:00', 2),
  (2, 'trial', 'problems', '2022-08-01', '甲部', 1, '2022-09-02 01:00', NULL, NULL);
INSERT INTO problems BY NAME
  SELECT unnest([1, 2]) AS upload, '台账' AS sheet, 2 AS row, DATE '2022-08-01' AS period,
    unnest(['P1', 'P2']) AS item_key, '积水' AS title, '甲部' AS unit, 'open' AS state;
"""


@pytest.fixture
def old_home(tmp_path: Path) -> Path:
    """A home of schema 1."""
    with duckdb.connect(str(tmp_path / "tally.duckdb")) as connection:
        connection.execute(SCHEMA_1)
    return tmp_path


def schema(home: Path) -> dict[tuple[str, str], str]:
    """Return the type of every column of a home, closed."""
    with duckdb.connect(str(home / "tally.duckdb"), read_only=True) as connection:
        rows = connection.execute(
            "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal"
        ).fetchall()
    return {(table, column): kind for table, column, kind in rows}


def test_home_of_schema_1_keeps_its_rows_and_takes_new_ones(old_home: Path) -> None:
    database = Database(old_home, PACKS)
    office = Office(database)
    assert [row["item_key"] for row in office.ask("items", "08-31")] == ["P2"]
    rows = office.ask("uploads")
    assert [(row["upload"], row["status"]) for row in rows] == [(2, "published"), (1, "replaced")]
    assert not any(row["is_correction"] or row["is_nil"] for row in rows)
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


def test_home_of_schema_1_has_the_tables_of_a_new_home_once_opened(
    old_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    Database(old_home, PACKS).close()
    new_home = tmp_path_factory.mktemp("new")
    Database(new_home, PACKS).close()
    assert schema(old_home) == schema(new_home)


def test_migrated_home_opens_again_as_it_is(old_home: Path) -> None:
    for _ in range(2):
        database = Database(old_home, PACKS)
        numbers = database.rows("SELECT value FROM store.main.setting WHERE name = 'schema'")
        assert numbers.to_pylist() == [{"value": "6"}]
        database.close()


def test_migration_that_fails_leaves_the_home_as_it_was(old_home: Path) -> None:
    with duckdb.connect(str(old_home / "tally.duckdb")) as connection:
        # The migration adds columns first and then meets a table that is there already.
        connection.execute("CREATE TABLE seal (campaign VARCHAR)")
    before = schema(old_home)
    with pytest.raises(duckdb.Error):
        Database(old_home, PACKS)
    assert schema(old_home) == before
