"""A clerk's own workbook back: coloured, noted, listed, and fit to be uploaded again."""

import zipfile
from datetime import datetime
from io import BytesIO

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import Font, PatternFill
from PIL import Image as Picture

from tally.contracts import FINDINGS_SHEET, Problem
from tally.intake import read
from tally.intake.marking.marked_cells import COLORS, NOTE_HEAD
from tally.intake.marking.workbook import marked_workbook
from tally.intake.opening.archive import open_archive
from tests.intake.marked import (
    BAD_DUE,
    NAME,
    SHEET,
    color,
    colored,
    faulty_book,
    listed,
    marked,
    marked_with,
    one,
    opened,
    with_part,
)
from tests.intake.samples import SEPTEMBER, brief, saved


def test_bad_cell_is_coloured_and_says_what_is_wrong() -> None:
    content, _ = marked(saved(faulty_book()))
    sheet = opened(content)[SHEET]

    assert {"D5": "error", "C6": "error"}.items() <= colored(sheet).items()
    for words in (BAD_DUE, "应为日期", "改为真实日期"):
        assert words in sheet["D5"].comment.text


def test_first_sheet_lists_every_problem_and_leads_to_its_cell() -> None:
    content, reading = marked(saved(faulty_book()))
    book = opened(content)
    first = book.worksheets[0]
    lines = listed(first)

    assert (first.title, book.active.title) == (FINDINGS_SHEET, FINDINGS_SHEET)
    assert len(lines) == len(reading.problems)
    assert {line[3] for line in lines} == {p.cell or None for p in reading.problems}
    by_cell = {line[3]: number for number, line in enumerate(lines, start=4)}
    assert first.cell(by_cell["D5"], 4).hyperlink.location == f"'{SHEET}'!D5"
    assert first.cell(by_cell["D5"], 5).value == "完成时限"
    assert first.freeze_panes == "A4"
    assert first.auto_filter.ref == f"A3:I{3 + len(lines)}"
    assert any("直接上传这份文件" in str(line[0]) for line in first.iter_rows(values_only=True))


def test_list_is_in_the_order_of_the_repairs() -> None:
    warnings = [one(f"F{row}", "warning") for row in (3, 4, 5)]
    lines = listed(marked_with(faulty_book(), *warnings, one("D5"), one("D6")).worksheets[0])

    assert [line[3] for line in lines] == ["D5", "D6", "F3", "F4", "F5"]
    assert [line[8] for line in lines] == ["完成时限 2 处"] * 2 + ["完成时限 3 处"] * 3


def test_layout_is_kept() -> None:
    book = faulty_book()
    picture = BytesIO()
    Picture.new("RGB", (8, 8)).save(picture, "PNG")
    book[SHEET].add_image(Image(picture), "H2")
    sheet = opened(marked(saved(book))[0])[SHEET]

    assert sheet.column_dimensions["B"].width == 44
    assert sheet.row_dimensions[2].height == 33
    assert (sheet["B4"].font.bold, sheet["B4"].font.color.rgb) == (True, "FF7030A0")
    assert (str(sheet.merged_cells), sheet.freeze_panes) == ("A1:F1", "C3")
    assert len(sheet._images) == 1


def test_formula_keeps_its_result_for_readers_that_do_not_calculate() -> None:
    book = faulty_book()
    book[SHEET]["H3"], book[SHEET]["H4"], book[SHEET]["H5"] = "=1+1", '="甲"&"<乙>"', "=1/0"
    content = saved(book)
    results = {
        "H3": b"<f>1+1</f><v>2</v>",
        "H4": '<f>"甲"&amp;"&lt;乙&gt;"</f><v>甲&lt;乙&gt;</v>'.encode(),
        "H5": b"<f>1/0</f><v>#DIV/0!</v>",
    }
    kinds = {"H3": b"", "H4": b' t="str"', "H5": b' t="e"'}

    def calculated(sheet: bytes) -> bytes:
        for place, result in results.items():
            start = sheet.index(f'<c r="{place}"'.encode())
            end = sheet.index(b"</c>", start)
            cell = b'<c r="%s"%s>%s' % (place.encode(), kinds[place], result)
            sheet = sheet[:start] + cell + sheet[end:]
        return sheet

    content = with_part(content, "xl/worksheets/sheet1.xml", calculated)
    made = marked_workbook(content, NAME, [one("D5")], isolated=False)[0]

    values = openpyxl.load_workbook(BytesIO(made), data_only=True)[SHEET]
    assert [values[place].value for place in results] == [2, "甲<乙>", "#DIV/0!"]
    assert opened(made)[SHEET]["H3"].value == "=1+1"


def test_several_problems_of_a_cell_are_one_note_in_the_graver_colour() -> None:
    sheet = marked_with(faulty_book(), one("D5", "warning"), one("D5"))[SHEET]

    assert colored(sheet) == {"D5": "error"}
    assert sheet["D5"].comment.text.count("■ 错误") == 1
    assert sheet["D5"].comment.text.count("▲ 提醒") == 1


@pytest.mark.parametrize(
    ("place", "cell"),
    [("第 4 行", "A4"), ("F 列", "F2"), ("D1", "A1"), ("第 90 行", "A90"), ("", None)],
    ids=["row", "column", "inside a merge", "blank row", "sheet"],
)
def test_place_without_a_cell_is_marked_where_the_eye_looks(place: str, cell: str | None) -> None:
    book = marked_with(faulty_book(), one(place))

    assert list(colored(book[SHEET])) == ([cell] if cell else [])
    assert len(listed(book.worksheets[0])) == 1


def test_own_note_is_kept_before_ours() -> None:
    book = faulty_book()
    book[SHEET]["D5"].comment = Comment("请核实", "规划建设部")

    text = marked_with(book, one("D5"))[SHEET]["D5"].comment.text

    assert text.startswith(f"请核实\n{NOTE_HEAD}")


def test_words_that_were_white_become_readable() -> None:
    book = faulty_book()
    book[SHEET]["D2"].fill = PatternFill("solid", fgColor="FF003366")
    book[SHEET]["D2"].font = Font(bold=True, color="FFFFFFFF")

    cell = marked_with(book, one("D2"))[SHEET]["D2"]

    assert (color(cell), cell.font.bold) == (COLORS["error"], True)
    assert cell.font.color.rgb != "FFFFFFFF"


def test_marking_again_puts_former_colours_and_notes_back_first() -> None:
    book = faulty_book()
    sheet = book[SHEET]
    sheet["D5"].fill = PatternFill("solid", fgColor="FF003366")
    sheet["D5"].font = Font(color="FFFFFFFF")
    sheet["D5"].comment = Comment("请核实", "规划建设部")
    once = marked_with(book, one("D5"), one("C6"))

    again = marked_with(once, one("B4", "warning"))
    sheet = again[SHEET]

    assert colored(sheet) == {"B4": "warning"}
    assert (color(sheet["D5"]), sheet["D5"].font.color.rgb) == ("FF003366", "FFFFFFFF")
    assert sheet["D5"].comment.text == "请核实"
    assert (sheet["C6"].comment, sheet["C6"].fill.fill_type) == (None, None)
    assert [name.startswith(FINDINGS_SHEET) for name in again.sheetnames] == [True, False]


def test_marked_copy_with_the_faults_mended_imports_without_a_word_about_the_marks() -> None:
    content, before = marked(saved(faulty_book()))
    book = opened(content)
    book[SHEET]["D5"], book[SHEET]["C6"] = datetime(2022, 10, 31), "规划建设部"
    mended = faulty_book()
    mended[SHEET]["D5"], mended[SHEET]["C6"] = datetime(2022, 10, 31), "规划建设部"

    after = read(saved(book), NAME, brief(**SEPTEMBER))

    assert before.errors and not after.errors
    assert after.ledgers == read(saved(mended), NAME, brief(**SEPTEMBER)).ledgers
    assert after.problems == read(saved(mended), NAME, brief(**SEPTEMBER)).problems


def test_only_the_list_is_chosen_when_the_copy_opens() -> None:
    book = faulty_book()
    book.create_sheet("说明").sheet_view.tabSelected = True

    sheets = marked_with(book, one("D5")).worksheets

    assert [sheet.sheet_view.tabSelected for sheet in sheets] == [True, False, False]


def test_words_that_look_like_formulas_stay_words() -> None:
    evil = '=HYPERLINK("http://x","y")'
    told = Problem("error", SHEET, "D5", "due_on", evil, "+1", "@SUM(A1)")
    book = marked_with(faulty_book(), told)
    line = next(book.worksheets[0].iter_rows(min_row=4, max_row=4))

    assert [cell.value for cell in line[5:8]] == [evil, "+1", "@SUM(A1)"]
    assert {cell.data_type for cell in line[1:]} <= {"s", "n"}
    assert all(cell.quotePrefix for cell in line[5:8])


def test_macros_are_not_handed_back() -> None:
    kinds = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    content = with_part(
        saved(faulty_book()),
        "[Content_Types].xml",
        lambda part: part.replace(
            b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", kinds
        ),
    )
    stream = BytesIO(content)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")

    made, name = marked_workbook(stream.getvalue(), "台账.xlsm", [one("D5")], isolated=False)

    assert name == "台账（标注）.xlsx"
    assert "xl/vbaProject.bin" not in open_archive(made).namelist()
    assert "宏没有带上" in opened(made).worksheets[0]["A2"].value
