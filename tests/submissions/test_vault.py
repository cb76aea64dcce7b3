"""What files say of persons: masked in every table, encrypted apart. Every person is made up."""

import logging
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tally.desk import Desk
from tally.registry import Event, RegistryUnusable, registry_of
from tally.registry.audit import AUDIT_EVENT
from tally.registry.looking_up import Wanted
from tally.store import Database
from tally.submissions import (
    CannotReveal,
    Given,
    Outcome,
    Terms,
    import_file,
    kept_apart,
    read_original,
    reveal,
    undo,
)
from tally.submissions.audits import export_audit
from tally.submissions.originals import sha256_of
from tally.submissions.provenance import kept_row, side_by_side
from tally.viewers import AT_THE_SERVER, Role, Viewer
from tests.intake.samples import XIANGSHAN, xlsx
from tests.intake.test_personal import made_up_identity, made_up_mobile

PERSON_COUNT = 50
TERMS = Terms(uploaded_by="办公室", reason="测试")
HEADS = ("工单编号", "受理时间", "诉求标题", "诉求详情", "承办单位", "答复意见", "状态", "备注")
PERSONAL_HEADS = ("来电人", "联系电话", "身份证号", "家庭住址", "车牌号", "银行卡号", "邮箱")
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴", "试样造假编虚拟仿构"
PLACE: Any = {"sheet": "Sheet1", "row": 2}


def person(number: int) -> dict[str, str]:
    """Return a made-up person whose every datum is only right in form."""
    name = SURNAMES[number % 10] + GIVEN[number // 10] + GIVEN[number % 8]
    return {
        "来电人": name,
        "联系电话": made_up_mobile(number),
        "身份证号": made_up_identity(number),
        "家庭住址": f"相山区东街道幸福社区人民路{number + 1}号{number % 9 + 1}栋{101 + number}室",
        "车牌号": f"皖F·A{1000 + number}",
        "银行卡号": f"62220202001122{number:02}00",
        "邮箱": f"made.up{number}@example.com",
    }


PERSONS = [person(number) for number in range(PERSON_COUNT)]
SECRETS = [value for one in PERSONS for value in one.values()]


def ticket(number: int) -> tuple[object, ...]:
    """Return a ticket's row that says everything of a made-up person, in columns and texts."""
    one = PERSONS[number]
    return (
        f"GD{number:05}",
        date(2022, 9, 1 + number % 28),
        f"来电人{one['来电人']}反映路灯不亮，电话{one['联系电话']}",
        f"身份证号{one['身份证号']}，车牌{one['车牌号']}被剐蹭，退款至卡号{one['银行卡号']}",
        "招商部",
        f"已回复{one['来电人']}（电话{one['联系电话']}），发至{one['邮箱']}",
        "已办结" if number % 2 else "办理中",
        f"家住{one['家庭住址']}",
        *one.values(),
    )


@cache
def workbook() -> bytes:
    """Return a list of tickets of all the made-up persons."""
    rows = [ticket(number) for number in range(PERSON_COUNT)]
    return xlsx((*HEADS, *PERSONAL_HEADS), *rows)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the module's lists lie."""
    return tmp_path_factory.mktemp("vault")


@pytest.fixture(scope="module")
def database(home: Path) -> Iterator[Database]:
    """A home of its own, with the campaign of a small pack."""
    opened = Database(home, {"xiangshan": XIANGSHAN})
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def outcome(database: Database) -> Outcome:
    """The import of all made-up persons."""
    return sent(database, workbook(), f"台账{PERSONS[0]['联系电话']}.xlsx")


def sent(database: Database, content: bytes, name: str = "工单.xlsx") -> Outcome:
    """Import a list of tickets of September 2022, whoever sends it."""
    given = Given(campaign="xiangshan", ledger="tickets", month=date(2022, 9, 1))
    return import_file(database, content, name, given, TERMS)


def secrets_in(text: str) -> list[str]:
    """Return which made-up data stand in a text as written."""
    return [secret for secret in SECRETS if secret in text]


def events(home: Path, event: Event) -> list[dict[str, Any]]:
    """Return the audit's records of one type."""
    with registry_of(home).reading() as connection:
        found = connection.execute(select(AUDIT_EVENT).where(AUDIT_EVENT.c.event == str(event)))
        return [dict(row) for row in found.mappings()]


def everything(database: Database) -> str:
    """Return every table of the store as text."""
    tables = database.rows(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = 'store'"
    ).to_pylist()
    return "\n".join(
        str(database.rows(f"SELECT * FROM store.main.{row['table_name']}").to_pylist())
        for row in tables
    )


def test_no_table_answer_outcome_or_log_holds_what_was_written(
    database: Database, outcome: Outcome, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        assert outcome.status == "published", outcome.problems
        answers = "".join(
            str(database.ask(name, {"campaign": "xiangshan", "as_of": date(2022, 9, 30)}))
            for name in ("tickets", "ledger_rows", "uploads", "ticket_progress")
        )
    assert len(database.rows("SELECT * FROM store.main.vault")) == PERSON_COUNT
    assert secrets_in(everything(database)) == []
    assert secrets_in(str(outcome) + str(outcome.to_json()) + answers + caplog.text) == []


def test_no_file_of_the_home_holds_what_was_written(
    database: Database, outcome: Outcome, home: Path
) -> None:
    files = [path for path in home.rglob("*") if path.is_file()]
    secrets = [secret.encode() for secret in SECRETS]
    names = {path.name for path in files}
    assert {"tally.duckdb", "registry.sqlite", outcome.sha256} <= names
    found = [
        (path.name, secret.decode())
        for path in files
        for content in (path.read_bytes(),)
        for secret in secrets
        if secret in content
    ]
    assert found == []


def test_masked_text_keeps_what_tells_two_apart(database: Database, outcome: Outcome) -> None:
    [row] = database.rows(
        "SELECT * FROM store.main.tickets WHERE ticket_no = 'GD00001'"
    ).to_pylist()
    one = PERSONS[1]
    phone = f"{one['联系电话'][:3]}****{one['联系电话'][-4:]}"
    assert row["title"] == f"来电人{one['来电人'][0]}**反映路灯不亮，电话{phone}"
    assert row["note"] == "家住相山区东街道幸福社区****"
    kept = kept_apart(database, outcome.upload or 0, "Sheet1", 3)
    assert kept is not None
    assert kept.shown["联系电话"] == phone
    assert kept.shown["银行卡号"] == "****0100"


def test_original_comes_back_as_it_came_in_and_its_cells_are_masked(
    database: Database, outcome: Outcome, home: Path
) -> None:
    assert sha256_of(read_original(home, outcome.sha256)) == outcome.sha256
    kept = kept_row(database, outcome.upload or 0, **PLACE)
    assert kept is not None
    sides = side_by_side(kept)
    assert "来电人" in [pair.header for pair in sides.pairs]
    assert secrets_in(str(sides)) == []
    assert [pair.mark for pair in sides.pairs if pair.header == "诉求标题"] == [""]


def test_revealed_row_is_as_written_and_recorded_without_its_texts(
    database: Database, outcome: Outcome, home: Path
) -> None:
    kept = kept_apart(database, outcome.upload or 0, **PLACE)
    assert kept is not None
    said = reveal(database, kept, AT_THE_SERVER, f"回访{PERSONS[0]['联系电话']}核实")
    written = dict(zip((*HEADS, *PERSONAL_HEADS), ticket(0), strict=True))
    assert said == {title: written[title] for title in said}
    assert set(said) >= set(PERSONAL_HEADS) | {"诉求标题", "诉求详情", "答复意见", "备注"}
    [record] = events(home, Event.REVEAL)
    assert record["name"] == f"{outcome.upload} 号 Sheet1 第 2 行"
    assert "回访135****0013核实" in record["sentence"]
    assert secrets_in(str(record)) == []


@pytest.mark.parametrize(
    ("viewer", "reason", "why"),
    [
        (AT_THE_SERVER, "看看 ", "请写明理由，至少 4 个字"),
        (Viewer("领导", frozenset({Role.LEADER})), "回访核实", "您的角色不能查看个人信息原文"),
        (
            Viewer("填报", frozenset({Role.REPORTER}), frozenset({"产业发展部"})),
            "回访核实",
            "这一条不在您的单位范围内",
        ),
    ],
)
def test_reveal_is_refused_without_reason_role_or_unit(
    database: Database, outcome: Outcome, viewer: Viewer, reason: str, why: str
) -> None:
    kept = kept_apart(database, outcome.upload or 0, **PLACE)
    assert kept is not None
    with pytest.raises(CannotReveal, match=why):
        reveal(database, kept, viewer, reason)


def test_record_moved_to_another_row_does_not_open(database: Database, outcome: Outcome) -> None:
    first = kept_apart(database, outcome.upload or 0, **PLACE)
    other = kept_apart(database, outcome.upload or 0, "Sheet1", 3)
    assert first is not None
    assert other is not None
    with pytest.raises(CannotReveal, match="换了位置"):
        reveal(database, replace(first, sealed=other.sealed), AT_THE_SERVER, "回访核实")


def test_same_file_again_is_unchanged_and_undo_of_a_draft_takes_the_vault_along(
    database: Database, outcome: Outcome
) -> None:
    assert sent(database, workbook()).status == "unchanged"
    rows = (("工单编号", *HEADS[1:], "来电人"), (*ticket(0)[:8], "王试试"))
    content = xlsx(*rows)
    given = Given(campaign="xiangshan", ledger="tickets", month=date(2022, 9, 1))
    draft = import_file(database, content, "草稿.xlsx", given, replace(TERMS, is_draft=True))
    assert kept_apart(database, draft.upload or 0, **PLACE)
    undo(database, draft.upload or 0)
    assert kept_apart(database, draft.upload or 0, **PLACE) is None


def test_items_of_two_persons_who_look_alike_stay_two(tmp_path: Path) -> None:
    heads = ("问题描述", "责任单位", "完成时限", "状态")
    titles = [f"来电人反映漏水，电话138{middle}0001" for middle in ("1111", "2222")]
    given = Given(campaign="xiangshan", ledger="problems")
    with closing(Database(tmp_path / "home", {"xiangshan": XIANGSHAN})) as database:
        keys = []
        for month in (9, 10):
            # In the second month the two stand the other way round.
            rows = [(title, "招商部", "2022-12-01", "进行中") for title in titles]
            content = xlsx(heads, *rows[:: 1 if month == 9 else -1])
            at = replace(given, month=date(2022, month, 1))
            done = import_file(database, content, f"{month}.xlsx", at, TERMS)
            assert done.status == "published", done.problems
            counts = [done.comparison.count(kind) for kind in ("added", "changed", "vanished")]
            assert counts == ([2, 0, 0] if month == 9 else [0, 0, 0])
            stored = f"SELECT item_key FROM store.main.problems WHERE upload = {done.upload}"
            keys.append([row["item_key"] for row in database.rows(stored).to_pylist()])
    assert keys[0] == keys[1][::-1]
    assert len(set(keys[0])) == 2


def test_nothing_is_revealed_answered_or_exported_while_it_cannot_be_recorded(
    database: Database, outcome: Outcome, home: Path
) -> None:
    kept = kept_apart(database, outcome.upload or 0, **PLACE)
    assert kept is not None
    entrances = {
        "reveal": lambda: reveal(database, kept, AT_THE_SERVER, "回访核实"),
        "refused reveal": lambda: reveal(database, kept, Viewer("x", frozenset()), "回访核实"),
        "audit": lambda: export_audit(home, Wanted(), "csv"),
        "publish": lambda: sent(database, workbook() + b" ", "又一份.xlsx"),
    }
    asked = {"work": "ask", "question": "tickets", "parameters": {}}
    exported = {"work": "template", "ledger": "tickets", "campaign": "xiangshan"}
    with registry_of(home).writing() as connection:
        connection.exec_driver_sql("ALTER TABLE audit_event RENAME TO elsewhere")
    before = database.ask("uploads").num_rows
    for name, entrance in entrances.items():
        with pytest.raises(RegistryUnusable):
            pytest.fail(f"{name}: {entrance()}")
    assert [list(Desk(database).do(one)) for one in (asked, exported)] == [["error"], ["error"]]
    assert database.ask("uploads").num_rows == before
    with registry_of(home).writing() as connection:
        connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO audit_event")
    assert reveal(database, kept, AT_THE_SERVER, "回访核实")
