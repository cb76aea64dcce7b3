"""Records are kept for 190 days at least; older ones go into a file, and the chain goes on."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tally import clock
from tally.registry import Entry, Event, Registry, append, open_registry, record, verify_audit
from tally.registry.archive import KEPT_DAYS, CannotPutAway, archive
from tally.registry.audit import hash_of
from tally.registry.looking_up import Wanted, records
from tally.sealing import home_key

FIRST_ON, TODAY = date(2026, 4, 1), date(2026, 11, 1)
EARLIEST = TODAY - timedelta(days=KEPT_DAYS)
BY = Entry(Event.AUDIT_EXPORT, "shenji", "", roles=("审计管理员",))


@pytest.fixture
def seven_months(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    """A registry in which something was recorded every day of seven months."""
    with closing(open_registry(tmp_path)) as registry:
        with registry.writing() as connection:
            for day in range((TODAY - FIRST_ON).days + 1):
                noon = datetime(2026, 4, 1, 4) + timedelta(days=day)
                monkeypatch.setattr(clock, "now", lambda noon=noon: noon)
                append(connection, [Entry(Event.LOGIN, "banshi", "登录")])
        monkeypatch.setattr(clock, "today", lambda: TODAY)
        yield registry


def days_of(registry: Registry) -> list[date]:
    moments = [datetime.fromisoformat(row["at"]) for row in records(registry, Wanted())]
    return sorted(clock.in_shanghai(moment).date() for moment in moments)


def test_what_is_younger_than_190_days_cannot_be_put_away(seven_months: Registry) -> None:
    before = days_of(seven_months)
    with pytest.raises(CannotPutAway, match="至少留存 190 天"):
        archive(seven_months, EARLIEST + timedelta(days=1), BY)
    assert days_of(seven_months) == before


def test_older_records_go_into_a_file_and_the_chain_goes_on(seven_months: Registry) -> None:
    path = archive(seven_months, EARLIEST, BY)
    put_away = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert len(put_away) == (EARLIEST - FIRST_ON).days
    key = home_key(seven_months.home, "audit")
    assert all(hash_of(row, key) == row["hash"] for row in put_away)
    # Nothing of the last 190 days is gone, and the record of putting away is the newest.
    assert set(days_of(seven_months)) == {
        EARLIEST + timedelta(days=number) for number in range(KEPT_DAYS + 1)
    }
    newest = records(seven_months, Wanted(), 1)[0]
    assert (newest["account"], newest["count_before"]) == ("shenji", len(put_away))
    assert verify_audit(seven_months) == []


def test_archiving_again_moves_the_beginning_on(
    seven_months: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive(seven_months, EARLIEST, BY)
    with pytest.raises(CannotPutAway, match="没有"):
        archive(seven_months, EARLIEST, BY)
    later = TODAY + timedelta(days=30)
    monkeypatch.setattr(clock, "today", lambda: later)
    monkeypatch.setattr(clock, "now", lambda: datetime(later.year, later.month, later.day, 4))
    archive(seven_months, EARLIEST + timedelta(days=30), BY)
    assert verify_audit(seven_months) == []
    assert min(days_of(seven_months)) == EARLIEST + timedelta(days=30)


def test_records_taken_out_beside_an_archive_are_found(seven_months: Registry) -> None:
    archive(seven_months, EARLIEST, BY)
    first = min(row["number"] for row in records(seven_months, Wanted()))
    with seven_months.writing() as connection:
        connection.exec_driver_sql(f"DELETE FROM audit_event WHERE number = {first}")
    assert verify_audit(seven_months) == [
        f"第 {first + 1} 条之前的记录不见了，没有归档记录说明去向"
    ]
    with pytest.raises(CannotPutAway, match="先查明再归档"):
        archive(seven_months, EARLIEST, BY)


def test_changed_archive_is_found(seven_months: Registry) -> None:
    path = archive(seven_months, EARLIEST, BY)
    path.write_text(path.read_text("utf-8").replace("banshi", "bieren", 1), "utf-8")
    assert verify_audit(seven_months) == [f"归档文件 audit/{path.name} 被改动过"]


def test_day_begins_at_midnight_in_shanghai(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_registry(tmp_path)) as registry:
        for hour in (15, 16):
            moment = datetime(2026, 3, 31, hour, 30, tzinfo=UTC).replace(tzinfo=None)
            monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
            record(registry, Event.LOGIN, account="banshi", sentence="登录")
        monkeypatch.setattr(clock, "today", lambda: TODAY)
        archive(registry, date(2026, 4, 1), BY)
        assert [row["number"] for row in records(registry, Wanted())] == [3, 2]
