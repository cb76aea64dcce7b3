"""petition_trips, petition_backlog, petition_sources: what a petition list tells (B9)."""

from collections.abc import Callable

import pytest

from tally.packs import DEMO, ItemClass, Population
from tests.office import Office, assert_answer
from tests.tables import day

PETITIONS = """
ticket_no | form | level | persons_count | unit | community | received_on | closed_on | state  | is_resolved | is_satisfied | assigned_by       | is_backlog
P1        | 来访 | 省级  | 5             | 甲部 | 东社区    | 08-10       | 08-20     | closed | yes         | yes          | —                 | —
P2        | 来访 | 中央  | —             | 甲部 | 东社区    | 09-02       | —         | open   | —           | —            | 信联办            | —
P3        | 来信 | 省级  | 9             | 乙部 | 西社区    | 09-03       | —         | open   | —           | —            | 信联办、公开接访  | —
P4        | 来访 | 区级  | 3             | 乙部 | —         | 09-04       | 09-30     | closed | no          | no           | —                 | —
J1        | 来访 | 省级  | 2             | 甲部 | 东社区    | 07-15       | 09-10     | closed | yes         | no           | 公开接访          | yes
J2        | —    | —     | —             | 甲部 | —         | 07-16       | 09-10     | closed | no          | —            | —                 | yes
J3        | —    | —     | —             | 乙部 | —         | 07-17       | —         | open   | —           | —            | —                 | yes
"""


@pytest.fixture
def sent(office: Office) -> Office:
    """An office whose petitions have come in."""
    office.send("", PETITIONS, kind="petitions")
    return office


def test_petition_trips_count_batches_and_persons_who_came_in_person(sent: Office) -> None:
    rows = [row for row in sent.ask("petition_trips", "09-30") if row["grouped_by"] == "month"]
    # A letter to the province is no trip; a batch that tells no number is one person.
    assert_answer(
        rows,
        """
        name    | petition_count | province_batch_count | province_person_count | capital_batch_count | capital_person_count
        2022-08 | 1              | 1                    | 5                     | 0                   | 0
        2022-09 | 3              | 0                    | 0                     | 1                   | 1
        """,
    )
    trips = sent.ask("appeals", "09-30", state="trip")
    assert [row["item_key"] for row in trips] == ["P2", "P1"]
    (total,) = [row for row in sent.ask("petition_trips", "08-31") if row["grouped_by"] == "total"]
    assert (total["petition_count"], total["province_batch_count"]) == (1, 1)


def test_list_of_appeals_may_end_early_and_be_of_what_names_nobody(sent: Office) -> None:
    whole = [row["item_key"] for row in sent.ask("appeals", "09-30")]
    assert whole == ["P3", "P2", "P4", "P1"]
    assert [row["item_key"] for row in sent.ask("appeals", "09-30", at_most=2)] == whole[:2]
    nowhere = sent.ask("appeals", "09-30", unnamed="community")
    assert [row["item_key"] for row in nowhere] == ["P4"]
    assert sent.ask("appeals", "09-30", unnamed="unit") == []


def test_petition_trips_divide_by_the_people_who_live_there(
    office_of: Callable[..., Office],
) -> None:
    office = office_of(
        populations=(
            Population("东社区", 4000, day("06-30"), DEMO),
            Population("西社区", 1000, day("06-30"), DEMO),
        )
    )
    office.send("", PETITIONS, kind="petitions")
    rows = office.ask("petition_trips", "09-30")
    # 4 petitions among 5000 people; the stock of old matters is not among them.
    assert_answer(
        [r for r in rows if r["grouped_by"] == "total"], "people | per_million\n5000 | 800"
    )
    assert_answer(
        [r for r in rows if r["grouped_by"] == "community"],
        "name | petition_count | per_million\n东社区 | 2 | 500\n西社区 | 1 | 1000\n— | 1 | —",
    )
    # Of a part of the units nobody knows for how many people it stands.
    part = office.ask("petition_trips", "09-30", unit=["甲部"])
    assert {row["per_million"] for row in part if row["grouped_by"] == "total"} == {None}


def test_petition_backlog_keeps_settled_and_resolved_apart(sent: Office) -> None:
    assert_answer(
        sent.ask("petition_backlog", "09-30"),
        """
        grouped_by | unit | stock_count | closed_count | resolved_count | resolved_share | satisfied_share | open_count
        total      | —    | 3           | 2            | 1              | 1/3            | 0               | 1
        unit       | 乙部 | 1           | 0            | 0              | 0              | —               | 1
        unit       | 甲部 | 2           | 2            | 1              | 1/2            | 0               | 0
        """,
    )
    assert_answer(
        sent.ask("petition_backlog", "08-31"),
        "stock_count | closed_count\n3 | 0\n2 | 0\n1 | 0",
    )


def test_petition_sources_count_a_case_for_each_who_assigned_it(sent: Office) -> None:
    assert_answer(
        sent.ask("petition_sources", "09-30"),
        """
        axis        | name     | petition_count | closed_count | closed_share | satisfied_share
        assigned_by | 信联办   | 2              | 0            | 0            | —
        assigned_by | 公开接访 | 2              | 1            | 1/2          | 0
        """,
    )


def test_petition_sources_list_every_class_of_the_pack(office_of: Callable[..., Office]) -> None:
    office = office_of(
        classes=(ItemClass("disposal", "合理", DEMO), ItemClass("disposal", "不合理", DEMO))
    )
    office.send(
        "",
        "ticket_no | unit | received_on | disposal\nP1 | 甲部 | 09-01 | 不合理",
        kind="petitions",
    )
    assert_answer(
        office.ask("petition_sources", "09-30"),
        "name | petition_count | closed_share\n合理 | 0 | —\n不合理 | 1 | 0",
    )
