"""What is made of findings once is what the rules say of each, and its tally counts them all."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from tally.packs import packs
from tally.store import Database

Row = dict[str, Any]
SLUGS = sorted(slug for slug, pack in packs().items() if any(rule.is_on for rule in pack.rules))
LEVEL_ORDER = ("red", "amber", "blue", "good")
GROUPS = {"unit": "unit", "post": "leader_post", "consequence": "consequence", "rule": "rule"}


def asked(samples: Database, slug: str, name: str, /, **more: Any) -> list[Row]:
    """Return the rows of a question on the newest day of a sample campaign."""
    given = {"campaign": slug, "as_of": samples.default_day(slug), **more}
    return samples.ask(name, given).to_pylist()


def waiting(rows: Iterable[Row]) -> list[Row]:
    """Return the findings that are open and ask for something."""
    return [row for row in rows if row["is_open"] and row["level"] != "good"]


def oldest(rows: Iterable[Row]) -> int | None:
    """Return for how many days the oldest of these findings has been open."""
    return max((row["open_days"] for row in rows if row["is_open"]), default=None)


@pytest.mark.parametrize("by", GROUPS)
@pytest.mark.parametrize("slug", SLUGS)
def test_counts_are_those_of_the_list(samples: Database, slug: str, by: str) -> None:
    found = asked(samples, slug, "rule_findings")
    counts = {row["name"]: row for row in asked(samples, slug, "finding_counts", by=by)}
    names = {row[GROUPS[by]] for row in found if row["is_open"]}
    assert found and names <= set(counts)
    for name, told in counts.items():
        rows = [row for row in found if row[GROUPS[by]] == name and row["is_open"]]
        levels = Counter(row["level"] for row in rows)
        assert [told[f"{level}_count"] for level in LEVEL_ORDER] == [levels[x] for x in LEVEL_ORDER]
        assert told["open_count"] == len(rows)
        assert told["new_count"] == sum(row["is_new"] for row in rows)
        assert told["untaken_count"] == sum(row["status"] == "raised" for row in rows)
        assert told["oldest_days"] == oldest(rows)


@pytest.mark.parametrize("slug", SLUGS)
def test_totals_are_those_of_the_list(samples: Database, slug: str) -> None:
    found = asked(samples, slug, "rule_findings")
    [told] = asked(samples, slug, "finding_totals")
    levels = Counter(row["level"] for row in found if row["is_open"])
    assert [told[f"{level}_count"] for level in LEVEL_ORDER] == [levels[x] for x in LEVEL_ORDER]
    assert told["open_count"] == levels.total() == len(found) - told["done_count"]
    rows = waiting(found)
    assert told["new_count"] == sum(row["is_new"] for row in rows)
    assert told["untaken_count"] == sum(row["status"] == "raised" for row in rows)
    assert told["oldest_days"] == oldest(rows)
    worst = [row["unit"] for row in rows if row["level"] == "red" or not levels["red"]]
    most = Counter(unit for unit in worst if unit).most_common()
    assert told["worst_units"] == [unit for unit, count in most if count == most[0][1]]
    assert told["worst_unit_count"] == most[0][1]


@pytest.mark.parametrize("slug", SLUGS)
def test_list_narrowed_or_cut_is_a_part_of_the_whole(samples: Database, slug: str) -> None:
    found = asked(samples, slug, "rule_findings")
    assert asked(samples, slug, "rule_findings", at_most=3) == found[:3]
    for by, column in GROUPS.items():
        for name in {row[column] for row in found}:
            narrowed = {"by": by, "name": name or ""}
            rows = [row for row in found if row[column] == name]
            assert asked(samples, slug, "rule_findings", **narrowed) == rows
            [told] = asked(samples, slug, "finding_totals", **narrowed)
            assert told["open_count"] + told["done_count"] == len(rows)
    first_on = samples.default_day(slug).replace(day=1)
    rows = [
        row
        for row in found
        if row["is_open"]
        or (row["since_on"] >= first_on and row["status"] not in ("gone", "withdrawn"))
    ]
    assert asked(samples, slug, "rule_findings", first_on=first_on) == rows
    [told] = asked(samples, slug, "finding_totals", first_on=first_on)
    assert told["open_count"] + told["done_count"] == len(rows)


def month_of(row: Row) -> tuple[date, date]:
    """Return the first day of a light's month and that of the month after."""
    year, month = map(int, row["month"].split("-"))
    return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)


@pytest.mark.parametrize("slug", SLUGS)
def test_lights_are_turned_by_the_findings_of_the_list(samples: Database, slug: str) -> None:
    turning = {rule.name for rule in packs()[slug].rules if rule.is_light}
    as_of = samples.default_day(slug)
    found = [row for row in asked(samples, slug, "rule_findings") if row["rule"] in turning]
    for light in asked(samples, slug, "unit_lights"):
        first_on, after = month_of(light)
        rows = [
            row
            for row in found
            if row["unit"] == light["unit"]
            and row["status"] != "withdrawn"
            and row["since_on"] < after
            and row["since_on"] <= as_of
            and (row["until_on"] is None or row["until_on"] > first_on)
        ]
        assert light["finding_count"] == len(rows), light
        if rows:
            assert light["reason"] in {row["sentence"] for row in rows}


@pytest.mark.parametrize("slug", SLUGS)
def test_gravest_finding_of_a_unit_is_the_first_of_its_list(samples: Database, slug: str) -> None:
    found = waiting(asked(samples, slug, "rule_findings"))
    for sheet in asked(samples, slug, "questioning_sheet"):
        rows = [row for row in found if row["unit"] == sheet["unit"]]
        assert sheet["open_finding_count"] == len(rows)
        if rows:
            first = rows[0]
            ranked = [
                row["sentence"]
                for row in rows
                if (row["level"], row["since_on"], row["rule"])
                == (first["level"], first["since_on"], first["rule"])
            ]
            assert sheet["gravest_finding"] in ranked
