"""What the command line accepts about accounts and displays."""

import argparse
from collections.abc import Callable
from datetime import date
from typing import Any

from tally.viewers import Role

ROLES = [role.value for role in Role if role is not Role.DISPLAY]
EXPLAINED = """看板运行时也可以使用，立即生效。

  account create zdb --post 整顿办主任岗 --role 办公室       新建；口令随机，只显示一次
  account create sys --post 信息中心 --role 系统管理员       第一个管理员
  account list [--unused]                                   列出；--unused 只列 90 天未登录的
  account grant zdb --role 领导 --unit 财政金融部            授权；不写 --unit 为全部单位
  account disable|enable|unlock zdb                         停用（60 秒内下线）、启用、解锁
  account reset-password|reset-code zdb                     重置口令、动态口令
  account expire zdb --until 2027-12-31                     有效期；不写 --until 为不限
  account display-create 会议室                              大屏凭证，只显示一次
  account display-list；account display-revoke 会议室
"""


def add_accounts(works: Any, shared: argparse.ArgumentParser, day: Callable[[str], str]) -> None:
    """Add `account` with what it can do; `day` reads a date."""
    keeping = works.add_parser(
        "account",
        help="账号与大屏凭证",
        description=EXPLAINED,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    changes = keeping.add_subparsers(dest="change", required=True, metavar="做什么")

    def change(name: str, meaning: str, *, named: str = "") -> argparse.ArgumentParser:
        parser: argparse.ArgumentParser = changes.add_parser(name, parents=[shared], help=meaning)
        parser.add_argument("--json", action="store_true")
        if named:
            parser.add_argument("name", metavar=named)
        return parser

    for name, meaning in (("create", "新建账号"), ("grant", "变更角色与单位范围")):
        parser = change(name, meaning, named="账号")
        if name == "create":
            parser.add_argument("--post", required=True, metavar="岗位", help="岗位，不写人名")
            parser.add_argument("--external", metavar="NAME", help="统一认证中的名字")
            parser.add_argument("--until", metavar="YYYY-MM-DD", type=day, help="最后一天")
        parser.add_argument("--role", action="append", default=[], choices=ROLES, dest="roles")
        parser.add_argument("--unit", action="append", dest="units", metavar="单位")
        parser.add_argument(
            "--first-unit", action="append", default=[], dest="first_units", metavar="单位",
            help="分管的单位，排在前面",
        )  # fmt: skip
    change("list", "列出账号").add_argument("--unused", action="store_true")
    for name, meaning in (
        ("disable", "停用"),
        ("enable", "启用"),
        ("unlock", "解锁"),
        ("reset-password", "重置口令"),
        ("reset-code", "重置动态口令"),
    ):
        change(name, meaning, named="账号")
    expiring = change("expire", "设定有效期", named="账号")
    expiring.add_argument("--until", metavar="YYYY-MM-DD", type=day)
    change("display-create", "新建大屏凭证", named="名称")
    change("display-revoke", "收回大屏凭证", named="名称")
    change("display-list", "列出大屏凭证")


def last_day(given: argparse.Namespace) -> date | None:
    """Return the last day that was given."""
    return date.fromisoformat(given.until) if given.until else None
