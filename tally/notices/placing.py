"""Tables and charts put into a Word document where its text names them, native and editable."""

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as PackagePart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from lxml import etree

from tally.notices import official
from tally.notices.content import Diagram, Grid
from tally.notices.native_chart import chart_element, chart_workbook

CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EMU_PER_MM = 36_000
CHART_WIDTH_MM = 156
CHART_PT = 9
ROW_MM, AXES_MM, COLUMN_CHART_MM = 7, 22, 78
MARGIN_TWIPS = 40
HEAD_GROUND = "E6EEF8"
LONG_TEXT = 10
WHOLE_ROWS_MAX = 12


def place_grid(document: Document, paragraph: Paragraph, grid: Grid, number: int) -> None:
    """Turn a paragraph into the table's caption and put the table behind it."""
    _caption(paragraph, f"表{number}　{grid.title}")
    grid_table(document, paragraph, grid)


def grid_table(document: Document, paragraph: Paragraph, grid: Grid) -> None:
    """Put a table behind a paragraph, and its note behind the table."""
    table = document.add_table(rows=0, cols=len(grid.heads))
    table.style = document.styles["Table Grid"]
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _narrow_margins(table)
    widths = [official.TEXT_MM[0] * width / sum(grid.widths) for width in grid.widths]
    # To look a style up by its name for each cell takes longer than all the rest.
    style = document.styles[official.CELL].style_id
    _row(table, grid.heads, widths, style, is_head=True)
    for row in grid.rows:
        _row(table, row, widths, style)
    _align(table, grid)
    if len(grid.rows) <= WHOLE_ROWS_MAX:
        _keep_whole(table)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    paragraph._p.addnext(table._tbl)
    # What follows a table without a paragraph between would join it.
    closing = OxmlElement("w:p")
    table._tbl.addnext(closing)
    note = Paragraph(closing, paragraph._parent)
    note.style = official.SMALL
    if grid.note:
        note.add_run(grid.note)


def _caption(paragraph: Paragraph, text: str) -> None:
    for run in paragraph.runs[1:]:
        run._r.getparent().remove(run._r)
    if paragraph.runs:
        paragraph.runs[0].text = text
    else:
        paragraph.add_run(text)
    paragraph.style = official.CAPTION


def _narrow_margins(table: Table) -> None:
    """Leave the width to the words: the usual margins take a sign on either side."""
    sides = "".join(f'<w:{side} w:w="{MARGIN_TWIPS}" w:type="dxa"/>' for side in ("left", "right"))
    margins = parse_xml(f"<w:tblCellMar {nsdecls('w')}>{sides}</w:tblCellMar>")
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    if look is None:
        table._tbl.tblPr.append(margins)
    else:
        look.addprevious(margins)


def _align(table: Table, grid: Grid) -> None:
    """Set the columns of long words to the left; the others stay centred."""
    for place, texts in enumerate(zip(*grid.rows, strict=True)):
        if any(len(text) > LONG_TEXT and not text.endswith("%") for text in texts):
            for row in table._tbl.tr_lst[1:]:
                for paragraph in row.tc_lst[place].p_lst:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT


def _keep_whole(table: Table) -> None:
    """Keep a short table on one page: each row with the next one."""
    for row in table._tbl.tr_lst[:-1]:
        for paragraph in row.iter(qn("w:p")):
            paragraph.get_or_add_pPr().get_or_add_keepNext()


def _row(
    table: Table, texts: Sequence[str], widths: Sequence[float], style: str, is_head: bool = False
) -> None:
    row = table.add_row()
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = Mm(width)
        _cell(cell, text, style, is_head)


def _cell(cell: _Cell, text: str, style: str, is_head: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph._p.style = style
    run = paragraph.add_run(text)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    if is_head:
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), official.BLACK)
        cell._tc.get_or_add_tcPr().append(
            parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{HEAD_GROUND}"/>')
        )


def chart_height_mm(diagram: Diagram) -> float:
    """Return how high a chart stands: bars grow with their number."""
    if diagram.kind != "bar":
        return COLUMN_CHART_MM
    return AXES_MM + ROW_MM * len(diagram.categories) * max(1.0, 0.7 * len(diagram.series))


def place_chart(document: Document, paragraph: Paragraph, diagram: Diagram, number: int) -> None:
    """Turn a paragraph into the chart's caption and put the chart, an object, before it."""
    _caption(paragraph, f"图{number}　{diagram.title}")
    paragraph.paragraph_format.keep_with_next = False
    relation = _chart_part(document, diagram, number)
    element = OxmlElement("w:p")
    paragraph._p.addprevious(element)
    holder = Paragraph(element, paragraph._parent)
    holder.style = official.CAPTION
    holder.paragraph_format.keep_with_next = True
    holder.add_run()._r.append(_drawing(diagram, relation, number))


def _chart_part(document: Document, diagram: Diagram, number: int) -> str:
    """Add the chart and the sheet behind it to the package; return the relation's name."""
    package: Any = document.part.package
    book = PackagePart(
        PackURI(f"/word/embeddings/chart{number}.xlsx"), BOOK_TYPE, chart_workbook(diagram), package
    )
    chart = PackagePart(PackURI(f"/word/charts/chart{number}.xml"), CHART_TYPE, b"", package)
    element = chart_element(diagram, CHART_PT)
    element.get_or_add_externalData().rId = chart.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
    chart._blob = etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
    return str(document.part.relate_to(chart, RELATIONSHIP_TYPE.CHART))


def _drawing(diagram: Diagram, relation: str, number: int) -> Any:
    width = int(CHART_WIDTH_MM * EMU_PER_MM)
    height = int(chart_height_mm(diagram) * EMU_PER_MM)
    drawing = parse_xml(
        f"<w:drawing {nsdecls('w', 'wp', 'a', 'r')} "
        'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        '<wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{900 + number}" name="图{number}"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
    drawing.find(f".//{qn('wp:docPr')}").set("descr", diagram.title)
    return drawing
