"""A month's list of happenings that carries rows of other months adds them there (B9, E5, E6)."""

from collections.abc import Callable

import pytest

from tally.packs import DEMO, Duty, Proof
from tally.submissions import CannotUndo, Outcome, Terms
from tests.office import Office, assert_answer

HEADS = "ticket_no | received_on | title"
SEPTEMBER = f"{HEADS}\nT1 | 09-01 | 路灯\nT2 | 09-02 | 井盖\nT3 | 09-03 | 积水"
OCTOBER = f"{HEADS}\nT5 | 10-01 | 噪声\nT6 | 10-02 | 占道"


def send(office: Office, text: str, listed: str, unit: str = "") -> int:
    return office.send("", text, kind="tickets", listed=listed, unit=unit)


def hand_in(office: Office, text: str, listed: str, unit: str = "") -> Outcome:
    """Hand a list in without a reason."""
    reading = office.reading("", text, kind="tickets", listed=listed, unit=unit)
    return office.hand_in(reading)


def tickets(office: Office, month: str = "2022") -> list[str]:
    """Return number and title of a month's tickets that count, in alphabetical order."""
    rows = office.ask("tickets", "12-31")
    return sorted(
        f"{row['item_key']} {row['title']}"
        for row in rows
        if f"{row['received_on']}".startswith(month)
    )


def test_rows_of_another_month_add_to_it_without_a_reason(office: Office) -> None:
    send(office, SEPTEMBER, "2022-09")
    outcome = hand_in(office, f"{OCTOBER}\nT4 | 09-30 | 树倒", "2022-10")
    assert outcome.status == "published"
    counts = [outcome.comparison.count(kind) for kind in ("added", "vanished", "reversed")]
    assert counts == [3, 0, 0]
    assert tickets(office) == ["T1 路灯", "T2 井盖", "T3 积水", "T4 树倒", "T5 噪声", "T6 占道"]


def test_dry_run_says_how_many_rows_are_added_to_which_months(office: Office) -> None:
    text = f"{OCTOBER}\nT4 | 09-30 | 树倒\nT7 | 09-29 | 断水\nT8 | 08-31 | 停电"
    reading = office.reading("", text, kind="tickets", listed="2022-10")
    [told] = office.hand_in(reading, Terms(is_draft=True)).problems
    assert (told.level, told.column) == ("warning", "received_on")
    assert told.found == "2022年8月 1 行，2022年9月 2 行"
    assert "2022年10月" in told.expected and "补充" in told.remedy


def test_row_that_the_month_has_already_counts_once_and_the_newest_holds(office: Office) -> None:
    send(office, SEPTEMBER, "2022-09")
    before = office.now()
    outcome = hand_in(office, f"{OCTOBER}\nT3 | 09-03 | 积水已清", "2022-10")
    [changed] = outcome.comparison.of("changed")
    assert (changed.item_key, changed.old, changed.new) == ("T3", "积水", "积水已清")
    assert tickets(office, month="2022-09") == ["T1 路灯", "T2 井盖", "T3 积水已清"]
    # As it was known before, the older row still holds.
    known = office.ask("ledger_rows", "12-31", ledger="tickets", known_at=before)
    assert [row["title"] for row in known] == ["路灯", "井盖", "积水"]


def test_undo_takes_back_the_added_rows_and_nothing_else(office: Office) -> None:
    send(office, SEPTEMBER, "2022-09")
    first = send(office, f"{OCTOBER}\nT3 | 09-03 | 积水已清\nT4 | 09-30 | 树倒", "2022-10")
    send(office, f"{HEADS}\nT9 | 11-01 | 漏水\nT8 | 09-29 | 停电", "2022-11")
    office.take_back(first)
    assert tickets(office) == ["T1 路灯", "T2 井盖", "T3 积水", "T8 停电", "T9 漏水"]


def test_later_list_of_the_month_takes_the_place_of_what_was_added(office: Office) -> None:
    october = send(office, f"{OCTOBER}\nT3 | 09-03 | 积水\nT4 | 09-30 | 树倒", "2022-10")
    outcome = hand_in(office, SEPTEMBER, "2022-09")
    # One of the two added rows is not in September's own list: it vanishes, and that is told.
    assert (outcome.status, outcome.comparison.count("vanished")) == ("published", 1)
    assert [change.title for change in outcome.comparison.of("vanished")] == ["树倒"]
    assert tickets(office) == ["T1 路灯", "T2 井盖", "T3 积水", "T5 噪声", "T6 占道"]
    assert outcome.upload
    office.take_back(outcome.upload)
    assert tickets(office) == ["T3 积水", "T4 树倒", "T5 噪声", "T6 占道"]
    office.take_back(october)
    assert tickets(office) == []


def test_undo_of_the_months_list_brings_back_the_one_before_under_what_was_added(
    office: Office,
) -> None:
    send(office, SEPTEMBER, "2022-09")
    send(office, f"{OCTOBER}\nT1 | 09-01 | 路灯已修", "2022-10")
    second = send(office, f"{HEADS}\nT1 | 09-01 | 灯", "2022-09")
    send(office, f"{HEADS}\nT9 | 11-01 | 漏水\nT2 | 09-02 | 井盖已换", "2022-11")
    assert tickets(office, month="2022-09") == ["T1 灯", "T2 井盖已换"]
    office.take_back(second)
    assert tickets(office, month="2022-09") == ["T1 路灯已修", "T2 井盖已换", "T3 积水"]


def test_added_rows_do_not_prove_that_the_months_list_came(office: Office) -> None:
    send(office, f"{OCTOBER}\nT4 | 09-30 | 树倒", "2022-10")
    asked = ("submissions_due", "12-31")
    rows = [row for row in office.ask(*asked) if row["ledger"] == "tickets"]
    assert_answer(
        [row for row in rows if row["month"] in ("2022-09", "2022-10")],
        """
        month   | status      | version | row_count
        2022-09 | not yet due | 0       | —
        2022-10 | sent        | 1       | 2
        """,
    )


def test_units_number_their_own_tickets(office: Office) -> None:
    send(office, f"{HEADS}\nT1 | 09-01 | 路灯", "2022-09", "甲部")
    send(office, f"{HEADS}\nT1 | 09-02 | 井盖", "2022-09", "乙部")
    october = f"{HEADS} | unit\nT5 | 10-01 | 噪声 | 甲部\nT1 | 09-01 | 路灯已修 | 甲部"
    outcome = hand_in(office, october, "2022-10")
    assert outcome.status == "published", outcome.problems
    assert tickets(office, month="2022-09") == ["T1 井盖", "T1 路灯已修"]


def test_units_own_later_list_takes_the_place_of_what_a_list_of_all_carried(
    office: Office,
) -> None:
    carried = "T1 | 09-01 | 路灯 | 甲部\nT2 | 09-02 | 井盖 | 乙部"
    send(office, f"{HEADS} | unit\nT5 | 10-01 | 噪声 | 甲部\n{carried}", "2022-10")
    outcome = hand_in(office, f"{HEADS}\nT3 | 09-03 | 积水", "2022-09", "甲部")
    assert (outcome.status, outcome.comparison.count("vanished")) == ("draft", 1)
    assert "理由" in outcome.sentence
    send(office, f"{HEADS}\nT3 | 09-03 | 积水", "2022-09", "甲部")
    assert tickets(office, month="2022-09") == ["T2 井盖", "T3 积水"]


def test_list_of_all_units_takes_the_place_of_what_single_ones_added(office: Office) -> None:
    added = send(office, f"{HEADS}\nT5 | 10-01 | 噪声\nT4 | 09-30 | 树倒", "2022-10", "甲部")
    whole = send(office, f"{HEADS} | unit\nT1 | 09-01 | 路灯 | 甲部", "2022-09")
    assert tickets(office, month="2022-09") == ["T1 路灯"]
    office.take_back(whole)
    assert tickets(office, month="2022-09") == ["T4 树倒"]
    office.take_back(added)
    with pytest.raises(CannotUndo):
        office.take_back(added)


# What proves no duty of the campaign is not counted among the events that do.
DUTY = Duty("走流程", "units", "month", met_by=(Proof("activities"),), source=DEMO)
COUNTED = {
    "activities": "duty_event(DATE '2022-12-31', NULL::TIMESTAMP) WHERE ledger = 'activities'",
    "petitions": "petition_on(DATE '2022-12-31', NULL::TIMESTAMP)",
    "satisfaction": "survey_known(DATE '2022-12-31', NULL::TIMESTAMP)",
    "steps": "step_known(NULL::TIMESTAMP)",
    "tickets": "ticket_on([DATE '2022-12-31'], NULL::TIMESTAMP)",
    "visits": "visit_known(DATE '2022-12-31', NULL::TIMESTAMP)",
}


def count_of(office: Office, kind: str) -> int:
    """Return how many rows of a ledger its questions count."""
    if kind == "approvals":
        rows = office.ask("approval_days", "12-31")
        return sum(row["decided_count"] for row in rows if row["unit"] is None)
    counted = office.database.rows(f"SELECT count(*) AS row_count FROM {COUNTED[kind]}")
    return counted.to_pylist()[0]["row_count"]


@pytest.mark.parametrize(
    ("kind", "heads", "row"),
    [
        ("visits", "object | visited_on | unit", "甲厂 | {} | 甲部"),
        ("activities", "activity | held_on | unit", "走流程 | {} | 甲部"),
        ("petitions", "title | received_on | unit", "欠薪 | {} | 甲部"),
        ("approvals", "title | accepted_on | decided_on | unit", "许可 | {} | 10-20 | 甲部"),
        ("steps", "item_no | step | step_on | unit", "P1 | 调度 | {} | 甲部"),
        ("satisfaction", "action | surveyed_on", "就业 | {}"),
        ("tickets", "title | received_on | unit", "路灯 | {} | 甲部"),
    ],
)
def test_row_without_a_number_counts_once_in_every_ledger(
    office_of: Callable[..., Office], kind: str, heads: str, row: str
) -> None:
    office = office_of(duties=(DUTY,))

    def send_days(month: str, *days: str) -> None:
        office.send("", "\n".join([heads, *map(row.format, days)]), kind=kind, listed=month)

    send_days("2022-09", "09-05")
    send_days("2022-10", "10-05", "09-05", "09-06")
    rows = office.ask("ledger_rows", "12-31", ledger=kind)
    assert [f"{found['day']:%m-%d}" for found in rows] == ["10-05", "09-05", "09-06"]
    assert count_of(office, kind) == 3
