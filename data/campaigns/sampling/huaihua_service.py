"""The invented 包保 of 怀化高新区: roster, visits and dispatches, coordination, approvals."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from data.campaigns.sampling import huaihua_duties as duties
from data.campaigns.sampling.items import Item, Row
from data.campaigns.sampling.pages import FORMS, Head, Page
from tally.workdays import add_workdays, is_workday

CAMPAIGN = "怀化高新区“三整顿两提升”干部作风建设专项活动"
FIRST_DAY = date(2022, 6, 1)
# How many objects of each kind the document states, with their names and short names.
KINDS = (
    ("省市园区重点项目", 38, "示例项目B", "项目"),
    ("规上工业企业", 53, "示例企业A", "企业"),
    ("投产工业企业", 37, "示例企业A", "企业"),
    ("规上服务业", 10, "示例服务企业C", "服务企业"),
)
# Who serves, under whom, and how many of a hundred weeks they visit.
OFFICES = (
    ("高新技术和产业发展局", "分管产业发展的管委会副主任", 97),
    ("招商合作局", "分管招商的管委会副主任", 82),
    ("优化办", "分管营商环境的管委会副主任", 99),
    ("政务服务中心", "分管营商环境的管委会副主任", 96),
    ("平安办", "分管政法的党工委委员", 93),
    ("组织工作局", "分管党建的党工委委员", 95),
    ("高新区办公室", "分管办公室的党工委委员", 89),
    ("纪工委监工委", "纪工委书记", 94),
)
# Objects that were visited for the last time on a day, or never (None); one is in no roster.
NEGLECTED = {
    "示例企业A17": date(2022, 8, 12), "示例项目B09": date(2022, 8, 26),
    "示例企业A66": date(2022, 7, 22), "示例企业A88": None,
}  # fmt: skip
NOT_LISTED = "示例企业A91"
MISSED_PARKED_WEEKS = {date(2022, 8, 15), date(2022, 9, 12)}
# Working days from acceptance to decision, by month: from 16 down to 5.
APPROVAL_DAYS = {6: 16, 7: 12, 8: 8, 9: 5}
MATTERS = (
    ("建设工程规划许可", "政务服务中心"), ("建筑工程施工许可", "政务服务中心"),
    ("建设用地规划许可", "政务服务中心"), ("企业投资项目备案", "高新技术和产业发展局"),
    ("排水接入许可", "高新技术和产业发展局"), ("招商项目准入审查", "招商合作局"),
)  # fmt: skip

ROSTER_HEADS = (
    Head("row_number", "序号"), Head("name", "企业（项目）名称"), Head("object_kind", "类别"),
    Head("aliases", "简称"), Head("unit", "包保单位"), Head("leader_post", "包保领导"),
    Head("contact_post", "包保责任人"),
)  # fmt: skip
VISIT_HEADS = (
    Head("object", "企业（项目）名称"), Head("visited_on", "走访日期"), Head("visit", "方式"),
    Head("unit", "包保单位"), Head("problem_count", "收集问题数"),
)  # fmt: skip
STEP_HEADS = (
    Head("item_no", "问题编号"), Head("unit", "责任单位"), Head("step", "环节"),
    Head("step_on", "日期"), Head("post", "经办职务"),
)  # fmt: skip
APPROVAL_HEADS = (
    Head("item_no", "办件编号"), Head("title", "审批事项"), Head("enterprise", "申请企业"),
    Head("unit", "审批单位"), Head("accepted_on", "受理日期"), Head("decided_on", "办结日期"),
)  # fmt: skip


@dataclass(frozen=True)
class Served:
    """An enterprise or project, who serves it, and in how many of a hundred weeks."""

    name: str
    alias: str
    kind: str
    unit: str
    leader_post: str
    visits_of_100: int

    @property
    def row(self) -> Row:
        """The line of the roster."""
        return {
            "name": self.name, "object_kind": self.kind, "aliases": self.alias,
            "unit": self.unit, "leader_post": self.leader_post,
            "contact_post": f"{self.unit}负责人",
        }  # fmt: skip


def served() -> list[Served]:
    """Return the 138 objects of the roster."""
    found: list[Served] = []
    numbers: dict[str, int] = {}
    for kind, many, name, alias in KINDS:
        for _ in range(many):
            number = numbers[name] = numbers.get(name, 0) + 1
            unit, post, share = OFFICES[len(found) * 5 % len(OFFICES)]
            found.append(
                Served(f"{name}{number:02d}", f"{alias}{number:02d}", kind, unit, post, share)
            )
    return found


def _title(words: str, on: date) -> str:
    return f"{CAMPAIGN}{words}（{on.year}年{on.month}月）（演示数据）"


def _line(on: date) -> str:
    return f"汇总：专项活动办公室　　　　填报日期：{FORMS['chinese'](on + timedelta(days=7))}"


def roster_page() -> Page:
    """Lay out the roster of 38 projects, 90 industrial and 10 service firms."""
    rows = [one.row for one in served()]
    notes = ("注：企业、项目以编号代替名称。",)
    return Page(
        "企业与项目名册", _title("企业与项目名册", FIRST_DAY), _line(FIRST_DAY), ROSTER_HEADS,
        rows, total=f"共{len(rows)}家", notes=notes,
    )  # fmt: skip


def _weeks(on: date) -> Iterator[list[date]]:
    """Yield the working days of each week, as far as they lie in the month of `on`."""
    monday = on.replace(day=1) - timedelta(days=on.replace(day=1).weekday())
    while monday <= on:
        days = [monday + timedelta(days=shift) for shift in range(7)]
        days = [day for day in days if day.month == on.month and is_workday(day)]
        if days:
            yield days
        monday += timedelta(days=7)


def _visits(items: Sequence[Item], on: date) -> list[Row]:
    """Return the month's visits and dispatches; a visit carries what it collected."""
    chance = random.Random(138 + on.toordinal())
    rows: list[Row] = []
    for days in _weeks(on):
        # A month's first or last week may be two days long: what was done in its other part counts.
        share = 1.0 if len(days) > 2 else len(days) / 5
        for one in served():
            for visit, less in (("走访", 0), ("调度", 6)):
                is_done = chance.random() * 100 < (one.visits_of_100 - less) * share
                day = chance.choice(days)
                last_on = NEGLECTED.get(one.name, on)
                if not is_done or last_on is None or day > last_on:
                    continue
                row: Row = {"object": one.name, "visited_on": day, "visit": visit, "unit": one.unit}
                rows.append(row if visit == "调度" else row | _collected(items, one, days))
    if on.month == 9:
        rows += [
            {"object": NOT_LISTED, "visited_on": day, "visit": "走访", "unit": "优化办"}
            for day in (date(2022, 9, 14), date(2022, 9, 21))
        ]
    return sorted(rows, key=lambda row: (row["visited_on"], row["visit"], row["object"]))


def _collected(items: Sequence[Item], one: Served, days: Sequence[date]) -> Row:
    found = [
        item for item in items
        if item.text["enterprise"] == one.alias and days[0] <= item.found_on <= days[-1]
    ]  # fmt: skip
    return {"problem_count": len(found)} if found else {}


def _steps(items: Sequence[Item], on: date) -> list[Row]:
    """Return the month's steps of the three levels, and the dispatches of what is put aside."""
    rows: list[Row] = []
    for position, item in enumerate(items):
        for step, day, post in _path(position, item):
            is_open = item.closed_on is None or day < item.closed_on
            if day >= FIRST_DAY and day.replace(day=1) == on.replace(day=1) and is_open:
                rows.append(_step(item, step, day, post))
        if item.open_word == "暂缓":
            rows += [
                _step(item, "调度", days[min(position % 3, len(days) - 1)], "园区班子成员")
                for days in _weeks(on)
                if _is_dispatched(position, item, days)
            ]
    return sorted(rows, key=lambda row: row["step_on"])


def _step(item: Item, step: str, day: date, post: str) -> Row:
    unit = "园区班子" if step == "调度" else item.text["unit"]
    return {
        "item_no": item.text["item_no"], "unit": unit, "step": step, "step_on": day, "post": post
    }  # fmt: skip


def _path(position: int, item: Item) -> Iterator[tuple[str, date, str]]:
    """Yield collecting, conferring and, for two in three, the committee's study of an item."""
    yield "收集", item.found_on, "包保责任人"
    # What was found before the ledger began is taken up in its first weeks.
    conferred_on = add_workdays(max(item.found_on, FIRST_DAY), 6 + position % 9)
    if position % 5 != 3:
        yield "会商", conferred_on, "包保领导"
        if position % 3:
            yield "集中研究", add_workdays(conferred_on, 14 + position % 23), "工委、管委"


def _is_dispatched(position: int, item: Item, days: Sequence[date]) -> bool:
    """Whether an item put aside was dispatched in a week: some weeks, and one item, are missed."""
    monday = days[0] - timedelta(days=days[0].weekday())
    is_missed = monday in MISSED_PARKED_WEEKS or (position % 4 == 0 and monday > date(2022, 8, 28))
    is_open = item.found_on < days[0] and (item.closed_on is None or days[-1] < item.closed_on)
    return is_open and not is_missed


def _approvals(on: date) -> list[Row]:
    """Return the month's approvals, taken in early enough to be decided within it."""
    chance = random.Random(16 + on.toordinal())
    rows: list[Row] = []
    usual = APPROVAL_DAYS[on.month]
    days = [day for week in _weeks(on) for day in week]
    for number in range(1, 27):
        title, unit = MATTERS[number % len(MATTERS)]
        accepted_on = days[chance.randrange(max(2, len(days) - usual - 2))]
        if on.month == 9 and number % 8 == 0:
            accepted_on = days[-(number // 8)]
        decided_on = add_workdays(accepted_on, usual + (0, 0, -1, 1, 0, -2, 2)[number % 7])
        one = served()[number * 11 % 138]
        rows.append({
            "item_no": f"SP{on:%Y%m}{number:03d}", "title": title, "enterprise": one.name,
            "unit": unit, "accepted_on": accepted_on,
            "decided_on": decided_on if decided_on <= on else None,
        })  # fmt: skip
    return sorted(rows, key=lambda row: (row["accepted_on"], row["item_no"]))


def pages(items: Sequence[Item], on: date) -> list[Page]:
    """Return the sheets of a month's workbook of the 包保."""
    sheets: list[tuple[str, tuple[Head, ...], list[Row]]] = [
        ("走访调度台账", VISIT_HEADS, _visits(items, on)),
        ("办理流程台账", STEP_HEADS, _steps(items, on)),
        ("审批事项台账", APPROVAL_HEADS, _approvals(on)),
        ("活动记录台账", duties.ACTIVITY_HEADS, duties.activities(on)),
    ]
    if on.month == 9:
        sheets.append(("制度机制台账", duties.INSTITUTION_HEADS, duties.institutions()))
    return [Page(name, _title(name, on), _line(on), heads, rows) for name, heads, rows in sheets]
