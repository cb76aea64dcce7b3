"""A long list cut to a page is that part of the whole, and says how many there are in all."""

from collections.abc import Mapping
from typing import Any

import pytest

from tally.store import Database, question

SAMPLE = "xiangshan"
LISTS: list[tuple[str, Mapping[str, Any]]] = [
    ("items", {}),
    ("items", {"league": "开发区部门"}),
    ("items", {"words": "项目"}),
    ("items", {"state": "closed"}),
    ("items", {"state": "overdue"}),
    ("items", {"state": "due_soon"}),
    ("items", {"month": "2022-09"}),
    ("items", {"due_from": "2022-09-05", "due_to": "2022-09-20"}),
    ("items", {"words": "项目", "state": "open"}),
    ("items", {"community": "示范社区"}),
    ("tickets", {}),
    ("tickets", {"state": "closed"}),
    ("ledger_rows", {}),
    ("ledger_rows", {"ledger": "tickets"}),
    ("ledger_rows", {"words": "项目"}),
    ("ledger_rows", {"day_from": "2022-09-01", "day_to": "2022-09-30"}),
    ("appeals", {}),
    ("appeals", {"state": "open"}),
    ("classed_items", {}),
    ("due_soon_items", {}),
    ("classed_items", {"kind": "政策类"}),
]
COUNTS = {"closed_count": "is_closed", "overdue_count": "is_overdue"}


def asked(samples: Database, name: str, given: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of a question on the newest day of the sample campaign."""
    told = {"campaign": SAMPLE, "as_of": samples.default_day(SAMPLE), **given}
    return samples.ask(name, told).to_pylist()


@pytest.mark.parametrize(("name", "given"), LISTS)
def test_page_of_a_list_is_a_part_of_the_whole(
    samples: Database, name: str, given: Mapping[str, Any]
) -> None:
    whole = asked(samples, name, given)
    assert asked(samples, name, {**given, "at_most": 3}) == whole[:3]
    if "skip" in question(name).parameters:
        assert asked(samples, name, {**given, "at_most": 7, "skip": 5}) == whole[5:12]
        assert {row["found_count"] for row in whole} <= {len(whole)}


@pytest.mark.parametrize(("name", "given"), LISTS)
def test_counts_beside_a_list_are_those_of_its_rows(
    samples: Database, name: str, given: Mapping[str, Any]
) -> None:
    whole = asked(samples, name, given)
    told = {count: mark for count, mark in COUNTS.items() if count in question(name).columns}
    for count, mark in told.items():
        assert {row[count] for row in whole} <= {sum(row[mark] for row in whole)}


def test_lists_asked_for_are_not_empty(samples: Database) -> None:
    lengths = [len(asked(samples, name, given)) for name, given in LISTS]
    assert sum(length > 0 for length in lengths) > len(LISTS) / 2


@pytest.mark.parametrize("name", ["items", "tickets", "ledger_rows", "appeals"])
def test_page_asked_for_as_known_then_is_the_page_known_now(samples: Database, name: str) -> None:
    given = {"campaign": SAMPLE, "as_of": samples.default_day(SAMPLE), "at_most": 7, "skip": 5}
    told = {key: given.get(key) for key in question(name).parameters}
    assert samples.ask(name, told).to_pylist() == samples.rows(question(name).sql, told).to_pylist()
