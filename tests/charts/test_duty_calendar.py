"""The duty calendar: four states told apart without colour, worst first, many windows folded."""

import html
from datetime import date, timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from tally.charts.duty_calendar import duty_calendar
from tally.charts.duty_columns import Cell, columns, lines
from tally.charts.duty_quarter import duty_quarter
from tally.palette import palette

DONE, LATE, MISSING, WAITING = (1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1)
COUNTS = ("done_count", "late_count", "missing_count", "waiting_count")


def rows(
    *cells: tuple[str, date, tuple[int, int, int, int]],
    first_number: int = 1,
    length: int = 5,
    every: str = "month",
) -> pd.DataFrame:
    """Return `duty_calendar` or `duty_windows` from (line, first day, counts)."""
    starts = sorted({first for _, first, _ in cells})
    return pd.DataFrame(
        [
            {
                "duty": line,
                "section": "例行",
                "every": every,
                "line": line,
                "title": line,
                "window_number": starts.index(first) + first_number,
                "period_start_on": first.replace(day=1) if every == "month" else first,
                "window_start_on": first,
                "window_end_on": first + timedelta(days=length - 1),
                **dict(zip(COUNTS, counts, strict=True)),
            }
            for line, first, counts in cells
        ]
    )


APRIL, JUNE, OCTOBER = date(2023, 4, 3), date(2023, 6, 1), date(2023, 10, 7)
CALENDAR = rows(
    ("甲部", APRIL, DONE),
    ("甲部", JUNE, DONE),
    ("甲部", OCTOBER, WAITING),
    ("乙部", APRIL, LATE),
    ("乙部", JUNE, MISSING),
    ("乙部", OCTOBER, WAITING),
)


def texts(figure: go.Figure) -> list[str]:
    return [html.unescape(note.text) for note in figure.layout.annotations]


def targets(figure: go.Figure) -> list[tuple[str, ...]]:
    trace = next(trace for trace in figure.data if trace.name == "targets")
    return [tuple(data) for data in trace.customdata]


def drawn(cells: pd.DataFrame, every: str = "month", **more: Any) -> go.Figure:
    return duty_calendar(cells, every, theme="light", **more)


def test_four_states_have_a_shape_and_a_word_each() -> None:
    written = texts(drawn(CALENDAR))
    for label, count in (("● 完成", 2), ("▲ 迟", 1), ("■ 缺", 1), ("○ 未到期", 2)):
        # Once more in the legend.
        assert written.count(label) == count + 1, label


def test_line_that_misses_most_comes_first_with_its_totals() -> None:
    written = texts(drawn(CALENDAR))
    assert written.index("乙部") < written.index("甲部")
    assert [line.name for line in lines(CALENDAR, columns(CALENDAR, "month"))] == ["乙部", "甲部"]
    assert written[written.index("合计") + 1 :][:3] == ["2", "1", "1"]


def test_head_names_the_period_and_the_windows_own_days() -> None:
    written = texts(drawn(CALENDAR))
    for head in ("4月", "3–7", "10月", "7–11"):
        assert head in written


def test_lines_that_stand_for_several_show_how_many_and_darken_with_their_share() -> None:
    cells = rows(
        ("甲部", APRIL, (15, 0, 1, 0)), ("乙部", APRIL, (4, 0, 6, 0)), ("丙部", APRIL, DONE)
    )
    figure = drawn(cells)
    written = texts(figure)
    assert {"■ 1", "■ 6", "● 1"} <= set(written)
    fills = {shape.fillcolor for shape in figure.layout.shapes}
    tokens = palette("light")
    assert {tokens.sequential[2], tokens.sequential[7]} <= fills


@pytest.mark.parametrize(
    ("counts", "status", "spoken"),
    [
        ((3, 0, 0, 0), "done", "完成 3"),
        ((3, 1, 0, 0), "late", "完成 3，迟 1"),
        ((3, 1, 0, 2), "not yet due", "完成 3，迟 1，未到期 2"),
        ((3, 1, 1, 2), "missing", "完成 3，迟 1，缺 1，未到期 2"),
    ],
)
def test_cell_of_several_is_as_its_worst(
    counts: tuple[int, int, int, int], status: str, spoken: str
) -> None:
    cell = Cell(*counts)
    assert (cell.status, cell.spoken) == (status, spoken)


def weeks(count: int, length: int = 7) -> pd.DataFrame:
    first = date(2023, 1, 2)
    cells = [("甲部", first + timedelta(days=length * n), DONE) for n in range(count)]
    return rows(*cells, every="week", length=length)


def test_many_weeks_are_marks_of_different_shapes_without_words() -> None:
    cells = weeks(40)
    cells.loc[3, COUNTS] = MISSING
    figure = drawn(cells, "week")
    symbols = {trace.name: trace.marker.symbol for trace in figure.data if trace.name}
    assert (symbols["done"], symbols["missing"]) == ("circle", "square")
    assert texts(figure).count("● 完成") == 1


def test_more_windows_than_fit_are_folded_by_month() -> None:
    cells = weeks(60, length=1)
    spans = columns(cells, "day")
    assert [(span.head, span.days) for span in spans] == [
        ("1月", "30 次"),
        ("2月", "28 次"),
        ("3月", "2 次"),
    ]
    [line] = lines(cells, spans)
    assert [cell.done_count for cell in line.cells if cell] == [30, 28, 2]


def test_cell_can_be_chosen_and_is_framed() -> None:
    figure = drawn(CALENDAR, chosen=("乙部", 2))
    assert ("乙部", "2", "2") in targets(figure)
    frames = [
        shape for shape in figure.layout.shapes if shape.line.color == palette("light").primary
    ]
    assert len(frames) == 1


def test_month_without_a_duty_has_no_cell() -> None:
    cells = CALENDAR.drop(index=0)
    assert ("甲部", "1", "1") not in targets(drawn(cells))


def test_more_lines_than_fit_are_counted_and_said() -> None:
    cells = rows(*((f"单位{number}", APRIL, MISSING) for number in range(80)))
    written = texts(drawn(cells))
    assert any("行未列出，已计入合计" in text for text in written)
    assert "80" in written


def test_nothing_to_draw_says_why() -> None:
    assert texts(drawn(CALENDAR.head(0), empty="名册还没有导入")) == ["名册还没有导入"]


def quarter_of(windows: pd.DataFrame) -> go.Figure:
    return duty_quarter(windows, date(2023, 4, 1), date(2023, 5, 31), theme="light")


def test_quarter_draws_a_line_a_duty_under_its_section() -> None:
    """D1: the steps of a quarter, those of every month and the one of the whole quarter."""
    monthly = rows(("自评", APRIL, (23, 1, 1, 0)), ("自评", JUNE, (0, 0, 0, 25)))
    quarterly = rows(("排序", date(2023, 4, 1), DONE), every="quarter", length=91)
    figure = quarter_of(pd.concat([monthly, quarterly]))
    written = texts(figure)
    assert written.count("例行") == 1
    assert {"■ 24/25", "○ 0/25", "● 完成", "4月", "6月"} <= set(written)
    boxes = [shape for shape in figure.layout.shapes if shape.type == "rect"]
    widths = sorted(shape.x1 - shape.x0 for shape in boxes)
    assert widths[-1] > 2.8 * widths[0]


def test_daily_duty_of_a_quarter_is_gathered_by_months() -> None:
    first = date(2023, 4, 3)
    days = rows(
        *(("一日一盯", first + timedelta(days=n), DONE) for n in range(40)), every="day", length=1
    )
    assert {"● 28/28", "● 12/12"} <= set(texts(quarter_of(days)))


def test_quarter_without_duties_says_so() -> None:
    assert texts(quarter_of(CALENDAR.head(0))) == ["这一季没有要做的"]
