"""The ledgers of families B and E: which sheet is which, who may stand in it, which days agree."""

import random
from collections.abc import Sequence
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tally.contracts import Contract, Problem, Reading, contracts
from tally.intake import read
from tally.intake.tables.finding import Header, best_of
from tally.intake.tables.headers import assign, header_word
from tests.intake.samples import SEPTEMBER, brief, only_row, reading_of, saved, xlsx

EARLIER = ("problems", "tasks", "tickets", "checks", "indicators", "units", "communities")
CAMPAIGN = {"campaign": "xiangshan"}


def likeliest(heads: Sequence[str], kinds: Sequence[str], title: str = "") -> list[str]:
    """Return the kinds that heads of a sheet fit best, under a title."""
    words = {at: (header_word(head),) for at, head in enumerate(heads)}
    known = (contracts()[kind] for kind in kinds)
    headers = [Header(contract, 0, 1, assign(contract, words)) for contract in known]
    sufficient = [header for header in headers if header.is_sufficient]
    return [h.contract.kind for h in best_of(sufficient, [title])] if sufficient else []


def heads_of(contract: Contract, chance: random.Random) -> list[str]:
    """Return heads that an office may write over such a ledger."""
    others = [column for column in contract.columns if not column.required]
    columns = [*contract.required, *chance.sample(others, chance.randint(0, min(7, len(others))))]
    return [chance.choice(column.all_headers) for column in columns]


@pytest.mark.parametrize("kind", EARLIER)
@given(chance=st.randoms(use_true_random=False))
@settings(max_examples=100)
def test_sheet_of_an_earlier_ledger_is_never_taken_for_a_later_one(
    kind: str, chance: random.Random
) -> None:
    heads = heads_of(contracts()[kind], chance)
    assert set(likeliest(heads, EARLIER)) <= set(likeliest(heads, list(contracts())))


@pytest.mark.parametrize("kind", sorted(contracts()))
@given(chance=st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_sheet_that_names_its_ledger_is_that_ledger(kind: str, chance: random.Random) -> None:
    contract = contracts()[kind]
    title = f"某区2022年9月{chance.choice((contract.title, *contract.names))}"
    assert likeliest(heads_of(contract, chance), list(contracts()), title) == [kind]


@pytest.mark.parametrize("kind", sorted(set(contracts()) - set(EARLIER)))
@given(chance=st.randoms(use_true_random=False))
@settings(max_examples=100)
def test_sheet_without_a_name_is_asked_about_rather_than_taken_for_another(
    kind: str, chance: random.Random
) -> None:
    assert kind in likeliest(heads_of(contracts()[kind], chance), list(contracts()))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("说不事项台账", "refusals"),
        ("说“不”事项“提级管”台账", "refusals"),
        ('说"不"台账', "refusals"),
        ("“办不成事”问题解决台账", "failures"),
        ("办不成事台账", "failures"),
    ],
)
def test_quotes_do_not_hide_what_a_sheet_is_called(name: str, kind: str) -> None:
    heads = ("事项", "受理日期", "责任单位")
    content = xlsx(heads, ("某事", "2022-09-03", "招商部"), name="Sheet1")
    reading = read(content, f"9月{name}.xlsx", brief(**SEPTEMBER))
    assert [sheet.ledger for sheet in reading.sheets] == [kind]


def test_sheet_that_may_be_two_ledgers_is_asked_about() -> None:
    reading = reading_of(("事项", "受理日期", "责任单位"), ("某事", "2022-09-03", "招商部"))
    (asked,) = reading.questions
    assert asked.flag == "--ledger"
    assert {"说“不”事项台账", "办不成事问题台账"} <= set(asked.choices)


def steps(unit: str, *, campaign: str = "xiangshan", submitted_by: str = "") -> Reading:
    """Read one step of an item whose responsibility column says `unit`."""
    return reading_of(
        ("事项编号", "责任单位", "环节", "日期", "经办职务"),
        ("XS-001", unit, "审核", "2022-09-20", "负责人"),
        campaign=campaign,
        unit=submitted_by,
    )


def test_organ_may_stand_where_a_ledger_admits_it() -> None:
    reading = steps("督查考核组")
    row = only_row(reading)
    assert (row["unit"], row["step"], reading.unit) == ("督查考核组", "审核", "督查考核组")


def test_organ_may_submit_what_it_may_stand_in() -> None:
    assert steps("督查考核组", submitted_by="督查考核组").unit == "督查考核组"
    (asked,) = reading_of(
        ("问题描述", "责任单位"), ("甲", "招商部"), **SEPTEMBER, unit="督查考核组"
    ).questions
    assert (asked.flag, "招商部" in asked.choices) == ("--unit", True)


def test_organ_elsewhere_is_no_unit_and_unknown_words_may_mean_one() -> None:
    problems = reading_of(("问题描述", "责任单位"), ("甲", "督查考核组"), **SEPTEMBER)
    assert [problem.column for problem in problems.errors] == ["unit"]
    (asked,) = steps("督查考核小组").questions
    assert (asked.key, asked.choices[0]) == ("unit:督查考核小组", "督查考核组")


def told(reading: Reading, column: str) -> list[str]:
    """Return what was said of a column's cells."""
    return [problem.expected for problem in reading.problems if problem.column == column]


def test_day_of_an_end_before_the_beginning_is_told_with_that_days_name() -> None:
    reading = reading_of(
        ("审批事项", "审批单位", "受理日期", "办结日期"),
        ("规划许可", "招商部", "2022-09-05", "2022-09-01"),
        **CAMPAIGN,
    )
    assert told(reading, "decided_on") == ["早于受理日期 2022-09-05"]


def test_clue_settled_after_its_month_is_told() -> None:
    reading = reading_of(
        ("线索编号", "线索内容", "承办单位", "受理日期", "事情解决日期", "人员处理日期"),
        ("X1", "流转超时", "招商部", "2022-09-05", "2022-09-20", "2022-10-08"),
        **SEPTEMBER,
    )
    assert told(reading, "people_settled_on") == ["晚于本期月末 2022-09-30"]
    assert told(reading, "matter_settled_on") == []


def test_clue_whose_people_need_no_handling_is_done_with_the_matter() -> None:
    """B8: 无需处理 is the day the matter was settled, and no day while it is not."""
    reading = reading_of(
        ("线索编号", "线索内容", "承办单位", "受理日期", "事情解决日期", "人员处理"),
        ("X1", "流转超时", "招商部", "2022-09-05", "2022-09-20", "无需处理"),
        ("X2", "态度生硬", "招商部", "2022-09-05", None, "不涉及人员"),
        ("X3", "推诿扯皮", "招商部", "2022-09-05", "2022-09-20", "研究中"),
        **SEPTEMBER,
    )
    rows = reading.ledgers[0].rows
    assert [str(row["people_settled_on"]) for row in rows] == ["2022-09-20", "None", "None"]
    assert len(told(reading, "people_settled_on")) == 1


def test_planned_first_day_of_a_milestone_may_lie_ahead() -> None:
    reading = reading_of(
        ("任务编号", "节点", "责任单位", "开始日期", "计划完成日期"),
        ("ZD-01", "立项", "招商部", "11月1日", "12月15日"),
        **SEPTEMBER,
    )
    row = only_row(reading)
    assert (row["start_on"], row["due_on"]) == (date(2022, 11, 1), date(2022, 12, 15))


def test_item_may_have_many_milestones_and_steps_but_one_milestone_stands_once() -> None:
    heads = ("任务编号", "节点", "责任单位", "计划完成日期")
    rows = [("ZD-01", node, "招商部", "2022-10-31") for node in ("立项", "开工")]
    assert reading_of(heads, *rows, **SEPTEMBER).errors == ()
    again = ("ZD-01", "立项", "招商部", "2022-11-30")
    (error,) = reading_of(heads, *rows, again, **SEPTEMBER).errors
    assert error.column == "item_no"
    two = [("XS-001", word, "招商部", "审核", "2022-09-20") for word in ("错接", "管网错接")]
    heads = ("事项编号", "事项", "责任单位", "环节", "日期")
    assert reading_of(heads, *two, **CAMPAIGN).errors == ()


def extension(to: object) -> Reading:
    """Read the step that moves an item's deadline to a cell."""
    return reading_of(
        ("事项编号", "责任单位", "环节", "日期", "新期限"),
        ("XS-001", "招商部", "同意延期", "2022-09-20", to),
        campaign="xiangshan",
    )


@pytest.mark.parametrize("cell", ["2022.10.31", "10月31日", "10月底", date(2022, 10, 31)])
def test_extension_is_to_a_day_in_any_form(cell: object) -> None:
    """B10: the deadline in force moves, however the clerk writes the day."""
    reading = extension(cell)
    assert (only_row(reading)["new_value"], told(reading, "new_value")) == ("2022-10-31", [])


def test_what_went_on_for_days_happened_on_the_first_and_ended_on_the_last() -> None:
    """E4, E8: a window is met by when a thing began; its days count to its end."""
    row = only_row(
        reading_of(
            ("活动形式", "开展日期", "开展单位"),
            ("进企业", "2022年8月4日—8日", "招商部"),
            campaign="xiangshan",
            ledger="activities",
        )
    )
    assert (row["held_on"], row["ended_on"]) == (date(2022, 8, 4), date(2022, 8, 8))


def test_extension_to_no_day_is_told() -> None:
    assert told(extension("顺延一个月"), "new_value") == ["顺延一个月不是日期，期限不会改变"]
    assert told(extension("—"), "new_value") == ["没有写日期，期限不会改变"]


def test_sheets_of_milestones_with_the_same_names_are_not_taken_for_doubles() -> None:
    book = openpyxl.Workbook()
    for number in (1, 2):
        sheet = book.create_sheet(f"任务{number}")
        sheet.append(("任务编号", "节点", "责任单位", "计划完成日期"))
        for node in ("立项", "开工", "竣工"):
            sheet.append((f"ZD-0{number}", node, "招商部", "2022-10-31"))
    reading = read(saved(book), "节点.xlsx", brief(**SEPTEMBER))
    assert (reading.questions, reading.row_count) == ((), 6)


@pytest.mark.parametrize("is_1904", [False, True])
def test_month_that_an_activity_makes_up_for_is_its_first_day(is_1904: bool) -> None:
    book = openpyxl.Workbook()
    if is_1904:
        book.epoch = CALENDAR_MAC_1904
    heads = ("活动形式", "开展日期", "开展单位", "所属月份")
    for row in (heads, ("进企业", date(2022, 9, 6), "招商部", date(2022, 8, 31)),
                ("进企业", date(2022, 9, 7), "招商部", "8月")):  # fmt: skip
        book.active.append(row)
    (ledger,) = read(saved(book), "活动.xlsx", brief(**CAMPAIGN)).ledgers
    assert [row["covers"] for row in ledger.rows] == [date(2022, 8, 1)] * 2
    assert ledger.rows[0]["held_on"] == date(2022, 9, 6)


@pytest.mark.parametrize(
    ("heads", "row"),
    [
        (("信访编号", "登记日期", "信访事项", "责任单位", "信访人", "联系电话", "身份证号"),
         ("XF-1", "2022-09-03", "欠薪", "招商部", "某某", "13800000000", "340604")),
        (("线索编号", "线索内容", "承办单位", "受理日期", "举报人", "被举报人"),
         ("X1", "流转超时", "招商部", "2022-09-05", "某某", "某某")),
        (("编号", "办不成的事", "受理日期", "责任单位", "申请人", "手机号"),
         ("B1", "办证", "2022-09-05", "招商部", "某某", "13800000000")),
    ],
)  # fmt: skip
def test_persons_in_a_ledger_are_left_out_and_said(
    heads: tuple[str, ...], row: tuple[str, ...]
) -> None:
    reading = reading_of(heads, row, **SEPTEMBER)
    kept = {value for line in reading.ledgers[0].rows for value in line.values()}
    assert not kept & {"某某", "13800000000"}
    said = [p for p in reading.problems if "个人信息" in p.expected]
    assert {problem.found for problem in said} == set(heads[4 if len(heads) > 6 else -2 :])


def test_required_columns_of_a_return_are_five_counts() -> None:
    heads = ("报送单位", "问题线索数", "案件查办数", "人员处理数", "整改落实数", "以案促改数")
    row = only_row(reading_of(heads, ("招商部", 3, 1, 1, 2, 0), **SEPTEMBER))
    assert (row["clue_count"], row["reform_count"]) == (3.0, 0.0)
    problems: tuple[Problem, ...] = reading_of(
        heads, ("招商部", 3, "一起", 1, None, 0), **SEPTEMBER
    ).errors
    assert [problem.column for problem in problems] == ["case_count", "rectified_count"]


def test_money_of_a_column_with_a_unit_of_its_own_lands_in_it_whatever_the_head_says() -> None:
    """C5: 总投资 is kept in 亿元; a list in 万元 is converted and told, one in 个 is refused."""
    rows = (
        ("项目名称", "项目阶段", "总投资（万元）", "争取资金"),
        ("甲厂", "前期", 12500, "3000万元"),
    )
    reading = reading_of(*rows, file="2022年9月项目台账.xlsx")
    assert [only_row(reading)[name] for name in ("invested_total", "funds_won")] == [1.25, 0.3]
    told = [(problem.level, problem.expected) for problem in reading.problems]
    assert told == [("warning", "由“万元”换算为“亿元”")] * 2
    plain = reading_of(("项目名称", "阶段", "总投资"), ("甲厂", "前期", 1.25), file="项目台账.xlsx")
    assert (only_row(plain)["invested_total"], plain.problems) == (1.25, ())
