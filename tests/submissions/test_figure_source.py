"""A figure of a wide table leads back to its own cell (F2, C1)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tally.packs import packs
from tally.store import Database
from tally.submissions import (
    Given,
    Outcome,
    Pair,
    Terms,
    import_file,
    kept_row,
    side_by_side,
)
from tests.intake.samples import xlsx

TABLE = (
    ("各园区GDP（单位：亿元）",),
    ("地区", "2022年1-7月", "2023年1-7月", "同比增长（%）"),
    ("相山经开区", 38.5, "452000万元", 6.5),
    ("濉溪经开区", 52, 60, 5),
)
SHEET, ROW = "数据", 3


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "home", packs())
    yield opened
    opened.close()


def _sent(database: Database, *rows: tuple) -> Outcome:
    given, terms = Given(campaign="xiangshan"), Terms(uploaded_by="办公室", reason="测试")
    outcome = import_file(database, xlsx(*rows, name=SHEET), "园区.xlsx", given, terms)
    assert outcome.status == "published", (outcome.sentence, outcome.problems)
    return outcome


def _figures(database: Database, upload: int, column: str) -> list[str]:
    asked = {"upload": upload, "sheet": SHEET, "row": ROW, "value_column": column}
    return [row["item_key"] for row in database.ask("indicator_source", asked).to_pylist()]


def _pairs(database: Database, upload: int, column: str) -> tuple[Pair, ...]:
    (key,) = _figures(database, upload, column)
    kept = kept_row(database, upload, SHEET, ROW, "indicators", key)
    assert kept is not None
    return side_by_side(kept).pairs


def test_figure_is_shown_with_its_own_cell_and_the_words_beside_it(database: Database) -> None:
    upload = _sent(database, *TABLE).upload
    assert upload is not None
    pairs = _pairs(database, upload, "D")
    cells = [(pair.cell, pair.content, pair.column, pair.value) for pair in pairs if pair.cell]
    assert cells == [("A3", "相山经开区", "地区", "相山经开区"), ("D3", "6.5", "完成值", "6.5")]
    elsewhere = {pair.column: pair.value for pair in pairs if not pair.cell}
    assert elsewhere["指标名称"] == "GDP"
    assert (elsewhere["口径"], elsewhere["所属期"]) == ("累计同比", "2023-07-31")


def test_figure_that_was_converted_says_so(database: Database) -> None:
    upload = _sent(database, *TABLE).upload
    assert upload is not None
    (own,) = (pair for pair in _pairs(database, upload, "C") if pair.cell == "C3")
    assert (own.value, own.mark) == ("45.2", "换算")
    assert "由“万元”换算为“亿元”" in own.remark


def test_every_figure_of_a_row_has_a_key_of_its_own(database: Database) -> None:
    upload = _sent(database, *TABLE).upload
    assert upload is not None
    keys = [key for column in "BCD" for key in _figures(database, upload, column)]
    assert len(set(keys)) == 3


def test_table_with_one_column_of_values_leads_to_its_cell(database: Database) -> None:
    head, row = ("地区", "2023年1-7月"), ("相山经开区", 46)
    upload = _sent(database, ("各园区GDP（亿元）",), head, row).upload
    assert upload is not None
    cells = [pair.cell for pair in _pairs(database, upload, "B") if pair.cell]
    assert cells == ["A3", "B3"]
