"""漏洞比对: whether a package that is installed has a known gap, by a list that was carried in."""

import argparse
import sys
from pathlib import Path

from tally import clock
from tally.cli.printing import table
from tally.safekeeping.vulnerabilities import ListUnreadable, compared, installed

STALE_DAYS = 31
FOUND, WRONG_USAGE = 1, 2


def tell_vulnerabilities(given: argparse.Namespace, _home: Path) -> int:
    """Say which installed packages the list names; status 1 when there is one."""
    try:
        said = compared(given.list, installed())
    except ListUnreadable as fault:
        print(fault, file=sys.stderr)
        return WRONG_USAGE
    print(
        f"已安装 {said.package_count} 个软件包，与 {said.record_count:,} 条公开漏洞比对"
        f"（清单截至 {said.newest_on}）"
    )
    if (age_days := (clock.today() - said.newest_on).days) > STALE_DAYS:
        print(f"清单已有 {age_days} 天，请下载新的再比对")
    if not said.found:
        print("没有已知漏洞")
        return 0
    rows = [
        [one.package, one.version, one.name, "、".join(one.fixed_in) or "尚无", one.summary]
        for one in said.found
    ]
    print(table(["软件包", "已装版本", "漏洞", "修复于", "说明"], rows))
    return FOUND
