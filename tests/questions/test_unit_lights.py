"""unit_lights (D8, F5): green, amber, red and grey by rule; never whitewashed."""

from collections.abc import Callable
from datetime import datetime

import pytest

from tally import clock
from tests.office import Office
from tests.tables import day

HEAD = "item_no | title | unit | due_on | state | closed_on\n"


Send = Callable[..., None]


@pytest.fixture
def send(ruled: Office, monkeypatch: pytest.MonkeyPatch) -> Send:
    """Send the list of 甲部 of a month, by default on the 4th of the next: in time."""

    def send_list(month: int, *lines: str, on: tuple[int, int] | None = None) -> None:
        sent_month, sent_day = on or (month + 1, 4)
        monkeypatch.setattr(clock, "now", lambda: datetime(2022, sent_month, sent_day, 2))
        # The moments that other tests reached would hold back the past.
        monkeypatch.setattr(clock, "_latest", [datetime(2022, sent_month, sent_day, 2)])
        ruled.send(f"2022-{month:02}", HEAD + "\n".join(lines), unit="甲部")

    return send_list


def lights(office: Office, as_of: str, column: str = "light") -> dict[str, object]:
    """Return what 甲部 shows in each month."""
    rows = office.ask("unit_lights", as_of, unit=["甲部"])
    return {row["month"][-2:]: row[column] for row in rows}


def test_a_month_is_red_while_it_is_open_and_amber_when_made_up(ruled: Office, send: Send) -> None:
    # Due 15 July: serious from 15 August on.
    for month in (7, 8, 9):
        send(month, "P1 | 路灯 | 甲部 | 07-15 | open | —")
    assert lights(ruled, "08-31") == {"07": "green", "08": "red"}
    assert lights(ruled, "09-30") == {"07": "green", "08": "red", "09": "red"}
    send(10, "P1 | 路灯 | 甲部 | 07-15 | closed | 10-08")
    made_up = {"07": "green", "08": "amber", "09": "amber", "10": "amber"}
    assert lights(ruled, "10-31") == made_up
    assert lights(ruled, "10-31", "is_made_up") == {
        "07": False,
        "08": True,
        "09": True,
        "10": True,
    }


def test_a_month_that_is_not_in_is_grey_and_hides_no_red(ruled: Office, send: Send) -> None:
    send(7, "P1 | 路灯 | 甲部 | 07-15 | open | —")
    assert lights(ruled, "09-30") == {"07": "green", "08": "red", "09": "red"}
    silent = ruled.ask("unit_lights", "09-30", unit=["乙部"])
    assert [row["light"] for row in silent] == ["grey"] * 3
    assert silent[0]["reason"] == "本月台账未报送"


def test_the_reason_is_the_gravest_finding(ruled: Office, send: Send) -> None:
    send(
        9,
        "P1 | 路灯 | 甲部 | 07-15 | open | —",
        "P2 | 管网 | 甲部 | 07-01 | open | —",
    )
    assert lights(ruled, "09-30", "finding_count")["09"] == 2
    assert lights(ruled, "09-30", "reason")["09"] == "管网已超期91天，超过30天"


def test_what_was_red_when_its_lists_were_due_is_not_revised_to_green(
    ruled: Office, send: Send
) -> None:
    """The list of August comes in time and shows red; in November it is corrected."""
    send(7, "P1 | 路灯 | 甲部 | 07-15 | open | —", on=(8, 4))
    send(8, "P1 | 路灯 | 甲部 | 07-15 | open | —", on=(9, 2))
    assert lights(ruled, "08-31", "light_then") == {"07": "green", "08": "red"}
    send(8, "P1 | 路灯 | 甲部 | 07-15 | closed | 07-14", on=(11, 2))
    [july, august] = ruled.ask("unit_lights", "08-31", unit=["甲部"])
    assert (july["light"], july["is_made_up"]) == ("green", False)
    assert (august["light"], august["light_then"]) == ("amber", "red")
    assert august["is_made_up"]
    assert august["reason"] == "当时亮红灯，数据后来更正"


def test_a_list_that_came_late_is_amber_and_was_grey(ruled: Office, send: Send) -> None:
    send(7, "P1 | 路灯 | 甲部 | 12-15 | open | —", on=(8, 4))
    send(8, "P1 | 路灯 | 甲部 | 12-15 | open | —", on=(9, 20))
    [july, august] = ruled.ask("unit_lights", "08-31", unit=["甲部"])
    assert (july["light"], july["light_then"]) == ("green", "green")
    assert (august["light"], august["light_then"]) == ("amber", "grey")
    assert august["reason"] == "本月台账迟报"


def test_what_turned_lights_is_kept_once_a_unit_and_rule(ruled: Office, send: Send) -> None:
    send(8, *(f"P{number} | 路灯 | 甲部 | 07-01 | open | —" for number in range(40)))
    assert lights(ruled, "08-31", "light_then")["08"] == "red"
    assert lights(ruled, "08-31", "finding_count")["08"] == 40
    kept = ruled.database.rows(
        "SELECT found_on, unit FROM memory.main.found WHERE for_lights AND found_on = '2022-08-31'"
    ).to_pylist()
    assert kept == [{"found_on": day("08-31"), "unit": "甲部"}]
