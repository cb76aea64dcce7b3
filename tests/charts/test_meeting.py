"""The figures of the meeting page: letters a room reads, and what a click on them gives."""

from datetime import date

import pandas as pd
import pytest

from tally.charts.meeting_agenda import meeting_agenda
from tally.charts.meeting_changes import cut, meeting_changes
from tally.charts.meeting_things import meeting_things
from tally.charts.self_test import self_test
from tally.meeting_words import CHANGES
from tests.charts.conftest import text_boxes

LEAST_LETTER_PX = 26


def agenda(count: int) -> pd.DataFrame:
    """Return rows of `meeting_agenda` with sentences longer than a line."""
    return pd.DataFrame(
        {
            "position": range(1, count + 1),
            "kind": "finding",
            "is_decision": True,
            "level": "red",
            "unit": "招商部",
            "sentence": "用地报批" * 30,
            "since_on": date(2022, 8, 1),
            "open_days": 91,
            "entry_count": 2,
        }
    )


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_letter_of_the_agenda_is_smaller_than_a_room_reads(scale: float) -> None:
    figures = [
        meeting_agenda(
            agenda(20),
            theme="dark",
            position=9,
            width=1128 * scale,
            height=735 * scale,
            scale=scale,
        ),
        meeting_changes(
            pd.DataFrame(
                {"change": list(CHANGES), "change_count": 1_234, "units": [["甲部"]] * 14}
            ),
            theme="light",
            width=1128 * scale,
            height=744 * scale,
            scale=scale,
        ),
        self_test([("soon", "报送", "甲部未报" * 40, "去催报")], theme="light", scale=scale),
    ]
    sizes = [text.font.size for figure in figures for text in figure.layout.annotations]
    assert min(sizes) >= LEAST_LETTER_PX * scale


@pytest.mark.parametrize("count", [9999, 21_000, 105_000])
def test_number_of_a_change_keeps_its_distance_from_its_shape(count: int) -> None:
    rows = pd.DataFrame({"change": ["overdue"], "change_count": [count], "units": [["甲部"]]})
    shape, number, label, *_ = text_boxes(meeting_changes(rows, theme="light"))
    assert number[1] - shape[3] >= 8
    assert label[1] - number[3] >= 8


def test_agenda_shows_the_entry_that_is_on_wherever_it_stands() -> None:
    for position in (1, 9, 20):
        figure = meeting_agenda(agenda(20), theme="light", position=position)
        [targets] = [trace for trace in figure.data if trace.name == "targets"]
        assert position in {data[0] for data in targets.customdata}


def test_a_change_and_a_thing_are_chosen_by_what_they_are() -> None:
    counts = pd.DataFrame(
        {"change": ["closed", "overdue"], "change_count": [1, 2], "units": [[], []]}
    )
    [targets] = [t for t in meeting_changes(counts, theme="light").data if t.name == "targets"]
    assert next(data[0] for data in targets.customdata) == "overdue"
    things = pd.DataFrame(
        {"kind": "item", "entry": [f"P{n}" for n in range(40)], "title": "路灯", "unit": None,
         "moved_on": date(2022, 10, 1)}
    )  # fmt: skip
    # The first forty of 3,014.
    figure = meeting_things(things, counted=3014, theme="light")
    assert "另有 3,000 条未列出" in {text.text for text in figure.layout.annotations}
    [targets] = [trace for trace in figure.data if trace.name == "targets"]
    assert tuple(targets.customdata[0]) == ("item", "P0")


def test_a_text_too_long_loses_its_end_and_not_its_size() -> None:
    assert cut("甲乙丙丁", 20, 80) == "甲乙丙丁"
    assert cut("甲乙丙丁戊", 20, 80) == "甲乙丙…"
