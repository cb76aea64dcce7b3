"""duty_missing (D1, D10): duties that lapsed, and until when."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tally.packs import DEMO, Duty, Proof
from tally.store import Database
from tally.submissions import remove_campaign
from tests.office import SLUG, Office, assert_answer, trial_pack
from tests.rules.trying import found, found_then

MONTHLY = {"subjects": "units", "every": "month", "source": DEMO}
DUTIES = (
    Duty("自评", met_by=(Proof("activities", "自评"),), who=("甲部", "乙部"), **MONTHLY),
    Duty("小结", met_by=(Proof("activities", "小结"),), who=("甲部",), **MONTHLY),
    Duty("月会", met_by=(Proof("activities", "月会"),), who=("甲部",), days=(1, 5), **MONTHLY),
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One database for the tests of this file: opening takes its time."""
    opened = Database(
        tmp_path_factory.mktemp("lapses"), {SLUG: replace(trial_pack(), duties=DUTIES)}
    )
    yield opened
    opened.close()


@pytest.fixture
def office(database: Database) -> Iterator[Office]:
    """An office that owes three duties a month from July on; its campaign is empty."""
    yield Office(database)
    remove_campaign(database, SLUG)


def send(office: Office, *rows: str) -> int:
    """Publish these activities."""
    table = "\n".join(["activity | held_on | unit", *rows])
    return office.send("2022-12", table, kind="activities")


def test_windows_missed_running_are_one_finding_until_the_duty_is_met(office: Office) -> None:
    send(
        office,
        *("自评 | 07-20 | 甲部", "自评 | 07-31 | 乙部", "自评 | 08-31 | 乙部"),
        *("自评 | 09-30 | 乙部", "自评 | 10-10 | 甲部"),
    )
    for as_of, expected in {
        "08-31": "subject\n",
        "09-01": "甲部 | 09-01 | — | 1 | 1 | —",
        "10-09": "甲部 | 09-01 | — | 2 | 1 | —",
        "10-31": "甲部 | 09-01 | 10-10 | 2 | 1 | 6",
    }.items():
        head = "subject | since_on | until_on | measured_value | threshold | row\n"
        rows = found(office, "duty_missing", as_of, duties=["自评"], windows=1)
        assert_answer(rows, head + expected if "|" in expected else expected)


def test_first_window_missed_is_named(office: Office) -> None:
    send(office, "自评 | 07-31 | 乙部", "自评 | 08-31 | 乙部")
    [row] = found(office, "duty_missing", "09-20", duties=["自评"], windows=1)
    assert (row["unit"], row["detail"]) == ("甲部", "自评（7月1日至7月31日）")


@pytest.mark.parametrize(("windows", "since_on"), [(1, "08-01"), (2, "09-01"), (3, None)])
def test_limit_counts_windows_missed_running(
    office: Office, windows: int, since_on: str | None
) -> None:
    send(office, "自评 | 07-31 | 乙部", "自评 | 08-31 | 乙部", "自评 | 09-30 | 乙部")
    rows = found(office, "duty_missing", "09-20", duties=["自评"], windows=windows)
    assert_answer(rows, f"since_on\n{since_on}" if since_on else "since_on\n")


def test_what_was_made_up_late_in_its_own_window_ends_that_day(office: Office) -> None:
    send(office, "月会 | 07-02 | 甲部", "月会 | 08-20 | 甲部", "月会 | 09-05 | 甲部")
    assert_answer(
        found(office, "duty_missing", "09-30", duties=["月会"], windows=1),
        """
        subject | since_on | until_on | measured_value | remark   | row
        甲部    | 08-06    | 08-20    | 1              | 逾期补上 | 3
        """,
    )


def test_two_duties_missed_by_one_day_are_one_finding_while_either_is(office: Office) -> None:
    send(
        office,
        *("自评 | 07-31 | 甲部", "小结 | 07-31 | 甲部", "自评 | 07-31 | 乙部"),
        *("自评 | 08-31 | 乙部", "自评 | 09-10 | 甲部"),
    )
    [row] = found(office, "duty_missing", "09-20", duties=["自评", "小结"], windows=1)
    assert row["detail"] == "小结（8月1日至8月31日）、自评（8月1日至8月31日）"
    assert row["until_on"] is None


def test_duty_not_asked_about_and_window_not_over_are_none(office: Office) -> None:
    send(office, "自评 | 07-31 | 乙部")
    assert found(office, "duty_missing", "07-31", duties=["自评", "小结"], windows=1) == []
    assert found(office, "duty_missing", "08-31", duties=[], windows=1) == []


def test_revised_data_end_the_finding_and_leave_what_was_known(office: Office) -> None:
    send(office, "自评 | 07-31 | 乙部")
    then = office.now()
    send(office, "自评 | 07-31 | 乙部", "自评 | 07-30 | 甲部")
    asked = {"duties": ["自评"], "windows": 1}
    assert found(office, "duty_missing", "08-20", **asked) == []
    assert len(found_then(office, "duty_missing", "08-20", then, **asked)) == 1
