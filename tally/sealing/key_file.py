"""The key file: made on first need, never written over, and missed aloud.

It holds the keys by their ids, the one in use first, and the secret that item keys of masked
texts are made with; that one stays when keys change, so that items keep their keys.
"""

import base64
import hmac
import json
import logging
import os
import secrets
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

LOG = logging.getLogger(__name__)

KEY_FILE_VARIABLE = "TALLY_KEY_FILE"
KEY_BYTES = 32
ID_BYTES = 4
MADE = "已生成密钥文件 %s，请另存一份：没有它，个人信息原文和原始文件打不开"
# Which keys a home was sealed with: without its key file no other key is taken for it unasked.
HOME_MARK = "keys.txt"


class KeyUnusable(RuntimeError):
    """The key file is gone, cannot be read or is not this home's; the message says which."""


@dataclass(frozen=True)
class KeyRing:
    """The keys of one key file; `current` is the id of the one that seals, all of them open."""

    current: str
    keys: Mapping[str, bytes] = field(repr=False)
    matching: bytes = field(repr=False)

    def tag(self, text: str) -> str:
        """Return what tells texts that are masked alike apart; without the file nobody can
        try which number makes it.
        """
        return hmac.digest(self.matching, text.encode(), sha256).hex()[:16]


def key_file() -> Path:
    """Return where the key file lies: where the environment says, else with the user's settings."""
    if named := os.environ.get(KEY_FILE_VARIABLE):
        return Path(named)
    if os.name == "nt":
        folder = os.environ.get("APPDATA") or str(Path.home())
    else:
        folder = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(folder) / "tally" / "tally.key"


def key_ring(home: Path) -> KeyRing:
    """Return the keys for what is sealed in a home from now on, made on first need.

    KeyUnusable when the file is damaged, or another sealed this home before: whoever made a
    new key then would lose what the old one opens without noticing.
    """
    ring, known = _read(key_file()), _marked(home)
    if ring is None and known:
        raise KeyUnusable(
            f"密钥文件 {key_file()} 不在了。请从备份放回；确已丢失的，"
            "执行 python3 manage.py key new，旧的个人信息原文和原始文件将不能再打开"
        )
    if ring is None:
        ring = _begun(key_file())
        LOG.warning(
            "已生成密钥文件 %s，请另存一份：没有它，个人信息原文和原始文件打不开", key_file()
        )
    if known and not known & ring.keys.keys():
        raise KeyUnusable(
            f"密钥文件 {key_file()} 不是这个数据文件夹的。请放回原来的；确已丢失的，"
            "执行 python3 manage.py key new"
        )
    _mark(home, ring.current)
    return ring


def known_ring() -> KeyRing:
    """Return the keys to open with; KeyUnusable says why there are none."""
    ring = _read(key_file())
    if ring is None:
        raise KeyUnusable(f"密钥文件 {key_file()} 不在，个人信息原文和原始文件暂不能打开")
    return ring


def purpose_key(purpose: str) -> bytes:
    """Return the key for one purpose beside sealing, the file made on first need; KeyUnusable.

    It comes from the secret that stays when keys change: what was signed before stays signed.
    """
    ring = _read(key_file()) or _begun(key_file())
    return hmac.digest(ring.matching, f"tally {purpose}".encode(), sha256)


def home_key(home: Path, purpose: str) -> bytes:
    """Return the key for one purpose in one home; KeyUnusable.

    Made on first need, but never in place of a key file that is gone: the home knows that
    there was one.
    """
    if not key_file().exists() and _marked(home):
        raise KeyUnusable(f"密钥文件 {key_file()} 不在了，请从备份放回")
    return purpose_key(purpose)


def take_new_key(home: Path) -> KeyRing:
    """Seal a home whose key is lost with the key file's from now on, made if there is none."""
    ring = _read(key_file()) or _begun(key_file())
    _mark(home, ring.current)
    return ring


def rotate() -> KeyRing:
    """Put a new key in use; the older ones go on opening what they sealed."""
    old = known_ring()
    new = _new_ring()
    ring = KeyRing(new.current, {**new.keys, **old.keys}, old.matching)
    _write(key_file(), ring, lambda half, whole: half.replace(whole))
    return ring


def _new_ring() -> KeyRing:
    number = secrets.token_hex(ID_BYTES)
    return KeyRing(number, {number: secrets.token_bytes(KEY_BYTES)}, secrets.token_bytes(KEY_BYTES))


def _read(path: Path) -> KeyRing | None:
    """Return a file's keys, None when there is no file; KeyUnusable when it is no key file."""
    try:
        told = json.loads(path.read_text("ascii"))
        keys = {number: base64.b64decode(key) for number, key in told["keys"].items()}
        ring = KeyRing(told["current"], keys, base64.b64decode(told["matching"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeyUnusable(f"密钥文件 {path} 读不了或已损坏，请从备份放回") from error
    if ring.current not in keys or any(len(key) != KEY_BYTES for key in keys.values()):
        raise KeyUnusable(f"密钥文件 {path} 已损坏，请从备份放回")
    return ring


def _begun(path: Path) -> KeyRing:
    """Make a key file, unless another process just did, and return what lies there."""
    ring = _new_ring()
    try:
        # A link is refused where a file is: no key is ever written over by a new one.
        _write(path, ring, lambda half, whole: os.link(half, whole))
    except FileExistsError:
        ring = _read(path) or ring
    return ring


def _write(path: Path, ring: KeyRing, put: Callable[[Path, Path], object]) -> None:
    """Write a key file whole or not at all, for its owner alone."""
    told = {
        "current": ring.current,
        "keys": {number: base64.b64encode(key).decode() for number, key in ring.keys.items()},
        "matching": base64.b64encode(ring.matching).decode(),
    }
    half_written = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Made 0600 by mkstemp: nobody else reads it, not even for a moment.
        handle, name = tempfile.mkstemp(dir=path.parent)
        half_written = Path(name)
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            json.dump(told, stream, indent=1)
            stream.flush()
            os.fsync(stream.fileno())
        put(half_written, path)
    except FileExistsError:
        raise
    except OSError as error:
        raise KeyUnusable(f"密钥文件 {path} 写不了（{error.strerror}）") from error
    finally:
        if half_written is not None:
            half_written.unlink(missing_ok=True)


def _marked(home: Path) -> set[str]:
    try:
        return set((home / HOME_MARK).read_text("ascii").split())
    except FileNotFoundError:
        return set()


def _mark(home: Path, number: str) -> None:
    known = _marked(home)
    if number not in known:
        home.mkdir(parents=True, exist_ok=True)
        (home / HOME_MARK).write_text("\n".join((*sorted(known), number)) + "\n", "ascii")
