"""item_steps: what happened to an item on its way, each step with day and post (B4, B10)."""

from tally.submissions import withdraw
from tests.office import Office, assert_answer

STEPS = "item_no | step | step_on | post | old_value | new_value | reason"


def send_steps(office: Office, *rows: str) -> None:
    """Send the steps of items of 甲部."""
    office.send("", "\n".join([STEPS, *rows]), kind="steps", unit="甲部")


def test_close_out_goes_step_by_step_with_day_and_post(office: Office) -> None:
    office.send("2022-09", "item_no | state | closed_on\nP1 | closed | 09-20", unit="甲部")
    send_steps(
        office,
        "P1 | 确认 | 09-20 | 督查室 | — | — | —",
        "P1 | 申请 | 09-18 | 甲部负责人 | — | — | —",
        "P1 | 审核 | 09-19 | 第一副主任 | — | — | —",
        "P1 | 退回 | 10-09 | 督查室 | — | — | 现场未完成",
    )
    check = (
        "item_no | title | checked_on | is_verified | checker_post\nP1 | 核查 | 10-08 | no | 督查组"
    )
    office.send("", check, kind="checks", unit="甲部")
    assert_answer(
        office.ask("item_steps", "10-31", item_key="P1"),
        """
        step     | step_on | post       | new_value | reason     | ledger
        申请     | 09-18   | 甲部负责人 | —         | —          | steps
        审核     | 09-19   | 第一副主任 | —         | —          | steps
        确认     | 09-20   | 督查室     | —         | —          | steps
        自报销号 | 09-20   | —          | —         | —          | problems
        抽查     | 10-08   | 督查组     | 不属实    | —          | checks
        退回     | 10-09   | 督查室     | —         | 现场未完成 | steps
        """,
    )
    assert len(office.ask("item_steps", "09-19", item_key="P1")) == 2


def test_what_the_list_says_is_a_step_unless_the_ledger_of_steps_tells_it(office: Office) -> None:
    for month, state in (("2022-08", "open"), ("2022-09", "escalated"), ("2022-10", "escalated")):
        office.send(
            month,
            f"""
            item_no | due_on | extended_on | extended_to | state   | applied_on | confirmed_on
            P1      | 09-30  | 08-20       | 10-15       | {state} | 09-28      | 09-29
            P2      | 09-30  | —           | —           | {state} | —          | —
            """,
            unit="甲部",
        )
    send_steps(
        office,
        "P1 | 延期 | 08-20 | 主任 | — | 2022-10-15 | 审批未下",
        "P1 | 申请 | 09-28 | 甲部负责人 | — | — | —",
        "P2 | 提级 | 09-12 | 甲部负责人 | 甲部 | 市级 | 权限在市",
    )
    assert_answer(
        office.ask("item_steps", "12-31"),
        """
        item_key | step | step_on | post       | old_value  | new_value  | ledger
        P1       | 延期 | 08-20   | 主任       | 2022-09-30 | 2022-10-15 | steps
        P1       | 提级 | 09-01   | —          | open       | escalated  | problems
        P1       | 申请 | 09-28   | 甲部负责人 | —          | —          | steps
        P1       | 确认 | 09-29   | —          | —          | —          | problems
        P2       | 提级 | 09-12   | 甲部负责人 | 甲部       | 市级       | steps
        """,
    )


def test_extension_in_the_steps_moves_the_deadline_like_one_in_the_list(office: Office) -> None:
    office.send(
        "2022-09",
        """
        item_no | due_on | extended_on | extended_to
        P1      | 09-10  | —           | —
        P2      | 09-10  | 09-05       | 10-10
        P3      | 09-10  | —           | —
        P4      | 09-10  | 09-05       | 09-20
        P5      | 09-10  | —           | —
        """,
        unit="甲部",
    )
    send_steps(
        office,
        "P1 | 延期 | 09-09 | 主任 | — | 2022年10月10日 | —",
        "P2 | 延期 | 09-05 | 主任 | — | 2022-10-10 | —",
        "P3 | 延期 | 09-11 | 主任 | — | 2022-10-10 | —",
        "P4 | 延期 | 09-19 | 主任 | — | 2022.10.31 | —",
        "P5 | 延期 | 09-09 | 主任 | — | 尽快 | —",
    )
    # P3 came too late; P4 was extended by the list and again by a step; P5 names no day.
    assert_answer(
        sorted(office.ask("items", "09-30"), key=lambda item: item["item_key"]),
        """
        item_key | original_due_on | due_on | is_extended | is_overdue
        P1       | 09-10           | 10-10  | yes         | no
        P2       | 09-10           | 10-10  | yes         | no
        P3       | 09-10           | 09-10  | no          | yes
        P4       | 09-10           | 10-31  | yes         | no
        P5       | 09-10           | 09-10  | no          | yes
        """,
    )
    # Before it was approved the original deadline was in force.
    assert {item["is_extended"] for item in office.ask("items", "09-04")} == {False}
    steps = office.ask("item_steps", "09-30", step=["延期"])
    assert [(row["item_key"], row["is_in_force"]) for row in steps] == [
        ("P1", True),
        ("P2", True),
        ("P3", False),
        ("P4", True),
        ("P4", True),
        ("P5", False),
    ]


def test_merging_splitting_and_transfer_stand_in_the_items_history(office: Office) -> None:
    office.send("2022-08", "item_no\nP1", unit="甲部")
    send_steps(
        office,
        "P1 | 移交 | 08-20 | 督查室 | 甲部 | 乙部 | —",
        "P1 | 拆分 | 09-02 | 督查室 | P1 | P1、P2 | —",
        "P1 | 合并 | 10-03 | 督查室 | P1 | P2 | —",
    )
    assert_answer(
        office.ask("item_history", item_key="P1"),
        """
        month   | column   | old_value | new_value
        2022-08 | item_key | —         | P1
        2022-08 | 移交     | 甲部      | 乙部
        2022-09 | 拆分     | P1        | P1、P2
        2022-10 | 合并     | P1        | P2
        """,
    )


def test_reason_given_for_an_item_no_longer_listed_is_a_step(office: Office) -> None:
    office.send("2022-08", "item_no\nP1\nP2", unit="甲部")
    upload = office.send("2022-09", "item_no\nP2", unit="甲部")
    withdraw(office.database, upload, {"P1": "合并"}, "督查室")
    [step] = office.ask("item_steps", item_key="P1")
    assert (step["step"], step["post"], step["upload"]) == ("合并", "督查室", upload)


def test_marks_of_a_list_are_told_once_whichever_way_they_are_asked_for(office: Office) -> None:
    for month, title, state, reason in (
        ("2022-07", "路灯", "open", "—"),
        ("2022-08", "路灯", "escalated", "—"),
        ("2022-09", "路灯亮化", "open", "等电力"),
        ("2022-10", "路灯亮化", "escalated", "等电力"),
    ):
        office.send(
            month,
            f"""
            item_no | title   | due_on | extended_on | extended_to | state   | extension_reason
            P1      | {title} | 09-30  | 07-20       | 10-15       | {state} | {reason}
            P2      | 门牌    | 09-30  | —           | —           | open    | —
            """,
            unit="甲部",
        )
    expected = """
        item_key | title    | step | step_on | old_value  | new_value  | reason | is_in_force
        P1       | 路灯亮化 | 延期 | 07-20   | 2022-09-30 | 2022-10-15 | 等电力 | yes
        P1       | 路灯亮化 | 提级 | 08-01   | open       | escalated  | —      | —
    """
    assert_answer(office.ask("item_steps", "10-31"), expected)
    assert_answer(office.ask("item_steps", "10-31", item_key="P1"), expected)
    assert_answer(office.ask("item_steps", "10-31", step=["延期", "提级"]), expected)
    assert len(office.ask("item_steps", "10-31", step=["提级"])) == 1
