"""channel_progress and class_counts: problems by where they came from and what they are (B17, A13)."""

from collections.abc import Callable

from tally.packs import DEMO, ItemClass
from tests.office import Office, assert_answer


def test_channel_progress_closes_out_what_came_by_each_channel(
    office_of: Callable[..., Office],
) -> None:
    office = office_of(
        classes=(ItemClass("channel", "人大议案", DEMO), ItemClass("channel", "政协提案", DEMO))
    )
    office.send(
        "2022-09",
        """
        item_no | unit | due_on | state  | closed_on | channel
        P1      | 甲部 | 09-10  | closed | 09-08     | 人大议案
        P2      | 甲部 | 09-10  | closed | 09-20     | 人大议案、群众反映
        P3      | 甲部 | 09-10  | open   | —         | 人大议案
        P4      | 乙部 | 10-10  | open   | —         | 群众反映
        P5      | 乙部 | 09-10  | open   | —         | —
        """,
    )
    assert_answer(
        office.ask("channel_progress", "09-30"),
        """
        channel  | item_count | closed_count | closed_of_all_share | due_count | closed_share | on_time_count | overdue_count
        人大议案 | 3          | 2            | 2/3                 | 3         | 2/3          | 1             | 1
        政协提案 | 0          | 0            | —                   | 0         | —            | 0             | 0
        群众反映 | 2          | 1            | 1/2                 | 1         | 1            | 0             | 0
        """,
    )


def test_class_counts_cross_kind_with_difficulty_and_handling(office: Office) -> None:
    office.send(
        "2022-09",
        """
        item_no | unit | due_on | state     | closed_on | kind         | difficulty | handling
        P1      | 甲部 | 09-10  | closed    | 09-08     | 共性         | 疑难       | 督办
        P2      | 甲部 | 09-10  | open      | —         | 共性         | 疑难       | 交办
        P3      | 甲部 | 10-10  | escalated | —         | 共性、顽固   | 疑难       | 督办
        P4      | 乙部 | 10-10  | open      | —         | —            | 常规       | —
        P5      | 乙部 | 10-10  | open      | —         | —            | —          | —
        """,
    )
    rows = office.ask("class_counts", "09-30")
    assert_answer(
        [row for row in rows if row["grouped_by"] == "cell"],
        """
        kind | difficulty | item_count | closed_count | closed_of_all_share | overdue_count | escalated_count
        共性 | 疑难       | 3          | 1            | 1/3                 | 1             | 1
        顽固 | 疑难       | 1          | 0            | 0                   | 0             | 1
        —    | 常规       | 1          | 0            | 0                   | 0             | 0
        """,
    )
    assert_answer(
        [row for row in rows if row["grouped_by"] == "all three"],
        """
        kind | difficulty | handling | item_count
        共性 | 疑难       | 交办     | 1
        共性 | 疑难       | 督办     | 2
        顽固 | 疑难       | 督办     | 1
        —    | 常规       | —        | 1
        """,
    )


def test_classed_items_are_those_that_carry_the_class(office: Office) -> None:
    office.send(
        "2022-09",
        """
        item_no | unit | due_on | state | kind       | difficulty | channel
        P1      | 甲部 | 09-20  | open  | 共性、顽固 | 疑难       | 提案
        P2      | 甲部 | 09-10  | open  | 共性       | 常规       | 议案、提案
        P3      | 甲部 | 09-10  | open  | —          | —          | —
        """,
    )

    def found(**asked: str) -> list[str]:
        return [row["item_key"] for row in office.ask("classed_items", "09-30", **asked)]

    assert found() == ["P2", "P1"]
    assert found(kind="顽固") == ["P1"]
    assert found(channel="提案") == ["P2", "P1"]
    assert found(kind="共性", difficulty="常规") == ["P2"]


def test_classed_items_come_longest_overdue_first_and_may_end_early(office: Office) -> None:
    office.send(
        "2022-09",
        """
        item_no | unit | due_on | state  | closed_on | kind | difficulty
        P1      | 甲部 | —      | open   | —         | 共性 | 疑难
        P2      | 甲部 | 09-01  | closed | 09-02     | 共性 | —
        P3      | 甲部 | 10-20  | open   | —         | —    | 疑难
        P4      | 甲部 | 09-20  | open   | —         | 共性 | —
        P5      | 甲部 | 09-10  | open   | —         | —    | 疑难
        """,
    )
    rows = [row["item_key"] for row in office.ask("classed_items", "09-30")]
    assert rows == ["P5", "P4", "P3", "P1", "P2"]
    cut = office.ask("classed_items", "09-30", at_most=2)
    assert [row["item_key"] for row in cut] == ["P5", "P4"]
    unnamed = office.ask("classed_items", "09-30", kind="", difficulty="疑难")
    assert [row["item_key"] for row in unnamed] == ["P5", "P3"]
    unnamed = office.ask("classed_items", "09-30", kind="共性", difficulty="")
    assert [row["item_key"] for row in unnamed] == ["P4", "P2"]
