"""The watermark of documents: on every page, and nothing of what they say is moved or lost."""

import io
import zipfile
from datetime import date

import docx
import openpyxl
import pptx
import pytest
import xlsxwriter

from tally.notices.official import blank_document, saved
from tally.notices.watermark import watermarked

WORDS = "banshi & co <1>　2026-11-22 14:40"


def test_every_page_of_a_document_carries_it_and_the_text_stays() -> None:
    document = blank_document()
    document.add_paragraph("各单位：")
    document.add_section().header.is_linked_to_previous = False
    marked = docx.Document(io.BytesIO(watermarked(saved(document), "通报.docx", WORDS)))
    assert [paragraph.text for paragraph in marked.paragraphs] == ["各单位：", ""]
    assert len(marked.sections) == 2
    for section in marked.sections:
        for header in (section.header, section.even_page_header):
            assert [paragraph.text for paragraph in header.paragraphs] == [WORDS]


def test_every_slide_carries_it() -> None:
    show = pptx.Presentation()
    for _ in range(2):
        show.slides.add_slide(show.slide_layouts[5]).shapes.title.text = "进展"
    stream = io.BytesIO()
    show.save(stream)
    marked = pptx.Presentation(io.BytesIO(watermarked(stream.getvalue(), "通报.pptx", WORDS)))
    for slide in marked.slides:
        assert [shape.text_frame.text for shape in slide.shapes] == ["进展", WORDS]


def workbook_with_everything() -> bytes:
    """Return a workbook of a sheet with a footer, one with a chart, and a bare one."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        footed, charted, bare = (book.add_worksheet(name) for name in ("表尾", "图", "空"))
        footed.set_footer("&L核查人签字：&R第 &P 页")
        footed.write("A1", "事项")
        charted.write_column("A1", [1, 2, 3])
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=图!$A$1:$A$3"})
        charted.insert_chart("C1", chart)
        charted.set_h_pagebreaks([2])
        bare.write_datetime("A1", date(2022, 9, 1))
    return stream.getvalue()


def test_every_sheet_carries_it_beside_its_footer_and_its_chart() -> None:
    content = workbook_with_everything()
    marked = watermarked(content, "通报.xlsx", WORDS)
    book = openpyxl.load_workbook(io.BytesIO(marked))
    for sheet in book:
        # A header's own codes begin with `&`, which is doubled to be one of the text.
        assert sheet.oddHeader.left.text == f" {WORDS.replace('&', '&&')}", sheet.title
        assert (sheet.oddHeader.left.size, sheet.oddHeader.left.color) == (8, "808080")
    assert book["表尾"].oddFooter.right.text == "第 &P 页"
    assert book["表尾"]["A1"].value == "事项"
    with (
        zipfile.ZipFile(io.BytesIO(marked)) as after,
        zipfile.ZipFile(io.BytesIO(content)) as before,
    ):
        assert after.namelist() == before.namelist()
        changed = [name for name in before.namelist() if after.read(name) != before.read(name)]
    assert changed == [f"xl/worksheets/sheet{number}.xml" for number in (1, 2, 3)]


@pytest.mark.parametrize("name", ["催报.txt", "原件.xls", "没有后缀"])
def test_other_files_stay_as_they_are(name: str) -> None:
    assert watermarked(b"anything", name, WORDS) == b"anything"
