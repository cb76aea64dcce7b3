"""The invented projects of 葫芦岛, from reserve to completion, as three months' lists tell them."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from data.campaigns.sampling.items import Row
from data.campaigns.sampling.pages import FORMS, Head, Page

PROJECT_MONTHS = (date(2021, 7, 31), date(2021, 8, 31), date(2021, 9, 30))
PROJECT_HEADS = (
    Head("item_no", "项目编号"),
    Head("title", "项目名称"),
    Head("unit", "责任单位"),
    Head("kind", "项目类别"),
    Head("stage", "项目阶段"),
    Head("stage_on", "进入阶段日期"),
    Head("invested_total", "总投资（亿元）"),
    Head("funds_won", "争取上级资金（万元）"),
    Head("signed_on", "签约日期"),
    Head("started_on", "开工日期"),
    Head("resumed_on", "复工日期"),
    Head("supply", "供地方式", "项目准入"),
    Head("land_mu", "用地（亩）", "项目准入"),
    Head("tax_wan", "预计年税收（万元）", "项目准入"),
    Head("check_industry", "产业层次", "项目准入"),
    Head("check_tax", "亩均税收", "项目准入"),
    Head("check_environment", "环保", "项目准入"),
    Head("check_labour", "用工", "项目准入"),
    Head("check_safety", "安全", "项目准入"),
    Head("check_energy", "能耗", "项目准入"),
    Head("check_fit", "产业契合度", "项目准入"),
    Head("obstacle", "卡点"),
)
CHECKS = (
    *("check_industry", "check_tax", "check_environment", "check_labour", "check_safety"),
    *("check_energy", "check_fit"),
)
UNITS = ("连山区", "龙港区", "南票区", "兴城市", "绥中县", "建昌县", "市商务局", "市住房城乡建设局")
OBSTACLES = ("用地指标未落实", "林地手续未办结", "资金未到位", "征收尚有剩余户", "环评未批复")
# How many there are of each fate: what is carried on from last year, what moves this year.
FATES = {"resumed": 180, "started": 138, "signed": 98, "reserve": 262, "new": 16}
SUPPLIES = ("新供地", "新供地", "盘活", "租赁厂房")


@dataclass(frozen=True)
class Project:
    """One project: what never changes of it, and the days on which it came into each stage."""

    text: Row
    stages: Sequence[tuple[date, str]]
    days: dict[str, date] = field(default_factory=dict)
    obstacle: str = ""

    def row(self, on: date) -> Row | None:
        """Return the project as the list of a month says, None while it has no stage."""
        entered = [(day, stage) for day, stage in self.stages if day <= on]
        if not entered:
            return None
        stage_on, stage = max(entered)
        days = {name: day for name, day in self.days.items() if day <= on}
        waits = stage in ("签约", "前期") and (on - stage_on).days > 60
        held = {"obstacle": self.obstacle} if waits else {}
        return {**self.text, **days, **held, "stage": stage, "stage_on": stage_on}


def _day(chance: random.Random, first: date, last: date) -> date:
    return first + timedelta(days=chance.randint(0, (last - first).days))


def _course(chance: random.Random, fate: str) -> tuple[list[tuple[date, str]], dict[str, date]]:
    """Return when a project of a fate came into its stages, and the days its list gives."""
    if fate == "resumed":
        back = _day(chance, date(2021, 3, 1), date(2021, 9, 15))
        days = {
            "started_on": _day(chance, date(2020, 4, 1), date(2020, 11, 30)),
            "resumed_on": back,
        }
        ended = [(_day(chance, date(2021, 8, 1), date(2021, 9, 28)), "竣工")]
        return [(back, "推进"), *(ended if chance.random() < 0.12 else [])], days
    if fate in ("reserve", "new"):
        months = (1, 6) if fate == "reserve" else (8, 9)
        into = _day(chance, date(2021, months[0], 4), date(2021, months[1], 28))
        moved = [(_day(chance, date(2021, 7, 5), date(2021, 9, 28)), "前期")]
        return [(into, "储备"), *(moved if fate == "reserve" and chance.random() < 0.1 else [])], {}
    last = date(2021, 7, 20) if fate == "started" else date(2021, 9, 24)
    signed = _day(chance, date(2021, 1, 8), last)
    prepared = signed + timedelta(days=chance.randint(12, 40))
    stages, days = [(signed, "签约"), (prepared, "前期")], {"signed_on": signed}
    if fate == "started":
        begun = prepared + timedelta(days=chance.randint(30, 90))
        pushed = begun + timedelta(days=chance.randint(25, 60))
        return [*stages, (begun, "开工"), (pushed, "推进")], {**days, "started_on": begun}
    return stages, days


def _admission(chance: random.Random, is_landed: bool) -> Row:
    """Return how a project gets its land and what its checks say."""
    land = chance.choice((18, 25, 32, 40, 60, 85))
    per_mu = chance.choice((8, 13, 14, 15, 16, 18, 20, 24))
    checked: Row = dict.fromkeys(CHECKS, "是")
    if not is_landed and chance.random() < 0.35:
        checked |= dict.fromkeys(chance.sample(CHECKS, 2), "未审")
    if chance.random() < 0.18:
        checked[chance.choice(CHECKS)] = "否"
    supply = chance.choice(SUPPLIES)
    return {"supply": supply, "land_mu": land, "tax_wan": land * per_mu, **checked}


def projects() -> list[Project]:
    """Return every project in the order of the list."""
    chance = random.Random(2021)
    listed: list[Project] = []
    for fate, count in FATES.items():
        for _ in range(count):
            number = len(listed) + 1
            kind = "产业类" if chance.random() < 0.8 else chance.choice(("城建类", "民生类"))
            stages, days = _course(chance, fate)
            text: Row = {
                "item_no": f"XM-{number:03d}", "title": f"{kind[:2]}示例项目{number:03d}",
                "unit": chance.choice(UNITS), "kind": kind,
                "invested_total": round(chance.choice((0.3, 0.5, 0.8, 1.2, 2.5, 5)), 1),
            }  # fmt: skip
            if fate in ("started", "signed") and kind == "产业类" and number % 6 == 0:
                text |= _admission(chance, fate == "started")
            if fate in ("resumed", "started") and number % 3 == 0:
                text["funds_won"] = chance.choice((1100, 2400, 3600, 5600))
            obstacle = chance.choice((*OBSTACLES, "", ""))
            listed.append(Project(text, stages, days, obstacle))
    return listed


def project_rows(listed: Sequence[Project], on: date) -> list[Row]:
    """Return the list of a month."""
    return [row for project in listed if (row := project.row(on))]


def files(folder: Path, campaign: str) -> Iterator[tuple[Path, list[Page]]]:
    """Yield a workbook a month."""
    listed = projects()
    for on in PROJECT_MONTHS:
        month, sent_on = f"{on.year}年{on.month}月", on + timedelta(days=7)
        # Only the day: a body that is named as the sender would be read as the only one that acts.
        line = f"填报日期：{FORMS['chinese'](sent_on)}"
        title = f"{campaign}项目台账（{month}）（演示数据）"
        page = Page("项目台账", title, line, PROJECT_HEADS, project_rows(listed, on))
        yield folder / f"{sent_on:%Y%m%d} {month}项目台账.xlsx", [page]
