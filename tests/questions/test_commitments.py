"""commitments (D17): what was exposed and promised in public, and followed up."""

from tests.office import Office, assert_answer

HEAD = "item_no | kind | unit | title | published_on | due_on | fulfilled_on | is_confirmed"
ROWS = (
    "C1 | 公开承诺 | 甲部 | 缩短等候 | 08-01 | 08-31 | 08-31 | yes",
    "C2 | 公开承诺 | 乙部 | 补齐资料 | 08-02 | 08-31 | 08-20 | no",
    "C3 | 公开道歉 | 丙部 | 群众跑腿 | 08-03 | —     | —     | —",
    "C4 | 曝光     | 丁部 | 排名落后 | 08-04 | 09-09 | 09-20 | —",
)


def test_each_entry_is_kept_broken_overdue_or_open(office: Office) -> None:
    office.send("2022-08", "\n".join([HEAD, *ROWS]), kind="commitments")
    assert_answer(
        office.ask("commitments", "09-10"),
        """
        item_no | status  | fulfilled_on | overdue_days | league | row
        C2      | broken  | 08-20        | 10           | 部门   | 3
        C4      | overdue | —            | 1            | 部门   | 5
        C3      | open    | —            | —            | 部门   | 4
        C1      | kept    | 08-31        | —            | 部门   | 2
        """,
    )
    later = {row["item_no"]: row["status"] for row in office.ask("commitments", "09-30")}
    assert later["C4"] == "kept"


def test_only_what_was_published_by_the_day_of_the_units_asked_about(office: Office) -> None:
    office.send("2022-08", "\n".join([HEAD, *ROWS]), kind="commitments")
    rows = office.ask("commitments", "08-03", post="第二副主任")
    assert [row["item_no"] for row in rows] == ["C3"]


def test_totals_count_the_same_entries(office: Office) -> None:
    office.send("2022-08", "\n".join([HEAD, *ROWS]), kind="commitments")
    assert_answer(
        office.ask("commitment_totals", "09-10"),
        """
        told_count | exposed_count | apologised_count | promised_count | kept_count
        4          | 1             | 1                | 2              | 1
        """,
    )
    assert_answer(
        office.ask("commitment_totals", "09-10"),
        """
        overdue_count | broken_count | open_count | reported_count | checked_count
        1             | 1            | 1          | 2              | 2
        """,
    )
    [own] = office.ask("commitment_totals", "09-30", unit=["丁部"])
    assert (own["told_count"], own["kept_count"], own["checked_count"]) == (1, 1, 0)
