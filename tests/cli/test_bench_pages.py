"""The bench's own arithmetic, and a tiny home that is asked; how long it takes is no test."""

import json

import pytest

from tally.bench.answers import QUESTIONS, Answer, Answers
from tally.bench.dashboard import figures_of
from tally.bench.viewers import share_of
from tests.cli.terminal import Terminal


@pytest.mark.parametrize(
    ("count", "share", "expected"), [(100, 0.95, 95), (20, 0.95, 19), (1, 0.95, 1), (3, 0.5, 2)]
)
def test_share_of_the_times_lies_at_or_below_it(count: int, share: float, expected: float) -> None:
    assert share_of([float(one) for one in range(count, 0, -1)], share) == expected


def test_ratio_of_many_is_their_p95_to_the_median_of_one() -> None:
    figures = figures_of(
        "page", ([0.1, 0.2, 0.9], [0.1, 0.1], [0.4] * 19 + [5.0]), [1.0, 3.0], (1, 2, 3), 7
    )
    assert figures.together_ratio == pytest.approx(0.4 / 0.2)
    assert figures.remembered_ratio == pytest.approx(0.2 / 0.1)
    assert (figures.arriving_median, figures.arriving_p95) == (2.0, 3.0)


def test_question_that_grows_too_much_is_marked() -> None:
    answers = Answers(100, 1000, (Answer("a", 0.01, 0.031, 5), Answer("b", 0.01, 0.03, 5)))
    assert [row[-1] for row in answers.as_table()[1]] == ["超过限值", ""]


def test_bench_questions_asks_every_question_on_both_homes(terminal: Terminal) -> None:
    words = ("bench", "questions", "--rows", 600, "--repeats", 1, "--json")
    assert terminal.run(*words) == 0
    report = json.loads(terminal.out)
    assert (report["small_rows"], report["large_rows"]) == (60, 600)
    assert {one["name"] for one in report["questions"]} == set(QUESTIONS)
    assert all(one["row_count"] > 0 for one in report["questions"])
