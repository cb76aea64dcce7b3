"""Lines into the future, the year of overtaking, the multiples (C7, C8), against a naive judge."""

import random
from collections.abc import Iterator

import pytest
from pandas.testing import assert_frame_equal

from tally.board.moved_lines import moved_lines, moved_pairs
from tally.store import Database
from tally.submissions import remove_campaign
from tests.office import SLUG, Office, assert_answer
from tests.questions.rank_pack import rank_pack
from tests.tables import day

HEAD = "indicator | place | period_end_on | value | measure | frequency\n"
# 甲区 grew 10 % a year for four years, 乙区 2 %; nobody knows 丙区 before 2020.
YEARS = (
    HEAD
    + """
财政 | 甲区 | 2017-12-31 | 100    | 累计 | 年
财政 | 甲区 | 2019-12-31 | 120    | 累计 | 年
财政 | 甲区 | 2021-12-31 | 146.41 | 累计 | 年
财政 | 乙区 | 2017-12-31 | 200    | 累计 | 年
财政 | 乙区 | 2021-12-31 | 200    | 累计 | 年
财政 | 丙区 | 2020-12-31 | 140    | 累计 | 年
企业 | 甲区 | 2022-03-31 | 104    | 期末 | 月
企业 | 甲区 | 2022-09-30 | 108    | 期末 | 月
""".strip()
)


@pytest.fixture(scope="module")
def line_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One database of the campaign with lines."""
    database = Database(tmp_path_factory.mktemp("lines"), {SLUG: rank_pack()})
    yield database
    database.close()


@pytest.fixture
def line_office(line_database: Database) -> Iterator[Office]:
    """An office with lines; its campaign is empty."""
    yield Office(line_database)
    remove_campaign(line_database, SLUG)


def test_lines_go_on_from_the_last_year_published(line_office: Office) -> None:
    line_office.send("2022-09", YEARS, kind="indicators")
    rows = line_office.ask("growth_lines", "09-30")
    low = [row for row in rows if (row["place"], row["line"]) == ("甲区", "低线")]
    assert low[0]["growth_share"] == pytest.approx(0.1)
    assert (low[0]["year"], low[-1]["year"]) == (2021, 2030)
    assert low[-1]["multiple"] == pytest.approx(1.1**9)
    theirs = [row for row in rows if (row["place"], row["line"]) == ("乙区", "低线")]
    assert theirs[-1]["multiple_of_own"] == pytest.approx(200 / (146.41 * 1.1**9))
    # 2018 and 2020 were not published: no growth is told across the gap.
    told = [row for row in rows if (row["place"], row["line"]) == ("甲区", "实绩")]
    assert [(row["year"], row["growth_share"]) for row in told] == [
        (2017, None),
        (2019, None),
        (2021, None),
    ]


def test_overtaking_is_told_for_each_pair_of_lines(line_office: Office) -> None:
    line_office.send("2022-09", YEARS, kind="indicators")
    rows = line_office.ask("overtaking_year", "09-30")
    # 丙区 is brought to 2021 by its own 5 %: 147, just ahead of our 146.41.
    assert_answer(
        rows,
        """
        own_line | place | from_year | is_ahead | overtaking_year
        低线     | 乙区  | 2021      | no       | 2025
        低线     | 丙区  | 2021      | no       | 2022
        高线     | 乙区  | 2021      | no       | 2023
        高线     | 丙区  | 2021      | no       | 2022
        """,
    )
    slow = line_office.ask("overtaking_year", "09-30", growth=["甲区/低线=0.01", "乙区/低线=0"])
    assert slow[0]["overtaking_year"] is None


def naive_year(own: float, growth: float, other: float, its: float, horizon: int) -> int | None:
    """Return the first year after 2021 in which the order of 2021 has turned, year by year."""
    is_ahead = own > other or (own == other and growth < its)
    for year in range(2022, horizon + 1):
        own, other = own * (1 + growth), other * (1 + its)
        if (other > own) if is_ahead else (own > other):
            return year
    return None


def test_overtaking_agrees_with_a_naive_judge_on_random_lines(line_office: Office) -> None:
    chance = random.Random(2030)
    for _ in range(12):
        values = [round(chance.uniform(50, 200), 2) for _ in range(2)]
        growths = [round(chance.uniform(-0.04, 0.2), 4) for _ in range(2)]
        lines = [
            f"财政 | {place} | 2021-12-31 | {value} | 累计 | 年"
            for place, value in zip(("甲区", "乙区"), values, strict=True)
        ]
        line_office.send("2022-09", HEAD + "\n".join(lines), kind="indicators")
        asked = [f"甲区/低线={growths[0]}", f"乙区/低线={growths[1]}"]
        [row] = [
            row
            for row in line_office.ask("overtaking_year", "09-30", growth=asked)
            if (row["own_line"], row["place"]) == ("低线", "乙区")
        ]
        expected = naive_year(values[0], growths[0], values[1], growths[1], 2030)
        assert row["overtaking_year"] == expected, (values, growths)


def test_moved_sliders_say_what_the_questions_would(line_office: Office) -> None:
    line_office.send("2022-09", YEARS, kind="indicators")
    chance = random.Random(2035)
    asked = {"campaign": SLUG, "as_of": day("09-30"), "indicator": "财政"}
    lines, pairs = (
        line_office.database.ask(question, asked).to_pandas()
        for question in ("growth_lines", "overtaking_year")
    )
    shown = lines[lines["line"] != "实绩"].drop_duplicates(["place", "line"])
    for _ in range(20):
        growths = {
            (row["place"], row["line"]): chance.choice([0.0, round(chance.uniform(-0.05, 0.25), 3)])
            for row in shown.to_dict("records")
            if chance.random() < 0.7
        }
        words = [f"{place}/{line}={growth}" for (place, line), growth in growths.items()]
        moved = moved_lines(lines, growths)
        for question, found in (
            ("growth_lines", moved),
            ("overtaking_year", moved_pairs(pairs, moved)),
        ):
            answer = line_office.database.ask(question, asked | {"growth": words}).to_pandas()
            assert_frame_equal(found, answer[list(found.columns)], check_dtype=False, rtol=1e-9)


def test_multiple_is_held_against_its_path(line_office: Office) -> None:
    line_office.send("2022-09", YEARS, kind="indicators")
    [row] = line_office.ask("multiple_progress", "08-15")
    # In the middle of the third quarter the figure of March is the newest.
    assert (row["value"], f"{row['quarter_end_on']:%m-%d}") == (104, "09-30")
    assert row["expected_value"] == pytest.approx(100 * 2 ** (0.25 / 5))
    assert row["quarter_value"] == pytest.approx(100 * 2 ** (0.75 / 5))
    assert row["gap_value"] == pytest.approx(104 - 100 * 2 ** (0.25 / 5))
    path = line_office.ask("multiple_path", "09-30")
    assert [row["value"] for row in path[:4]] == [None, 104, None, 108]
    assert (path[0]["expected_value"], len(path)) == (100, 21)
    assert path[-1]["expected_value"] == pytest.approx(200)
