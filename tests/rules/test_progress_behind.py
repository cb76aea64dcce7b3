"""progress_behind (D7): tasks behind the time that has passed, month by month."""

from tests.office import Office, assert_answer
from tests.rules.trying import found


def told(office: Office, month: str, rows: str) -> None:
    """Hand the tasks of a month in, of 甲部 and due at the year's end."""
    table = f"item_no | target_value | value | state\n{rows}"
    office.send(month, table, kind="tasks", unit="甲部", due_on="12-31")


def test_a_task_is_behind_from_the_first_month_end_until_it_has_caught_up(office: Office) -> None:
    # Of the 184 days of the campaign 31 have passed in July, 62 in August, 92 in September.
    told(office, "2022-07", "T1 | 100 | 10 | open\nT2 | 100 | 16 | open")
    told(office, "2022-08", "T1 | 100 | 20 | open\nT2 | 100 | 33 | open")
    told(office, "2022-09", "T1 | 100 | 60 | open\nT2 | 100 | 20 | open")
    assert_answer(
        found(office, "progress_behind", "10-15", pace=0.9),
        """
        subject | detail | unit | since_on | until_on | measured_value | threshold | remark | row
        T1      | T1     | 甲部 | 07-31    | 09-30    | 92/155         | 9/10      | —      | 2
        T2      | T2     | 甲部 | 09-30    | —        | 2/5            | 9/10      | —      | 3
        """,
    )
    assert found(office, "progress_behind", "07-30", pace=0.9) == []


def test_the_share_itself_is_enough(office: Office) -> None:
    told(office, "2022-09", "T1 | 100 | 45 | open")
    assert found(office, "progress_behind", "09-30", pace=0.9) == []
    assert len(found(office, "progress_behind", "09-30", pace=0.91)) == 1


def test_what_is_closed_or_states_no_progress_is_not_behind(office: Office) -> None:
    told(office, "2022-09", "T1 | 100 | 5 | closed\nT2 | — | — | open")
    assert found(office, "progress_behind", "09-30", pace=0.9) == []
