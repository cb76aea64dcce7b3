"""approval_days: working days from acceptance to decision, and how much faster (B11)."""

import random
import statistics
from datetime import date, timedelta

import pytest

from tally import words
from tally.workdays import add_workdays, is_workday
from tests.office import Office, assert_answer

HEADS = "item_no | title | unit | accepted_on | decided_on"


def send(office: Office, month: str, *approvals: tuple[str, object, object]) -> None:
    """Publish approvals of a month as (unit, accepted, decided)."""
    lines = [
        f"S{month}{number} | 许可 | {unit} | {accepted} | {decided}"
        for number, (unit, accepted, decided) in enumerate(approvals)
    ]
    office.send(month, "\n".join([HEADS, *lines]), kind="approvals")


@pytest.mark.parametrize(
    ("accepted", "decided", "working_days"),
    [
        ("09-08", "09-08", 0),  # the same day
        ("09-08", "09-09", 1),
        ("09-09", "09-13", 1),  # Friday; Saturday to Monday was 中秋
        ("09-10", "09-13", 1),  # taken in on the holiday itself
        ("09-30", "10-08", 1),  # 国庆 lies between; the 8th, a Saturday, was worked
        ("09-30", "10-09", 2),  # and so was the Sunday
        ("06-01", "06-24", 16),  # 端午 (3 June) lies between
    ],
)
def test_days_are_working_days_of_the_official_calendar(
    office: Office, accepted: str, decided: str, working_days: int
) -> None:
    send(office, f"2022-{accepted[:2]}", ("甲部", accepted, decided))
    assert [row["days_median"] for row in office.ask("approval_days", "10-31")] == [
        working_days
    ] * 2


def test_from_16_to_5_working_days_is_68_8_percent_faster(office: Office) -> None:
    for month, working_days in ((6, 16), (9, 5)):
        days = [date(2022, month, 1), date(2022, month, 2)]
        decided = [("甲部", day, add_workdays(day, working_days)) for day in days]
        send(office, f"2022-{month:02}", *decided)
    newest = office.ask("approval_days", "09-30")[-1]
    assert (newest["first_median"], newest["days_median"]) == (16, 5)
    assert newest["faster_share"] == 0.6875
    assert words.share(newest["faster_share"]) == "68.8%"


def test_months_and_units_have_medians_of_their_own(office: Office) -> None:
    send(office, "2022-08", ("甲部", "08-01", "08-03"), ("乙部", "08-01", "08-09"))
    send(
        office,
        "2022-09",
        ("甲部", "09-01", "09-02"),
        ("甲部", "09-01", "09-06"),
        ("甲部", "09-05", "—"),
        ("乙部", "09-26", "10-08"),
    )
    assert_answer(
        office.ask("approval_days", "09-30"),
        """
        month   | unit | decided_count | days_median | days_max | first_median | faster_share | open_count | open_days_max
        2022-08 | 乙部 | 1             | 6           | 6        | 6            | 0            | 0          | —
        2022-08 | 甲部 | 1             | 2           | 2        | 2            | 0            | 0          | —
        2022-09 | 甲部 | 2             | 2           | 3        | 2            | 0            | 1          | 18
        2022-08 | —    | 2             | 4           | 6        | 4            | 0            | 0          | —
        2022-09 | —    | 2             | 2           | 3        | 4            | 1/2          | 2          | 18
        """,
    )


def test_approval_outside_the_known_calendar_is_counted_without_days(office: Office) -> None:
    send(office, "2022-09", ("甲部", "09-01", "09-02"), ("甲部", "09-01", "2099-01-05"))
    rows = office.ask("approval_days", "2099-12-31", unit=["甲部"])
    found = [(r["month"], r["decided_count"], r["unknown_count"], r["days_median"]) for r in rows]
    assert found[:2] == [("2022-09", 1, 0, 1), ("2099-01", 1, 1, None)]


def test_approvals_keep_to_the_filters(office: Office) -> None:
    send(office, "2022-08", ("甲部", "08-01", "08-03"), ("丙部", "08-01", "08-09"))
    for filters, units in (
        ({"unit": ["丙部"]}, ["丙部", None]),
        ({"post": "第一副主任"}, ["甲部", None]),
        ({"league": "社区"}, []),
    ):
        rows = office.ask("approval_days", "09-30", **filters)
        assert [row["unit"] for row in rows] == units, filters


@pytest.mark.parametrize("seed", range(2))
def test_median_agrees_with_counting_the_days_one_by_one(office: Office, seed: int) -> None:
    chance = random.Random(seed)
    pairs = []
    for _ in range(40):
        accepted = date(2022, 9, 1) + timedelta(days=chance.randrange(20))
        pairs.append((accepted, accepted + timedelta(days=chance.randrange(40))))
    send(office, "2022-09", *(("甲部", *pair) for pair in pairs))
    counted: dict[str, list[int]] = {}
    for accepted, decided in pairs:
        between = [accepted + timedelta(days=n) for n in range(1, (decided - accepted).days + 1)]
        counted.setdefault(f"{decided:%Y-%m}", []).append(sum(map(is_workday, between)))
    rows = office.ask("approval_days", "2022-12-31", unit=["甲部"])
    found = {row["month"]: row["days_median"] for row in rows if row["unit"]}
    assert found == {month: statistics.median(days) for month, days in counted.items()}
