"""What a sheet holds: heads in every dress, tables below and beside each other, personal data."""

from datetime import date

import pytest

from tally.contracts import Reading, contracts
from tally.intake import read
from tally.intake.tables.headers import assign, header_word
from tests.intake.samples import (
    PROBLEM_HEADERS,
    SEPTEMBER,
    brief,
    csv_text,
    only_row,
    problem,
    reading_of,
    xlsx,
)

HEADERS = PROBLEM_HEADERS
STATISTICS = (("责任单位", "问题数", "已完成", "完成率"), ("招商部", 3, 2, "67%"))


def found(reading: Reading) -> list[tuple[str, int, int]]:
    """Return (ledger, header row, rows) of the tables found."""
    return [(sheet.ledger, sheet.header_row, sheet.rows) for sheet in reading.sheets]


def titles(reading: Reading) -> list[tuple[str, int]]:
    """Return what the rows are about and where they stand, ledger by ledger."""
    return [(row["title"], row["row"]) for ledger in reading.ledgers for row in ledger.rows]


@pytest.mark.parametrize(
    "header",
    ["一、问题描述", "1.问题描述", "（三）问题描述", "④问题描述", "＊问题　描述：", "★问题\n描述",
     "问题描述（必填）", "(必填)问题描述", "【问题描述】", "3、存在问题"],
)  # fmt: skip
def test_header_is_known_under_its_numbering_stars_and_remarks(header: str) -> None:
    (column,) = assign(contracts()["problems"], {0: (header_word(header),)}).columns.values()
    assert column.name == "title"


def test_read_table_that_begins_far_from_the_first_cell() -> None:
    indent = (None, None, None)
    rows = ((), *[()] * 7, (*indent, *HEADERS), (*indent, *problem(1)))
    reading = reading_of(*rows)
    assert (found(reading), titles(reading)) == ([("problems", 9, 1)], [("第1个问题", 10)])


def test_read_line_that_numbers_the_columns_is_no_row() -> None:
    reading = reading_of(HEADERS, ("1", "2", "3", "4", "5", "6"), problem(1))
    assert titles(reading) == [("第1个问题", 3)]


def test_read_new_page_repeats_title_and_header() -> None:
    page = (("四项清单（2022年9月）",), ("填报单位：招商部",), (*HEADERS, "天气", "气温"))
    reading = reading_of(*page, problem(1, "招商部"), *page, problem(2, "招商部"))
    assert titles(reading) == [("第1个问题", 4), ("第2个问题", 8)]
    assert [p.found for p in reading.problems if p.expected == "不作为台账的条目"] == [
        "重复的表头 1 行、重复的标题 2 行"
    ]


def test_read_section_above_the_header_gives_the_dimension() -> None:
    reading = reading_of(
        ("一、经济发展方面（1项）",),
        HEADERS,
        problem(1),
        ("二、改革创新方面",),
        HEADERS,
        problem(2),
    )
    assert [row["dimension"] for row in reading.ledgers[0].rows] == ["经济发展", "改革创新"]


def test_read_same_ledger_below_under_other_columns_is_a_table_of_its_own() -> None:
    reading = reading_of(
        *(HEADERS, problem(1), ()),
        ("第二部分",),
        ("完成时限", "责任单位", "问题描述"),
        ("2022-11-30", "招商部", "乙问题"),
        ("合计", "1项"),
    )
    assert found(reading) == [("problems", 1, 1), ("problems", 5, 1)]
    first, second = reading.ledgers[0].rows
    assert (first["due_on"], second["due_on"]) == (date(2022, 10, 31), date(2022, 11, 30))
    assert (second["title"], second["unit"], second["row"]) == ("乙问题", "招商部", 6)


def test_read_other_ledger_below_is_read_as_its_own_kind() -> None:
    reading = reading_of(
        *(HEADERS, problem(1), ("注：按月报送",), ()),
        ("销号核查台账",),
        ("核查事项", "责任单位", "核查日期", "核查结果"),
        ("错接", "规建部", "2022-09-28", "假销号"),
    )
    assert found(reading) == [("problems", 1, 1), ("checks", 6, 1)]
    assert titles(reading) == [("第1个问题", 2), ("错接", 7)]
    assert not reading.errors


def test_read_header_of_two_rows_below_a_table_begins_another() -> None:
    reading = reading_of(
        *(HEADERS, problem(1), (), ("任务清单",)),
        ("任务名称", "责任分工", None, "完成时限"),
        (None, "牵头单位", "配合单位", None),
        ("任务一", "招商部", "规建部", "2022-10-31"),
    )
    assert found(reading) == [("problems", 1, 1), ("tasks", 5, 1)]
    assert reading.ledgers[1].rows[0]["partners"] == "规划建设部"


def test_read_table_below_that_lacks_a_column_is_an_error_at_its_line() -> None:
    reading = reading_of(HEADERS, problem(1), (), ("状态", "完成时限", "目标"), ("整改中", "", ""))
    assert [(p.cell, p.expected) for p in reading.errors] == [
        ("第 4 行", "从这一行起又是一个表，没有找到问题台账的“问题描述”“责任单位”两列")
    ]
    assert reading.row_count == 1


def test_read_counts_below_a_ledger_are_no_rows_of_it_and_said() -> None:
    reading = reading_of(HEADERS, problem(1), (), ("各单位完成情况",), *STATISTICS)
    assert titles(reading) == [("第1个问题", 2)]
    assert [(p.level, p.cell, p.expected) for p in reading.problems] == [
        ("warning", "第 4 行", "从这一行起又是一个表，不是台账，未导入")
    ]


def test_read_two_tables_beside_each_other_are_both_found() -> None:
    reading = reading_of(
        ("2022年9月台账",),
        ("问题描述", "责任单位", "状态"),
        ("甲", "招商部", "整改中", None, "任务名称", "牵头单位", "完成进度"),
        ("乙", "招商部", "整改中", None, "任务一", "规建部", "60%"),
        campaign="xiangshan",
    )
    assert found(reading) == [("problems", 2, 2), ("tasks", 3, 1)]
    assert titles(reading) == [("甲", 3), ("乙", 4), ("任务一", 4)]
    assert (reading.month, reading.problems) == (date(2022, 9, 1), ())


def test_read_two_tables_beside_each_other_above_a_wide_one() -> None:
    reading = reading_of(
        ("问题描述", "责任单位", "状态", None, "任务名称", "牵头单位"),
        ("甲", "招商部", "整改中", None, "任务一", "规建部"),
        *((), ("销号核查台账",)),
        ("核查事项", "责任单位", "核查日期", "核查结果", "核查人职务", "备注"),
        ("错接", "规建部", "2022-09-28", "假销号", "负责人", "无"),
    )
    assert found(reading) == [("problems", 1, 1), ("tasks", 1, 1), ("checks", 5, 1)]
    assert not reading.errors


def test_read_row_above_another_table_is_not_taken_for_its_title() -> None:
    heads = ("问题描述", "责任单位")
    reading = reading_of(heads, ("甲", "招商部"), ("乙",), heads[::-1], ("招商部", "丙"))
    assert titles(reading) == [("甲", 2), ("乙", 3), ("丙", 5)]
    assert [p.cell for p in reading.errors] == ["B3"]


def test_read_row_of_words_that_are_headers_elsewhere_is_a_row() -> None:
    headers = ("类别", "问题描述", "措施", "责任单位", "完成时限")
    reading = reading_of(headers, ("方面", "问题", "措施", "招商部", date(2022, 10, 31)))
    assert (titles(reading), reading.errors) == ([("问题", 2)], ())


def test_read_blank_column_inside_a_table_does_not_divide_it() -> None:
    reading = reading_of(
        ("问题描述", "责任单位", None, "状态", "完成时限"),
        ("甲", "招商部", None, "整改中", "2022-10-31"),
    )
    assert found(reading) == [("problems", 1, 1)]
    assert reading.ledgers[0].rows[0]["due_on"] == date(2022, 10, 31)


def test_read_form_that_repeats_its_heads_for_each_item_is_refused_in_one_sentence() -> None:
    heads = ("问题描述", "责任单位")
    forms = [
        row for at in range(60) for row in ((), heads[:: -1 if at % 2 else 1], ("甲", "招商部"))
    ]
    (error,) = reading_of(*forms).errors
    assert "个以上的表头" in error.found


def test_read_same_number_in_tables_beside_each_other_is_said_at_its_own_cell() -> None:
    reading = reading_of(
        ("编号", "问题描述", "责任单位", None, "责任单位", "问题描述", "编号"),
        ("A1", "甲", "招商部", None, "招商部", "乙", "A1"),
        ("A1", "丙", "招商部", None, "招商部", "丁", "B1"),
    )
    assert [(p.cell, p.column) for p in reading.errors] == [("A3", "item_no"), ("G2", "item_no")]


def test_read_ledger_printed_in_two_halves_beside_each_other_is_read_whole() -> None:
    half = ("序号", "问题描述", "责任单位")
    reading = reading_of(
        (*half, *half), (1, "甲", "招商部", 3, "丙", "招商部"), (2, "乙", "招商部")
    )
    assert [title for title, _ in titles(reading)] == ["甲", "乙", "丙"]
    assert not reading.problems


def test_read_head_that_hung_over_both_rows_is_found_where_the_sheet_became_text() -> None:
    rows = (
        ("其他一", "", "问题描述"),
        ("其他二", "", ""),
        ("完成时限", "责任单位", ""),
        ("2022-10-31", "招商部", "甲"),
    )
    row = only_row(read(csv_text(*rows).encode(), "台账.csv", brief(**SEPTEMBER)))
    assert (row["title"], row["unit"], row["due_on"]) == ("甲", "招商部", date(2022, 10, 31))


@pytest.mark.parametrize("parents", [("基本情况", "", "有关情况", ""), ("基本情况", "", "", "")])
@pytest.mark.parametrize("hanging", ["", "发现日期"])
def test_read_header_of_two_rows_printed_again_is_no_row(
    parents: tuple[str, ...], hanging: str
) -> None:
    header = (
        (*parents, hanging),
        ("问题描述", "责任单位", "完成时限", "措施", "" if hanging else "发现日期"),
    )
    rows = [(text, "招商部", "2022-10-31", "督办", "2022-08-01") for text in "甲乙"]
    reading = read(
        csv_text(*header, rows[0], *header, rows[1]).encode(), "台账.csv", brief(**SEPTEMBER)
    )
    assert not reading.errors
    assert [row["title"] for row in reading.ledgers[0].rows] == ["甲", "乙"]
    assert {row["found_on"] for row in reading.ledgers[0].rows} == {date(2022, 8, 1)}


def test_read_optional_heads_below_two_rows_of_parents_lose_no_row() -> None:
    header = (
        ("问题描述", "责任单位", "有关情况", ""),
        ("", "", "有关情况二", ""),
        ("", "", "完成时限", "发现日期"),
    )
    rows = [(text, "招商部", "2022-10-31", "2022-08-01") for text in "甲乙"]
    text = csv_text(*header, rows[0], *header, rows[1])
    reading = read(text.encode(), "台账.csv", brief(**SEPTEMBER))
    assert [row["title"] for row in reading.ledgers[0].rows] == ["甲", "乙"]
    assert {row["found_on"] for row in reading.ledgers[0].rows} == {date(2022, 8, 1)}


def test_read_two_rows_of_parents_beside_heads_merged_over_all_three() -> None:
    header = (
        ("问题描述", "责任单位", "完成时限", *("其他一", "", "基本情况一", "") * 2),
        ("", "", "", *("其他二", "", "基本情况二", "") * 2),
        ("", "", "", *("措施", "目标", "发现日期", "牵头领导"), *("备注", "类别", "社区", "企业")),
    )
    merged = [
        *("A1:A3", "B1:B3", "C1:C3", "D1:E1", "D2:E2"),
        *("F1:G1", "F2:G2", "H1:I1", "H2:I2", "J1:K1", "J2:K2"),
    ]
    row = ("甲", "招商部", "2022-10-31", "督办", "清零", "2022-08-01", "副主任", "无")
    only = only_row(read(xlsx(*header, row, merged=merged), "台账.xlsx", brief(**SEPTEMBER)))
    assert (only["title"], only["unit"], only["goal"]) == ("甲", "招商部", "清零")
