"""Ranks among peers, goals and the composite index (C3, C4, C9, C13), against a naive judge."""

import random
from collections.abc import Iterator
from typing import Any

import pytest

from tally.store import Database
from tally.submissions import remove_campaign
from tests.office import SLUG, Office, assert_answer
from tests.questions.rank_pack import PEERS, rank_pack

FIGURES = """
indicator | place | period_end_on | value | measure
税收 | 甲区 | 2021-09-30 | 8  | 累计
税收 | 甲区 | 2021-12-31 | 12 | 累计
税收 | 甲区 | 2022-08-31 | 7  | 累计
税收 | 甲区 | 2022-09-30 | 9  | 累计
税收 | 乙区 | 2021-09-30 | 8  | 累计
税收 | 乙区 | 2021-12-31 | 20 | 累计
税收 | 乙区 | 2022-08-31 | 6  | 累计
税收 | 乙区 | 2022-09-30 | 10 | 累计
税收 | 乙区 | 2022-09-30 | 10 | 累计同比
税收 | 丙区 | 2022-08-31 | 5  | 累计
税收 | 丙区 | 2022-09-30 | 9  | 累计
税收 | 丁区 | 2022-08-31 | 4  | 累计
税收 | 丁区 | 2022-09-30 | 4  | 累计
税收 | 甲区 | 2022-10-31 | 11 | 累计
能耗 | 甲区 | 2022-09-30 | 30 | 当期
能耗 | 乙区 | 2022-09-30 | 10 | 当期
能耗 | 丙区 | 2022-09-30 | 20 | 当期
"""


@pytest.fixture(scope="module")
def rank_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One database of the campaign with peers."""
    database = Database(tmp_path_factory.mktemp("ranks"), {SLUG: rank_pack()})
    yield database
    database.close()


@pytest.fixture
def rank_office(rank_database: Database) -> Iterator[Office]:
    """An office among peers; its campaign is empty."""
    yield Office(rank_database)
    remove_campaign(rank_database, SLUG)


def test_places_are_ranked_and_told_what_a_place_costs(rank_office: Office) -> None:
    rank_office.send("2022-10", FIGURES, kind="indicators")
    asked: dict[str, Any] = {"indicator": "税收", "scope": "全市"}
    rows = rank_office.ask("peer_ranking", "10-31", **asked)
    # October is not ranked: only one of four that once published has.
    assert_answer(
        rows,
        """
        place | period_end_on | value | rank | is_tied | published_count | rank_change | above_place
        乙区  | 2022-09-30    | 10    | 1    | no      | 4               | 1           | —
        丙区  | 2022-09-30    | 9     | 2    | yes     | 4               | 1           | 乙区
        甲区  | 2022-09-30    | 9     | 2    | yes     | 4               | -1          | 乙区
        丁区  | 2022-09-30    | 4     | 4    | no      | 4               | 0           | 丙区
        戊区  | 2022-09-30    | —     | —    | no      | 4               | —           | —
        """,
    )
    # The one above ended last year at 20 and says it grows 10 %: 22, three months to go.
    assert_answer(
        [rows[2]],
        "gap_above | gap_below | needed_value | needed_per_month | needed_growth_share | months_left\n"
        "1         | 5         | 22           | 13/3             | 10/12               | 3",
    )
    # By growth: 9 of 8 is 12.5 %, ahead of the 10 % that was published.
    rows = rank_office.ask("peer_ranking", "10-31", by="growth", **asked)
    assert [(row["place"], row["rank"]) for row in rows[:3]] == [
        ("甲区", 1),
        ("乙区", 2),
        ("丁区", None),
    ]
    # Less energy is better.
    rows = rank_office.ask("peer_ranking", "10-31", indicator="能耗", scope="全市")
    assert [row["place"] for row in rows[:3]] == ["乙区", "丙区", "甲区"]


def test_history_keeps_gaps_and_a_place_alone_is_not_ranked(rank_office: Office) -> None:
    rank_office.send("2022-10", FIGURES, kind="indicators")
    rows = rank_office.ask("peer_rank_history", "10-31", indicator="税收", scope="全市")
    own = [row for row in rows if row["place"] == "甲区"]
    assert [(f"{row['period_end_on']:%y%m}", row["rank"], row["is_counted"]) for row in own] == [
        ("2109", 1, True),
        ("2112", 2, True),
        ("2208", 1, True),
        ("2209", 2, True),
        ("2210", None, False),
    ]
    gap = [row["rank"] for row in rows if row["place"] == "丙区"]
    assert gap == [None, None, 3, 2, None]


def naive_ranks(values: dict[str, float | None], is_down: bool) -> dict[str, int | None]:
    """Return each place's rank: one more than the places that are better."""
    known = {place: value for place, value in values.items() if value is not None}
    return {
        place: None
        if value is None or len(known) < 2
        else 1 + sum((other < value) if is_down else (other > value) for other in known.values())
        for place, value in values.items()
    }


def test_ranks_agree_with_a_naive_judge_on_random_figures(rank_office: Office) -> None:
    chance = random.Random(20220930)
    months = [f"2022-{month:02}-{day}" for month, day in ((6, 30), (7, 31), (8, 31), (9, 30))]
    drawn = {
        (name, month): {place: chance.choice([None, *map(float, range(1, 7))]) for place in PEERS}
        for name in ("税收", "能耗")
        for month in months
    }
    lines = [
        f"{name} | {place} | {month} | {value:g} | {'累计' if name == '税收' else '当期'}"
        for (name, month), values in drawn.items()
        for place, value in values.items()
        if value is not None
    ]
    head = "indicator | place | period_end_on | value | measure"
    rank_office.send("2022-09", "\n".join([head, *lines]), kind="indicators")
    rows = rank_office.ask("peer_rank_history", "09-30", scope="全市")
    found = {
        (row["indicator"], str(row["period_end_on"]), row["place"]): row["rank"] for row in rows
    }
    for (name, month), values in drawn.items():
        for place, rank in naive_ranks(values, name == "能耗").items():
            assert found.get((name, month, place)) == rank, (name, month, place)


def test_index_weighs_its_parts_and_names_what_is_missing(rank_office: Office) -> None:
    rank_office.send("2022-10", FIGURES, kind="indicators")
    rows = rank_office.ask("index_ranking", "10-31", index="运行", scope="全市")
    # 税收 10 9 9 4 scale to 100, 83.3, 83.3, 0; 能耗 10 20 30, less being better, to 100, 50, 0.
    found = {row["place"]: (row["score"], row["rank"], row["missing_parts"]) for row in rows}
    assert found["乙区"] == (100, 1, [])
    assert found["丙区"][0] == pytest.approx(75)
    assert found["甲区"][0] == pytest.approx(62.5)
    assert found["丁区"] == (0, 4, ["能耗"])
    assert found["戊区"] == (None, None, ["税收", "能耗"])
    # With all the weight on energy, who used most is last, and 丁区 cannot be ranked.
    weights = ["税收=0", "能耗=1"]
    rows = rank_office.ask("index_ranking", "10-31", index="运行", scope="全市", weight=weights)
    assert [(row["place"], row["rank"]) for row in rows[:4]] == [
        ("乙区", 1),
        ("丙区", 2),
        ("甲区", 3),
        ("丁区", None),
    ]
    scores = rank_office.ask("index_parts", "10-31", index="运行", scope="全市", method="z")
    energy = {row["place"]: row["score"] for row in scores if row["indicator"] == "能耗"}
    assert energy["丙区"] == pytest.approx(0)
    assert energy["乙区"] == pytest.approx(10 / (200 / 3) ** 0.5)


def test_goals_are_held_against_the_rank_at_their_checkpoint(rank_office: Office) -> None:
    rank_office.send("2022-10", FIGURES, kind="indicators")
    table = "indicator | place | period_end_on | value | measure | frequency\n"
    told = "考核 | 甲区 | 2020-12-31 | 4 | 位次 | 年\n考核 | 甲区 | 2021-12-31 | 3 | 位次 | 年"
    rank_office.send("2022-09", table + told, kind="indicators")
    rows = rank_office.ask("goal_standing", "10-31")
    assert_answer(
        rows,
        """
        subject | kind      | goal_rank | is_passed | rank | places_missing | is_reached
        税收    | indicator | 1         | no        | 2    | 1              | no
        税收    | indicator | 3         | yes       | 1    | 0              | yes
        税收    | indicator | —         | no        | 2    | 1              | no
        运行    | index     | 2         | no        | 3    | 1              | no
        考核    | appraisal | 2         | no        | 3    | 1              | no
        """,
    )
    ranks = rank_office.ask("appraisal_ranks", "10-31")
    assert_answer(ranks, "rank | rank_change | is_latest\n4 | — | no\n3 | 1 | yes")
