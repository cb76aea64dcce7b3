"""The key file and the originals that it seals: lost, damaged, changed, and from older homes."""

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tally.sealing import (
    KEY_FILE_VARIABLE,
    KeyUnusable,
    key_file,
    key_ring,
    rotate,
    take_new_key,
)
from tally.store import Database
from tally.submissions import Given, Outcome, Terms, import_file, read_original
from tally.submissions.originals import (
    OriginalLost,
    encrypt_originals,
    keep_original,
    original_path,
    sha256_of,
)
from tally.submissions.vault import NO_KEY
from tests.intake.samples import XIANGSHAN, xlsx

HEADS = ("问题编号", "问题描述", "责任单位", "完成时限", "状态")


def sent(database: Database) -> Outcome:
    """Import a small list."""
    content = xlsx(HEADS, ("A-1", "路灯不亮", "招商部", "2022-12-01", "进行中"))
    given = Given(campaign="xiangshan", ledger="problems", month=date(2022, 9, 1))
    return import_file(database, content, "问题.xlsx", given, Terms(uploaded_by="办公室"))


@pytest.fixture
def own_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A key file of the test's own, not there yet."""
    monkeypatch.setenv(KEY_FILE_VARIABLE, str(tmp_path / "keys" / "own.key"))
    return key_file()


def test_key_file_is_its_owners_alone_and_lies_outside_the_data(
    own_key: Path, tmp_path: Path
) -> None:
    keep_original(tmp_path / "home", b"file")
    assert own_key.stat().st_mode & 0o777 == 0o600
    assert not own_key.is_relative_to(tmp_path / "home")


def test_lost_key_is_said_and_no_other_is_taken_unasked(own_key: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    sha256 = keep_original(home, b"file")
    own_key.unlink()
    with pytest.raises(OriginalLost, match="不在"):
        read_original(home, sha256)
    with (
        Database.__new__(Database)
        if False
        else closing(Database(home, {"xiangshan": XIANGSHAN})) as database
    ):
        refused = sent(database)
        assert (refused.status, refused.problems[0].found) == ("refused", NO_KEY)
        take_new_key(home)
        assert sent(database).status == "published"
    with pytest.raises(OriginalLost, match="另一把密钥"):
        read_original(home, sha256)
    assert keep_original(home, b"file") == sha256
    assert read_original(home, sha256) == b"file"


def test_damaged_key_file_is_never_written_over(own_key: Path, tmp_path: Path) -> None:
    own_key.parent.mkdir()
    own_key.write_text("no key")
    with pytest.raises(KeyUnusable, match="已损坏"):
        keep_original(tmp_path / "home", b"file")
    assert own_key.read_text() == "no key"


def test_new_key_in_use_leaves_what_the_old_one_sealed_readable(
    own_key: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    old, tag = keep_original(home, b"old"), key_ring(home).tag("张三")
    rotate()
    new = keep_original(home, b"new")
    assert (read_original(home, old), read_original(home, new)) == (b"old", b"new")
    assert key_ring(home).tag("张三") == tag


def test_originals_of_an_older_home_are_encrypted_and_a_cut_off_write_is_left(
    own_key: Path, tmp_path: Path
) -> None:
    path = original_path(tmp_path, sha256_of(b"plain"))
    path.parent.mkdir(parents=True)
    path.write_bytes(b"plain")
    (path.parent / "tmpx1").write_bytes(b"half")
    assert [encrypt_originals(tmp_path) for _ in range(2)] == [1, 0]
    assert b"plain" not in path.read_bytes()
    assert read_original(tmp_path, path.name) == b"plain"
    assert (path.parent / "tmpx1").read_bytes() == b"half"
