"""found_by_unit: found by the unit itself, or pointed out to it (B12)."""

from tests.office import Office, assert_answer


def test_ways_are_counted_and_the_units_own_ones_set_against_the_others(office: Office) -> None:
    office.send(
        "2022-09",
        """
        item_no | unit | found_by
        P1      | 甲部 | 自己找
        P2      | 甲部 | 自己找、群众提
        P3      | 甲部 | 群众提
        P4      | 甲部 | 上级点
        P5      | 甲部 | —
        P6      | 乙部 | 集体议
        P7      | 丙部 | —
        """,
    )
    office.send("2022-09", "item_no | unit\nT1 | 甲部", kind="tasks")
    # P2 stands under both of its ways and once among the four that are stated.
    assert_answer(
        office.ask("found_by_unit", "09-30"),
        """
        unit | found_by | is_own | item_count | stated_count | own_count | own_found_share
        甲部 | 上级点   | no     | 1          | 4            | 2         | 2/4
        甲部 | 群众提   | no     | 2          | 4            | 2         | 2/4
        甲部 | 自己找   | yes    | 2          | 4            | 2         | 2/4
        甲部 | —        | —      | 1          | 4            | 2         | 2/4
        乙部 | 集体议   | no     | 1          | 1            | 0         | 0
        丙部 | —        | —      | 1          | 0            | 0         | —
        """,
    )
    assert {row["unit"] for row in office.ask("found_by_unit", "09-30", unit=["乙部"])} == {"乙部"}
