"""on_time_shares: an extension hides nothing, both deadlines side by side (B10)."""

import random
from datetime import date, timedelta

from tests.office import DEPARTMENTS, Office, assert_answer
from tests.tables import day


def test_on_time_on_the_original_and_on_the_deadline_in_force(office: Office) -> None:
    office.send(
        "2022-09",
        """
        item_no | unit | due_on | extended_on | extended_to | state     | closed_on
        P1      | 甲部 | 09-10  | —           | —           | closed    | 09-10
        P2      | 甲部 | 09-10  | 09-08       | 09-25       | closed    | 09-20
        P3      | 甲部 | 09-10  | 09-08       | 10-25       | open      | —
        P4      | 甲部 | 09-10  | 09-12       | 09-25       | closed    | 09-20
        P5      | 乙部 | 09-10  | —           | —           | escalated | —
        P6      | 乙部 | 10-10  | —           | —           | tolerated | —
        P7      | 丙部 | 10-10  | —           | —           | open      | —
        """,
    )
    steps = "item_no | unit | step | step_on\nP6 | 乙部 | 提级 | 09-20\nP6 | 乙部 | 提级 | 10-20"
    office.send("", steps, kind="steps")
    # P3 is not due any more on its new day; P4 was extended too late.
    assert_answer(
        office.ask("on_time_shares", "09-30"),
        """
        unit | item_count | original_due_count | original_on_time_share | due_count | on_time_share | extended_count
        甲部 | 4          | 4                  | 1/4                    | 3         | 2/3           | 2
        乙部 | 2          | 1                  | 0                      | 1         | 0             | 0
        """,
    )
    assert_answer(
        office.ask("on_time_shares", "09-30", unit=["乙部"]),
        "escalated_count | tolerated_count\n2 | 1",
    )


def test_what_a_check_found_false_is_on_time_by_neither(office: Office) -> None:
    office.send(
        "2022-09", "item_no | due_on | state | closed_on\nP1 | 09-10 | closed | 09-01", unit="甲部"
    )
    check = "item_no | title | checked_on | is_verified\nP1 | 核查 | 09-20 | no"
    office.send("", check, kind="checks", unit="甲部")
    assert_answer(
        office.ask("on_time_shares", "09-30"),
        "original_on_time_count | on_time_count\n0 | 0",
    )


def test_on_time_shares_agree_with_a_second_count(office: Office) -> None:
    chance, first, as_of = random.Random(10), day("08-01"), day("09-30")

    def some_day() -> date:
        return first + timedelta(chance.randrange(80))

    items = []
    for number in range(60):
        due_on, closed_on = some_day(), some_day() if chance.random() < 0.6 else None
        extended_on, extended_to = (
            (some_day(), some_day()) if chance.random() < 0.5 else (None, None)
        )
        items.append(
            (number, chance.choice(DEPARTMENTS), due_on, closed_on, extended_on, extended_to)
        )
    lines = [
        f"P{number} | {unit} | {due_on} | {extended_on or '—'} | {extended_to or '—'}"
        f" | {'closed' if closed_on else 'open'} | {closed_on or '—'}"
        for number, unit, due_on, closed_on, extended_on, extended_to in items
    ]
    head = "item_no | unit | due_on | extended_on | extended_to | state | closed_on"
    office.send("2022-09", "\n".join([head, *lines]))

    counts = {unit: [0, 0, 0, 0, 0] for unit in DEPARTMENTS}
    for _, unit, due_on, closed_on, extended_on, extended_to in items:
        is_moved = extended_on and extended_on <= min(due_on, as_of) and extended_to > due_on
        deadline = extended_to if is_moved else due_on
        is_closed = closed_on is not None and closed_on <= as_of
        counts[unit][0] += due_on <= as_of
        counts[unit][1] += due_on <= as_of and is_closed and closed_on <= due_on
        counts[unit][2] += deadline <= as_of
        counts[unit][3] += deadline <= as_of and is_closed and closed_on <= deadline
        counts[unit][4] += bool(is_moved)
    columns = ("original_due_count", "original_on_time_count", "due_count", "on_time_count")
    for row in office.ask("on_time_shares", "09-30"):
        assert [row[name] for name in (*columns, "extended_count")] == counts[row["unit"]]
        assert row["original_on_time_share"] == counts[row["unit"]][1] / counts[row["unit"]][0]
        assert row["on_time_share"] == counts[row["unit"]][3] / counts[row["unit"]][2]
