"""The same work without a screen: import, undo, ask, template, campaigns.

Exit status: 0 published, draft or unchanged; 1 refused or question; 2 wrong usage;
3 the home is held by a process that does not answer.
"""

import argparse
import base64
import csv
import getpass
import json
import os
import re
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tally.desk import Desk, Reply, Request
from tally.packs import PackError, packs
from tally.service import ask_server, home_from_environment
from tally.store import Database, HomeHeld, HomeUnusable, NewerSchema

REFUSED, WRONG_USAGE, HELD = 1, 2, 3
GOOD_STATUSES = ("published", "draft", "unchanged")
STATUS_WORDS = {
    "published": "● 已发布",
    "draft": "▲ 草稿",
    "unchanged": "● 没有变化",
    "question": "▲ 需要说明",
    "refused": "■ 未导入",
}


def _month(text: str) -> str:
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise argparse.ArgumentTypeError(f"“{text}”不是 YYYY-MM 形式的月份，例如 2022-09")
    return text


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="manage.py", description="Tally 争先看板")
    works = parser.add_subparsers(dest="work", required=True)
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--home", type=Path, help="数据所在的文件夹，默认 data/")

    bring = works.add_parser("import", parents=[shared], help="读取、检查并发布台账文件")
    bring.add_argument("files", nargs="+", metavar="FILE", type=Path)
    bring.add_argument("--campaign", metavar="SLUG")
    bring.add_argument("--ledger", metavar="KIND")
    bring.add_argument("--month", metavar="YYYY-MM", type=_month)
    bring.add_argument("--unit", metavar="NAME")
    bring.add_argument("--draft", action="store_true", help="只存为草稿")
    bring.add_argument("--reason", metavar="TEXT", help="有事项倒退时的理由")
    bring.add_argument("--json", action="store_true")

    back = works.add_parser("undo", parents=[shared], help="撤回一次发布")
    back.add_argument("upload", type=int, metavar="UPLOAD")

    ask = works.add_parser("ask", parents=[shared], help="回答 queries/ 中的一个问题")
    ask.add_argument("question", metavar="QUESTION")
    ask.add_argument("parameters", nargs="*", metavar="name=value")
    ask.add_argument("--format", choices=["table", "json", "csv"], default="table")

    blank = works.add_parser("template", parents=[shared], help="生成可填写的台账模板")
    blank.add_argument("--ledger", required=True, metavar="KIND")
    blank.add_argument("--campaign", metavar="SLUG")
    blank.add_argument("--unit", metavar="NAME")
    blank.add_argument("--filled", action="store_true", help="带上本单位未销号的事项")
    blank.add_argument("-o", "--output", required=True, type=Path, metavar="FILE.xlsx")

    campaigns = works.add_parser("campaigns", parents=[shared], help="列出或移除专项行动")
    campaigns.add_argument("change", nargs="?", choices=["remove"])
    campaigns.add_argument("slug", nargs="?", metavar="SLUG")
    campaigns.add_argument("--json", action="store_true")
    return parser


def _given(words: Sequence[str] | None) -> argparse.Namespace:
    """Return what the command line says; wrong usage ends the program with status 2."""
    parser = _arguments()
    given, rest = parser.parse_known_args(words)
    if rest and (given.work != "ask" or any(word.startswith("-") for word in rest)):
        parser.error(f"不认识的参数：{' '.join(rest)}")
    if rest:  # argparse leaves the parameters that stand behind an option to us
        given.parameters += rest
    return given


def _do(home: Path, request: Request) -> Reply:
    """Have a request done: by the server that holds the home, else here."""
    reply = ask_server(home, request)
    if reply is not None:
        return reply
    database = Database(home, packs())
    try:
        return Desk(database).do(request)
    finally:
        database.close()


def _fail(sentence: str, status: int) -> int:
    print(sentence, file=sys.stderr)
    return status


def _import(given: argparse.Namespace, home: Path) -> int:
    missing = [str(path) for path in given.files if not path.is_file()]
    if missing:
        return _fail(f"没有这个文件：{'、'.join(missing)}", WRONG_USAGE)
    if given.campaign and given.campaign not in packs():
        return _fail(f"没有“{given.campaign}”这个专项行动；可用：{'、'.join(packs())}", WRONG_USAGE)
    replies = []
    for path in given.files:
        request = {
            "work": "import",
            "file": path.name,
            "content": base64.b64encode(path.read_bytes()).decode(),
            "uploaded_by": getpass.getuser(),
            **{key: getattr(given, key) for key in ("campaign", "ledger", "month", "unit")},
            **{key: getattr(given, key) for key in ("draft", "reason")},
        }
        reply = _do(home, request)
        replies.append(reply)
        print(json.dumps(reply, ensure_ascii=False) if given.json else _import_words(reply))
    good = all(reply.get("status") in GOOD_STATUSES for reply in replies)
    return 0 if good else REFUSED


def _import_words(reply: Reply) -> str:
    if "error" in reply:
        return str(reply["error"])
    lines = [f"{STATUS_WORDS[reply['status']]}　{reply['file']}　{reply['message']}"]
    if reply["upload"] is not None:
        lines.append(
            f"　编号 {reply['upload']}　{reply['rows']} 行：新增 {reply['added']}、"
            f"变化 {reply['changed']}、消失 {reply['vanished']}、倒退 {reply['reversed']}"
        )
    lines += [f"　请用 {asked['flag']} 说明：{asked['sentence']}" for asked in reply["questions"]]
    marks = {"error": "■ 错误", "warning": "▲ 提醒"}
    lines += [
        f"　{marks[found['level']]}　{found['sheet']} {found['cell']}　{found['found']}"
        f"　{found['expected']}　{found['remedy']}"
        for found in reply["problems"]
    ]
    return "\n".join(lines)


def _undo(given: argparse.Namespace, home: Path) -> int:
    reply = _do(home, {"work": "undo", "upload": given.upload})
    if "error" in reply:
        return _fail(reply["error"], REFUSED)
    print(f"已撤回 {reply['upload']} 号")
    return 0


def _ask(given: argparse.Namespace, home: Path) -> int:
    pairs = [word.partition("=") for word in given.parameters]
    if not all(sign for _, sign, _ in pairs):
        return _fail("参数写成 name=value，例如 campaign=xiangshan", WRONG_USAGE)
    parameters = {name: value for name, _, value in pairs}
    reply = _do(home, {"work": "ask", "question": given.question, "parameters": parameters})
    if "error" in reply:
        return _fail(reply["error"], WRONG_USAGE)
    _print_answer(reply["columns"], reply["rows"], given.format)
    return 0


def _print_answer(columns: Sequence[str], rows: Sequence[Sequence[Any]], form: str) -> None:
    if form == "json":
        records = [dict(zip(columns, row, strict=True)) for row in rows]
        print(json.dumps(records, ensure_ascii=False, indent=1))
    elif form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    else:
        print(_table(columns, rows))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _cell(value: Any) -> str:
    if value is None:
        return "—"
    return f"{value:.4g}" if isinstance(value, float) else str(value).replace("\n", " ")


def _table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    cells = [list(columns), *([_cell(value) for value in row] for row in rows)]
    widths = [max(_width(row[place]) for row in cells) for place in range(len(columns))]
    return "\n".join(
        "  ".join(text + " " * (widths[place] - _width(text)) for place, text in enumerate(row))
        for row in cells
    )


def _template(given: argparse.Namespace, home: Path) -> int:
    request = {"work": "template", "ledger": given.ledger, "campaign": given.campaign}
    request |= {"unit": given.unit, "filled": given.filled}
    reply = _do(home, request)
    if "error" in reply:
        return _fail(reply["error"], WRONG_USAGE)
    try:
        given.output.write_bytes(base64.b64decode(reply["content"]))
    except OSError as error:
        return _fail(f"写不了 {given.output}（{error.strerror}）", WRONG_USAGE)
    print(f"已生成 {given.output}")
    return 0


def _campaigns(given: argparse.Namespace, home: Path) -> int:
    if given.change and not given.slug:
        return _fail("写明要移除的专项行动，例如 campaigns remove xiangshan", WRONG_USAGE)
    if given.change:
        reply = _do(home, {"work": "remove", "campaign": given.slug})
        if "error" in reply:
            return _fail(reply["error"], WRONG_USAGE)
        print(f"已移除 {given.slug} 的 {reply['removed_upload_count']} 次上传；专项行动的设置还在")
        return 0
    campaigns = _do(home, {"work": "campaigns"})["campaigns"]
    if given.json:
        print(json.dumps(campaigns, ensure_ascii=False, indent=1))
    else:
        columns = list(campaigns[0]) if campaigns else []
        print(_table(columns, [list(row.values()) for row in campaigns]))
    return 0


WORKS = {
    "import": _import,
    "undo": _undo,
    "ask": _ask,
    "template": _template,
    "campaigns": _campaigns,
}


def main(words: Sequence[str] | None = None) -> int:
    """Do what the command line says and return the exit status."""
    given = _given(words)
    if given.home:
        os.environ["TALLY_HOME"] = str(given.home)
    home = home_from_environment()
    try:
        return WORKS[given.work](given, home)
    except HomeHeld as held:
        return _fail(str(held), HELD)
    except (HomeUnusable, NewerSchema) as unusable:
        return _fail(str(unusable), WRONG_USAGE)
    except PackError as broken:
        return _fail(f"专项行动的设置有误：{broken}", WRONG_USAGE)
    except BrokenPipeError:
        # The reader of our output has seen enough (`ask … | head`); nothing may be flushed to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


if __name__ == "__main__":
    sys.exit(main())
