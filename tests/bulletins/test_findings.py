"""What rules found, as a notice tells it: with level, clause and consequence (D2, G1)."""

from datetime import date, datetime

from tally.bulletins import ANONYMOUS, MONTH, SHOWN, Terms
from tally.bulletins.asking import Answer, Source
from tally.bulletins.findings import ROWS_MAX, warned
from tally.store import Database
from tests.office import SLUG, trial_pack

QUERY = "rule_findings as_of=2022-09-30 is_open=True"


def found(unit: str, level: str = "red", mechanism: str = "D8") -> dict:
    """Return a row of `rule_findings`."""
    row = {"unit": unit, "level": level, "mechanism": mechanism}
    return row | {
        "sentence": "节点超期 12 天",
        "consequence": "约谈",
        "clause": "三.2「逾期的约谈」",
    }


def source(database: Database, ranking: str = SHOWN) -> Source:
    """Return what a notice of September asks."""
    moment = datetime(2022, 10, 8)
    terms = Terms(SLUG, MONTH, date(2022, 9, 1), moment, date(2022, 10, 8), ranking)
    return Source(database, trial_pack(), terms)


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
    rows = (found("甲部", mechanism="D3"), found("乙部"))
    shown = warned(source(trial_database), Answer(rows, QUERY))
    nameless = warned(source(trial_database, ANONYMOUS), Answer(rows, QUERY))
    assert [len(part.grids[0].rows) for part in (shown, nameless)] == [2, 1]


def test_long_list_is_cut_and_says_so(trial_database: Database) -> None:
    rows = tuple(found(f"事项{number}") for number in range(ROWS_MAX + 3))
    [grid] = warned(source(trial_database), Answer(rows, QUERY)).grids
    assert len(grid.rows) == ROWS_MAX and grid.note == f"只列{ROWS_MAX}项，共{ROWS_MAX + 3}项。"


def test_campaign_without_rules_says_nothing(trial_database: Database) -> None:
    assert warned(source(trial_database), None).lines == ()
    assert warned(source(trial_database), Answer((), QUERY)).lines == ()
