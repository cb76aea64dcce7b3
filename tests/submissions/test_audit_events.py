"""Each of the 24 types of events leaves its record, made by the program's own work."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from manage import ROOT
from tally import service
from tally.contracts import contracts
from tally.desk import Desk
from tally.notices.template import template
from tally.packs import packs
from tally.registry import Event, Registry, open_registry, registry_of, verify_audit
from tally.registry.looking_up import Row, Wanted, records
from tally.safekeeping.backups import make_backup
from tally.safekeeping.opening import open_home
from tally.safekeeping.restoring import restore
from tally.store import Database, HomeDamaged, HomeUnusable
from tally.submissions import Given, Terms, import_file, remove_campaign, seal, undo
from tally.submissions.audits import check_audit, export_audit, read_audit
from tally.viewers import AT_THE_SERVER, NotAllowed, Role, Viewer, acts
from tests import office as trial
from tests.store.older import make_older

SLUG = "xiangshan"
OWN = {slug: packs()[slug] for slug in (SLUG, "huaihua")}
TRIAL = {trial.SLUG: trial.trial_pack()}
CLERK = Viewer("banshi", frozenset(Role), address="10.0.0.8", session="a1b2")
# Who enters, and whose personal data is shown: tests/accounts/test_told.py and
# tests/submissions/test_vault.py find their records.
TOLD_BY_ACCOUNTS = {
    *(Event.LOGIN, Event.LOGIN_FAILED, Event.LOCKED, Event.LOGOUT, Event.TIMED_OUT),
    *(Event.PASSWORD, Event.ACCOUNT),
}
TOLD_BY_VAULT = {Event.REVEAL}
# Made up; the check digits agree.
PHONE, IDENTITY, CARD = "13800138000", "11010519491231002X", "6222020000000000005"


@dataclass
class Work:
    """A home in which an event is to happen."""

    home: Path
    database: Database

    def send(self, month: str, *titles: str) -> Any:
        """Hand a list of a unit in, as an office sends it."""
        heads = "问题编号,问题描述,责任单位,完成时限,状态\n"
        lines = [f"ZS-{n},{title},招商部,2022-10-31,正在推进" for n, title in enumerate(titles)]
        given = Given(SLUG, "problems", date(2022, int(month), 1))
        content = (heads + "\n".join(lines)).encode()
        return import_file(self.database, content, f"{month}月.csv", given, Terms("招商部"))


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Work]:
    home = tmp_path_factory.mktemp("events") / "home"
    with closing(open_home(home, OWN).database) as database:
        yield Work(home, database)
    assert verify_audit(registry_of(home)) == []


def newest(home: Path, event: Event) -> Row:
    """Return the newest record of an event."""
    return newest_of(registry_of(home), event)


def newest_of(registry: Registry, event: Event) -> Row:
    [found] = records(registry, Wanted(events=(event,)), 1)
    return found


def ask_at_the_desk(work: Work) -> None:
    asked = {"work": "ask", "question": "uploads", "parameters": {}}
    assert "error" not in Desk(work.database).do(asked)


def audit_as_a_leader(work: Work) -> None:
    with acts(Viewer("lingdao", frozenset({Role.LEADER}))), pytest.raises(NotAllowed):
        read_audit(work.home, Wanted())


HAPPENINGS: dict[Event, Callable[[Work], object]] = {
    Event.UPLOAD: lambda work: work.send("8", "路灯不亮"),
    Event.INVALID: lambda work: work.send("9", ""),
    Event.PUBLISH: lambda work: work.send("9", "路灯不亮"),
    Event.OVERWRITE: lambda work: work.send("9", "路灯不亮", "井盖松动"),
    Event.ROLL_BACK: lambda work: undo(work.database, work.send("9", "一", "二", "三").upload),
    Event.DELETE: lambda work: remove_campaign(work.database, "huaihua"),
    Event.EXPORT: ask_at_the_desk,
    Event.CONFIGURE: lambda work: seal(work.database, SLUG, date(2022, 9, 1), "第3期通报"),
    Event.BACKUP: lambda work: make_backup(
        work.home, work.database.copy_to, registry_of(work.home), "手动"
    ),
    Event.DENIED: audit_as_a_leader,
    Event.AUDIT_READ: lambda work: read_audit(work.home, Wanted()),
    Event.AUDIT_EXPORT: lambda work: export_audit(work.home, Wanted(), "csv"),
}
FAILING = {Event.INVALID, Event.DENIED}
OF_A_HOME_OF_ITS_OWN = {Event.START_STOP, Event.RESTORE, Event.MIGRATION, Event.INTEGRITY}


def test_every_event_is_told_by_somebody() -> None:
    told = [HAPPENINGS.keys(), OF_A_HOME_OF_ITS_OWN, TOLD_BY_ACCOUNTS, TOLD_BY_VAULT]
    assert set().union(*told) == set(Event)
    assert sum(map(len, told)) == len(Event) == 24
    written = "".join(
        path.read_text("utf-8")
        for path in (ROOT / "tally").rglob("*.py")
        if path.parent.name != "registry"
    )
    assert [event.name for event in Event if f"Event.{event.name}" not in written] == []


@pytest.mark.parametrize("event", HAPPENINGS, ids=lambda event: event.name)
def test_event_leaves_its_record(work: Work, event: Event) -> None:
    with acts(CLERK):
        HAPPENINGS[event](work)
    record = newest(work.home, event)
    assert record["is_success"] == (event not in FAILING)
    who = {Event.DENIED: "lingdao", Event.EXPORT: AT_THE_SERVER.account}
    assert record["account"] == who.get(event, CLERK.account)
    assert record["sentence"] and record["thing"]


def test_start_and_stop_leave_their_records(tmp_path: Path) -> None:
    service.start(tmp_path, with_samples=False).stop()
    held = {path.resolve() for path in Path("/proc/self/fd").iterdir()}
    assert not [path for path in held if path.is_relative_to(tmp_path)], "the home is let go"
    told = records(registry_of(tmp_path), Wanted(events=(Event.START_STOP,)))
    assert [row["sentence"] for row in told] == ["停止", "启动"]


def test_restoring_leaves_its_record_and_the_records_stay_in_order(tmp_path: Path) -> None:
    with closing(open_home(tmp_path, TRIAL).database) as database:
        made = make_backup(tmp_path, database.copy_to, registry_of(tmp_path), "手动")
        remove_campaign(database, SLUG)
    restore(tmp_path, made)
    assert newest(tmp_path, Event.RESTORE)["is_success"]
    assert newest(tmp_path, Event.DELETE)["campaign"] == SLUG
    assert verify_audit(registry_of(tmp_path)) == []
    # A registry that was lost comes back without its newest records, and says so.
    aside = restore(tmp_path, made, with_registry=True)
    assert verify_audit(registry_of(tmp_path)) == []
    assert "registry.sqlite" in newest(tmp_path, Event.RESTORE)["sentence"]
    with closing(open_registry(aside)) as before:
        assert newest_of(before, Event.DELETE)


def test_migration_leaves_its_record_also_when_it_fails(tmp_path: Path) -> None:
    ledgers = str(make_older(tmp_path, 4) / "tally.duckdb")
    # What a step makes is there already.
    with closing(duckdb.connect(ledgers)) as connection:
        connection.execute("CREATE TABLE finding_step (odd BIGINT)")
    with pytest.raises(HomeUnusable):
        open_home(tmp_path, TRIAL)
    assert not newest(tmp_path, Event.MIGRATION)["is_success"]
    with closing(duckdb.connect(ledgers)) as connection:
        connection.execute("DROP TABLE finding_step")
    open_home(tmp_path, TRIAL).database.close()
    record = newest(tmp_path, Event.MIGRATION)
    assert (record["is_success"], record["count_before"]) == (1, 4)


def test_damage_leaves_its_record(tmp_path: Path) -> None:
    with closing(open_home(tmp_path, TRIAL).database) as database:
        remove_campaign(database, SLUG)
    (tmp_path / "tally.duckdb").unlink()
    with pytest.raises(HomeDamaged):
        open_home(tmp_path, TRIAL)
    assert not newest(tmp_path, Event.INTEGRITY)["is_success"]


def test_changed_record_raises_an_alarm(work: Work) -> None:
    registry = registry_of(work.home)
    with registry.writing() as connection:
        connection.exec_driver_sql("UPDATE audit_event SET account = 'bieren' WHERE number = 2")
    assert check_audit(work.home).wrong == ["第 2 条记录的内容被改动过"]
    assert not newest(work.home, Event.INTEGRITY)["is_success"]
    with registry.writing() as connection:
        connection.exec_driver_sql("UPDATE audit_event SET account = 'banshi' WHERE number = 2")


def test_no_record_of_a_whole_run_holds_personal_data(work: Work) -> None:
    with acts(CLERK):
        title = f"来电人 {PHONE}，身份证 {IDENTITY}，卡号 {CARD}"
        work.send("9", title)
        content = template(contracts()["problems"], None, "招商部", [{"title": title}])
        given = Given(SLUG)
        import_file(work.database, content, f"{PHONE} 的来信.xlsx", given, Terms(PHONE))
    told = records(registry_of(work.home), Wanted())
    assert any("来信.xlsx" in row["sentence"] for row in told)
    written = "\n".join(str(value) for row in told for value in row.values())
    assert [secret for secret in (PHONE, IDENTITY, CARD) if secret in written] == []


def test_samples_leave_two_records(sample_home: Path) -> None:
    """One for each of a thousand files would hide what anybody did."""
    with closing(open_registry(sample_home)) as registry:
        told = records(registry, Wanted())
    assert [row["sentence"].partition(" ")[0] for row in told] == ["装入示例", "开始装入示例"]
    assert told[0]["count_after"] > 1000 and len(told[0]["sha256"]) == 64
