"""Accounts for tests: made, granted, with a password of their own, logged in."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from tally import accounts
from tally.accounts import Book, Standing, codes, key_of, standing_of
from tally.accounts.book import now
from tally.registry.audit import AUDIT_EVENT
from tally.viewers import AT_THE_SERVER, Role, acts

# One pass over 8 KiB: a hash that takes no time and protects nothing.
CHEAP = (1, 8)
PASSWORD = "Qingfeng#8372"
HERE = "10.1.2.3"


def made(
    book: Book,
    name: str,
    *roles: Role,
    units: set[str] | None = None,
    post: str = "整顿办督查岗",
) -> str:
    """Make an account that may enter at once with PASSWORD; return its name."""
    with acts(AT_THE_SERVER):
        first = accounts.make_account(book, name, post)
        accounts.grant(book, name, roles, units)
    answer = accounts.log_in(book, name, first, HERE)
    standing = standing_of(book, key_of(answer.token))
    assert standing is not None
    assert accounts.change_password(book, standing, first, PASSWORD, PASSWORD, HERE) == ""
    accounts.log_out(book, standing, HERE)
    return name


def entered(book: Book, name: str, password: str = PASSWORD) -> str:
    """Log in, with a code where one is asked for; return what the browser then holds."""
    answer = accounts.log_in(book, name, password, HERE)
    assert answer.token, answer.sentence
    standing = stands(book, answer.token)
    assert standing is not None
    if standing.stage is accounts.Stage.ENROL:
        secret = accounts.secret_to_enrol(book, standing)
        answer = accounts.give_code(book, standing, code_now(secret), HERE)
        assert answer.token, answer.sentence
    return answer.token


def stands(book: Book, token: str) -> Standing | None:
    """Return how a session stands, looked up anew."""
    book.forget()
    return standing_of(book, key_of(token))


def code_now(secret: str, steps_on: int = 0) -> str:
    """Return the code that an app shows now, or some steps of 30 seconds later."""
    return codes.code_at(secret, int(now() // codes.STEP_SECONDS) + steps_on)


def told(book: Book) -> Sequence[Row[Any]]:
    """Return what was recorded for the audit, oldest first."""
    with book.registry.reading() as connection:
        return connection.execute(select(AUDIT_EVENT).order_by(AUDIT_EVENT.c.number)).all()
