"""怀化 as its document has it: measures, two clocks, what is served, duties; and its samples."""

from collections import Counter
from datetime import date
from functools import cache

from tally.contracts import Ledger
from tally.intake import Brief, read
from tally.packs import packs, windows

PACK = packs()["huaihua"]


@cache
def ledgers(words: str) -> dict[str, Ledger]:
    """Return the ledgers of the pack's newest sample whose name holds the words."""
    path = [path for path in PACK.sample_files if words in path.name][-1]
    found = read(path.read_bytes(), path.name, Brief(packs=packs()))
    return {ledger.kind: ledger for ledger in found.ledgers}


def windows_of(name: str, year: int = 2022) -> list[tuple[str, str]]:
    """Return the windows of a duty that begin in a year as pairs of month and day."""
    (duty,) = [duty for duty in PACK.duties if duty.name == name]
    found = [window for window in windows(PACK, duty) if window.start_on.year == year]
    return [(f"{window.start_on:%m-%d}", f"{window.end_on:%m-%d}") for window in found]


def test_measures_fill_ten_day_windows_each_with_an_owner_and_a_product() -> None:
    """A10: five measures, the fourth of two contests."""
    assert [
        (phase.name, f"{phase.start_on:%m-%d}", f"{phase.end_on:%m-%d}") for phase in PACK.phases
    ] == [
        ("深入讨论", "09-01", "09-10"),
        ("问题清单", "09-11", "09-20"),
        ("民主生活会", "09-21", "09-30"),
        ("业绩大比武", "10-01", "10-10"),
        ("服务大评比", "10-11", "10-20"),
        ("长效机制", "10-21", "10-31"),
    ]
    assert all(phase.owner and phase.product for phase in PACK.phases)


def test_standing_clock_runs_beside_the_campaign_without_an_end() -> None:
    """A11: the 包保 goes on when the campaign ends."""
    (clock,) = PACK.clocks
    assert (clock.name, clock.end_on) == ("包保", None)
    assert clock.start_on < PACK.campaign.start_on


def test_organs_are_posts_with_powers_and_the_three_levels_end_at_the_committees() -> None:
    """A12: who may do what; who confirms a close-out is not said, and stays open."""
    organs = {organ.name: organ for organ in PACK.organs}
    assert organs["专项活动领导小组办公室"].parent == "专项活动领导小组"
    assert organs["包保责任人"].parent == "包保领导"
    assert organs["包保领导"].parent == "工委、管委"
    assert not any("确认销号" in organ.powers for organ in PACK.organs)
    assert "确认销号" in {point.about for point in PACK.open_points}


def test_themes_are_five_tasks_two_times_three_duties_and_seven_institutions() -> None:
    """A4: 三整顿两提升; A11: what projects and enterprises are owed, by which institutions."""
    assert Counter(theme.kind for theme in PACK.themes) == {
        "主要任务": 5,
        "在建项目三包": 3,
        "投产企业三包": 3,
        "包保七项制度": 7,
    }


def test_five_institutions_are_to_be_issued_by_the_end_of_october() -> None:
    """B19: what, by whom, by when."""
    issued = [one for one in PACK.deliverables if one.kind == "长效机制"]
    assert {one.due_on for one in issued} == {date(2022, 10, 31)}
    assert [one.owner for one in issued] == [
        *("纪工委监工委", "高新技术和产业发展局", "招商合作局", "政务服务中心", "督查室"),
    ]


def test_enterprises_are_counted_as_the_document_states_them() -> None:
    """E6: 38 projects, 90 industrial firms of which 53 above scale, 10 service firms."""
    stated = {kind.name: (kind.stated_count, kind.part_of) for kind in PACK.object_kinds}
    assert stated == {
        "省市园区重点项目": (38, ""),
        "投产工业企业": (90, ""),
        "规上工业企业": (53, "投产工业企业"),
        "规上服务业": (10, ""),
    }


def test_standing_duties_run_on_their_own_clock_and_the_campaigns_on_its_own() -> None:
    """E2, E10: the same calendar, two clocks."""
    on_clock = {duty.name for duty in PACK.duties if duty.clock == "包保"}
    assert {"一日一盯", "一周一结", "每月通报", "每季考核", "年度总结", "每周一走访"} <= on_clock
    assert len(windows_of("每季考核", 2023)) == 4
    assert windows_of("每周一走访")[:2] == [("06-06", "06-12"), ("06-13", "06-19")]
    # The plan is of 16 September; the campaign ends on 31 October.
    assert windows_of("怀化电视台每2周上稿2篇以上") == [
        *(("09-12", "09-25"), ("09-26", "10-09"), ("10-10", "10-23"), ("10-24", "10-31")),
    ]


def test_watching_day_by_day_leaves_holidays_out() -> None:
    """E2: 一日一盯 is a duty of working days."""
    days = [start for start, _ in windows_of("一日一盯")]
    assert "09-12" not in days  # 中秋, moved to a Monday
    assert {"10-08", "10-09"} <= set(days)  # worked for 国庆


def test_roster_of_the_samples_holds_every_object_stated() -> None:
    rows = ledgers("企业与项目名册")["enterprises"].rows
    assert Counter(row["object_kind"] for row in rows) == {
        "省市园区重点项目": 38,
        "规上工业企业": 53,
        "投产工业企业": 90 - 53,
        "规上服务业": 10,
    }
    assert len({row["name"] for row in rows}) == 138


def test_monthly_workbook_of_the_samples_holds_visits_steps_approvals_and_what_was_issued() -> None:
    found = ledgers("包保工作台账")
    assert sorted(found) == ["activities", "approvals", "institutions", "steps", "visits"]
    unlisted = {row["object"] for row in found["visits"].rows} - {
        row["name"] for row in ledgers("企业与项目名册")["enterprises"].rows
    }
    assert unlisted == {"示例企业A91"}
    assert {row["step"] for row in found["steps"].rows} == {"收集", "会商", "调度"}


def test_problems_of_the_samples_tell_how_they_were_found() -> None:
    """B12: 群众提、自己找、上级点、互相帮."""
    rows = ledgers("问题整改台账")["problems"].rows
    assert {row["found_by"] for row in rows} == {"群众提", "自己找", "上级点", "互相帮"}
