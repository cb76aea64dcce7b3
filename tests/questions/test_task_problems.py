"""task_problems: what hinders a task, and what waits for a level above (A7, B15)."""

from collections.abc import Callable

from tally.packs import DEMO, ItemClass
from tests.office import Office, assert_answer

LEVELS = (
    ItemClass("level", "市级层面", DEMO, owner="市政府办公室"),
    ItemClass("level", "乡级层面", DEMO),
)
PROBLEMS = """
    item_no | unit | task_no | level    | found_on | due_on | state  | closed_on
    P1      | 甲部 | T1      | 市级层面 | 08-01    | 08-20  | open   | —
    P2      | 乙部 | T1      | 乡级层面 | 08-05    | 09-30  | open   | —
    P3      | 甲部 | T2      | 市级层面 | 07-10    | 08-15  | closed | 08-14
    P4      | 丙部 | —       | 市级层面 | 07-25    | 08-30  | open   | —
    P5      | 丙部 | —       | —        | 07-25    | 08-30  | open   | —
    P6      | 丁部 | T1      | —        | —        | —      | open   | —
"""


def test_problem_names_its_task_its_level_and_who_answers_for_it(
    office_of: Callable[..., Office],
) -> None:
    office = office_of(classes=LEVELS)
    office.send("2022-08", PROBLEMS)
    # P5 names neither task nor level. Open before closed, the longest overdue first.
    assert_answer(
        office.ask("task_problems", "08-31"),
        """
        item_key | task | unit | level    | owner        | age_days | is_closed | is_overdue | overdue_days
        P1       | T1   | 甲部 | 市级层面 | 市政府办公室 | 30       | no        | yes        | 11
        P4       | —    | 丙部 | 市级层面 | 市政府办公室 | 37       | no        | yes        | 1
        P2       | T1   | 乙部 | 乡级层面 | —            | 26       | no        | no         | —
        P6       | T1   | 丁部 | —        | —            | —        | no        | no         | —
        P3       | T2   | 甲部 | 市级层面 | 市政府办公室 | 35       | yes       | no         | —
        """,
    )


def test_problems_of_one_task_and_of_one_level(office_of: Callable[..., Office]) -> None:
    office = office_of(classes=LEVELS)
    office.send("2022-08", PROBLEMS)

    def keys(**asked: object) -> list[str]:
        return [row["item_key"] for row in office.ask("task_problems", "08-31", **asked)]

    assert keys(task="T1") == ["P1", "P2", "P6"]
    assert keys(level="市级层面") == ["P1", "P4", "P3"]
    assert keys(task="T1", level="市级层面", unit=["甲部"]) == ["P1"]
    assert keys(task="T9") == []
