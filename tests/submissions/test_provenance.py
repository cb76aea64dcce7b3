"""From a kept row back to the cells it was read from, beside what was read (F2)."""

import shutil
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tally.packs import packs
from tally.store import Database
from tally.submissions import (
    Given,
    Pair,
    Terms,
    import_file,
    kept_row,
    side_by_side,
    undo,
)
from tests.intake.samples import xlsx

TITLE = "相山经开区“六找六强”2022年9月问题台账"
HEADS = ("序号", "存在问题", "牵头单位", "社区", "整改时限", "销号情况", "销号时间", "处理意见")
SHEET = "9月"


workbook = partial(xlsx, name=SHEET)


def september(second_title: str = "道路破损") -> bytes:
    """Return a list with aliases, a section, a merged unit, vague and real days."""
    return workbook(
        (TITLE,),
        HEADS,
        ("一、经济发展方面（2项）",),
        (1, "管网错接", "规建部", "凤凰山", "9月底前", "正在整改", None, "抓紧"),
        (2, second_title, None, "凤凰山社区", date(2022, 9, 20), "已整改到位", "9.18", None),
        merged=("C4:C5",),
    )


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "home", packs())
    yield opened
    opened.close()


def sent(database: Database, content: bytes, **given: Any) -> int:
    """Publish a file and return its upload."""
    terms = Terms(uploaded_by="办公室", reason="测试")
    outcome = import_file(database, content, "台账.xlsx", Given(**given), terms)
    assert outcome.status == "published", (outcome.sentence, outcome.problems)
    assert outcome.upload is not None
    return outcome.upload


def pairs(database: Database, upload: int, row: int) -> dict[str, Pair]:
    """Return a row's pairs under their cell, else under the column of ours."""
    kept = kept_row(database, upload, SHEET, row)
    assert kept is not None
    return {pair.cell or pair.column: pair for pair in side_by_side(kept).pairs}


def test_row_is_shown_beside_what_was_read_from_it(database: Database) -> None:
    found = pairs(database, sent(database, september()), 4)
    shown = {
        place: (pair.header, pair.content, pair.column, pair.value, pair.mark)
        for place, pair in found.items()
    }
    assert shown == {
        "A4": ("序号", "1", "", "", ""),
        "B4": ("存在问题", "管网错接", "问题描述", "管网错接", ""),
        "C4": ("牵头单位", "规建部", "责任单位", "规划建设部", "别名"),
        "D4": ("社区", "凤凰山", "社区", "凤凰山社区", "别名"),
        "E4": ("整改时限", "9月底前", "完成时限", "2022-09-30", "换算"),
        "F4": ("销号情况", "正在整改", "状态", "在办", "别名"),
        "H4": ("处理意见", "抓紧", "", "", ""),
        "A3": ("分节行", "一、经济发展方面（2项）", "维度", "经济发展", "别名"),
    }


def test_remark_of_the_reading_stands_at_its_cell(database: Database) -> None:
    found = pairs(database, sent(database, september()), 4)
    assert "读作 2022-09-30" in found["E4"].remark
    assert found["B4"].remark == ""


def test_merged_cell_names_the_cell_that_holds_its_value(database: Database) -> None:
    found = pairs(database, sent(database, september()), 5)
    assert (found["C5"].content, found["C5"].value) == ("规建部", "规划建设部")
    assert "C4" in found["C5"].remark


def test_real_day_is_not_called_converted_and_a_short_one_is(database: Database) -> None:
    found = pairs(database, sent(database, september()), 5)
    assert (found["E5"].content, found["E5"].mark) == ("2022-09-20", "")
    assert (found["G5"].content, found["G5"].value, found["G5"].mark) == (
        "9.18",
        "2022-09-18",
        "换算",
    )


def test_derived_deadline_says_from_what_it_was_derived(database: Database) -> None:
    content = workbook(
        ("怀化高新区“三整顿两提升”2022年9月问题台账",),
        ("序号", "问题", "责任单位", "查摆日期", "完成时限"),
        (1, "排水不畅", "平安办", date(2022, 9, 5), None),
        (2, "路灯不亮", "优化办", date(2022, 9, 6), date(2022, 9, 20)),
    )
    upload = sent(database, content)
    derived = pairs(database, upload, 3)["E3"]
    assert (derived.content, derived.column, derived.mark) == ("", "完成时限", "推算")
    assert "查摆日期" in derived.remark
    assert "5 个" in derived.remark
    assert pairs(database, upload, 4)["E4"].mark == ""


def test_share_is_shown_as_a_percentage(database: Database) -> None:
    content = workbook(
        ("葫芦岛市“争先创优”2021年9月任务台账",),
        ("序号", "任务名称", "责任单位", "完成进度", "累计完成"),
        (1, "储备项目", "市财政局", 0.65, "1,200"),
        (2, "招商引资", "市商务局", "65%", 36),
    )
    upload = sent(database, content)
    assert (pairs(database, upload, 3)["D3"].value, pairs(database, upload, 3)["D3"].mark) == (
        "65%",
        "换算",
    )
    assert pairs(database, upload, 4)["D4"].mark == ""
    assert (pairs(database, upload, 3)["E3"].value, pairs(database, upload, 3)["E3"].mark) == (
        "1200",
        "",
    )


def test_heads_of_two_rows_are_followed(database: Database) -> None:
    content = workbook(
        (TITLE,),
        ("序号", "问题描述", "责任单位", None, "完成时限"),
        (None, None, "牵头", "配合", None),
        (1, "管网错接", "规建部", "产发部", date(2022, 9, 30)),
        (2, "道路破损", "招商部", None, date(2022, 9, 30)),
        merged=("A2:A3", "B2:B3", "C2:D2", "E2:E3"),
    )
    found = pairs(database, sent(database, content), 4)
    assert (found["C4"].column, found["C4"].value) == ("责任单位", "规划建设部")
    assert (found["D4"].column, found["D4"].value) == ("配合单位", "产业发展部")


def test_submitting_unit_is_named_as_the_source_where_the_row_has_none(database: Database) -> None:
    content = workbook(
        (TITLE,),
        ("填报单位：招商部",),
        ("序号", "问题描述", "目标", "完成时限", "状态"),
        (1, "管网错接", "改造", date(2022, 9, 30), "正在推进"),
    )
    found = pairs(database, sent(database, content), 4)["责任单位"]
    assert (found.header, found.value, found.mark) == ("填报单位", "招商部", "推算")


def test_original_that_is_gone_leaves_what_was_read_and_says_so(database: Database) -> None:
    upload = sent(database, september("另一份"))
    kept = kept_row(database, upload, SHEET, 4)
    assert kept
    kept.original.unlink()
    sides = side_by_side(kept)
    assert "原始文件不在了" in sides.missing
    assert {pair.column: pair.value for pair in sides.pairs}["责任单位"] == "规划建设部"
    assert {pair.mark for pair in sides.pairs} == {""}


def test_original_that_was_changed_is_not_shown_as_the_one_that_came_in(
    database: Database,
) -> None:
    kept = kept_row(database, sent(database, september("又一份")), SHEET, 4)
    assert kept
    kept.original.write_bytes(workbook(("别的",)))
    assert "不一致" in side_by_side(kept).missing


def test_row_that_was_never_published_is_not_shown(database: Database) -> None:
    terms = Terms(uploaded_by="办公室", is_draft=True)
    drafted = import_file(database, september(), "台账.xlsx", Given(), terms)
    assert drafted.upload
    assert kept_row(database, drafted.upload, SHEET, 4) is None
    published = sent(database, september())
    assert kept_row(database, published, SHEET, 4)
    assert kept_row(database, published, SHEET, 400) is None
    assert kept_row(database, published, "别的表", 4) is None
    assert kept_row(database, 999, SHEET, 4) is None


def test_row_that_was_taken_back_says_so(database: Database) -> None:
    upload = sent(database, september())
    undo(database, upload)
    kept = kept_row(database, upload, SHEET, 4)
    assert kept
    assert (kept.status, kept.title, kept.unit, kept.ledger) == (
        "undone",
        "管网错接",
        "规划建设部",
        "problems",
    )


def test_every_kind_of_ledger_leads_back_to_its_cell(sample_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(sample_home, home)
    database = Database(home, packs())
    rows = database.ask("ledger_rows", {"as_of": date(2023, 12, 31)}).to_pylist()
    first_rows = {row["ledger"]: row for row in reversed(rows)}
    for kind, row in first_rows.items():
        kept = kept_row(database, row["upload"], row["sheet"], row["row"])
        assert kept
        assert kept.ledger == kind
        sides = side_by_side(kept)
        assert sides.missing == ""
        # An alias stands in the cell, the name it was read as beside it.
        assert row["title"] in {word for pair in sides.pairs for word in (pair.content, pair.value)}
    database.close()


def test_original_can_be_handed_out_as_it_came_in(database: Database) -> None:
    content = september()
    kept = kept_row(database, sent(database, content), SHEET, 4)
    assert kept
    assert kept.content() == content
