"""Tables beside each other in one sheet share its lines; each row leads to cells of its own."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from tally.contracts import contracts
from tally.intake.marking.workbook import marked_workbook
from tally.store import Database
from tally.submissions import (
    Given,
    KeptRow,
    Pair,
    Terms,
    import_file,
    kept_row,
    side_by_side,
)
from tests.intake.samples import xlsx
from tests.submissions.test_provenance import SHEET, TITLE, database, sent

__all__ = ["database"]
HEADS = ("问题描述", "责任单位", "完成时限")
DUE = date(2022, 9, 30)

workbook = partial(xlsx, name=SHEET)


def beside(
    left: Sequence[Any], right: Sequence[Any], heads: Sequence[str] = HEADS, title: str = TITLE
) -> bytes:
    """Return two tables of one row each with a blank column between them."""
    return workbook((title,), (*HEADS, None, *heads), (*left, None, *right))


def rows_of(database: Database, upload: int, row: int = 3) -> list[KeptRow]:
    """Return what the lists hold of a line of the sheet, in the order of the titles."""
    found = []
    for kind in contracts():
        held = database.ask(
            "ledger_rows", {"ledger": kind, "as_of": date(2022, 12, 31)}
        ).to_pylist()
        for entry in sorted(held, key=lambda entry: str(entry["title"])):
            if (entry["upload"], entry["row"]) == (upload, row):
                kept = kept_row(database, upload, SHEET, row, kind, entry["item_key"])
                assert kept
                found.append(kept)
    return found


def shown(kept: KeptRow) -> dict[str, Pair]:
    """Return a row's pairs under their cell."""
    return {pair.cell: pair for pair in side_by_side(kept).pairs if pair.cell}


def test_row_of_each_of_two_equal_tables_leads_to_its_own_cells(database: Database) -> None:
    upload = sent(database, beside(("甲项", "规建部", DUE), ("乙项", "招商部", "9.20")))
    first, second = rows_of(database, upload)
    if first.title != "甲项":
        first, second = second, first
    assert {cell: pair.value for cell, pair in shown(first).items()} == {
        "A3": "甲项",
        "B3": "规划建设部",
        "C3": "2022-09-30",
    }
    assert {cell: (pair.column, pair.value) for cell, pair in shown(second).items()} == {
        "E3": ("问题描述", "乙项"),
        "F3": ("责任单位", "招商部"),
        "G3": ("完成时限", "2022-09-20"),
    }


def test_rows_of_one_wording_are_told_apart_by_their_units(database: Database) -> None:
    upload = sent(database, beside(("甲项", "规建部", DUE), ("甲项", "产发部", DUE)))
    found = {kept.unit: set(shown(kept)) for kept in rows_of(database, upload)}
    assert found == {"规划建设部": {"A3", "B3", "C3"}, "产业发展部": {"E3", "F3", "G3"}}


def test_rows_that_are_the_same_twice_lead_to_one_table_each(database: Database) -> None:
    upload = sent(database, beside(("甲项", "规建部", DUE), ("甲项", "规建部", DUE)))
    assert [set(shown(kept)) for kept in rows_of(database, upload)] == [
        {"A3", "B3", "C3"},
        {"E3", "F3", "G3"},
    ]


def test_rows_of_two_kinds_in_one_line_are_each_found(database: Database) -> None:
    heads = ("任务名称", "责任单位", "完成进度")
    title = "相山经开区“六找六强”2022年9月台账"
    content = beside(("甲项", "规建部", DUE), ("乙事", "招商部", "50%"), heads, title)
    upload = sent(database, content)
    found = {kept.ledger: shown(kept) for kept in rows_of(database, upload)}
    assert {kind: set(pairs) for kind, pairs in found.items()} == {
        "problems": {"A3", "B3", "C3"},
        "tasks": {"E3", "F3", "G3"},
    }
    assert found["tasks"]["G3"].value == "50%"


def test_link_of_old_without_the_item_leads_to_a_row_of_that_line(database: Database) -> None:
    upload = sent(database, beside(("甲项", "规建部", DUE), ("乙项", "招商部", DUE)))
    kept = kept_row(database, upload, SHEET, 3)
    assert kept
    assert kept.title in ("甲项", "乙项")
    assert kept_row(database, upload, SHEET, 3, "problems", "没有的编号") is None


def test_section_of_the_own_table_gives_the_dimension(database: Database) -> None:
    content = workbook(
        (TITLE,),
        (*HEADS, None, *HEADS),
        ("一、经济发展方面", None, None, None, "二、改革创新方面"),
        ("甲项", "规建部", DUE, None, "乙项", "招商部", DUE),
    )
    found = {kept.title: shown(kept) for kept in rows_of(database, sent(database, content), 4)}
    assert found["甲项"]["A3"].value == "经济发展"
    assert found["乙项"]["E3"].value == "改革创新"


VAGUE = "九月底前"


@pytest.mark.parametrize(("left", "right", "told"), [(VAGUE, DUE, "B4"), (DUE, VAGUE, "F4")])
def test_remark_stands_in_the_table_it_was_made_of(
    database: Database, left: Any, right: Any, told: str
) -> None:
    heads = ("问题描述", "完成时限", "状态")
    content = workbook(
        (TITLE,),
        ("填报单位：招商部",),
        (*heads, None, *heads),
        ("甲项", left, "整改中", None, "乙项", right, "整改中"),
    )
    rows = rows_of(database, sent(database, content), 4)
    pairs = [pair for kept in rows for pair in shown(kept).values()]
    assert [pair.cell for pair in pairs if "读作" in pair.remark] == [told]


def test_line_of_one_table_is_named_by_its_own_first_cell(database: Database) -> None:
    row = ("乙项", "招商部", DUE)
    content = workbook(
        (TITLE,),
        (*HEADS, None, *HEADS),
        ("甲项", "规建部", DUE, None, *row),
        ("丙项", "规建部", DUE, None, *row),
    )
    kept = rows_of(database, sent(database, content), 4)
    told = [(pair.cell, pair.remark) for one in kept for pair in shown(one).values() if pair.remark]
    assert told == [("E4", f"疑似重复：与“{SHEET}”第 3 行完全相同")]


def test_column_without_a_head_is_marked_at_the_head_of_its_own_table(database: Database) -> None:
    content = workbook(
        (TITLE,),
        (*HEADS, None, "另一批"),
        ("甲项", "规建部", DUE, None, *HEADS),
        ("乙项", "规建部", DUE, None, "丙项", "招商部", DUE, "多出来的"),
    )
    outcome = import_file(database, content, "台账.xlsx", Given(), Terms(is_draft=True))
    assert [sheet.header_row for sheet in outcome.sheets] == [2, 3]
    made, _ = marked_workbook(content, "台账.xlsx", outcome.problems, outcome.sheets)
    notes = [
        cell.coordinate
        for row in load_workbook(BytesIO(made))[SHEET].iter_rows()
        for cell in row
        if cell.comment
    ]
    assert notes == ["H3"]
