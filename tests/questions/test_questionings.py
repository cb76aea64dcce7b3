"""questioning_draw, questioning_sheet and questionings (D20): who is asked, and with what."""

import hashlib
from collections.abc import Callable

import pytest

from tally.packs import DEMO, Rule
from tests.office import DEPARTMENTS, PLACES, Office, assert_answer

MARKS = "unit | post | asked_on | situation | measures | effect"
LATE = Rule(
    *("超期", "overdue_long", "D7", "red", "督办"),
    *("{detail}超期{measured}天", DEMO),
    {"days": 10},
)


def question(office: Office, *rows: str) -> None:
    """Publish questionings."""
    office.send("", "\n".join([MARKS, *rows]), kind="questionings")


def drawn(office: Office, as_of: str, seed: str = "宁", size: int = 2) -> list[str]:
    """Return the units of a draw, in the order drawn."""
    rows = office.ask("questioning_draw", as_of, seed=seed, size=size)
    return [row["unit"] for row in rows]


def test_drawn_are_the_lowest_hashes_of_seed_month_and_unit(office: Office) -> None:
    def place(unit: str) -> str:
        return hashlib.sha256(f"宁|2022-09|{unit}".encode()).hexdigest()

    assert drawn(office, "09-20", size=6) == sorted([*DEPARTMENTS, *PLACES], key=place)


def test_draw_is_the_same_all_month_and_another_in_another(office: Office) -> None:
    assert drawn(office, "09-01", size=3) == drawn(office, "09-30", size=3)
    orders = {month: drawn(office, f"{month}-15", size=6) for month in ("08", "09", "10")}
    assert len({tuple(order) for order in orders.values()}) > 1
    assert set(drawn(office, "09-15", size=2)) <= set(drawn(office, "09-15", size=4))
    assert drawn(office, "09-15", seed="国", size=6) != drawn(office, "09-15", size=6)


def test_nobody_is_left_out_of_the_draw(office: Office) -> None:
    question(office, *(f"{unit} | — | 08-20 | 清楚 | 具体 | 明显" for unit in DEPARTMENTS))
    rows = office.ask("questioning_draw", "09-20", seed="宁", size=100)
    assert len(rows) == len([*DEPARTMENTS, *PLACES])
    asked = {row["unit"]: (row["asked_count"], row["asked_on"]) for row in rows}
    assert asked["甲部"] == (1, None)


def test_drawn_unit_that_was_asked_this_month_says_so(office: Office) -> None:
    question(office, "甲部 | — | 09-05 | 清楚 | 具体 | 明显")
    rows = office.ask("questioning_draw", "09-20", seed="宁", size=100)
    [row] = [row for row in rows if row["unit"] == "甲部"]
    assert (row["asked_count"], str(row["asked_on"])) == (0, "2022-09-05")


@pytest.mark.parametrize("missing", ["as_of", "seed", "size"])
def test_draw_without_day_seed_or_size_is_empty(office: Office, missing: str) -> None:
    given = {"campaign": "trial", "as_of": "09-30", "seed": "1", "size": 2}
    assert office.ask_all("questioning_draw", **{**given, missing: None}) == []


def test_marks_are_listed_newest_first_with_the_worst_counted(office: Office) -> None:
    question(
        office,
        *("甲部 | 甲部负责人 | 08-15 | 不清楚 | 不力 | 一般", "乙部 | — | 09-15 | 清楚 | — | 不好"),
    )
    assert_answer(
        office.ask("questionings", "09-30"),
        """
        asked_on | unit | post       | situation | measures | effect | poor_count | row
        09-15    | 乙部 | —          | 清楚      | —        | 不好   | 1          | 3
        08-15    | 甲部 | 甲部负责人 | 不清楚    | 不力     | 一般   | 2          | 2
        """,
    )


def test_sheet_holds_what_is_known_of_the_unit(office_of: Callable[..., Office]) -> None:
    office = office_of(rules=(LATE,))
    office.send(
        "2022-09",
        """
        item_no | title | due_on | state  | closed_on
        P1      | 甲    | 08-31  | closed | 08-30
        P2      | 乙    | 08-31  | open   | —
        P3      | 丙    | 09-25  | open   | —
        P4      | 丁    | 10-31  | open   | —
        P5      | 戊    | 08-31  | open   | —
        """,
        unit="甲部",
    )
    question(
        office, "甲部 | — | 08-15 | 清楚 | 具体 | 明显", "甲部 | — | 09-15 | 不清楚 | — | 一般"
    )
    assert_answer(
        office.ask("questioning_sheet", "09-30", unit=["甲部", "乙部"]),
        """
        unit | is_reported | item_count | due_count | closed_due_count | overdue_count | overdue_days_max
        甲部 | yes         | 5          | 4         | 1                | 3             | 30
        乙部 | no          | 0          | 0         | 0                | 0             | —
        """,
    )
    assert_answer(
        office.ask("questioning_sheet", "09-30", unit=["甲部", "乙部"]),
        """
        longest_overdue | open_finding_count | red_finding_count | gravest_finding | last_asked_on | situation
        乙              | 2                  | 2                 | 乙超期30天      | 09-15         | 不清楚
        —               | 0                  | 0                 | —               | —             | —
        """,
    )


def test_sheet_counts_tasks_behind_and_instructions_open(office: Office) -> None:
    office.send(
        "2022-09",
        """
        item_no | title | due_on | target_value | value
        T1      | 税收  | 12-31  | 60           | 10
        T2      | 招商  | 12-31  | 60           | 59
        """,
        kind="tasks",
        unit="甲部",
    )
    office.send(
        "2022-09",
        """
        item_no | title | given_by | given_on | due_on | effective_on
        J1      | 通路  | 主任     | 09-01    | 09-15  | —
        J2      | 通水  | 主任     | 09-01    | 10-15  | —
        J3      | 通电  | 主任     | 09-01    | 09-15  | 09-14
        """,
        kind="instructions",
        unit="甲部",
    )
    assert_answer(
        office.ask("questioning_sheet", "09-30", unit=["甲部"]),
        """
        task_count | task_behind_count | instruction_count | instruction_overdue_count
        2          | 1                 | 2                 | 1
        """,
    )
