"""What the command line accepts."""

import argparse
import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tally.cli.account_arguments import add_accounts
from tally.registry.audit import Event


def _month(text: str) -> str:
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise argparse.ArgumentTypeError(f"“{text}”不是 YYYY-MM 形式的月份，例如 2022-09")
    return text


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，例如 2022-11-08") from error


def _count(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isdigit() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"“{text}”应为 {least} 至 {most} 的整数")
        return int(text)

    return read


def _answer(text: str) -> tuple[str, str]:
    key, sign, value = text.rpartition("=")
    if not sign or ":" not in key:
        raise argparse.ArgumentTypeError(f"“{text}”应写成 KEY=VALUE，KEY 见提问")
    return key, value


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="manage.py", description="Tally 争先看板")
    works = parser.add_subparsers(dest="work", required=True)
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--home", type=Path, help="数据所在的文件夹，默认 data/")
    shared.add_argument("--store", metavar="ADDRESS", help="数据地址：文件夹，或多台服务器的共享库")

    bring = works.add_parser("import", parents=[shared], help="读取、检查并发布台账文件")
    bring.add_argument("files", nargs="+", metavar="FILE", type=Path)
    bring.add_argument("--campaign", metavar="SLUG")
    bring.add_argument("--ledger", metavar="KIND")
    bring.add_argument("--month", metavar="YYYY-MM", type=_month)
    bring.add_argument("--unit", metavar="NAME")
    bring.add_argument(
        "--answer",
        action="append",
        default=[],
        type=_answer,
        dest="answers",
        metavar="KEY=VALUE",
        help="回答读取时的提问，可多次给出",
    )
    bring.add_argument("--draft", action="store_true", help="只存为草稿")
    bring.add_argument("--reason", metavar="TEXT", help="有事项倒退或更正已封账月份时的理由")
    bring.add_argument("--by", metavar="NAME", help="报送岗位，默认是本机用户名")
    bring.add_argument("--json", action="store_true")
    _add_changes(works, shared)
    _add_timing(works, shared)
    _add_notice(works, shared)
    _add_template(works, shared)
    _add_audit(works, shared)
    key = works.add_parser("key", parents=[shared], help="个人信息的密钥：在哪里、更换、丢失后另用")
    key.add_argument("change", nargs="?", choices=["rotate", "new"], help="不写即查看")
    add_accounts(works, shared, _day)
    _add_safekeeping(works, shared)

    ask = works.add_parser("ask", parents=[shared], help="回答 queries/ 中的一个问题")
    ask.add_argument("question", metavar="QUESTION")
    ask.add_argument("parameters", nargs="*", metavar="name=value")
    ask.add_argument("--format", choices=["table", "json", "csv"], default="table")

    campaigns = works.add_parser(
        "campaigns", parents=[shared], help="列出、归档、结转或移除专项行动"
    )
    campaigns.add_argument("change", nargs="?", choices=["archive", "unarchive", "carry", "remove"])
    campaigns.add_argument("slug", nargs="?", metavar="SLUG", help="结转时是已结束的那一个")
    campaigns.add_argument("target", nargs="?", metavar="TO", help="结转到哪一个")
    campaigns.add_argument("--by", metavar="NAME", help="经办岗位")
    campaigns.add_argument("--json", action="store_true")
    return parser


def _add_audit(works: Any, shared: argparse.ArgumentParser) -> None:
    audit = works.add_parser("audit", parents=[shared], help="查阅、导出、校验或归档审计记录")
    audit.add_argument("what", nargs="?", choices=["verify", "archive"], help="不写即查阅")
    audit.add_argument("--from", type=_day, dest="from_on", metavar="YYYY-MM-DD", help="自哪一天")
    audit.add_argument("--to", type=_day, dest="to_on", metavar="YYYY-MM-DD", help="至哪一天（含）")
    audit.add_argument("--event", action="append", default=[], choices=list(map(str, Event)))
    audit.add_argument("--account", metavar="NAME")
    audit.add_argument("--failed", action="store_true", help="只看没有成功的")
    audit.add_argument("--last", type=_count(1, 1_000_000), default=200, metavar="N")
    audit.add_argument("--format", choices=["table", "json", "csv"], default="table")
    audit.add_argument("--before", type=_day, metavar="YYYY-MM-DD", help="归档哪一天之前的")


def _add_notice(works: Any, shared: argparse.ArgumentParser) -> None:
    notice = works.add_parser("notice", parents=[shared], help="起草通报，或照原样重建已签发的")
    notice.add_argument("--campaign", required=True, metavar="SLUG")
    which = notice.add_mutually_exclusive_group(required=True)
    which.add_argument("--month", metavar="YYYY-MM", type=_month, help="季通报写季内任何一个月")
    which.add_argument("--issued", type=int, metavar="N", help="重建已签发的第 N 号")
    notice.add_argument("--kind", choices=["month", "quarter"], default="month")
    notice.add_argument(
        "--ranking", choices=["shown", "anonymous", "left out"], help="默认按方案包公开的程度"
    )
    notice.add_argument("--personal-measures", action="store_true", help="列出对人的处置，默认不列")
    notice.add_argument("--no-red-head", action="store_false", dest="red_head", help="不带红头")
    notice.add_argument("--number", metavar="TEXT", help="文号")
    notice.add_argument("--date", metavar="YYYY-MM-DD", type=_day, help="成文日期，默认今天")
    notice.add_argument("-o", "--output", required=True, type=Path, metavar="FILE.docx|.pptx|.xlsx")


def _add_template(works: Any, shared: argparse.ArgumentParser) -> None:
    blank = works.add_parser("template", parents=[shared], help="生成可填写的台账模板")
    blank.add_argument("--ledger", required=True, metavar="KIND")
    blank.add_argument("--campaign", metavar="SLUG")
    blank.add_argument("--unit", metavar="NAME")
    blank.add_argument("--month", metavar="YYYY-MM", type=_month)
    blank.add_argument("--filled", action="store_true", help="带上本单位未销号的事项")
    blank.add_argument("-o", "--output", required=True, type=Path, metavar="FILE.xlsx")


def _add_safekeeping(works: Any, shared: argparse.ArgumentParser) -> None:
    backup = works.add_parser("backup", parents=[shared], help="备份账本、账号与审计库和原始文件")
    backup.add_argument("--to", type=Path, metavar="DIR", help="另存一份加密的副本（另一块磁盘）")
    backup.add_argument("--json", action="store_true")

    verify = works.add_parser("verify", parents=[shared], help="核对账本、原始文件和备份")
    verify.add_argument("--json", action="store_true")

    known = works.add_parser(
        "vulnerabilities", parents=[shared], help="已安装的软件包有没有公开的漏洞"
    )
    known.add_argument("list", type=Path, metavar="all.zip", help="OSV 的 PyPI/all.zip，别处下载")

    back = works.add_parser("restore", parents=[shared], help="恢复备份；原来的文件移开，不删除")
    back.add_argument("name", nargs="?", metavar="NAME", help="备份的名称，默认最近的完好备份")
    back.add_argument("--list", action="store_true", help="只列出备份")
    back.add_argument("--to", type=Path, metavar="DIR", help="恢复到另一个文件夹")
    back.add_argument("--from", type=Path, metavar="DIR", dest="source", help="备份所在的文件夹")
    back.add_argument(
        "--with-registry", action="store_true", help="账号、审计和登记记录也退回到备份时"
    )
    back.add_argument("--replay", action="store_true", help="再从原始文件补上备份之后的发布")
    back.add_argument("--only-replay", action="store_true", help="不恢复，只补上缺少的发布")

    move = works.add_parser(
        "migrate-store", parents=[shared], help="把数据迁入共享数据库，或迁回本机文件夹"
    )
    move.add_argument("--to", required=True, metavar="ADDRESS", help="空的共享库或空的文件夹")


def _add_timing(works: Any, shared: argparse.ArgumentParser) -> None:
    timing = works.add_parser(
        "bench", parents=[shared], help="计时：导入、问数、两种存储、看板、浏览器、大屏"
    )
    timed = ("import", "questions", "stores", "dashboard", "browser", "wall")
    timing.add_argument("what", choices=timed)
    timing.add_argument("--rows", type=_count(1, 10_000_000), metavar="N")
    timing.add_argument("--columns", type=_count(7, 15), default=15, metavar="N")
    timing.add_argument("--repeats", type=_count(1, 99), default=5, metavar="N")
    timing.add_argument("--seconds", type=_count(1, 3600), default=60, metavar="N")
    timing.add_argument("--loads", type=_count(1, 100_000), default=1000, metavar="N")
    timing.add_argument("--arriving", type=_count(1, 1000), default=100, metavar="N")
    timing.add_argument("--json", action="store_true")


def _add_changes(works: Any, shared: argparse.ArgumentParser) -> None:
    """Add the commands that change what became of an upload or a month."""
    release = works.add_parser("publish", parents=[shared], help="审核并发布一份草稿")
    release.add_argument("upload", type=int, metavar="UPLOAD")
    release.add_argument("--by", required=True, metavar="NAME", help="审核岗位，不能是报送岗位")
    release.add_argument("--reason", metavar="TEXT", help="有事项倒退或更正已封账月份时的理由")

    send_back = works.add_parser("return", parents=[shared], help="退回一份台账，请报送单位修改")
    send_back.add_argument("upload", type=int, metavar="UPLOAD")
    send_back.add_argument("--reason", required=True, metavar="TEXT", help="要改什么")
    send_back.add_argument("--by", metavar="NAME", help="退回的岗位")

    back = works.add_parser("undo", parents=[shared], help="撤回一次发布")
    back.add_argument("upload", type=int, metavar="UPLOAD")

    for name, meaning in (("seal", "封账：通报引用过的月份"), ("unseal", "解除封账")):
        sealing = works.add_parser(name, parents=[shared], help=meaning)
        sealing.add_argument("--campaign", required=True, metavar="SLUG")
        sealing.add_argument("--month", required=True, metavar="YYYY-MM", type=_month)
        if name == "seal":
            sealing.add_argument("--quoted-in", required=True, metavar="TEXT", help="引用它的通报")
            sealing.add_argument("--by", metavar="NAME", help="封账的岗位")


def given_words(words: Sequence[str] | None) -> argparse.Namespace:
    """Return what the command line says; wrong usage ends the program with status 2."""
    parser = _arguments()
    given, rest = parser.parse_known_args(words)
    if rest and (given.work != "ask" or any(word.startswith("-") for word in rest)):
        parser.error(f"不认识的参数：{' '.join(rest)}")
    if rest:  # argparse leaves the parameters that stand behind an option to us
        given.parameters += rest
    return given
