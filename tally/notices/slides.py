"""The same notice for the meeting: 16:9 slides whose charts and tables an office can edit (G1)."""

import io
import re
from collections.abc import Sequence
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Mm, Pt

from tally.notices.bulletin import clean
from tally.notices.content import Diagram, Figure, Grid, Notice
from tally.notices.native_chart import KINDS, chart_data, chart_workbook, style_chart
from tally.notices.package import dated, settled
from tally.palette import LIGHT

WIDTH_MM, HEIGHT_MM = 338.67, 190.5
EDGE_MM, TOP_MM = 18, 34
FACE = "微软雅黑"
TITLE_PT, TEXT_PT, SMALL_PT, CARD_PT, COVER_PT = 28, 20, 12, 30, 38
TABLE_PT, ROW_MM, ROWS_MAX = 14, 9.5, 14
CHART_PT = 13
LINES_MAX, NOTE_MM = 8, 18
RANKING = "图_排名"
TITLE_ONLY, INK, MUTED = 5, LIGHT.text, LIGHT.muted
# What the second slide says in large type, by the figures' names.
CARDS = ("事项总数", "销号率", "与序时差", "到期销号率", "按期率", "逾期数")
CARDS_A_ROW = 3
THEME_FACE = re.compile(rb'(<a:(?:latin|ea) typeface=")[^"]*(")')
SIMPLIFIED = re.compile(rb'(<a:font script="Hans" typeface=")[^"]*(")')


def slides(notice: Notice) -> bytes:
    """Return the notice as a .pptx."""
    show = Presentation()
    show.slide_width, show.slide_height = Mm(WIDTH_MM), Mm(HEIGHT_MM)
    _theme(show)
    _cover(show, notice)
    _cards(show, notice)
    for diagram in notice.diagrams:
        _chart_slide(show, diagram, _caution(notice) if diagram.tag == RANKING else "")
    for grid in notice.grids:
        if grid.tag == "表_逾期":
            _table_slide(show, grid, is_heat=True)
        elif grid.tag in ("表_任务", "表_长期逾期", "表_预警"):
            _table_slide(show, grid)
    for tag, title in (("存在问题", "存在问题"), ("下一步工作", "下一步工作")):
        _text_slide(show, title, notice.parts[tag].lines)
    _sources(show, notice)
    dated(show.core_properties, notice.title, str(notice.words["发文机关"]), notice.moment)
    stream = io.BytesIO()
    show.save(stream)
    return settled(stream.getvalue())


def _theme(show: Any) -> None:
    """Name the Chinese face in the theme, so that new text of the office's has it too."""
    for part in show.part.package.iter_parts():
        if str(part.partname).startswith("/ppt/theme/"):
            blob = THEME_FACE.sub(rb"\g<1>" + FACE.encode() + rb"\g<2>", part.blob)
            part._blob = SIMPLIFIED.sub(rb"\g<1>" + FACE.encode() + rb"\g<2>", blob)


def _slide(show: Any, title: str) -> Any:
    slide = show.slides.add_slide(show.slide_layouts[TITLE_ONLY])
    head = slide.shapes.title
    head.left, head.top = Mm(EDGE_MM), Mm(10)
    head.width, head.height = Mm(WIDTH_MM - 2 * EDGE_MM), Mm(18)
    head.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    _write(head.text_frame.paragraphs[0], title, TITLE_PT, is_bold=True)
    return slide


def _write(
    paragraph: Any, text: str, size_pt: float, color: str = INK, is_bold: bool = False
) -> None:
    paragraph.alignment = PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = clean(text)
    run.font.size, run.font.bold = Pt(size_pt), is_bold
    run.font.color.rgb = RGBColor.from_string(color.lstrip("#"))
    run.font.name = FACE
    properties = run._r.get_or_add_rPr()
    east_asian = properties.makeelement(qn("a:ea"), {"typeface": FACE})
    properties.append(east_asian)


def _box(slide: Any, box_mm: tuple[float, float, float, float]) -> Any:
    left, top, width, height = box_mm
    frame = slide.shapes.add_textbox(Mm(left), Mm(top), Mm(width), Mm(height)).text_frame
    frame.word_wrap = True
    return frame


def _cover(show: Any, notice: Notice) -> None:
    slide = _slide(show, notice.title)
    title = slide.shapes.title
    title.top, title.height = Mm(55), Mm(40)
    title.text_frame.word_wrap = True
    for run in title.text_frame.paragraphs[0].runs:
        run.font.size = Pt(COVER_PT)
    frame = _box(slide, (EDGE_MM, 105, WIDTH_MM - 2 * EDGE_MM, 40))
    lines = (str(notice.words["发文机关"]), str(notice.words["成文日期"]))
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        _write(paragraph, line, TEXT_PT, MUTED)


def _cards(show: Any, notice: Notice) -> None:
    """Say where the campaign stands in six numbers."""
    slide = _slide(show, f"总体情况（截至{notice.words['截至日']}）")
    values = {figure.label: figure.value for figure in notice.figures}
    shown = [(label, values[label]) for label in CARDS if label in values]
    width = (WIDTH_MM - 2 * EDGE_MM) / CARDS_A_ROW
    for number, (label, value) in enumerate(shown):
        line, place = divmod(number, CARDS_A_ROW)
        frame = _box(slide, (EDGE_MM + place * width, TOP_MM + 10 + line * 58, width - 6, 50))
        _write(frame.paragraphs[0], label, TEXT_PT, MUTED)
        _write(frame.add_paragraph(), value, CARD_PT, is_bold=True)


def _caution(notice: Notice) -> str:
    """Return the line that says how far a ranking can be trusted."""
    return next(iter(notice.parts["单位成绩"].lines), "")


def _chart_slide(show: Any, diagram: Diagram, note: str) -> None:
    slide = _slide(show, diagram.title)
    frame = slide.shapes.add_chart(
        KINDS[diagram.kind],
        Mm(EDGE_MM),
        Mm(TOP_MM - 4),
        Mm(WIDTH_MM - 2 * EDGE_MM),
        Mm(HEIGHT_MM - TOP_MM - (NOTE_MM if note else 8)),
        chart_data(diagram),
    )
    if note:
        box = _box(slide, (EDGE_MM, HEIGHT_MM - NOTE_MM - 2, WIDTH_MM - 2 * EDGE_MM, NOTE_MM))
        _write(box.paragraphs[0], note, SMALL_PT, MUTED)
    style_chart(frame.chart, diagram, CHART_PT)
    frame.chart.part.chart_workbook.update_from_xlsx_blob(chart_workbook(diagram))


def _table_slide(show: Any, grid: Grid, is_heat: bool = False) -> None:
    slide = _slide(show, grid.title)
    rows = grid.rows[:ROWS_MAX]
    table = slide.shapes.add_table(
        len(rows) + 1,
        len(grid.heads),
        Mm(EDGE_MM),
        Mm(TOP_MM),
        Mm(WIDTH_MM - 2 * EDGE_MM),
        Mm(ROW_MM * (len(rows) + 1)),
    ).table
    table.horz_banding = False
    whole = WIDTH_MM - 2 * EDGE_MM
    for column, width in zip(table.columns, grid.widths, strict=True):
        column.width = Emu(int(Mm(whole * width / sum(grid.widths))))
    highest = max((int(cell) for row in rows for cell in row[1:-1] if cell.isdigit()), default=0)
    for place, texts in enumerate((grid.heads, *rows)):
        for at, (cell, text) in enumerate(zip(table.rows[place].cells, texts, strict=True)):
            is_counted = is_heat and place and at < len(texts) - 1
            _cell(cell, text, _level(text, highest) if is_counted else None, is_head=not place)


def _level(text: str, highest: int) -> int | None:
    """Return the step of colour of a count: none for nothing, the last for the most."""
    if not text.isdigit() or not int(text) or not highest:
        return None
    steps = LIGHT.last_step_under_text
    return min(steps, 1 + int(int(text) / highest * (steps - 1)))


def _cell(cell: Any, text: str, level: int | None, is_head: bool) -> None:
    cell.fill.solid()
    ground = LIGHT.bg2 if is_head else LIGHT.bg if level is None else LIGHT.sequential[level]
    cell.fill.fore_color.rgb = RGBColor.from_string(ground.lstrip("#"))
    cell.margin_top = cell.margin_bottom = Mm(1)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    _write(cell.text_frame.paragraphs[0], text, TABLE_PT, is_bold=is_head)


def _text_slide(show: Any, title: str, lines: Sequence[str]) -> None:
    if not lines:
        return
    frame = _box(
        _slide(show, title), (EDGE_MM, TOP_MM, WIDTH_MM - 2 * EDGE_MM, HEIGHT_MM - TOP_MM - 15)
    )
    for number, line in enumerate(lines[:LINES_MAX]):
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        _write(paragraph, line, TEXT_PT)
        paragraph.space_after = Pt(10)


def _sources(show: Any, notice: Notice) -> None:
    """Say which state of the data it is, and which questions were asked."""
    told: tuple[Figure | Grid | Diagram, ...] = (*notice.figures, *notice.grids, *notice.diagrams)
    queries = dict.fromkeys(query for shown in told for query in shown.query.split("；"))
    frame = _box(
        _slide(show, "数据说明"), (EDGE_MM, TOP_MM, WIDTH_MM - 2 * EDGE_MM, HEIGHT_MM - TOP_MM - 15)
    )
    _write(frame.paragraphs[0], f"数据版本：{notice.version}", TEXT_PT - 4)
    for query in queries:
        _write(frame.add_paragraph(), query, SMALL_PT, MUTED)
