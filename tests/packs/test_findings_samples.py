"""The sample ledgers of family D stand on both sides of every limit that a rule may draw."""

from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from tally.contracts import contracts
from tally.packs import packs
from tests.packs.test_samples import reading

FAMILY = (
    *("ranks", "appraisals", "points", "contests", "reviews", "instructions", "incidents"),
    *("commitments", "questionings", "cases"),
)


def rows_of(slug: str, kind: str) -> list[dict[str, Any]]:
    """Return a pack's sample rows of a kind, the files by their names."""
    readings = [reading(path) for path in packs()[slug].sample_files]
    ledgers = [ledger for one in readings for ledger in one.ledgers if ledger.kind == kind]
    return [row for ledger in ledgers for row in ledger.rows]


def places(scope: str) -> dict[tuple[str, str], dict[date, float]]:
    """Return the places of 南阳 by work and unit, then by day."""
    found: dict[tuple[str, str], dict[date, float]] = defaultdict(dict)
    for row in rows_of("nanyang", "ranks"):
        if row["scope"] == scope:
            found[row["work"], row["unit"]][row["ranked_on"]] = row["rank"]
    return found


@pytest.mark.parametrize("slug", sorted(packs()))
def test_campaign_collects_what_its_samples_hold_and_the_other_way_round(slug: str) -> None:
    collected = {entry.kind for entry in packs()[slug].ledgers} & set(FAMILY)
    assert collected == {kind for kind in FAMILY if rows_of(slug, kind)}
    assert collected


def test_each_kind_of_the_family_is_collected_somewhere() -> None:
    assert {e.kind for pack in packs().values() for e in pack.ledgers} >= set(FAMILY)


def test_units_of_nanyang_are_among_the_last_five_never_once_twice_and_three_times() -> None:
    """D3, D4: of seventeen, thirteen and below."""
    lengths = set()
    for by_day in places("全市").values():
        behind = "".join("x" if by_day[day] > 12 else " " for day in sorted(by_day))
        lengths.add(max(len(run) for run in behind.split(" ")))
    assert lengths == {0, 1, 2, 3}


def test_place_six_from_the_end_is_not_one_of_five() -> None:
    """D5 helps the last six, D3 watches the last five."""
    assert {12.0} in [set(by_day.values()) for by_day in places("全市").values()]


def test_units_of_nanyang_rise_three_places_into_the_lead_and_outside_of_it() -> None:
    """D5: a third of seventeen leads."""
    ends = [
        by_day[later]
        for by_day in places("全市").values()
        for earlier, later in pairwise(sorted(by_day))
        if by_day[earlier] - by_day[later] >= 3
    ]
    assert min(ends) <= 5 < max(ends)


def test_ranking_of_nanyang_has_a_tie_and_one_that_was_not_ranked() -> None:
    days = [row["ranked_on"] for row in rows_of("nanyang", "ranks") if row["scope"] == "全区"]
    assert sorted(Counter(days).values()) == [11, 12, 12]
    shared = Counter((row["ranked_on"], row["rank"]) for row in rows_of("nanyang", "ranks")
                     if row["scope"] == "全区")  # fmt: skip
    assert max(shared.values()) == 2


def test_last_of_each_list_of_nanyang_is_under_75_in_one_and_above_in_another() -> None:
    """D6: last and under 75; last with more; two last; last and managed from above."""
    by_list = defaultdict(list)
    for row in rows_of("nanyang", "appraisals"):
        by_list[row["list"], row["appraised_on"]].append(row)
    last = [
        [row for row in rows if row["score"] == min(other["score"] for other in rows)]
        for rows in by_list.values()
    ]
    assert {len(rows) for rows in last} == {1, 2}
    assert {rows[0]["score"] < 75 for rows in last} == {True, False}
    assert {rows[0]["is_vertical"] for rows in last if rows[0]["score"] < 75} == {True, False}
    under = [row for rows in by_list.values() for row in rows if row["score"] < 75]
    assert len(under) > sum(len(rows) for rows in last if rows[0]["score"] < 75)


def test_instructions_stand_at_every_stage_in_time_and_overdue() -> None:
    """D22: 布置, 跟踪, 督查, 见效."""
    newest = {row["item_no"]: row for row in rows_of("nanyang", "instructions")}
    stages = set()
    for row in newest.values():
        reached = [name for name in ("tracked_on", "inspected_on", "effective_on") if row[name]]
        by_then = row["effective_on"] or date(2023, 6, 30)
        stages.add((len(reached), bool(row["due_on"] and row["due_on"] < by_then)))
    both = {(stage, is_late) for stage in (0, 1, 3) for is_late in (True, False)}
    assert both | {(2, True)} <= stages


def test_incidents_are_of_every_kind_and_found_so_and_otherwise() -> None:
    """D7, D10, D18."""
    rows = [row for slug in ("nanyang", "huaihua") for row in rows_of(slug, "incidents")]
    columns = contracts()["incidents"].columns_by_name
    assert {row["kind"] for row in rows} == set(columns["kind"].choices)
    assert {row["cause"] for row in rows} == {*columns["cause"].choices, None}
    assert {row["is_attributed"] for row in rows} == {True, False, None}


def test_units_of_ningguo_handed_in_in_time_late_and_not_at_all() -> None:
    """D11, D12."""
    newest = {row["item_no"]: row for row in rows_of("ningguo", "reviews")}
    for kind in ("述职报告", "书面检讨"):
        due = [r for r in newest.values() if r["kind"] == kind and r["due_on"] < date(2021, 10, 31)]
        late = {row["handed_in_on"] and row["handed_in_on"] > row["due_on"] for row in due}
        assert late == {None, False, True}, kind
    assert {row["is_confirmed"] for row in newest.values()} == {True, False, None}


def test_contests_of_huaihua_are_scored_by_everyone_on_everything() -> None:
    """D13."""
    rows = rows_of("huaihua", "contests")
    for contest in {row["contest"] for row in rows}:
        inside = [row for row in rows if row["contest"] == contest]
        units, criteria, scorers = (
            {row[name] for row in inside} for name in ("unit", "criterion", "scorer_post")
        )
        assert len(inside) == len(units) * len(criteria) * len(scorers) == 5 * 3 * 3
        assert all(0 <= row["score"] <= row["full_score"] for row in inside)


def test_points_of_huaihua_are_given_and_taken_each_with_its_reason() -> None:
    """D14."""
    rows = rows_of("huaihua", "points")
    assert min(row["points"] for row in rows) < 0 < max(row["points"] for row in rows)
    assert all(row["reason"] and row["basis"] for row in rows)


def test_cases_of_xiangshan_come_from_its_ledgers_and_go_both_ways() -> None:
    """G2."""
    listed = {row["item_no"] for row in rows_of("xiangshan", "problems")}
    rows = rows_of("xiangshan", "cases")
    assert {row["kind"] for row in rows} == {"正面", "反面"}
    assert {row["item_no"] for row in rows} <= listed


def test_new_samples_warn_of_a_deadline_in_words_and_of_a_note_only() -> None:
    told = {
        problem.expected
        for pack in packs().values()
        for path in pack.sample_files
        if {ledger.kind for ledger in reading(path).ledgers} <= set(FAMILY)
        for problem in reading(path).problems
    }
    assert told == {"读作 2021-09-30", "不作为台账的条目"}
