"""The official layout (GB/T 9704-2012) as Word styles: page, grid, type, page numbers (G1).

Lengths are in millimetres and points as the standard gives them.
"""

import io
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

PAGE_MM = (210, 297)
TOP_MM, LEFT_MM = 37, 28
TEXT_MM = (156, 225)
LINES_PER_PAGE, CHARACTERS_PER_LINE = 22, 28
BODY_PT, TITLE_PT, NUMBER_PT, TABLE_PT, SMALL_PT = 16, 22, 14, 10.5, 9
# 28 signs of 16 pt are a little wider than 156 mm, so they stand a quarter of a point closer.
# A grid of signs would do the same in Word, but LibreOffice gives a sign that is wider than its
# cell two cells; so the grid counts the lines and the type counts the signs.
CLOSER_TWENTIETHS = -5
TITLE_LINE_PT, MASTHEAD_PT = 34, 42
CELL_ROOM_PT = 1.5
FOOTER_MM = 25
PT_PER_MM = 72 / 25.4
RED = RGBColor(0xE6, 0x00, 0x12)
LATIN = "Times New Roman"
SMALL_TITLE, IMITATION, KAI, BLACK, SONG = (
    "方正小标宋简体",
    "仿宋_GB2312",
    "楷体_GB2312",
    "黑体",
    "宋体",
)
# What stands in where a font is not installed; Word and WPS read it from the font table.
FALLBACKS = {
    SMALL_TITLE: ("方正小标宋_GBK", "华文中宋", "Noto Serif CJK SC", "宋体"),
    IMITATION: ("仿宋", "华文仿宋", "FangSong", "Noto Serif CJK SC"),
    KAI: ("楷体", "华文楷体", "KaiTi", "Noto Serif CJK SC"),
    BLACK: ("SimHei", "微软雅黑", "Noto Sans CJK SC"),
    SONG: ("SimSun", "Noto Serif CJK SC"),
}
BODY, CELL, CAPTION, SMALL = "公文正文", "公文表格", "公文图表题", "公文说明"
MASTHEAD, NUMBER_LINE, RED_RULE = "发文机关标志", "发文字号", "红色分隔线"
SIGNED, TO = "署名和日期", "主送机关"
TITLE, LEVEL_1, LEVEL_2 = "Title", "Heading 1", "Heading 2"


def fonts_note() -> str:
    """Return which fonts the layout asks for and what stands in for each."""
    told = (f"{font}（没有时用{'、'.join(others[:2])}）" for font, others in FALLBACKS.items())
    return "字体：" + "；".join(told)


def blank_document() -> Document:
    """Return a document of the official layout with its styles and without any text."""
    document = docx.Document()
    body = document.element.body
    for element in list(body):
        if element.tag != qn("w:sectPr"):
            body.remove(element)
    _without_thumbnail(document)
    _page(document)
    _styles(document)
    _font_table(document)
    _page_numbers(document)
    return document


def _without_thumbnail(document: Document) -> None:
    """Take out the library's picture of an empty page."""
    relations = document.part.package.rels
    for key in [key for key, rel in relations.items() if rel.reltype.endswith("/thumbnail")]:
        relations.pop(key)


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(PAGE_MM[0]), Mm(PAGE_MM[1])
    section.top_margin, section.left_margin = Mm(TOP_MM), Mm(LEFT_MM)
    section.bottom_margin = Mm(PAGE_MM[1] - TOP_MM - TEXT_MM[1])
    section.right_margin = Mm(PAGE_MM[0] - LEFT_MM - TEXT_MM[0])
    section.footer_distance, section.header_distance = Mm(FOOTER_MM), Mm(15)
    line_twips = int(TEXT_MM[1] * PT_PER_MM * 20 / LINES_PER_PAGE)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(line_twips))


def _styles(document: Document) -> None:
    normal = document.styles["Normal"]
    _type(normal, IMITATION, BODY_PT)
    _closer(normal)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1
    body = _style(document, BODY, IMITATION, BODY_PT, WD_ALIGN_PARAGRAPH.JUSTIFY)
    _indent(body, 200)
    title = _style(document, TITLE, SMALL_TITLE, TITLE_PT, WD_ALIGN_PARAGRAPH.CENTER)
    title.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    title.paragraph_format.line_spacing = Pt(TITLE_LINE_PT)
    title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(BODY_PT)
    for name, font in ((LEVEL_1, BLACK), (LEVEL_2, KAI)):
        heading = _style(document, name, font, BODY_PT, WD_ALIGN_PARAGRAPH.JUSTIFY)
        heading.paragraph_format.space_before = Pt(0)
        heading.paragraph_format.keep_with_next = True
        _indent(heading, 200)
    _style(document, TO, IMITATION, BODY_PT, WD_ALIGN_PARAGRAPH.LEFT)
    signed = _style(document, SIGNED, IMITATION, BODY_PT, WD_ALIGN_PARAGRAPH.RIGHT)
    signed.paragraph_format.right_indent = Pt(BODY_PT * 2)
    _small_styles(document)
    _red_styles(document)


def _small_styles(document: Document) -> None:
    for name, font, size, place in (
        (CELL, IMITATION, TABLE_PT, WD_ALIGN_PARAGRAPH.CENTER),
        (CAPTION, BLACK, 12, WD_ALIGN_PARAGRAPH.CENTER),
        (SMALL, IMITATION, SMALL_PT, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        _off_the_grid(_style(document, name, font, size, place))
    cell = document.styles[CELL].paragraph_format
    cell.space_before = cell.space_after = Pt(CELL_ROOM_PT)
    caption = document.styles[CAPTION].paragraph_format
    caption.space_before, caption.space_after, caption.keep_with_next = Pt(6), Pt(3), True


def _red_styles(document: Document) -> None:
    masthead = _style(document, MASTHEAD, SMALL_TITLE, MASTHEAD_PT, WD_ALIGN_PARAGRAPH.CENTER)
    masthead.font.color.rgb = RED
    _off_the_grid(masthead)
    masthead.paragraph_format.space_before = Pt(24)
    masthead.paragraph_format.space_after = Pt(28)
    number = _style(document, NUMBER_LINE, IMITATION, BODY_PT, WD_ALIGN_PARAGRAPH.CENTER)
    border = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="16" w:space="10" '
        f'w:color="{RED}"/></w:pBdr>'
    )
    number.element.get_or_add_pPr().append(border)
    number.paragraph_format.space_after = Pt(BODY_PT)


def _style(
    document: Document, name: str, font: str, size_pt: float, place: WD_ALIGN_PARAGRAPH
) -> ParagraphStyle:
    styles = document.styles
    known = {style.name for style in styles}
    style: Any = styles[name] if name in known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if name not in known:
        style.base_style = styles["Normal"]
        style.quick_style = True
    for border in style.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
    _type(style, font, size_pt)
    style.paragraph_format.alignment = place
    return style


def _type(style: Any, font: str, size_pt: float) -> None:
    style.font.size = Pt(size_pt)
    style.font.bold = style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    style.font.name = LATIN
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for name in [key for key in fonts.attrib if "heme" in key]:
        del fonts.attrib[name]
    for slot, face in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", font)):
        fonts.set(qn(f"w:{slot}"), face)
    for spacing in properties.findall(qn("w:spacing")) + properties.findall(qn("w:kern")):
        properties.remove(spacing)


def _indent(style: ParagraphStyle, hundredths: int) -> None:
    """Indent the first line by characters, so that it follows the type's size."""
    style.paragraph_format.first_line_indent = Pt(BODY_PT * hundredths / 100)
    indent = style.element.pPr.find(qn("w:ind"))
    indent.set(qn("w:firstLineChars"), str(hundredths))


def _closer(style: Any) -> None:
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(CLOSER_TWENTIETHS))
    style.element.rPr.insert_element_before(spacing, "w:sz", "w:szCs", "w:lang")


def _off_the_grid(style: ParagraphStyle) -> None:
    """Let lines and signs of a style stand as close as their own size asks."""
    for properties, followers in (
        (style.element.get_or_add_pPr(), ("w:spacing", "w:ind", "w:jc", "w:outlineLvl")),
        (style.element.get_or_add_rPr(), ("w:vertAlign", "w:lang")),
    ):
        snap = OxmlElement("w:snapToGrid")
        snap.set(qn("w:val"), "0")
        properties.insert_element_before(snap, *followers)


def masthead_pt(name: str) -> float:
    """Return how large an issuer's name is set in red, so that it stays on one line."""
    return min(MASTHEAD_PT, TEXT_MM[0] * PT_PER_MM * 0.98 / max(len(name), 1))


def _font_table(document: Document) -> None:
    """Name the stand-ins of each font where Word and WPS look for them."""
    entries = "".join(
        f'<w:font w:name="{font}"><w:altName w:val="{",".join(others)}"/>'
        '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for font, others in FALLBACKS.items()
    )
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/fontTable"):
            relation.target_part._blob = (
                f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {nsdecls("w")}>'
                f"{entries}</w:fonts>"
            ).encode()


def _page_numbers(document: Document) -> None:
    """Number the pages — 1 —, odd ones on the right, even ones on the left."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, place in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        line = footer.paragraphs[0]
        line.alignment = place
        line.paragraph_format.right_indent = line.paragraph_format.left_indent = Pt(NUMBER_PT)
        for field in ("— ", "PAGE", " —"):
            _number_run(line, field)


def _number_run(line: Paragraph, text: str) -> None:
    run = line.add_run()
    run.font.size, run.font.name = Pt(NUMBER_PT), SONG
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), SONG)
    if text != "PAGE":
        run.text = text
        return
    for kind in ("begin", None, "separate", "1", "end"):
        if kind is None:
            instruction = OxmlElement("w:instrText")
            instruction.text = " PAGE "
            run._element.append(instruction)
        elif kind == "1":
            shown = OxmlElement("w:t")
            shown.text = "1"
            run._element.append(shown)
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._element.append(mark)


def saved(document: Document) -> bytes:
    """Return a document's bytes."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
