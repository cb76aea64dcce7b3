"""The words of a meeting: what changed, and what is talked about."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """What a kind of change is called, what is counted, and the state whose colours it takes."""

    label: str
    counted: str
    state: str


# In the order of the screen: what got worse, what is to be known, what got better.
CHANGES = {
    "overdue": Change("新逾期", "项", "overdue"),
    "found": Change("新预警", "条", "overdue"),
    "reopened": Change("销号退回", "项", "overdue"),
    "late": Change("交办新逾期", "件", "overdue"),
    "gone": Change("不再列出", "项", "soon"),
    "extended": Change("延期", "项", "soon"),
    "corrected": Change("更正台账", "份", "soon"),
    "added": Change("新列入", "项", "unreported"),
    "told": Change("新交办", "件", "unreported"),
    "closed": Change("新销号", "项", "normal"),
    "ended": Change("预警了结", "条", "normal"),
    "done": Change("交办见效", "件", "normal"),
    "reported": Change("新报送", "个单位", "normal"),
    "published": Change("新发布台账", "份", "normal"),
}
DECIDE, INFORM = "请决定", "通报"
# What an entry of the agenda is made of, as it is counted.
COUNTED = {
    "escalated": "项",
    "finding": "条",
    "instruction": "件",
    "extension": "项",
    "tolerated": "项",
    "overdue": "项",
    "unreported": "个单位",
}
