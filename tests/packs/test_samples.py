"""The sample workbooks: written by the generator, read by the ordinary import."""

import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from data.campaigns.sampling import huaihua, huludao, nanyang, ningguo, xiangshan
from tally.contracts import Reading
from tally.intake import Brief, read
from tally.packs import packs

GENERATORS = {
    "huaihua": huaihua,
    "huludao": huludao,
    "nanyang": nanyang,
    "ningguo": ningguo,
    "xiangshan": xiangshan,
}
REGISTER, FIGURES = "petitions", "indicators"
# Lists that come once a quarter or year hold what happened in the months before as well.
OF_SOME_MONTHS = ("ranks", "appraisals", "points", "contests", "incidents", "questionings", "cases")
FILES = [path for pack in packs().values() for path in pack.sample_files]


@cache
def reading(path: Path) -> Reading:
    """Return what intake makes of a sample, told nothing but the packs."""
    return read(path.read_bytes(), path.name, Brief(packs=packs()))


def month_named(path: Path) -> date:
    """Return the first day of the month that the file's name tells."""
    year, month = re.search(r"(\d{4})年(\d{1,2})月", path.name).groups()
    return date(int(year), int(month), 1)


def unit_named(path: Path) -> str:
    """Return the unit between the day and the month of the file's name; empty if none."""
    return re.sub(r"\d{4}年.*", "", path.stem[9:]).strip()


def last_of(slug: str, words: str) -> Path:
    """Return the newest sample of the pack whose name holds the words."""
    return [path for path in packs()[slug].sample_files if words in path.name][-1]


@pytest.mark.parametrize("slug", sorted(GENERATORS))
def test_samples_are_what_the_generator_writes(slug: str, tmp_path: Path) -> None:
    GENERATORS[slug].write_samples(tmp_path)
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    kept = {path.name: path.read_bytes() for path in packs()[slug].sample_files}
    assert sorted(written) == sorted(kept)
    assert [name for name in written if written[name] != kept[name]] == []


def test_samples_are_few_and_small() -> None:
    assert len(FILES) <= 160
    assert max(path.stat().st_size for path in FILES) < 40_000


@pytest.mark.parametrize("slug", sorted(GENERATORS))
def test_samples_cover_four_months(slug: str) -> None:
    assert len({month_named(path) for path in packs()[slug].sample_files}) >= 4


def test_samples_of_xiangshan_miss_a_month_correct_one_and_come_late_once() -> None:
    names = [path.name for path in packs()["xiangshan"].sample_files]
    assert not [name for name in names if "凤凰山社区 2022年10月" in name]
    assert len([name for name in names if "产业发展部 2022年8月" in name]) == 2
    assert "20221018 规划建设部 2022年9月问题台账.xlsx" in names


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.parent.name} {path.name}")
def test_sample_is_read_without_error_and_recognised(path: Path) -> None:
    found = reading(path)
    assert found.errors == ()
    assert found.questions == ()
    assert found.campaign == path.parent.parent.name
    assert found.unit == unit_named(path)
    reaching_back = (REGISTER, FIGURES, *OF_SOME_MONTHS)
    lists = [ledger for ledger in found.ledgers if ledger.kind not in reaching_back]
    periods = {row["period"] for ledger in lists for row in ledger.rows}
    # A nil return has no rows, and a roster is of no month.
    other = {"零报告": set(), "名册": {None}}
    expected = next((held for word, held in other.items() if word in path.name), None)
    if lists or not found.ledgers:
        assert periods == ({month_named(path)} if expected is None else expected)
    # The register holds the petitions of the months before as well, as they stand now; a list
    # of figures the years before, and a yearly one ends with the last year that is over.
    for ledger in found.ledgers:
        if ledger.kind in reaching_back:
            last = max(row["period"] for row in ledger.rows)
            assert last == month_named(path) or (
                ledger.kind == FIGURES and last < month_named(path)
            )


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.parent.name} {path.name}")
def test_every_column_of_a_sample_finds_its_place(path: Path) -> None:
    remarks = [problem.expected for problem in reading(path).problems]
    assert [remark for remark in remarks if "不认识" in remark] == []


def test_feedback_ledger_of_huaihua_stands_at_148_collected_118_closed() -> None:
    (ledger,) = reading(last_of("huaihua", "问题整改台账")).ledgers
    owned = packs()["huaihua"].dimensions[-1].name
    states = [row["state"] for row in ledger.rows if row["dimension"] == owned]
    assert len(states) == 148
    assert states.count("closed") == 118


def test_feedback_ledger_of_huaihua_leaves_ten_deadlines_to_the_weekly_rhythm() -> None:
    (ledger,) = reading(last_of("huaihua", "问题整改台账")).ledgers
    weekly = [row for row in ledger.rows if row["is_due_derived"]]
    met = [row for row in weekly if row["closed_on"] and row["closed_on"] <= row["due_on"]]
    assert (len(weekly), len(met)) == (10, 7)


@pytest.mark.parametrize("slug", ["huaihua", "xiangshan"])
def test_ticket_has_the_deadline_that_the_list_tells_or_none(slug: str) -> None:
    (ledger,) = reading(last_of(slug, "工单")).ledgers
    assert not any(row["is_due_derived"] for row in ledger.rows)
    assert 1 <= sum(row["due_on"] is None for row in ledger.rows) <= 5


@pytest.mark.parametrize("words", ["2021年6月重点任务", "2021年9月重点任务"])
def test_task_list_of_huludao_has_the_stated_counts(words: str) -> None:
    (ledger,) = reading(last_of("huludao", words)).ledgers
    kinds = packs()["huludao"].dimensions
    stated = {kind.name: kind.stated_count for kind in kinds if kind.stated_count}
    assert Counter(row["dimension"] for row in ledger.rows) == stated


def test_indicators_of_huludao_are_those_of_the_pack() -> None:
    (ledger,) = reading(last_of("huludao", "指标完成情况")).ledgers
    numbers = [one.name for one in packs()["huludao"].indicators if one.group == "项目"]
    assert [row["indicator"] for row in ledger.rows] == numbers


def test_october_lists_of_xiangshan_hold_118_closed_but_for_whoever_did_not_report() -> None:
    files = [p for p in packs()["xiangshan"].sample_files if "10月问题台账" in p.name]
    rows = [row for path in files for ledger in reading(path).ledgers for row in ledger.rows]
    assert len(rows) == 148 - 4 - 2  # a community did not report, two items were left out
    assert sum(row["state"] == "closed" for row in rows) == 118 - 3


def rows_of(slug: str, words: str, kind: str) -> list[dict[str, Any]]:
    """Return the rows of one kind in every sample of the pack whose name holds the words."""
    files = [path for path in packs()[slug].sample_files if words in path.name]
    ledgers = [ledger for path in files for ledger in reading(path).ledgers]
    return [row for ledger in ledgers if ledger.kind == kind for row in ledger.rows]


def test_items_carried_over_into_nanyang_keep_their_deadlines() -> None:
    """A15: ten items of the year before, due before this campaign was issued."""
    rows = rows_of("nanyang", "6月问题台账", "problems")
    carried = [row for row in rows if row["carried_from"]]
    assert len(carried) == 10
    assert max(row["due_on"] for row in carried) < packs()["nanyang"].campaign.issued_on


def test_problems_of_nanyang_are_told_apart_along_every_axis_of_the_pack() -> None:
    """A13, B12: each problem has its kind, difficulty, handling and who found it."""
    rows = rows_of("nanyang", "6月问题台账", "problems")
    for axis in ("kind", "difficulty", "handling", "found_by"):
        listed = {one.name for one in packs()["nanyang"].classes if one.axis == axis}
        assert {row[axis] for row in rows} == listed, axis


def test_steps_and_checks_of_nanyang_are_about_items_of_its_list() -> None:
    known = {row["item_no"] for row in rows_of("nanyang", "问题台账", "problems")}
    followed = [row for kind in ("steps", "checks") for row in rows_of("nanyang", "流程", kind)]
    assert {row["item_no"] for row in followed} <= known
    assert sum(row.get("is_verified") is False for row in followed) == 4


def test_extension_of_nanyang_stands_in_the_steps_and_is_not_written_twice() -> None:
    """B10: approved before the deadline, old and new day kept."""
    rows = rows_of("nanyang", "流程", "steps")
    extended = [row for row in rows if row["step"] == "延期"]
    assert len(extended) == 5
    assert all(row["step_on"].isoformat() < row["old_value"] for row in extended)
    problems = rows_of("nanyang", "问题台账", "problems")
    assert {row["extended_to"] for row in problems} == {None}


def test_merged_event_of_nanyang_is_one_row_with_both_forms() -> None:
    """E3, E4: nobody enters the same meeting twice."""
    rows = rows_of("nanyang", "4月活动记录", "activities")
    merged = [row for row in rows if "双月一讨论" in row["activity"] and "一月" in row["activity"]]
    assert len(merged) >= 15
    assert {row["activity"] for row in merged} == {"双月一讨论、一月一反思、一月一整改"}
