"""What is done is recorded, by whom and with what result; what cannot be recorded is not done."""

import ast
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest
from sqlalchemy import select

from manage import ROOT
from tally.registry import Event, RegistryUnusable, registry_of, verify_audit
from tally.registry.audit import AUDIT_EVENT
from tally.registry.seals import seals_path
from tally.store import Database
from tally.submissions import CannotPublish, publish, tile_server, undo
from tally.submissions.deeds import doing, tell
from tally.viewers import Action, Role, Viewer, acts
from tests.office import SLUG, Office, trial_pack

LIST = "item_no | unit | due_on | state\nP1 | 甲部 | 09-15 | open\nP2 | 甲部 | 09-15 | open"
LONGER = f"{LIST}\nP3 | 甲部 | 09-15 | open"
CLERK = Viewer("banshi", frozenset({Role.OFFICE}), address="10.0.0.8", session="a1b2")
# Made up, as is the number of the identity card, whose check digit agrees.
PHONE, IDENTITY = "13800138000", "11010519491231002X"


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Office]:
    """An office whose registry is its own."""
    with closing(Database(tmp_path / "home", {SLUG: trial_pack()})) as database:
        yield Office(database)


def records(database: Database) -> list[dict[str, Any]]:
    """Return all records of a home, oldest first."""
    with registry_of(database.home).reading() as connection:
        asked = select(AUDIT_EVENT).order_by(AUDIT_EVENT.c.number)
        return [dict(row) for row in connection.execute(asked).mappings()]


def told(database: Database) -> list[tuple[Any, ...]]:
    """Return of each record its event, success, name and counts."""
    names = ("event", "is_success", "name", "count_before", "count_after")
    return [tuple(record[name] for name in names) for record in records(database)]


def test_list_that_comes_in_is_recorded_with_who_and_what(own: Office) -> None:
    with acts(CLERK):
        first = own.send("2022-09", LIST)
    uploaded, published = records(own.database)
    assert [uploaded["event"], published["event"]] == [Event.UPLOAD, Event.PUBLISH]
    for record in (uploaded, published):
        who = (record["account"], record["roles"], record["address"], record["session"])
        assert who == ("banshi", "办公室", "10.0.0.8", "a1b2")
        assert (record["campaign"], record["thing"]) == (SLUG, "台账")
        assert (record["name"], record["count_after"]) == (str(first), 2)
        assert len(record["sha256"]) == 64
    assert uploaded["request"] == published["request"] != ""


def test_list_that_replaces_another_is_recorded_with_the_rows_before_and_after(
    own: Office,
) -> None:
    first = own.send("2022-09", LIST)
    second = own.send("2022-09", LONGER)
    assert told(own.database)[-2:] == [
        (Event.PUBLISH, 1, str(second), 2, 3),
        (Event.OVERWRITE, 1, str(first), 2, 3),
    ]
    undo(own.database, second)
    assert told(own.database)[-1][:3] == (Event.ROLL_BACK, 1, str(second))


def test_refused_deed_is_recorded_as_failed(own: Office) -> None:
    first = own.send("2022-09", LIST)
    with pytest.raises(CannotPublish):
        publish(own.database, first)
    failed = records(own.database)[-1]
    assert (failed["event"], failed["is_success"], failed["name"]) == (Event.PUBLISH, 0, str(first))
    assert "没有成功：" in failed["sentence"]


def assert_nothing_can_be_published(own: Office, first: int) -> None:
    before = own.ask("item_history", item_key="P1")
    with pytest.raises(RegistryUnusable):
        own.send("2022-10", LONGER)
    with pytest.raises(RegistryUnusable):
        undo(own.database, first)
    assert own.ask("item_history", item_key="P1") == before
    assert [row["upload"] for row in own.ask("uploads")] == [first]
    assert own.ask("uploads")[0]["status"] == "published"


def test_nothing_is_done_while_the_log_cannot_be_written(own: Office) -> None:
    first = own.send("2022-09", LIST)
    with registry_of(own.database.home).writing() as connection:
        connection.exec_driver_sql("ALTER TABLE audit_event RENAME TO elsewhere")
    assert_nothing_can_be_published(own, first)
    with registry_of(own.database.home).writing() as connection:
        connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO audit_event")
    own.send("2022-10", LONGER)
    assert verify_audit(registry_of(own.database.home)) == []


def test_nothing_is_done_while_records_cannot_be_sealed(own: Office) -> None:
    first = own.send("2022-09", LIST)
    path = seals_path(own.database.home)
    kept = path.rename(path.with_suffix(".kept"))
    path.mkdir()
    assert_nothing_can_be_published(own, first)
    path.rmdir()
    kept.rename(path)
    own.send("2022-10", LONGER)
    assert verify_audit(registry_of(own.database.home)) == []


def test_deed_whose_commit_fails_is_said_not_to_have_come_true(own: Office) -> None:
    with (
        pytest.raises(duckdb.Error),
        doing(own.database, Action.CONFIGURE, Event.CONFIGURE, "停用", thing="底图服务") as deed,
    ):
        deed.writing.insert("setting", [{"name": "tile_server", "value": "x"}])
        deed.writing._cursor.close()
    first, second = records(own.database)
    assert (first["is_success"], second["is_success"]) == (1, 0)
    assert second["sentence"] == "第 1 条没有生效：停用没有成功：程序中断"
    assert tile_server(own.database) == ""


def test_personal_numbers_and_line_ends_stay_out_of_records(own: Office) -> None:
    sentence = f"导出 {PHONE}\n与 {IDENTITY} 的来信"
    tell(own.database.home, Event.EXPORT, sentence, name=f"{PHONE}.xlsx", account=PHONE)
    record = records(own.database)[-1]
    assert record["sentence"] == "导出 ＊＊＊ 与 ＊＊＊ 的来信"
    assert (record["name"], record["account"]) == ("＊＊＊.xlsx", "＊＊＊")


@pytest.mark.parametrize("path", ["tally", "pages", "app.py", "manage.py"])
def test_nothing_but_a_deed_writes_to_the_store(path: str) -> None:
    """`write` asks for what is recorded before the commit; only deeds have that to give."""
    folder = ROOT / path
    found = [
        file.relative_to(ROOT).as_posix()
        for file in ([folder] if folder.is_file() else folder.rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.With)
        for item in node.items
        if isinstance(item.context_expr, ast.Call)
        and getattr(item.context_expr.func, "attr", "") == "write"
    ]
    assert found == (["tally/submissions/deeds.py"] if path == "tally" else [])
