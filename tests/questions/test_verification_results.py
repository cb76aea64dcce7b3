"""verification_results: the true-close share per unit and overall, with its interval (B5)."""

import math
import random

import pytest
from scipy.optimize import brentq
from scipy.stats import binomtest, norm

from tally.submissions.draws import make_draw
from tests.office import SLUG, Office, assert_answer, closed_of
from tests.tables import day

STOCK = {"甲部": 40, "乙部": 17, "丙部": 9, "丁部": 2, "东社区": 1}


def send_checks(office: Office, *results: str) -> None:
    """Send checks, each as `key unit 10-08 yes`."""
    rows = [" | ".join(result.split()) for result in results]
    text = "\n".join(["item_no | unit | checked_on | is_verified", *rows])
    office.send("", text, kind="checks", title="核查")


def wilson(share: float, cases: float) -> tuple[float, float]:
    """Return the Wilson bounds as the roots of its equation, cases need not be whole."""
    z = norm.ppf(0.975)

    def distance(p: float) -> float:
        return abs(share - p) - z * math.sqrt(p * (1 - p) / cases)

    low = 0.0 if share == 0 else brentq(distance, 1e-12, share)
    high = 1.0 if share == 1 else brentq(distance, share, 1 - 1e-12)
    return low, high


def test_draw_is_judged_by_the_first_check_since(office: Office) -> None:
    office.send(
        "2022-09",
        """
        item_no | unit | state  | closed_on
        P1      | 甲部 | closed | 09-10
        P2      | 甲部 | closed | 09-10
        P3      | 甲部 | closed | 09-10
        P4      | 乙部 | closed | 09-10
        P5      | 乙部 | open   | —
        """,
    )
    made = make_draw(office.database, SLUG, day("09-30"), "7", 4, "督查室")
    assert_answer(
        office.ask("verification_results", draw=made.draw),
        """
        unit | is_overall | stock_count | drawn_count | checked_count | true_share | covered_share
        —    | yes        | 4           | 4           | 0             | —          | 0
        乙部 | no         | 1           | 1           | 0             | —          | 0
        甲部 | no         | 3           | 3           | 0             | —          | 0
        """,
    )
    # P2 was redone and found true later, P5 was not drawn, P1 was looked at before its closing.
    send_checks(
        office,
        "P1 甲部 09-05 no",
        "P1 甲部 10-08 yes",
        "P2 甲部 10-08 no",
        "P2 甲部 10-20 yes",
        "P4 乙部 10-08 yes",
        "P5 乙部 10-08 no",
    )
    rows = office.ask("verification_results", draw=made.draw)
    assert_answer(
        rows,
        """
        unit | checked_count | true_count | false_count | true_share
        —    | 3             | 2          | 1           | 5/8
        甲部 | 2             | 1          | 1           | 1/2
        乙部 | 1             | 1          | 0           | 1
        """,
    )
    # Up to 7 October nothing of the draw was checked.
    early = office.ask("verification_results", "10-07", draw=made.draw)
    assert {row["checked_count"] for row in early} == {0}


def test_results_of_a_draw_agree_with_a_second_reckoning(office: Office) -> None:
    office.send("2022-09", closed_of({unit: (count, count) for unit, count in STOCK.items()}))
    made = make_draw(office.database, SLUG, day("09-30"), "2022", 25, "督查室")
    drawn = office.ask("verification_draw", "09-30", seed="2022", size=25, known_at=made.known_at)
    chance = random.Random(5)
    # 丁部 was not visited at all.
    found = {
        (row["unit"], row["item_key"]): chance.random() < 0.7
        for row in drawn
        if row["unit"] != "丁部" and chance.random() < 0.9
    }
    send_checks(office, *(f"{k} {u} 10-08 {'yes' if ok else 'no'}" for (u, k), ok in found.items()))
    overall, *units = office.ask("verification_results", draw=made.draw)

    by_unit = {unit: [ok for (whose, _), ok in found.items() if whose == unit] for unit in STOCK}
    for row in units:
        results = by_unit[row["unit"]]
        assert (row["stock_count"], row["checked_count"]) == (STOCK[row["unit"]], len(results))
        if results:
            interval = binomtest(sum(results), len(results)).proportion_ci(method="wilson")
            bounds = (row["share_low"], row["share_high"])
            assert bounds == pytest.approx((interval.low, interval.high), abs=1e-12)
    checked = {unit: results for unit, results in by_unit.items() if results}
    covered = sum(STOCK[unit] for unit in checked)
    weights = {unit: STOCK[unit] / covered for unit in checked}
    share = sum(weights[unit] * sum(ok) / len(ok) for unit, ok in checked.items())
    effective = 1 / sum(weights[unit] ** 2 / len(ok) for unit, ok in checked.items())
    assert overall["true_share"] == pytest.approx(share, abs=1e-12)
    assert overall["effective_count"] == pytest.approx(effective, abs=1e-9)
    assert (overall["share_low"], overall["share_high"]) == pytest.approx(
        wilson(share, effective), abs=1e-9
    )
    assert overall["covered_share"] == pytest.approx(covered / sum(STOCK.values()))
    assert overall["drawn_count"] == len(drawn)


def test_without_a_draw_all_checks_of_the_time_count(office: Office) -> None:
    office.send(
        "2022-08",
        """
        item_no | unit | state  | closed_on
        P1      | 甲部 | closed | 08-10
        P2      | 甲部 | closed | 08-10
        P3      | 甲部 | open   | —
        P4      | 甲部 | closed | 08-10
        """,
    )
    send_checks(
        office, "P1 甲部 08-20 no", "P1 甲部 09-20 yes", "P2 甲部 09-10 yes", "P3 甲部 09-10 no"
    )
    # The unit takes P1 back itself; it stays in what the checks of the time stand for.
    office.send("2022-09", "item_no | unit | state\nP1 | 甲部 | open\nP3 | 甲部 | open")
    [overall, unit] = office.ask("verification_results", "09-30")
    assert (unit["stock_count"], unit["checked_count"], unit["true_count"]) == (3, 2, 1)
    assert overall["drawn_count"] is None
    [_, september] = office.ask(
        "verification_results", "09-30", checked_from=day("09-01"), checked_to=day("09-15")
    )
    assert (september["checked_count"], september["true_count"]) == (1, 1)


def test_unknown_draw_has_no_results(office: Office) -> None:
    office.send("2022-09", closed_of({"甲部": (2, 2)}))
    assert office.ask("verification_results", "09-30", draw=99) == []
