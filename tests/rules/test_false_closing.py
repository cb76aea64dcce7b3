"""false_closing (D10): what was reported closed and found false on the spot."""

import pytest

from tests.office import Office, assert_answer
from tests.rules.trying import found

CLOSED = "item_no | unit | enterprise | state | closed_on"
CHECKED = "item_no | unit | checked_on | is_verified"


def check(office: Office, *rows: str) -> None:
    """Publish checks on the spot."""
    office.send("", "\n".join([CHECKED, *rows]), kind="checks")


@pytest.fixture
def closed(office: Office) -> Office:
    """An office that closed P1 (of an enterprise) and P2 in August, and left P3 open."""
    rows = [
        *(CLOSED, "P1 | 甲部 | 甲厂 | closed | 08-10", "P2 | 乙部 | — | closed | 08-10"),
        "P3 | 乙部 | — | open | —",
    ]
    office.send("2022-08", "\n".join(rows))
    return office


def test_only_what_was_reported_closed_can_be_false(closed: Office) -> None:
    check(closed, "P1 | 甲部 | 08-20 | no", "P2 | 乙部 | 08-20 | yes", "P3 | 乙部 | 08-20 | no")
    assert_answer(
        found(closed, "false_closing", "08-31", is_enterprises_only=False),
        """
        subject | unit | since_on | until_on | measured_value | row
        P1      | 甲部 | 08-20    | —        | 1              | 2
        """,
    )


def test_closing_anew_ends_it(closed: Office) -> None:
    check(closed, "P1 | 甲部 | 08-20 | no")
    closed.send("2022-09", f"{CLOSED}\nP1 | 甲部 | 甲厂 | closed | 09-05")
    rows = found(closed, "false_closing", "09-30", is_enterprises_only=False)
    assert_answer(rows, "since_on | until_on\n08-20 | 09-05")


def test_later_check_that_finds_it_true_ends_it(closed: Office) -> None:
    check(closed, "P1 | 甲部 | 08-20 | no", "P1 | 甲部 | 08-28 | yes")
    rows = found(closed, "false_closing", "08-31", is_enterprises_only=False)
    assert_answer(rows, "since_on | until_on\n08-20 | 08-28")


def test_found_false_again_is_a_finding_of_its_own(closed: Office) -> None:
    check(closed, "P1 | 甲部 | 08-20 | no")
    closed.send("2022-09", f"{CLOSED}\nP1 | 甲部 | 甲厂 | closed | 09-05")
    check(closed, "P1 | 甲部 | 09-20 | no")
    assert_answer(
        found(closed, "false_closing", "09-30", is_enterprises_only=False),
        "since_on | until_on | measured_value\n08-20 | 09-20 | 1\n09-20 | — | 2",
    )


def test_items_of_no_enterprise_can_be_left_out(closed: Office) -> None:
    check(closed, "P1 | 甲部 | 08-20 | no", "P2 | 乙部 | 08-20 | no")
    subjects = {
        is_only: [
            row["subject"]
            for row in found(closed, "false_closing", "08-31", is_enterprises_only=is_only)
        ]
        for is_only in (True, False)
    }
    assert subjects == {True: ["P1"], False: ["P1", "P2"]}


def test_withdrawing_the_item_whitewashes_nothing(closed: Office) -> None:
    check(closed, "P1 | 甲部 | 08-20 | no")
    closed.send("2022-09", f"{CLOSED}\nP1 | 甲部 | 甲厂 | withdrawn | —")
    assert_answer(
        found(closed, "false_closing", "09-30", is_enterprises_only=False),
        "subject | until_on | remark\nP1 | — | 台账已不再列出",
    )
