"""The auditor's own work on the records; that is recorded too."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal

from tally import clock
from tally.formulas import plain_cell
from tally.registry import Entry, Event, registry_of
from tally.registry.archive import archive
from tally.registry.chain import Chain, walk
from tally.registry.looking_up import Row, Wanted, records
from tally.submissions.deeds import tell
from tally.viewers import Action, NotAllowed, acting

THING = "审计记录"
Form = Literal["json", "csv"]
TITLES = {
    "number": "序号",
    "at": "时间",
    "account": "账号",
    "roles": "角色",
    "address": "地址",
    "session": "会话",
    "request": "请求",
    "event": "事件",
    "is_success": "结果",
    "campaign": "专项行动",
    "thing": "对象",
    "name": "名称",
    "count_before": "之前数量",
    "count_after": "之后数量",
    "sha256": "文件指纹",
    "sentence": "说明",
    "hash_before": "前一条指纹",
    "hash": "本条指纹",
}


def _check_right(home: Path) -> None:
    """Raise NotAllowed, recorded, for whoever may not audit."""
    try:
        acting().check_may(Action.AUDIT)
    except NotAllowed:
        tell(home, Event.DENIED, "查阅审计记录", thing=THING, is_success=False)
        raise


def read_audit(home: Path, wanted: Wanted, count_max: int | None = None) -> list[Row]:
    """Return records, newest first; that they were read is recorded before."""
    _check_right(home)
    tell(home, Event.AUDIT_READ, f"查阅审计记录（{wanted_words(wanted)}）", thing=THING)
    return records(registry_of(home), wanted, count_max)


def export_audit(home: Path, wanted: Wanted, form: Form) -> bytes:
    """Return records as a file's bytes; that they were taken along is recorded before."""
    _check_right(home)
    rows = records(registry_of(home), wanted)
    sentence = f"导出审计记录（{wanted_words(wanted)}）"
    tell(home, Event.AUDIT_EXPORT, sentence, thing=THING, count_after=len(rows))
    return _as_json(rows) if form == "json" else _as_csv(rows)


def check_audit(home: Path) -> Chain:
    """Walk the chain of records; what is wrong is recorded as an alarm, and so is that all is well.

    RegistryUnusable when the records cannot be read.
    """
    registry = registry_of(home)
    with registry.reading() as connection:
        chain = walk(connection, registry)
    if chain.wrong:
        sentence = f"审计记录校验发现 {len(chain.wrong)} 处异常：{chain.wrong[0]}"
        tell(home, Event.INTEGRITY, sentence, thing=THING, is_success=False)
    else:
        sentence = f"审计记录校验完好（{chain.record_count} 条）"
        tell(home, Event.AUDIT_READ, sentence, thing=THING, count_after=chain.record_count)
    return chain


def archive_audit(home: Path, before: date) -> Path:
    """Put the records of before a day away in a file; CannotPutAway says what stands against it."""
    _check_right(home)
    viewer = acting()
    roles = [str(role) for role in viewer.roles]
    entry = Entry(Event.AUDIT_EXPORT, viewer.account, "", roles=roles, address=viewer.address)
    return archive(registry_of(home), before, entry)


def wanted_words(wanted: Wanted) -> str:
    """Say in Chinese which records are meant."""
    results = {True: "成功", False: "失败", None: ""}
    parts = (
        f"自 {_minute(wanted.from_at)}" if wanted.from_at else "",
        f"至 {_minute(wanted.until_at)}" if wanted.until_at else "",
        wanted.account,
        "、".join(wanted.events),
        results[wanted.is_success],
        wanted.thing,
        wanted.text,
    )
    return "，".join(filter(None, parts)) or "全部"


def _minute(moment: Any) -> str:
    return f"{clock.in_shanghai(moment):%Y-%m-%d %H:%M}"


def _as_json(rows: Sequence[Row]) -> bytes:
    return json.dumps(list(rows), ensure_ascii=False, indent=1).encode()


def _as_csv(rows: Sequence[Row]) -> bytes:
    """Return a sheet for reading; a text that a spreadsheet would compute is kept a text."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(TITLES.values())
    for row in rows:
        writer.writerow([plain_cell(row[name]) for name in TITLES])
    return stream.getvalue().encode("utf-8-sig")
