"""Slips and reminder letters: a page a unit, with clause, deadline and the right of reply (G1)."""

import io
from dataclasses import replace
from datetime import date

import docx
import pytest

from tally.notices.bulletin import passages
from tally.notices.slip import Slip, SlipRow, slips
from tests.notices.drafted import MOMENT

ROWS = (SlipRow("管网错接未整改", "已逾期 21 天", "台账所列期限", date(2022, 10, 10)),)


def slip(unit: str, level: str = "") -> Slip:
    """Return a slip of the campaign's office to a unit."""
    day = date(2022, 11, 8)
    return Slip(unit, ROWS, "试点行动", "某工委", day, date(2022, 11, 15), level, "督〔2022〕3号")


def text_of(content: bytes) -> str:
    """Return what a document says, tables included."""
    return "\n".join(str(said) for _, said in passages(content))


def test_letter_names_the_unit_the_matter_and_the_day() -> None:
    said = text_of(slips([slip("甲部")], MOMENT))
    for words in ("提醒函", "甲部：", "管网错接未整改", "台账所列期限", "2022-10-10",
                  "请于2022年11月15日前报告", "可以书面说明", "2022年11月8日"):  # fmt: skip
        assert words in said
    assert "签收" not in said


@pytest.mark.parametrize(("level", "title"), [("blue", "蓝色"), ("amber", "黄色"), ("red", "红色")])
def test_slip_carries_its_colour_in_words_and_is_signed_for(level: str, title: str) -> None:
    said = text_of(slips([slip("甲部", level)], MOMENT))
    assert f"{title}督办单" in said and "签收人（岗位）：" in said


def test_slip_bears_the_campaigns_own_word_for_it() -> None:
    said = text_of(slips([replace(slip("甲部", "amber"), name="警示单")], MOMENT))
    assert "警示单" in said and "黄色督办单" not in said


def test_each_unit_has_a_page_of_its_own() -> None:
    document = docx.Document(io.BytesIO(slips([slip("甲部"), slip("乙部")], MOMENT)))
    assert document.element.xml.count('w:br w:type="page"') == 1
    assert len(document.tables) == 2
