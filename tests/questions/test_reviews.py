"""reviews (D11, D12): work reports and written reviews, due, handed in, sampled and filed."""

from tests.office import Office, assert_answer

HEAD = (
    "item_no | kind | unit | title | due_on | handed_in_on | sampled_by | is_confirmed | is_filed"
)
ROWS = (
    "S1 | 述职报告 | 甲部   | 洽谈 | 09-10 | 09-10 | 一组 | yes | yes",
    "S2 | 述职报告 | 乙部   | 洽谈 | 09-10 | 09-15 | 二组 | no  | —",
    "S3 | 书面检讨 | 丙部   | 税收 | 09-10 | —     | —    | —   | —",
    "S4 | 书面检讨 | 东社区 | 招商 | —     | —     | —    | —   | —",
)


def test_report_is_in_time_late_overdue_or_open(office: Office) -> None:
    office.send("2022-09", "\n".join([HEAD, *ROWS]), kind="reviews")
    assert_answer(
        office.ask("reviews", "09-30"),
        """
        item_no | status  | unit   | league | handed_in_on | late_days | sampled_by | is_confirmed | is_filed | row
        S3      | overdue | 丙部   | 部门   | —            | 20        | —          | —            | —        | 4
        S4      | open    | 东社区 | 社区   | —            | —         | —          | —            | —        | 5
        S2      | late    | 乙部   | 部门   | 09-15        | 5         | 二组       | no           | —        | 3
        S1      | in time | 甲部   | 部门   | 09-10        | —         | 一组       | yes          | yes      | 2
        """,
    )


def test_day_itself_is_in_time_and_the_next_is_not(office: Office) -> None:
    office.send("2022-09", "\n".join([HEAD, *ROWS]), kind="reviews")
    statuses = [
        {row["item_no"]: (row["status"], row["late_days"]) for row in office.ask("reviews", day)}
        for day in ("09-10", "09-11")
    ]
    assert [each["S2"] for each in statuses] == [("open", None), ("overdue", 1)]
    assert [each["S4"] for each in statuses] == [("open", None)] * 2


def test_only_the_units_asked_about(office: Office) -> None:
    office.send("2022-09", "\n".join([HEAD, *ROWS]), kind="reviews")
    for given in ({"unit": ["东社区"]}, {"league": "社区"}):
        assert [row["item_no"] for row in office.ask("reviews", "09-30", **given)] == ["S4"]
    assert len(office.ask("reviews", "09-30", post="第一副主任")) == 2
