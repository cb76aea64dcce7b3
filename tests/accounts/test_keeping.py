"""What administrators may do with accounts (等保 B1 to B3): separated, and never with their own."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tally import accounts, clock
from tally.accounts import Book, NotAllowed
from tally.viewers import AT_THE_SERVER, Role, Viewer, acts
from tests.accounts.conftest import Turn
from tests.accounts.people import entered, made, stands

Change = Callable[[Book, str], object]


def grant_leader(book: Book, name: str) -> None:
    accounts.grant(book, name, {Role.LEADER}, None)


CHANGES: dict[str, tuple[Change, Role]] = {
    "disable": (accounts.disable, Role.SYSTEM),
    "enable": (accounts.enable, Role.SYSTEM),
    "unlock": (accounts.unlock, Role.SYSTEM),
    "reset_password": (accounts.reset_password, Role.SYSTEM),
    "reset_code": (accounts.reset_code, Role.SYSTEM),
    "expire": (lambda book, name: accounts.set_expiry(book, name, None), Role.SYSTEM),
    "make": (lambda book, _: accounts.make_account(book, "newone", "督查岗"), Role.SYSTEM),
    "display": (lambda book, _: accounts.make_display(book, "会议室"), Role.SYSTEM),
    "grant": (grant_leader, Role.SECURITY),
}


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_is_one_administrators_alone(book: Book, change: str) -> None:
    made(book, "office", Role.OFFICE)
    work, allowed = CHANGES[change]
    for role in Role:
        with acts(Viewer("somebody", frozenset({role}))):
            if role is allowed:
                work(book, "office")
            else:
                with pytest.raises(NotAllowed, match="权限"):
                    work(book, "office")


@pytest.mark.parametrize("change", ["disable", "reset_password", "grant"])
def test_nobody_changes_an_account_of_their_own(book: Book, change: str) -> None:
    work, role = CHANGES[change]
    made(book, "keeper", role)
    with acts(Viewer("keeper", frozenset({role}))), pytest.raises(NotAllowed, match="自己"):
        work(book, "keeper")


@pytest.mark.parametrize("change", ["reset_password", "reset_code"])
@pytest.mark.parametrize("role", [Role.SECURITY, Role.AUDITOR, Role.SYSTEM])
def test_keys_of_another_administrator_are_set_at_the_server_only(
    book: Book, change: str, role: Role
) -> None:
    """Who could set an auditor's password could be the auditor."""
    made(book, "keeper", role)
    work, _ = CHANGES[change]
    with acts(Viewer("sys", frozenset({Role.SYSTEM}))), pytest.raises(NotAllowed, match="服务器上"):
        work(book, "keeper")
    with acts(AT_THE_SERVER):
        work(book, "keeper")


@pytest.mark.parametrize(
    "roles", [{Role.AUDITOR, Role.LEADER}, {Role.SYSTEM, Role.SECURITY}, {Role.DISPLAY}]
)
def test_roles_that_check_each_other_are_not_granted(book: Book, roles: set[Role]) -> None:
    made(book, "office", Role.OFFICE)
    with acts(AT_THE_SERVER), pytest.raises(NotAllowed):
        accounts.grant(book, "office", roles, None)

    kept = accounts.kept_accounts(book)[0]
    assert kept.account.roles == {Role.OFFICE}


@pytest.mark.parametrize(
    ("name", "post", "said"),
    [
        ("office", "督查岗", "已有账号"),
        ("OFFICE", "督查岗", "已有账号"),
        ("", "督查岗", "3 至 32 位"),
        ("办公室", "督查岗", "3 至 32 位"),
        ("a b c", "督查岗", "3 至 32 位"),
        ("second", " ", "岗位"),
    ],
)
def test_account_needs_a_name_of_its_own_and_a_post(
    book: Book, name: str, post: str, said: str
) -> None:
    made(book, "office")
    with acts(AT_THE_SERVER), pytest.raises(NotAllowed, match=said):
        accounts.make_account(book, name, post)


def test_reset_password_is_random_and_ends_the_sessions(book: Book) -> None:
    token = entered(book, made(book, "office", Role.OFFICE))
    with acts(AT_THE_SERVER):
        passwords = {accounts.reset_password(book, "office") for _ in range(3)}

    assert len(passwords) == 3
    assert stands(book, token) is None


def test_list_says_what_is_the_matter_with_each_account(book: Book, turn_clock: Turn) -> None:
    with acts(AT_THE_SERVER):
        made(book, "asleep", Role.OFFICE)
        turn_clock(days=91)
        for name in ("closed", "ended", "ending", "good"):
            made(book, name, Role.OFFICE)
        made(book, "without")
        accounts.disable(book, "closed")
        accounts.set_expiry(book, "ended", clock.today() - timedelta(days=1))
        accounts.set_expiry(book, "ending", clock.today() + timedelta(days=3))

    assert {kept.account.account: kept.state for kept in accounts.kept_accounts(book)} == {
        "asleep": "久未登录",
        "closed": "已停用",
        "ended": "已到期",
        "ending": "即将到期",
        "good": "正常",
        "without": "待授权",
    }
