"""What is kept of items answers as the lists do, and never outlives what it stands on."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tally import service
from tally.service import Service
from tally.store import Database, question, question_names
from tally.submissions import remove_campaign
from tests.office import SLUG, Office

# The macros through which a question reaches the items that are kept.
REACHING = (
    "item_",
    "tally_",
    "promise_",
    "way_",
    "place_",
    "ticket_",
    "history_",
    "deadline_",
    "lead_",
    "class_",
    "appeal_",
    "ledger_row",
    "list_of_unit(",
    "duty_",
    "unit_standing(",
    "task_asked(",
    "closed_stock(",
    "object_asked(",
    "unit_reported(",
)
SAMPLE = "xiangshan"
QUESTIONS = sorted(
    name for name in question_names() if any(word in question(name).sql for word in REACHING)
)
# What a cursor is told when nothing is kept or counted.
TOLD_NOTHING = "SET search_path = 'kept,main'; SET VARIABLE turn = 1::BIGINT; " + "; ".join(
    f"SET VARIABLE {name} = []::STRUCT(from_on DATE, until_on DATE, stretch BIGINT)[]"
    for name in ("stretches", "covered")
)
LIST = "item_no | dimension | due_on | state | closed_on\n"


def rounded(value: Any) -> Any:
    """Return a value with its fractions to nine digits: sums depend on the order of the rows."""
    if isinstance(value, float):
        return float(f"{value:.9g}")
    if isinstance(value, dict):
        return {key: rounded(part) for key, part in value.items()}
    return [rounded(part) for part in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", QUESTIONS)
def test_answer_from_what_is_kept_equals_that_from_all_lists(samples: Database, name: str) -> None:
    # Between two lists, where a step or a check may have come.
    day = samples.default_day(SAMPLE) - timedelta(11)
    given = {"campaign": SAMPLE, "as_of": day}
    asked = {key: given.get(key) for key in question(name).parameters}

    kept = samples.ask(name, asked).to_pylist()

    assert rounded(kept) == rounded(samples.rows(question(name).sql, asked).to_pylist())


# The kinds of counts, and by how many filters each is asked beside the campaign.
COUNTED = [
    *(
        (name, 4)
        for name in ("tally", "promise", "way", "place", "history", "deadline", "lead", "class")
    ),
    ("ticket_place", 3),
    ("appeal_tally", 3),
    ("ticket_tally", 1),
]
DAYS = "[DATE '2022-09-30']"
# Days as a question finds them, no constants.
DAYS_FOUND = f"(SELECT list(as_of) FROM (SELECT unnest({DAYS}) AS as_of))"
NOW, BEFORE = "NULL::TIMESTAMP", "TIMESTAMP '2022-10-01'"


@pytest.mark.parametrize(("name", "filter_count"), COUNTED)
def test_what_is_counted_has_the_columns_of_the_word_it_answers(
    trial_database: Database, name: str, filter_count: int
) -> None:
    filters = ", NULL" * filter_count
    word = f"FROM main.{name}_asked(NULL, []::DATE[], NULL::TIMESTAMP{filters})"
    answered = trial_database.rows(word).schema
    counted = trial_database.rows(f"FROM memory.kept.{name}_of_day LIMIT 0").schema

    told = [field for field in counted if field.name not in ("turn", "leader_post")]
    assert told == list(answered)


def assert_refused(database: Database, word: str, days: str, filter_count: int, said: str) -> None:
    """Assert that a word of what is kept refuses days, and an earlier moment, without a row."""
    filters = ", NULL" * filter_count
    for known, sentence in ((NOW, said), (BEFORE, "moment not kept")):
        asked = f"SELECT count(*) FROM kept.{word}('nowhere', {days}, {known}{filters})"
        with pytest.raises(duckdb.InvalidInputException, match=sentence):
            database.rows(asked, before=TOLD_NOTHING)


@pytest.mark.parametrize(("name", "filter_count"), COUNTED)
def test_day_not_counted_is_refused_where_no_row_would_be_met(
    trial_database: Database, name: str, filter_count: int
) -> None:
    said = rf"days not counted as {name}: \[2022-09-30\]"
    assert_refused(trial_database, f"{name}_asked", DAYS, filter_count, said)


def test_day_that_a_question_finds_is_refused_where_no_row_would_be_met(
    trial_database: Database,
) -> None:
    said = r"days not counted as tally: \[2022-09-30\]"
    assert_refused(trial_database, "tally_of_days", DAYS_FOUND, 4, said)


@pytest.mark.parametrize("days", [DAYS, DAYS_FOUND])
def test_day_without_kept_items_is_refused_where_there_are_none(
    trial_database: Database, days: str
) -> None:
    assert_refused(trial_database, "item_asked", days, 4, r"days not kept: \[2022-09-30\]")


def test_question_without_a_day_is_answered_where_none_was_counted(office: Office) -> None:
    office.send("2022-09", "item_no\nP1", unit="甲部")
    for name in QUESTIONS:
        assert office.database.ask(name, {"campaign": SLUG}).column_names, name


def test_roster_of_an_earlier_moment_is_refused(trial_database: Database) -> None:
    with pytest.raises(duckdb.InvalidInputException, match="moment not kept"):
        trial_database.rows(f"FROM kept.unit_known({BEFORE})", before=TOLD_NOTHING)


def posts(office: Office) -> dict[str, str]:
    """Return the post in charge of each unit."""
    return {row["unit"]: row["leader_post"] for row in office.ask("unit_reporting", "09-30")}


def test_roster_published_and_taken_back_between_two_questions_is_seen(office: Office) -> None:
    assert posts(office)["甲部"] == "第一副主任"
    upload = office.send("", "name | league | leader_post\n甲部 | 部门 | 第三副主任", kind="units")
    assert posts(office)["甲部"] == "第三副主任"
    office.take_back(upload)
    assert posts(office)["甲部"] == "第一副主任"


def test_turn_that_could_not_begin_is_begun_by_the_next_question(office: Office) -> None:
    held = posts(office)
    office.send("2022-09", LIST + "P1 | 经济 | 09-10 | open | —", unit="甲部")
    office.database.rows("ALTER TABLE memory.kept.roster_of_turn RENAME TO elsewhere")
    with pytest.raises(duckdb.CatalogException):
        posts(office)
    office.database.rows("ALTER TABLE memory.kept.elsewhere RENAME TO roster_of_turn")
    assert posts(office) == held


def closed_count(office: Office, day: str) -> int:
    """Return how many items are closed on a day."""
    return office.ask("campaign_totals", day)[0]["closed_count"]


def stretches(office: Office) -> list[dict[str, Any]]:
    """Return what is kept of the trial campaign."""
    return office.database.stored("kept_stretches", {"campaign": SLUG}).to_pylist()


def test_publication_and_undo_after_keeping_are_seen(office: Office) -> None:
    office.send("2022-08", LIST + "P1 | 经济 | 09-10 | open | —", unit="甲部")
    assert closed_count(office, "09-30") == 0
    upload = office.send("2022-09", LIST + "P1 | 经济 | 09-10 | closed | 09-09", unit="甲部")
    assert (closed_count(office, "09-08"), closed_count(office, "09-30")) == (0, 1)
    office.take_back(upload)
    assert closed_count(office, "09-30") == 0


def test_days_on_which_nothing_is_said_share_what_is_kept(office: Office) -> None:
    office.send("2022-08", LIST + "P1 | 经济 | 09-10 | closed | 08-20", unit="甲部")
    counts = [closed_count(office, day) for day in ("08-19", "08-20", "08-31", "12-31")]
    assert counts == [0, 1, 1, 1]
    assert len(stretches(office)) == 2


def test_older_month_stays_kept_when_a_later_one_is_published(office: Office) -> None:
    office.send("2022-08", LIST + "P1 | 经济 | 09-10 | open | —", unit="甲部")
    closed_count(office, "08-31")
    before = [one["stretch"] for one in stretches(office)]
    office.send("2022-09", LIST + "P1 | 经济 | 09-10 | open | —", unit="甲部")
    closed_count(office, "09-30")
    assert set(before) < {one["stretch"] for one in stretches(office)}


def test_months_of_a_big_campaign_are_kept_when_one_is_published(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tally.store.database.BIG_ROW_COUNT", 1)
    for month in ("2022-08", "2022-09"):
        office.send(month, LIST + "P1 | 经济 | 09-10 | open | —", unit="甲部")
    assert {f"{one['asked_on']:%m-%d}" for one in stretches(office)} == {"08-31", "09-30"}


def test_server_keeps_the_newest_months_before_anybody_asks(
    sample_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tally.store.database.BIG_ROW_COUNT", 1)
    shutil.copytree(sample_home, tmp_path / "home")
    running = service.start(tmp_path / "home", with_samples=False)
    assert isinstance(running, Service)
    kept = running.database.stored("kept_stretches", {"campaign": SAMPLE}).to_pylist()
    running.stop()
    assert date(2022, 10, 31) in [one["asked_on"] for one in kept]


def test_units_of_a_list_that_came_after_others_were_asked_about_are_known(office: Office) -> None:
    def sent(month: str) -> set[str]:
        rows = office.ask("submissions_due", "12-31", month=month)
        return {row["unit"] for row in rows if row["status"] in ("sent", "late")}

    office.send("2022-08", "item_no | unit\nP1 | 甲部\nP2 | 乙部")
    assert (sent("2022-08"), sent("2022-09")) == ({"甲部", "乙部"}, set())
    upload = office.send("2022-09", "item_no | unit\nP1 | 甲部")
    assert (sent("2022-08"), sent("2022-09")) == ({"甲部", "乙部"}, {"甲部"})
    office.take_back(upload)
    assert sent("2022-09") == set()


def test_what_is_kept_goes_with_its_campaign(office: Office) -> None:
    office.send("2022-08", LIST + "P1 | 经济 | 09-10 | open | —", unit="甲部")
    closed_count(office, "08-31")
    remove_campaign(office.database, SLUG)
    assert stretches(office) == []
    for table in ("item_kept", "tally_kept"):
        assert office.database.rows(f"FROM store.main.{table}").num_rows == 0


def test_day_that_two_kept_stretches_hold_after_an_undo_counts_once(office: Office) -> None:
    office.send("2022-08", LIST + "P1 | 经济 | 09-10 | open | —", unit="甲部")
    upload = office.send("2022-09", LIST + "P1 | 经济 | 09-10 | closed | 09-09", unit="甲部")
    # Kept of the days before September's list, and of those after, as long as it stands.
    assert (closed_count(office, "08-31"), closed_count(office, "09-30")) == (0, 1)
    office.take_back(upload)
    assert closed_count(office, "09-30") == 0
    again = office.send("2022-09", LIST + "P1 | 经济 | 09-10 | closed | 09-09", unit="甲部")
    office.take_back(again)
    for day in ("08-31", "09-30"):
        totals = office.ask("campaign_totals", day)[0]
        assert (totals["item_count"], totals["closed_count"]) == (1, 0)


def test_nobody_waits_for_what_somebody_else_has_counted(office: Office) -> None:
    office.send("2022-08", LIST + "P1 | 经济 | 09-10 | open | —", unit="甲部")
    closed_count(office, "08-31")
    kept = office.database._kept_items
    with ThreadPoolExecutor(1) as viewers, kept._making:
        assert viewers.submit(closed_count, office, "08-31").result(timeout=30) == 0
