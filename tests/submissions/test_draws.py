"""Draws for checks on the spot: made once, recorded with who drew, repeatable (B5)."""

from dataclasses import asdict

import pytest

from tally.store import Database
from tally.submissions import remove_campaign
from tally.submissions.draws import CannotDraw, drawn_items, fresh_seed, kept_draw, make_draw
from tests.office import SLUG, Office, assert_answer, closed_of
from tests.tables import day

CLOSED = {"甲部": (12, 15), "乙部": (4, 6)}


def test_draw_is_recorded_and_its_list_recomputed(office: Office) -> None:
    office.send("2022-09", closed_of(CLOSED))
    made = make_draw(office.database, SLUG, day("09-30"), " 0707 ", 8, "督查室")
    items = drawn_items(office.database, made)
    assert len(items) == 8
    office.send("2022-09", closed_of({"甲部": (1, 15), "乙部": (4, 6)}))
    assert drawn_items(office.database, made) == items
    assert_answer(
        office.ask("draws"),
        """
        month   | as_of | seed | size_count | drawn_by
        2022-09 | 09-30 | 0707 | 8          | 督查室
        """,
    )
    kept = kept_draw(office.database, made.draw)
    assert kept is not None and asdict(kept) == asdict(made)
    assert kept_draw(office.database, 99) is None


def test_seed_serves_once_a_month(office: Office) -> None:
    office.send("2022-09", closed_of(CLOSED))
    first = make_draw(office.database, SLUG, day("09-30"), "1", 4, "督查室")
    with pytest.raises(CannotDraw, match=f"第 {first.draw} 号"):
        make_draw(office.database, SLUG, day("09-15"), "1", 9, "督查室")
    assert make_draw(office.database, SLUG, day("10-31"), "1", 4, "督查室").draw == first.draw + 1


@pytest.mark.parametrize(
    ("seed", "size", "by", "message"),
    [("", 5, "督查室", "种子"), ("1", 0, "督查室", "数量"), ("1", 5, " ", "岗位")],
)
def test_draw_says_what_is_missing(
    trial_database: Database, seed: str, size: int, by: str, message: str
) -> None:
    with pytest.raises(CannotDraw, match=message):
        make_draw(trial_database, SLUG, day("09-30"), seed, size, by)


def test_nothing_to_draw_from_is_no_draw(office: Office) -> None:
    with pytest.raises(CannotDraw, match="没有可抽查的事项"):
        make_draw(office.database, SLUG, day("09-30"), "1", 5, "督查室")
    assert office.ask("draws") == []


def test_removing_a_campaign_forgets_its_draws(office: Office) -> None:
    office.send("2022-09", closed_of(CLOSED))
    make_draw(office.database, SLUG, day("09-30"), "1", 5, "督查室")
    remove_campaign(office.database, SLUG)
    assert office.ask("draws") == []


def test_fresh_seeds_differ() -> None:
    assert len({fresh_seed() for _ in range(20)}) > 15
