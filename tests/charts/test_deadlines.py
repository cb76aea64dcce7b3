"""The calendar of deadlines to come, and the days early and late: what is said, drawn, chosen."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from tally.charts.closing_offsets import BINS, closing_offsets
from tally.charts.due_calendar import due_calendar
from tally.palette import palette

AS_OF = date(2022, 9, 30)
HOLIDAYS = {date(2022, 10, day) for day in range(1, 8)}
SHIFTED = {date(2022, 10, 8), date(2022, 10, 9)}


def _days(due: dict[str, int], soon: tuple[str, ...] = (), later: int = 0) -> pd.DataFrame:
    """Return `due_calendar` as of 30 September 2022: a Friday before the long holiday."""
    rows: list[dict[str, Any]] = []
    for shift in range(176):
        day = AS_OF + timedelta(days=shift)
        works = day in SHIFTED or (day.weekday() < 5 and day not in HOLIDAYS)
        count = due.get(str(day), 0)
        rows.append(
            {"due_on": pd.Timestamp(day), "pending_count": count, "unit_count": min(count, 2),
             "due_soon_count": count if str(day) in soon else 0, "is_workday": works}
        )  # fmt: skip
    if later:
        rows.append({"due_on": pd.NaT, "pending_count": later, "unit_count": 1,
                     "due_soon_count": 0, "is_workday": None})  # fmt: skip
    return pd.DataFrame(rows)


def _targets(figure: go.Figure) -> dict[tuple[str, ...], str]:
    found = [trace for trace in figure.data if trace.name == "targets"]
    return {
        tuple(data): hover
        for trace in found
        for data, hover in zip(trace.customdata, trace.hovertext, strict=True)
    }


def test_calendar_names_months_sums_weeks_and_marks_days_off(texts: Callable) -> None:
    figure = due_calendar(_days({"2022-10-11": 2, "2022-10-13": 3}), theme="light")
    shown = texts(figure)
    assert {"10月", "11月", "12月", "2", "3"} <= set(shown)
    assert shown[shown.index("合计") + 1 :][:4] == ["0", "0", "5", "0"]
    # Seven days of holiday and the weekends up to Christmas; two shifted working days.
    assert shown.count("班") == 2
    off = sum(
        day.weekday() > 4 for day in pd.date_range(AS_OF, date(2022, 12, 25))
    ) + len([day for day in HOLIDAYS if day.weekday() < 5]) - len(SHIFTED)  # fmt: skip
    assert shown.count("休") == off


def test_calendar_grows_to_the_last_deadline_and_counts_later_ones(texts: Callable) -> None:
    shown = texts(due_calendar(_days({"2023-03-24": 1}, later=4), theme="light"))
    assert "2023年1月" in shown
    assert "更晚到期 4 项" in shown


def test_calendar_marks_what_is_due_soon_by_shape_and_colour(
    texts: Callable, fill_under: Callable
) -> None:
    days = _days({"2022-10-05": 2, "2022-10-20": 77}, soon=("2022-10-05",))
    figure = due_calendar(days, theme="dark")
    assert "▲ 2" in texts(figure)
    assert fill_under(figure, "▲ 2") == palette("dark").states["soon"].ground
    assert fill_under(figure, "77") == palette("dark").bar


def test_calendar_days_with_deadlines_can_be_chosen(texts: Callable) -> None:
    days = _days({"2022-10-11": 2})
    figure = due_calendar(days, theme="light", chosen="2022-10-11")
    assert _targets(figure) == {("2022-10-11",) * 2: "2022年10月11日到期 2 项，2 个单位"}
    marked = [s for s in figure.layout.shapes if s.line.color == palette("light").primary]
    assert [shape.line.width for shape in marked] == [4]


def test_calendar_of_an_unpublished_year_says_so(texts: Callable) -> None:
    days = _days({"2022-10-11": 2})
    days["is_workday"] = days["is_workday"].astype(object)
    days.loc[days["due_on"] >= "2022-12-01", "is_workday"] = None
    shown = texts(due_calendar(days, theme="light"))
    assert any("2022 年放假安排未公布" in text for text in shown)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("last", ["2022-10-11", "2023-03-24"])
def test_calendar_has_no_text_that_meets(faults: Callable, last: str, theme: str) -> None:
    days = _days({"2022-10-01": 88, "2022-10-06": 8888, last: 1234}, ("2022-10-06",), 99_999)
    assert faults(due_calendar(days, theme=theme)) == []


# On as many weeks as the question gives, and on fewer.
@pytest.mark.parametrize("last", ["2023-03-24", "2023-02-24", "2022-10-11"])
@pytest.mark.parametrize("is_soon", [True, False])
@pytest.mark.parametrize("count", [12, 123, 1234, 9999, 12_345, 99_999])
def test_calendar_cuts_no_number(
    texts: Callable, faults: Callable, count: int, is_soon: bool, last: str
) -> None:
    near = [str(AS_OF + timedelta(days=shift)) for shift in range(11, 18)]
    days = _days(dict.fromkeys(near, count) | {last: count}, tuple(near) if is_soon else ())
    figure = due_calendar(days, theme="light")
    shown = texts(figure)
    assert [text for text in shown if "…" in text] == []
    assert faults(figure) == []
    shapes = sum(bool(re.match(r"▲ \d", text)) for text in shown)
    marks = [trace for trace in figure.data if trace.marker.symbol == "triangle-up"]
    assert shapes + sum(len(trace.x) for trace in marks) == (len(near) if is_soon else 0)


def _offsets(closed: dict[int | None, int], overdue: dict[int, int] | None = None) -> pd.DataFrame:
    days = sorted({*closed, *(overdue or {})} - {None})
    if None in closed:
        days.append(None)
    return pd.DataFrame(
        [
            {"offset_days": day, "closed_count": closed.get(day, 0),
             "overdue_count": (overdue or {}).get(day, 0)}
            for day in days
        ],
        columns=["offset_days", "closed_count", "overdue_count"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("days", "title"),
    [(-200, "91+"), (-91, "91+"), (-90, "31–90"), (-15, "15–30"), (-14, "14"), (0, "当天"),
     (3, "3"), (30, "15–30"), (31, "31–90"), (500, "91+")],
)  # fmt: skip
def test_every_number_of_days_stands_in_one_bar(days: int, title: str) -> None:
    assert [span.title for span in BINS if span.holds(days)] == [title]


def test_offsets_name_what_is_chosen_and_count_the_undated(texts: Callable) -> None:
    frame = _offsets({-2: 3, 0: 5, 40: 1, None: 2}, {40: 7, 120: 4})
    figure = closing_offsets(frame, theme="light", chosen=("closed", "0", "0"))
    assert _targets(figure) == {
        ("closed", "-2", "-2"): "提前 2 天销号 3 项",
        ("closed", "0", "0"): "期限当天销号 5 项",
        ("closed", "31", "90"): "拖后 31–90 天销号 1 项",
        ("overdue", "31", "90"): "已逾期 31–90 天 7 项",
        ("overdue", "91", ""): "已逾期 91+ 天 4 项",
    }
    shown = texts(figure)
    assert "另 2 项销号未写日期，未计入" in shown
    assert {"踩点", "← 提前", "拖后 →"} <= set(shown)


def test_offsets_draw_overdue_in_its_own_colour_at_the_same_scale() -> None:
    figure = closing_offsets(_offsets({5: 10}, {5: 20}), theme="light")
    tokens = palette("light")
    height = {
        color: next(abs(s.y1 - s.y0) for s in figure.layout.shapes if s.fillcolor == color)
        for color in (tokens.bar, tokens.states["overdue"].fill)
    }
    assert height[tokens.states["overdue"].fill] == pytest.approx(2 * height[tokens.bar])


def test_offsets_without_any_say_so(texts: Callable) -> None:
    shown = texts(closing_offsets(_offsets({None: 3}), theme="light"))
    assert shown == ["还没有写明销号日期的事项，也没有逾期"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_offsets_have_no_text_that_meets(faults: Callable, theme: str) -> None:
    many = {day: abs(day) * 37 + 1 for day in range(-20, 21)}
    frame = _offsets({**many, None: 10}, dict.fromkeys(range(1, 120), 900))
    assert faults(closing_offsets(frame, theme=theme)) == []
