"""Where a home's ledgers lie: in a file of its own, or in a lake that several servers share.

`TALLY_STORE` says it: nothing or a folder is a home on this machine; a lake is written
`ducklake:postgres:<dsn>?data=<folder or s3 url>`. Passwords belong in PGPASSWORD or a password
file, the keys of an S3 store in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, never in an address.
"""

import os
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

STORE_VARIABLE = "TALLY_STORE"
LAKE_PREFIX = "ducklake:postgres:"
EXAMPLE = f"{LAKE_PREFIX}host=10.0.0.5 dbname=tally user=tally?data=/srv/tally"
# A PostgreSQL that vanishes without a word is given up after some 20 seconds: else a cable that was
# pulled would hold whoever asks for a quarter of an hour. What an address itself says holds.
PATIENCE = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 20_000,
}
_PASSWORD = re.compile(r"(password=)('[^']*'|\S+)|(://[^:/@\s]+:)[^@\s]+(?=@)")


class WrongAddress(ValueError):
    """An address that names neither a folder nor a lake; the message says how one is written."""


def without_password(text: str) -> str:
    """Return a text with every password of a PostgreSQL address blotted out."""
    return _PASSWORD.sub(lambda found: f"{found[1] or found[3]}***", text)


@dataclass(frozen=True)
class Lake:
    """A shared store: PostgreSQL's connection words, and the folder or s3 url of the data."""

    dsn: str
    data: str

    @property
    def patient_dsn(self) -> str:
        """The connection words, with how long an answer is waited for where they do not say."""
        said = [f"{n}={v}" for n, v in PATIENCE.items() if not re.search(rf"\b{n}\s*=", self.dsn)]
        if not self.dsn.startswith(("postgres://", "postgresql://")):
            return " ".join([self.dsn, *said])
        first = "&" if "?" in self.dsn else "?"
        return self.dsn + (first + "&".join(said) if said else "")

    @property
    def is_s3(self) -> bool:
        """Whether the data lie in an S3 store and not in a folder."""
        return self.data.startswith("s3://")

    @property
    def ledgers(self) -> str:
        """Where the engine keeps its files."""
        return f"{self.data}/ledgers/"

    @property
    def shown(self) -> str:
        """The address as it may be shown: no password in it."""
        return f"{LAKE_PREFIX}{without_password(self.dsn)}?data={self.data}"


@lru_cache(maxsize=8)
def lake_at(address: str) -> Lake | None:
    """Return the lake that an address names, None for a folder on this machine; WrongAddress."""
    if not address.startswith(LAKE_PREFIX):
        if re.match(r"[a-z][a-z0-9]+:", address):
            raise WrongAddress(f"不认识的数据地址 {address}；共享库写作 {EXAMPLE}")
        return None
    dsn, sign, data = address.removeprefix(LAKE_PREFIX).rpartition("data=")
    dsn, data = dsn.rstrip("?&"), data.rstrip("/")
    if not (sign and dsn and data):
        raise WrongAddress(f"数据地址缺少数据库或 data=；写作 {EXAMPLE}")
    if not data.startswith("s3://") and not Path(data).is_absolute():
        raise WrongAddress(f"data= 后面写绝对路径的文件夹，或 s3://桶/目录；现为 {data}")
    return Lake(dsn, data)


def lake_in_use() -> Lake | None:
    """Return the lake that `TALLY_STORE` names, None where each home keeps its own ledgers."""
    return lake_at(os.environ.get(STORE_VARIABLE, ""))
