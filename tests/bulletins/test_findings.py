"""What rules found, as a notice tells it: with level, clause and consequence (D2, G1)."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from tally.bulletins import (
    ANONYMOUS,
    LEFT_OUT,
    MONTH,
    SHOWN,
    CannotNotify,
    Terms,
    file_of,
    issue,
    rankings_of,
)
from tally.bulletins.asking import Answer, Source
from tally.bulletins.findings import PERSONAL_NOTE, ROWS_MAX, warned
from tally.packs import DEMO, RANKING_KINDS, Pack, RankingUse, Rule
from tally.secrecy import Label
from tally.store import Database, rule_kind, rule_kinds
from tests.office import SLUG, trial_pack

QUERY = "rule_findings as_of=2022-09-30 is_open=True"


def ruled_pack(shown: str = "open") -> Pack:
    """Return the trial campaign with a rule on milestones and one on ranks."""
    milestone = Rule("节点", "milestone_missed", "D8", "red", "约谈", "{unit}", DEMO)
    rank = Rule("名次", "ranked_last", "D3", "red", "免职建议", "{unit}", DEMO, is_personal=True)
    return replace(trial_pack(), rules=(milestone, rank), rankings=RankingUse(shown, DEMO))


def found(unit: str, level: str = "red", rule: str = "节点") -> dict:
    """Return a row of `rule_findings`."""
    row = {"unit": unit, "level": level, "rule": rule}
    return row | {
        "sentence": "节点超期 12 天",
        "consequence": "约谈",
        "clause": "三.2「逾期的约谈」",
    }


def source(database: Database, ranking: str = SHOWN, is_personal: bool = False) -> Source:
    """Return what a notice of September asks."""
    moment = datetime(2022, 10, 8)
    terms = Terms(
        *(SLUG, MONTH, date(2022, 9, 1), moment, date(2022, 10, 8), ranking),
        has_personal_measures=is_personal,
    )
    return Source(database, ruled_pack(), terms)


def test_finding_stands_with_its_level_clause_and_consequence(trial_database: Database) -> None:
    rows = (found("甲部", "amber"), found("乙部"), found("丙部", "good"))
    part = warned(source(trial_database), Answer(rows, QUERY))
    assert part.lines == ("按规则预警、尚未办结的2项，其中红色1项、黄色1项。",)
    assert part.grids[0].rows == (
        ("■ 红", "乙部", "节点超期 12 天", "约谈", "三.2"),
        ("▲ 黄", "甲部", "节点超期 12 天", "约谈", "三.2"),
    )
    assert (part.figures[0].value, part.figures[0].query) == ("2项", QUERY)


def test_finding_out_of_a_ranking_is_kept_back_with_the_ranking(trial_database: Database) -> None:
    rows = (found("甲部", rule="名次"), found("乙部"))
    shown = warned(source(trial_database), Answer(rows, QUERY))
    nameless = warned(source(trial_database, ANONYMOUS), Answer(rows, QUERY))
    assert [len(part.grids[0].rows) for part in (shown, nameless)] == [2, 1]


def test_notice_is_held_as_closely_as_what_it_asked_for(trial_database: Database) -> None:
    asking = source(trial_database)
    asking.ask("overdue_items")
    assert asking.held is Label.INTERNAL
    asking.ask("clue_progress")
    assert asking.held is Label.SENSITIVE


def test_what_is_done_to_a_person_is_told_only_when_it_is_asked_for(
    trial_database: Database,
) -> None:
    rows = Answer((found("甲部", rule="名次"), found("乙部")), QUERY)
    [usual] = warned(source(trial_database), rows).grids
    assert [row[3] for row in usual.rows] == ["—", "约谈"]
    assert usual.note == PERSONAL_NOTE
    [told] = warned(source(trial_database, is_personal=True), rows).grids
    assert [row[3] for row in told.rows] == ["约谈", "约谈"] and told.note == ""


def test_kinds_that_tell_a_place_among_units_are_those_that_rank_them() -> None:
    """A new kind of rule that places units goes with the ranking, whatever its mechanism."""
    placing = ("rank_placed(", "is_last", "among_")
    ranked = {kind for kind in rule_kinds() if any(word in rule_kind(kind).sql for word in placing)}
    assert ranked == RANKING_KINDS


def test_notice_shows_no_more_of_the_ranking_than_the_campaign(trial_database: Database) -> None:
    anonymous, own = ruled_pack("anonymous"), ruled_pack("own")
    assert (rankings_of(anonymous), rankings_of(own)) == ((ANONYMOUS, LEFT_OUT), (LEFT_OUT,))
    assert rankings_of(trial_pack())[0] == SHOWN
    terms = source(trial_database).terms
    for refused in (
        lambda: file_of(trial_database, anonymous, terms, "docx"),
        lambda: issue(trial_database, anonymous, terms, b"", "督查室"),
    ):
        with pytest.raises(CannotNotify, match="可选 隐去名称、不含排名"):
            refused()


def test_long_list_is_cut_and_says_so(trial_database: Database) -> None:
    rows = tuple(found(f"事项{number}") for number in range(ROWS_MAX + 3))
    [grid] = warned(source(trial_database), Answer(rows, QUERY)).grids
    assert len(grid.rows) == ROWS_MAX and grid.note == f"只列{ROWS_MAX}项，共{ROWS_MAX + 3}项。"


def test_campaign_without_rules_says_nothing(trial_database: Database) -> None:
    assert warned(source(trial_database), None).lines == ()
    assert warned(source(trial_database), Answer((), QUERY)).lines == ()
