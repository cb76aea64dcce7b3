"""`account`: accounts and displays, for the person at the server, while a server runs or not."""

import argparse
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tally import accounts
from tally.accounts import Book, Kept
from tally.cli.account_arguments import last_day
from tally.cli.printing import table
from tally.viewers import Role, conflict_of

Told = dict[str, Any]
HEADS = {
    "account": "账号",
    "display": "大屏",
    "made_at": "新建于",
    "post": "岗位",
    "state": "状态",
    "roles": "角色",
    "units": "单位",
    "expires_on": "有效期",
    "entered_at": "上次登录",
}


def keep_accounts(given: argparse.Namespace, home: Path) -> int:
    """Do what was asked with the accounts of a home; NotAllowed says why not."""
    home.mkdir(parents=True, exist_ok=True)
    told = CHANGES[given.change](accounts.book_of(home), given)
    if given.json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
    elif "rows" in told:
        rows = told["rows"]
        names = [name for name in HEADS if rows and name in rows[0]]
        cells = [[_words(row[name]) for name in names] for row in rows]
        print(table([HEADS[name] for name in names], cells) if rows else "还没有")
    else:
        print(told["message"])
    return 0


def _words(value: Any) -> Any:
    return "、".join(value) if isinstance(value, list) else value


def _create(book: Book, given: argparse.Namespace) -> Told:
    if refusal := conflict_of(frozenset(map(Role, given.roles))):
        raise accounts.NotAllowed(refusal)
    password = accounts.make_account(
        book, given.name, given.post, expires_on=last_day(given), external=given.external
    )
    _grant(book, given)
    said = f"已新建 {given.name}。口令只显示这一次：{password}\n首次登录后要修改口令。"
    return {"account": given.name, "password": password, "message": said}


def _grant(book: Book, given: argparse.Namespace) -> Told:
    roles = [Role(name) for name in given.roles]
    accounts.grant(book, given.name, roles, given.units, given.first_units)
    return {"account": given.name, "message": f"{given.name}：{'、'.join(given.roles) or '无角色'}"}


def _list(book: Book, given: argparse.Namespace) -> Told:
    kept = accounts.kept_accounts(book)
    return {"rows": [_row(one) for one in kept if one.is_unused or not given.unused]}


def _row(kept: Kept) -> Told:
    account = kept.account
    return {
        "account": account.account,
        "post": account.post,
        "state": kept.state,
        "roles": sorted(account.roles),
        "units": ["全部"] if account.units is None else sorted(account.units),
        "first_units": list(account.first_units),
        "expires_on": account.expires_on,
        "entered_at": accounts.said_at(account.entered_at) or None,
        "has_code": account.code_secret is not None,
    }


def _plain(
    change: Callable[[Book, str], None], meaning: str
) -> Callable[[Book, argparse.Namespace], Told]:
    def done(book: Book, given: argparse.Namespace) -> Told:
        change(book, given.name)
        return {"account": given.name, "message": f"{given.name}：{meaning}"}

    return done


def _reset_password(book: Book, given: argparse.Namespace) -> Told:
    password = accounts.reset_password(book, given.name)
    said = f"{given.name} 的新口令只显示这一次：{password}\n登录后要修改口令。"
    return {"account": given.name, "password": password, "message": said}


def _expire(book: Book, given: argparse.Namespace) -> Told:
    accounts.set_expiry(book, given.name, last_day(given))
    return {"account": given.name, "message": f"{given.name}：有效期 {given.until or '不限'}"}


def _make_display(book: Book, given: argparse.Namespace) -> Told:
    token = accounts.make_display(book, given.name)
    place = f"/display/{token}"
    said = f"在大屏的浏览器中打开（只显示这一次）：看板地址{place}"
    return {"display": given.name, "path": place, "message": said}


def _displays(book: Book, _: argparse.Namespace) -> Told:
    rows = [
        {"display": one.account, "made_at": accounts.said_at(one.made_at)}
        for one in accounts.displays(book)
    ]
    return {"rows": rows}


CHANGES: Mapping[str, Callable[[Book, argparse.Namespace], Told]] = {
    "create": _create,
    "grant": _grant,
    "list": _list,
    "disable": _plain(accounts.disable, "已停用"),
    "enable": _plain(accounts.enable, "已启用"),
    "unlock": _plain(accounts.unlock, "已解锁"),
    "reset-password": _reset_password,
    "reset-code": _plain(accounts.reset_code, "已重置动态口令，下次登录重新绑定"),
    "expire": _expire,
    "display-create": _make_display,
    "display-revoke": _plain(accounts.revoke_display, "已收回"),
    "display-list": _displays,
}
