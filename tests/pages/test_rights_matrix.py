"""Who may open what, do what and see what: every role, page, action and class of columns.

One line each; a role, a page, an action or a class without its mark fails. What the viewer sends
is not believed: addresses and values that name another unit's rows bring none of them.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tally import accounts, service
from tally.accounts import Book, key_of
from tally.accounts.book import book_of
from tally.board import handing_out
from tally.board.asking import forget_answers
from tally.page_rights import may_open
from tally.registry import registry_of
from tally.registry.looking_up import Wanted
from tally.secrecy import ColumnClass
from tally.store import Database, Scope, question_names, scope_of
from tally.submissions import (
    CannotReveal,
    kept_apart,
    publish,
    receipt_of,
    reveal,
    send_nil,
    unarchive,
    unseal,
)
from tally.submissions.audits import read_audit
from tally.submissions.draws import make_draw
from tally.submissions.findings import take_step_back
from tally.submissions.meetings import Seen, freeze
from tally.submissions.nil import NilReturn
from tally.viewers import AT_THE_SERVER, Action, NotAllowed, Role, Viewer, acting, acts
from tests import marked
from tests.accounts.people import CHEAP, entered, made
from tests.pages.conftest import FRAME, PAGES, ROOT, _as_home, headline
from tests.rights import CELLS, LINES, ROLES, names, viewer

CAMPAIGN, LAST_DAY = marked.PACK.campaign.name, date(2022, 9, 30)
FIRST_PAGE = "leaders/progress"
OTHERS = (marked.told_by(marked.OTHER),)


@pytest.fixture(scope="module")
def home(marked_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    forget_answers()
    yield from _as_home(shutil.copytree(marked_home, tmp_path_factory.mktemp("matrix") / "home"))
    forget_answers()
    book_of.cache_clear()


@pytest.fixture(scope="module")
def database(home: Path) -> Database:
    return service.database()


@pytest.fixture(scope="module")
def keys(home: Path) -> dict[Role, str]:
    """Return the session of one logged-in person of each role, and of one screen."""
    book = Book(registry_of(home), *CHEAP)
    book_of.cache_clear()
    found = {}
    for role in ROLES:
        if role is Role.DISPLAY:
            with acts(AT_THE_SERVER):
                found[role] = key_of(accounts.make_display(book, "大厅"))
        else:
            name = f"one-{role.name.lower()}"
            found[role] = key_of(entered(book, made(book, name, role, units=viewer(role).units)))
    return found


def opened_as(key: str, page: str, state: dict[str, Any] | None = None, **address: str) -> AppTest:
    app = AppTest.from_file(str(FRAME), default_timeout=60)
    app.user = {"session": key}
    for name, value in {"campaign": CAMPAIGN, "month": "2022年9月", **address}.items():
        app.query_params[name] = value
    for name, value in (state or {}).items():
        app.session_state[name] = value
    return app.switch_page(str(PAGES[page])).run()


def test_every_role_page_action_and_class_has_its_line() -> None:
    pages = {path.relative_to(ROOT / "pages") for path in PAGES.values()}
    assert names("page") == {path.with_suffix("").as_posix() for path in pages}
    assert names("does") == set(map(str, Action))
    assert names("sees") == set(map(str, ColumnClass))
    assert set(ROLES) == set(Role)
    assert len(LINES) == len(PAGES) + len(Action) + len(ColumnClass)


@pytest.mark.parametrize("role", ROLES)
def test_role_opens_the_pages_of_its_column_and_is_turned_away_from_the_rest(
    keys: dict[Role, str], role: Role
) -> None:
    opened = {name for name in names("page") if may_open(viewer(role), name)}
    assert opened == {name for name in names("page") if CELLS["page", name, role]}
    for name in sorted(names("page") - opened):
        app = opened_as(keys[role], Path(name).name)
        # From the first page a viewer whose page it is not is led to one of the menu.
        assert headline(app) == "○ 无权查看" or name == FIRST_PAGE, name
        assert not app.exception
        assert marked.found_in(marked.page_bytes(app), (*OTHERS, marked.MARK)) == []


def is_refused(deed: Callable[[], object]) -> bool:
    """Tell whether a deed is refused for want of the right; other refusals come behind it."""
    try:
        deed()
    except NotAllowed as refusal:
        return "权限" in str(refusal)
    except ValueError:
        return False
    return False


def deeds(database: Database, monkeypatch: pytest.MonkeyPatch) -> dict[Action, Callable[[], Any]]:
    """Return for each action something that needs it; True or NotAllowed is a refusal."""
    drawn: list[str] = []
    drawing = lambda label, *_, **__: drawn.append(label)  # noqa: E731
    monkeypatch.setattr(handing_out.st, "download_button", drawing)
    book, seen = Book(registry_of(database.home), *CHEAP), Seen(marked.SLUG, LAST_DAY)

    def exports() -> None:
        drawn.clear()
        handing_out.hand_out("下载", bytes, "x.xlsx", key="x", thing="通报")
        if not drawn:
            raise NotAllowed("没有权限")

    def pages(name: str) -> Callable[[], None]:
        def opens() -> None:
            if not may_open(acting(), name):
                raise NotAllowed("没有权限")

        return opens

    return {
        Action.LOOK: pages("leaders/progress"),
        Action.LOOK_ACROSS: pages("leaders/meeting"),
        Action.LOOK_AT_WALL: pages("leaders/wall"),
        Action.BACK_UP: pages("admin/backups"),
        Action.EXPORT: exports,
        Action.SUBMIT: lambda: send_nil(
            database, NilReturn(marked.SLUG, "problems", date(2030, 1, 1), marked.OWN)
        ),
        Action.PUBLISH: lambda: publish(database, 999_999),
        Action.SUPERVISE: lambda: take_step_back(database, 999_999),
        Action.MEET: lambda: freeze(database, marked.PACK, seen, "", "综合科"),
        Action.NOTIFY: lambda: unseal(database, marked.SLUG, date(2030, 1, 1)),
        Action.CHECK: lambda: make_draw(database, marked.SLUG, LAST_DAY, "20220930", 1, "岗"),
        Action.CONFIGURE: lambda: unarchive(database, marked.SLUG),
        Action.KEEP_ACCOUNTS: lambda: accounts.make_account(book, "!", ""),
        Action.GRANT: lambda: accounts.grant(book, "one-leader", [Role.LEADER], None),
        Action.AUDIT: lambda: read_audit(database.home, Wanted()),
    }


@pytest.mark.parametrize("role", ROLES)
def test_role_does_what_its_column_says_and_nothing_else(
    database: Database, keys: dict[Role, str], role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = deeds(database, monkeypatch)
    # Both are classes of columns; what they open is tried below.
    assert set(tried) == set(Action) - {Action.REVEAL, Action.SEE_SENSITIVE}
    assert {one for one in Action if viewer(role).may(one)} == {
        one for one in Action if CELLS["does", str(one), role]
    }
    if role not in (Role.OFFICE, Role.CHECKER):
        # Half of the questions are asked for it: one who may and one who may not is enough.
        tried.pop(Action.MEET)
    with acts(viewer(role)):
        refused = {action for action, deed in tried.items() if is_refused(deed)}
    assert refused == {one for one in tried if not CELLS["does", str(one), role]}


def sees_as_written(database: Database, who: Viewer) -> bool:
    """Tell whether a viewer is shown what a row of the own unit says of a person."""
    [place] = database.rows(
        "SELECT upload, sheet, min(row) AS row FROM store.main.tickets GROUP BY ALL"
    ).to_pylist()
    kept = kept_apart(database, **place, ledger="tickets")
    assert kept is not None
    try:
        return marked.PERSON["联系电话"] in reveal(database, kept, who, "核对办理结果").values()
    except CannotReveal:
        return False


@pytest.fixture(scope="module")
def told(database: Database) -> Callable[[Scope], str]:
    """Return what all questions answer in a scope, asked once for who are alike."""

    @cache
    def all_told(scope: Scope) -> str:
        given = {"campaign": marked.SLUG, "as_of": LAST_DAY}
        answers = []
        for name in sorted(question_names()):
            with suppress(NotAllowed):
                answers.append(str(database.ask(name, given, scope).to_pylist()))
        return "\n".join(answers)

    return all_told


@pytest.mark.parametrize("role", ROLES)
def test_role_sees_the_classes_of_its_column_in_every_answer(
    database: Database, told: Callable[[Scope], str], role: Role
) -> None:
    scope, sees = scope_of(viewer(role)), CELLS["sees", "sensitive", role]
    seen = {str(one) for one in scope.classes}
    assert seen == {str(one) for one in ColumnClass if CELLS["sees", str(one), role]}
    assert sees_as_written(database, viewer(role)) == CELLS["sees", "personal", role]
    # Of what is told in answers, the sensitive is the only class that makes a difference.
    alike = Scope(scope.units, scope.classes & {ColumnClass.SENSITIVE})
    assert (marked.MARK in told(alike)) == sees
    assert (marked.told_by(marked.OTHER) in told(alike)) == (scope.units is None)
    given = {"campaign": marked.SLUG, "as_of": LAST_DAY, "words": marked.MARK}
    assert (database.ask("ledger_rows", given, scope).num_rows > 0) == sees


@pytest.mark.parametrize("role", [Role.LEADER, Role.CHECKER])
@pytest.mark.parametrize("page", ["dockets", "supervision", "appraisals", "ledger"])
def test_pages_leave_out_what_is_sensitive_for_whom_it_is_not(
    database: Database, keys: dict[Role, str], role: Role, page: str
) -> None:
    rows = database.rows("SELECT upload, sheet, row FROM store.main.clues LIMIT 1").to_pylist()
    place = {name: str(value) for name, value in rows[0].items()}
    app = opened_as(keys[role], page, docket="问题线索", ledger="问题线索台账", **place)
    assert not app.exception
    is_told = marked.found_in(marked.page_bytes(app), [marked.MARK]) != []
    assert not is_told or CELLS["sees", "sensitive", role]
    if page in ("dockets", "ledger"):
        assert is_told == CELLS["sees", "sensitive", role]


def test_receipt_holds_sensitive_texts_for_who_sent_the_file_alone(database: Database) -> None:
    [row] = database.rows("SELECT DISTINCT upload FROM store.main.clues").to_pylist()
    for role in (Role.OFFICE, Role.CHECKER):
        with acts(viewer(role)):
            text = marked.readable(receipt_of(database, row["upload"]))
        assert (marked.MARK in text) == CELLS["sees", "sensitive", role]


# What a browser could send in place of the clerk's own choices.
FORGED: dict[str, Any] = {
    "unit": [marked.OTHER],
    "_shown_import": ("upload", 1),
    "words": "自己的事",
}
CLERKS_PAGES = sorted(
    Path(name).name for name in names("page") if CELLS["page", name, Role.REPORTER]
)


@pytest.mark.parametrize("page", CLERKS_PAGES)
def test_addresses_and_values_of_others_bring_a_clerk_nothing_of_theirs(
    database: Database, keys: dict[Role, str], page: str
) -> None:
    [others] = database.rows(
        "SELECT upload, sheet, row, item_key FROM store.main.problems WHERE unit = $unit LIMIT 1",
        {"unit": marked.OTHER},
    ).to_pylist()
    place = {name: str(value) for name, value in others.items()}
    forged = place | {"unit": marked.OTHER, "item": place["item_key"], "meeting": "1", "draw": "1"}
    states = ({}, FORGED) if page in ("ledger", "upload", "closing", "unit_file") else ({},)
    for state in states:
        app = opened_as(keys[Role.REPORTER], page, state, **forged)
        assert marked.found_in(marked.page_bytes(app), (*OTHERS, marked.MARK)) == [], state
