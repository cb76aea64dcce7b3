"""The chain of audit records: whatever is done to them afterwards is found."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from tally import clock
from tally.registry import (
    REGISTRY_FILE,
    Event,
    Registry,
    RegistryUnusable,
    open_registry,
    record,
    verify_audit,
)
from tally.registry.audit import AUDIT_EVENT, FIRST_HASH, hash_of, last_record
from tally.registry.chain import walk
from tally.registry.keyed import NAME
from tally.registry.looking_up import Wanted, records
from tally.registry.seals import seals_path
from tally.registry.tables import SETTING
from tally.sealing import KEY_FILE_VARIABLE, home_key, key_ring

COUNT = 6
NUMBERS = range(1, COUNT + 1)
COLUMNS = [column.name for column in AUDIT_EVENT.columns]


def write_records(registry: Registry, count: int = COUNT) -> None:
    for number in range(1, count + 1):
        record(
            registry,
            Event.PUBLISH,
            account="banshi",
            sentence=f"发布第 {number} 份台账",
            roles=("办公室",),
            address="127.0.0.1",
            thing="台账",
            count_before=number,
            count_after=number + 10,
            sha256="ab" * 32,
        )


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    """A registry with some records, left as it is."""
    registry = open_registry(tmp_path_factory.mktemp("written"))
    write_records(registry)
    yield registry
    registry.close()


@pytest.fixture
def copied(written: Registry, tmp_path: Path) -> Path:
    """A copy of its home, to do things to behind the program's back."""
    return shutil.copytree(written.home, tmp_path / "copy")


def found_in(home: Path) -> list[str]:
    with closing(open_registry(home)) as registry:
        return verify_audit(registry)


def found_after(registry: Registry, *statements: str) -> list[str]:
    """Return what is found after statements, and take them back."""
    with registry.writing() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
        found = walk(connection, registry).wrong
        connection.rollback()
    return found


def test_record_carries_its_fields_and_the_hash_of_the_one_before(written: Registry) -> None:
    with written.reading() as connection:
        rows = connection.execute(select(AUDIT_EVENT)).mappings().all()
    assert [row["number"] for row in rows] == list(range(1, COUNT + 1))
    assert [row["hash_before"] for row in rows] == [FIRST_HASH, *(r["hash"] for r in rows[:-1])]
    told = [rows[2][name] for name in ("account", "roles", "event", "count_before", "count_after")]
    assert told == ["banshi", "办公室", "发布与登记", 3, 13]


def test_there_are_the_24_types_of_events() -> None:
    assert len(Event) == 24


def test_untouched_records_are_in_order(written: Registry) -> None:
    assert verify_audit(written) == []


@pytest.mark.parametrize("column", [name for name in COLUMNS if name != "number"])
def test_every_changed_field_of_every_record_is_found(written: Registry, column: str) -> None:
    change = f"UPDATE audit_event SET {column} = coalesce({column}, '') || 'x' WHERE number ="
    for number in NUMBERS:
        assert found_after(written, f"{change} {number}"), number


def test_every_deleted_record_is_found(written: Registry) -> None:
    for number in NUMBERS:
        assert found_after(written, f"DELETE FROM audit_event WHERE number = {number}"), number


def test_every_record_taken_out_is_found_though_the_rest_moves_up(written: Registry) -> None:
    for number in NUMBERS:
        assert found_after(
            written,
            f"DELETE FROM audit_event WHERE number = {number}",
            f"UPDATE audit_event SET number = number - 1 WHERE number > {number}",
        ), number


def test_every_exchange_of_two_records_is_found(written: Registry) -> None:
    for first, second in permutations(NUMBERS, 2):
        assert found_after(
            written,
            f"UPDATE audit_event SET number = -1 WHERE number = {first}",
            f"UPDATE audit_event SET number = {first} WHERE number = {second}",
            f"UPDATE audit_event SET number = {second} WHERE number = -1",
        ), (first, second)


def test_every_inserted_record_is_found(written: Registry) -> None:
    others = ", ".join(name for name in COLUMNS if name != "number")
    for number in NUMBERS:
        assert found_after(
            written,
            f"UPDATE audit_event SET number = -number - 1 WHERE number >= {number}",
            "UPDATE audit_event SET number = -number WHERE number < 0",
            f"INSERT INTO audit_event (number, {others}) SELECT {number}, {others} "
            f"FROM audit_event WHERE number = {number + 1}",
        ), number


def test_records_cut_off_at_the_end_are_found(written: Registry) -> None:
    for number in NUMBERS:
        assert found_after(written, f"DELETE FROM audit_event WHERE number >= {number}") == [
            f"第 {number} 至 {COUNT} 条记录不见了（有封条，无记录）"
        ]


def test_records_cut_off_at_the_beginning_are_found(written: Registry) -> None:
    assert found_after(written, "DELETE FROM audit_event WHERE number < 4") == [
        "第 4 条之前的记录不见了，没有归档记录说明去向"
    ]


def test_another_registry_in_its_place_is_found(copied: Path) -> None:
    for path in copied.glob(f"{REGISTRY_FILE}*"):
        path.unlink()
    assert found_in(copied) == [f"第 1 至 {COUNT} 条记录不见了（有封条，无记录）"]
    seals = seals_path(copied).read_text()
    with closing(open_registry(copied)) as registry:
        write_records(registry, COUNT + 1)
    seals_path(copied).write_text(seals)
    assert len(found_in(copied)) == COUNT


def test_chain_that_was_computed_anew_is_found_by_its_seals(copied: Path) -> None:
    with closing(open_registry(copied)) as registry:
        with registry.writing() as connection:
            before = FIRST_HASH
            for row in map(dict, connection.execute(select(AUDIT_EVENT)).mappings().all()):
                row |= {"account": "bieren", "hash_before": before}
                before = row["hash"] = hash_of(row, home_key(copied, "audit"))
                own = AUDIT_EVENT.c.number == row["number"]
                connection.execute(update(AUDIT_EVENT).where(own).values(row))
        assert verify_audit(registry)[0] == "第 1 条记录与封条不符，记录或封条被换过"


def test_changed_and_missing_seals_are_found(copied: Path) -> None:
    path = seals_path(copied)
    seals = path.read_text()
    path.write_text(seals.replace("\n2 ", "\n2 0", 1))
    assert found_in(copied)
    path.write_text(f"{seals}2 {'0' * 64}\n")
    assert found_in(copied) == ["第 2 条记录与封条不符，记录或封条被换过"]
    path.write_text(f"{seals}nothing\n")
    assert found_in(copied) == ["封条文件 audit/seals.txt 被改动过"]
    path.unlink()
    assert found_in(copied) == ["封条文件 audit/seals.txt 不见了"]


def test_record_without_a_seal_is_no_sign_of_anything(copied: Path) -> None:
    """The program may end between writing a record and sealing it."""
    path = seals_path(copied)
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:-1]))
    assert found_in(copied) == []


def test_clock_that_is_set_back_raises_one_alarm(
    copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = clock.now() - timedelta(minutes=9)
    monkeypatch.setattr(clock, "now", lambda: earlier)
    with closing(open_registry(copied)) as registry:
        write_records(registry, 2)
        told = [row["event"] for row in records(registry, Wanted(), 3)]
        assert told == [Event.PUBLISH, Event.PUBLISH, Event.INTEGRITY]
        assert verify_audit(registry) == []


def test_record_that_cannot_be_sealed_is_not_written(copied: Path) -> None:
    seals_path(copied).unlink()
    seals_path(copied).mkdir()
    with closing(open_registry(copied)) as registry:
        with pytest.raises(RegistryUnusable, match="审计封条不能写入"):
            write_records(registry, 1)
        with registry.reading() as connection:
            assert last_record(connection)[0] == COUNT


def write_anew(registry: Registry, key: bytes | None) -> None:
    """Compute the chain and its seals anew, with another account in every record."""
    lines = []
    with registry.writing() as connection:
        before = FIRST_HASH
        for row in map(dict, connection.execute(select(AUDIT_EVENT)).mappings().all()):
            row |= {"account": "bieren", "hash_before": before}
            before = row["hash"] = hash_of(row, key)
            own = AUDIT_EVENT.c.number == row["number"]
            connection.execute(update(AUDIT_EVENT).where(own).values(row))
            lines.append(f"{row['number']} {row['hash']}\n")
    seals_path(registry.home).write_text("".join(lines))


@pytest.mark.parametrize(
    ("key", "mark", "found"),
    [
        (None, None, "第 1 条记录的内容被改动过"),
        (b"another" * 5, None, "第 1 条记录的内容被改动过"),
        (None, "[]", "审计记录没有密钥校验的标记"),
        (None, '[[1, ""]]', f"第 1 至 {COUNT} 条写时没有密钥，内容无法核对"),
        (b"another" * 5, f'[[1, "{"ab" * 32}"]]', f"第 1 至 {COUNT} 条是用另一把密钥校验的"),
    ],
)
def test_chain_and_seals_computed_anew_without_the_key_are_found(
    copied: Path, key: bytes | None, mark: str | None, found: str
) -> None:
    with closing(open_registry(copied)) as registry:
        write_anew(registry, key)
        if mark is not None:
            with registry.writing() as connection:
                connection.execute(update(SETTING).where(SETTING.c.name == NAME).values(value=mark))
        assert verify_audit(registry)[0].startswith(found)


def test_records_from_before_the_key_are_closed_by_the_next_one(copied: Path) -> None:
    with closing(open_registry(copied)) as registry:
        write_anew(registry, None)
        with registry.writing() as connection:
            connection.execute(delete(SETTING).where(SETTING.c.name == NAME))
        write_records(registry, 1)
        with registry.reading() as connection:
            chain = walk(connection, registry)
        assert (chain.wrong, chain.keyless_count) == ([], COUNT)
        told = [(row["event"], row["is_success"]) for row in records(registry, Wanted(), 2)]
        assert told == [(Event.PUBLISH, True), (Event.INTEGRITY, False)]
        # Whoever computes the older ones anew would have to change what the key closed.
        with registry.writing() as connection:
            row = dict(connection.execute(select(AUDIT_EVENT)).mappings().first() or {})
            row |= {"account": "lingren"}
            row["hash"] = hash_of(row, None)
            connection.execute(update(AUDIT_EVENT).where(AUDIT_EVENT.c.number == 1).values(row))
        assert verify_audit(registry)


def test_key_that_is_gone_or_another_is_told_and_stops_no_record(
    copied: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(KEY_FILE_VARIABLE, str(tmp_path / "another.key"))
    with closing(open_registry(copied)) as registry:
        write_records(registry, 1)
        assert verify_audit(registry) == [f"第 1 至 {COUNT} 条是用另一把密钥校验的，内容无法核对"]
        key_ring(copied)
        (tmp_path / "another.key").unlink()
        write_records(registry, 1)
        assert verify_audit(registry)[-1] == (
            f"第 {COUNT + 3} 至 {COUNT + 4} 条写时没有密钥，内容无法核对"
        )
