"""Charts that stay charts: an office edits their numbers and looks, in Word and PowerPoint."""

import io
from datetime import datetime
from typing import Any

import xlsxwriter
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from tally.notices.content import Diagram

KINDS = {
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
}
SHEET = "Sheet1"
GRID, TEXT = RGBColor(0xE3, 0xE8, 0xED), RGBColor(0x14, 0x20, 0x2E)
CHART_FONT = "黑体"
ROOM_FOR_LABELS = 1.1
MADE_AT = datetime(1980, 1, 1)


def chart_data(diagram: Diagram) -> CategoryChartData:
    """Return what a chart draws, as the library that writes charts takes it."""
    data = CategoryChartData(number_format=diagram.number_format)
    data.categories = list(diagram.categories)
    for series in diagram.series:
        data.add_series(series.name, series.values)
    return data


def chart_workbook(diagram: Diagram) -> bytes:
    """Return the sheet behind a chart, in which its numbers are edited."""
    stream = io.BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, settings) as book:
        book.set_properties({"created": MADE_AT})
        sheet = book.add_worksheet(SHEET)
        shown = book.add_format({"num_format": diagram.number_format})
        for row, category in enumerate(diagram.categories, start=1):
            sheet.write_string(row, 0, category)
        for column, series in enumerate(diagram.series, start=1):
            sheet.write_string(0, column, series.name)
            for row, value in enumerate(series.values, start=1):
                if value is not None:
                    sheet.write_number(row, column, value, shown)
    return stream.getvalue()


def chart_element(diagram: Diagram, size_pt: float) -> Any:
    """Return the chart's XML element, styled, for a document that is no presentation."""
    element = parse_xml(chart_data(diagram).xml_bytes(KINDS[diagram.kind]))
    style_chart(Chart(element, None), diagram, size_pt)
    return element


def style_chart(chart: Chart, diagram: Diagram, size_pt: float) -> None:
    """Give a chart our type, colours, labels and axes."""
    chart.has_title = False
    chart.font.size, chart.font.color.rgb = Pt(size_pt), TEXT
    _east_asian(chart)
    chart.has_legend = len(diagram.series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
    _axes(chart, diagram)
    plot = chart.plots[0]
    if diagram.kind != "line":
        plot.gap_width = 60
        plot.overlap = -5
    for drawn, series in zip(plot.series, diagram.series, strict=True):
        _series(drawn, diagram, series.color)
    plot.has_data_labels = True
    plot.data_labels.show_value = True
    plot.data_labels.number_format = diagram.number_format
    plot.data_labels.number_format_is_linked = False
    plot.data_labels.font.size = Pt(size_pt * 0.9)


def _series(drawn: Any, diagram: Diagram, color: str) -> None:
    tone = RGBColor.from_string(color.lstrip("#"))
    if diagram.kind == "line":
        drawn.smooth = False
        drawn.format.line.color.rgb = tone
        drawn.format.line.width = Pt(2)
        drawn.marker.format.fill.solid()
        drawn.marker.format.fill.fore_color.rgb = tone
        return
    drawn.format.fill.solid()
    drawn.format.fill.fore_color.rgb = tone
    drawn.invert_if_negative = False


def _axes(chart: Chart, diagram: Diagram) -> None:
    """Leave the axis of values out: every value stands beside its mark."""
    values, categories = chart.value_axis, chart.category_axis
    values.has_major_gridlines = values.visible = False
    values.minimum_scale = 0
    if diagram.number_format.endswith("%"):
        highest = max((v or 0 for series in diagram.series for v in series.values), default=1)
        values.maximum_scale = max(highest, 1) * ROOM_FOR_LABELS
    categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    categories.format.line.color.rgb = GRID
    if diagram.kind == "bar":
        # The first row of the table is the uppermost bar.
        categories.reverse_order = True


def _east_asian(chart: Chart) -> None:
    """Name the Chinese face: without it a machine takes whatever it finds first."""
    properties = chart._chartSpace.find(f".//{qn('c:txPr')}//{qn('a:defRPr')}")
    for slot in ("latin", "ea"):
        face = parse_xml(f'<a:{slot} {nsdecls("a")} typeface="{CHART_FONT}"/>')
        properties.append(face)
