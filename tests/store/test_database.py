"""The store: one writer, a cursor per call, whole transactions, a schema number."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from tally import clock
from tally.contracts import contracts
from tally.store import Database, HomeHeld, NewerSchema, UnknownQuestion
from tests.office import SLUG, Office, trial_pack

PACKS = {SLUG: trial_pack()}
SQL_TYPES = {
    "text": "VARCHAR",
    "units": "VARCHAR",
    "date": "DATE",
    "state": "VARCHAR",
    "result": "BOOLEAN",
    "number": "DOUBLE",
    "share": "DOUBLE",
    "dimension": "VARCHAR",
    "community": "VARCHAR",
    "month": "DATE",
    "choice": "VARCHAR",
    "class": "VARCHAR",
}


def test_many_threads_ask_at_once_and_each_gets_its_own_answer(office: Office) -> None:
    """A shared connection returns another thread's rows; a cursor per call does not."""
    uploads = [office.send(f"2022-{month:02}", "item_no\nP1", unit="甲部") for month in range(5, 9)]

    def wrong_answers(number: int) -> int:
        upload = uploads[number % len(uploads)]
        answers = (office.ask("uploads", upload=upload) for _ in range(10))
        return sum([row["upload"] for row in rows] != [upload] for rows in answers)

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(wrong_answers, range(8))) == 0


def test_answers_stay_whole_while_another_thread_publishes(office: Office) -> None:
    """A reader sees a slice before or after its replacement, never both and never half."""
    texts = ["item_no\n" + "\n".join(f"P{n}" for n in range(count)) for count in (3, 5)]
    office.send("2022-09", texts[0], unit="甲部")

    def counts(_: int) -> set[int]:
        found = set()
        for _ in range(5):
            found |= {row["item_count"] for row in office.ask("campaign_totals", "09-30")}
        return found

    with ThreadPoolExecutor(3) as threads:
        asked = threads.map(counts, range(2))
        for number in range(2):
            office.send("2022-09", texts[(number + 1) % 2], unit="甲部")
        assert set().union(*asked) <= {3, 5}


def test_home_held_by_another_process_names_it(tmp_path: Path) -> None:
    holding = (
        "import sys, duckdb; held = duckdb.connect(sys.argv[1]); print('held', flush=True); "
        "sys.stdin.read()"
    )
    Database(tmp_path, PACKS).close()
    path = tmp_path / "tally.duckdb"
    with subprocess.Popen(
        [sys.executable, "-c", holding, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout and holder.stdout.readline() == b"held\n"
        with pytest.raises(HomeHeld) as held:
            Database(tmp_path, PACKS)
        assert held.value.holder == holder.pid
        assert str(holder.pid) in str(held.value)
        holder.communicate()
    Database(tmp_path, PACKS).close()


def test_failure_inside_a_write_leaves_nothing(office: Office) -> None:
    version = office.database.version
    with pytest.raises(RuntimeError), office.database.write(lambda: None) as writing:
        writing.insert("upload", [{"upload": 99, "campaign": SLUG, "status": "draft"}])
        raise RuntimeError
    assert office.ask("uploads") == []
    assert office.database.version == version


def test_version_grows_with_every_write(office: Office) -> None:
    versions = [office.database.version]
    for month in ("2022-08", "2022-09"):
        office.send(month, "item_no\nP1", unit="甲部")
        versions.append(office.database.version)
    assert versions == sorted(set(versions))


def test_home_written_by_a_newer_program_is_refused_and_let_go(tmp_path: Path) -> None:
    database = Database(tmp_path, PACKS)
    with database.write(lambda: None) as writing:
        writing.insert("setting", [{"name": "schema", "value": "99"}])
    database.close()
    connection = duckdb.connect(str(tmp_path / "tally.duckdb"))
    connection.execute("DELETE FROM setting WHERE value <> '99'")
    connection.close()
    with pytest.raises(NewerSchema, match="结构 99"):
        Database(tmp_path, PACKS)
    duckdb.connect(str(tmp_path / "tally.duckdb")).close()


def test_what_was_published_is_there_after_opening_again(tmp_path: Path) -> None:
    first = Database(tmp_path, PACKS)
    Office(first).send("2022-09", "item_no\nP1", unit="甲部")
    first.close()
    assert not (tmp_path / "tally.duckdb.wal").exists()
    second = Database(tmp_path, PACKS)
    assert [row["item_key"] for row in Office(second).ask("items", "09-30")] == ["P1"]
    second.close()


def test_file_is_created_in_an_explicit_storage_version(trial_database: Database) -> None:
    [row] = trial_database.rows(
        "SELECT tags FROM duckdb_databases() WHERE database_name = 'store'"
    ).to_pylist()
    assert dict(row["tags"])["storage_version"].startswith("v1.5.0")


@pytest.mark.parametrize("kind", sorted(contracts()))
def test_table_of_a_ledger_has_every_column_of_its_contract(
    kind: str, trial_database: Database
) -> None:
    kept = trial_database.rows(
        "SELECT column_name, data_type FROM duckdb_columns() WHERE database_name = 'store' "
        f"AND table_name = '{kind}'"
    ).to_pylist()
    types = {row["column_name"]: row["data_type"] for row in kept}
    own = {column.name: SQL_TYPES[column.type] for column in contracts()[kind].columns}
    assert {name: types.get(name) for name in own} == own
    read = {"upload": "BIGINT", "sheet": "VARCHAR", "row": "BIGINT", "period": "DATE"}
    assert {name: types.get(name) for name in read} == read


def test_schema_keeps_to_what_file_and_lake_both_have(trial_database: Database) -> None:
    for listed in ("duckdb_constraints()", "duckdb_indexes()", "duckdb_sequences()"):
        found = trial_database.rows(f"SELECT 1 AS one FROM {listed} WHERE database_name = 'store'")
        assert found.num_rows == 0, listed
    nested = trial_database.rows(
        "SELECT column_name FROM duckdb_columns() WHERE database_name = 'store' "
        "AND (data_type LIKE '%]' OR data_type LIKE '%(%')"
    )
    assert nested.num_rows == 0


def test_questions_cannot_reach_files(trial_database: Database) -> None:
    for sql in ("SELECT * FROM read_text('/etc/hostname')", "SET enable_external_access = true"):
        with pytest.raises(duckdb.Error):
            trial_database.rows(sql)


def test_unknown_question_is_named_with_those_that_exist(trial_database: Database) -> None:
    with pytest.raises(UnknownQuestion, match=r"nonsense.*campaign_progress"):
        trial_database.ask("nonsense")


def test_default_day_is_the_earlier_of_today_and_the_newest_months_end(office: Office) -> None:
    assert office.database.default_day(SLUG) == clock.today()
    office.send("2022-02", "item_no\nP1", unit="甲部")
    assert office.database.default_day(SLUG).isoformat() == "2022-02-28"
    office.send(f"{clock.today():%Y-%m}", "item_no\nP1", unit="甲部")
    assert office.database.default_day(SLUG) == clock.today()
