"""recurrences: leads to matters that may have come back after their close-out (B14)."""

from typing import Any

import pytest

from tests.office import Office, assert_answer


def pieces(title: str) -> set[str]:
    """Return the two-letter pieces of a title."""
    return {title[place : place + 2] for place in range(len(title) - 1)}


def likeness(one: str, other: str) -> float:
    """Return the Jaccard index of two titles' pieces."""
    return len(pieces(one) & pieces(other)) / len(pieces(one) | pieces(other))


def test_newer_item_worded_like_one_closed_before_is_a_lead(office: Office) -> None:
    office.send(
        "2022-09",
        """
        item_no | unit | title                | community | found_on | state  | closed_on
        P1      | 甲部 | 东路路灯不亮         | 东社区    | 07-10    | closed | 08-10
        P2      | 甲部 | 东路三盏路灯不亮     | 西社区    | 09-02    | open   | —
        P3      | 乙部 | 东路路灯，又不亮     | 东社区    | 09-03    | open   | —
        P4      | 乙部 | 东路路灯不亮         | —         | 08-01    | open   | —
        P5      | 甲部 | 管网错接点未整改     | 东社区    | 09-04    | open   | —
        """,
    )
    # P4 was found before P1 was closed; P5 is another matter at the same place.
    rows = office.ask("recurrences", "09-30")
    assert_answer(
        rows,
        """
        item_key | earlier_item_key | is_same_unit | is_same_place | days_between | earlier_closed_on
        P3       | P1               | no           | yes           | 24           | 08-10
        P2       | P1               | yes          | no            | 23           | 08-10
        """,
    )
    assert [row["likeness"] for row in rows] == pytest.approx(
        [likeness("东路路灯又不亮", "东路路灯不亮"), likeness("东路三盏路灯不亮", "东路路灯不亮")]
    )
    assert rows[0]["upload"] == rows[0]["earlier_upload"] and rows[0]["row"] == 4


def test_neither_unit_nor_place_in_common_needs_closer_words(office: Office) -> None:
    office.send(
        "2022-09",
        """
        item_no | unit | title            | found_on | state  | closed_on
        P1      | 甲部 | 东路路灯不亮     | 07-10    | closed | 08-10
        P2      | 乙部 | 东路三盏路灯都不亮 | 09-02    | open   | —
        P3      | 乙部 | 东路路灯又不亮了 | 09-03    | open   | —
        """,
    )
    assert (
        likeness("东路三盏路灯都不亮", "东路路灯不亮")
        < 0.5
        <= likeness("东路路灯又不亮了", "东路路灯不亮")
    )
    assert [row["item_key"] for row in office.ask("recurrences", "09-30")] == ["P3"]


@pytest.fixture
def alike(office: Office) -> Office:
    """An office with two leads: from one unit to another, and within one."""
    office.send(
        "2022-09",
        """
        item_no | unit | dimension | title              | found_on | state  | closed_on
        P1      | 甲部 | 经济      | 东路路灯不亮       | 07-10    | closed | 08-10
        P2      | 乙部 | 经济      | 东路路灯又不亮了   | 09-02    | open   | —
        P3      | 丙部 | 经济      | 西桥护栏缺失       | 07-10    | closed | 08-10
        P4      | 丙部 | 文化      | 西桥护栏缺失一段   | 09-03    | open   | —
        """,
    )
    return office


def leads(office: Office, **asked: Any) -> list[str]:
    """Return the newer items of the leads that a question about some items tells."""
    return sorted(row["item_key"] for row in office.ask("recurrences", "09-30", **asked))


def test_both_items_of_a_lead_are_among_those_asked_about(alike: Office) -> None:
    assert leads(alike) == ["P2", "P4"]
    assert leads(alike, unit=["甲部", "乙部"]) == ["P2"]
    assert leads(alike, unit=["乙部"]) == leads(alike, unit=["甲部"]) == []
    assert leads(alike, unit=["丙部"]) == ["P4"]
    assert leads(alike, unit=["丙部"], dimension=["文化"]) == []
    assert leads(alike, post="第一副主任") == ["P2"]


@pytest.mark.parametrize("asked", [{}, {"unit": ["丙部"]}, {"league": "部门"}])
def test_leads_found_once_are_those_found_among_what_was_known(
    alike: Office, asked: dict[str, Any]
) -> None:
    then = alike.now()
    assert alike.ask("recurrences", "09-30", **asked) == alike.ask(
        "recurrences", "09-30", known_at=then, **asked
    )


def test_how_rare_words_are_is_judged_among_all_titles_of_the_campaign(office: Office) -> None:
    """Of one unit two titles share words that a hundred others of the campaign have too."""
    others = [f"Q{number} | 乙部 | 东桥 | 07-01 | open | —" for number in range(100)]
    own = ["P1 | 甲部 | 东桥 | 07-10 | closed | 08-10", "P2 | 甲部 | 东桥 | 09-02 | open | —"]
    heading = "item_no | unit | title | found_on | state | closed_on"
    office.send("2022-09", "\n".join([heading, *own, *others[:98]]))
    assert leads(office, unit=["甲部"]) == ["P2"]
    office.send("2022-10", "\n".join([heading, *own, *others]))
    assert office.ask("recurrences", "10-31", unit=["甲部"]) == []


def test_what_every_title_says_leads_nowhere(office: Office) -> None:
    rows = [
        f"P{number} | 工作推进不力{number:03} | 0{7 + number % 2}-10 | {'open' if number % 2 else 'closed'}"
        for number in range(240)
    ]
    office.send("2022-09", "\n".join(["item_no | title | found_on | state", *rows]), unit="甲部")
    assert len(office.ask("recurrences", "09-30")) <= 200
