"""SQL against a second implementation of the definitions, on ledgers that nobody thought up."""

import calendar
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest
from statsmodels.stats.proportion import proportion_confint

from tally import clock
from tally.store import Database
from tally.submissions import remove_campaign
from tests.office import DEPARTMENTS, PLACES, SLUG, Office, trial_pack
from tests.questions.naive import Report, closed_share, ranks, share, standings

MONTHS = (date(2022, 7, 1), date(2022, 8, 1), date(2022, 9, 1))
UNITS = (*DEPARTMENTS[:3], PLACES[0])
LEAGUES = {"部门": DEPARTMENTS, "社区": PLACES}
MINIMUM = 2

days = st.integers(0, 110).map(lambda offset: date(2022, 6, 20) + timedelta(offset))
states = st.sampled_from(["open", "closed", "closed", "escalated", "withdrawn"])


@st.composite
def ledger(draw: st.DrawFn) -> list[Report]:
    """Three months' lists: items come, go missing, close, reopen, are extended and moved."""
    reports = []
    for number in range(draw(st.integers(1, 12))):
        unit, due_on = draw(st.sampled_from(UNITS)), draw(st.none() | days)
        for month in MONTHS:
            if draw(st.integers(0, 4)) == 0:
                continue
            state = draw(states)
            reports.append(
                Report(
                    month=month,
                    item_key=f"P{number}",
                    unit=unit if draw(st.integers(0, 9)) else draw(st.sampled_from(UNITS)),
                    due_on=due_on if draw(st.integers(0, 4)) else draw(st.none() | days),
                    state=state,
                    closed_on=draw(st.none() | days) if state == "closed" else None,
                    extended_on=draw(st.none() | days),
                    extended_to=draw(st.none() | days),
                )
            )
    return reports


@pytest.fixture(scope="module")
def office_of_two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office where a unit needs two due items to be ranked."""
    database = Database(tmp_path_factory.mktemp("home"), {SLUG: trial_pack(MINIMUM)})
    yield Office(database)
    database.close()


def keep(office: Office, reports: list[Report]) -> None:
    """Put the months' lists in force without comparing them: only their rows matter here."""
    remove_campaign(office.database, SLUG)
    with office.database.write() as writing:
        for upload, month in enumerate(MONTHS, start=1):
            rows = [asdict(report) for report in reports if report.month == month]
            for number, row in enumerate(rows, start=2):
                row |= {"upload": upload, "period": row.pop("month"), "sheet": "台账", "row": number}
                row |= {"title": row["item_key"], "dimension": "经济"}
            held = {"upload": upload, "campaign": SLUG, "unit": ""}
            moment = clock.now()
            writing.insert("upload", [held | {"status": "published"}])
            writing.insert(
                "slice", [held | {"ledger": "problems", "period": month, "from_at": moment}]
            )
            writing.insert("problems", rows)


def month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(reports=ledger(), as_of=days)
def test_sql_and_the_second_implementation_agree(
    office_of_two: Office, reports: list[Report], as_of: date
) -> None:
    keep(office_of_two, reports)
    items = standings(reports, as_of)
    asked = {"as_of": as_of}
    counts = {
        "item_count": len(items),
        "due_count": sum(item.is_due for item in items),
        "closed_count": sum(item.is_closed for item in items),
        "closed_due_count": sum(item.is_due and item.is_closed for item in items),
        "overdue_count": sum(item.is_overdue for item in items),
        "closed_share": closed_share(items),
        "schedule_share": share(sum(item.is_due for item in items), len(items)),
    }
    rows = office_of_two.ask_all("campaign_progress", **asked)
    assert [{name: row[name] for name in counts} for row in rows] == ([counts] if items else [])

    found = {row["unit"]: row for row in office_of_two.ask_all("unit_ranking", **asked)}
    end_before = as_of.replace(day=1) - timedelta(1)
    for units in LEAGUES.values():
        now, before = (
            ranks(standings(reports, day), units, MINIMUM) for day in (as_of, end_before)
        )
        for unit in units:
            moved = before[unit] - now[unit] if now[unit] and before[unit] else None
            assert (found[unit]["rank"], found[unit]["rank_change"]) == (now[unit], moved), unit

    months = {row["month"]: row for row in office_of_two.ask_all("campaign_months", **asked)}
    for month in MONTHS:
        if month <= as_of:
            judged = standings(reports, min(month_end(month), as_of))
            row = months[month.strftime("%Y-%m")]
            open_count = sum(not item.is_closed for item in judged)
            assert (row["remaining_count"] or 0) == open_count
            assert (row["due_count"] or 0) == sum(item.is_due for item in judged)


def test_wilson_bounds_agree_with_statsmodels_and_scipy(trial_database: Database) -> None:
    cases = [(hits, count) for count in (1, 2, 9, 10, 30, 148, 5000) for hits in range(0, count + 1, max(1, count // 9))]
    values = ", ".join(str(case) for case in cases)
    bounds = trial_database.rows(
        "SELECT hits, cases, wilson_low(hits, cases) AS low, wilson_high(hits, cases) AS high "
        f"FROM (VALUES {values}) AS sample(hits, cases)"
    ).to_pylist()
    assert len(bounds) == len(cases)
    for row in bounds:
        hits, count = row["hits"], row["cases"]
        low, high = proportion_confint(hits, count, method="wilson")
        assert (row["low"], row["high"]) == pytest.approx((low, high), abs=1e-12)
        interval = binomtest(hits, count).proportion_ci(method="wilson")
        assert (row["low"], row["high"]) == pytest.approx((interval.low, interval.high), abs=1e-12)


def test_wilson_bounds_of_no_cases_are_unknown(trial_database: Database) -> None:
    [row] = trial_database.rows("SELECT wilson_low(0, 0) AS low, wilson_high(0, 0) AS high").to_pylist()
    assert row == {"low": None, "high": None}
