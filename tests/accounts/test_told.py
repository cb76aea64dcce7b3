"""What the door and the book tell the audit: each event once, with who, from where, about whom."""

import pytest

from tally import accounts
from tally.accounts import Book
from tally.registry import Event, RegistryUnusable
from tally.viewers import AT_THE_SERVER, Role, Viewer, acts
from tests.accounts.conftest import Turn
from tests.accounts.people import HERE, PASSWORD, entered, made, stands, told


def said(book: Book) -> list[tuple[str, bool, str, str, str]]:
    """Return event, success, who, from where and about whom, oldest first."""
    return [
        (row.event, bool(row.is_success), row.account, row.address, row.name) for row in told(book)
    ]


def test_every_event_of_the_door_is_recorded_once(book: Book, turn_clock: Turn) -> None:
    made(book, "office", Role.OFFICE)
    before = len(said(book))
    token = entered(book, "office")
    standing = stands(book, token)
    assert standing is not None
    new = "Lanhua-5791x"
    accounts.change_password(book, standing, PASSWORD, new, new, HERE)
    accounts.log_out(book, standing, HERE)
    for _ in range(6):
        accounts.log_in(book, "office", "wrong", HERE)
    turn_clock(minutes=20)
    token = entered(book, "office", new)
    turn_clock(hours=2)
    assert stands(book, token) is None

    kinds = [(event, is_success) for event, is_success, *_ in said(book)[before:]]
    assert kinds == [
        (Event.LOGIN, True),
        (Event.PASSWORD, True),
        (Event.LOGOUT, True),
        *[(Event.LOGIN_FAILED, False)] * 5,
        (Event.LOCKED, True),
        (Event.LOGIN_FAILED, False),
        (Event.LOGIN, True),
        (Event.TIMED_OUT, True),
    ]
    assert {row[2:] for row in said(book)[before:]} == {("office", HERE, "office")}


def test_change_of_an_account_is_recorded_with_who_did_it(book: Book) -> None:
    made(book, "office")
    with acts(Viewer("secadm", frozenset({Role.SECURITY}))):
        accounts.grant(book, "office", {Role.LEADER}, None)
    stranger = Viewer("office2", frozenset({Role.OFFICE}), address=HERE)
    with acts(stranger), pytest.raises(accounts.NotAllowed):
        accounts.disable(book, "office")

    assert said(book)[-2:] == [
        (Event.ACCOUNT, True, "secadm", "", "office"),
        (Event.DENIED, False, "office2", HERE, "office"),
    ]


def test_what_cannot_be_recorded_is_not_done(book: Book) -> None:
    made(book, "office", Role.OFFICE)
    with book.registry.writing() as connection:
        connection.exec_driver_sql("DROP TABLE audit_event")

    with pytest.raises(RegistryUnusable):
        accounts.log_in(book, "office", PASSWORD, HERE)
    with acts(AT_THE_SERVER), pytest.raises(RegistryUnusable):
        accounts.disable(book, "office")
    assert not accounts.kept_accounts(book)[0].account.is_disabled
