"""Is a change real (item 9): limits from ten points on, a threshold below, and a naive judge."""

import calendar
import random
from collections.abc import Callable, Sequence
from datetime import date

import pytest

from tally.packs import DEMO, Indicator, Threshold
from tests.office import Office, assert_answer

HEAD = "indicator | measure | period_end_on | value"


def ends(year: int, month: int, many: int) -> list[date]:
    """Return the last days of months that follow each other."""
    firsts = [divmod(year * 12 + month - 1 + step, 12) for step in range(many)]
    return [date(y, m + 1, calendar.monthrange(y, m + 1)[1]) for y, m in firsts]


def sent(
    office: Office, measure: str, figures: dict[date, float], indicator: str = "税收"
) -> list[dict]:
    """Publish figures of one indicator and return its points."""
    lines = [f"{indicator} | {measure} | {day} | {value!r}" for day, value in figures.items()]
    office.send("2022-12", "\n".join([HEAD, *lines]), kind="indicators")
    return office.ask("indicator_signals", "12-31", indicator=indicator)


def naive(points: Sequence[tuple[date, float]]) -> list[tuple[float, float, str | None]]:
    """Return the limits and the signal of each of the newest 24 points, month by month."""
    newest = points[-24:]
    months = [day.year * 12 + day.month for day, _ in newest]
    values = [value for _, value in newest]
    mean = sum(values) / len(values)
    ranges = [
        abs(values[i] - values[i - 1])
        for i in range(1, len(values))
        if months[i] - months[i - 1] == 1
    ]
    reach = 2.66 * sum(ranges) / len(ranges)
    found = []
    for i, value in enumerate(values):
        run, at = 0, i
        while at >= 0 and (values[at] - mean) * (value - mean) > 0:
            run += 1
            if at and months[at] - months[at - 1] > 1:
                break
            at -= 1
        signal = "outside" if abs(value - mean) > reach else "run" if run >= 8 else None
        found.append((mean - reach, mean + reach, signal))
    return found


def test_signals_of_the_header_s_example(office: Office) -> None:
    values = (5, 6, 5, 6, 5, 6, 5, 6, 5, 10)
    rows = sent(office, "同比", dict(zip(ends(2022, 3, 10), map(float, values), strict=True)))
    assert [(row["signal"], row["verdict"], row["rule"]) for row in rows] == [
        *[(None, "held", "limits")] * 9,
        ("outside", "improved", "limits"),
    ]
    assert rows[-1]["high_limit"] == pytest.approx(5.9 + 2.66 * 13 / 9)
    assert [row["is_newest"] for row in rows] == [False] * 9 + [True]


@pytest.mark.parametrize("seed", range(6))
def test_signals_agree_with_a_judge_that_walks_the_months(office: Office, seed: int) -> None:
    chance = random.Random(seed)
    level, figures = 5.0, {}
    for day in ends(2019, 3, chance.choice((12, 24, 40))):
        level += chance.choice((0, 0, 0, 0, 0.7, -0.7))
        if chance.random() > 0.08:
            figures[day] = round(level + chance.gauss(0, 0.4 if chance.random() < 0.95 else 3), 6)
    rows = sent(office, "同比", figures)
    expected = naive(list(figures.items()))
    judged = rows[-len(expected) :]
    assert [row["signal"] for row in judged] == [signal for *_, signal in expected]
    assert [row["low_limit"] for row in judged] == pytest.approx([low for low, *_ in expected])
    assert [row["high_limit"] for row in judged] == pytest.approx([high for _, high, _ in expected])
    assert all(row["mean"] is None and row["verdict"] is None for row in rows[: -len(expected)])


def test_signals_below_ten_points_hold_the_change_against_a_threshold(office: Office) -> None:
    # Single months of 2022 against 2021: 1-2月 +10 %, 3月 −1 %, 4月 −5 %; January stands for nothing.
    figures = dict(zip(ends(2021, 1, 4), (90.0, 200.0, 300.0, 400.0), strict=True))
    figures |= dict(zip(ends(2022, 1, 4), (130.0, 220.0, 319.0, 414.0), strict=True))
    sent(office, "累计", figures)
    assert_answer(
        office.ask("indicator_signals", "12-31", indicator="税收"),
        """
        month   | point | change | rule      | threshold | verdict  | is_next | mean
        2022-02 | 10    | 10     | threshold | 2         | improved | no      | —
        2022-03 | -1    | -1     | threshold | 2         | held     | yes     | —
        2022-04 | -5    | -5     | threshold | 2         | worse    | yes     | —
        """,
    )
    assert [row["month"] for row in office.ask("indicator_signals", "03-31")] == [
        "2022-02",
        "2022-03",
    ]


def test_signals_of_a_rank_need_one_place_against_the_year_before(office: Office) -> None:
    [first, second] = ends(2022, 6, 2)
    rows = sent(office, "位次", {date(2021, 6, 30): 5.0, first: 4.0, second: 4.0})
    # 税收 is better when larger, a rank as published when smaller.
    assert [(row["point"], row["change"], row["verdict"]) for row in rows] == [
        (5, None, None),
        (4, -1, "improved"),
        (4, None, None),
    ]


def test_signals_follow_the_pack_s_threshold_and_the_indicator_s_good_side(
    office_of: Callable[..., Office],
) -> None:
    office = office_of(
        indicators=(Indicator("能耗", "万吨", "down", DEMO, measure="期末"),),
        thresholds=(Threshold("signal_change_points", 6, DEMO),),
    )
    [june, july] = ends(2021, 6, 2)
    figures = {june: 100.0, july: 100.0, date(2022, 6, 30): 106.0, date(2022, 7, 31): 105.0}
    rows = sent(office, "期末", figures, "能耗")
    assert [(row["point_kind"], row["verdict"]) for row in rows] == [
        ("stock", "worse"),
        ("stock", "held"),
    ]


def test_signals_tell_a_run_of_eight_and_a_gap_ends_it(office: Office) -> None:
    figures = dict(zip(ends(2021, 1, 16), [9.0, 8.0] * 4 + [3.0, 2.0] * 4, strict=True))
    rows = sent(office, "同比", figures)
    # The mean is 5.5, the limits reach 2.66 x 19/15 = 3.4 to either side.
    signals = {row["month"]: (row["signal"], row["verdict"]) for row in rows if row["signal"]}
    assert signals["2021-08"] == ("run", "improved")
    assert signals["2022-04"] == ("outside", "worse")
    office.take_back(rows[0]["upload"])
    del figures[date(2022, 2, 28)]
    rows = sent(office, "同比", figures)
    assert [row["month"] for row in rows if not row["is_next"]] == ["2021-01", "2022-03"]
    assert "run" not in {row["signal"] for row in rows if row["month"] > "2021-08"}
