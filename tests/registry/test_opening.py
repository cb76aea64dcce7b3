"""The registry: whole writes, one writer, readable by the owner alone."""

import stat
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from tally.registry import REGISTRY_FILE, NewerRegistry, Registry, RegistryUnusable, open_registry
from tally.registry.tables import SETTING


def settings(registry: Registry) -> dict[str, str]:
    with registry.reading() as connection:
        return {row.name: row.value for row in connection.execute(select(SETTING))}


def test_registry_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    for _ in range(2):
        registry = open_registry(tmp_path)
        assert settings(registry) == {"registry": "1"}
        registry.close()
    assert stat.S_IMODE((tmp_path / REGISTRY_FILE).stat().st_mode) == 0o600


def test_a_write_that_fails_leaves_nothing(tmp_path: Path) -> None:
    registry = open_registry(tmp_path)
    with pytest.raises(ValueError), registry.writing() as connection:
        connection.execute(insert(SETTING).values(name="half", value="1"))
        raise ValueError
    assert settings(registry) == {"registry": "1"}


def test_a_reader_sees_one_state_while_another_writes(tmp_path: Path) -> None:
    registry, other = open_registry(tmp_path), open_registry(tmp_path)
    with registry.reading() as connection:
        before = connection.execute(select(SETTING)).all()
        with other.writing() as writing:
            writing.execute(insert(SETTING).values(name="later", value="1"))
        assert connection.execute(select(SETTING)).all() == before
    assert "later" in settings(registry)


def test_registry_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    registry = open_registry(tmp_path)
    with registry.writing() as connection:
        connection.execute(update(SETTING).values(value="99"))
    with pytest.raises(NewerRegistry, match="请升级程序"):
        open_registry(tmp_path)


def test_registry_that_is_no_database_is_said_to_be_unusable(tmp_path: Path) -> None:
    (tmp_path / REGISTRY_FILE).write_bytes(b"not a database at all" * 100)
    with pytest.raises(RegistryUnusable, match="账号与审计库"):
        open_registry(tmp_path)
