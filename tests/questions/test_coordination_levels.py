"""coordination_levels and coordination_totals: days at each of the three levels (E7)."""

from tests.office import Office, assert_answer
from tests.questions.served import send_roster

LISTS = """
item_no | unit | enterprise | found_on | due_on | state  | closed_on
P1      | 甲部 | 甲         | 08-01    | 09-10  | open   | —
P2      | 甲部 | 乙厂       | 08-01    | 12-31  | closed | 09-20
P3      | 乙部 | 丁厂       | 08-01    | 12-31  | open   | —
P4      | 乙部 | 乙厂       | 08-11    | 12-31  | closed | 08-15
P5      | 乙部 | —          | 08-01    | 12-31  | open   | —
"""
STEPS = """
item_no | unit | step     | step_on
P1      | 甲部 | 收集     | 08-03
P1      | 甲部 | 会商     | 08-10
P1      | 甲部 | 会商     | 08-24
P2      | 甲部 | 会商     | 08-05
P2      | 甲部 | 集中研究 | 08-31
P3      | 乙部 | 集中研究 | 08-21
P3      | 乙部 | 会商     | 09-01
P3      | 乙部 | 调度     | 09-02
"""


def send(office: Office, steps: str = STEPS) -> None:
    """Publish roster, September's list and August's and September's steps."""
    send_roster(office)
    office.send("2022-09", LISTS)
    office.send("2022-09", steps, kind="steps")


def test_level_lasts_until_the_next_one_or_the_closing_or_the_day(serving_office: Office) -> None:
    send(serving_office)
    assert_answer(
        serving_office.ask("coordination_levels", "09-30"),
        """
        item_key | enterprise | collected_on | conferred_on | studied_on | responsible_days | leader_days | committee_days
        P1       | 甲厂       | 08-03        | 08-10        | —          | 7                | 51          | —
        P3       | 丁厂       | 08-01        | —            | 08-21      | 20               | —           | 40
        P2       | 乙厂       | 08-01        | 08-05        | 08-31      | 4                | 26          | 20
        P4       | 乙厂       | 08-11        | —            | —          | 4                | —           | —
        """,
    )


def test_item_is_stuck_at_the_level_it_reached(serving_office: Office) -> None:
    send(serving_office)
    assert_answer(
        serving_office.ask("coordination_levels", "09-30"),
        """
        item_key | is_closed | is_overdue | level | level_name | level_days
        P1       | no        | yes        | 2     | 领导       | 51
        P3       | no        | no         | 3     | 工委       | 40
        P2       | yes       | no         | 3     | 工委       | 20
        P4       | yes       | no         | 1     | 责任人     | 4
        """,
    )


def test_step_after_the_day_asked_does_not_count(serving_office: Office) -> None:
    send(serving_office)
    levels = {r["item_key"]: r["level"] for r in serving_office.ask("coordination_levels", "08-20")}
    assert levels == {}  # the list is September's
    serving_office.send("2022-08", LISTS)
    levels = {r["item_key"]: r["level"] for r in serving_office.ask("coordination_levels", "08-20")}
    assert levels == {"P1": 2, "P2": 2, "P3": 1, "P4": 1}


def test_levels_keep_to_the_filters(serving_office: Office) -> None:
    send(serving_office)
    for filters, keys in (
        ({"unit": ["乙部"]}, ["P3", "P4"]),
        ({"post": "第一副主任"}, ["P1", "P2", "P3", "P4"]),
        ({"league": "社区"}, []),
        ({"dimension": ["经济"]}, []),
    ):
        rows = serving_office.ask("coordination_levels", "09-30", **filters)
        assert sorted(row["item_key"] for row in rows) == keys, filters


def test_totals_count_who_left_a_level_and_who_is_still_there(serving_office: Office) -> None:
    send(serving_office)
    # Left level 1 after 7, 20, 4 and 4 days; level 2 after 26; level 3, closed, after 20.
    assert_answer(
        serving_office.ask("coordination_totals", "09-30"),
        """
        level | level_name | reached_count | open_count | closed_count | days_median | open_days_max
        1     | 责任人     | 4             | 0          | 1            | 11/2        | —
        2     | 领导       | 2             | 1          | 0            | 26          | 51
        3     | 工委       | 2             | 1          | 1            | 20          | 40
        """,
    )


def test_campaign_without_levels_calls_them_by_their_steps(office: Office) -> None:
    office.send("2022-09", "item_no | unit | enterprise | due_on\nP1 | 甲部 | 甲厂 | 12-31")
    (row,) = office.ask("coordination_levels", "09-30")
    assert (row["level_name"], row["level"]) == ("收集", 1)
