"""What 履职日历 opens with, from its rows alone."""

from datetime import date
from typing import Any

import pytest

from tally.board.rhythm import rhythm_verdict, span_bounds, window_words


def totals(*rows: tuple[str, int, int, int]) -> list[dict[str, Any]]:
    """Return `duty_totals` from (duty, done, late, missing)."""
    names = ("duty", "done_count", "late_count", "missing_count")
    return [dict(zip(names, row, strict=True)) for row in rows]


@pytest.mark.parametrize(
    ("rows", "state", "sentence", "detail"),
    [
        ([], "unreported", "方案里没有定期要做的事", "写法见方案文件的 duties"),
        ([("会", 0, 0, 0)], "normal", "还没有到期的履职事项", ""),
        ([("会", 4, 0, 0)], "normal", "到期的都按时做了", "按时完成 100.0%"),
        ([("会", 3, 1, 0)], "soon", "到期的都做了，其中迟 1 次", "按时完成 75.0%"),
        (
            [("会", 6, 1, 1), ("访", 0, 0, 2)],
            *("overdue", "履职缺 3 次，迟 1 次", "缺得最多：访 2 次，会 1 次；按时完成 60.0%"),
        ),
    ],
)
def test_verdict_says_what_is_missing_first(
    rows: list[Any], state: str, sentence: str, detail: str
) -> None:
    verdict = rhythm_verdict(totals(*rows))
    assert (verdict.state, verdict.sentence, verdict.detail_text) == (state, sentence, detail)


def test_verdict_says_what_is_due_soon() -> None:
    assert "14 天内到期 2 项" in rhythm_verdict(totals(("会", 1, 0, 0)), [{}, {}]).detail_text


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        ("本月", date(2023, 12, 1), date(2023, 12, 31)),
        ("本季", date(2023, 10, 1), date(2023, 12, 31)),
        ("本年", date(2023, 1, 1), date(2023, 12, 31)),
    ],
)
def test_span_is_the_calendars(span: str, first: date, last: date) -> None:
    assert span_bounds(date(2023, 12, 31), span) == {"first_on": first, "last_on": last}


def test_span_within_a_year_ends_with_its_month() -> None:
    assert span_bounds(date(2023, 2, 28), "本月")["last_on"] == date(2023, 2, 28)
    assert span_bounds(date(2023, 5, 1), "本季")["last_on"] == date(2023, 6, 30)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2023, 10, 7), date(2023, 10, 11), "10月7–11日"),
        (date(2022, 9, 26), date(2022, 10, 2), "9月26日–10月2日"),
        (date(2022, 10, 8), date(2022, 10, 8), "10月8日"),
    ],
)
def test_window_is_said_in_days(first: date, last: date, said: str) -> None:
    assert window_words(first, last) == said
