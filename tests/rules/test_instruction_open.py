"""instruction_open (D7, D22): what leaders told units to do and is not yet in effect."""

from tests.office import Office, assert_answer
from tests.rules.trying import found

POSTS = ["党工委书记", "管委会主任"]


def test_an_instruction_is_found_from_its_day_until_it_is_in_effect(office: Office) -> None:
    office.send(
        "2022-08",
        """
        item_no | title | given_by       | given_on | due_on | effective_on
        J1      | 修路  | 园区管委会主任 | 07-10    | 08-10  | 08-20
        J2      | 招商  | 党工委书记     | 07-20    | 08-10  | —
        J3      | 禁烧  | 党工委书记     | 08-01    | —      | —
        """,
        kind="instructions",
        unit="甲部",
    )
    answer = found(office, "instruction_open", "08-31", given_by=POSTS)
    assert_answer(
        answer,
        """
        subject | since_on | until_on | measured_value | remark
        J1      | 07-10    | 08-20    | 41             | 园区管委会主任交办
        J2      | 07-20    | —        | 42             | 党工委书记交办；已过办结时限21天
        J3      | 08-01    | —        | 30             | 党工委书记交办
        """,
    )
    assert [row["threshold"] for row in answer] == [31, 21, None]


def test_only_the_posts_asked_about_are_meant_whatever_stands_before_them(office: Office) -> None:
    office.send(
        "2022-08",
        """
        item_no | title | given_by                     | given_on
        J1      | 一    | 管委会副主任                 | 08-01
        J2      | 二    | 园区党工委副书记、管委会主任 | 08-01
        J3      | 三    | 区直机关党委书记             | 08-01
        """,
        kind="instructions",
        unit="甲部",
    )
    answer = found(office, "instruction_open", "08-31", given_by=POSTS)
    assert [row["subject"] for row in answer] == ["J2"]
