"""The 通报 in Word: its page, its type, its tables and charts, its template (G1, G2)."""

import io
import zipfile
from datetime import datetime
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tally.notices import official
from tally.notices.bulletin import TemplateError, bulletin, passages
from tally.notices.bulletin_template import (
    DEFAULT_TEMPLATE,
    TEMPLATE_NAME,
    bulletin_template,
    template_of,
)
from tests.notices.drafted import FIGURES, PROGRESS, drafted

TEMPLATE = DEFAULT_TEMPLATE.read_bytes()


@pytest.fixture(scope="module")
def content() -> bytes:
    """The drafted notice laid out after the default template."""
    return bulletin(drafted(), TEMPLATE)


@pytest.fixture(scope="module")
def document(content: bytes) -> Document:
    """The same as Word opens it."""
    return docx.Document(io.BytesIO(content))


def text_of(content: bytes) -> str:
    """Return all that a document says outside its tables."""
    return "\n".join(str(said) for _, said in passages(content))


def template_with(*lines: str) -> bytes:
    """Return an office's own template with these paragraphs."""
    own = official.blank_document()
    for line in lines:
        own.add_paragraph(line, style=official.BODY)
    return official.saved(own)


def east_asian(document: Document, style: str) -> str:
    """Return a style's Chinese face."""
    return str(document.styles[style].element.rPr.rFonts.get(qn("w:eastAsia")))


def test_page_is_a4_with_the_margins_of_gb_t_9704(document: Document) -> None:
    section = document.sections[0]
    sizes = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(size / 36_000, 1) for size in sizes if size] == [210, 297, 37, 28]
    assert section.page_width and section.page_height
    text_width = section.page_width - (section.left_margin or 0) - (section.right_margin or 0)
    text_height = section.page_height - (section.top_margin or 0) - (section.bottom_margin or 0)
    assert abs(text_width - Mm(156)) < Mm(0.1) and abs(text_height - Mm(225)) < Mm(0.1)


def test_text_block_holds_22_lines_of_28_signs(document: Document) -> None:
    grid = document.sections[0]._sectPr.find(qn("w:docGrid"))
    assert grid is not None and grid.get(qn("w:type")) == "lines"
    line_pt = int(grid.get(qn("w:linePitch"))) / 20
    height_pt, width_pt = 225 * 72 / 25.4, 156 * 72 / 25.4
    assert int(height_pt / line_pt) == 22
    normal = document.styles["Normal"].element.rPr
    closer_pt = int(normal.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert int(width_pt / (official.BODY_PT + closer_pt)) == 28


def test_type_is_the_standards_and_names_its_stand_ins(document: Document, content: bytes) -> None:
    faces = {
        official.TITLE: ("方正小标宋简体", 22),
        official.BODY: ("仿宋_GB2312", 16),
        official.LEVEL_1: ("黑体", 16),
        official.LEVEL_2: ("楷体_GB2312", 16),
    }
    for style, (face, size) in faces.items():
        assert (east_asian(document, style), document.styles[style].font.size) == (face, Pt(size))
    fonts = zipfile.ZipFile(io.BytesIO(content)).read("word/fontTable.xml").decode()
    assert 'w:name="仿宋_GB2312"><w:altName w:val="仿宋,' in fonts
    assert "没有时用" in official.fonts_note()


def test_page_numbers_stand_outside_between_dashes(document: Document) -> None:
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.text, even.text) == ("— 1 —", "— 1 —")
    assert (odd.alignment, even.alignment) == (2, 0)
    assert " PAGE " in odd._p.xml


def test_table_is_a_table_with_the_figures_of_its_question(document: Document) -> None:
    first = document.tables[0]
    rows = [[cell.text for cell in row.cells] for row in first.rows]
    assert rows == [list(PROGRESS.heads), *map(list, PROGRESS.rows)]
    assert "w:tblHeader" in first.rows[0]._tr.xml


def test_chart_is_an_object_with_its_numbers_in_a_workbook(content: bytes) -> None:
    package = zipfile.ZipFile(io.BytesIO(content))
    names = package.namelist()
    assert [name for name in names if "media" in name] == []
    chart = package.read("word/charts/chart1.xml").decode()
    assert "<c:barChart>" in chart and "externalData" in chart and "经济发展" in chart
    relations = package.read("word/charts/_rels/chart1.xml.rels").decode()
    assert "embeddings/chart1.xlsx" in relations
    sheet = openpyxl.load_workbook(
        io.BytesIO(package.read("word/embeddings/chart1.xlsx"))
    ).worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.rows]
    assert cells == [
        [None, "销号率", "序时应达"],
        ["经济发展", 0.645, 0.9],
        ["改革创新", None, 0.71],
    ]
    assert "/chart" in package.read("word/document.xml").decode().split("graphicData uri=")[1]


def test_last_page_says_where_each_figure_comes_from(document: Document) -> None:
    rows = [[cell.text for cell in row.cells] for row in document.tables[-1].rows]
    assert rows[1:] == [
        [FIGURES[0].query, "事项总数 148项；销号率 79.7%"],
        [PROGRESS.query, "表1 各维度进度；图1 各维度销号率"],
    ]


def test_same_words_make_the_same_bytes(content: bytes) -> None:
    assert bulletin(drafted(), TEMPLATE) == content


def test_file_is_dated_by_its_notice_and_not_by_the_clock(document: Document) -> None:
    made = document.core_properties.created
    assert made is not None and made.replace(tzinfo=None) == datetime(2022, 11, 8, 1, 30)


def test_headings_count_on_where_a_part_is_left_out() -> None:
    said = text_of(bulletin(drafted(有排名=False), TEMPLATE))
    assert "单位成绩" not in said
    assert "二、问题分析" in said and "三、重点事项" in said and "四、部门协同" in said


def test_cases_stand_both_ways_and_without_any_their_heading_goes() -> None:
    both = text_of(bulletin(drafted({"正面典型": ("1.甲部",), "反面典型": ("1.乙部",)}), TEMPLATE))
    assert "（一）正面典型\n1.甲部\n（二）反面典型\n1.乙部" in both
    one = text_of(bulletin(drafted({"正面典型": (), "反面典型": ("1.乙部",)}), TEMPLATE))
    assert "（一）反面典型" in one and "正面典型" not in one
    none = text_of(bulletin(drafted({"正面典型": (), "反面典型": ()}), TEMPLATE))
    assert "典型案例" not in none and "六、存在问题" in none


def test_red_head_can_be_left_out() -> None:
    with_head, without = (bulletin(drafted(红头=head), TEMPLATE) for head in (True, False))
    assert "督〔2022〕3号" in text_of(with_head)
    assert "督〔2022〕3号" not in text_of(without)
    assert official.MASTHEAD not in {style for style, _ in passages(without)}


def test_long_issuer_stays_on_one_line() -> None:
    name = "中共安徽淮北相山经济开发区工作委员会"
    assert official.masthead_pt(name) * len(name) <= 156 * 72 / 25.4
    assert official.masthead_pt("某工委") == official.MASTHEAD_PT


def test_committed_template_is_what_the_program_writes() -> None:
    assert bulletin_template() == TEMPLATE


def test_offices_own_template_goes_before_ours(tmp_path: Path) -> None:
    assert template_of(tmp_path) == TEMPLATE
    own = template_with("{{ 标题 }}", "全区{{ 事项总数 }}，销号{{ 销号率 }}。", "{{ 表_进度 }}")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / TEMPLATE_NAME).write_bytes(own)
    content = bulletin(drafted(), template_of(tmp_path))
    assert "全区148项，销号79.7%。" in text_of(content)
    assert len(docx.Document(io.BytesIO(content)).tables) == 1


@pytest.mark.parametrize(
    ("template", "said"),
    [
        (template_with("{{ 完成率 }}"), "认不出的标记：完成率。可用的标记：.*事项总数"),
        (template_with("{% for 行 in 总体情况 %}"), "没写完整的标记"),
        (template_with("{{ 标题.x.y }}"), "用不了的标记"),
        (b"PK not a document", "不是 Word 文档"),
    ],
)
def test_faulty_template_is_told_in_chinese(template: bytes, said: str) -> None:
    with pytest.raises(TemplateError, match=said):
        bulletin(drafted(), template)


def test_template_cannot_reach_into_the_program() -> None:
    reaching = template_with("{{ 标题.__class__.__mro__ }}")
    with pytest.raises(TemplateError):
        bulletin(drafted(), reaching)


def test_words_of_the_data_change_nothing_but_the_text() -> None:
    odd = "A&B <公司>\x0b⟦表_进度⟧ {{ 标题 }} =1+1"
    said = text_of(bulletin(drafted({"问题分析": (odd,)}), TEMPLATE))
    assert "A&B <公司>表_进度 {{ 标题 }} =1+1" in said
