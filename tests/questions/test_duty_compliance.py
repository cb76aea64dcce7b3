"""duty_compliance: who did what they must, in each window it was due in (E1–E13, D1)."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tally.packs import packs, windows
from tally.store import Database
from tests.office import SLUG, Office, assert_answer
from tests.questions.duty_pack import asked, held, send_on, statuses
from tests.tables import day


@pytest.fixture
def office(duty_office: Office) -> Office:
    """An office with duties."""
    return duty_office


def test_done_late_missing_and_not_yet_due_are_four_things(office: Office) -> None:
    """E3: October's window meets the holiday and is 8 to 12 October."""
    held(
        office,
        "月会 | 08-03 | 甲部",
        "月会 | 09-09 | 甲部",
        "月会 | 11-03 | 甲部",
    )
    rows = [row for row in asked(office, "月会", "11-03") if row["subject"] == "甲部"]
    assert_answer(
        rows,
        """
        window_number | window_start_on | window_end_on | status      | topic | met_on | met_count
        1             | 07-01           | 07-05         | missing     | 开局  | —      | 0
        2             | 08-01           | 08-05         | done        | 提速  | 08-03  | 1
        3             | 09-01           | 09-05         | late        | —     | 09-09  | 1
        4             | 10-08           | 10-12         | missing     | —     | —      | 0
        5             | 11-01           | 11-05         | done        | —     | 11-03  | 1
        6             | 12-01           | 12-05         | not yet due | —     | —      | 0
        """,
    )


@pytest.mark.parametrize(
    ("as_of", "status"),
    [("08-01", "not yet due"), ("08-05", "not yet due"), ("08-06", "missing"), ("08-09", "late")],
)
def test_window_is_over_the_day_after_its_last(office: Office, as_of: str, status: str) -> None:
    held(office, "月会 | 08-09 | 甲部")
    assert statuses(office, "月会", as_of, "甲部")[1] == status


def test_what_happens_after_the_day_asked_is_not_known_yet(office: Office) -> None:
    held(office, "月会 | 08-03 | 甲部")
    assert statuses(office, "月会", "08-02", "甲部")[1] == "not yet due"


def test_proof_of_the_next_window_does_not_heal_the_one_before(office: Office) -> None:
    held(office, "月会 | 09-01 | 甲部")
    assert statuses(office, "月会", "09-30", "甲部")[:3] == ["missing", "missing", "done"]


def test_month_named_decides_where_the_day_would_mislead(office: Office) -> None:
    """Held in September for August it is late for August, and nothing for September."""
    columns = "activity | held_on | unit | covers"
    held(office, "月会 | 09-02 | 甲部 | 2022-08", "月会 | 09-30 | 乙部 | 2022-10", columns=columns)
    assert statuses(office, "月会", "10-31", "甲部")[:3] == ["missing", "late", "missing"]
    # Before the window opens, but for its month.
    assert statuses(office, "月会", "10-31", "乙部")[:4] == ["missing"] * 3 + ["done"]


def test_joint_event_of_two_forms_counts_for_each_partner_and_each_form(office: Office) -> None:
    """E4: in even months one merged event satisfies both."""
    columns = "activity | held_on | unit | partners"
    held(office, "月会、反思 | 08-03 | 甲部 | 乙部、丙部", columns=columns)
    for duty in ("月会", "反思"):
        for unit in ("甲部", "乙部"):
            assert statuses(office, duty, "08-31", unit)[1] == "done", (duty, unit)


def test_only_rows_in_which_the_named_column_is_filled_count(office: Office) -> None:
    """E3: the result is reported each time."""
    columns = "activity | held_on | unit | result"
    held(office, "月会 | 08-03 | 甲部 | —", "月会 | 09-02 | 甲部 | 建议3条", columns=columns)
    assert statuses(office, "会议情况", "09-30", "甲部")[:3] == ["missing", "missing", "done"]


def test_proof_leads_to_its_row(office: Office) -> None:
    upload = held(office, "月会 | 08-05 | 甲部", "月会 | 08-03 | 甲部")
    row = asked(office, "月会", "08-31")[1]
    place = [row[name] for name in ("ledger", "upload", "sheet", "row", "met_on")]
    assert place == ["activities", upload, "台账", 3, day("08-03")]
    assert row["file"] == "合并2022-12活动记录台账.xlsx"


OBJECTS = """
    name  | object_kind | unit | aliases
    一厂  | 企业        | 甲部 | 第一厂
    二厂  | 规上企业    | 乙部 | —
    大桥  | 项目        | 甲部 | —
"""
VISITS = "object | visited_on | visit | unit | post"


def test_visit_proves_the_week_of_its_object_whatever_name_it_is_called(office: Office) -> None:
    """E6: kinds that are part of a kind are meant with it; a visit by any unit counts."""
    office.send("", OBJECTS, kind="enterprises")
    visits = f"{VISITS}\n第一厂 | 08-31 | — | 丙部 | —\n二厂 | 09-13 | 走访 | 乙部 | —"
    office.send("2022-09", visits, kind="visits")
    rows = asked(office, "走访", "09-18", last_on=day("09-18"))
    assert_answer(
        rows,
        """
        subject | unit | window_start_on | window_end_on | status
        一厂    | 甲部 | 08-29           | 09-04         | done
        一厂    | 甲部 | 09-05           | 09-11         | missing
        一厂    | 甲部 | 09-12           | 09-18         | not yet due
        二厂    | 乙部 | 08-29           | 09-04         | missing
        二厂    | 乙部 | 09-05           | 09-11         | missing
        二厂    | 乙部 | 09-12           | 09-18         | done
        """,
    )


def test_visit_that_names_two_objects_proves_the_week_of_both(office: Office) -> None:
    office.send("", OBJECTS, kind="enterprises")
    office.send("2022-09", f"{VISITS}\n第一厂、二厂 | 09-06 | 走访 | 甲部 | —", kind="visits")
    rows = asked(office, "走访", "09-11", first_on=day("09-05"), last_on=day("09-11"))
    assert_answer(rows, "subject | status | met_on\n一厂 | done | 09-06\n二厂 | done | 09-06")


def test_object_owes_visits_from_the_first_to_the_last_month_of_its_roster(office: Office) -> None:
    """E6: of the first month's roster from the clock's start; a correction is the month's roster."""
    for came_on, names in (
        ("07-20", "一厂 错厂"),
        ("07-29", "一厂 二厂"),
        ("09-20", "二厂 三厂"),
    ):
        rows = "\n".join(
            ["name | object_kind | unit", *(f"{n} | 企业 | 甲部" for n in names.split())]
        )
        send_on(office, came_on, "", rows, kind="enterprises")
    rows = asked(office, "走访", "10-02", last_on=day("10-02"))
    weeks: dict[str, list[str]] = {}
    for row in rows:
        weeks.setdefault(row["subject"], []).append(f"{row['window_start_on']:%m-%d}")
    start = weeks["二厂"][0]
    assert {name: (first[0], first[-1]) for name, first in weeks.items()} == {
        "一厂": (start, "08-29"),
        "二厂": (start, "09-26"),
        "三厂": ("08-29", "09-26"),
    }


def test_dispatch_of_an_enterprises_problem_proves_its_dispatch(office: Office) -> None:
    """What one ledger says is not asked for again: a step, or a row among the visits."""
    office.send("", OBJECTS, kind="enterprises")
    office.send("2022-09", "item_no | unit | enterprise\nP1 | 甲部 | 一厂")
    office.send(
        "2022-09", "item_no | unit | step | step_on\nP1 | 甲部 | 调度 | 09-01", kind="steps"
    )
    office.send("2022-09", f"{VISITS}\n大桥 | 09-02 | 调度 | 甲部 | —", kind="visits")
    rows = asked(office, "调度", "09-04", last_on=day("09-04"))
    found = {row["subject"]: (row["status"], row["ledger"]) for row in rows}
    assert found == {
        "一厂": ("done", "steps"),
        "二厂": ("not yet due", None),
        "大桥": ("done", "visits"),
    }


def test_visit_by_a_post_proves_its_monthly_form(office: Office) -> None:
    """E5: 进企业 is met by a row among the visits; a post is known by its other names."""
    visits = (
        f"{VISITS}\n一厂 | 08-31 | 走访 | 丙部 | 甲部部长、某科长\n二厂 | 10-02 | 走访 | 甲部 | —"
    )
    office.send("2022-09", visits, kind="visits")
    assert [row["subject"] for row in asked(office, "进企业", "07-31")] == ["甲部负责人"] * 6
    found = statuses(office, "进企业", "10-31", "甲部负责人")
    assert found[:4] == ["missing", "done", "missing", "not yet due"]


def test_days_are_added_up_and_each_counts_once(office: Office) -> None:
    """E8: 3 and 3 days of which 1 is the same are 5; one that has not passed is none."""
    columns = "activity | held_on | ended_on | unit | post"
    held(
        office,
        "调研 | 08-01 | 08-03 | 甲部 | 甲部负责人",
        "调研 | 08-03 | 08-05 | 甲部 | 甲部负责人、乙部负责人",
        columns=columns,
    )
    rows = asked(office, "调研", "08-05")
    assert_answer(
        rows,
        """
        subject    | window_start_on | window_end_on | needed_count | met_count | status      | met_on
        甲部负责人 | 01-01           | 12-31         | 5            | 5         | done        | 08-05
        乙部负责人 | 01-01           | 12-31         | 5            | 3         | not yet due | —
        """,
    )
    assert asked(office, "调研", "08-04")[0]["met_count"] == 4


def test_filters_narrow_to_units_leagues_posts_and_classes(office: Office) -> None:
    assert {row["subject"] for row in asked(office, "周结", "09-30")} == {"东社区", "西社区"}
    assert {row["subject"] for row in asked(office, "月会", "09-30", unit=["乙部"])} == {"乙部"}
    assert asked(office, "月会", "09-30", league="社区") == []
    posts = {row["subject"] for row in asked(office, "月会", "09-30", post="第一副主任")}
    assert posts == {"甲部", "乙部"}
    assert asked(office, "月会", "09-30", post="第二副主任") == []
    own = asked(office, "进企业", "09-30", post="甲部负责人")
    assert {row["subject"] for row in own} == {"甲部负责人"}


def test_later_windows_are_left_out_unless_asked_for(office: Office) -> None:
    last = asked(office, "周结", "12-10", unit=["东社区"])[-1]
    assert last["window_start_on"] == day("2023-01-09")
    further = asked(office, "周结", "12-10", unit=["东社区"], last_on=day("2023-02-28"))[-1]
    assert further["window_start_on"] == day("2023-02-27")


def test_state_of_knowledge_can_be_asked_back(office: Office) -> None:
    before = office.now()
    held(office, "月会 | 08-03 | 甲部")
    assert statuses(office, "月会", "08-31", "甲部", known_at=before)[1] == "missing"
    assert statuses(office, "月会", "08-31", "甲部")[1] == "done"


def test_what_was_taken_back_proves_nothing(office: Office) -> None:
    office.take_back(held(office, "月会 | 08-03 | 甲部"))
    assert statuses(office, "月会", "08-31", "甲部")[1] == "missing"


@pytest.fixture(scope="module")
def visiting_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office with the plan of unannounced visits, as nanyang has it."""
    pack = replace(packs()["nanyang"], slug=SLUG)
    database = Database(tmp_path_factory.mktemp("visiting"), {SLUG: pack})
    yield Office(database)
    database.close()


def test_unannounced_visits_keep_a_theme_a_month_and_a_focus_a_quarter(
    visiting_office: Office,
) -> None:
    """E13: a visit that names no theme keeps no plan."""
    held(
        visiting_office,
        "暗访         | 2023-03-21 | 专项暗访组 | 窗口服务",
        "暗访         | 2023-04-19 | 专项暗访组 | —",
        "暗访季度重点 | 2023-03-20 | 专项暗访组 | 作风",
        columns="activity | held_on | unit | topic",
    )

    def kept(duty: str) -> list[tuple[str, str | None, str | None]]:
        rows = asked(visiting_office, duty, "2023-05-31", last_on=day("2023-05-31"))
        return [(row["status"], row["topic"], row["proof_topic"]) for row in rows]

    months = [("done", None, "窗口服务"), ("missing", None, None), ("not yet due", None, None)]
    assert kept("暗访") == months
    assert kept("暗访季度重点") == [("done", None, "作风"), ("not yet due", None, None)]


def test_plan_of_unannounced_visits_is_owed_and_its_themes_stay_open() -> None:
    """E13: the plan is due, what is found has its channel; no theme is in the text, so none here."""
    pack = packs()["nanyang"]
    assert "年度暗访工作计划" in [one.name for one in pack.deliverables]
    assert "暗访的重点和主题" in [point.about for point in pack.open_points]
    assert ("channel", "暗访督查") in [(one.axis, one.name) for one in pack.classes]
    planned = {duty.name: duty for duty in pack.duties if duty.name in ("暗访", "暗访季度重点")}
    assert {name: duty.every for name, duty in planned.items()} == {
        "暗访": "month",
        "暗访季度重点": "quarter",
    }
    themes = replace(planned["暗访"], topics=("窗口服务", "项目建设"))
    assert [window.topic for window in windows(pack, themes)][:3] == ["窗口服务", "项目建设", ""]
