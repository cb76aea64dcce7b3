"""What a template's columns offer, check and show: names of the campaign, days, an example."""

import io

import openpyxl
import pytest

from tally.contracts import contracts
from tally.notices.template import EXAMPLE_ROW, FIRST_ROW, template
from tally.packs import packs
from tests.notices.campaigns import EACH_KIND, XIANGSHAN
from tests.notices.sheets import choices_of, head_letters, offered, with_structure


def test_template_offers_the_names_of_the_campaign_and_the_states() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(template(contracts()["problems"], XIANGSHAN, "招商部", []))
    )
    sheet, lists = book.worksheets[0], book["选项"]
    letters, rules = head_letters(sheet), choices_of(sheet)
    assert lists.sheet_state == "hidden"
    wanted = {
        "责任单位": [unit.name for unit in XIANGSHAN.units],
        "维度": [dimension.name for dimension in XIANGSHAN.dimensions],
        "社区": [community.name for community in XIANGSHAN.communities],
        "状态": ["已销号", "正在推进", "提级", "容错", "挂起", "撤销"],
    }
    for head, names in wanted.items():
        rule = rules[f"{letters[head]}{FIRST_ROW + 1}"]
        assert rule.type == "list"
        offered = [row[0].value for row in lists[rule.formula1.split("!")[1].replace("$", "")]]
        assert offered == names


def test_template_offers_choices_classes_and_organs_of_the_campaign() -> None:
    pack = with_structure()
    steps = offered(template(contracts()["steps"], pack, "", []))
    assert steps["环节"][:5] == ["申请", "审核", "确认", "抽查", "退回"]
    assert steps["责任单位"] == [*(unit.name for unit in pack.units), "督查组"]
    assert offered(template(contracts()["activities"], pack, "", []))["活动形式"] == ["讨论"]
    problems = offered(template(contracts()["problems"], pack, "", []))
    assert problems["查找方式"] == ["自己找", "群众提"]
    assert problems["责任单位"] == [unit.name for unit in pack.units]


def test_template_does_not_ask_for_what_the_campaign_does_not_tell_apart() -> None:
    heads = head_letters(openpyxl.load_workbook(
        io.BytesIO(template(contracts()["problems"], with_structure(), "", []))
    ).worksheets[0])  # fmt: skip
    assert "查找方式" in heads
    assert not {"难易程度", "办理方式", "解决层级"} & heads.keys()


@pytest.mark.parametrize(("kind", "slug"), EACH_KIND)
def test_example_row_names_what_the_campaign_has(kind: str, slug: str) -> None:
    pack = packs()[slug]
    content = template(contracts()[kind], pack, "", [])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    example = {
        head: sheet[f"{letter}{EXAMPLE_ROW + 1}"].value
        for head, letter in head_letters(sheet).items()
    }
    known = offered(content)
    wrong = {
        column.title: example[column.title]
        for column in contracts()[kind].columns
        if column.type in ("units", "class", "dimension", "community", "choice", "state")
        and example.get(column.title)
        and example[column.title] not in known.get(column.title, [example[column.title]])
    }
    assert wrong == {}


def test_template_checks_days_and_numbers_in_chinese() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template(contracts()["tasks"], XIANGSHAN, "", [])))
    sheet = book.worksheets[0]
    letters, rules = head_letters(sheet), choices_of(sheet)
    for head, kind, word in (
        ("完成时限", "date", "2022-09-30"),
        ("累计完成", "decimal", "数字"),
        ("完成进度", "decimal", "65%"),
    ):
        rule = rules[f"{letters[head]}{FIRST_ROW + 1}"]
        assert rule.type == kind
        assert word in rule.error
        assert rule.errorStyle == "warning"


def test_numbers_of_items_are_text_so_that_003_stays_003() -> None:
    sheet = openpyxl.load_workbook(
        io.BytesIO(template(contracts()["problems"], XIANGSHAN, "", []))
    ).worksheets[0]
    letters = head_letters(sheet)
    formats = {}
    for head in ("问题编号", "完成时限"):
        style = sheet.column_dimensions[letters[head]]._style
        formats[head] = (
            sheet.parent._number_formats[style.numFmtId - 164]
            if (style.numFmtId >= 164)
            else openpyxl.styles.numbers.BUILTIN_FORMATS[style.numFmtId]
        )
    assert formats == {"问题编号": "@", "完成时限": "yyyy-mm-dd"}


def test_text_that_looks_like_a_formula_stays_text() -> None:
    rows = [{"title": "=HYPERLINK(1)", "unit": "招商部"}]
    book = openpyxl.load_workbook(io.BytesIO(template(contracts()["problems"], None, "", rows)))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == "=HYPERLINK(1)"] == ["s"]
