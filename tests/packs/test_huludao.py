"""葫芦岛 as its document has it: three levels, who must do what when, what only the city solves."""

import re
from collections import Counter
from datetime import date

from tally.packs import packs, windows
from tests.packs.test_samples import last_of, reading

PACK = packs()["huludao"]
FIELDS = 6


def test_chain_has_three_levels_and_towns_in_two_counties() -> None:
    """A6: 市、县、乡; a town's parent is a county, and a county stands right under the city."""
    levels = {unit.name: unit.level for unit in PACK.units}
    assert Counter(levels.values()) == {"市": 10, "县": 6, "乡": 16}
    towns = [unit for unit in PACK.units if unit.parent]
    assert {levels[town.parent] for town in towns} == {"县"}
    assert Counter(town.parent for town in towns) == {"连山区": 7, "龙港区": 9}


def test_every_town_is_a_real_place_of_its_county() -> None:
    counties = {place.name: place.code[:6] for place in PACK.communities}
    for town in PACK.units:
        if town.parent:
            code = re.search(r"区划代码 (\d{9})", town.source)
            assert code, town.name
            assert code[1].startswith(counties[town.parent]), town.name


def test_duties_have_the_rhythm_of_the_text() -> None:
    """E1, E8, E12, E13: nothing is due for a month before the plan was out."""
    due = {duty.name: list(windows(PACK, duty)) for duty in PACK.duties}
    assert {name: len(found) for name, found in due.items()} == {
        "任务月调度": 9,
        "分领域专门报告": 9,
        "每月听取汇报": 9,
        "半年小结通报": 1,
        "年底评定总结": 1,
        "调查研究": 1,
        "督查暗访": 3,
    }
    assert due["任务月调度"][0].start_on == date(2021, 4, 1)
    [research] = [duty for duty in PACK.duties if duty.name == "调查研究"]
    assert research.at_least_days == 60
    hearing = next(duty for duty in PACK.duties if duty.name == "每月听取汇报")
    assert len(hearing.who) == FIELDS


def test_what_only_the_city_can_solve_is_the_offices() -> None:
    """B15."""
    owners = {one.name: one.owner for one in PACK.classes if one.axis == "level"}
    assert owners == {"市级层面": "市政府办公室", "县级层面": "", "乡级层面": ""}
    (ledger,) = reading(last_of("huludao", "市政府办公室")).ledgers
    assert {row["level"] for row in ledger.rows} == {"市级层面"}
    assert {row["unit"] for row in ledger.rows} == {"市政府办公室"}


def test_every_task_has_three_milestones_the_last_on_its_deadline() -> None:
    milestones, activities = reading(last_of("huludao", "任务节点")).ledgers
    assert (milestones.kind, activities.kind) == ("milestones", "activities")
    (tasks,) = reading(last_of("huludao", "2021年9月重点任务")).ledgers
    deadlines = {row["item_no"]: row["due_on"] for row in tasks.rows}
    assert Counter(row["item_no"] for row in milestones.rows) == dict.fromkeys(deadlines, 3)
    last = {row["item_no"]: row["due_on"] for row in milestones.rows if row["milestone_no"] == "3"}
    assert last == deadlines


def test_problem_of_a_sample_names_a_task_that_is_listed() -> None:
    (tasks,) = reading(last_of("huludao", "2021年9月重点任务")).ledgers
    known = {row["item_no"] for row in tasks.rows}
    files = [path for path in PACK.sample_files if "2021年9月问题台账" in path.name]
    rows = [row for path in files for ledger in reading(path).ledgers for row in ledger.rows]
    assert {row["task_no"] for row in rows if row["task_no"]} <= known
