"""Steps on the way of an item change how it stands (B4, B5, B10): 退回 移交 合并 拆分 抽查."""

from collections.abc import Sequence

import pytest

from tests.office import Office, assert_answer

CLOSED = "item_no | due_on | state | closed_on\nP1 | 09-15 | closed | {}"
OPEN = "item_no | due_on | state\nP1 | 09-15 | open"
STEPS = "item_no | step | step_on | old_value | new_value"


def send_steps(office: Office, *rows: str) -> int:
    """Send steps of items of 甲部, each as `P1 | 退回 | 09-20`."""
    filled = [" | ".join([*row.split(" | "), "—", "—"][:5]) for row in rows]
    return office.send("", "\n".join([STEPS, *filled]), kind="steps", unit="甲部")


def stands(office: Office, as_of: str) -> str:
    """Return how P1 stands on a day, in words."""
    [item] = office.ask("items", as_of, item_key="P1")
    flags = ("is_reported_closed", "is_closed", "is_reopened", "is_returned", "is_verified")
    return " ".join(flag.removeprefix("is_") for flag in flags if item[flag])


def led_by(office: Office, as_of: str) -> dict[str, str]:
    """Return the unit in charge of each item that counts on the day."""
    return {item["item_key"]: item["unit"] for item in office.ask("items", as_of)}


def test_item_sent_back_is_open_again_and_overdue(office: Office) -> None:
    office.send("2022-09", CLOSED.format("09-10"), unit="甲部")
    send_steps(office, "P1 | 退回 | 09-20")
    assert stands(office, "09-19") == "reported_closed closed"
    assert stands(office, "09-20") == "reported_closed reopened returned"
    [item] = office.ask("items", "09-30")
    assert (item["is_overdue"], item["overdue_days"]) == (True, 15)
    assert_answer(
        office.ask("campaign_totals", "09-30"),
        "reported_closed_count | closed_count | reopened_count | overdue_count\n1 | 0 | 1 | 1",
    )


@pytest.mark.parametrize(
    ("lists", "steps", "expected"),
    [
        # The list of a later month repeats the closing that was sent back, or leaves its day out.
        ((CLOSED.format("09-10"),), (), "reported_closed reopened returned"),
        ((CLOSED.format("—"),), (), "reported_closed reopened returned"),
        # It reports a closing on a later day.
        ((CLOSED.format("09-21"),), (), "reported_closed closed"),
        ((OPEN,), (), "reopened returned"),
        ((OPEN, CLOSED.format("—")), (), "reported_closed closed"),
        # Confirmed again, the list's old day notwithstanding; sent back on that very day.
        ((CLOSED.format("09-10"),), ("P1 | 确认 | 10-05",), "reported_closed closed"),
        (
            (CLOSED.format("09-10"),),
            ("P1 | 确认 | 10-05", "P1 | 退回 | 10-05"),
            "reported_closed reopened returned",
        ),
        ((OPEN,), ("P1 | 确认 | 10-05",), ""),
        # A later check goes by what it found.
        (
            (CLOSED.format("09-10"),),
            ("P1 | 抽查 | 10-20 | — | 属实",),
            "reported_closed closed verified",
        ),
        (
            (CLOSED.format("09-10"),),
            ("P1 | 抽查 | 10-20 | — | 抽查不属实",),
            "reported_closed reopened",
        ),
    ],
)
def test_item_stays_sent_back_until_closed_or_confirmed_anew(
    office: Office, lists: Sequence[str], steps: Sequence[str], expected: str
) -> None:
    office.send("2022-09", CLOSED.format("09-10"), unit="甲部")
    for month, rows in zip(("2022-10", "2022-11"), lists, strict=False):
        office.send(month, rows, unit="甲部")
    send_steps(office, "P1 | 退回 | 09-20", *steps)
    assert stands(office, "12-31") == expected


def test_application_turned_down_before_the_closing_reopens_nothing(office: Office) -> None:
    office.send("2022-08", OPEN, unit="甲部")
    office.send("2022-09", CLOSED.format("09-10"), unit="甲部")
    send_steps(office, "P1 | 退回 | 09-05", "P1 | 退回 | 08-20")
    assert stands(office, "09-30") == "reported_closed closed"
    assert stands(office, "08-31") == ""


def test_item_confirmed_after_it_was_sent_back_was_closed_on_the_later_day(office: Office) -> None:
    office.send("2022-09", CLOSED.format("09-10"), unit="甲部")
    send_steps(office, "P1 | 退回 | 09-12", "P1 | 确认 | 09-18")
    [item] = office.ask("items", "09-30")
    assert str(item["closed_at_on"]) == "2022-09-18"
    [shares] = office.ask("on_time_shares", "09-30")
    assert (shares["due_count"], shares["on_time_count"]) == (1, 0)


def test_undoing_the_steps_closes_the_item_again(office: Office) -> None:
    office.send("2022-09", CLOSED.format("09-10"), unit="甲部")
    upload = send_steps(office, "P1 | 退回 | 09-20")
    before = office.now()
    office.take_back(upload)
    assert stands(office, "09-30") == "reported_closed closed"
    [then] = office.ask("items", "09-30", known_at=before)
    assert then["is_returned"]


def test_check_told_as_a_step_counts_like_one_in_the_ledger_of_checks(office: Office) -> None:
    office.send("2022-09", CLOSED.format("09-10"), unit="甲部")
    send_steps(office, "P1 | 抽查 | 09-20 | — | 不属实")
    assert stands(office, "09-30") == "reported_closed reopened"
    [_, unit] = office.ask("verification_results", "09-30")
    assert (unit["unit"], unit["checked_count"], unit["false_count"]) == ("甲部", 1, 1)


def test_check_told_twice_is_one_check_and_the_ledger_of_checks_goes_first(office: Office) -> None:
    office.send("2022-09", CLOSED.format("09-10"), unit="甲部")
    send_steps(office, "P1 | 抽查 | 09-20 | — | 不属实")
    check = "item_no | checked_on | is_verified\nP1 | 09-20 | yes"
    office.send("", check, kind="checks", title="核查", unit="甲部")
    assert stands(office, "09-30") == "reported_closed closed verified"
    [_, unit] = office.ask("verification_results", "09-30")
    assert (unit["checked_count"], unit["false_count"]) == (1, 0)
    checks = office.ask("item_steps", "09-30", item_key="P1", step=["抽查"])
    assert [(step["ledger"], step["new_value"]) for step in checks] == [("checks", "属实")]


def test_check_without_a_result_says_nothing_of_the_closing(office: Office) -> None:
    office.send("2022-09", CLOSED.format("09-10"), unit="甲部")
    send_steps(office, "P1 | 退回 | 09-15", "P1 | 抽查 | 09-20 | — | 另行安排")
    assert stands(office, "09-30") == "reported_closed reopened returned"


def test_handed_over_item_is_the_receiving_units_from_that_day(office: Office) -> None:
    office.send("2022-09", OPEN, unit="甲部")
    office.send("2022-10", OPEN, unit="甲部")
    send_steps(office, "P1 | 移交 | 09-20 | 甲部 | 乙部")
    assert led_by(office, "09-19") == {"P1": "甲部"}
    assert led_by(office, "09-20") == {"P1": "乙部"}
    # 甲部 goes on listing it: that says nothing new, and the overdue item counts for 乙部.
    assert led_by(office, "10-31") == {"P1": "乙部"}
    overdue = {row["unit"]: row["overdue_count"] for row in office.ask("overdue_by_unit", "10-31")}
    assert overdue == {"乙部": 1}
    [item] = office.ask("items", "10-31")
    assert (str(item["original_due_on"]), item["is_vanished"]) == ("2022-09-15", False)


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        (("乙部",), "乙部"),
        (("丙部",), "丙部"),
        # Named by its new unit once, the lists know of the transfer, and then of its end.
        (("乙部", "甲部"), "甲部"),
        (("甲部", "丙部"), "丙部"),
    ],
)
def test_later_list_that_names_another_unit_goes_before_the_step(
    office: Office, later: Sequence[str], expected: str
) -> None:
    rows = "item_no | unit | state\nP1 | {} | open"
    office.send("2022-08", rows.format("甲部"))
    for month, unit in zip(("2022-10", "2022-11"), later, strict=False):
        office.send(month, rows.format(unit))
    send_steps(office, "P1 | 移交 | 09-20 | 甲部 | 乙部")
    assert led_by(office, "12-31") == {"P1": expected}


def test_item_handed_on_twice_is_the_last_units(office: Office) -> None:
    office.send("2022-08", OPEN, unit="甲部")
    send_steps(office, "P1 | 移交 | 09-20 | 甲部 | 乙部", "P1 | 移交 | 10-20 | 乙部 | 丙部")
    office.send("2022-11", "item_no | unit | state\nP1 | 乙部 | open")
    assert [led_by(office, day)["P1"] for day in ("09-30", "10-31", "11-30")] == [
        "乙部",
        "丙部",
        "丙部",
    ]


def test_receiving_unit_whose_list_does_not_name_the_item_lets_it_vanish(office: Office) -> None:
    office.send("2022-08", OPEN, unit="甲部")
    send_steps(office, "P1 | 移交 | 09-05 | 甲部 | 乙部")
    office.send("2022-09", "item_no\nP7", unit="甲部")
    [item] = office.ask("items", "09-30", item_key="P1")
    assert not item["is_vanished"]
    office.send("2022-09", "item_no\nP8", unit="乙部")
    [item] = office.ask("items", "09-30", item_key="P1")
    assert item["is_vanished"]


def test_item_handed_out_of_the_campaign_counts_no_longer(office: Office) -> None:
    office.send("2022-08", OPEN, unit="甲部")
    send_steps(office, "P1 | 移交 | 09-20 | 甲部 | 市直部门")
    assert led_by(office, "09-19") == {"P1": "甲部"}
    assert led_by(office, "09-30") == {}
    [gone] = office.ask("withdrawn_items", "09-30")
    assert (gone["item_key"], gone["reason"], gone["month"]) == ("P1", "移交", "2022-09")
    # A later list that names it counts it again.
    office.send("2022-10", OPEN, unit="甲部")
    assert led_by(office, "10-31") == {"P1": "甲部"}
    assert office.ask("withdrawn_items", "10-31") == []


def test_step_that_names_nobody_moves_nothing(office: Office) -> None:
    office.send("2022-08", "item_no\nP1\nP2", unit="甲部")
    send_steps(office, "P1 | 移交 | 09-20", "P1 | 合并 | 09-21", "P2 | 合并 | 09-21 | — | P9")
    assert led_by(office, "09-30") == {"P1": "甲部", "P2": "甲部"}
    steps = office.ask("item_steps", "09-30")
    assert {row["is_in_force"] for row in steps} == {False}


def test_merged_item_counts_with_the_one_it_went_into(office: Office) -> None:
    office.send("2022-08", "item_no\nP1\nP2", unit="甲部")
    send_steps(office, "P1 | 合并 | 09-20 | P1 | 并入P2")
    assert set(led_by(office, "09-19")) == {"P1", "P2"}
    assert set(led_by(office, "09-30")) == {"P2"}
    [month] = [row for row in office.ask("burn_down", "09-30") if row["month"] == "2022-09"]
    assert (month["withdrawn_count"], month["remaining_count"]) == (1, 1)
    [gone] = office.ask("withdrawn_items", "09-30")
    assert (gone["item_key"], gone["reason"], gone["into"]) == ("P1", "合并", "并入P2")
    [step] = office.ask("item_steps", item_key="P1")
    assert step["is_in_force"]


def test_items_merged_into_each_other_do_not_both_vanish(office: Office) -> None:
    office.send("2022-08", "item_no\nP1\nP2", unit="甲部")
    send_steps(office, "P1 | 合并 | 09-20 | — | P2", "P2 | 合并 | 09-21 | — | P1")
    assert set(led_by(office, "09-30")) == {"P2"}


def test_item_split_up_counts_as_its_parts(office: Office) -> None:
    office.send("2022-08", "item_no\nP1\nP2", unit="甲部")
    office.send("2022-10", "item_no\nP3\nP4\nP5", unit="甲部")
    send_steps(office, "P1 | 拆分 | 09-20 | — | P3、P4", "P2 | 拆分 | 09-20 | — | P2、P5")
    # No list knows the parts yet.
    assert set(led_by(office, "09-30")) == {"P1", "P2"}
    # P2 goes on beside its new part.
    assert set(led_by(office, "10-31")) == {"P2", "P3", "P4", "P5"}
