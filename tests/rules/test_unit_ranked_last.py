"""unit_ranked_last (D3): the closing ranking of our own, quarter by quarter."""

from collections.abc import Callable

from tests.office import Office, closed_of
from tests.rules.trying import found


def reported(office: Office, month: str, due_on: str, counts: dict[str, tuple[int, int]]) -> None:
    """Hand in, unit by unit, so many closed of so many items due."""
    for unit, (closed, due) in counts.items():
        office.send(month, closed_of({unit: (closed, due)}, due_on), unit=unit)


def test_the_last_places_of_each_league_are_found_from_the_quarters_end(office: Office) -> None:
    counts = {"甲部": (1, 10), "乙部": (9, 10), "丙部": (10, 10), "丁部": (10, 10)}
    reported(office, "2022-09", "09-15", {**counts, "东社区": (9, 10), "西社区": (0, 10)})
    answer = found(office, "unit_ranked_last", "09-30", count=1)
    assert {(row["unit"], row["detail"], row["measured_value"]) for row in answer} == {
        ("甲部", "部门", 0.1),
        ("西社区", "社区", 0),
    }
    assert {str(row["since_on"]) for row in answer} == {"2022-09-30"}
    assert [row["unit"] for row in answer].count("甲部") == 9, "one row an item due and open"
    assert found(office, "unit_ranked_last", "09-29", count=1) == []


def test_a_place_within_chance_is_said_to_be(office: Office) -> None:
    reported(office, "2022-09", "09-15", {"甲部": (7, 10), "乙部": (8, 10), "丙部": (9, 10)})
    assert {row["remark"] for row in found(office, "unit_ranked_last", "09-30", count=1)} == {
        "与未列入的上一名的差别在机会误差之内"
    }
    reported(office, "2022-09", "09-15", {"甲部": (0, 10), "乙部": (10, 10), "丙部": (10, 10)})
    assert {row["remark"] for row in found(office, "unit_ranked_last", "09-30", count=1)} == {None}


def test_tied_units_are_all_last(office: Office) -> None:
    counts = {"甲部": (0, 10), "乙部": (0, 10), "丙部": (10, 10), "丁部": (10, 10)}
    reported(office, "2022-09", "09-15", counts)
    answer = found(office, "unit_ranked_last", "09-30", count=1)
    assert {(row["unit"], row["remark"]) for row in answer} == {("甲部", "并列"), ("乙部", "并列")}


def test_a_unit_that_did_not_report_is_not_last(office: Office) -> None:
    reported(office, "2022-08", "08-15", {"甲部": (0, 10), "乙部": (9, 10), "丙部": (10, 10)})
    reported(office, "2022-09", "08-15", {"乙部": (9, 10), "丙部": (10, 10)})
    answer = found(office, "unit_ranked_last", "09-30", count=1)
    assert {row["unit"] for row in answer} == {"乙部"}


def test_not_reporting_does_not_end_what_was_found(office: Office) -> None:
    counts = {"甲部": (0, 10), "乙部": (9, 10), "丙部": (10, 10)}
    reported(office, "2022-09", "09-15", counts)
    reported(office, "2022-12", "09-15", {"乙部": (9, 10), "丙部": (10, 10)})
    rows = [
        row for row in found(office, "unit_ranked_last", "12-31", count=1) if row["unit"] == "甲部"
    ]
    assert {(str(row["since_on"]), row["until_on"]) for row in rows} == {("2022-09-30", None)}


def test_a_better_quarter_ends_it(office: Office) -> None:
    reported(office, "2022-09", "09-15", {"甲部": (0, 10), "乙部": (9, 10), "丙部": (10, 10)})
    reported(office, "2022-12", "09-15", {"甲部": (10, 10), "乙部": (9, 10), "丙部": (10, 10)})
    ends = {
        row["unit"]: (str(row["since_on"]), str(row["until_on"]))
        for row in found(office, "unit_ranked_last", "12-31", count=1)
    }
    assert ends == {"甲部": ("2022-09-30", "2022-12-31"), "乙部": ("2022-12-31", "None")}


def test_too_few_due_items_are_not_ranked(office_with: Callable[..., Office]) -> None:
    office = office_with(minimum_due_items=5)
    reported(office, "2022-09", "09-15", {"甲部": (0, 4), "乙部": (4, 5), "丙部": (5, 5)})
    answer = found(office, "unit_ranked_last", "09-30", count=1)
    assert {row["unit"] for row in answer} == {"乙部"}
