"""The way in and out: password, code, lock-out, a new password, log-out (等保 A1, A2, A4)."""

import hashlib
from dataclasses import dataclass

from tally.accounts import codes
from tally.accounts.book import Book, key_of, new_token, now, tell
from tally.accounts.passwords import KEPT_COUNT, fault_of
from tally.accounts.standing import DAY_SECONDS, Stage, Standing, is_usable, stage_of
from tally.registry import Connection, Event, accounts, sessions
from tally.registry.accounts import Account, Failure
from tally.registry.sessions import Session
from tally.sealing import CannotOpen, KeyUnusable

TRIES_MAX = 5
LOCK_MINUTES = 15
LOCK_SECONDS = LOCK_MINUTES * 60
NAME_MAX = 64

WRONG = "账号或口令不对，或者账号已停用"
LOCKED = f"连续 {TRIES_MAX} 次不对，已锁定 {LOCK_MINUTES} 分钟；请稍后再试，或请系统管理员解锁"
WRONG_CODE = "动态口令不对，或已用过；请等下一组数字"
SHUT_CODE = "动态口令的密钥现在打不开；请系统管理员在服务器上检查密钥文件"
GONE = "登录已失效，请重新登录"
UNKNOWN_THERE = "统一认证已通过，但这里没有对应的账号；请联系系统管理员"


@dataclass(frozen=True)
class Answer:
    """What the door says: a token for the browser, or a sentence why not."""

    token: str = ""
    sentence: str = ""


def folded(name: str) -> str:
    """Return an account's name as it is kept: without blanks around it, lower case."""
    return name.strip()[:NAME_MAX].lower()


def log_in(book: Book, name: str, password: str, address: str) -> Answer:
    """Check a password and open a session; the answer tells nobody which accounts there are.

    A try counts before it is looked at, so that many at once are no more than five.
    """
    name = folded(name)
    with book.registry.writing() as connection:
        account = accounts.account_named(connection, name)
        counted = name if account else _counted(name)
        if not _may_try(connection, counted, address):
            tell(
                connection,
                Event.LOGIN_FAILED,
                counted,
                address=address,
                is_done=False,
                detail="锁定中",
            )
            return Answer(sentence=LOCKED)
    is_right = book.is_password(account.password_hash if account else None, password)
    if account is None or not is_right or not is_usable(account):
        return Answer(sentence=_refuse(book, counted, address, WRONG))
    return Answer(_open(book, account, "password", address))


def _counted(name: str) -> str:
    """Return what stands for a name that no account has: it may be a password, or somebody's."""
    return f"?{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def log_in_as(book: Book, external: str, way: str, address: str) -> Answer:
    """Open a session for whom the unit's own log-in has named: `way` is `oidc` or `proxy`."""
    with book.registry.writing() as connection:
        account = accounts.account_known_as(connection, external)
        if account is None or not is_usable(account):
            named = account.account if account else _counted(external)
            tell(connection, Event.LOGIN_FAILED, named, address=address, is_done=False)
            return Answer(sentence=UNKNOWN_THERE)
    return Answer(_open(book, account, way, address))


def _may_try(connection: Connection, counted: str, address: str) -> bool:
    """Count a try; tell whether it may be looked at. A clock set back leaves a lock closed."""
    moment = now()
    held = accounts.failure_of(connection, counted, address)
    if held and moment < held.locked_until:
        return False
    accounts.forget_failures_before(connection, moment - DAY_SECONDS)
    is_fresh = held is None or held.locked_until > 0 or moment - held.failed_at > LOCK_SECONDS
    count = 1 if is_fresh or held is None else held.count + 1
    locked_until = moment + LOCK_SECONDS if count >= TRIES_MAX else 0.0
    accounts.write_failure(connection, Failure(counted, address, count, moment, locked_until))
    return True


def _refuse(book: Book, counted: str, address: str, sentence: str) -> str:
    """Tell of a failed try, and of the lock when it was the last; return what to say."""
    with book.registry.writing() as connection:
        tell(connection, Event.LOGIN_FAILED, counted, address=address, is_done=False)
        held = accounts.failure_of(connection, counted, address)
        if held is None or held.count < TRIES_MAX:
            return sentence
        tell(connection, Event.LOCKED, counted, address=address)
    return LOCKED


def _open(book: Book, account: Account, way: str, address: str) -> str:
    token, moment = new_token(), now()
    session = Session(key_of(token), account.account, way, address, moment, moment, False, None)
    with book.registry.writing() as connection:
        sessions.end_sessions_before(connection, moment - 2 * DAY_SECONDS)
        sessions.add_session(connection, session)
        if stage_of(session, account) not in (Stage.CODE, Stage.ENROL):
            _entered(connection, account.account, address)
    return token


def _entered(connection: Connection, account: str, address: str) -> None:
    """Note that somebody came in: only now are the failures before forgotten."""
    accounts.forget_failures(connection, account, address)
    accounts.change_account(connection, account, entered_at=now(), entered_from=address)
    tell(connection, Event.LOGIN, account, address=address)


def secret_to_enrol(book: Book, standing: Standing) -> str:
    """Return the secret that an administrator is to take into an app: the same until it is used.

    KeyUnusable while there is no key to keep it with.
    """
    home = book.registry.home
    with book.registry.writing() as connection:
        found = sessions.session_of(connection, standing.key)
        if found is None:
            return ""
        if offered := found[0].offered_secret:
            return codes.secret_of(home, offered, standing.account)
        secret = codes.new_secret()
        kept = codes.kept_secret(home, secret, standing.account)
        sessions.change_session(connection, standing.key, offered_secret=kept)
    return secret


def give_code(book: Book, standing: Standing, code: str, address: str) -> Answer:
    """Take the code of an administrator, the first one of a new secret too.

    The session goes on under another token, so that one seen before the code is worth nothing.
    """
    with book.registry.writing() as connection:
        session, account = sessions.session_of(connection, standing.key) or (None, None)
        if session is None or account is None:
            return Answer(sentence=GONE)
        if not _may_try(connection, account.account, address):
            return Answer(sentence=LOCKED)
        kept = account.code_secret or session.offered_secret or ""
        try:
            secret = codes.secret_of(book.registry.home, kept, account.account)
        except (KeyUnusable, CannotOpen):
            return Answer(sentence=SHUT_CODE)
        step = codes.step_of(secret, code, now(), account.code_step) if secret else None
        if step is not None:
            token = new_token()
            known = {"code_secret": kept, "code_step": step}
            accounts.change_account(connection, account.account, **known)
            going_on = {"key": key_of(token), "has_code": 1, "offered_secret": None}
            sessions.change_session(connection, standing.key, **going_on)
            if account.code_secret is None:
                tell(
                    connection,
                    Event.PASSWORD,
                    account.account,
                    address=address,
                    detail="绑定动态口令",
                )
            _entered(connection, account.account, address)
    book.forget()
    if step is None:
        return Answer(sentence=_refuse(book, account.account, address, WRONG_CODE))
    return Answer(token)


def change_password(
    book: Book, standing: Standing, old: str, new: str, again: str, address: str
) -> str:
    """Change one's own password and end all other sessions of the account; '' or why not."""
    with book.registry.writing() as connection:
        account = accounts.account_named(connection, standing.account)
        past = accounts.past_passwords(connection, standing.account, KEPT_COUNT)
        if account is None:
            return GONE
        if not _may_try(connection, account.account, address):
            return LOCKED
    if not book.is_password(account.password_hash, old):
        return _refuse(book, account.account, address, "现在的口令不对")
    fault = "两次输入的新口令不一样" if new != again else ""
    fault = fault or fault_of(new, account.account, (account.post, *(account.units or ())))
    if not fault and any(book.is_password(known, new) for known in past):
        fault = f"新口令不能与最近 {KEPT_COUNT} 次用过的相同"
    hashed = "" if fault else book.hashed(new)
    with book.registry.writing() as connection:
        accounts.forget_failures(connection, account.account, address)
        if fault:
            return fault
        accounts.keep_password(connection, account.account, hashed, KEPT_COUNT)
        changed = {"password_hash": hashed, "password_at": now(), "must_change": False}
        accounts.change_account(connection, account.account, **changed)
        sessions.end_sessions(connection, account.account, but=standing.key)
        tell(connection, Event.PASSWORD, account.account, address=address)
    book.forget()
    return ""


def log_out(book: Book, standing: Standing, address: str) -> None:
    """End a session."""
    with book.registry.writing() as connection:
        if sessions.end_session(connection, standing.key):
            tell(connection, Event.LOGOUT, standing.account, address=address)
    book.forget()
