"""visit_coverage, object_coverage and leader_objects: who is served, and who is not (E6, B3)."""

import random
from datetime import date, timedelta

import pytest

from tally import words
from tests.office import Office, assert_answer, closed_of
from tests.questions.duty_pack import send_on
from tests.questions.served import send_roster

FRIDAY = "09-30"


def test_object_is_known_by_its_name_or_a_short_one(serving_office: Office) -> None:
    send_roster(serving_office)
    serving_office.send(
        "2022-09",
        """
        object  | visited_on | visit | unit
        甲厂    | 09-06      | 走访  | 甲部
        老甲厂  | 09-13      | —     | 甲部
        甲      | 09-14      | 调度  | 甲部
        """,
        kind="visits",
    )
    serving_office.send(
        "2022-09",
        """
        item_no | unit | enterprise | due_on | state
        P1      | 乙部 | 甲         | 09-10  | open
        P2      | 乙部 | 甲厂       | 10-10  | open
        P3      | 甲部 | 老甲厂     | 09-10  | closed
        """,
    )
    assert_answer(
        serving_office.ask("visit_coverage", FRIDAY, subject="甲厂"),
        """
        subject | kind     | unit | leader_post | last_visit_on | last_dispatch_on | visit_count
        甲厂    | 规上企业 | 甲部 | 第一副主任  | 09-13         | 09-14            | 2
        """,
    )
    assert_answer(
        serving_office.ask("visit_coverage", FRIDAY, subject="甲厂"),
        """
        dispatch_count | problem_count | closed_count | open_count | overdue_count
        1              | 3             | 1            | 2          | 1
        """,
    )


def test_own_name_goes_before_the_short_name_of_another(serving_office: Office) -> None:
    send_roster(
        serving_office,
        "name | object_kind | unit | aliases\n甲厂 | 企业 | 甲部 | 乙厂\n乙厂 | 企业 | 乙部 | —",
    )
    serving_office.send("2022-09", "object | visited_on | unit\n乙厂 | 09-06 | 乙部", kind="visits")
    visits = {
        row["subject"]: row["visit_count"] for row in serving_office.ask("visit_coverage", FRIDAY)
    }
    assert visits == {"甲厂": 0, "乙厂": 1}


def test_visit_of_an_object_in_no_roster_is_listed(serving_office: Office) -> None:
    send_roster(serving_office)
    serving_office.send("2022-09", "object | visited_on | unit\n丁厂 | 09-06 | 丙部", kind="visits")
    serving_office.send("2022-09", "item_no | unit | enterprise | due_on\nP1 | 丁部 | 戊厂 | 09-10")
    others = [row for row in serving_office.ask("visit_coverage", FRIDAY) if not row["is_listed"]]
    assert_answer(
        sorted(others, key=lambda row: row["unit"]),
        """
        subject | kind | unit | leader_post | visit_count | problem_count
        戊厂    | —    | 丁部 | 第二副主任  | 0           | 1
        丁厂    | —    | 丙部 | 第二副主任  | 1           | 0
        """,
    )


@pytest.mark.parametrize(
    ("as_of", "missed", "unvisited", "this_week"),
    [
        ("09-11", 0, 0, 1),  # the Sunday of the first week
        ("09-16", 0, 0, 0),  # a Friday: its week is not over
        ("09-18", 1, 1, 0),  # the Sunday of the second
        ("09-25", 1, 0, 1),  # visited on the 20th
        ("10-09", 3, 2, 0),  # two more weeks without
    ],
)
def test_week_without_a_visit_counts_once_it_is_over(
    serving_office: Office, as_of: str, missed: int, unvisited: int, this_week: int
) -> None:
    send_roster(serving_office)
    serving_office.send(
        "2022-09",
        "object | visited_on | unit\n甲厂 | 09-05 | 甲部\n甲厂 | 09-20 | 甲部",
        kind="visits",
    )
    (row,) = serving_office.ask("visit_coverage", as_of, subject="甲厂")
    counts = (row["missed_week_count"], row["unvisited_week_count"], row["week_visit_count"])
    assert counts == (missed, unvisited, this_week)


def test_object_never_visited_missed_every_week_since_the_first_visit_of_another(
    serving_office: Office,
) -> None:
    send_roster(serving_office)
    serving_office.send("2022-09", "object | visited_on | unit\n甲厂 | 09-05 | 甲部", kind="visits")
    rows = serving_office.ask("visit_coverage", "09-25")
    assert [(row["subject"], row["unvisited_week_count"]) for row in rows] == [
        ("丙项目", 3),
        ("乙厂", 3),
        ("甲厂", 2),
    ]


def test_visit_after_the_day_asked_does_not_count(serving_office: Office) -> None:
    send_roster(serving_office)
    serving_office.send("2022-09", "object | visited_on | unit\n甲厂 | 09-30 | 甲部", kind="visits")
    assert [row["visit_count"] for row in serving_office.ask("visit_coverage", "09-29")] == [
        0,
        0,
        0,
    ]


def test_objects_keep_to_the_filters(serving_office: Office) -> None:
    send_roster(serving_office)
    for filters, subjects in (
        ({}, ["丙项目", "乙厂", "甲厂"]),
        ({"unit": ["甲部", "乙部"]}, ["乙厂", "甲厂"]),
        ({"league": "社区"}, []),
        ({"kind": "企业"}, ["乙厂", "甲厂"]),
        ({"kind": "规上企业"}, ["甲厂"]),
        ({"post": "第三副主任"}, ["丙项目"]),
        # The roster names no leader: the post in charge of the unit answers.
        ({"post": "第一副主任"}, ["乙厂", "甲厂"]),
        ({"campaign": "another"}, []),
    ):
        for question in ("visit_coverage", "leader_objects"):
            found = serving_office.ask(question, FRIDAY, **filters)
            assert sorted(row["subject"] for row in found) == subjects, filters


def test_kind_counts_its_parts_and_stands_against_the_stated_number(serving_office: Office) -> None:
    send_roster(serving_office)
    serving_office.send(
        "2022-09",
        """
        object | visited_on | visit | unit
        甲厂   | 09-27      | 走访  | 甲部
        乙厂   | 09-06      | 走访  | 乙部
        乙厂   | 09-28      | 调度  | 乙部
        丁厂   | 09-28      | 走访  | 乙部
        """,
        kind="visits",
    )
    assert_answer(
        serving_office.ask("object_coverage", FRIDAY),
        """
        kind     | stated_count | listed_count | week_count | week_share | month_count | never_count | other_count
        项目     | 2            | 1            | 0          | 0          | 0           | 1           | 0
        企业     | 3            | 2            | 1          | 1/2        | 2           | 0           | 0
        规上企业 | 1            | 1            | 1          | 1          | 1           | 0           | 0
        名册外   | —            | 0            | 0          | —          | 0           | 0           | 1
        —        | 5            | 3            | 1          | 1/3        | 2           | 1           | 1
        """,
    )


def test_feedback_of_148_with_118_closed_is_79_7_percent(serving_office: Office) -> None:
    send_roster(serving_office)
    serving_office.send("2022-09", closed_of({"甲部": (118, 148)}), enterprise="甲厂")
    (row,) = [row for row in serving_office.ask("object_coverage", FRIDAY) if row["kind"] is None]
    assert (row["problem_count"], row["closed_count"]) == (148, 118)
    assert row["closed_share"] == 118 / 148
    assert words.share(row["closed_share"]) == "79.7%"


def test_leader_with_the_most_open_problems_comes_first(serving_office: Office) -> None:
    send_roster(serving_office)
    serving_office.send(
        "2022-09",
        """
        item_no | unit | enterprise | found_on | due_on | state  | closed_on
        P1      | 甲部 | 丙项目     | 09-01    | 09-10  | open   | —
        P2      | 甲部 | 丙项目     | 09-21    | 12-31  | parked | —
        P3      | 甲部 | 丙项目     | 09-01    | 09-10  | closed | 09-05
        P4      | 甲部 | 乙厂       | 09-11    | 12-31  | open   | —
        """,
    )
    assert_answer(
        serving_office.ask("leader_objects", FRIDAY),
        """
        leader_post | subject | problem_count | open_count | overdue_count | parked_count | open_days_max | leader_open_count
        第三副主任  | 丙项目  | 3             | 2          | 1             | 1            | 29            | 2
        第一副主任  | 乙厂    | 1             | 1          | 0             | 0            | 19            | 1
        第一副主任  | 甲厂    | 0             | 0          | 0             | 0            | —             | 1
        """,
    )


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


@pytest.mark.parametrize("seed", range(4))
def test_weeks_agree_with_counting_them_one_by_one(serving_office: Office, seed: int) -> None:
    chance = random.Random(seed)
    send_roster(serving_office)
    names = ("甲厂", "乙厂", "丙项目")
    visits = [
        (chance.choice(names), date(2022, 9, 1) + timedelta(days=chance.randrange(45)))
        for _ in range(12)
    ]
    for month in (9, 10):
        lines = [f"{name} | {day} | 甲部" for name, day in visits if day.month == month]
        text = "\n".join(["object | visited_on | unit", *lines])
        serving_office.send(f"2022-{month:02}", text, kind="visits")
    as_of = date(2022, 10, 1) + timedelta(days=chance.randrange(14))
    seen = [(name, day) for name, day in visits if day <= as_of]
    first = monday_of(min(day for _, day in seen))
    mondays = [first + timedelta(days=7 * number) for number in range(8)]
    over = [monday for monday in mondays if monday + timedelta(days=6) <= as_of]
    for row in serving_office.ask("visit_coverage", str(as_of)):
        days = [day for name, day in seen if name == row["subject"]]
        missed = [monday for monday in over if monday not in {monday_of(day) for day in days}]
        assert row["missed_week_count"] == len(missed)
        since = [monday for monday in missed if not days or monday > max(days)]
        assert row["unvisited_week_count"] == len(since)
        assert row["week_visit_count"] == sum(monday_of(day) == monday_of(as_of) for day in days)


def test_visit_and_problem_that_name_two_objects_count_for_both_and_once_in_all(
    serving_office: Office,
) -> None:
    send_roster(serving_office)
    serving_office.send(
        "2022-09",
        """
        object       | visited_on | unit
        老甲厂、乙厂 | 09-06      | 甲部
        乙厂，己厂   | 09-14      | 甲部
        戊厂/一期    | 09-15      | 甲部
        """,
        kind="visits",
    )
    serving_office.send(
        "2022-09",
        """
        item_no | unit | enterprise | due_on | state
        P1      | 甲部 | 甲、乙厂   | 09-10  | open
        P2      | 甲部 | 乙厂       | 09-10  | closed
        """,
    )
    assert_answer(
        sorted(serving_office.ask("visit_coverage", FRIDAY), key=lambda row: row["subject"]),
        """
        subject   | visit_count | last_visit_on | problem_count | closed_count | is_listed
        丙项目    | 0           | —             | 0             | 0            | yes
        乙厂      | 2           | 09-14         | 2             | 1            | yes
        己厂      | 1           | 09-14         | 0             | 0            | no
        戊厂/一期 | 1           | 09-15         | 0             | 0            | no
        甲厂      | 1           | 09-06         | 1             | 0            | yes
        """,
    )
    whole = serving_office.ask("object_coverage", FRIDAY)[-1]
    assert (whole["kind"], whole["problem_count"], whole["closed_count"]) == (None, 2, 1)
    [leader] = {
        (row["leader_post"], row["leader_open_count"])
        for row in serving_office.ask("leader_objects", FRIDAY)
        if row["problem_count"]
    }
    assert leader == ("第一副主任", 1)


def test_object_new_in_the_roster_missed_no_week_before(serving_office: Office) -> None:
    """The roster of the first month holds from the beginning, whenever in it it came."""
    for came_on, names in (("09-01", "甲厂"), ("09-20", "甲厂 乙厂"), ("10-08", "乙厂 丙厂")):
        rows = "\n".join(["name | unit", *(f"{name} | 甲部" for name in names.split())])
        send_on(serving_office, came_on, "", rows, kind="enterprises")
    visits = "object | visited_on | unit\n甲厂 | 09-06 | 甲部"
    serving_office.send("2022-09", visits, kind="visits")
    # Weeks from 5 September to 16 October: 丙厂's first is that of 1 October, 甲厂's last too.
    missed = {
        row["subject"]: (row["missed_week_count"], row["is_listed"])
        for row in serving_office.ask("visit_coverage", "10-16")
    }
    assert missed == {"甲厂": (3, False), "乙厂": (6, True), "丙厂": (3, True)}
