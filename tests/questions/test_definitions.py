"""SQL against a second implementation of the definitions, on ledgers that nobody thought up."""

import calendar
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest
from statsmodels.stats.proportion import proportion_confint

from tally import clock
from tally.store import Database
from tally.submissions import remove_campaign
from tests.office import DEPARTMENTS, PLACES, trial_pack
from tests.questions.naive import (
    OUTSIDE,
    Check,
    Report,
    Standing,
    Step,
    closed_share,
    ranks,
    share,
    standings,
)

MONTHS = (date(2022, 7, 1), date(2022, 8, 1), date(2022, 9, 1))
UNITS = (*DEPARTMENTS[:3], PLACES[0])
LEAGUES = {"部门": DEPARTMENTS, "社区": PLACES}
MINIMUM = 2

SLUGS = tuple(f"trial{number}" for number in range(6))

days = st.integers(0, 102).map(lambda offset: date(2022, 6, 20) + timedelta(offset))
states = st.sampled_from(["open", "closed", "closed", "escalated", "withdrawn"])


@dataclass(frozen=True)
class Kept:
    """What one campaign's ledgers say."""

    reports: list[Report]
    checks: list[Check]
    steps: list[Step]

    def on(self, day: date) -> list[Standing]:
        """Return its items as they stand on a day."""
        return standings(self.reports, day, self.checks, self.steps)


Ledgers = dict[str, Kept]


@st.composite
def step_of(draw: st.DrawFn, item_key: str) -> Step:
    """Return a step of any kind that changes how an item stands."""
    kind = draw(st.sampled_from(["延期", "退回", "退回", "确认", "抽查", "移交", "移交", "合并"]))
    named = {
        "延期": days.map(str),
        "抽查": st.sampled_from(["属实", "不属实", "待定", None]),
        "移交": st.sampled_from([*UNITS, OUTSIDE]),
        "合并": st.integers(0, 3).map(lambda number: f"P{number}"),
    }.get(kind, st.none())
    old_value = draw(st.sampled_from([None, *UNITS])) if kind == "移交" else None
    return Step(item_key, kind, draw(days), draw(named), old_value)


@st.composite
def ledger(draw: st.DrawFn) -> Kept:
    """Three months' lists: items come, go missing, close, are extended, checked, taken steps of."""
    reports, checks, steps = [], [], []
    for number in range(draw(st.integers(1, 12))):
        unit, due_on = draw(st.sampled_from(UNITS)), draw(st.none() | days)
        for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
            checks.append(Check(f"P{number}", draw(days), draw(st.booleans())))
        for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
            steps.append(draw(step_of(f"P{number}")))
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
    return Kept(reports, checks, steps)


@pytest.fixture(scope="module")
def campaigns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database of six campaigns where a unit needs two due items to be ranked."""
    pack = trial_pack(MINIMUM)
    packs = {slug: replace(pack, slug=slug) for slug in SLUGS}
    database = Database(tmp_path_factory.mktemp("home"), packs)
    yield database
    database.close()


def keep(database: Database, ledgers: Ledgers) -> None:
    """Put the months' lists in force without comparing them: only their rows matter here."""
    for slug in SLUGS:
        remove_campaign(database, slug)
    uploads, slices, rows = [], [], []
    happened: dict[str, list[dict]] = {"checks": [], "steps": []}
    for slug, kept in ledgers.items():
        for month in MONTHS:
            held = {"upload": len(uploads) + 1, "campaign": slug, "unit": ""}
            uploads.append(held | {"status": "published"})
            slices.append(held | {"ledger": "problems", "period": month, "from_at": clock.now()})
            rows += [
                asdict(report) | {"upload": held["upload"], "period": month}
                for report in kept.reports
                if report.month == month
            ]
        for kind, entries in (("checks", kept.checks), ("steps", kept.steps)):
            upload = len(uploads) + 1
            uploads.append({"upload": upload, "campaign": slug, "status": "published"})
            slices.append(
                {"upload": upload, "campaign": slug, "ledger": kind, "period": MONTHS[0]}
                | {"unit": "", "from_at": clock.now()}
            )
            happened[kind] += [
                asdict(entry) | {"upload": upload, "period": MONTHS[0], "row": row}
                for row, entry in enumerate(entries)
            ]
    for row in rows:
        del row["month"]
    with database.write(lambda: None) as writing:
        writing.insert("upload", uploads)
        writing.insert("slice", slices)
        writing.insert("problems", rows)
        for kind, entries in happened.items():
            writing.insert(kind, entries)


def expected_counts(kept: Kept, day: date) -> dict[str, float | None]:
    items = kept.on(day)
    return {
        "item_count": len(items),
        "due_count": sum(item.is_due for item in items),
        "closed_count": sum(item.is_closed for item in items),
        "closed_due_count": sum(item.is_due and item.is_closed for item in items),
        "overdue_count": sum(item.is_overdue for item in items),
        "reported_closed_count": sum(item.is_reported_closed for item in items),
        "reopened_count": sum(item.is_reopened for item in items),
        "verified_count": sum(item.is_verified for item in items),
        "closed_share": closed_share(items),
        "schedule_share": share(sum(item.is_due for item in items), len(items)),
    }


def expected_ranks(kept: Kept, day: date) -> dict[str, tuple[int | None, int | None]]:
    """Return each unit's rank and what it gained since the end of the month before."""
    end_before = day.replace(day=1) - timedelta(1)
    found: dict[str, tuple[int | None, int | None]] = {}
    for units in LEAGUES.values():
        now = ranks(kept.on(day), units, MINIMUM)
        before = ranks(kept.on(end_before), units, MINIMUM)
        for unit, rank in now.items():
            earlier = before[unit]
            found[unit] = (rank, earlier - rank if rank and earlier else None)
    return found


def expected_months(kept: Kept, day: date) -> dict[str, tuple[int, int]]:
    """Return the open and the due items of each month begun."""
    judged = {
        month.strftime("%Y-%m"): kept.on(min(month_end(month), day))
        for month in MONTHS
        if month <= day
    }
    return {
        month: (sum(not item.is_closed for item in items), sum(item.is_due for item in items))
        for month, items in judged.items()
    }


def month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking takes minutes
)
@given(ledgers=st.fixed_dictionaries(dict.fromkeys(SLUGS, ledger())), as_of=days)
def test_sql_and_the_second_implementation_agree(
    campaigns: Database, ledgers: Ledgers, as_of: date
) -> None:
    keep(campaigns, ledgers)

    def ask(question: str) -> dict[str, list[dict]]:
        rows = campaigns.ask(question, {"as_of": as_of}).to_pylist()
        return {slug: [row for row in rows if row["campaign"] == slug] for slug in SLUGS}

    progress, ranking, months = ask("campaign_totals"), ask("unit_ranking"), ask("campaign_months")
    for slug, kept in ledgers.items():
        counts = expected_counts(kept, as_of)
        found = [{name: row[name] for name in counts} for row in progress[slug]]
        assert found == ([counts] if counts["item_count"] else [])
        assert {
            row["unit"]: (row["rank"], row["rank_change"]) for row in ranking[slug]
        } == expected_ranks(kept, as_of)
        assert {
            row["month"]: (row["remaining_count"] or 0, row["due_count"] or 0)
            for row in months[slug]
            if row["is_reported"]
        } == expected_months(kept, as_of)


def test_wilson_bounds_agree_with_statsmodels_and_scipy(trial_database: Database) -> None:
    cases = [
        (hits, count)
        for count in (1, 2, 9, 10, 30, 148, 5000)
        for hits in range(0, count + 1, max(1, count // 9))
    ]
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
    bounds = trial_database.rows("SELECT wilson_low(0, 0) AS low, wilson_high(0, 0) AS high")
    assert bounds.to_pylist() == [{"low": None, "high": None}]
