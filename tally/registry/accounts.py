"""The accounts of persons, the passwords they had, and the failures at the door: rows, no rules."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Float,
    Integer,
    Row,
    Table,
    Text,
    and_,
    delete,
    insert,
    or_,
    select,
    update,
)

from tally.registry.tables import METADATA

# Times are seconds since 1970 in UTC; lists are JSON, NULL of `units` means all of them.
ACCOUNT = Table(
    "account",
    METADATA,
    Column("account", Text, primary_key=True),
    Column("post", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("units", Text),
    Column("first_units", Text, nullable=False),
    Column("external", Text),
    Column("expires_on", Text),
    Column("is_disabled", Integer, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("password_at", Float, nullable=False),
    Column("must_change", Integer, nullable=False),
    Column("code_secret", Text),
    Column("code_step", Integer, nullable=False),
    Column("made_at", Float, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("entered_at", Float),
    Column("entered_from", Text),
)
PAST_PASSWORD = Table(
    "past_password",
    METADATA,
    Column("account", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("password_hash", Text, nullable=False),
)
FAILURE = Table(
    "failure",
    METADATA,
    Column("account", Text, primary_key=True),
    Column("address", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("failed_at", Float, nullable=False),
    Column("locked_until", Float, nullable=False),
)


@dataclass(frozen=True)
class Account:
    """One person's account; `units` None means all, `external` is the name a gateway knows."""

    account: str
    post: str
    roles: frozenset[str]
    units: frozenset[str] | None
    first_units: tuple[str, ...]
    external: str | None
    expires_on: str | None
    is_disabled: bool
    password_hash: str
    password_at: float
    must_change: bool
    code_secret: str | None
    code_step: int
    made_at: float
    made_by: str
    entered_at: float | None
    entered_from: str | None


@dataclass(frozen=True)
class Failure:
    """How often somebody failed at the door under one account from one address."""

    account: str
    address: str
    count: int
    failed_at: float
    locked_until: float


def account_of_row(row: Row) -> Account:
    """Return the account that a row with the table's columns holds."""
    held: dict[str, Any] = {name: getattr(row, name) for name in ACCOUNT.c.keys()}  # noqa: SIM118
    held["roles"] = frozenset(json.loads(row.roles))
    held["units"] = None if row.units is None else frozenset(json.loads(row.units))
    held["first_units"] = tuple(json.loads(row.first_units))
    held["is_disabled"], held["must_change"] = bool(row.is_disabled), bool(row.must_change)
    return Account(**held)


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as the columns keep them: lists as JSON, yes and no as 1 and 0."""

    def kept(value: Any) -> Any:
        if isinstance(value, frozenset | set):
            return json.dumps(sorted(value), ensure_ascii=False)
        if isinstance(value, tuple | list):
            return json.dumps(list(value), ensure_ascii=False)
        return int(value) if isinstance(value, bool) else value

    return {name: kept(value) for name, value in values.items()}


def has_accounts(connection: Connection) -> bool:
    """Tell whether any account was ever made."""
    return connection.execute(select(ACCOUNT.c.account).limit(1)).first() is not None


def account_named(connection: Connection, account: str) -> Account | None:
    """Return an account by its name."""
    row = connection.execute(select(ACCOUNT).where(ACCOUNT.c.account == account)).first()
    return account_of_row(row) if row else None


def account_known_as(connection: Connection, external: str) -> Account | None:
    """Return the account that a unit's gateway knows by this name, else the one so named."""
    named = and_(ACCOUNT.c.external.is_(None), ACCOUNT.c.account == external)
    wanted = or_(ACCOUNT.c.external == external, named)
    row = connection.execute(select(ACCOUNT).where(wanted).order_by(ACCOUNT.c.external)).first()
    return account_of_row(row) if row else None


def all_accounts(connection: Connection) -> list[Account]:
    """Return every account by its name."""
    rows = connection.execute(select(ACCOUNT).order_by(ACCOUNT.c.account))
    return [account_of_row(row) for row in rows]


def add_account(connection: Connection, **values: Any) -> None:
    """Write a new account; every column is given."""
    connection.execute(insert(ACCOUNT).values(**_columns(values)))


def change_account(connection: Connection, account: str, **values: Any) -> None:
    """Change some columns of an account."""
    changing = update(ACCOUNT).where(ACCOUNT.c.account == account)
    connection.execute(changing.values(**_columns(values)))


def past_passwords(connection: Connection, account: str, count: int) -> list[str]:
    """Return the hashes of the newest passwords of an account, newest first."""
    asked = select(PAST_PASSWORD.c.password_hash).where(PAST_PASSWORD.c.account == account)
    newest = asked.order_by(PAST_PASSWORD.c.number.desc()).limit(count)
    return list(connection.execute(newest).scalars())


def keep_password(connection: Connection, account: str, password_hash: str, count: int) -> None:
    """Add a password to those that an account had, and forget all but the newest."""
    own = PAST_PASSWORD.c.account == account
    numbers = select(PAST_PASSWORD.c.number).where(own).order_by(PAST_PASSWORD.c.number.desc())
    newest = connection.execute(numbers.limit(1)).scalar() or 0
    values = {"account": account, "number": newest + 1, "password_hash": password_hash}
    connection.execute(insert(PAST_PASSWORD).values(**values))
    connection.execute(
        delete(PAST_PASSWORD).where(own, PAST_PASSWORD.c.number <= newest + 1 - count)
    )


def failure_of(connection: Connection, account: str, address: str) -> Failure | None:
    """Return the failures under an account from an address."""
    asked = select(FAILURE).where(FAILURE.c.account == account, FAILURE.c.address == address)
    row = connection.execute(asked).first()
    return Failure(**row._mapping) if row else None


def failures(connection: Connection) -> list[Failure]:
    """Return all failures that are remembered."""
    return [Failure(**row._mapping) for row in connection.execute(select(FAILURE))]


def write_failure(connection: Connection, failure: Failure) -> None:
    """Remember failures in place of those of the same account and address."""
    forget_failures(connection, failure.account, failure.address)
    connection.execute(insert(FAILURE).values(**vars(failure)))


def forget_failures(connection: Connection, account: str, address: str | None = None) -> None:
    """Forget the failures under an account, from one address or from all."""
    forgetting = delete(FAILURE).where(FAILURE.c.account == account)
    if address is not None:
        forgetting = forgetting.where(FAILURE.c.address == address)
    connection.execute(forgetting)


def forget_failures_before(connection: Connection, moment: float) -> None:
    """Forget failures that neither happened nor lock after a moment."""
    past = and_(FAILURE.c.failed_at < moment, FAILURE.c.locked_until < moment)
    connection.execute(delete(FAILURE).where(past))
