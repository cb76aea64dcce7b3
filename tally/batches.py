"""What a write did to the ledgers, told to a witness that stands outside them.

A write-ahead log that was cut off or deleted opens without a word, whole acknowledged
publications missing; only a second record of what was acknowledged can tell. Each write has a
number and a token: the ledgers hold the newest one's, and the witness holds them all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

Deed = Literal["draft", "refuse", "publish", "undo", "return", "remove", "other"]
# What a person at the server reads of a write.
DEED_WORDS: Mapping[str, str] = {
    "draft": "存草稿",
    "refuse": "登记未通过的文件",
    "publish": "发布",
    "undo": "撤回",
    "return": "退回",
    "remove": "移除专项行动",
    "other": "其他登记",
    "adopt": "首次登记",
    "migrate": "升级结构",
    "restore": "恢复备份",
}


@dataclass(frozen=True)
class RowsDigest:
    """What an upload holds in one ledger: as many rows, with that order-independent digest."""

    upload: int
    ledger: str
    row_count: int
    digest: str


@dataclass(frozen=True)
class Place:
    """Whose months an upload speaks of, so that they can be named when it is lost."""

    upload: int
    campaign: str
    months: str
    file: str
    sha256: str
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Batch:
    """One write, whole: what it did, and what the ledgers hold afterwards.

    `standing` is the digest of what is in force; `rows` are those of new uploads, `removed` the
    uploads whose rows were taken out.
    """

    number: int
    token: str
    deed: str
    uploads: tuple[int, ...]
    standing: str
    rows: tuple[RowsDigest, ...] = ()
    places: tuple[Place, ...] = ()
    removed: tuple[int, ...] = ()

    @property
    def mark(self) -> str:
        """The number and the token as the ledgers hold them."""
        return f"{self.number}:{self.token}"


class Witness(Protocol):
    """Who is told of a write before it is committed, and after."""

    def newest(self) -> int:
        """Return the number of the newest write told of."""

    def intends(self, batch: Batch) -> None:
        """Write down what is about to be committed; what cannot be written is not committed."""

    def confirms(self, number: int) -> None:
        """Write down that it was."""

    def denies(self, number: int) -> None:
        """Write down that it was not."""
