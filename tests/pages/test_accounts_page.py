"""账号, and what the frame opens for whom: pages, menu, account, a session that ended."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tally import accounts, service
from tally.accounts import Book, key_of
from tally.accounts.book import book_of
from tally.page_rights import OPENED_BY, may_open
from tally.registry import Event, registry_of
from tally.viewers import AT_THE_SERVER, Role, Viewer, acts
from tests.accounts.people import CHEAP, entered, made, told
from tests.pages.conftest import FRAME, PAGES, headline


@pytest.fixture
def book(empty_home: Path) -> Iterator[Book]:
    """The accounts of this process's empty home: one of each of four kinds."""
    empty_home.mkdir(parents=True, exist_ok=True)
    book = Book(registry_of(empty_home), *CHEAP)
    for name, role in (
        ("sysadm", Role.SYSTEM),
        ("secadm", Role.SECURITY),
        ("office", Role.OFFICE),
        ("leader", Role.LEADER),
    ):
        made(book, name, role)
    yield book
    book_of.cache_clear()
    registry_of(empty_home).close()
    registry_of.cache_clear()


def opened_as(book: Book, name: str, page: str = "progress") -> AppTest:
    """Open a page in a session that somebody has logged in to."""
    app = AppTest.from_file(str(FRAME), default_timeout=60)
    app.user = {"session": key_of(entered(book, name))}
    return app.switch_page(str(PAGES[page])).run()


def said(app: AppTest) -> str:
    return "\n".join(element.value for element in (*app.title, *app.markdown, *app.success))


def labels(app: AppTest) -> set[str]:
    return {button.label for button in app.button}


def kept(book: Book, name: str) -> accounts.Kept:
    return next(one for one in accounts.kept_accounts(book) if one.account.account == name)


def test_keeping_and_granting_are_separate_panels_of_separate_roles(book: Book) -> None:
    system = labels(opened_as(book, "sysadm", "accounts"))
    security = labels(opened_as(book, "secadm", "accounts"))

    assert {"停用", "重置口令", "新建", "新建凭证"} <= system
    assert "保存授权" not in system
    assert "保存授权" in security
    assert not {"停用", "重置口令", "新建", "新建凭证"} & security


def test_page_disables_and_enables_an_account(book: Book) -> None:
    app = opened_as(book, "sysadm", "accounts")
    assert headline(app).endswith("4 个账号")
    assert "leader" in said(app), "the first of the list is chosen"

    app.button(key="account_disable").click().run()
    assert kept(book, "leader").account.is_disabled
    assert "已停用 leader" in said(app)
    app.button(key="account_enable").click().run()
    assert not kept(book, "leader").account.is_disabled


def test_password_that_was_reset_is_shown_once(book: Book) -> None:
    app = opened_as(book, "sysadm", "accounts")
    app.button(key="account_reset").click().run()
    (shown,) = [code.value for code in app.code]
    assert accounts.log_in(book, "leader", shown, "10.0.0.1").token
    app.run()
    assert [code.value for code in app.code] == []


def test_security_administrator_grants_roles_and_units(book: Book) -> None:
    app = opened_as(book, "secadm", "accounts")
    app.multiselect(key="roles-leader").set_value([Role.REPORTER])
    app.toggle(key="all-leader").set_value(False).run()
    units = app.multiselect(key="units-leader").options[:2]
    app.multiselect(key="units-leader").set_value(units).run()
    app.button(key="account_grant").click().run()

    account = kept(book, "leader").account
    assert (account.roles, account.units) == ({"填报员"}, frozenset(units))


def test_roles_that_check_each_other_are_refused_on_the_page(book: Book) -> None:
    app = opened_as(book, "secadm", "accounts")
    app.multiselect(key="roles-leader").set_value([Role.AUDITOR, Role.LEADER]).run()
    app.button(key="account_grant").click().run()

    assert "不能兼任" in app.error[0].value
    assert kept(book, "leader").account.roles == {"领导"}


@pytest.mark.parametrize(("name", "page"), [("leader", "accounts"), ("sysadm", "rankings")])
def test_page_that_is_not_ones_own_is_refused_politely(book: Book, name: str, page: str) -> None:
    app = opened_as(book, name, page)

    assert "无权查看" in headline(app)
    assert [element.value for element in (*app.exception, *app.error)] == []
    app.run()
    denied = [row.account for row in told(book) if row.event == Event.DENIED]
    assert denied == [name], "recorded once, not with every run"


def test_change_takes_hold_in_the_next_run(book: Book) -> None:
    app = opened_as(book, "leader", "rankings")
    assert "无权查看" not in headline(app)
    with acts(AT_THE_SERVER):
        accounts.grant(service.book(), "leader", (), None)
    app.run()
    assert "账号还没有授权" in said(app)
    with acts(AT_THE_SERVER):
        accounts.disable(service.book(), "leader")
    app.run()
    assert "登录已失效" in said(app)
    assert headline(app) == ""


@pytest.mark.parametrize("user", [{}, {"session": ""}, {"session": "demonstration"}])
def test_run_without_a_session_shows_nothing_once_there_are_accounts(
    book: Book, user: dict[str, str]
) -> None:
    app = AppTest.from_file(str(FRAME), default_timeout=60)
    app.user = user
    app.run()
    assert "登录已失效" in said(app)
    assert headline(app) == ""


def test_demonstration_says_that_no_accounts_are_in_use(empty_home: Path) -> None:
    app = AppTest.from_file(str(FRAME), default_timeout=60).run()
    assert "演示模式：未启用账号" in said(app)


def test_every_page_named_in_the_table_is_there_and_open_to_somebody() -> None:
    pages = {f"{path.parent.name}/{path.stem}" for path in PAGES.values()}
    assert set(OPENED_BY) <= pages
    for page in pages:
        assert any(may_open(Viewer("x", frozenset({role})), page) for role in Role), page
