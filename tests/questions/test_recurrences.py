"""recurrences: leads to matters that may have come back after their close-out (B14)."""

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


def test_what_every_title_says_leads_nowhere(office: Office) -> None:
    rows = [
        f"P{number} | 工作推进不力{number:03} | 0{7 + number % 2}-10 | {'open' if number % 2 else 'closed'}"
        for number in range(240)
    ]
    office.send("2022-09", "\n".join(["item_no | title | found_on | state", *rows]), unit="甲部")
    assert len(office.ask("recurrences", "09-30")) <= 200
