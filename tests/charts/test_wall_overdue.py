"""逾期热力 on the wall: the columns that have room hold all that is overdue."""

import re
from collections.abc import Callable
from datetime import date

import pandas as pd
import plotly.graph_objects as go
import pytest

from tally.charts.wall import Sheet
from tally.charts.wall.overdue import overdue as overdue_screen
from tally.rooms import Room
from tests.charts.test_wall import FULL_HD, HEADING, VERDICT


def row_of(figure: go.Figure, unit: str) -> list[str]:
    """Return what stands right of a unit's name, from left to right."""
    notes = figure.layout.annotations
    y = next(note.y for note in notes if note.text == unit)
    beside = sorted((note for note in notes if abs(note.y - y) < 10), key=lambda note: note.x)
    return [note.text for note in beside if note.text != unit]


# A room, and the columns that its large letters leave of four months overdue and two to come.
@pytest.mark.parametrize(
    ("room", "titles"),
    [
        (Room(98, 6), ["7月", "8月", "9月", "10月", "11月", "12月"]),
        (Room(65, 6), ["7月", "8月", "9月", "10月", "11月"]),
        (Room(55, 6), ["更早", "9月", "10月"]),
        (Room(50, 6), ["更早", "10月"]),
        (Room(43, 6), []),
        (Room(43, 8), []),
    ],
)
def test_columns_that_have_room_hold_all_that_is_overdue(
    overdue: Callable[..., tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]],
    texts: Callable[[go.Figure], list[str]],
    room: Room,
    titles: list[str],
) -> None:
    late = {"2022-07": 3, "2022-08": 2, "2022-09": 0, "2022-10": 3}
    cells, ageing, reporting = overdue({"招商部": late}, {"招商部": {"2022-11": 4, "2022-12": 6}})
    sheet = Sheet("light", 1920, 1080, room.scale(FULL_HD))
    figure = overdue_screen(
        sheet, HEADING, VERDICT, cells=cells, ageing=ageing, reporting=reporting,
        as_of=date(2022, 10, 31),
    )  # fmt: skip
    assert [text for text in texts(figure) if re.fullmatch("更早|\\d+月", text)] == titles
    row = row_of(figure, "招商部")
    counts = row[: row.index("■ 8")]
    assert len(counts) == len(titles)
    assert not titles or sum(int(count) for count in counts if "待" not in count) == 8


def test_what_was_overdue_at_the_last_report_stays_in_its_columns(
    overdue: Callable[..., tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]],
) -> None:
    cells, ageing, reporting = overdue({"招商部": {"2022-08": 2, "2022-10": 3}})
    reporting = reporting.assign(is_reported=False, last_month="2022-09")
    figure = overdue_screen(
        Sheet("light", 1920, 1080, 1.0), HEADING, VERDICT, cells=cells, ageing=ageing,
        reporting=reporting, as_of=date(2022, 10, 31),
    )  # fmt: skip
    assert row_of(figure, "招商部")[:5] == ["0", "2", "0", "○3", "■ 5"]


def test_who_has_not_reported_is_named_so_where_no_column_has_room(
    overdue: Callable[..., tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]],
) -> None:
    cells, ageing, reporting = overdue({"招商部": {"2022-08": 2, "2022-10": 3}})
    figure = overdue_screen(
        Sheet("light", 1920, 1080, 2.2), HEADING, VERDICT, cells=cells, ageing=ageing,
        reporting=reporting.assign(is_reported=False), as_of=date(2022, 10, 31),
    )  # fmt: skip
    assert row_of(figure, "招商部 ○未报") == ["■ 5", "1"]
