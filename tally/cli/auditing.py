"""The auditor's commands: list and export records, verify their chain, put old ones away.

The registry may be read beside a running server, so these need not go through it.
"""

import argparse
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path

from tally import clock
from tally.cli.printing import table
from tally.registry.archive import CannotPutAway
from tally.registry.audit import Event
from tally.registry.looking_up import Wanted
from tally.submissions.audits import (
    TITLES,
    archive_audit,
    check_audit,
    export_audit,
    read_audit,
)
from tally.viewers import AT_THE_SERVER, acts

# What a terminal has room for.
SHOWN = ("number", "at", "account", "address", "event", "is_success", "name", "sentence")


def audit(given: argparse.Namespace, home: Path) -> int:
    """Do what the command line asks and return the exit status."""
    with acts(AT_THE_SERVER):
        if given.what == "verify":
            return _verify(home)
        if given.what == "archive":
            return _archive(given, home)
        return _list(given, home)


def _verify(home: Path) -> int:
    chain = check_audit(home)
    for sentence in chain.wrong:
        print(sentence)
    if chain.wrong:
        return 1
    print(f"审计记录完好：第 {chain.first_number} 至 {chain.last_number} 条，用密钥校验")
    if chain.keyless_count:
        print(f"其中最早的 {chain.keyless_count} 条写于启用密钥之前，由其后第一条记录封住")
    print(f"最后一条的指纹 {chain.last_hash}（抄下来另存，可证明此后没有整体替换）")
    return 0


def _archive(given: argparse.Namespace, home: Path) -> int:
    if given.before is None:
        print("写明归档哪一天之前的，例如 --before 2026-01-01", file=sys.stderr)
        return 2
    try:
        path = archive_audit(home, date.fromisoformat(given.before))
    except CannotPutAway as refusal:
        print(refusal, file=sys.stderr)
        return 1
    print(f"已归档到 {path}；请另存到别处")
    return 0


def _list(given: argparse.Namespace, home: Path) -> int:
    wanted = Wanted(
        from_at=_midnight(given.from_on),
        until_at=_midnight(given.to_on, timedelta(days=1)),
        account=given.account or "",
        events=tuple(Event(name) for name in given.event),
        is_success=False if given.failed else None,
    )
    if given.format != "table":
        sys.stdout.write(export_audit(home, wanted, given.format).decode("utf-8-sig"))
        return 0
    rows = read_audit(home, wanted, given.last)
    cells = [[_cell(row, name) for name in SHOWN] for row in rows]
    print(table([TITLES[name] for name in SHOWN], cells))
    return 0


def _midnight(day: str | None, more: timedelta = timedelta()) -> datetime | None:
    """Return the beginning of a day in Shanghai as UTC, or None."""
    if not day:
        return None
    return clock.as_stored(datetime.combine(date.fromisoformat(day), time(), clock.SHANGHAI) + more)


def _cell(row: dict, name: str) -> object:
    if name == "at":
        return f"{clock.in_shanghai(datetime.fromisoformat(row[name])):%Y-%m-%d %H:%M:%S}"
    return ("失败", "成功")[row[name]] if name == "is_success" else row[name]
