"""The same ledger in every form an office saves it in."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import xlwt

from tally.intake import read
from tests.intake.samples import PROBLEM_HEADERS, SEPTEMBER, brief, csv_text, only_row, xlsx


def _xls(rows: Sequence[Sequence[Any]]) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("9月")
    for line, row in enumerate(rows):
        for at, cell in enumerate(row):
            is_day = isinstance(cell, date)
            style = xlwt.easyxf(num_format_str="yyyy-mm-dd" if is_day else "General")
            sheet.write(line, at, cell, style)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


TEXT_ROWS = (PROBLEM_HEADERS, ("1", "错接，漏接", "规建部", "2022.10.31", "正在推进", ""))


@pytest.mark.parametrize(
    "content",
    [
        xlsx(*TEXT_ROWS),
        _xls((*TEXT_ROWS[:1], ("1", "错接，漏接", "规建部", date(2022, 10, 31), "正在推进", ""))),
        csv_text(*TEXT_ROWS).encode("utf-8"),
        csv_text(*TEXT_ROWS).encode("utf-8-sig"),
        csv_text(*TEXT_ROWS).encode("gb18030"),
        csv_text(*TEXT_ROWS).encode("utf-16"),
        csv_text(*TEXT_ROWS).replace(",", "\t").encode("gb18030"),
    ],
    ids=["xlsx", "xls", "utf-8", "utf-8-sig", "gb18030", "utf-16", "tabs"],
)
def test_read_same_ledger_in_any_form_gives_the_same_row(content: bytes) -> None:
    # The name says nothing: what a file is, is told from its bytes.
    row = only_row(read(content, "台账.dat", brief(**SEPTEMBER)))
    assert (row["title"], row["unit"]) == ("错接，漏接", "规划建设部")
    assert (row["due_on"], row["state"]) == (date(2022, 10, 31), "open")
