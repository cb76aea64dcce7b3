"""Lines that look like headings, notes or one shared number, and may be the clerk's rows."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import openpyxl

from tally.contracts import Problem, Reading
from tally.intake import read
from tests.intake.samples import SEPTEMBER, brief, reading_of, saved, xlsx

UNIT = ("填报单位：规建部",)


def titles(reading: Reading) -> list[str]:
    """Return what the rows are about, in order."""
    return [row["title"] for ledger in reading.ledgers for row in ledger.rows]


def told(reading: Reading) -> list[tuple[str, str, str]]:
    """Return (cell, found, expected) of the problems."""
    return [(problem.cell, problem.found, problem.expected) for problem in reading.problems]


def test_read_rows_numbered_in_chinese_are_rows_however_little_they_say() -> None:
    reading = reading_of(
        UNIT,
        ("序号", "问题描述", "完成时限", "状态"),
        ("一", "窗口排队时间长", None, None),
        ("二", "污水管网错接", None, None),
        ("三", "路灯不亮", "2022-10-31", "正在推进"),
    )
    assert titles(reading) == ["窗口排队时间长", "污水管网错接", "路灯不亮"]
    assert not reading.errors


def test_read_titles_numbered_like_those_of_full_rows_are_rows() -> None:
    reading = reading_of(
        UNIT,
        ("问题描述", "完成时限", "状态"),
        ("一、窗口排队时间长", None, None),
        ("二、路灯不亮", "2022-10-31", "正在推进"),
        ("三、垃圾清运不及时（3件）", None, None),
    )
    assert len(titles(reading)) == 3
    assert not reading.errors


def test_read_heading_without_rows_that_has_all_a_row_needs_is_one_and_said() -> None:
    reading = reading_of(
        UNIT,
        ("问题描述", "完成时限", "状态"),
        ("路灯不亮", "2022-10-31", "正在推进"),
        ("一、窗口排队时间长", None, None),
        ("二、垃圾清运不及时（3件）", None, None),
    )
    assert titles(reading) == ["路灯不亮", "一、窗口排队时间长", "二、垃圾清运不及时（3件）"]
    assert told(reading)[:2] == [
        ("第 4 行", "一、窗口排队时间长", "像分节标题，但下面没有条目，读作一条"),
        ("第 5 行", "二、垃圾清运不及时（3件）", "像分节标题，但下面没有条目，读作一条"),
    ]


def test_read_heading_without_rows_that_lacks_its_unit_is_named() -> None:
    reading = reading_of(
        ("问题描述", "责任单位", "状态"),
        ("路灯不亮", "规建部", "正在推进"),
        ("一、窗口排队时间长", None, None),
    )
    assert titles(reading) == ["路灯不亮"]
    assert told(reading)[0] == (
        "第 3 行",
        "一、窗口排队时间长",
        "像分节标题，但下面没有条目，未导入",
    )


def test_read_dimension_without_rows_and_headings_of_headings_stay_headings() -> None:
    reading = reading_of(
        UNIT,
        ("问题描述", "完成时限", "状态"),
        ("一、改革创新方面", None, None),
        ("二、经济发展方面（1项）", None, None),
        ("路灯不亮", "2022-10-31", "正在推进"),
        ("三、市政类", None, None),
        ("（一）照明", None, None),
        ("路灯太暗", "2022-10-31", "正在推进"),
        ("四、其他方面（0项）", None, None),
    )
    assert titles(reading) == ["路灯不亮", "路灯太暗"]
    assert ("", "分节行 5 行（第 6、7、9 行）", "不作为台账的条目") in told(reading)


def test_read_note_of_several_cells_is_a_row_where_a_title_stands() -> None:
    reading = reading_of(
        ("问题描述", "责任单位", "状态"),
        ("说明：窗口没有导办", "规建部", "正在推进"),
        ("注：2", "规建部", "正在推进"),
        ("备注：", "规建部", "正在推进"),
    )
    assert titles(reading) == ["说明：窗口没有导办", "注：2", "备注："]


def test_read_notes_and_signatures_of_several_cells_are_passed_over_and_placed() -> None:
    reading = reading_of(
        ("序号", "问题描述", "责任单位", "状态"),
        (1, "路灯不亮", "规建部", "正在推进"),
        ("注：", "每月底前报送"),
        ("填表人：", None, "审核人："),
        ("填表人：", "甲岗", None, "2022年9月30日"),
        ("说明：略",),
    )
    assert titles(reading) == ["路灯不亮"]
    assert told(reading) == [("", "表后附注 4 行（第 3、5 行）", "不作为台账的条目")]


def test_read_example_that_may_be_a_row_is_placed() -> None:
    headers = ("问题描述", "责任单位", "状态")
    rows = (("例：窗口无人", "规建部", "正在推进"), ("路灯不亮", "规建部", "正在推进"))
    assert ("", "示例行 1 行（第 2 行）", "不作为台账的条目") in told(reading_of(headers, *rows))


def merged(rows: Sequence[Sequence[Any]], *ranges: str) -> list[Problem]:
    """Return the problems of rows with merged ranges."""
    book = openpyxl.load_workbook(BytesIO(xlsx(*rows)))
    for merge in ranges:
        book.active.merge_cells(merge)
    return list(read(saved(book), "台账.xlsx", brief(**SEPTEMBER)).problems)


def test_read_number_merged_over_several_rows_is_said() -> None:
    rows = [
        ("任务名称", "牵头单位", "目标值", "完成进度", "计量单位", "累计完成", "状态"),
        ("甲", "规建部", 100, 0.5, "亿元", None, "正在推进"),
        ("乙", "招商部", None, None, None, None, "正在推进"),
    ]
    problems = merged(rows, "C2:C3", "D2:D3", "E2:E3", "F2:F3")
    assert [(p.level, p.cell, p.column, p.found, p.expected) for p in problems] == [
        ("warning", "C2", "target_value", "100", "合并了 2 行，每行各读作 100"),
        ("warning", "D2", "progress_share", "0.5", "合并了 2 行，每行各读作 0.5"),
    ]
    assert {p.remedy for p in problems} == {"请取消合并，分行填写"}


def test_read_state_and_closing_day_merged_over_several_rows_are_said_but_no_deadline() -> None:
    rows = [
        ("问题描述", "责任单位", "完成时限", "状态", "销号日期"),
        ("甲", "规建部", "2022-10-31", "已销号", "2022-09-10"),
        ("乙", None, None, None, None),
        ("丙", None, None, None, None),
    ]
    problems = merged(rows, "B2:B4", "C2:C4", "D2:D4", "E2:E4")
    assert [(p.cell, p.expected) for p in problems] == [
        ("D2", "合并了 3 行，每行各读作 已销号"),
        ("E2", "合并了 3 行，每行各读作 2022-09-10"),
    ]
