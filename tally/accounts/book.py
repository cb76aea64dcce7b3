"""One home's book of accounts: its registry, what a hash costs, what was looked up just now."""

import hashlib
import secrets
from collections.abc import Hashable
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore, Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from cachetools import TTLCache

from tally import clock
from tally.registry import Connection, Entry, Event, Registry, accounts, append, registry_of

EPOCH = datetime(1970, 1, 1)
# argon2id by RFC 9106 and OWASP: at least 19 MiB, two passes, one lane.
PASSES, MEMORY_KIB = 2, 38_912
# Each hash takes that memory: a crowd at the door waits, and the server lives.
HASHES_AT_ONCE = 2
REMEMBERED_SECONDS, REMEMBERED_MAX = 5.0, 4096


def tell(
    connection: Connection,
    event: Event,
    account: str,
    *,
    by: str = "",
    address: str = "",
    is_done: bool = True,
    detail: str = "",
) -> None:
    """Record a security event in the transaction that does what it tells of.

    `account` is whom it is about, `by` who did it when that is another. An event that cannot
    be recorded fails the transaction, and with it what was to be done.
    """
    entry = Entry(
        event,
        by or account,
        detail or event.value,
        is_success=is_done,
        address=address,
        thing="账号",
        name=account,
    )
    append(connection, [entry])


class Book:
    """What accounts, sessions and displays are looked up in.

    What a hash costs is told for tests alone; what was looked up is remembered for a few seconds.
    """

    def __init__(
        self,
        registry: Registry,
        passes: int = PASSES,
        memory_kib: int = MEMORY_KIB,
        *,
        remembered_seconds: float = REMEMBERED_SECONDS,
    ) -> None:
        self.registry = registry
        self._hasher = PasswordHasher(passes, memory_kib, parallelism=1)
        self._turn = BoundedSemaphore(HASHES_AT_ONCE)
        self._nobodys = self._hasher.hash(secrets.token_hex(16))
        self.remembered: TTLCache[Hashable, object] = TTLCache(REMEMBERED_MAX, remembered_seconds)
        self.lock = Lock()
        self._has_accounts = False

    def hashed(self, password: str) -> str:
        """Return what is kept of a password."""
        with self._turn:
            return self._hasher.hash(password)

    def is_password(self, password_hash: str | None, password: str) -> bool:
        """Tell whether a password is the hashed one; no hash takes as long and is never right."""
        with self._turn:
            try:
                is_right = self._hasher.verify(password_hash or self._nobodys, password)
            except (VerificationError, InvalidHashError):
                return False
        return is_right and password_hash is not None

    def forget(self) -> None:
        """Look everything up anew: something was changed here."""
        with self.lock:
            self.remembered.clear()

    def has_accounts(self) -> bool:
        """Tell whether any account was ever made: from then on everybody must log in."""
        with self.lock:
            # Accounts are closed, never deleted: what was true stays so.
            if self._has_accounts or "none" in self.remembered:
                return self._has_accounts
        with self.registry.reading() as connection:
            has_any = accounts.has_accounts(connection)
        with self.lock:
            self._has_accounts = has_any
            self.remembered["none"] = True
        return has_any


@cache
def book_of(home: Path) -> Book:
    """Return this process's book of a home; RegistryUnusable when it cannot be read."""
    return Book(registry_of(home))


def now() -> float:
    """Return the present moment in seconds since 1970, UTC."""
    return (clock.now() - EPOCH).total_seconds()


def said_at(seconds: float | None) -> str:
    """Return a moment as a list shows it in Shanghai, '' for never."""
    if seconds is None:
        return ""
    return f"{clock.in_shanghai(EPOCH + timedelta(seconds=seconds)):%Y-%m-%d %H:%M}"


def key_of(token: str) -> str:
    """Return under which key the registry keeps what a browser holds."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def new_token() -> str:
    """Return 256 random bits as a browser holds them."""
    return secrets.token_urlsafe(32)
