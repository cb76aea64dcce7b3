"""Who may enter, and what was done: kept apart from the ledgers, in a database of its own.

A ledger that is restored from a copy brings back no old password and forgets no audit record; and
a ledger that lost its newest publication is found out, because that is written here as well.
The tables keep to what SQLite and PostgreSQL both have.
"""

from sqlalchemy import Connection

from tally.registry import accounts, sessions
from tally.registry.audit import Entry, Event, append, record, set_seals_aside
from tally.registry.batches import BatchRecord, Recorded
from tally.registry.chain import Chain, verify_audit
from tally.registry.opening import (
    REGISTRY_FILE,
    NewerRegistry,
    Registry,
    RegistryUnusable,
    close_registry,
    open_registry,
    registry_of,
)

__all__ = [
    "REGISTRY_FILE",
    "BatchRecord",
    "Chain",
    "Connection",
    "Entry",
    "Event",
    "NewerRegistry",
    "Recorded",
    "Registry",
    "RegistryUnusable",
    "accounts",
    "append",
    "close_registry",
    "open_registry",
    "record",
    "registry_of",
    "sessions",
    "set_seals_aside",
    "verify_audit",
]
