"""`account`: what the person at the server does with accounts, also while a server runs."""

import json
import re
from pathlib import Path

import pytest

from tally import accounts
from tally.accounts import book_of, key_of, standing_of
from tests.cli.terminal import Terminal

PASSWORD = re.compile(r"只显示这一次：(\S+)")


def create(terminal: Terminal, name: str = "sysadm", *more: str) -> str:
    """Create an account; return its password."""
    assert terminal.run("account", "create", name, "--post", "信息中心", *more) == 0, terminal.err
    told = PASSWORD.search(terminal.out)
    assert told
    return told[1]


def listed(terminal: Terminal, *more: str) -> dict[str, dict[str, object]]:
    assert terminal.run("account", "list", "--json", *more) == 0
    return {row["account"]: row for row in json.loads(terminal.out)["rows"]}


def test_first_password_is_random_shown_once_and_lets_its_holder_in(
    terminal: Terminal, home: Path
) -> None:
    password = create(terminal, "sysadm", "--role", "系统管理员")
    answer = accounts.log_in(book_of(home), "sysadm", password, "10.0.0.1")

    assert answer.token
    assert create(terminal, "second") != password
    terminal.run("account", "list")
    assert password not in terminal.out


def test_accounts_are_listed_with_state_roles_and_units(terminal: Terminal) -> None:
    create(terminal, "clerk", "--role", "填报员", "--unit", "财政金融部", "--until", "2099-12-31")
    create(terminal, "leader", "--role", "领导", "--first-unit", "招商部")

    rows = listed(terminal)
    assert rows["clerk"]["roles"] == ["填报员"]
    assert rows["clerk"]["units"] == ["财政金融部"]
    assert rows["clerk"]["expires_on"] == "2099-12-31"
    assert (rows["leader"]["units"], rows["leader"]["first_units"]) == (["全部"], ["招商部"])
    assert listed(terminal, "--unused") == {}


def test_change_takes_hold_in_a_session_that_runs(terminal: Terminal, home: Path) -> None:
    password = create(terminal, "clerk", "--role", "领导")
    book = book_of(home)
    key = key_of(accounts.log_in(book, "clerk", password, "10.0.0.1").token)
    assert standing_of(book, key) is not None

    assert terminal.run("account", "disable", "clerk") == 0
    book.forget()
    assert standing_of(book, key) is None
    assert listed(terminal)["clerk"]["state"] == "已停用"
    assert terminal.run("account", "enable", "clerk") == 0
    assert listed(terminal)["clerk"]["state"] == "正常"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("create", "one", "--post", "岗", "--role", "审计管理员", "--role", "领导"), "兼任"),
        (("create", "a", "--post", "岗"), "3 至 32 位"),
        (("create", "sysadm", "--post", "岗"), "已有账号"),
        (("disable", "nobody"), "没有账号"),
        (("display-revoke", "会议室"), "没有大屏"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(
    terminal: Terminal, words: tuple[str, ...], said: str
) -> None:
    create(terminal)

    assert terminal.run("account", *words) == 1
    assert said in terminal.err
    assert list(listed(terminal)) == ["sysadm"]


def test_reset_unlock_expiry_and_code_say_what_was_done(terminal: Terminal) -> None:
    create(terminal)
    for words, said in (
        (("unlock", "sysadm"), "已解锁"),
        (("reset-code", "sysadm"), "重新绑定"),
        (("expire", "sysadm", "--until", "2099-01-01"), "2099-01-01"),
        (("grant", "sysadm", "--role", "安全管理员"), "安全管理员"),
        (("reset-password", "sysadm"), "只显示这一次"),
    ):
        assert terminal.run("account", *words) == 0, terminal.err
        assert said in terminal.out


def test_display_is_made_listed_and_revoked(terminal: Terminal, home: Path) -> None:
    assert terminal.run("account", "display-create", "会议室", "--json") == 0
    path = json.loads(terminal.out)["path"]
    standing = standing_of(book_of(home), key_of(path.removeprefix("/display/")))
    assert standing is not None and standing.is_display
    terminal.run("account", "display-list")
    assert "大屏：会议室" in terminal.out

    assert terminal.run("account", "display-revoke", "会议室") == 0
    terminal.run("account", "display-list")
    assert "会议室" not in terminal.out


def test_help_shows_how_the_first_administrator_is_made(terminal: Terminal) -> None:
    assert terminal.run("account", "--help") == 0
    assert "--role 系统管理员" in terminal.out
