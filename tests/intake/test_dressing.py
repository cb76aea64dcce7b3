"""Any ledger, dressed as offices dress it, comes back as if it had been written plainly.

What a word of a list stands for is asserted too: the plain cell holds the name itself.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from tally.contracts import Column, Contract, Reading, contracts
from tally.intake import read
from tally.intake.tables.headers import header_word
from tests.intake.dressing import WRITERS, Dressed, Share
from tests.intake.samples import (
    ACTIVITIES,
    CLASSES,
    COMMUNITIES,
    DIMENSIONS,
    OBJECT_KINDS,
    ORGANS,
    SEPTEMBER,
    STAGES,
    UNITS,
    brief,
    xlsx,
)

ABOVE = (
    "2022年9月清单",
    "填报单位：专项行动办公室",
    "填报日期：2022年9月30日",
    "说明：按月报送",
    "",
)
BELOW = ("注：本表每月底前报送", "填表人：", "审核人：　　联系电话：")
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
AS_WRITTEN = ("value_column", "sheet", "row", "due_text")
# What a cell says plainly, and how else offices write the same.
FORMS: Mapping[str, Mapping[Any, Sequence[Any]]] = {
    "text": {word: (word, f" {word}", f"{word}　") for word in ("甲项", "乙项内容", "丙")},
    "units": {name: (name, *aliases) for name, aliases in UNITS},
    "dimension": {name: (name, f"{name}方面", f"一、{name}") for name in DIMENSIONS},
    "community": {name: (name, f" {name}") for name in COMMUNITIES},
    "date": {
        day.isoformat(): (
            day,
            f"{day:%Y-%m-%d}",
            f"{day.year}年{day.month}月{day.day}日",
            f"{day.year}.{day.month}.{day.day}",
            f"{day:%Y/%m/%d}",
            f"{day:%Y%m%d}",
            f"{day.month}月{day.day}日",
            f"{day:%Y-%m-%d} 00:00:00",
        )
        for day in (date(2022, 9, 3), date(2022, 8, 19), date(2022, 9, 20))
    },
    "month": {"2022-09": ("2022-09", "2022年9月", "2022.09")},
    "result": {"是": ("是", " 是"), "否": ("否", "否 ")},
    "number": {
        3: (3, "3", "３"),
        4.5: (4.5, "4.5", " 4.5"),
        1200: (1200, "1,200", "1200.0"),
    },
    "share": {"65%": ("65%", "６５％", Share(0.65), "65.0%"), "10%": ("10%", Share(0.1))},
}


KNOWN_CLASSES: Mapping[str, Sequence[tuple[str, Sequence[str]]]] = {
    **CLASSES,
    "object_kind": OBJECT_KINDS,
    "stage": STAGES,
    "activity": [(name, ()) for name in ACTIVITIES],
}


def forms(column: Column, contract: Contract) -> Mapping[Any, Sequence[Any]]:
    """Return what a cell of the column says plainly, with how else offices write the same."""
    if column.type == "choice":
        return {
            word: (word, *met, f" {word}", f"{word}（第二次）")
            for word, met in column.choices.items()
        }
    if column.type == "class":
        known = KNOWN_CLASSES[column.name]
        (one, met), (other, others) = known[0], known[-1]
        both = {f"{one}、{other}": (f"{one}，{other}", f"{one} {other}", f"{one}/{other}")}
        single = {name: (name, *aliases) for name, aliases in ((one, met), (other, others))}
        return single | both
    if column.type == "units" and contract.admits_organs:
        return {**FORMS["units"], **{name: (name, f" {name}") for name in ORGANS}}
    return FORMS.get(column.type, {})


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
    """Return a plain cell; what a row is about differs from row to row."""
    if column.name in ("title", contract.key) or (column.required and column.type == "text"):
        return f"第{number}项{column.title}"
    if column.type == "state":
        return chance.choice([word for words in contract.states.values() for word in words])
    return chance.choice([*forms(column, contract)])


def dressed_cell(column: Column, contract: Contract, plain: Any, chance: random.Random) -> Any:
    """Return a plain cell as some office writes it."""
    return chance.choice(forms(column, contract).get(plain, (plain,)))


def headed(columns: Sequence[Column], contract: Contract, chance: random.Random) -> Iterator[str]:
    """Yield a header for each column: an alias, numbered, starred or broken by a line end."""
    for column in columns:
        header = chance.choice(unclaimed(contract, column))
        if len(header) > 3 and chance.random() < 0.2:
            header = f"{header[:2]}\n{header[2:]}"
        yield chance.choice(MARKS).format(header)


def dressed(columns: Sequence[Column], contract: Contract, rows: Sequence[Sequence[Any]],
            chance: random.Random) -> Dressed:  # fmt: skip
    """Return a sheet of these plain rows with titles, notes, blank and repeated lines."""
    order = chance.sample(range(len(columns)), len(columns))
    sheet = Dressed(chance, [*headed([columns[at] for at in order], contract, chance)])
    for text in chance.sample(ABOVE, chance.randint(0, 3)):
        sheet.put_title(text)
    depth = chance.randint(1, 3)
    header = sheet.header(depth)
    sheet.put_header(depth, header)
    for number, row in enumerate(rows):
        if number and chance.random() < 0.2:
            sheet.put([])
        if number and chance.random() < 0.2:
            sheet.put_header(depth, header)
        sheet.put([dressed_cell(columns[at], contract, row[at], chance) for at in order])
    for text in chance.sample(BELOW, chance.randint(0, 3)):
        sheet.put([text])
    return sheet


def content(reading: Reading) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the rows of each ledger without their places, and without words kept as written."""
    return [
        (
            ledger.kind,
            [{k: v for k, v in row.items() if k not in AS_WRITTEN} for row in ledger.rows],
        )
        for ledger in reading.ledgers
    ]


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("kind", sorted(contracts()))
@given(chance=st.randoms(use_true_random=False))
@settings(
    max_examples=3,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking takes minutes
)
def test_read_dressed_ledger_comes_back_as_the_plain_one(
    kind: str, form: str, chance: random.Random
) -> None:
    contract = contracts()[kind]
    others = [column for column in contract.columns if not column.required]
    columns = [*contract.required, *chance.sample(others, chance.randint(0, min(6, len(others))))]
    rows = [
        [cell(column, contract, number, chance) for column in columns]
        for number in range(chance.randint(1, 6))
    ]
    given = {**SEPTEMBER, "ledger": kind, "unit": "招商部" if kind == "tickets" else ""}
    plain = read(xlsx([column.title for column in columns], *rows), "台账.xlsx", brief(**given))
    sheet = dressed(columns, contract, rows, chance)
    reading = read(WRITERS[form](sheet), "台账.dat", brief(**given))
    note("\n".join(str(line) for line in sheet.lines()))

    assert plain.row_count == len(rows)
    for column, at in ((c, at) for at, c in enumerate(columns) if c.type in ("choice", "class")):
        assert [row[column.name] for row in plain.ledgers[0].rows] == [row[at] for row in rows]
    assert not reading.questions
    assert content(reading) == content(plain)
