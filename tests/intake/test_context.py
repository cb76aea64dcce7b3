"""Which campaign, month and unit a file belongs to: said, recognised, or asked for."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from tally.intake import read
from tests.intake.samples import (
    PROBLEM_HEADERS,
    SEPTEMBER,
    XIANGSHAN,
    brief,
    problem,
    reading_of,
    saved,
    xlsx,
)


@pytest.mark.parametrize(
    ("title", "file", "expected"),
    [
        ("四项清单（2022年9月）", "台账.xlsx", date(2022, 9, 1)),
        ("四项清单（二〇二二年九月）", "台账.xlsx", date(2022, 9, 1)),
        ("四项清单（截至2022年9月30日）", "台账.xlsx", date(2022, 9, 1)),
        ("9月份四项清单", "台账.xlsx", date(2022, 9, 1)),
        ("2022年1-9月四项清单", "台账.xlsx", date(2022, 9, 1)),
        ("四项清单", "2022-09台账.xlsx", date(2022, 9, 1)),
        ("四项清单", "台账202209.xlsx", date(2022, 9, 1)),
        ("四项清单（2022年8月）", "20220903 招商部.xlsx", date(2022, 8, 1)),
        ("四项清单（2022年8月）", "2022-09-03 招商部.xlsx", date(2022, 8, 1)),
        ("四项清单（2022年9月）", "9月台账.xlsx", date(2022, 9, 1)),
        ("填报日期：2022年9月30日", "台账.xlsx", date(2022, 9, 1)),
        ("四项清单（2022年9月）填报日期：2022年10月8日", "台账.xlsx", date(2022, 9, 1)),
    ],
)
def test_read_month_is_recognised(title: str, file: str, expected: date) -> None:
    reading = reading_of((title,), PROBLEM_HEADERS, problem(1), file=file, campaign="xiangshan")
    assert (reading.month, reading.questions) == (expected, ())


def test_read_month_that_is_missing_or_contradicted_is_asked_about() -> None:
    none = reading_of(PROBLEM_HEADERS, problem(1), file="20220903 台账.xlsx", campaign="xiangshan")
    two = reading_of(
        ("四项清单（2022年8月）",),
        PROBLEM_HEADERS,
        problem(1),
        file="9月台账.xlsx",
        campaign="xiangshan",
    )
    assert [(q.flag, q.choices) for q in none.questions] == [("--month", ())]
    assert [(q.flag, q.choices) for q in two.questions] == [("--month", ("2022-08", "2022-09"))]
    assert none.ledgers == two.ledgers == ()


def test_read_campaign_is_recognised_by_name_or_by_units_else_asked_about() -> None:
    month = {"month": date(2022, 9, 1)}
    name = XIANGSHAN.campaign.full_name.replace("“", "").replace("”", "")
    stranger = problem(1, "气象台")
    named = reading_of((name,), PROBLEM_HEADERS, stranger, **month)
    covered = reading_of(PROBLEM_HEADERS, problem(1), **month)
    asked = reading_of(PROBLEM_HEADERS, stranger, **month)
    wrong = reading_of(PROBLEM_HEADERS, problem(1), **month, campaign="huaihua")
    assert (named.campaign, covered.campaign) == ("xiangshan", "xiangshan")
    assert [q.flag for q in (*asked.questions, *wrong.questions)] == ["--campaign"] * 2


@pytest.mark.parametrize(
    ("title", "leads", "told", "unit"),
    [
        ("四项清单", ("招商部", "招商部"), "", "招商部"),
        ("四项清单", ("招商部", "规建部"), "", ""),
        ("填报单位：招商部", ("招商部", None), "", "招商部"),
        ("填报单位：招商部 填报日期：2022年9月30日", (None, None), "", "招商部"),
        ("填报单位：招商部", ("招商部", "规建部"), "", ""),
        ("填报单位：专项行动办公室", ("招商部", "规建部"), "", ""),
        ("招商部四项清单", (None, None), "", "招商部"),
        ("四项清单", (None, None), "产发部", "产业发展部"),
    ],
)
def test_read_submitting_unit_is_recognised(
    title: str, leads: tuple[str | None, ...], told: str, unit: str
) -> None:
    rows = [problem(number, lead) for number, lead in enumerate(leads)]
    reading = reading_of((title,), PROBLEM_HEADERS, *rows, **SEPTEMBER, unit=told)
    assert (reading.unit, reading.errors) == (unit, ())
    assert all(row["unit"] for row in reading.ledgers[0].rows)


def test_read_unit_that_leads_are_not_all_of_is_said() -> None:
    rows = (PROBLEM_HEADERS, problem(1), problem(2, "招商部"))
    told = reading_of(*rows, **SEPTEMBER, unit="招商部")
    stated = reading_of(("填报单位：招商部",), *rows, **SEPTEMBER)
    assert [(p.level, p.column, p.found) for p in told.problems] == [
        ("error", "unit", "规划建设部")
    ]
    assert [(p.level, p.found) for p in stated.problems] == [("warning", "规划建设部、招商部")]
    assert stated.unit == ""


def test_read_unknown_submitting_unit_is_asked_about() -> None:
    (question,) = reading_of(PROBLEM_HEADERS, problem(1), **SEPTEMBER, unit="招商局").questions
    assert (question.flag, question.choices) == ("--unit", ("招商部",))


def test_read_sheets_named_after_units_give_their_rows_the_unit() -> None:
    headers = ("问题描述", "完成时限", "状态")
    book = openpyxl.load_workbook(
        BytesIO(xlsx(headers, ("甲", "2022-10-31", "整改中"), name="招商部"))
    )
    other = book.create_sheet("规建部")
    other.append(headers)
    other.append(("乙", "2022-10-31", "整改中"))
    reading = read(saved(book), "台账.xlsx", brief(**SEPTEMBER))
    assert [row["unit"] for row in reading.ledgers[0].rows] == ["招商部", "规划建设部"]
    assert (reading.unit, reading.questions, reading.errors) == ("", (), ())
