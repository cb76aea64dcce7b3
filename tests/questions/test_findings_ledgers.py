"""The ledgers that findings stand on: what is in force, and the newest report of each item."""

from typing import Any

import pytest

from tests.office import SLUG, Office
from tests.tables import day

# A row of each ledger of things that happened, and of each that says how things stand.
HAPPENED = {
    "rank_known": ("ranks", "work | scope | rank | ranked_on\n环境 | 全市 | 3 | {day}"),
    "appraisal_known": (
        "appraisals",
        "subject | list | score | appraised_on\n甲部 | 评部门 | 74 | {day}",
    ),
    "points_known": ("points", "reason | points | given_on\n做法被采用 | 2 | {day}"),
    "contest_known": (
        "contests",
        "criterion | contest | score | scored_on\n走访 | 业绩大比武 | 18 | {day}",
    ),
    "incident_known": ("incidents", "kind | title | happened_on\n安全事故 | 火情 | {day}"),
    "questioning_known": ("questionings", "post | asked_on | situation\n甲部负责人 | {day} | 清楚"),
    "case_known": ("cases", "kind | title | published_on\n正面 | 一件事 | {day}"),
}
STANDS = {
    "review_known": ("reviews", "kind | title", "书面检讨 | 任务未完成", "handed_in_on"),
    "instruction_known": ("instructions", "title | given_by", "修路 | 主要负责人", "effective_on"),
    "commitment_known": ("commitments", "kind | title", "公开承诺 | 排队太久", "fulfilled_on"),
}


def known(office: Office, macro: str, *given: Any) -> list[dict[str, Any]]:
    """Return the rows of a table macro, in the order of their keys."""
    marks = ", ".join(f"${number}" for number in range(1, len(given) + 1))
    types = ["TIMESTAMP"] if len(given) == 1 else ["DATE", "TIMESTAMP"]
    asked = [f"{mark}::{kind}" for mark, kind in zip(marks.split(", "), types, strict=True)]
    parameters = {str(number): value for number, value in enumerate(given, start=1)}
    rows = office.database.rows(f"FROM {macro}({', '.join(asked)}) ORDER BY item_key", parameters)
    return rows.to_pylist()


@pytest.mark.parametrize("macro", sorted(HAPPENED))
def test_what_happened_is_every_row_in_force_with_its_place(office: Office, macro: str) -> None:
    kind, text = HAPPENED[macro]
    office.send("", text.format(day="09-10"), kind=kind, unit="乙部")
    before = office.now()
    upload = office.send("", text.format(day="09-10"), kind=kind, unit="甲部")
    rows = known(office, macro, None)
    assert {row["campaign"] for row in rows} == {SLUG}
    assert {row["unit"] for row in rows} == {"甲部", "乙部"}
    (own,) = [row for row in rows if row["unit"] == "甲部"]
    assert (own["upload"], own["sheet"], own["row"]) == (upload, "台账", 2)
    assert [row["unit"] for row in known(office, macro, before)] == ["乙部"]
    office.take_back(upload)
    assert [row["unit"] for row in known(office, macro, None)] == ["乙部"]


@pytest.mark.parametrize("macro", sorted(STANDS))
def test_what_stands_is_the_newest_report_by_the_month_asked(office: Office, macro: str) -> None:
    kind, heads, words, done = STANDS[macro]
    first = {"instructions": "given_on", "commitments": "published_on"}.get(kind, "due_on")
    heads = f"item_no | {heads} | {first} | {done}"
    office.send("2022-08", f"{heads}\nA1 | {words} | 08-05 | —", kind=kind, unit="甲部")
    office.send("2022-09", f"{heads}\nA1 | {words} | 08-05 | 09-20", kind=kind, unit="甲部")
    for asked, expected in (("08-31", None), ("09-01", "09-20"), ("12-31", "09-20")):
        (row,) = known(office, macro, day(asked), None)
        assert row[done] == (expected and day(expected)), asked
    assert known(office, macro, day("07-31"), None) == []


@pytest.mark.parametrize("macro", sorted(STANDS))
def test_item_that_a_later_list_leaves_out_stays_as_it_was_told(office: Office, macro: str) -> None:
    kind, heads, words, done = STANDS[macro]
    first = {"instructions": "given_on", "commitments": "published_on"}.get(kind, "due_on")
    heads = f"item_no | {heads} | {first} | {done}"
    office.send("2022-08", f"{heads}\nA1 | {words} | 08-05 | 08-20", kind=kind, unit="甲部")
    office.send("2022-09", f"{heads}\nA2 | {words} | 09-05 | —", kind=kind, unit="甲部")
    found = {row["item_key"]: row[done] for row in known(office, macro, day("09-30"), None)}
    assert found == {"A1": day("08-20"), "A2": None}


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("ranks", "全市"),
        ("points", "甲部负责人"),
        ("contests", "业绩大比武"),
        ("incidents", "示例企业A09"),
        ("instructions", "主任办公会"),
        ("commitments", "电视台"),
        ("cases", "示例简报"),
    ],
)
def test_row_is_found_by_what_tells_it_apart(office: Office, kind: str, words: str) -> None:
    rows = {
        "ranks": ("", "work | scope | rank | ranked_on\n环境 | 全市 | 3 | 09-30"),
        "points": ("", "reason | points | given_on | post\n采用 | 2 | 09-30 | 甲部负责人"),
        "contests": ("", "criterion | contest | score | scored_on\n走访 | 业绩大比武 | 9 | 09-30"),
        "incidents": (
            "",
            "kind | title | happened_on | object\n企业外迁 | 迁出 | 09-30 | 示例企业A09",
        ),
        "instructions": (
            "2022-09",
            "title | given_by | given_on | occasion\n修路 | 主任 | 09-05 | 主任办公会",
        ),
        "commitments": (
            "2022-09",
            "kind | title | published_on | medium\n曝光 | 排队 | 09-05 | 电视台",
        ),
        "cases": ("", "kind | title | published_on | published_in\n正面 | 甲 | 09-05 | 示例简报"),
    }
    month, text = rows[kind]
    office.send(month, text, kind=kind, unit="甲部")
    (row,) = office.ask("ledger_rows", "09-30", words=words)
    assert row["ledger"] == kind
