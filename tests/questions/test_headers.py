"""Every question's header says what its statement takes and gives back."""

import re

import duckdb
import pytest

from tally.store import Database, Question, parameters_from_text, question, question_names
from tally.store.bound import definitions

NAMES = sorted(question_names())

# The columns that other programs may count on (the table of core questions).
PROMISED = {
    "campaign_progress": "dimension, item_count, due_count, closed_count, closed_due_count, "
    "closed_share, closed_of_all_share, verified_count, overdue_count, schedule_share",
    "unit_ranking": "unit, league, item_count, due_count, closed_due_count, closed_share, "
    "share_low, share_high, rank, rank_change",
    "overdue_by_unit": "unit, month, overdue_count, item_count, overdue_days_max",
    "overdue_items": "item_key, title, unit, due_on, original_due_on, overdue_days, upload, "
    "sheet, row",
    "item_history": "changed_at, month, column, old_value, new_value, upload, sheet, row",
    "community_progress": "community, item_count, closed_share, overdue_count, "
    "satisfied_share, rated_count",
    "ticket_progress": "channel, received_count, closed_count, resolved_count, satisfied_count, "
    "rated_count, on_time_share, answer_days_median",
    "task_progress": "task, class, unit, target, value, achieved_share, schedule_share, light",
    "indicator_progress": "indicator, month, value, unit_of_measure, target, achieved_share, "
    "schedule_share, growth_share",
    "submissions_due": "unit, ledger, due_on, status, upload, version",
    "duty_compliance": "duty, subject, window_start_on, window_end_on, status",
    "visit_coverage": "subject, kind, last_visit_on, visit_count, dispatch_count, problem_count, "
    "closed_count",
    "uploads": "upload, month, ledger, file, sha256, uploaded_by, uploaded_at, status, row_count",
}
PROMISED_PARAMETERS = {
    "campaign_progress": "campaign, as_of",
    "unit_ranking": "campaign, league, as_of",
    "overdue_by_unit": "campaign, as_of",
    "overdue_items": "campaign, as_of",
    "item_history": "campaign, item_key",
    "community_progress": "campaign, as_of",
    "ticket_progress": "campaign, as_of",
    "task_progress": "campaign, as_of",
    "indicator_progress": "campaign, as_of",
    "submissions_due": "campaign, month",
    "duty_compliance": "campaign, as_of",
    "visit_coverage": "campaign, as_of",
    "uploads": "campaign",
}


def code_of(sql: str) -> str:
    """Return a statement without its comments."""
    return "\n".join(line.split("--")[0] for line in sql.splitlines())


@pytest.fixture(params=NAMES)
def asked(request: pytest.FixtureRequest) -> Question:
    """Each question of `queries/` in turn."""
    return question(request.param)


def test_question_is_one_select(asked: Question) -> None:
    [statement] = duckdb.extract_statements(asked.sql)
    assert statement.type == duckdb.StatementType.SELECT
    assert "PIVOT" not in code_of(asked.sql).upper()


def test_header_names_the_statements_parameters_in_their_types(asked: Question) -> None:
    [statement] = duckdb.extract_statements(asked.sql)
    assert set(asked.parameters) == statement.named_parameters
    written = re.findall(r"\$(\w+)(?:::(\w+(?:\[\])?))?", code_of(asked.sql))
    assert {(name, cast) for name, cast in written} == set(asked.parameters.items())


def test_header_names_the_columns_in_their_order_and_types(
    asked: Question, trial_database: Database
) -> None:
    described = trial_database.rows(f"DESCRIBE {asked.sql}", dict.fromkeys(asked.parameters))
    rows = described.to_pylist()
    found = {row["column_name"]: row["column_type"] for row in rows}
    assert found == dict(asked.columns)
    assert list(found) == list(asked.columns)


def test_header_asks_a_question_and_gives_an_example(asked: Question) -> None:
    head = asked.sql.split("\n--\n")[1]
    assert asked.title.endswith("?")
    assert "\n-- Example: " in f"\n{head}"
    assert re.search(r"^-- Returns one row", asked.sql, re.MULTILINE)
    assert "-- Parameters\n" in asked.sql


@pytest.mark.parametrize("name", sorted(PROMISED))
def test_question_keeps_its_promised_columns_and_parameters(name: str) -> None:
    assert set(PROMISED[name].split(", ")) <= set(question(name).columns)
    assert set(PROMISED_PARAMETERS[name].split(", ")) <= set(question(name).parameters)


def test_definitions_name_no_argument_like_a_column(trial_database: Database) -> None:
    macros = trial_database.rows(
        "SELECT DISTINCT function_name, unnest(parameters) AS argument FROM duckdb_functions() "
        "WHERE NOT internal AND function_type IN ('macro', 'table_macro')"
    ).to_pylist()
    columns = trial_database.rows(
        "SELECT DISTINCT column_name FROM duckdb_columns() WHERE NOT internal"
    )["column_name"].to_pylist()
    computed = {name for other in NAMES for name in question(other).columns}
    assert macros
    assert {row["argument"] for row in macros} & {*columns, *computed, "as_of"} == set()


def test_definitions_take_the_day_as_an_argument() -> None:
    assert "$" not in code_of(definitions())
    for sql in (definitions(), *(question(name).sql for name in NAMES)):
        assert not re.search(r"current_date|today\(|now\(|current_timestamp", code_of(sql), re.I)


def test_words_of_the_command_line_become_typed_parameters() -> None:
    typed = parameters_from_text(
        "unit_ranking", {"unit": "甲部,乙部", "as_of": "2022-09-30", "league": "部门"}
    )
    assert typed["unit"] == ["甲部", "乙部"]
    assert str(typed["as_of"]) == "2022-09-30"
    assert typed["league"] == "部门"
    moments = ("2022-10-01T08:00:00+08:00", "2022-10-01T00:00:00", "2022-10-01")
    known = [parameters_from_text("items", {"known_at": text})["known_at"] for text in moments]
    assert len(set(known)) == 1
