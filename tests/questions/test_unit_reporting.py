"""unit_reporting: not reported is not zero, and no items is neither."""

from tests.office import Office, assert_answer


def test_unit_has_reported_by_its_own_list_of_the_month(office: Office) -> None:
    office.send("2022-08", "item_no | state\nP1 | open", unit="甲部")
    office.send("2022-09", "item_no | state\nP2 | open", unit="乙部")
    office.send("2022-09", unit="丙部")
    # 甲部 misses September; 丙部 sent a list without rows; the others never sent any.
    assert_answer(
        office.ask("unit_reporting", "09-30"),
        """
        unit   | league | leader_post | is_reported | has_items | last_month | submitted_by
        甲部   | 部门   | 第一副主任  | no          | yes       | 2022-08    | unit
        乙部   | 部门   | 第一副主任  | yes         | yes       | 2022-09    | unit
        丙部   | 部门   | 第二副主任  | yes         | no        | 2022-09    | unit
        丁部   | 部门   | 第二副主任  | no          | no        | —          | unit
        东社区 | 社区   | 第二副主任  | no          | no        | —          | unit
        西社区 | 社区   | 第二副主任  | no          | no        | —          | unit
        """,
    )


def test_list_of_all_units_reports_for_each_of_them(office: Office) -> None:
    office.send("2022-09", "item_no | unit\nP1 | 甲部")
    rows = office.ask("unit_reporting", "09-30", league="社区")
    assert_answer(rows, "unit | is_reported | has_items\n东社区 | yes | no\n西社区 | yes | no")


def test_month_of_the_day_asked_decides(office: Office) -> None:
    office.send("2022-09", "item_no\nP1", unit="甲部")
    for as_of, is_reported, last_month in (
        ("08-31", False, None),
        ("09-01", True, "2022-09"),
        ("09-30", True, "2022-09"),
        ("10-01", False, "2022-09"),
    ):
        row = office.ask("unit_reporting", as_of)[0]
        assert (row["is_reported"], row["last_month"]) == (is_reported, last_month), as_of


def test_taken_back_and_drafted_lists_do_not_report(office: Office) -> None:
    upload = office.send("2022-09", "item_no\nP1", unit="甲部")
    office.take_back(upload)
    assert not office.ask("unit_reporting", "09-30")[0]["is_reported"]


def test_roster_imported_over_the_pack_adds_units_and_changes_posts(office: Office) -> None:
    office.send(
        "", "name | league | leader_post\n甲部 | 部门 | 第三副主任\n新部 | 部门 | —", kind="units"
    )
    rows = office.ask("unit_reporting", "09-30", league="部门")
    assert_answer(
        rows,
        """
        unit | leader_post
        甲部 | 第三副主任
        乙部 | 第一副主任
        丙部 | 第二副主任
        丁部 | 第二副主任
        新部 | —
        """,
    )
