"""chain_progress: a parent's counts are the sums of its parts, its shares made from them (A6)."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from tally.packs import DEMO, ExpectedLedger, League, Unit
from tests.office import Office, assert_answer
from tests.questions.naive import share

LEVELS = ("县", "乡")
Tree = dict[str, str]


def units_of(parents: Tree) -> tuple[Unit, ...]:
    """Return units with these parents, each with its level."""

    def depth(name: str) -> int:
        return 1 + depth(parents[name]) if parents[name] else 0

    return tuple(
        Unit(name, "全部", DEMO, parent=parent, level=LEVELS[depth(name)])
        for name, parent in parents.items()
    )


def office_of_tree(open_office: Callable[..., Office], parents: Tree) -> Office:
    """Open an office of these units, each of which sends its own list of problems."""
    return open_office(
        units=units_of(parents),
        leagues=(League("全部", DEMO),),
        ledgers=(ExpectedLedger("problems", "unit", DEMO),),
    )


COUNTY = {"市办": "", "甲县": "", "乙县": "", "甲一镇": "甲县", "甲二镇": "甲县"}
LISTS = {
    "市办": "item_no | due_on | state | closed_on\nS1 | 12-01 | open | —",
    "甲县": "item_no | due_on | state | closed_on\nJ1 | 09-10 | open | —\nJ2 | 12-01 | open | —",
    "甲一镇": """
        item_no | due_on | state  | closed_on
        Y1      | 09-10  | closed | 09-09
        Y2      | 09-10  | closed | 09-09
        Y3      | 09-10  | closed | 09-20
        Y4      | 09-10  | open   | —
    """,
    "甲二镇": """
        item_no | due_on | state  | closed_on
        E1      | 09-10  | closed | 09-09
        E2      | 12-01  | open   | —
        E3      | 12-01  | open   | —
        E4      | 12-01  | open   | —
        E5      | 12-01  | open   | —
        E6      | 12-01  | open   | —
    """,
}


def test_county_is_its_own_items_and_the_sum_of_its_towns(
    office_of: Callable[..., Office],
) -> None:
    office = office_of_tree(office_of, COUNTY)
    for unit, text in LISTS.items():
        office.send("2022-09", text, unit=unit)
    # Of all 4/12, although the towns' mean is 11/24; of the due 4/6, their mean 7/8.
    assert_answer(
        office.ask("chain_progress", "09-30", parent="甲县"),
        """
        part  | unit   | level | below_count | own_item_count | item_count | due_count | closed_count | closed_due_count | overdue_count | closed_of_all_share | closed_share
        whole | 甲县   | 县    | 2          | 2              | 12         | 6         | 4            | 4                | 2             | 4/12                | 4/6
        own   | 甲县   | 县    | 0          | 2              | 2          | 1         | 0            | 0                | 1             | 0/2                 | 0/1
        part  | 甲一镇 | 乡    | 0          | 4              | 4          | 4         | 3            | 3                | 1             | 3/4                 | 3/4
        part  | 甲二镇 | 乡    | 0          | 6              | 6          | 1         | 1            | 1                | 0             | 1/6                 | 1/1
        """,
    )
    # The top sums the counties with all that is below them; nothing is led outside the roster.
    assert_answer(
        office.ask("chain_progress", "09-30"),
        """
        part  | unit | unit_count | own_item_count | item_count | closed_count | overdue_count
        whole | —    | 5          | 0              | 13         | 4            | 2
        part  | 市办 | 1          | 1              | 1          | 0            | 0
        part  | 甲县 | 3          | 2              | 12         | 4            | 2
        part  | 乙县 | 1          | 0              | 0          | 0            | 0
        """,
    )


def test_part_that_has_not_reported_is_named_all_the_way_up(
    office_of: Callable[..., Office],
) -> None:
    office = office_of_tree(office_of, COUNTY)
    for unit, text in LISTS.items():
        office.send("2022-08" if unit == "甲二镇" else "2022-09", text, unit=unit)
    columns = "unit | is_reported | last_month | unreported_count | unreported"
    assert_answer(
        office.ask("chain_progress", "09-30"),
        f"""
        {columns}
        —    | —   | —       | 2 | 乙县、甲二镇
        市办 | yes | 2022-09 | 0 | —
        甲县 | yes | 2022-09 | 1 | 甲二镇
        乙县 | no  | —       | 1 | 乙县
        """,
    )
    # It stands as last listed: it is counted, and said to be of August.
    town = office.ask("chain_progress", "09-30", parent="甲县")[-1]
    assert (town["item_count"], town["is_reported"], town["last_month"]) == (6, False, "2022-08")


def test_who_owes_two_lists_has_reported_when_both_are_in(
    office_of: Callable[..., Office],
) -> None:
    ledgers = (
        ExpectedLedger("tasks", "all", DEMO),
        ExpectedLedger("problems", "unit", DEMO, units=("甲县",)),
    )
    leagues = (League("全部", DEMO),)
    office = office_of(units=units_of(COUNTY), leagues=leagues, ledgers=ledgers)
    office.send("2022-09", "item_no | unit\nT1 | 甲县\nT2 | 市办", kind="tasks")
    [whole, *_] = office.ask("chain_progress", "09-30")
    assert whole["unreported"] == "甲县"
    office.send("2022-09", LISTS["甲县"], unit="甲县")
    [whole, *_] = office.ask("chain_progress", "09-30")
    assert whole["unreported"] is None


def test_items_of_a_unit_that_no_roster_names_count_for_the_whole(
    office_of: Callable[..., Office],
) -> None:
    office = office_of_tree(office_of, COUNTY)
    office.send("2022-09", "item_no | unit\nP1 | 市办\nP2 | 外单位")
    assert_answer(
        office.ask("chain_progress", "09-30"),
        """
        part  | unit | unit_count | own_item_count | item_count
        whole | —    | 5          | 1              | 2
        own   | —    | 0          | 1              | 1
        part  | 市办 | 1          | 1              | 1
        part  | 甲县 | 3          | 0              | 0
        part  | 乙县 | 1          | 0              | 0
        """,
    )


def test_unknown_parent_has_no_parts(office_of: Callable[..., Office]) -> None:
    office = office_of_tree(office_of, COUNTY)
    assert office.ask("chain_progress", "09-30", parent="丙县") == []


@dataclass(frozen=True)
class Counts:
    """What the naive implementation counts of a unit and all below it."""

    items: int
    due: int
    closed: int
    closed_due: int
    overdue: int

    def __add__(self, other: "Counts") -> "Counts":
        sums = zip(vars(self).values(), vars(other).values(), strict=True)
        return Counts(*(one + another for one, another in sums))


def rolled_up(unit: str, parents: Tree, own: dict[str, Counts]) -> Counts:
    """Return a unit's counts with those of all below it: slow and obvious."""
    total = own[unit]
    for part, parent in parents.items():
        if parent == unit:
            total += rolled_up(part, parents, own)
    return total


def assert_same(row: dict[str, Any], counts: Counts) -> None:
    """Fail when a row of the answer is not what counting one by one gives."""
    found = [row[f"{name}_count"] for name in ("item", "due", "closed", "closed_due", "overdue")]
    assert found == list(vars(counts).values()), row["unit"]
    assert row["closed_of_all_share"] == share(counts.closed, counts.items)
    assert row["closed_share"] == share(counts.closed_due, counts.due)
    assert row["schedule_share"] == share(counts.due, counts.items)


@pytest.mark.parametrize("seed", range(3))
def test_every_level_agrees_with_counting_one_by_one(
    office_of: Callable[..., Office], seed: int
) -> None:
    chance, as_of = random.Random(seed), date(2022, 9, 30)
    parents: Tree = {f"县{n}": "" for n in range(3)}
    parents |= {f"镇{n}": chance.choice(("县0", "县1", "县2")) for n in range(7)}
    office = office_of_tree(office_of, parents)
    own: dict[str, Counts] = {}
    for unit in parents:
        lines, counts = ["item_no | due_on | state | closed_on"], Counts(0, 0, 0, 0, 0)
        for number in range(chance.randrange(9)):
            due_on = date(2022, 9, 1) + timedelta(days=chance.randrange(60))
            is_closed = chance.random() < 0.5
            closed = "closed | 09-01" if is_closed else "open | —"
            lines.append(f"{unit}{number} | {due_on} | {closed}")
            is_due = due_on <= as_of
            is_overdue = due_on < as_of and not is_closed
            counts += Counts(1, is_due, is_closed, is_due and is_closed, is_overdue)
        own[unit] = counts
        if counts.items:
            office.send("2022-09", "\n".join(lines), unit=unit)
    for parent in ("", "县0", "县1", "县2"):
        whole, *rows = office.ask("chain_progress", "09-30", parent=parent or None)
        parts = [row for row in rows if row["part"] == "part"]
        assert [row["unit"] for row in parts] == [u for u, p in parents.items() if p == parent]
        for row in parts:
            assert_same(row, rolled_up(row["unit"], parents, own))
        total = own[parent] if parent else Counts(0, 0, 0, 0, 0)
        for row in parts:
            total += rolled_up(row["unit"], parents, own)
        assert_same(whole, total)
