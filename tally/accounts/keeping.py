"""What administrators do with accounts: who may, and what follows (等保 B1 to B3)."""

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from tally import clock
from tally.accounts.book import Book, key_of, new_token, now, tell
from tally.accounts.entering import folded
from tally.accounts.passwords import KEPT_COUNT, random_password
from tally.accounts.standing import DAY_SECONDS, is_demonstration, is_usable, roles_of
from tally.registry import Connection, Event, accounts, sessions
from tally.registry.accounts import Account
from tally.registry.sessions import DISPLAY, Session
from tally.viewers import (
    ADMINISTRATORS,
    AT_THE_SERVER,
    Action,
    NotAllowed,
    Role,
    acting,
    conflict_of,
)

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,31}")
UNUSED_DAYS = 90
EXPIRING_DAYS = 14
DISPLAY_NAME_MAX = 32


@dataclass(frozen=True)
class Kept:
    """An account as it is listed: `locked_until` in seconds since 1970, 0 for not locked."""

    account: Account
    locked_until: float

    @property
    def is_unused(self) -> bool:
        """Whether nobody entered for 90 days; a new account has as long."""
        since = self.account.entered_at or self.account.made_at
        return now() - since > UNUSED_DAYS * DAY_SECONDS

    @property
    def state(self) -> str:
        """What is the matter with the account, in a word."""
        if self.account.is_disabled:
            return "已停用"
        if not is_usable(self.account):
            return "已到期"
        if self.locked_until:
            return "已锁定"
        if not self.account.roles:
            return "待授权"
        last = self.account.expires_on
        is_near = last and (date.fromisoformat(last) - clock.today()).days <= EXPIRING_DAYS
        return "即将到期" if is_near else "久未登录" if self.is_unused else "正常"


def kept_accounts(book: Book) -> list[Kept]:
    """Return every account with what locks it."""
    with book.registry.reading() as connection:
        listed, failed = accounts.all_accounts(connection), accounts.failures(connection)
    moment = now()
    until: dict[str, float] = {}
    for failure in failed:
        if failure.locked_until > moment:
            until[failure.account] = max(failure.locked_until, until.get(failure.account, 0.0))
    return [Kept(account, until.get(account.account, 0.0)) for account in listed]


@contextmanager
def _changing(
    book: Book, name: str, action: Action, *, is_key: bool = False
) -> Iterator[tuple[Connection, Account]]:
    """Give an account to whoever may change it: nobody their own, nor another office's keys.

    Who could set an auditor's or a security administrator's password or code would be one:
    that is done at the server only (`is_key`).
    """
    viewer = acting()
    with book.registry.writing() as connection:
        account = accounts.account_named(connection, folded(name))
        if account is None:
            raise NotAllowed(f"没有账号 {name}")
        is_at_server = viewer is AT_THE_SERVER
        is_foreign_key = is_key and bool(roles_of(account) & ADMINISTRATORS)
        if not viewer.may(action):
            refusal = f"{action.value}不在您的权限内"
        elif account.account == viewer.account:
            refusal = "不能变更自己的账号"
        elif is_foreign_key and not is_at_server:
            refusal = "管理员的口令和动态口令只能在服务器上用 manage.py account 重置"
        else:
            yield connection, account
            refusal = ""
        if refusal:
            tell(
                connection, Event.DENIED, account.account, by=viewer.account,
                address=viewer.address, is_done=False, detail=refusal,
            )  # fmt: skip
    book.forget()
    if refusal:
        raise NotAllowed(refusal)


def make_account(
    book: Book,
    name: str,
    post: str,
    *,
    expires_on: date | None = None,
    external: str | None = None,
) -> str:
    """Make an account without any role; return its first password, which is shown once."""
    viewer, name = acting(), folded(name)
    if not viewer.may(Action.KEEP_ACCOUNTS):
        raise NotAllowed("管理账号不在您的权限内")
    if is_demonstration(viewer):
        raise NotAllowed(
            "演示模式中不建账号；请在服务器上用 manage.py account create 建立第一个系统管理员"
        )
    if not NAME.fullmatch(name):
        raise NotAllowed("账号用 3 至 32 位小写字母、数字、点、横线，以字母或数字开头")
    if not post.strip():
        raise NotAllowed("请写明岗位，例如 产业发展部填报岗；不写人名")
    password = random_password()
    hashed = book.hashed(password)
    with book.registry.writing() as connection:
        if accounts.account_named(connection, name):
            raise NotAllowed(f"已有账号 {name}")
        moment = now()
        accounts.add_account(
            connection, account=name, post=post.strip(), roles=frozenset(), units=None,
            first_units=(), external=external or None,
            expires_on=expires_on.isoformat() if expires_on else None, is_disabled=False,
            password_hash=hashed, password_at=moment, must_change=True, code_secret=None,
            code_step=0, made_at=moment, made_by=viewer.account, entered_at=None,
            entered_from=None,
        )  # fmt: skip
        accounts.keep_password(connection, name, hashed, KEPT_COUNT)
        tell(connection, Event.ACCOUNT, name, by=viewer.account, detail="新建账号")
    book.forget()
    return password


def _change(connection: Connection, account: str, detail: str, **values: object) -> None:
    if values:
        accounts.change_account(connection, account, **values)
    tell(connection, Event.ACCOUNT, account, by=acting().account, detail=detail)


def disable(book: Book, name: str) -> None:
    """Close an account and end its sessions at once."""
    with _changing(book, name, Action.KEEP_ACCOUNTS) as (connection, account):
        sessions.end_sessions(connection, account.account)
        _change(connection, account.account, "停用", is_disabled=True)


def enable(book: Book, name: str) -> None:
    """Open a closed account again."""
    with _changing(book, name, Action.KEEP_ACCOUNTS) as (connection, account):
        _change(connection, account.account, "启用", is_disabled=False)


def set_expiry(book: Book, name: str, last_day: date | None) -> None:
    """Set the last day on which an account may be used; None for no such day."""
    with _changing(book, name, Action.KEEP_ACCOUNTS) as (connection, account):
        day = last_day.isoformat() if last_day else None
        _change(connection, account.account, f"有效期 {day or '不限'}", expires_on=day)


def unlock(book: Book, name: str) -> None:
    """Forget the failures under an account."""
    with _changing(book, name, Action.KEEP_ACCOUNTS) as (connection, account):
        accounts.forget_failures(connection, account.account)
        _change(connection, account.account, "解锁")


def reset_password(book: Book, name: str) -> str:
    """Give an account a new random password, ending its sessions; return it to be shown once."""
    password = random_password()
    hashed = book.hashed(password)
    with _changing(book, name, Action.KEEP_ACCOUNTS, is_key=True) as (connection, account):
        accounts.keep_password(connection, account.account, hashed, KEPT_COUNT)
        accounts.forget_failures(connection, account.account)
        sessions.end_sessions(connection, account.account)
        changed = {"password_hash": hashed, "password_at": now(), "must_change": True}
        _change(connection, account.account, "重置口令", **changed)
    return password


def reset_code(book: Book, name: str) -> None:
    """Let an administrator enrol a new authenticator app, ending the sessions."""
    with _changing(book, name, Action.KEEP_ACCOUNTS, is_key=True) as (connection, account):
        sessions.end_sessions(connection, account.account)
        _change(connection, account.account, "重置动态口令", code_secret=None)


def grant(
    book: Book,
    name: str,
    roles: Collection[Role],
    units: Collection[str] | None,
    first_units: Collection[str] = (),
) -> None:
    """Set an account's roles and the units whose rows it sees, None for all of them.

    Who becomes or was an administrator logs in anew.
    """
    with _changing(book, name, Action.GRANT) as (connection, account):
        held = frozenset(roles)
        refusal = conflict_of(held)
        if Role.DISPLAY in held:
            refusal = "大屏用凭证打开，不给账号"
        if refusal:
            raise NotAllowed(refusal)
        if (held ^ roles_of(account)) & ADMINISTRATORS:
            sessions.end_sessions(connection, account.account)
        scope = None if units is None else frozenset(units)
        values = {"roles": held, "units": scope, "first_units": tuple(first_units)}
        accounts.change_account(connection, account.account, **values)
        said = f"{'、'.join(sorted(held)) or '无'}；{'全部单位' if scope is None else len(scope)}"
        tell(connection, Event.ACCOUNT, account.account, by=acting().account, detail=said)


def make_display(book: Book, name: str) -> str:
    """Let a screen look at the wall without a log-in; return its token, which is shown once."""
    _may_keep_displays()
    name, token, moment = f"大屏：{name.strip()[:DISPLAY_NAME_MAX]}", new_token(), now()
    with book.registry.writing() as connection:
        if any(held.account == name for held in sessions.displays(connection)):
            raise NotAllowed(f"已有{name}")
        session = Session(key_of(token), name, DISPLAY, "", moment, moment, True, None)
        sessions.add_session(connection, session)
        tell(connection, Event.ACCOUNT, name, by=acting().account, detail="新建大屏凭证")
    return token


def revoke_display(book: Book, name: str) -> None:
    """Take a screen's token back."""
    _may_keep_displays()
    name = name if name.startswith("大屏：") else f"大屏：{name}"
    with book.registry.writing() as connection:
        if not sessions.end_sessions(connection, name, way=DISPLAY):
            raise NotAllowed(f"没有{name}")
        tell(connection, Event.ACCOUNT, name, by=acting().account, detail="收回大屏凭证")
    book.forget()


def _may_keep_displays() -> None:
    if not acting().may(Action.KEEP_ACCOUNTS):
        raise NotAllowed("管理账号不在您的权限内")


def displays(book: Book) -> list[Session]:
    """Return the screens that hold a token."""
    with book.registry.reading() as connection:
        return sessions.displays(connection)
