"""The notice for the meeting: 16:9, native charts and tables, Chinese type (G1)."""

import io

import openpyxl
import pytest
from pptx import Presentation
from pptx.presentation import Presentation as Show

from tally.notices.content import Grid
from tally.notices.slides import FACE, slides
from tests.notices.drafted import CHART, MOMENT, drafted

OVERDUE = Grid(
    "表_逾期",
    "逾期事项（项）",
    ("责任单位", "1—7天", "8—30天", "合计"),
    (("甲部", "0", "4", "4"), ("乙部", "1", "0", "1")),
    (3, 1, 1, 1),
    "overdue_ageing as_of=2022-10-31",
)


def with_overdue() -> bytes:
    """Return the slides of a notice that has overdue items."""
    notice = drafted()
    part = notice.parts["问题分析"]
    parts = {**notice.parts, "问题分析": type(part)(part.lines, (), (OVERDUE,))}
    return slides(type(notice)(**{**vars(notice), "parts": parts}))


@pytest.fixture(scope="module")
def show() -> Show:
    """The slides as PowerPoint opens them."""
    return Presentation(io.BytesIO(with_overdue()))


def test_slides_are_16_to_9(show: Show) -> None:
    assert show.slide_width and show.slide_height
    assert abs(show.slide_width / show.slide_height - 16 / 9) < 0.001


def test_every_slide_has_a_title(show: Show) -> None:
    titles = [slide.shapes.title.text_frame.text for slide in show.slides]
    assert titles[0] == "关于试点行动2022年10月进展情况的通报"
    assert CHART.title in titles and "数据说明" in titles and "" not in titles


def test_chart_is_native_and_its_workbook_holds_the_numbers(show: Show) -> None:
    charts = [shape.chart for slide in show.slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) == 1
    plot = charts[0].plots[0]
    assert [tuple(series.values) for series in plot.series] == [(0.645, None), (0.9, 0.71)]
    blob = charts[0].part.chart_workbook.xlsx_part.blob
    assert openpyxl.load_workbook(io.BytesIO(blob)).worksheets[0]["B2"].value == 0.645
    pictures = [shape for slide in show.slides for shape in slide.shapes if shape.shape_type == 13]
    assert pictures == []


def test_overdue_table_is_darker_where_more_is_overdue(show: Show) -> None:
    [table] = [shape.table for slide in show.slides for shape in slide.shapes if shape.has_table]
    cells = [list(row.cells) for row in table.rows]
    assert [[cell.text_frame.text for cell in row] for row in cells[1:]] == [
        ["甲部", "0", "4", "4"],
        ["乙部", "1", "0", "1"],
    ]
    grounds = [[str(cell.fill.fore_color.rgb) for cell in row] for row in cells]
    assert grounds[1][1] == grounds[2][2] == grounds[1][3]
    assert len({grounds[1][1], grounds[1][2], grounds[2][1]}) == 3


def test_chinese_face_is_named_for_the_texts_and_in_the_theme(show: Show) -> None:
    run = show.slides[0].shapes.title.text_frame.paragraphs[0].runs[0]
    assert f'<a:ea typeface="{FACE}"/>' in run._r.xml
    themes = [
        part.blob.decode()
        for part in show.part.package.iter_parts()
        if "/theme/" in str(part.partname)
    ]
    assert all(f'<a:ea typeface="{FACE}"/>' in theme for theme in themes)


def test_same_words_make_the_same_slides(show: Show) -> None:
    assert with_overdue() == with_overdue()
    made = show.core_properties.created
    assert made is not None and made.replace(tzinfo=None) == MOMENT
