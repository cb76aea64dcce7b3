"""Who is logged in where, and which displays may look at the wall: rows, no rules."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Float,
    Index,
    Integer,
    Row,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)

from tally.registry.accounts import ACCOUNT, Account, account_of_row
from tally.registry.tables import METADATA

# `key` is the hash of what the browser holds: whoever reads this table can log in as nobody.
SESSION = Table(
    "session",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("account", Text, nullable=False),
    Column("way", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("made_at", Float, nullable=False),
    Column("seen_at", Float, nullable=False),
    Column("has_code", Integer, nullable=False),
    Column("offered_secret", Text),
    Index("session_account", "account"),
)
DISPLAY = "display"


@dataclass(frozen=True)
class Session:
    """One log-in of a person, or one display; `way` is how it came about (`password`, …)."""

    key: str
    account: str
    way: str
    address: str
    made_at: float
    seen_at: float
    has_code: bool
    offered_secret: str | None


def _session_of_row(row: Row) -> Session:
    held: dict[str, Any] = {name: getattr(row, f"own_{name}") for name in SESSION.c.keys()}  # noqa: SIM118
    return Session(**held | {"has_code": bool(held["has_code"])})


_OWN = [column.label(f"own_{column.name}") for column in SESSION.c]
_WITH_ACCOUNT = select(*_OWN, ACCOUNT).outerjoin(ACCOUNT, ACCOUNT.c.account == SESSION.c.account)


def session_of(connection: Connection, key: str) -> tuple[Session, Account | None] | None:
    """Return a session and its account; a display has none."""
    row = connection.execute(_WITH_ACCOUNT.where(SESSION.c.key == key)).first()
    if row is None:
        return None
    return _session_of_row(row), account_of_row(row) if row.post is not None else None


def displays(connection: Connection) -> list[Session]:
    """Return every display by its name."""
    asked = select(*_OWN).where(SESSION.c.way == DISPLAY).order_by(SESSION.c.account)
    return [_session_of_row(row) for row in connection.execute(asked)]


def add_session(connection: Connection, session: Session) -> None:
    """Write a new session."""
    values = {**vars(session), "has_code": int(session.has_code)}
    connection.execute(insert(SESSION).values(**values))


def change_session(connection: Connection, key: str, /, **values: Any) -> None:
    """Change some columns of a session."""
    connection.execute(update(SESSION).where(SESSION.c.key == key).values(**values))


def forget_offers(connection: Connection) -> None:
    """Forget the secrets that were offered to sessions and not taken yet."""
    connection.execute(update(SESSION).values(offered_secret=None))


def end_session(connection: Connection, key: str) -> bool:
    """Delete a session; tell whether there was one."""
    return connection.execute(delete(SESSION).where(SESSION.c.key == key)).rowcount > 0


def end_sessions(connection: Connection, account: str, but: str = "", way: str = "") -> int:
    """Delete an account's sessions, all but one, of one way or all; return how many."""
    ending = delete(SESSION).where(SESSION.c.account == account, SESSION.c.key != but)
    ending = ending.where(SESSION.c.way == way) if way else ending.where(SESSION.c.way != DISPLAY)
    return connection.execute(ending).rowcount


def end_sessions_before(connection: Connection, moment: float) -> None:
    """Delete what persons left behind: sessions begun before a moment."""
    old = (SESSION.c.made_at < moment, SESSION.c.way != DISPLAY)
    connection.execute(delete(SESSION).where(*old))
