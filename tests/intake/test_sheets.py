"""What a file's sheets are: ledgers, none, months, a summary beside its parts; what is left out."""

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl

from tally.contracts import FINDINGS_SHEET, Reading
from tally.intake import read
from tally.intake.progress import Step, heard_by
from tests.intake.samples import PROBLEM_HEADERS, SEPTEMBER, brief, problem, reading_of, saved, xlsx

HEADERS = PROBLEM_HEADERS
STATISTICS = (("责任单位", "问题数", "已完成", "完成率"), ("招商部", 3, 2, "67%"))
Rows = Sequence[Sequence[Any]]


def reading_of_sheets(
    sheets: Mapping[str, Rows], file: str = "台账.xlsx", **answers: Any
) -> Reading:
    """Read a workbook of these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return read(saved(book), file, brief(**(answers or SEPTEMBER)))


def titles(reading: Reading) -> list[tuple[str, int]]:
    """Return what the rows are about and where they stand, ledger by ledger."""
    return [(row["title"], row["row"]) for ledger in reading.ledgers for row in ledger.rows]


def asked(reading: Reading) -> list[tuple[str, tuple[str, ...]]]:
    """Return (key, choices) of the questions."""
    return [(question.key or question.flag, question.choices) for question in reading.questions]


def test_read_sheets_that_are_no_ledgers_are_passed_over_and_named() -> None:
    reading = reading_of_sheets(
        {"台账": (HEADERS, problem(1)), "须知": (("请按模板填写",),), "统计": STATISTICS, "空": ()}
    )
    assert titles(reading) == [("第1个问题", 2)]
    assert [(p.level, p.sheet, p.expected) for p in reading.problems] == [
        ("warning", "须知", "不是台账，未导入"),
        ("warning", "统计", "不是台账，未导入"),
    ]


def test_read_sheets_that_we_added_ourselves_are_passed_over_in_silence() -> None:
    own = {FINDINGS_SHEET: (HEADERS, problem(9)), FINDINGS_SHEET + "2": (HEADERS, problem(8))}
    reading = reading_of_sheets({**own, "台账": (HEADERS, problem(1))})
    assert (titles(reading), reading.problems) == ([("第1个问题", 2)], ())


def test_read_sheet_recognised_only_barely_is_asked_about_beside_a_clear_one() -> None:
    sheets = {
        "台账": (HEADERS, problem(1)),
        "透视": (("单位", "分组", "数量", "占比", "名次"), ("招商部", "部门", 3, 0.3, 1)),
    }
    open_question = reading_of_sheets(sheets)
    without = reading_of_sheets(sheets, **SEPTEMBER, answers={"sheet:透视": "不导入"})
    both = reading_of_sheets(sheets, **SEPTEMBER, answers={"sheet:透视": "导入"})
    assert asked(open_question) == [("sheet:透视", ("不导入", "导入"))]
    assert [ledger.kind for ledger in without.ledgers] == ["problems"]
    assert [ledger.kind for ledger in both.ledgers] == ["problems", "units"]


PARTS = {
    "汇总": (HEADERS, problem(1), problem(2, "招商部"), problem(3)),
    "规建": (HEADERS, problem(1), problem(3)),
    "招商": (HEADERS, problem(2, "招商部")),
}


def test_read_summary_beside_its_parts_is_asked_about_and_not_counted_twice() -> None:
    (question,) = reading_of_sheets(PARTS).questions
    parts = reading_of_sheets(PARTS, **SEPTEMBER, answers={"sheet:汇总": "不导入"})
    assert (question.key, question.is_required) == ("sheet:汇总", True)
    assert question.sentence.startswith("“汇总”的多数条目在“规建”、“招商”中也有")
    assert sorted(titles(parts)) == [("第1个问题", 2), ("第2个问题", 2), ("第3个问题", 3)]
    assert [(p.sheet, p.expected) for p in parts.problems] == [("汇总", "按已有的答复，未导入")]


def test_read_summary_that_is_kept_makes_its_parts_asked_about() -> None:
    reading = reading_of_sheets(PARTS, **SEPTEMBER, answers={"sheet:汇总": "导入"})
    assert [key for key, _ in asked(reading)] == ["sheet:规建"]


def test_read_sheets_with_other_rows_are_all_read() -> None:
    sheets = {"规建": (HEADERS, problem(1)), "招商": (HEADERS, problem(2, "招商部"), problem(3))}
    reading = reading_of_sheets(sheets)
    assert (reading.row_count, reading.questions) == (3, ())


LASTING = (problem(1), problem(2))
MONTHS = {"8月": (HEADERS, *LASTING, problem(3)), "9月": (HEADERS, *LASTING, problem(4))}


def test_read_sheets_of_several_months_give_the_month_that_is_asked_for() -> None:
    which = reading_of_sheets(MONTHS, campaign="xiangshan")
    september = reading_of_sheets(MONTHS)
    assert asked(which) == [("--month", ("2022-08", "2022-09"))]
    assert titles(september) == [("第1个问题", 2), ("第2个问题", 3), ("第4个问题", 4)]
    assert [(p.sheet, p.expected) for p in september.problems] == [
        ("8月", "写明是 2022-08 的，未导入")
    ]


def test_read_month_that_no_sheet_states_is_the_callers_and_their_rows_are_compared() -> None:
    reading = reading_of_sheets(MONTHS, campaign="xiangshan", month=date(2022, 10, 1))
    assert (reading.month, asked(reading)) == (
        date(2022, 10, 1),
        [("sheet:9月", ("不导入", "导入"))],
    )


def test_read_hidden_and_filtered_rows_are_counted_and_said() -> None:
    rows = [problem(number) for number in range(1, 6)]
    book = openpyxl.load_workbook(BytesIO(xlsx(HEADERS, *rows)))
    sheet = book.active
    sheet.row_dimensions[3].hidden = True
    hidden = read(saved(book), "台账.xlsx", brief(**SEPTEMBER))
    sheet.auto_filter.ref = "A1:F6"
    sheet.auto_filter.add_filter_column(2, ["招商部"])
    filtered = read(saved(book), "台账.xlsx", brief(**SEPTEMBER))
    assert [p.found for p in hidden.problems] == ["有隐藏的1 行"]
    assert [p.found for p in filtered.problems] == ["有被筛选隐去的1 行"]
    assert hidden.row_count == filtered.row_count == 5


def test_read_personal_columns_are_masked_and_said() -> None:
    reading = reading_of(
        (*HEADERS, "联系电话", "备注"), (*problem(1), "13800000000", "可致电13800000000")
    )
    assert [(p.cell, p.expected) for p in reading.problems] == [
        ("G1", "列“联系电话”是个人信息，已遮盖，原文加密另存"),
        ("H 列", "已遮盖，原文加密另存"),
    ]
    assert reading.problems[-1].found == "“备注”有 1 行含电话"


def test_read_column_that_holds_telephones_under_another_head_is_personal() -> None:
    rows = [(*problem(number), f"13800{number}1357{number}") for number in range(1, 6)]
    reading = reading_of((*HEADERS, "附"), *rows)
    told = "列“附”是个人信息（电话），已遮盖，原文加密另存"
    assert [p.expected for p in reading.problems] == [told]


def test_read_tells_how_far_it_is_sheet_by_sheet() -> None:
    steps: list[Step] = []
    with heard_by(steps.append):
        reading_of_sheets(PARTS, **SEPTEMBER, answers={"sheet:汇总": "不导入"})
    told = [(step.phase, step.share) for step in steps]
    assert [share for phase, share in told if phase == "recognise"] == [0, 1 / 3, 2 / 3]
    assert [share for phase, share in told if phase == "check"] == [0, 1 / 2]
