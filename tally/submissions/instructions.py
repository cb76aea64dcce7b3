"""会上交办: what a leader told somebody to do in a meeting, entered in two lines (D22)."""

from datetime import date

from tally import clock
from tally.registry import Event
from tally.store import Database
from tally.submissions.deeds import doing
from tally.viewers import Action


class CannotInstruct(ValueError):
    """The instruction cannot be entered; the message says what is missing."""


def instruct(
    database: Database,
    campaign: str,
    title: str,
    unit: str,
    due_on: date | None,
    given_by: str,
    *,
    given_on: date | None = None,
    occasion: str = "会议",
    entered_by: str = "",
) -> str:
    """Record an instruction and return its number; the 交办批示台账 goes on under that number."""
    day = given_on or clock.today()
    for given, remedy in (
        (title, "请写明交办什么事"),
        (unit, "请选择交办给哪个单位"),
        (given_by, "请写明交办人的职务（不写姓名）"),
    ):
        if not given.strip():
            raise CannotInstruct(remedy)
    if due_on and due_on < day:
        raise CannotInstruct("办结期限早于交办日期，请核对")
    told = {"campaign": campaign, "thing": "会上交办"}
    with doing(
        database, Action.SUPERVISE, Event.PUBLISH, f"登记会上交办（{unit}）", **told
    ) as deed:
        asked = {"campaign": campaign, "day": day}
        number = f"会办{day.year}-{deed.writing.run('next_instruction', asked)[0][0] + 1:03}"
        kept = {
            "item_no": number,
            "campaign": campaign,
            "title": title.strip(),
            "given_by": given_by.strip(),
            "given_on": day,
            "occasion": occasion.strip(),
            "unit": unit,
            "due_on": due_on,
            "entered_by": entered_by.strip(),
            "from_at": clock.moment(),
        }
        deed.name = number
        deed.writing.insert("meeting_instruction", [kept])
    return number
