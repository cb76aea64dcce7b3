"""Figures of 诉求信访: shares side by side, petitions by month, kinds against difficulties."""

from collections.abc import Callable

import pandas as pd
import pytest

from tally import words
from tally.charts.appeal_funnel import appeal_funnel
from tally.charts.channel_progress import channel_progress
from tally.charts.petition_sources import petition_sources
from tally.charts.petition_trips import petition_trips
from tally.palette import palette
from tests.charts.conftest import text_boxes


def funnel_rows(*rows: tuple[str, str | None, int, int, str]) -> pd.DataFrame:
    """Return `appeal_funnel` from (group, name, received, overdue, state of satisfaction)."""
    return pd.DataFrame(
        [
            {
                "grouped_by": group, "name": name, "received_count": received,
                "closed_count": received - overdue, "closed_share": 1 - overdue / received,
                "said_count": 4, "resolved_count": 3, "resolved_share": 0.75, "rated_count": 0,
                "satisfied_count": 0, "satisfied_share": None, "satisfied_state": state,
                "due_count": 8, "on_time_count": 6, "on_time_share": 0.75,
                "open_count": overdue, "overdue_count": overdue,
            }
            for group, name, received, overdue, state in rows
        ]
    )  # fmt: skip


def many(count: int) -> pd.DataFrame:
    """Return a funnel of so many units below their total."""
    units = [("unit", f"社会事务服务第{number}中心", 900, 7, "level") for number in range(count)]
    return funnel_rows(("total", None, 9000, 70, "level"), *units)


def test_funnel_puts_the_total_first_and_names_what_is_not_named(texts: Callable) -> None:
    rows = funnel_rows(
        ("total", None, 30, 2, "level"),
        ("channel", "热线", 20, 2, "level"),
        ("community", None, 30, 2, "level"),
    )
    shown = texts(appeal_funnel(rows, "channel", theme="light"))
    assert [text for text in shown if text in ("合计", "热线", "未注明")] == ["合计", "热线"]
    assert "未注明" in texts(appeal_funnel(rows, "community", theme="light"))
    # Nobody rated: there is no share, and the counts say why.
    assert {"—", "0 / 0"} <= set(shown)


@pytest.mark.parametrize(
    ("width", "expected"), [(1400, "9.6 万 / 10.1 万"), (1085, "9.6万/10.1万"), (760, "")]
)
def test_ratio_of_a_funnel_is_whole_or_not_there(
    texts: Callable, width: float, expected: str
) -> None:
    rows = funnel_rows(("channel", "热线", 20, 2, "level")).assign(said_count=101_000)
    rows["resolved_count"] = 96_000
    shown = texts(appeal_funnel(rows, "channel", theme="light", width=width))
    assert [text for text in shown if "9" in text and "/" in text] == [expected] * bool(expected)
    assert not [text for text in shown if text[:1].isdigit() and text.endswith("…")]


@pytest.mark.parametrize(
    ("state", "expected"), [("behind", "0 / 0 ■"), ("low", "0 / 0 ▲"), ("level", "0 / 0")]
)
def test_funnel_marks_satisfaction_that_is_under_that_of_all(
    texts: Callable, state: str, expected: str
) -> None:
    rows = funnel_rows(("channel", "热线", 20, 0, state))
    shown = texts(appeal_funnel(rows, "channel", theme="light"))
    assert expected in shown
    assert not [text for text in shown if text.startswith("■")]


def test_funnel_carries_the_sign_of_lateness_where_something_is_late(texts: Callable) -> None:
    rows = funnel_rows(("channel", "热线", 20, 3, "level"))
    assert "■ 3" in texts(appeal_funnel(rows, "channel", theme="light"))


@pytest.mark.parametrize("overdue", [1050, 38_000, 105_000])
def test_late_number_keeps_its_distance_from_the_one_before(overdue: int) -> None:
    rows = funnel_rows(("channel", "热线", 1_000_000, overdue, "level"))
    boxes = text_boxes(appeal_funnel(rows, "channel", theme="light"))
    late, (_, _, _, before_ends, _) = (
        next(box for box in boxes if box[0].startswith("■")),
        next(box for box in boxes if box[0] == words.count(overdue)),
    )
    assert late[1] - before_ends >= 4


def test_funnel_can_be_chosen_by_row_but_not_by_its_total() -> None:
    rows = funnel_rows(("total", None, 30, 2, "level"), ("unit", "甲部", 30, 2, "level"))
    (targets,) = [t for t in appeal_funnel(rows, "unit", theme="light").data if t.name == "targets"]
    assert {tuple(data) for data in targets.customdata} == {("甲部",)}


@pytest.mark.parametrize("count", [1, 11, 40])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_funnel_is_legible_and_says_what_it_left_out(
    faults: Callable, texts: Callable, count: int, theme: str
) -> None:
    figure = appeal_funnel(many(count), "unit", theme=theme)
    assert faults(figure) == []
    drawn = sum(text.startswith("社会事务服务第") for text in texts(figure))
    left_out = [text for text in texts(figure) if text.startswith("另有")]
    assert left_out == ([] if drawn == count else [f"另有 {count - drawn} 行，未列出"])


def test_channels_without_an_item_have_no_share(texts: Callable, faults: Callable) -> None:
    rows = pd.DataFrame(
        {
            "channel": ["人大议案", "政协提案"], "item_count": [4, 0], "closed_count": [3, 0],
            "closed_of_all_share": [0.75, None], "due_count": [2, 0], "closed_due_count": [1, 0],
            "closed_share": [0.5, None], "on_time_count": [1, 0], "verified_count": [0, 0],
            "overdue_count": [1, 0],
        }
    )  # fmt: skip
    figure = channel_progress(rows, theme="light")
    assert faults(figure) == []
    assert {"75.0%", "3 / 4", "50.0%", "■ 1", "0 / 0", "—"} <= set(texts(figure))


def trip_rows(months: int) -> pd.DataFrame:
    """Return `petition_trips` of so many months, the first with a trip, and their total."""
    rows = [("month", f"2022-{month:02}", 857.1) for month in range(1, months + 1)]
    return pd.DataFrame(
        [
            {
                "grouped_by": group, "name": name, "petition_count": 30,
                "province_batch_count": 2 if position == 0 else 0,
                "province_person_count": 8 if position == 0 else 0,
                "capital_batch_count": 0, "capital_person_count": 0, "per_million": rate,
            }
            for position, (group, name, rate) in enumerate([*rows, ("total", None, 3428.6)])
        ]
    )  # fmt: skip


def test_trips_are_said_in_batches_and_persons(texts: Callable, faults: Callable) -> None:
    figure = petition_trips(trip_rows(4), theme="light")
    assert faults(figure) == []
    shown = texts(figure)
    assert {"2 批 8 人", "857", "3429", "1月", "合计"} <= set(shown)
    assert petition_trips(trip_rows(4), "community", theme="light").layout.annotations[0].text == (
        "没有信访件"
    )


def test_trips_keep_the_newest_months_where_room_is_short(texts: Callable) -> None:
    shown = texts(petition_trips(trip_rows(12), theme="light"))
    assert "12月" in shown
    assert "1月" not in shown


def test_sources_are_headed_by_what_they_are(texts: Callable, faults: Callable) -> None:
    rows = pd.DataFrame(
        {
            "axis": "disposal", "name": ["合理诉求", "恶意上访"], "petition_count": [24, 8],
            "closed_count": [19, 6], "closed_share": [0.79, 0.75], "satisfied_count": [9, 2],
            "rated_count": [14, 3], "satisfied_share": [0.64, 0.67], "overdue_count": [1, 0],
        }
    )  # fmt: skip
    figure = petition_sources(rows, theme="dark")
    assert faults(figure) == []
    assert "处置类别" in texts(figure)
    red = palette("dark").states["overdue"].text
    assert [note.text for note in figure.layout.annotations if note.font.color == red] == ["■ 1"]
