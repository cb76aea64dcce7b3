"""The invented survey of 相山经开区 on the 10+1 actions of 暖民心, community by community."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from data.campaigns.sampling.items import Row
from data.campaigns.sampling.pages import FORMS, Head, Page
from data.campaigns.sampling.xiangshan_items import COMMUNITIES

SURVEYED_ON = date(2022, 9, 26)
SURVEY_HEADS = (
    Head("row_number", "序号"),
    Head("action", "暖民心行动"),
    Head("community", "社区"),
    Head("surveyed_on", "调查日期", forms=("chinese",)),
    Head("asked_count", "调查人数"),
    Head("aware_count", "知晓人数"),
    Head("joined_count", "参与人数"),
    Head("rated_count", "评价人数"),
    Head("satisfied_count", "满意人数"),
    Head("method", "调查方式"),
)
# How many in a hundred know of each action, take part and are content; the office's short names.
ACTIONS = {
    "就业促进": (82, 34, 88), "新徽菜名徽厨": (61, 42, 84), "老年助餐": (90, 58, 93),
    "健康口腔": (66, 52, 86), "安心托幼": (71, 40, 82), "快乐健身": (86, 62, 90),
    "便民停车": (92, 76, 61), "放心家政": (55, 36, 85), "文明菜市": (94, 84, 74),
    "老有所学": (74, 44, 92), "+1": (48, 40, 80),
}  # fmt: skip
# Where nobody has been asked yet, and where only a few were.
NOT_ASKED = {("+1", "凤凰山社区"), ("安心托幼", "小集社区")}
FEW = {("放心家政", "小集社区"): 18, ("新徽菜名徽厨", "凤凰山社区"): 22}
WAYS = {"河北社区": "入户问卷", "王店社区": "入户问卷", "小集社区": "电话回访"}


def _some(chance: random.Random, people: int, of_hundred: float) -> int:
    return sum(chance.random() * 100 < of_hundred for _ in range(people))


def surveys() -> list[Row]:
    """Return a row an action and community; the one of 文明菜市 in 王店社区 contradicts itself."""
    chance = random.Random(11)
    rows: list[Row] = []
    for action, (known, joined, content) in ACTIONS.items():
        for place, community in enumerate(COMMUNITIES):
            if (action, community) in NOT_ASKED:
                continue
            asked = FEW.get((action, community), 90 + 10 * chance.randint(0, 5))
            less = 14 if community == "河北社区" else 0
            aware = _some(chance, asked, known - less / 2)
            took_part = min(aware, _some(chance, asked, joined - less / 3))
            rated = max(0, took_part - chance.randint(0, 3))
            satisfied = _some(chance, rated, content - less)
            if (action, community) == ("文明菜市", "王店社区"):
                satisfied = rated + 4
            rows.append(
                {
                    "action": action, "community": community,
                    "surveyed_on": SURVEYED_ON + timedelta(days=place), "asked_count": asked,
                    "aware_count": aware, "joined_count": took_part, "rated_count": rated,
                    "satisfied_count": satisfied, "method": WAYS.get(community, "现场问卷"),
                }
            )  # fmt: skip
    return rows


def files(folder: Path, campaign: str) -> Iterator[tuple[Path, list[Page]]]:
    """Yield the workbook of the survey of September."""
    line = f"汇总：领导小组办公室　　　　填报日期：{FORMS['chinese'](date(2022, 10, 6))}"
    title = f"{campaign}满意度调查台账（2022年9月）（演示数据）"
    page = Page("满意度调查", title, line, SURVEY_HEADS, surveys())
    yield folder / "20221006 2022年9月暖民心满意度调查.xlsx", [page]
