"""Killed at any moment: nothing unopenable, nothing half, nothing lost that was acknowledged."""

import random
import shutil
from pathlib import Path

import duckdb
import pytest

from tally.registry import registry_of
from tally.safekeeping.backups import backups, backups_folder, check_backup
from tally.safekeeping.restoring import finish_restore
from tally.store import SCHEMA_NUMBER
from tests.safekeeping.homes import IN_FORCE, LEDGERS, examined
from tests.safekeeping.killed import (
    back_up_again_and_again,
    killed,
    migrate,
    publish_month_by_month,
    restore_again_and_again,
)


def kills(ordinary: int, full: int) -> pytest.MarkDecorator:
    """Run a test with so many kills in an ordinary run, and with all of them when asked to."""
    every = pytest.param(full, id="all", marks=pytest.mark.faults)
    return pytest.mark.parametrize("kill_count", [ordinary, every])


def months_on_disk(home: Path) -> dict[str, int]:
    """Return each month in force with its rows, as the file holds them."""
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{home / LEDGERS}' AS store (READ_ONLY)")
        months = [row[0] for row in connection.execute(IN_FORCE).fetchall()]
        counts = dict(
            connection.execute(
                "SELECT strftime(period, '%Y-%m'), count(*) FROM store.main.tickets GROUP BY 1"
            ).fetchall()
        )
    return {month: counts[month] for month in months}


def copied(home: Path) -> Path:
    target = home.with_name("spoilt")
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(home, target)
    return target


def let_go(home: Path) -> None:
    registry_of(home).close()
    registry_of.cache_clear()


@kills(20, 200)
def test_killed_imports_leave_whole_months_and_all_acknowledged(
    home: Path, kill_count: int
) -> None:
    chance = random.Random(kill_count)
    for _ in range(kill_count):
        spoilt = copied(home)
        acknowledged = killed(publish_month_by_month, spoilt, 0.6, chance)
        examined(spoilt)
        months = months_on_disk(spoilt)
        assert set(acknowledged) <= set(months)
        assert len(months) <= len(acknowledged) + 3
        assert set(months.values()) == {3}
        let_go(spoilt)


@kills(3, 25)
def test_killed_backups_leave_whole_backups_only(home: Path, kill_count: int) -> None:
    chance = random.Random(kill_count)
    for _ in range(kill_count):
        spoilt = copied(home)
        made = killed(back_up_again_and_again, spoilt, 0.8, chance)
        found = backups(backups_folder(spoilt))
        assert set(made) <= {one.manifest.name for one in found}
        for one in found:
            check_backup(one)
        examined(spoilt)
        let_go(spoilt)


@kills(3, 25)
def test_killed_restorations_end_with_old_or_restored_ledgers(home: Path, kill_count: int) -> None:
    chance = random.Random(kill_count)
    saved = backups(backups_folder(home))[0].manifest
    before = examined(home)
    for _ in range(kill_count):
        spoilt = copied(home)
        restored = killed(restore_again_and_again, spoilt, 0.6, chance)
        finish_restore(spoilt)
        held = examined(spoilt)
        assert saved.agrees(held) or (held == before and not restored)
        let_go(spoilt)


@kills(5, 50)
def test_killed_migrations_leave_the_old_schema_or_the_new(old_home: Path, kill_count: int) -> None:
    chance = random.Random(kill_count)
    for _ in range(kill_count):
        spoilt = copied(old_home)
        migrated = killed(migrate, spoilt, 1.0, chance)
        held = examined(spoilt)
        assert held.schema in ((SCHEMA_NUMBER,) if migrated else (1, SCHEMA_NUMBER))
        assert [one.row_count for one in held.rows or ()] == [1, 1]
        let_go(spoilt)
