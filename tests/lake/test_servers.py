"""Several servers, one store: nothing mixed, doubled or lost, whoever is killed or goes away."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tally.addresses import STORE_VARIABLE, lake_at
from tally.registry import registry_of
from tally.safekeeping.keeper import Keeper
from tally.store import CannotWrite, Database, StoreAway
from tally.store.abode import abode_of
from tally.store.turns import turn_to_write
from tests.lake.postgres import Postgres
from tests.lake.servers import (
    PATIENCE_SECONDS,
    RIVALLED,
    ROWS,
    Server,
    Work,
    assert_record_agrees,
    assert_whole,
    copy_through_outages,
    marks_in_force,
    publish,
    publish_and_read,
    publish_through_outages,
    wait_until,
    wait_until_reached,
)
from tests.office import SLUG, Office, closed_of
from tests.safekeeping.homes import PACKS, opened, working

Start = Callable[[int, Work], Server]


def runs(ordinary: float, full: float) -> pytest.MarkDecorator:
    """Run a test for a while in an ordinary run, and for long when asked to."""
    every = pytest.param(full, id="all", marks=pytest.mark.faults)
    return pytest.mark.parametrize("amount", [ordinary, every])


@pytest.fixture(scope="module")
def lake(new_lake: Callable[[], str]) -> Iterator[str]:
    """One lake for all tests of this file: each publishes months of its own."""
    address = new_lake()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(STORE_VARIABLE, address)
        yield address


@pytest.fixture
def start(lake: str, tmp_path: Path) -> Iterator[Start]:
    """Start a server on the lake, each in a home of its own; the rest are killed at the end."""
    started: list[Server] = []

    def begin(number: int, work: Work) -> Server:
        home = tmp_path / f"server{number}-{len(started)}"
        started.append(Server(lake, home, number, work))
        return started[-1]

    yield begin
    for one in started:
        one.kill()


@pytest.fixture(scope="module")
def onlooker(lake: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office on the same lake, in this process."""
    with working(tmp_path_factory.mktemp("onlooker")) as office:
        yield office
    registry_of.cache_clear()


def has_published_both(server: Server) -> bool:
    """Tell whether a server has published the month that all do, and its own."""
    return len({month for month, *_ in server.told()}) == 2


@runs(6, 60)
def test_three_servers_publish_and_read_at_once(
    start: Start, onlooker: Office, amount: float
) -> None:
    servers = [start(number, publish_and_read) for number in range(3)]
    for server in servers:
        server.wait_ready()
    until = time.monotonic() + amount
    while time.monotonic() < until or not all(map(has_published_both, servers)):
        assert_whole(marks_in_force(onlooker))
        assert time.monotonic() < until + PATIENCE_SECONDS, "a server could not publish"
    told = [server.kill() for server in servers]
    for number, of_server in enumerate(told):
        own = f"2022-{7 + number:02}"
        for month, mark, marks in of_server:
            assert_whole(marks)
            # Nobody else publishes a server's own month: its newest list is there at once.
            assert month == RIVALLED or marks[own] == [(mark, ROWS)]
    in_force = marks_in_force(onlooker)
    assert_whole(in_force)
    for number, of_server in enumerate(told):
        newest = [mark for month, mark, _ in of_server if month != RIVALLED][-1]
        held = in_force[f"2022-{7 + number:02}"][0][0]
        # One more may have been committed and not yet told of when the server was killed.
        assert int(held.split("/")[1]) - int(newest.split("/")[1]) in (0, 1)
    assert_record_agrees(onlooker)


@runs(2, 20)
def test_writer_killed_at_any_moment_leaves_whole_lists_and_the_turn_to_the_next(
    start: Start, onlooker: Office, amount: int
) -> None:
    chance = random.Random(int(amount))
    for number in range(int(amount)):
        server = start(number % 3, publish_and_read)
        server.wait_ready()
        time.sleep(chance.uniform(0.2, 1.5))
        acknowledged = server.kill()
        marks = marks_in_force(onlooker)
        assert_whole(marks)
        assert {month for month, *_ in acknowledged} <= set(marks)
        # The turn is free again as soon as the server is gone.
        began = time.monotonic()
        publish(onlooker, RIVALLED, f"onlooker/{number}")
        assert time.monotonic() - began < 20
        assert marks_in_force(onlooker)[RIVALLED] == [(f"onlooker/{number}", ROWS)]
    assert_record_agrees(onlooker)


def test_publication_on_one_server_is_seen_by_another_at_its_next_question(
    lake: str, onlooker: Office, tmp_path: Path
) -> None:
    other = Database(tmp_path / "other", PACKS)
    given = {"campaign": "trial"}
    before = set(other.ask("published_months", given).column("month").to_pylist())
    version = other.version
    publish(onlooker, "2022-11", "one/0")
    assert other.version > version
    after = set(other.ask("published_months", given).column("month").to_pylist())
    assert after - before == {date(2022, 11, 1)}
    other.close()


def test_merging_small_files_changes_no_answer_and_keeps_what_readers_may_need(
    lake: str, onlooker: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(onlooker, "2022-11", "small/0")
    before = marks_in_force(onlooker)
    data = Path(lake.rpartition("data=")[2])
    files = set(data.rglob("*.parquet"))
    monkeypatch.setattr("tally.store.lake.SMALL_FILES_MAX", -1)
    onlooker.database.checkpoint()
    after = set(data.rglob("*.parquet"))
    assert after > files, "what stood in the catalogue is in files now, and none is gone"
    assert marks_in_force(onlooker) == before
    assert_record_agrees(onlooker)


def test_fault_of_the_engine_while_postgres_is_away_is_an_outage(
    lake: str, onlooker: Office, postgres: Postgres, tmp_path: Path
) -> None:
    onlooker.ask("published_months")
    abode, fault = abode_of(tmp_path / "other"), duckdb.InternalException("INTERNAL Error")
    assert not abode.is_lost(fault)
    postgres.stop()
    try:
        assert abode.is_lost(fault)
        assert not abode.is_lost(duckdb.BinderException("no such column"))
    finally:
        postgres.start()
    wait_until_reached(onlooker)
    abode.close()


@pytest.mark.faults
def test_server_outlives_an_outage_in_the_middle_of_its_backup(
    start: Start, onlooker: Office, postgres: Postgres
) -> None:
    publish(onlooker, "2022-10", "copied/0")
    server = start(0, copy_through_outages)
    server.wait_ready()
    for _ in range(3):
        server.wait_to_tell(lambda told: told[-1:] == ["copied"])
        postgres.stop()
        try:
            server.wait_to_tell(lambda told: told[-1:] == ["failed"])
        finally:
            postgres.start()
    server.wait_to_tell(lambda told: told[-1:] == ["copied"])
    wait_until_reached(onlooker)


def test_turn_to_write_goes_round(lake: str) -> None:
    address = lake_at(lake)
    assert address is not None
    turns = Counter[int]()
    until = time.monotonic() + 3

    def write(number: int) -> None:
        while time.monotonic() < until:
            with turn_to_write(address):
                turns[number] += 1
                time.sleep(0.005)

    with ThreadPoolExecutor(3) as writers:
        list(writers.map(write, range(3)))
    assert min(turns[number] for number in range(3)) > 3
    # Whoever comes again at once waits behind those who came before.
    assert max(turns.values()) <= 1.5 * min(turns.values())


def test_other_server_keeps_the_newest_months_and_backs_up_again_after_an_outage(
    lake: str,
    onlooker: Office,
    postgres: Postgres,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tally.store.database.BIG_ROW_COUNT", 0)
    for name in ("LOOKING_SECONDS", "QUIET_SECONDS", "RETRY_SECONDS"):
        monkeypatch.setattr(f"tally.safekeeping.keeper.{name}", 0.1)
    onlooker.send("2022-09", closed_of({"甲部": (1, 2)}), unit="甲部")
    with opened(tmp_path / "other") as other:
        keeper = Keeper(other.database)
        wait_until(lambda: is_kept(other.database))
        postgres.stop()
        time.sleep(1)
        postgres.start()
        wait_until_reached(onlooker)
        onlooker.send("2022-09", closed_of({"甲部": (2, 2)}), unit="甲部")
        mark = onlooker.database.mark()
        wait_until(lambda: (newest := keeper.newest()) and newest.manifest.mark == mark)
        wait_until(lambda: is_kept(other.database))
        keeper.stop()


def is_kept(database: Database) -> bool:
    """Tell whether the newest month is kept as it stands, without keeping it."""
    held = database._kept_items.held(database, SLUG)
    day = database.default_day(SLUG)
    return any(one.holds(day) for one in held)


def test_whoever_waits_too_long_is_told_who_writes(
    lake: str, onlooker: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tally.store.turns.WAIT_SECONDS", 1)
    other = Database(tmp_path / "other", PACKS)
    with (
        other.undisturbed(),
        pytest.raises(CannotWrite, match=r"进程 \d+ 正在写入（已 \d+ 秒）.*没有写入任何内容"),
        onlooker.database.write(lambda: None),
    ):
        pytest.fail("two had the turn at once")
    other.close()


def test_postgres_stopped_and_started_is_said_and_then_forgotten(
    start: Start, onlooker: Office, postgres: Postgres
) -> None:
    server = start(0, publish_through_outages)
    server.wait_ready()
    publish(onlooker, "2022-10", "before/0")
    postgres.stop()
    try:
        with pytest.raises(StoreAway, match="共享数据库暂时连不上"):
            onlooker.ask("published_months")
        with (
            pytest.raises(CannotWrite, match=r"没有写入.*共享数据库暂时连不上"),
            onlooker.database.write(lambda: None),
        ):
            pytest.fail("something could be written")
        server.wait_to_tell(lambda told: any("连不上" in one for one in told))
    finally:
        postgres.start()
    wait_until_reached(onlooker)
    assert marks_in_force(onlooker)["2022-10"] == [("before/0", ROWS)]
    publish(onlooker, "2022-10", "after/0")
    server.wait_to_tell(lambda told: "/" in told[-1])
    told = server.kill()
    assert not any(one.startswith("fault") for one in told)
    marks = marks_in_force(onlooker)
    assert_whole(marks)
    assert_record_agrees(onlooker)
