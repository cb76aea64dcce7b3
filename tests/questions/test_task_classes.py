"""task_classes: how many tasks each class has against what is stated, and how they stand (A5)."""

from collections.abc import Callable

from tally.packs import DEMO, Dimension, ExpectedLedger
from tests.office import Office, assert_answer

CLASSES = (
    Dimension("指标", DEMO, stated_count=3),
    Dimension("项目", DEMO, stated_count=1),
    Dimension("平台", DEMO, stated_count=2),
    Dimension("难点", DEMO),
)
TASKS = """
    item_no | dimension | due_on | progress_share | state
    Z1      | 指标      | 12-31  | 0.9            | open
    Z2      | 指标      | 12-31  | 0.1            | open
    X1      | 项目      | 08-15  | 0.5            | open
    X2      | 项目      | 12-31  | —              | closed
    N1      | —         | 12-31  | —              | open
"""


def test_class_has_its_stated_and_its_listed_tasks_with_their_lights(
    office_of: Callable[..., Office],
) -> None:
    office = office_of(dimensions=CLASSES, ledgers=(ExpectedLedger("tasks", "all", DEMO),))
    office.send("2022-08", TASKS, kind="tasks", unit="甲部")
    office.send("2022-08", "item_no | dimension\nP1 | 难点", unit="甲部")
    rows = office.ask("task_classes", "08-31")
    # 平台 is stated and not listed; a problem under 难点 is no task; N1 names no class.
    assert_answer(
        rows,
        """
        class  | stated_count | task_count | missing_count | closed_count | closed_share | overdue_count
        指标   | 3            | 2          | 1             | 0            | 0/2          | 0
        项目   | 1            | 2          | -1            | 1            | 1/2          | 1
        平台   | 2            | 0          | 2             | 0            | —            | 0
        未注明 | —            | 1          | —             | 0            | 0/1          | 0
        """,
    )
    # Two thirds of the year to go: 0.1 is behind. N1 states no progress.
    assert_answer(
        rows,
        """
        class  | green_count | yellow_count | red_count | unlit_count
        指标   | 1           | 0            | 1         | 0
        项目   | 1           | 0            | 1         | 0
        平台   | 0           | 0            | 0         | 0
        未注明 | 0           | 0            | 0         | 1
        """,
    )


def test_lights_of_the_classes_are_those_of_the_tasks(office_of: Callable[..., Office]) -> None:
    office = office_of(dimensions=CLASSES, ledgers=(ExpectedLedger("tasks", "all", DEMO),))
    office.send("2022-08", TASKS, kind="tasks", unit="甲部")
    for as_of in ("08-14", "08-31", "12-31"):
        lights = [row["light"] for row in office.ask("task_progress", as_of)]
        classes = office.ask("task_classes", as_of)
        for light in ("green", "yellow", "red"):
            counted = sum(row[f"{light}_count"] for row in classes)
            assert counted == lights.count(light), (as_of, light)


def test_campaign_that_collects_no_tasks_has_no_classes_of_them(
    office_of: Callable[..., Office],
) -> None:
    office = office_of(dimensions=CLASSES, ledgers=(ExpectedLedger("problems", "unit", DEMO),))
    assert office.ask("task_classes", "08-31") == []
