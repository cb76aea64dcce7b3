"""A workbook comes back from the child process cell by cell as it was."""

from array import array
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.intake.opening.grids import Column, Fault, Grid, Merge, Refusal, Workbook
from tally.intake.opening.transport import MAX_ANSWER_CHARACTERS, decode, encode

CELLS = st.one_of(
    st.text(st.characters() | st.sampled_from("\0\n\ud800甲"), max_size=5),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.text(max_size=3).map(Fault),
)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """Make a sheet of any cells; each column holds its distinct cells and a choice for each row."""
    height = draw(st.integers(0, 4))
    columns = []
    for _ in range(draw(st.integers(0, 3))):
        distinct = [None, *draw(st.lists(CELLS, max_size=6))]
        codes = draw(st.lists(st.integers(0, len(distinct) - 1), min_size=height, max_size=height))
        columns.append(Column(distinct, array("i", codes)))
    merges = draw(st.lists(st.builds(Merge, *[st.integers(0, 9)] * 4), max_size=2))
    return Grid("台账", height, columns, tuple(merges), draw(st.booleans()), 1, 2, 3)


@given(st.lists(grids(), max_size=3), st.booleans(), st.booleans())
def test_decode_gives_back_what_was_encoded(
    sheets: list[Grid], is_1904: bool, has_macros: bool
) -> None:
    book = Workbook("xlsx", tuple(sheets), is_1904, has_macros)
    found = decode(b"before" + b"".join(encode(book)), len(b"before"))
    assert found == book
    kinds = [
        [[type(cell) for cell in column.distinct] for grid in read.grids for column in grid.columns]
        for read in (found, book)
    ]
    assert kinds[0] == kinds[1]


@pytest.mark.parametrize("mark", ["", "\0"])
def test_encode_more_text_than_the_caller_can_hold_is_refused(mark: str) -> None:
    texts = ["字" * (MAX_ANSWER_CHARACTERS // 2), mark + "字" * (MAX_ANSWER_CHARACTERS // 2 + 1)]
    column = Column([None, *texts], array("i", [1]))
    with pytest.raises(Refusal, match="文字总量过大"):
        encode(Workbook("xlsx", (Grid("台账", 1, [column]),)))


def test_encode_a_day_and_a_moment_stay_apart() -> None:
    cells = [None, date(2022, 9, 30), datetime(2022, 9, 30), "2022-09-30"]
    book = Workbook("xlsx", (Grid("台账", 4, [Column(cells, array("i", range(4)))]),))
    [grid] = decode(b"".join(encode(book))).grids
    assert grid.columns[0].distinct == cells
    assert [type(cell) for cell in grid.columns[0].distinct[1:]] == [date, datetime, str]
