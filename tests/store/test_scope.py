"""Whose rows an answer may hold: every question, asked for a viewer of one unit.

The viewer asks plainly, and with another unit's name in the parameters, as a forged widget value
or address would.
"""

from typing import Any

import pytest

from tally.store import Database, Scope, question, question_names
from tally.viewers import NotAllowed
from tests.office import Office

SAMPLE = "xiangshan"
OWN, OTHER = "财政金融部", "产业发展部"
CLERK = Scope(frozenset({OWN}))
SCOPES = {"", "open", "closed", "subject", "item", "upload", "row"}
BY_UNIT = sorted(name for name in question_names() if not question(name).scope)


def asked(database: Database, name: str, scope: Scope, **more: Any) -> list[dict[str, Any]]:
    given = {"campaign": SAMPLE, "as_of": database.default_day(SAMPLE), "month": None, **more}
    return database.ask(name, given, scope).to_pylist()


@pytest.mark.parametrize("name", sorted(question_names()))
def test_every_question_knows_a_unit_or_says_what_holds_instead(name: str) -> None:
    told = question(name)
    knows_a_unit = "unit" in told.parameters or "unit" in told.columns
    assert told.scope in SCOPES
    assert knows_a_unit != bool(told.scope)


@pytest.mark.parametrize("name", BY_UNIT)
def test_clerk_is_answered_about_the_own_unit_alone(samples: Database, name: str) -> None:
    told, rows = question(name), asked(samples, name, CLERK, unit=[OTHER, OWN])
    if "unit" in told.columns:
        # What names no unit is added up, over the units asked about.
        added_up = [row for row in rows if row["unit"] is None and "unit" in told.parameters]
        assert {row["unit"] for row in rows if row not in added_up} <= {OWN}
        of_own = asked(samples, name, Scope(), unit=[OWN]) if added_up else []
        assert all(row in of_own for row in added_up)
    else:
        assert rows == asked(samples, name, Scope(), unit=[OWN])


def test_units_asked_about_are_narrowed_to_the_viewers_own() -> None:
    told = question("unit_ranking")
    for wanted, left in ((None, [OWN]), ([OTHER, OWN], [OWN]), ([OTHER], []), ([], [])):
        assert CLERK.narrowed(told, {"unit": wanted}, lambda *_: None)["unit"] == left
    assert Scope().narrowed(told, {"unit": [OTHER]}, lambda *_: None) == {"unit": [OTHER]}


def test_viewer_of_all_units_is_answered_as_before(samples: Database) -> None:
    units = {row["unit"] for row in asked(samples, "unit_ranking", Scope())}
    assert {OWN, OTHER} < units


def test_rank_of_the_own_unit_stays_that_among_all(samples: Database) -> None:
    everyone = {row["unit"]: row["rank"] for row in asked(samples, "unit_ranking", Scope())}
    [own] = asked(samples, "unit_ranking", CLERK)
    assert (own["unit"], own["rank"]) == (OWN, everyone[OWN])


@pytest.mark.parametrize("name", ["draws", "meetings", "rule_trial"])
def test_question_across_units_is_refused_to_a_clerk(samples: Database, name: str) -> None:
    with pytest.raises(NotAllowed, match="本单位"):
        asked(samples, name, CLERK)


@pytest.mark.parametrize("unit", [OWN, OTHER])
def test_history_of_an_item_is_for_its_unit(samples: Database, unit: str) -> None:
    item = asked(samples, "items", Scope(), unit=[unit])[0]
    if unit == OWN:
        asked(samples, "item_history", CLERK, item_key=item["item_key"])
    else:
        with pytest.raises(NotAllowed):
            asked(samples, "item_history", CLERK, item_key=item["item_key"])


@pytest.mark.parametrize("unit", [OWN, OTHER])
def test_row_of_a_list_is_shown_to_its_unit(samples: Database, unit: str) -> None:
    item = asked(samples, "items", Scope(), unit=[unit])[0]
    place = {key: item[key] for key in ("upload", "sheet", "row")}
    assert bool(asked(samples, "row_source", CLERK, **place)) == (unit == OWN)


def test_what_an_upload_was_found_to_be_is_for_who_sent_it(office: Office) -> None:
    office.send("2022-09", "item_no | state\n1 | open", unit="财政金融部")
    [upload] = office.ask("uploads")
    given = {"upload": upload["upload"]}
    assert office.database.ask("upload_findings", given, Scope(frozenset({upload["unit"]})))
    with pytest.raises(NotAllowed):
        office.database.ask("upload_findings", given, Scope(frozenset({"别的单位"})))
