"""The workbooks of 南阳职教园区: each month problems, dockets, activities, steps and tickets."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from data.campaigns.sampling import events, nanyang_figures, nanyang_orders, nanyang_ranks
from data.campaigns.sampling.files import write
from data.campaigns.sampling.items import Row, titles
from data.campaigns.sampling.nanyang_activities import activities, visits
from data.campaigns.sampling.nanyang_dockets import (
    clues,
    clues_at,
    failures,
    institutions,
    matters_at,
    refusals,
    returns,
)
from data.campaigns.sampling.nanyang_items import Problem, problems, rows, steps
from data.campaigns.sampling.pages import FORMS, Head, Page

CAMPAIGN = "南阳市职教园区“观念能力作风提升年”活动"
MONTH_ENDS = (date(2023, 3, 31), date(2023, 4, 30), date(2023, 5, 31), date(2023, 6, 30))
CHECKER = "查破建快工作组"
# Departments that have sent June's clues by the time of the samples, two of them without any.
CLUE_SENDERS = {
    "城管部门": ".xlsx", "住建部门": ".csv", "行政审批部门": ".xls", "信访部门": ".csv",
    "财政部门": ".csv", "审计部门": ".csv",
}  # fmt: skip
NUMBER = Head("row_number", "序号")
PROBLEM_HEADS = (
    NUMBER,
    Head("item_no", "问题编号", "问题清单"),
    Head("title", "问题描述", "问题清单"),
    Head("kind", "四类问题", "问题清单"),
    Head("difficulty", "难易程度", "问题清单"),
    Head("channel", "来源", "问题清单"),
    Head("found_by", "查找方式", "问题清单"),
    Head("found_on", "查摆时间", "问题清单", ("dotted", "excel")),
    Head("carried_from", "结转自", "问题清单"),
    Head("measure", "整改措施", "责任清单"),
    Head("unit", "责任单位", "责任清单"),
    Head("handling", "办理方式", "责任清单"),
    Head("due_on", "完成时限", "责任清单", ("excel", "chinese")),
    Head("state", "销号情况", "销号"),
    Head("closed_on", "销号日期", "销号"),
)
FLAT_HEADS = (
    NUMBER,
    Head("dimension", "所属方面"),
    *(Head(head.key, head.title, forms=("chinese",)) for head in PROBLEM_HEADS[1:]),
)
STEP_HEADS = (
    NUMBER,
    Head("item_no", "问题编号"),
    Head("title", "事项"),
    Head("unit", "责任单位"),
    Head("step", "办理环节"),
    Head("step_on", "办理日期"),
    Head("post", "经办职务"),
    Head("old_value", "变更前"),
    Head("new_value", "变更后"),
    Head("reason", "理由"),
)
VISIT_HEADS = (
    NUMBER,
    Head("object", "走访企业"),
    Head("visited_on", "走访日期", forms=("chinese",)),
    Head("visit", "方式"),
    Head("unit", "走访单位"),
    Head("post", "走访人职务"),
    Head("problem_count", "收集问题数"),
    Head("content", "走访内容"),
)
ACTIVITY_HEADS = (
    NUMBER,
    Head("activity", "活动形式"),
    Head("held_on", "开展日期"),
    Head("unit", "开展单位"),
    Head("post", "参加职务"),
    Head("covers", "所属月份"),
    Head("topic", "主题"),
    Head("problem_count", "发现问题数"),
    Head("result", "成效"),
)
CLUE_HEADS = (
    NUMBER,
    Head("item_no", "线索编号"),
    Head("title", "线索内容"),
    Head("source_unit", "移送单位"),
    Head("received_on", "受理日期"),
    Head("is_complex", "是否复杂"),
    Head("unit", "承办单位"),
    Head("handling", "处理方式"),
    Head("matter_settled_on", "事情解决日期", "办理结果"),
    Head("people_settled_on", "人员处理日期", "办理结果"),
)
REFUSAL_HEADS = (
    NUMBER,
    Head("item_no", "编号"),
    Head("title", "说“不”事项"),
    Head("received_on", "受理日期"),
    Head("unit", "说不单位"),
    Head("reason", "说“不”理由"),
    Head("raised_on", "提级日期"),
    Head("raised_to", "提级至"),
    Head("is_upheld", "复核结论"),
    Head("result", "处理结果"),
    Head("closed_on", "办结日期"),
    Head("state", "办理状态"),
)
FAILURE_HEADS = (
    NUMBER,
    Head("item_no", "编号"),
    Head("title", "办不成的事"),
    Head("received_on", "受理日期"),
    Head("channel", "受理渠道"),
    Head("unit", "责任单位"),
    Head("reason", "办不成原因"),
    Head("result", "处理结果"),
    Head("closed_on", "解决日期"),
    Head("is_satisfied", "是否满意"),
    Head("state", "办理状态"),
)
RETURN_HEADS = (
    NUMBER,
    Head("unit", "报送单位"),
    Head("clue_count", "问题线索数"),
    Head("case_count", "案件查办数"),
    Head("persons_count", "人员处理数"),
    Head("rectified_count", "整改落实数"),
    Head("reform_count", "以案促改数"),
)
INSTITUTION_HEADS = (
    NUMBER,
    Head("title", "制度名称"),
    Head("unit", "牵头单位"),
    Head("kind", "类别"),
    Head("due_on", "完成时限", forms=("chinese",)),
    Head("issued_on", "印发日期", forms=("chinese",)),
    Head("document_no", "文号"),
)
TICKET_HEADS = tuple(head for head in events.TICKET_HEADS if head.key != "community")
MATTERS = (
    ("路灯不亮", "城管部门"), ("占道经营", "城管部门"), ("停车难", "城管部门"),
    ("油烟扰民", "生态环保部门"), ("施工噪声", "生态环保部门"), ("供水水压低", "皇路店镇"),
    ("村道破损", "皇路店镇"), ("医保缴费咨询", "组织人社局"), ("社保转移咨询", "组织人社局"),
    ("房产证办理", "住建部门"), ("物业服务差", "住建部门"), ("窗口排队久", "行政审批部门"),
    ("材料重复提交", "行政审批部门"), ("低保政策咨询", "民政部门"), ("农补咨询", "农业农村部门"),
)  # fmt: skip


def _page(
    on: date, name: str, heads: Sequence[Head], listed: Sequence[Row], sender: str = ""
) -> Page:
    """Lay one list of the month out under its own name; it is of all units without a sender."""
    title = f"{CAMPAIGN}{name}（{on.year}年{on.month}月）（演示数据）"
    line = f"填报日期：{FORMS['chinese'](on + timedelta(days=3 if sender else 4))}"
    line = f"填报单位：{sender}　　　　{line}" if sender else line
    return Page(name, title, line, tuple(heads), listed)


def _problem_page(found: Sequence[Problem], on: date) -> Page:
    """Lay the problems out by section until April, with a column for it from May on."""
    listed = rows(found, on)
    if on.month > 4:
        return _page(on, "问题台账", FLAT_HEADS, listed)
    page = _page(on, "问题台账", PROBLEM_HEADS, listed)
    closed_count = sum(problem.item.is_closed(on) for problem in found)
    return Page(
        page.sheet,
        page.title,
        page.line,
        page.heads,
        listed,
        section="dimension",
        total=f"共{len(listed)}项，已销号{closed_count}项",
        notes=("注：结转事项保留原定时限。",),
    )


def _docket_pages(found: Sequence[Problem], units: Sequence[str], on: date) -> Iterator[Page]:
    month, came = on.replace(day=1), clues()
    if on != MONTH_ENDS[-1]:
        yield _page(on, "问题线索台账", CLUE_HEADS, clues_at(came, on))
    yield _page(on, "说不事项台账", REFUSAL_HEADS, matters_at(refusals(), on))
    yield _page(on, "办不成事台账", FAILURE_HEADS, matters_at(failures(), on))
    yield _page(on, "月度情况报告", RETURN_HEADS, returns(units, came, found, month, on))
    yield _page(on, "制度机制台账", INSTITUTION_HEADS, institutions(on))


def _own_clues(folder: Path, on: date) -> None:
    """Write the last month's clues as each department that has sent them wrote them (B13)."""
    for unit, suffix in CLUE_SENDERS.items():
        listed = [row for row in clues_at(clues(), on) if row["unit"] == row["source_unit"] == unit]
        word = "" if listed else "零报告"
        name = f"{on + timedelta(days=3):%Y%m%d} {unit} {on.year}年{on.month}月问题线索台账{word}"
        write(folder / f"{name}{suffix}", [_page(on, "问题线索台账", CLUE_HEADS, listed, unit)])


def _event_pages(found: Sequence[Problem], on: date) -> Iterator[Page]:
    chance, month = random.Random(on.toordinal()), on.replace(day=1)
    items = [problem.item for problem in found]
    checked = events.checks(chance, items, 0.45, month, on, CHECKER)
    yield _page(on, "办理流程台账", STEP_HEADS, steps(found, month, on))
    if checked:
        yield _page(on, "销号核查台账", events.CHECK_HEADS, checked)
    yield _page(on, "走访台账", VISIT_HEADS, visits(month, on))


def _ticket_page(on: date) -> Page:
    hotline = events.Hotline(
        "NY", ("12345政务服务热线", "书记主任留言板", "短信"), ("",), MATTERS, {"": 0.86}, 5
    )
    received = events.tickets(random.Random(on.toordinal()), hotline, on.replace(day=1), on)
    return _page(on, "热线工单台账", TICKET_HEADS, received)


def write_samples(folder: Path) -> None:
    """Write every sample workbook of the pack into `folder`."""
    found = problems()
    units = list(dict.fromkeys(record["unit"] for record in titles("nanyang")))
    held = activities(units, [(on.replace(day=1), on) for on in MONTH_ENDS])
    for on in MONTH_ENDS:
        month, day = f"{on.year}年{on.month}月", timedelta(days=1)
        write(folder / f"{on + 4 * day:%Y%m%d} {month}问题台账.xlsx", [_problem_page(found, on)])
        kept = [row for row in held if on.replace(day=1) <= row["held_on"] <= on]
        suffix = ".csv" if on.month == 4 else ".xlsx"
        page = _page(on, "活动记录台账", ACTIVITY_HEADS, kept)
        write(folder / f"{on + 4 * day:%Y%m%d} {month}活动记录台账{suffix}", [page])
        pages = list(_docket_pages(found, units, on))
        write(folder / f"{on + 5 * day:%Y%m%d} {month}专项台账.xlsx", pages)
        write(folder / f"{on + 5 * day:%Y%m%d} {month}热线工单.xls", [_ticket_page(on)])
        pages = list(_event_pages(found, on))
        write(folder / f"{on + 7 * day:%Y%m%d} {month}办理流程和核查台账.xlsx", pages)
    _own_clues(folder, MONTH_ENDS[-1])
    for source in (nanyang_figures, nanyang_ranks, nanyang_orders):
        for path, sheets in source.files(folder, CAMPAIGN):
            write(path, sheets)
