"""satisfaction_shares: awareness, participation, satisfaction of 暖民心 with intervals (C10)."""

import random
from collections import defaultdict

import pytest
from scipy.stats import binomtest

from tests.office import PLACES, Office, assert_answer

HEADS = (
    "action | community | surveyed_on | asked_count | aware_count | joined_count | rated_count"
    " | satisfied_count | method"
)


def test_shares_are_of_the_newest_month_and_say_what_was_not_asked(project_office: Office) -> None:
    upload = project_office.send(
        "",
        f"""
        {HEADS}
        老年助餐 | 东社区 | 08-10 | 50 | 10 | 5  | —  | 1  | 入户
        老年助餐 | 东社区 | 09-10 | 20 | 15 | 10 | —  | 9  | 入户
        老年助餐 | 东社区 | 09-20 | 40 | 30 | 20 | 25 | 20 | 电话
        老年助餐 | 西社区 | 09-10 | 10 | 12 | 1  | —  | 1  | 入户
        便民停车 | 西社区 | 09-10 | 29 | 29 | 0  | —  | 0  | 入户
        便民停车 | 西社区 | 10-10 | 60 | 6  | 6  | —  | 6  | 入户
        """,
        kind="satisfaction",
    )
    rows = project_office.ask("satisfaction_shares", "09-30")
    # August is replaced by September, whose two surveys add up; 12 aware of 10 asked is faulty.
    assert_answer(
        rows,
        """
        action   | community | is_total | asked_count | aware_share | joined_share | rated_count | satisfied_share | is_small | is_few_rated | survey_count | faulty_count
        老年助餐 | 东社区    | no       | 60          | 45/60       | 30/60        | 35          | 29/35           | no       | no           | 2            | 0
        老年助餐 | 西社区    | no       | 0           | —           | —            | —           | —               | yes      | yes          | 0            | 1
        老年助餐 | —         | yes      | 60          | 45/60       | 30/60        | 35          | 29/35           | no       | no           | 2            | 1
        便民停车 | 东社区    | no       | 0           | —           | —            | —           | —               | yes      | yes          | 0            | 0
        便民停车 | 西社区    | no       | 29          | 29/29       | 0            | 0           | —               | yes      | yes          | 1            | 0
        便民停车 | —         | yes      | 29          | 29/29       | 0            | 0           | —               | yes      | yes          | 1            | 0
        —        | 东社区    | yes      | 60          | 45/60       | 30/60        | 35          | 29/35           | no       | no           | 2            | 0
        —        | 西社区    | yes      | 29          | 29/29       | 0            | 0           | —               | yes      | yes          | 1            | 1
        —        | —         | yes      | 89          | 74/89       | 30/89        | 35          | 29/35           | no       | no           | 3            | 1
        """,
    )
    assert (rows[0]["upload"], rows[0]["row"]) == (upload, 4)
    assert rows[3]["upload"] is None
    assert project_office.ask("satisfaction_shares", "07-31") == []
    west = project_office.ask("satisfaction_shares", "09-30", community=["西社区"])
    assert {row["community"] for row in west} == {"西社区", None}
    assert [row["asked_count"] for row in west if row["is_total"]] == [0, 29, 29, 29]


def test_shares_and_intervals_agree_with_a_plain_count_and_with_scipy(
    project_office: Office,
) -> None:
    chance = random.Random(10)
    lines, held = [HEADS], defaultdict(lambda: [0, 0, 0, 0, 0])
    for number in range(60):
        asked = chance.randint(1, 80)
        aware, joined = chance.randint(0, asked), chance.randint(0, asked)
        rated = chance.randint(0, joined)
        satisfied = chance.randint(0, rated)
        key = chance.choice(("老年助餐", "便民停车", "文明菜市")), chance.choice(PLACES)
        counts = (asked, aware, joined, rated, satisfied)
        lines.append(
            f"{' | '.join(key)} | 09-{number % 30 + 1:02} | {' | '.join(map(str, counts))} | {number}"
        )
        for whole in (key, (key[0], None), (None, key[1]), (None, None)):
            held[whole] = [sum(pair) for pair in zip(held[whole], counts, strict=True)]
    project_office.send("", "\n".join(lines), kind="satisfaction")
    rows = project_office.ask("satisfaction_shares", "09-30")
    assert {(row["action"], row["community"]) for row in rows} == set(held)
    for row in rows:
        asked, aware, joined, rated, satisfied = held[row["action"], row["community"]]
        told = {"aware": (aware, asked), "joined": (joined, asked), "satisfied": (satisfied, rated)}
        for name, (part, whole) in told.items():
            interval = binomtest(part, whole).proportion_ci(method="wilson")
            found = [row[f"{name}_{end}"] for end in ("share", "low", "high")]
            assert found == pytest.approx([part / whole, interval.low, interval.high], abs=1e-12)
