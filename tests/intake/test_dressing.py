"""Any ledger, dressed as offices dress it, comes back as if it had been written plainly."""

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tally.contracts import Column, Contract, contracts
from tally.intake import read
from tally.intake.tables.headers import header_word
from tests.intake.samples import COMMUNITIES, DIMENSIONS, SEPTEMBER, UNITS, brief, saved, xlsx

ABOVE = (
    "2022年9月清单",
    "填报单位：专项行动办公室",
    "填报日期：2022年9月30日",
    "说明：按月报送",
    "",
)
BELOW = ("注：本表每月底前报送", "填表人：", "审核人：　　联系电话：")
PARENTS = ("基本情况", "有关情况", "其他")
MARKS = (
    "{}",
    "*{}",
    "{}：",
    "{}（必填）",
    "1.{}",
    "三、{}",
    "（二）{}",
    "③{}",
    "★{}",
    " {} ",
    "【{}】",
)
CELLS: Mapping[str, Sequence[Any]] = {
    "text": ("甲项", "乙项内容", "丙"),
    "units": [name for name, _ in UNITS],
    "dimension": DIMENSIONS,
    "community": COMMUNITIES,
    "date": ("2022-09-03", "2022年8月9日", "2022.9.20"),
    "month": ("2022-09", "2022年9月"),
    "result": ("是", "否"),
    "number": (3, 4.5, 120),
    "share": ("65%", "10%"),
}


def unclaimed(contract: Contract, column: Column) -> list[str]:
    """Return the headers that mean this column of the contract and no other."""
    claimed = [
        header_word(header)
        for other in contract.columns
        if other is not column
        for header in other.all_headers
    ]
    return [header for header in column.all_headers if header_word(header) not in claimed]


def cell(column: Column, contract: Contract, number: int, chance: random.Random) -> Any:
    """Return a legal cell; what a row is about differs from row to row."""
    if column.name in ("title", contract.key) or (column.required and column.type == "text"):
        return f"第{number}项{column.title}"
    if column.type == "state":
        return chance.choice([word for words in contract.states.values() for word in words])
    return chance.choice(CELLS[column.type])


def headed(columns: Sequence[Column], contract: Contract, chance: random.Random) -> Iterator[str]:
    """Yield a header for each column: an alias, numbered, starred or broken by a line end."""
    for column in columns:
        header = chance.choice(unclaimed(contract, column))
        if len(header) > 3 and chance.random() < 0.2:
            header = f"{header[:2]}\n{header[2:]}"
        yield chance.choice(MARKS).format(header)


class Dressed:
    """A workbook of one ledger that begins somewhere, under a header of several rows."""

    def __init__(self, chance: random.Random, headers: Sequence[str]) -> None:
        self.chance, self.headers = chance, headers
        self.book = openpyxl.Workbook()
        self.sheet = self.book.active
        self.row, self.first_column = chance.randint(1, 9), chance.randint(1, 5)

    def put(self, cells: Sequence[Any]) -> None:
        """Write a line."""
        for at, value in enumerate(cells, start=self.first_column):
            self.sheet.cell(self.row, at, value)
        self.row += 1

    def put_title(self, text: str) -> None:
        """Write a line of one cell, most often merged over the table."""
        if text and self.chance.random() < 0.7:
            self._merge(self.row, self.first_column, self.row, len(self.headers))
        self.put([text or None])

    def _merge(self, row: int, column: int, last_row: int, width: int) -> None:
        self.sheet.merge_cells(
            start_row=row,
            start_column=column,
            end_row=last_row,
            end_column=column + width - 1,
        )

    def put_header(self, depth: int) -> None:
        """Write a header whose words stand in its lowest row, or merged over all of them."""
        first, last = self.row, self.row + depth - 1
        at = 0
        while at < len(self.headers):
            width = min(self.chance.randint(1, 3), len(self.headers) - at)
            column = self.first_column + at
            if width == 1:
                self.sheet.cell(first, column, self.headers[at])
                if depth > 1:
                    self._merge(first, column, last, 1)
            else:
                self._put_group(first, last, at, width)
            at += width
        self.row = last + 1

    def _put_group(self, first: int, last: int, at: int, width: int) -> None:
        column = self.first_column + at
        for row in range(first, last):
            self.sheet.cell(row, column, self.chance.choice(PARENTS) + "一二三"[row - first])
            self._merge(row, column, row, width)
        for child in range(width):
            self.sheet.cell(last, column + child, self.headers[at + child])


def content(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return rows without their places."""
    return [{k: v for k, v in row.items() if k not in ("sheet", "row")} for row in rows]


@pytest.mark.parametrize("kind", sorted(contracts()))
@given(chance=st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_read_dressed_ledger_comes_back_as_the_plain_one(kind: str, chance: random.Random) -> None:
    contract = contracts()[kind]
    others = [column for column in contract.columns if not column.required]
    columns = [*contract.required, *chance.sample(others, chance.randint(0, min(6, len(others))))]
    rows = [
        [cell(column, contract, number, chance) for column in columns]
        for number in range(chance.randint(1, 6))
    ]
    given = {**SEPTEMBER, "ledger": kind, "unit": "招商部" if kind == "tickets" else ""}
    plain = read(xlsx([column.title for column in columns], *rows), "台账.xlsx", brief(**given))
    order = chance.sample(range(len(columns)), len(columns))
    dressed = Dressed(chance, [*headed([columns[at] for at in order], contract, chance)])
    for text in chance.sample(ABOVE, chance.randint(0, 3)):
        dressed.put_title(text)
    depth = chance.randint(1, 3)
    dressed.put_header(depth)
    for number, row in enumerate(rows):
        if number and chance.random() < 0.2:
            dressed.put([])
        if number and chance.random() < 0.2:
            dressed.put_header(depth) if depth == 1 else dressed.put([])
        dressed.put([row[at] for at in order])
    for text in chance.sample(BELOW, chance.randint(0, 3)):
        dressed.put([text])
    reading = read(saved(dressed.book), "台账.xlsx", brief(**given))

    assert [ledger.kind for ledger in plain.ledgers] == [kind]
    assert plain.row_count == len(rows)
    assert not reading.questions
    assert [content(ledger.rows) for ledger in reading.ledgers] == [
        content(ledger.rows) for ledger in plain.ledgers
    ]
