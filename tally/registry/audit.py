"""What was done, by whom, from where and with what result: records that are only ever appended.

Each record carries the hash of the one before it, so that none can be changed, taken out, put in
or moved unseen, and is made with the key of the key file, so that nobody without it can compute
the chain anew (`tally.registry.keyed`). The newest hash is written into a text file beside the
registry as well, so that records cut off at the end, or a table exchanged whole, are missed too
(`tally.registry.chain`).
"""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Integer, Table, Text, insert, select

from tally import clock
from tally.registry.keyed import begun
from tally.registry.opening import Registry
from tally.registry.seals import home_of, keep_seals_until, seal_on_commit
from tally.registry.tables import METADATA, SETTING

FIRST_HASH = "0" * 64
# A clock that is set by a few minutes is kept well; more makes the order of moments a lie.
CLOCK_MINUTES = 5


class Event(StrEnum):
    """The 24 types of events that are recorded (GB/T 22239 安全审计)."""

    LOGIN = "登录成功"
    LOGIN_FAILED = "登录失败"
    LOCKED = "账号锁定"
    LOGOUT = "退出登录"
    TIMED_OUT = "会话超时"
    PASSWORD = "口令变更"
    ACCOUNT = "账号与授权变更"
    UPLOAD = "上传台账"
    INVALID = "校验未通过"
    PUBLISH = "发布与登记"
    OVERWRITE = "替换已发布"
    DELETE = "删除与不计"
    ROLL_BACK = "撤回与退回"
    EXPORT = "导出与下载"
    REVEAL = "查看个人信息原文"
    CONFIGURE = "设置变更"
    BACKUP = "备份"
    RESTORE = "恢复"
    MIGRATION = "结构升级"
    START_STOP = "启动与停止"
    DENIED = "越权被拒"
    INTEGRITY = "完整性告警"
    AUDIT_READ = "查阅审计"
    AUDIT_EXPORT = "导出审计"


AUDIT_EVENT = Table(
    "audit_event",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("session", Text, nullable=False),
    Column("request", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("is_success", Integer, nullable=False),
    Column("campaign", Text, nullable=False),
    Column("thing", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("count_before", Integer),
    Column("count_after", Integer),
    Column("sha256", Text, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("hash_before", Text, nullable=False),
    Column("hash", Text, nullable=False),
)


@dataclass(frozen=True)
class Entry:
    """One event to be recorded, as its teller knows it; texts without personal data.

    `session` is a hash of the session, never what opens it; `thing` is what kind of object it is
    about (台账, 通报, 账号 …) and `name` which one; counts are of its rows.
    """

    event: Event
    account: str
    sentence: str
    is_success: bool = True
    roles: Sequence[str] = ()
    address: str = ""
    session: str = ""
    request: str = ""
    campaign: str = ""
    thing: str = ""
    name: str = ""
    count_before: int | None = None
    count_after: int | None = None
    sha256: str = ""


def record(registry: Registry, event: Event, *, account: str, sentence: str, **about: Any) -> int:
    """Record one event and return its number; RegistryUnusable if it cannot be written.

    `about` are further fields of `Entry`.
    """
    with registry.writing() as connection:
        [number] = append(connection, [Entry(event, account, sentence, **about)])
    return number


def append(connection: Connection, entries: Sequence[Entry]) -> list[int]:
    """Append records inside a `registry.writing()`, together with what they are about."""
    last_number, before, last_at = last_record(connection)
    key, said = begun(connection, home_of(connection), last_number + 1)
    alarms = [*_clock_alarm(last_at), *_key_alarm(said, last_number)]
    rows: list[dict[str, Any]] = []
    for number, entry in enumerate([*alarms, *entries], start=last_number + 1):
        row = {"number": number, "at": clock.now().isoformat(), **_plain(entry)}
        row |= {"hash_before": before}
        before = row["hash"] = hash_of(row, key)
        rows.append(row)
    if rows:
        connection.execute(insert(AUDIT_EVENT), rows)
        seal_on_commit(connection, [(row["number"], row["hash"]) for row in rows])
    return [row["number"] for row in rows[-len(entries) :]] if entries else []


def _clock_alarm(last_at: str) -> list[Entry]:
    """Return the alarm of a clock that was set back: what follows is in order by its number."""
    ahead = datetime.fromisoformat(last_at) - clock.now() if last_at else timedelta()
    if (minutes := ahead / timedelta(minutes=1)) <= CLOCK_MINUTES:
        return []
    sentence = f"服务器时钟比上一条记录早 {minutes:.0f} 分钟，以序号为准"
    return [Entry(Event.INTEGRITY, "服务器", sentence, is_success=False, thing="时钟")]


def _key_alarm(said: str, last_number: int) -> list[Entry]:
    """Return what is recorded where a first key, another one, or none comes into use."""
    if not said:
        return []
    record = str(last_number + 1)
    return [Entry(Event.INTEGRITY, "服务器", said, is_success=False, thing="审计密钥", name=record)]


def last_record(connection: Connection) -> tuple[int, str, str]:
    """Return number, hash and moment of the newest record; 0, zeros and '' before the first."""
    # Where many may write at once, this row is what they queue for; SQLite has one writer anyway.
    connection.execute(select(SETTING.c.value).with_for_update()).all()
    newest = select(AUDIT_EVENT.c.number, AUDIT_EVENT.c.hash, AUDIT_EVENT.c.at)
    newest = newest.order_by(AUDIT_EVENT.c.number.desc()).limit(1)
    found = connection.execute(newest).one_or_none()
    return (found.number, found.hash, found.at) if found else (0, FIRST_HASH, "")


def set_seals_aside(registry: Registry, aside: Path) -> None:
    """Make the seals those of a registry that was brought back from a backup, which has fewer.

    The records since the backup are lost with the registry; their seals are kept in `aside`.
    """
    with registry.reading() as connection:
        last_number, *_ = last_record(connection)
    keep_seals_until(registry.home, last_number, aside)


def hash_of(row: Mapping[Any, Any], key: bytes | None) -> str:
    """Return the HMAC of a record's fields, the hash of the record before it among them.

    Without a key, as before keys were in use, it is their SHA-256.
    """
    told = {name: value for name, value in row.items() if name != "hash"}
    written = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if key is None:
        return hashlib.sha256(written.encode()).hexdigest()
    return hmac.digest(key, written.encode(), hashlib.sha256).hex()


def _plain(entry: Entry) -> dict[str, Any]:
    fields = asdict(entry)
    fields |= {"event": str(entry.event), "is_success": int(entry.is_success)}
    return fields | {"roles": "、".join(sorted(entry.roles))}
