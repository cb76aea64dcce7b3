"""Every rule file is one SELECT of the same eleven columns, and says what it takes."""

import re

import duckdb
import pytest

from tally.store import Database, Question, rule_kind, rule_kinds

COLUMNS = {
    "subject": "VARCHAR",
    "detail": "VARCHAR",
    "unit": "VARCHAR",
    "since_on": "DATE",
    "until_on": "DATE",
    "measured_value": "DOUBLE",
    "threshold": "DOUBLE",
    "remark": "VARCHAR",
    "upload": "BIGINT",
    "sheet": "VARCHAR",
    "row": "BIGINT",
}
ASKED = {"campaign": "VARCHAR", "as_of": "DATE", "known_at": "TIMESTAMP"}


@pytest.fixture(params=sorted(rule_kinds()))
def rule_file(request: pytest.FixtureRequest) -> Question:
    """Each file of `queries/rules/` in turn."""
    return rule_kind(request.param)


def code_of(rule_file: Question) -> str:
    """Return its statement without comments."""
    return "\n".join(line.split("--")[0] for line in rule_file.sql.splitlines())


def test_rule_is_one_select(rule_file: Question) -> None:
    [statement] = duckdb.extract_statements(rule_file.sql)
    assert statement.type == duckdb.StatementType.SELECT


def test_rule_takes_what_its_header_says_in_its_types(rule_file: Question) -> None:
    [statement] = duckdb.extract_statements(rule_file.sql)
    assert set(rule_file.parameters) == statement.named_parameters
    written = set(re.findall(r"\$(\w+)(?:::(\w+(?:\[\])?))?", code_of(rule_file)))
    assert written == set(rule_file.parameters.items())
    assert ASKED.items() <= rule_file.parameters.items()


def test_rule_gives_the_columns_of_every_rule(
    rule_file: Question, trial_database: Database
) -> None:
    described = trial_database.rows(
        f"DESCRIBE {rule_file.sql}", dict.fromkeys(rule_file.parameters)
    )
    found = {row["column_name"]: row["column_type"] for row in described.to_pylist()}
    assert list(found.items()) == list(COLUMNS.items())
    assert list(rule_file.columns.items()) == list(COLUMNS.items())


def test_rule_asks_a_question_names_its_mechanism_and_gives_an_example(
    rule_file: Question,
) -> None:
    head = rule_file.sql.split("\n--\n")[1]
    assert rule_file.title.endswith("?")
    assert re.search(r"^-- [^\n]*\b[A-G]\d", head)
    assert "\n-- Example: " in f"\n{head}"
    assert re.search(r"^-- Returns one row per ", rule_file.sql, re.MULTILINE)


def test_rule_takes_its_day_from_the_asker(rule_file: Question) -> None:
    banned = r"current_date|today\(|now\(|current_timestamp"
    assert not re.search(banned, code_of(rule_file), re.IGNORECASE)
