"""Sealed bytes: what they are about is part of the seal, so none can stand in another's place."""

import os
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tally.sealing.key_file import KEY_BYTES, KeyRing

# What a sealed file begins with, the key's id behind it.
MAGIC = b"TALLY-SEALED-1\n"
ID_SIGNS = 8
NONCE_BYTES = 12
HEAD_BYTES = len(MAGIC) + ID_SIGNS
BODY = HEAD_BYTES + NONCE_BYTES


class CannotOpen(RuntimeError):
    """Sealed bytes that do not open: another key sealed them, or they were changed or moved."""


class DataKey:
    """A key of one upload's own, kept wrapped by the key file's: what is sealed with it is
    opened one by one, and goes with it.
    """

    def __init__(self, key: bytes) -> None:
        self._key, self._cipher = key, AESGCM(key)

    @classmethod
    def new(cls) -> "DataKey":
        """Return a key that never was in use."""
        return cls(secrets.token_bytes(KEY_BYTES))

    @classmethod
    def unwrapped(cls, ring: KeyRing, wrapped: bytes, about: str) -> "DataKey":
        """Return a key that was kept wrapped; CannotOpen."""
        return cls(opened(ring, wrapped, about))

    def wrapped(self, ring: KeyRing, about: str) -> bytes:
        """Return the key sealed by the key file's."""
        return sealed(ring, self._key, about)

    def seal(self, text: str, about: str) -> bytes:
        """Return a text encrypted; it opens only as what it is said to be `about`."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, text.encode(), about.encode())

    def open(self, content: bytes, about: str) -> str:
        """Return an encrypted text; CannotOpen."""
        nonce, rest = content[:NONCE_BYTES], content[NONCE_BYTES:]
        try:
            return self._cipher.decrypt(nonce, rest, about.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise CannotOpen("这条记录被改动过或换了位置，不能打开") from error


def is_sealed(content: bytes) -> bool:
    """Tell whether bytes begin like sealed ones."""
    return content.startswith(MAGIC)


def sealed_by(head: bytes) -> str:
    """Return the id of the key that sealed bytes which begin so; '' for bytes that are not."""
    return head[len(MAGIC) : HEAD_BYTES].decode("ascii", "replace") if is_sealed(head) else ""


def sealed(ring: KeyRing, content: bytes, about: str) -> bytes:
    """Return bytes encrypted under the key in use, its id before them."""
    nonce = os.urandom(NONCE_BYTES)
    cipher = AESGCM(ring.keys[ring.current])
    head = MAGIC + ring.current.encode()
    return head + nonce + cipher.encrypt(nonce, content, about.encode())


def opened(ring: KeyRing, content: bytes, about: str) -> bytes:
    """Return sealed bytes as they were; CannotOpen says whether the key or the bytes are wrong."""
    number = sealed_by(content)
    if number not in ring.keys:
        raise CannotOpen(f"是用另一把密钥（{number}）加密的，现在的密钥文件打不开它")
    nonce, rest = content[HEAD_BYTES:BODY], content[BODY:]
    try:
        return AESGCM(ring.keys[number]).decrypt(nonce, rest, about.encode())
    except InvalidTag as error:
        raise CannotOpen("密文被改动过或换了位置，不能打开") from error
