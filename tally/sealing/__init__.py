"""What is kept encrypted: what files say of persons, and the files themselves.

The key lies in a file of its own outside the data, so that a copy of the data alone, also a
stolen one, tells nothing. AES-256-GCM throughout: what was changed or moved does not open.
"""

from tally.sealing.envelope import (
    HEAD_BYTES,
    CannotOpen,
    DataKey,
    is_sealed,
    opened,
    sealed,
    sealed_by,
)
from tally.sealing.key_file import (
    KEY_FILE_VARIABLE,
    KeyRing,
    KeyUnusable,
    home_key,
    key_file,
    key_ring,
    known_ring,
    purpose_key,
    rotate,
    take_new_key,
)

__all__ = [
    "HEAD_BYTES",
    "KEY_FILE_VARIABLE",
    "CannotOpen",
    "DataKey",
    "KeyRing",
    "KeyUnusable",
    "home_key",
    "is_sealed",
    "key_file",
    "key_ring",
    "known_ring",
    "opened",
    "purpose_key",
    "rotate",
    "sealed",
    "sealed_by",
    "take_new_key",
]
