"""Whether a session still holds, and what its holder may do or must do first (A2, B2)."""

import hashlib
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Any

from tally import clock
from tally.accounts.book import Book, now, tell
from tally.accounts.passwords import DAYS_MAX
from tally.packs import with_units_below
from tally.registry import Event, sessions
from tally.registry.accounts import Account
from tally.registry.sessions import DISPLAY, Session
from tally.viewers import ADMINISTRATORS, DEMONSTRATION, Role, Viewer

IDLE_SECONDS, ADMINISTRATOR_IDLE_SECONDS = 30 * 60, 15 * 60
LONGEST_SECONDS = 12 * 3600
DAY_SECONDS = 86_400
# A clock that was set back by more makes every session older than it looks: they end.
CLOCK_SLACK_SECONDS = 300
SEEN_EVERY_SECONDS = 60
DEMONSTRATION_KEY = "demonstration"
# Enough to tell sessions apart in the records; what the registry looks sessions up by is longer.
SESSION_SIGNS = 16


class Stage(Enum):
    """What the holder of a session has to do next; OPEN is nothing more."""

    ENROL = auto()
    CODE = auto()
    CHANGE = auto()
    OPEN = auto()


@dataclass(frozen=True)
class Standing:
    """A session that holds: who, at which stage; `viewer` only when nothing is left to do."""

    key: str
    account: str
    stage: Stage
    viewer: Viewer | None
    seen_at: float = 0.0

    @property
    def is_display(self) -> bool:
        """Whether it is a screen on a wall, which nobody sits at."""
        return self.viewer is not None and Role.DISPLAY in self.viewer.roles


DEMONSTRATED = Standing(DEMONSTRATION_KEY, DEMONSTRATION.account, Stage.OPEN, DEMONSTRATION)


def is_demonstration(viewer: Viewer) -> bool:
    """Tell whether a viewer is the one of the demonstration, who never logged in."""
    return (viewer.account, viewer.roles) == (DEMONSTRATION.account, DEMONSTRATION.roles)


def roles_of(account: Account) -> frozenset[Role]:
    """Return an account's roles."""
    return frozenset(map(Role, account.roles))


def is_usable(account: Account) -> bool:
    """Tell whether an account is neither disabled nor past its last day."""
    is_past = account.expires_on is not None and account.expires_on < clock.today().isoformat()
    return not (account.is_disabled or is_past)


def stage_of(session: Session, account: Account) -> Stage:
    """Return what the holder has to do next."""
    if roles_of(account) & ADMINISTRATORS and not session.has_code:
        return Stage.CODE if account.code_secret else Stage.ENROL
    is_old = now() - account.password_at > DAYS_MAX * DAY_SECONDS
    if session.way == "password" and (account.must_change or is_old):
        return Stage.CHANGE
    return Stage.OPEN


def _is_in_time(session: Session, account: Account) -> bool:
    is_administrator = bool(roles_of(account) & ADMINISTRATORS)
    idle = ADMINISTRATOR_IDLE_SECONDS if is_administrator else IDLE_SECONDS
    moment = now()
    return (
        moment - session.seen_at <= idle
        and moment - session.made_at <= LONGEST_SECONDS
        and moment >= session.seen_at - CLOCK_SLACK_SECONDS
    )


def standing_of(book: Book, key: str, address: str = "") -> Standing | None:
    """Return how a session stands; None when there is none (any more). Seconds old at most."""
    if (known := remembered(book, key, address)) is not None:
        return known
    if (found := _looked_up(book, key)) is None:
        return None
    with book.lock:
        book.remembered[key] = found
    return _from(found, address)


def remembered(book: Book, key: str, address: str = "") -> Standing | None:
    """Return how a session stood when it was looked up seconds ago, None when it was not."""
    with book.lock:
        known = book.remembered.get(key)
    return _from(known, address) if isinstance(known, Standing) else None


def _from(standing: Standing, address: str) -> Standing:
    if standing.viewer is None:
        return standing
    return replace(standing, viewer=replace(standing.viewer, address=address))


def _looked_up(book: Book, key: str) -> Standing | None:
    if key == DEMONSTRATION_KEY:
        return None if book.has_accounts() else DEMONSTRATED
    with book.registry.reading() as connection:
        found = sessions.session_of(connection, key)
    if found is None:
        return None
    session, account = found
    if session.way == DISPLAY:
        viewer = Viewer(session.account, frozenset({Role.DISPLAY}))
        return Standing(key, session.account, Stage.OPEN, viewer, session.seen_at)
    if account is None or not is_usable(account):
        return None
    if not _is_in_time(session, account):
        _time_out(book, session)
        return None
    stage = stage_of(session, account)
    units = account.units if account.units is None else with_units_below(account.units)
    told = hashlib.sha256(key.encode()).hexdigest()[:SESSION_SIGNS]
    viewer = Viewer(account.account, roles_of(account), units, account.first_units, session=told)
    return Standing(
        key, account.account, stage, viewer if stage is Stage.OPEN else None, session.seen_at
    )


def _time_out(book: Book, session: Session) -> None:
    with book.registry.writing() as connection:
        if sessions.end_session(connection, session.key):
            tell(connection, Event.TIMED_OUT, session.account, address=session.address)


def see(book: Book, standing: Standing) -> None:
    """Note that somebody is at work in a session; written once a minute at most."""
    moment = now()
    if standing.key == DEMONSTRATION_KEY or moment - standing.seen_at < SEEN_EVERY_SECONDS:
        return
    with book.registry.writing() as connection:
        sessions.change_session(connection, standing.key, seen_at=moment)
    with book.lock:
        book.remembered.pop(standing.key, None)


def deny(book: Book, viewer: Viewer, what: str) -> None:
    """Record that somebody who is logged in asked for what is not theirs."""
    with book.registry.writing() as connection:
        told: dict[str, Any] = {"address": viewer.address, "is_done": False, "detail": what}
        tell(connection, Event.DENIED, viewer.account, **told)
