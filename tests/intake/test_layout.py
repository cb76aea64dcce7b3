"""Where a table is in a sheet, which ledger that makes it, and what its lines are."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from tally.contracts import Reading, contracts
from tally.intake import read
from tally.intake.tables.headers import assign, header_word
from tests.intake.samples import PROBLEM_HEADERS, SEPTEMBER, brief, problem, reading_of, saved, xlsx


def titles(reading: Reading) -> list[str]:
    """Return what the rows are about, in order."""
    return [row.get("title") for ledger in reading.ledgers for row in ledger.rows]


def said(reading: Reading) -> list[tuple[str, str]]:
    """Return (cell, expected) of the problems."""
    return [(problem.cell, problem.expected) for problem in reading.problems]


@pytest.mark.parametrize(
    ("kind", "headers", "columns"),
    [
        ("problems", ["问题描述", "责任单位", "完成时间"], ["title", "unit", "due_on"]),
        ("problems", ["完成时间", "完成时限"], ["closed_on", "due_on"]),
        ("problems", ["存在差距\n（问题）", "责 任 单 位"], ["title", "unit"]),
        ("problems", ["*问题描述", "责任单位(必填)："], ["title", "unit"]),
        ("tasks", ["责任单位", "任务"], ["unit", "title"]),
        ("tasks", ["责任单位", "牵头单位"], ["partners", "unit"]),
        ("tasks", ["完成值（万元）", "任务名称"], ["value", "title"]),
        ("tickets", ["诉求内容"], ["title"]),
        ("tickets", ["诉求内容", "诉求标题"], ["content", "title"]),
        ("problems", ["问题描述", "问题"], ["title", None]),
        ("problems", ["序号", "责任单位（配合）"], [None, "partners"]),
        ("problems", ["问题描叙", "责任"], [None, None]),
    ],
)
def test_assign_matches_headers_exactly(
    kind: str, headers: list[str], columns: list[str | None]
) -> None:
    words = {at: (header_word(header),) for at, header in enumerate(headers)}
    found = assign(contracts()[kind], words).columns
    assert [found[at].name if at in found else None for at in words] == columns


def test_read_header_is_found_below_any_number_of_lines() -> None:
    above = [("四项清单",), (), ("填报单位：", "招商部"), ("说明：略",)] * 5
    reading = reading_of(*above, PROBLEM_HEADERS, problem(1))
    assert (titles(reading), reading.sheets[0].header_row) == (["第1个问题"], 21)


@pytest.mark.parametrize("is_merged", [True, False])
def test_read_header_of_two_rows_joins_parent_and_child(is_merged: bool) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["问题描述", "责任单位", None, "计划", "实际", "备注"])
    sheet.append([None, "牵头", "配合", "完成时间", "完成时间", None])
    sheet.append(["甲", "招商部", "规建部", "2022-10-31", "2022-09-20", "无误"])
    for merged in ("A1:A2", "B1:C1", "F1:F2") if is_merged else ():
        sheet.merge_cells(merged)
    reading = read(saved(book), "台账.xlsx", brief(**SEPTEMBER))
    row = reading.ledgers[0].rows[0]
    assert (row["unit"], row["partners"]) == ("招商部", "规划建设部")
    assert (row["due_on"], row["closed_on"]) == (date(2022, 10, 31), date(2022, 9, 20))
    assert row["note"] == "无误"


def test_read_lines_that_are_no_rows_are_skipped_and_said() -> None:
    reading = reading_of(
        ("序号", *PROBLEM_HEADERS),
        ("示例", *problem(0)),
        (1, *problem(1)),
        ("小计", "1项"),
        ("序号", *PROBLEM_HEADERS),
        (),
        (None, None, None, None, "插话"),
        (2, *problem(2)),
        (3,),
        ("合计：5项",),
        ("注：每月底前报送",),
        ("制表人：",),
    )
    assert titles(reading) == ["第1个问题", "第2个问题"]
    assert said(reading) == [
        ("第 4 行", "合计行，已略过"),
        ("第 7 行", "不像台账的一行，已略过"),
        ("第 10 行", "合计行，已略过；写明 5，读到 2 条"),
        ("", "不作为台账的条目"),
    ]
    assert (
        reading.problems[-1].found
        == "重复的表头 1 行、示例行 1 行、只有序号的空行 1 行、表后附注 2 行"
    )


def test_read_example_of_the_template_is_left_in_silence_unless_written_over() -> None:
    example = contracts()["problems"].column("title").example
    rows = [("序号", "问题描述", "责任单位"), ("示例", example, "招商部"), (1, "甲", "招商部")]
    untouched = reading_of(*rows)
    written_over = reading_of(rows[0], ("示例", "下水道堵塞", "招商部"), rows[2])
    assert (titles(untouched), untouched.problems) == (["甲"], ())
    assert [p.found for p in written_over.problems] == ["示例行 1 行"]


def test_read_total_above_the_rows_is_not_compared_with_none() -> None:
    reading = reading_of(
        ("问题描述", "责任单位"), ("合计", "2项"), ("甲", "招商部"), ("乙", "招商部")
    )
    assert said(reading) == [("第 2 行", "合计行，已略过")]


def test_read_total_words_inside_a_title_do_not_make_a_total() -> None:
    reading = reading_of(
        ("问题描述", "责任单位"),
        ("总计划未落实", "招商部"),
        ("合计", ""),
        ("小计算机室漏水", "招商部"),
    )
    assert titles(reading) == ["总计划未落实", "小计算机室漏水"]


def test_read_sections_give_dimensions_and_their_counts_are_checked() -> None:
    reading = reading_of(
        PROBLEM_HEADERS,
        ("一、经济发展方面（2项）",),
        problem(1),
        problem(2),
        ("二", "改革创新"),
        problem(3),
        ("（三）其他方面（3项）",),
        problem(4),
    )
    dimensions = [row["dimension"] for row in reading.ledgers[0].rows]
    assert dimensions == ["经济发展", "经济发展", "改革创新", None]
    assert said(reading) == [
        ("第 7 行", "分节写明 3 项，读到 1 项"),
        ("", "不作为台账的条目"),
        ("", "分节不是本专项行动的维度，下面各行未分维度"),
    ]


def test_read_dimension_of_the_row_wins_over_its_section() -> None:
    reading = reading_of(
        (*PROBLEM_HEADERS, "维度"),
        ("一、经济发展方面",),
        (*problem(1), "2.改革创新类"),
        (*problem(2), None),
        (*problem(3), "气象"),
    )
    dimensions = [row["dimension"] for row in reading.ledgers[0].rows]
    assert dimensions == ["改革创新", "经济发展", None]
    assert said(reading) == [
        ("", "不作为台账的条目"),
        ("G5", "名册里没有这个维度；读作空"),
    ]


def test_read_columns_that_are_not_imported_are_said() -> None:
    reading = reading_of((*PROBLEM_HEADERS, "天气", "问题"), (*problem(1), "晴", "重复", "无头"))
    assert said(reading) == [
        ("G1", "列“天气”不认识，未导入"),
        ("H1", "列“问题”与另一列重复，未导入"),
        ("I 列", "没有表头，未导入"),
    ]


def test_read_merged_cell_beside_several_rows_holds_for_each() -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx(PROBLEM_HEADERS, problem(1), problem(2, None))))
    book.active.merge_cells("C2:C3")
    reading = read(saved(book), "台账.xlsx", brief(**SEPTEMBER))
    assert [row["unit"] for row in reading.ledgers[0].rows] == ["规划建设部", "规划建设部"]
    assert not reading.problems


def test_read_merged_title_over_several_rows_is_said() -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx(PROBLEM_HEADERS, problem(1), problem(2))))
    book.active.merge_cells("B2:B3")
    reading = read(saved(book), "台账.xlsx", brief(**SEPTEMBER))
    assert said(reading) == [("B2", "合并了 2 行，读作 2 条")]


def test_read_hidden_sheets_are_left_out_and_hidden_rows_are_read_and_both_said() -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx(PROBLEM_HEADERS, problem(1), problem(2))))
    book.active.row_dimensions[3].hidden = True
    old = book.create_sheet("上月")
    old.append(PROBLEM_HEADERS)
    old.append(problem(3))
    old.sheet_state = "hidden"
    reading = read(saved(book), "台账.xlsx", brief(**SEPTEMBER))
    assert titles(reading) == ["第1个问题", "第2个问题"]
    assert [(p.sheet, p.found) for p in reading.problems] == [
        ("上月", "工作表已隐藏"),
        ("Sheet1", "有隐藏的1 行"),
    ]


def test_read_sheet_that_is_no_ledger_is_passed_over_beside_one_that_is() -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx(PROBLEM_HEADERS, problem(1))))
    book.create_sheet("填表须知").append(["请按模板填写"])
    reading = read(saved(book), "台账.xlsx", brief(**SEPTEMBER))
    assert titles(reading) == ["第1个问题"]
    assert [(p.sheet, p.expected) for p in reading.problems] == [("填表须知", "不是台账，未导入")]


def test_read_file_without_ledger_is_refused_with_the_missing_columns() -> None:
    (problem,) = reading_of(("学校名称", "备注"), ("甲校", "")).problems
    assert problem.level == "error"
    assert problem.expected == "这不是本系统的台账：没有找到问题台账的“问题描述”“责任单位”两列"
    (near,) = reading_of(
        ("问题描述", "状态"),
    ).problems
    assert near.expected == "这不是本系统的台账：没有找到问题台账的“责任单位”一列"


def test_read_sheet_that_could_be_two_ledgers_is_asked_about() -> None:
    rows = (("问题描述", "任务名称", "责任单位"), ("甲", "乙", "招商部"))
    asked = reading_of(*rows)
    assert [question.flag for question in asked.questions] == ["--ledger"]
    assert set(asked.questions[0].choices) == {"问题台账", "任务台账"}
    for word in ("tasks", "任务台账", "重点任务清单"):
        told = reading_of(*rows, **SEPTEMBER, ledger=word)
        assert [ledger.kind for ledger in told.ledgers] == ["tasks"]
    named = reading_of(*rows, file="9月重点任务清单.xlsx", **SEPTEMBER)
    assert [ledger.kind for ledger in named.ledgers] == ["tasks"]


def test_read_unknown_ledger_name_is_asked_about() -> None:
    (question,) = reading_of(PROBLEM_HEADERS, problem(1), ledger="流水账").questions
    assert (question.flag, "问题台账" in question.choices) == ("--ledger", True)


def test_read_header_without_rows_is_an_empty_ledger_and_said() -> None:
    reading = reading_of(PROBLEM_HEADERS, **SEPTEMBER, unit="招商部")
    assert (reading.row_count, reading.unit) == (0, "招商部")
    assert said(reading) == [("", "表头以下没有台账内容")]


GARBLED = "相山经开区问题台账,序号,问题描述,责任单位,完成时限"


@pytest.mark.parametrize(
    "text",
    [
        GARBLED.encode().decode("gbk", "replace"),
        GARBLED.encode("gbk").decode("latin-1"),
        GARBLED.encode().decode("latin-1"),
        "\ufffd\ufffd\ufffd\ufffd,\ufffd\ufffd\ufffd",
        "锟斤拷锟斤拷,锟斤拷",
    ],
    ids=["utf-8 as gbk", "gbk as latin", "utf-8 as latin", "lost", "lost twice"],
)
def test_read_file_whose_words_were_garbled_before_says_so(text: str) -> None:
    (problem,) = reading_of(tuple(text.split(","))).errors
    assert problem.expected == "文字是乱码：文件以前存错了编码"
    assert "重新导出" in problem.remedy


def test_read_file_in_another_language_is_not_called_garbled() -> None:
    (problem,) = reading_of(("Réf.", "Désignation", "Unité", "Échéance")).errors
    assert problem.expected.startswith("这不是本系统的台账")
