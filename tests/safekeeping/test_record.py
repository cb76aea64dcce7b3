"""The record of writes: what was acknowledged and is gone is found before any figure is shown."""

import shutil
from contextlib import AbstractContextManager, closing
from pathlib import Path

import duckdb
import pytest

from tally.batches import Batch
from tally.registry import BatchRecord, registry_of
from tally.safekeeping.opening import OpenHome, open_home
from tally.store import HomeDamaged, Writing, copying
from tests.safekeeping.homes import LEDGERS, PACKS, examined, months_in_force, opened, send, working

WAL = f"{LEDGERS}.wal"


def states(home: Path) -> list[tuple[int, str, str]]:
    return [(one.number, one.deed, one.state) for one in BatchRecord(registry_of(home)).after(0)]


def test_each_write_is_recorded_with_what_it_did(home: Path) -> None:
    with working(home) as office:
        upload = send(office, "2022-09")
        office.take_back(upload)
    assert [deed for _, deed, _ in states(home)] == [
        *("adopt", "draft", "publish", "draft", "publish"),
        *("draft", "publish", "undo"),
    ]
    assert {state for _, _, state in states(home)} == {"done"}


def test_examination_tells_how_far_it_is_and_reads_the_same_in_parts(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = examined(home)
    monkeypatch.setattr(copying, "ROWS_AT_ONCE", 1)
    told: list[tuple[int, int]] = []

    def tell(read_count: int, all_count: int) -> None:
        told.append((read_count, all_count))

    with closing(open_home(home, PACKS, is_scanned=True, progress=tell).database):
        assert told == [(0, 6), (3, 6), (6, 6)]
    assert examined(home) == whole


def test_lost_log_is_found_and_its_months_are_named(home: Path) -> None:
    """60 of 60 logs that were cut opened without a word in DuckDB itself."""
    with working(home) as office, office.database.one_checkpoint():
        send(office, "2022-09")
        ledgers, log = (home / LEDGERS).read_bytes(), (home / WAL).read_bytes()
    for kept_bytes in (0, 40, len(log) // 2, len(log) - 60):
        (home / LEDGERS).write_bytes(ledgers)
        (home / WAL).write_bytes(log[:kept_bytes])
        with pytest.raises(HomeDamaged, match=r"账本缺少最近 [12] 次") as found:
            examined(home)
        assert found.value.remarks[-1] == "受影响：trial　2022-09"
    (home / WAL).write_bytes(log)
    assert examined(home).mark.startswith("7:")


def test_older_copy_in_the_ledgers_place_is_found(home: Path) -> None:
    [backup] = (path for path in (home / "backups").iterdir() if (path / LEDGERS).exists())
    shutil.copy(backup / LEDGERS, home / LEDGERS)
    with pytest.raises(HomeDamaged, match="记录到第 5 次，账本只到第 3 次"):
        examined(home)


def test_ledgers_and_record_lost_together_are_found_by_the_backup(home: Path) -> None:
    for path in (*home.glob("registry*"), home / LEDGERS):
        path.unlink()
    with pytest.raises(HomeDamaged, match=r"比 .* 的备份还旧"), opened(home):
        pass


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE tickets SET is_satisfied = true WHERE ticket_no = '2022-08-1'", "1 次上传的行"),
        ("DELETE FROM tickets WHERE ticket_no = '2022-07-1'", "1 次上传的行"),
        ("UPDATE slice SET until_at = from_at WHERE period = DATE '2022-08-01'", "发布状态"),
    ],
)
def test_change_from_outside_is_found(home: Path, change: str, said: str) -> None:
    with duckdb.connect(str(home / LEDGERS)) as connection:
        connection.execute(change)
    with pytest.raises(HomeDamaged, match=said):
        examined(home)


def _written(found: OpenHome) -> AbstractContextManager[Writing]:
    return found.database.write(lambda: None)


def test_write_that_fails_before_its_commit_is_denied_and_nothing_is_lost(home: Path) -> None:
    with (
        opened(home) as found,
        pytest.raises(RuntimeError),
        found.database.write(lambda: None) as writing,
    ):
        writing.insert("answer", [{"campaign": "trial", "key": "k", "value": "v"}])
        raise RuntimeError
    assert len(states(home)) == 5
    assert months_in_force(home) == ["2022-07", "2022-08"]


def test_write_that_was_begun_and_cut_off_is_told_of_and_changes_nothing(home: Path) -> None:
    BatchRecord(registry_of(home)).intends(Batch(6, "ff", "publish", (3,), ""))
    with opened(home) as found:
        assert [(one.number, one.deed) for one in found.unfinished] == [(6, "publish")]
    with opened(home) as found:
        assert found.unfinished == ()
    assert states(home)[-1] == (6, "publish", "denied")


def test_commit_that_was_not_confirmed_stands(home: Path) -> None:
    record = BatchRecord(registry_of(home))
    record.settle([5], "begun")
    with opened(home) as found:
        assert found.unfinished == ()
    assert states(home)[-1] == (5, "publish", "done")
