"""What is done about a finding (family D): each step entered once, kept for good.

raised → acknowledged → acted (a talk held, a report or a rectification asked for by a day) →
closed with a reference, or withdrawn with a reason; between them slips and the unit's reply.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from tally import clock, finding_words, words
from tally.packs import SLIP_LEVELS
from tally.registry import Event
from tally.store import Database
from tally.submissions.deeds import doing
from tally.viewers import Action

STEPS = ("acknowledged", "acted", "slip", "reply", "closed", "withdrawn")


class CannotStep(ValueError):
    """The step cannot be taken; the message says why and what to write."""


@dataclass(frozen=True)
class Subject:
    """Which finding: a rule's subject since a day."""

    campaign: str
    rule: str
    subject: str
    since_on: date


@dataclass(frozen=True)
class Step:
    """One step as it is entered; `post` took it. What a step does not need stays empty.

    `acted` takes a `measure` (约谈, 书面报告 …) and may set the days; `slip` takes a level;
    `closed` a `reference` (a document's number or a ledger row); `withdrawn` and `reply` say
    why in `content`.
    """

    step: str
    step_on: date
    post: str
    measure: str = ""
    content: str = ""
    report_due_on: date | None = None
    rectify_by_on: date | None = None
    slip_level: str = ""
    reference: str = ""


def take_step(database: Database, about: Subject, step: Step) -> int:
    """Record a step on a finding and return its number; CannotStep says what is wrong."""
    _check(about, step)
    before = _before(database, about)
    _check_order(before, step)
    told = {"campaign": about.campaign, "thing": "预警督办"}
    with doing(
        database,
        Action.SUPERVISE,
        Event.PUBLISH,
        f"督办登记：{finding_words.STEPS[step.step]}",
        **told,
    ) as deed:
        slip_due_on = _slip_due(database, about.campaign, before, step)
        number = int(deed.writing.run("next_finding_step", {})[0][0])
        moment = clock.moment()
        kept = (
            asdict(about)
            | asdict(step)
            | {
                "finding_step": number,
                "slip_due_on": slip_due_on,
                "entered_at": moment,
                "from_at": moment,
            }
        )
        deed.name = str(number)
        deed.writing.insert("finding_step", [{key: value or None for key, value in kept.items()}])
    return number


def take_step_back(database: Database, number: int) -> None:
    """Take a step back; it is kept with the moment."""
    told = {"thing": "预警督办", "name": str(number)}
    with doing(database, Action.SUPERVISE, Event.ROLL_BACK, "撤销一步督办登记", **told) as deed:
        deed.writing.run("end_finding_step", {"finding_step": number, "moment": clock.moment()})


def _before(database: Database, about: Subject) -> list[dict]:
    return list(database.ask("finding_steps", asdict(about)).to_pylist())


def _check(about: Subject, step: Step) -> None:
    missing = {
        "acted": (step.measure, "请写明采取了什么方式，如 约谈"),
        "closed": (step.reference, "销号要写依据：文号，或台账里的编号"),
        "withdrawn": (step.content, "撤回要写理由"),
        "reply": (step.content, "请写明单位的申辩意见"),
        "slip": (step.slip_level, "请选择督办单的颜色"),
    }
    if not step.post.strip():
        raise CannotStep("请填写经办人的岗位（写职务，不写姓名）")
    given, remedy = missing.get(step.step, ("given", ""))
    if not given.strip():
        raise CannotStep(remedy)
    if step.step_on < about.since_on:
        since = words.iso_day(about.since_on)
        raise CannotStep(f"日期早于发现之日（{since}），请核对")
    if step.step_on > clock.today():
        raise CannotStep("日期在今天之后；请在办理之后再记")
    for limit in (step.report_due_on, step.rectify_by_on):
        if limit and limit < step.step_on:
            raise CannotStep(f"期限 {words.iso_day(limit)} 早于办理日期，请核对")


def _check_order(before: Sequence[dict], step: Step) -> None:
    if before and step.step_on < (last := before[-1]["step_on"]):
        raise CannotStep(f"上一步记在 {words.iso_day(last)}，这一步不能早于它")
    ended = [taken["step"] for taken in before if taken["step"] in ("closed", "withdrawn")]
    if ended:
        done = "销号" if ended[-1] == "closed" else "撤回"
        raise CannotStep(f"这一条已经{done}；要改，先撤销那一步")
    if step.step == "acknowledged" and any(taken["step"] == "acknowledged" for taken in before):
        raise CannotStep("这一条已经签收过")


def _slip_due(database: Database, campaign: str, before: Sequence[dict], step: Step) -> date | None:
    """Return the last day of a slip; the next colour waits until the one before is over."""
    if step.step != "slip":
        return None
    ladder = {
        row["level"]: row for row in database.stored("slips", {"campaign": campaign}).to_pylist()
    }
    if step.slip_level not in ladder:
        raise CannotStep(
            f"没有这一级督办单；可选 {'、'.join(row['slip'] for row in ladder.values())}"
        )
    issued = [taken for taken in before if taken["step"] == "slip"]
    if issued:
        last = issued[-1]
        if SLIP_LEVELS.index(step.slip_level) <= SLIP_LEVELS.index(last["slip_level"]):
            raise CannotStep(f"已经发过{ladder[last['slip_level']]['slip']}，只能往上升级")
        if step.step_on <= last["slip_due_on"]:
            due = words.iso_day(last["slip_due_on"])
            raise CannotStep(f"上一张督办单 {due} 才到期，到期未办结才能升级")
    days = ladder[step.slip_level]["working_days"]
    limit = database.stored("slip_limit", {"day": step.step_on, "working_days": days})
    [found] = limit.column(0).to_pylist()
    if found is None:
        raise CannotStep(f"没有 {step.step_on.year} 年往后的工作日安排，算不出督办单的期限")
    return found
