"""Accounts, sessions, audit and the record of writes in PostgreSQL: the same tests as on a file.

The tests are those of `tests/accounts` and `tests/registry`, each in a registry of its own that
another server could share.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from tally import accounts
from tally.accounts import Book, Stage
from tally.accounts.entering import LOCKED
from tally.addresses import Lake, lake_at
from tally.registry import NewerRegistry, Registry, open_registry, record, verify_audit
from tally.registry.audit import Event
from tally.registry.looking_up import Wanted, records
from tally.registry.seals import AUDIT_FOLDER
from tally.registry.shared import copy_registry, open_shared_registry
from tally.registry.tables import METADATA, SETTING
from tests.accounts.conftest import turn_clock  # noqa: F401
from tests.accounts.people import CHEAP, HERE, PASSWORD, entered, made, stands
from tests.accounts.test_entering import *  # noqa: F403
from tests.accounts.test_keeping import *  # noqa: F403

# Its restart is of a file; below it is another server.
del test_lock_survives_a_restart  # noqa: F821
# It reads the bytes of a file.
del test_secrets_of_codes_stand_nowhere_in_clear  # noqa: F821


@pytest.fixture(scope="module")
def shared(new_lake: Callable[[], str]) -> Lake:
    """A lake whose registry the tests of this file empty again and again."""
    lake = lake_at(new_lake())
    assert lake is not None
    return lake


@pytest.fixture
def registry(shared: Lake, tmp_path: Path) -> Iterator[Registry]:
    """The empty shared registry, as one server has it open."""
    opened = open_shared_registry(tmp_path, shared)
    with opened.writing() as connection:
        for table in METADATA.sorted_tables:
            if table is not SETTING:
                connection.execute(table.delete())
        connection.execute(SETTING.delete().where(SETTING.c.name != "registry"))
    yield opened
    opened.close()


@pytest.fixture
def book(registry: Registry) -> Book:
    """The book of an empty home."""
    return Book(registry, *CHEAP)


@pytest.fixture
def other(registry: Registry, shared: Lake, tmp_path: Path) -> Iterator[Registry]:
    """The same registry as another server has it open."""
    (tmp_path / "other").mkdir()
    opened = open_shared_registry(tmp_path / "other", shared)
    yield opened
    opened.close()


def settings(registry: Registry) -> dict[str, str]:
    with registry.reading() as connection:
        return {row.name: row.value for row in connection.execute(select(SETTING))}


def test_a_shared_write_that_fails_leaves_nothing(registry: Registry) -> None:
    with pytest.raises(ValueError), registry.writing() as connection:
        connection.execute(insert(SETTING).values(name="half", value="1"))
        raise ValueError
    assert settings(registry) == {"registry": "1"}


def test_lock_and_session_hold_on_every_server(book: Book, other: Registry) -> None:
    made(book, "office")
    session = entered(book, "office")
    for _ in range(5):
        accounts.log_in(book, "office", "wrong", HERE)
    book.registry.close()
    elsewhere = Book(other, *CHEAP)
    standing = stands(elsewhere, session)
    assert standing is not None
    assert (standing.account, standing.stage) == ("office", Stage.OPEN)
    assert accounts.log_in(elsewhere, "office", PASSWORD, HERE).sentence == LOCKED


def test_a_reader_sees_one_state_while_another_server_writes(
    registry: Registry, other: Registry
) -> None:
    with registry.reading() as connection:
        before = connection.execute(select(SETTING)).all()
        with other.writing() as writing:
            writing.execute(insert(SETTING).values(name="later", value="1"))
        assert connection.execute(select(SETTING)).all() == before
    assert "later" in settings(registry)


def test_audit_records_of_two_servers_are_one_chain(registry: Registry, other: Registry) -> None:
    for number in range(3):
        for one in (registry, other):
            record(one, Event.LOGIN, account=f"banshi{number}", sentence="登录")
    assert [row["number"] for row in records(registry, Wanted())] == [6, 5, 4, 3, 2, 1]
    assert verify_audit(registry) == verify_audit(other) == []
    with registry.writing() as connection:
        connection.exec_driver_sql("UPDATE audit_event SET sentence = '改' WHERE number = 2")
    assert verify_audit(other) == ["第 2 条记录的内容被改动过"]


def test_each_server_answers_for_the_seals_of_its_own_records(
    registry: Registry, other: Registry
) -> None:
    record(registry, Event.LOGIN, account="banshi", sentence="登录")
    assert verify_audit(registry) == verify_audit(other) == []
    record(other, Event.LOGIN, account="banshi", sentence="登录")
    shutil.rmtree(other.home / AUDIT_FOLDER)
    assert verify_audit(other) == ["封条文件 audit/seals.txt 不见了"]
    with registry.writing() as connection:
        connection.exec_driver_sql("DELETE FROM audit_event WHERE number = 2")
    # Who sealed the record that is gone misses it; the other server has nothing to say of it.
    assert verify_audit(registry) == []
    with registry.writing() as connection:
        connection.exec_driver_sql("DELETE FROM audit_event WHERE number = 1")
    assert verify_audit(registry) == ["第 1 至 1 条记录不见了（有封条，无记录）"]


def test_shared_registry_copied_into_a_file_and_back_is_the_same(
    registry: Registry, tmp_path: Path
) -> None:
    record(registry, Event.LOGIN, account="banshi", sentence="登录")
    registry.copy_to(tmp_path / "copy.sqlite")
    copied = open_registry(tmp_path, "copy.sqlite")
    before = records(registry, Wanted())
    assert records(copied, Wanted()) == before
    copy_registry(copied, registry)
    assert records(registry, Wanted()) == before
    copied.close()


def test_shared_registry_of_a_newer_program_is_refused(registry: Registry, shared: Lake) -> None:
    with registry.writing() as connection:
        connection.execute(update(SETTING).values(value="99"))
    try:
        with pytest.raises(NewerRegistry, match="请升级程序"):
            open_shared_registry(registry.home, shared)
    finally:
        with registry.writing() as connection:
            connection.execute(update(SETTING).values(value="1"))
