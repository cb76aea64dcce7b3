"""A campaign with duties of every kind, and how tests fill its ledgers and ask about it."""

from dataclasses import replace
from typing import Any

from tally.packs import (
    DEMO,
    Clock,
    Duty,
    ExpectedLedger,
    ItemClass,
    ObjectKind,
    Organ,
    Pack,
    Post,
    Proof,
)
from tally.submissions import Terms
from tests.office import Office, trial_pack
from tests.tables import day

PLAYED = Terms(uploaded_by=DEMO, reason=DEMO, is_sample=True)


def _duty(name: str, subjects: str, every: str, *met_by: Proof, **more: Any) -> Duty:
    return Duty(name, subjects, every, met_by, DEMO, **{"section": "例行", **more})


DUTIES = (
    _duty(
        *("月会", "units", "month", Proof("activities", "月会")),
        who=("甲部", "乙部"),
        days=(1, 5),
        is_moved=True,
        topics=("开局", "提速"),
        section="会议",
    ),
    _duty(
        *("反思", "units", "month", Proof("activities", "反思")),
        who=("甲部", "乙部"),
        days=(1, 5),
        is_moved=True,
        section="会议",
    ),
    _duty(
        *("会议情况", "units", "month", Proof("activities", "月会", "result")),
        who=("甲部",),
        section="会议",
    ),
    _duty("周结", "units", "week", Proof("activities", "周结"), who=("社区",), clock="常设"),
    _duty("走访", "objects", "week", Proof("visits", "走访"), who=("企业",), clock="常设"),
    _duty(
        *("调度", "objects", "week", Proof("visits", "调度"), Proof("steps", "调度")),
        clock="常设",
    ),
    _duty(
        *("进企业", "posts", "month", Proof("activities", "进企业"), Proof("visits", "走访")),
        who=("甲部",),
    ),
    _duty("调研", "posts", "year", Proof("activities", "调研"), at_least_days=5),
    _duty("月报", "units", "month", Proof("submissions", "problems"), who=("甲部", "乙部")),
    _duty("任务月报", "tasks", "month", Proof("tasks")),
    _duty("任务调度", "tasks", "month", Proof("steps", "调度"), who=("经济",)),
    _duty("上稿", "organs", "fortnight", Proof("activities", "上稿"), who=("办公室",), times=2),
    _duty("督导", "organs", "quarter", Proof("checks"), who=("办公室", "督查组")),
    _duty("听取", "fields", "month", Proof("activities", "听取汇报"), section="会议"),
    _duty("自查", "units", "quarter", Proof("problems", "自己找"), who=("甲部", "乙部")),
    _duty("建制度", "units", "half_year", Proof("institutions", "制度"), who=("甲部",)),
    _duty(
        *("表态", "units", "once", Proof("activities", "表态")),
        who=("甲部",),
        start_on=day("07-11"),
        end_on=day("07-20"),
    ),
)


def duty_pack() -> Pack:
    """Return the trial campaign of July to December 2022 with duties, posts, organs, objects."""
    pack = trial_pack()
    return replace(
        pack,
        campaign=replace(pack.campaign, issued_on=day("07-04")),
        ledgers=(
            ExpectedLedger("problems", "unit", DEMO, 5, DEMO),
            ExpectedLedger("tasks", "all", DEMO, 8, DEMO),
        ),
        clocks=(Clock("常设", day("08-29"), DEMO),),
        organs=(Organ("办公室", "办公室", DEMO), Organ("督查组", "督查", DEMO)),
        posts=(
            Post("甲部负责人", "甲部", DEMO, ("甲部部长",)),
            Post("乙部负责人", "乙部", DEMO),
        ),
        classes=(ItemClass("found_by", "自己找", DEMO), ItemClass("found_by", "群众提", DEMO)),
        object_kinds=(
            ObjectKind("企业", DEMO),
            ObjectKind("规上企业", DEMO, part_of="企业"),
            ObjectKind("项目", DEMO),
        ),
        duties=DUTIES,
    )


def send_on(office: Office, came_on: str, month: str, *lists: str, **options: str) -> int:
    """Publish a list that came on a day, as demonstration data do."""
    reading = office.reading(month, *lists, **options)  # type: ignore[arg-type]
    outcome = office.hand_in(replace(reading, reported_on=day(came_on)), PLAYED)
    assert outcome.status == "published" and outcome.upload, (outcome.sentence, outcome.problems)
    return outcome.upload


def asked(office: Office, duty: str, as_of: str, **more: object) -> list[dict]:
    """Return the rows of one duty."""
    return office.ask("duty_compliance", as_of, duty=[duty], **more)


def statuses(office: Office, duty: str, as_of: str, subject: str, **more: object) -> list[str]:
    """Return the statuses of one subject, window by window."""
    rows = asked(office, duty, as_of, **more)
    return [row["status"] for row in rows if row["subject"] == subject]


def held(office: Office, *rows: str, columns: str = "activity | held_on | unit") -> int:
    """Publish these rows of an activity ledger."""
    return office.send("2022-12", "\n".join([columns, *rows]), kind="activities")
