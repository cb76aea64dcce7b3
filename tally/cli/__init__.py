"""The same work without a screen: import, publish, return, undo, seal, ask, template, campaigns.

`campaigns` lists them, archives one, carries open items to the next, or removes one's data;
`account` keeps who may log in.

Exit status: 0 published, draft or unchanged; 1 refused or question; 2 wrong usage;
3 the home is held by a process that does not answer.
"""

import argparse
import base64
import getpass
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tally.accounts import NotAllowed
from tally.addresses import STORE_VARIABLE, WrongAddress
from tally.cli import safekeeping
from tally.cli.accounts import keep_accounts
from tally.cli.arguments import given_words
from tally.cli.auditing import audit
from tally.cli.keys import keep_key
from tally.cli.printing import import_words, print_answer, table
from tally.cli.vulnerabilities import tell_vulnerabilities
from tally.desk import Desk, Reply, Request
from tally.packs import PackError, packs
from tally.registry import NewerRegistry, RegistryUnusable
from tally.safekeeping.opening import open_home
from tally.sealing import KeyUnusable
from tally.server_socket import ask_server
from tally.service import home_from_environment
from tally.store import CannotWrite, HomeDamaged, HomeHeld, HomeUnusable, LedgersFault, NewerSchema

REFUSED, WRONG_USAGE, HELD = 1, 2, 3
FORMS = ("docx", "pptx", "xlsx")
GOOD_STATUSES = ("published", "draft", "unchanged")


def _do(home: Path, request: Request) -> Reply:
    """Have a request done: by the server that holds the home, else here."""
    reply = ask_server(home, request)
    if reply is not None:
        return reply
    database = open_home(home, packs()).database
    try:
        return Desk(database).do(request)
    finally:
        database.close()


def _fail(sentence: str, status: int) -> int:
    print(sentence, file=sys.stderr)
    return status


def _unknown_campaign(slug: str | None) -> str:
    """Say that no pack has that name; empty when one has, or none was given."""
    if not slug or slug in packs():
        return ""
    return f"没有“{slug}”这个专项行动；可用：{'、'.join(packs())}"


def _import(given: argparse.Namespace, home: Path) -> int:
    missing = [str(path) for path in given.files if not path.is_file()]
    if missing:
        return _fail(f"没有这个文件：{'、'.join(missing)}", WRONG_USAGE)
    if unknown := _unknown_campaign(given.campaign):
        return _fail(unknown, WRONG_USAGE)
    replies = []
    for path in given.files:
        request = {
            "work": "import",
            "file": path.name,
            "content": base64.b64encode(path.read_bytes()).decode(),
            "uploaded_by": given.by or getpass.getuser(),
            **{key: getattr(given, key) for key in ("campaign", "ledger", "month", "unit")},
            **{key: getattr(given, key) for key in ("draft", "reason")},
            "answers": dict(given.answers),
        }
        reply = _do(home, request)
        replies.append(reply)
        print(json.dumps(reply, ensure_ascii=False) if given.json else import_words(reply))
    good = all(reply.get("status") in GOOD_STATUSES for reply in replies)
    return 0 if good else REFUSED


def _change(given: argparse.Namespace, home: Path) -> int:
    """Publish, return, undo, seal or unseal, and say what was done."""
    if unknown := _unknown_campaign(vars(given).get("campaign")):
        return _fail(unknown, WRONG_USAGE)
    words = {"upload", "by", "reason", "campaign", "month", "quoted_in"}
    request = {key: value for key, value in vars(given).items() if key in words}
    reply = _do(home, {"work": given.work, **request})
    if "error" in reply:
        return _fail(reply["error"], REFUSED)
    print(reply["message"])
    return 0


def _ask(given: argparse.Namespace, home: Path) -> int:
    pairs = [word.partition("=") for word in given.parameters]
    if not all(sign for _, sign, _ in pairs):
        return _fail("参数写成 name=value，例如 campaign=xiangshan", WRONG_USAGE)
    parameters = {name: value for name, _, value in pairs}
    reply = _do(home, {"work": "ask", "question": given.question, "parameters": parameters})
    if "error" in reply:
        return _fail(reply["error"], WRONG_USAGE)
    print_answer(reply["columns"], reply["rows"], given.format)
    return 0


def _template(given: argparse.Namespace, home: Path) -> int:
    request = {"work": "template", "ledger": given.ledger, "campaign": given.campaign}
    request |= {"unit": given.unit, "month": given.month, "filled": given.filled}
    return _written(given, _do(home, request))


def _written(given: argparse.Namespace, reply: Reply) -> int:
    """Write the file of a reply where it was asked for."""
    if "error" in reply:
        return _fail(reply["error"], WRONG_USAGE)
    try:
        given.output.write_bytes(base64.b64decode(reply["content"]))
    except OSError as error:
        return _fail(f"写不了 {given.output}（{error.strerror}）", WRONG_USAGE)
    print(f"已生成 {given.output}")
    return 0


def _notice(given: argparse.Namespace, home: Path) -> int:
    form = given.output.suffix.lower().lstrip(".")
    if form not in FORMS or (given.issued is not None and form != "docx"):
        wanted = "docx" if given.issued is not None else "、".join(FORMS)
        return _fail(f"文件名应以 {wanted} 结尾", WRONG_USAGE)
    if unknown := _unknown_campaign(given.campaign):
        return _fail(unknown, WRONG_USAGE)
    words = ("campaign", "month", "issued", "kind", "ranking", "red_head", "number", "date",
             "personal_measures")  # fmt: skip
    request = {key: getattr(given, key) for key in words}
    return _written(given, _do(home, {"work": "notice", "form": form, **request}))


def _campaigns(given: argparse.Namespace, home: Path) -> int:
    if given.change and not given.slug:
        example = f"campaigns {given.change} xiangshan"
        return _fail(f"写明是哪一个专项行动，例如 {example}", WRONG_USAGE)
    if given.change == "carry":
        return _carry(given, home)
    if given.change in ("archive", "unarchive"):
        return _put_away(given, home)
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
        print(table(columns, [list(row.values()) for row in campaigns]))
    return 0


def _put_away(given: argparse.Namespace, home: Path) -> int:
    """Archive a campaign, or take it out of the archive."""
    if unknown := _unknown_campaign(given.slug):
        return _fail(unknown, WRONG_USAGE)
    by = given.by or getpass.getuser()
    reply = _do(home, {"work": given.change, "campaign": given.slug, "by": by})
    if "error" in reply:
        return _fail(reply["error"], REFUSED)
    print(reply["message"])
    return 0


def _carry(given: argparse.Namespace, home: Path) -> int:
    """Draft the open items of an ended campaign in another one."""
    if not given.target:
        return _fail("写明结转到哪一个，例如 campaigns carry xiangshan huaihua", WRONG_USAGE)
    if unknown := _unknown_campaign(given.slug) or _unknown_campaign(given.target):
        return _fail(unknown, WRONG_USAGE)
    request = {"work": "carry", "campaign": given.slug, "target": given.target}
    reply = _do(home, {**request, "by": given.by or getpass.getuser()})
    if "error" in reply:
        return _fail(reply["error"], REFUSED)
    for outcome in reply["outcomes"]:
        print(json.dumps(outcome, ensure_ascii=False) if given.json else import_words(outcome))
    good = all(outcome["status"] in GOOD_STATUSES for outcome in reply["outcomes"])
    return 0 if good else REFUSED


def _bench(given: argparse.Namespace, home: Path) -> int:
    # Only this command needs what is timed.
    from tally import bench

    report = bench.measured(given.what, vars(given), home)
    if given.json:
        print(json.dumps(report.as_record(), ensure_ascii=False, indent=1))
    else:
        print(table(*report.as_table()))
    return 0


WORKS = {
    "import": _import,
    **dict.fromkeys(("publish", "return", "undo", "seal", "unseal"), _change),
    "ask": _ask,
    "template": _template,
    "notice": _notice,
    "campaigns": _campaigns,
    "bench": _bench,
    "audit": audit,
    "account": keep_accounts,
    "backup": lambda given, home: safekeeping.back_up(given, home, _do),
    "verify": lambda given, home: safekeeping.verify_home(given, home, _do),
    "restore": safekeeping.restore_home,
    "key": keep_key,
    "vulnerabilities": tell_vulnerabilities,
    "migrate-store": safekeeping.migrate_store,
}


def main(words: Sequence[str] | None = None) -> int:
    """Do what the command line says and return the exit status."""
    given = given_words(words)
    if given.home:
        os.environ["TALLY_HOME"] = str(given.home)
    if given.store:
        os.environ[STORE_VARIABLE] = given.store
    try:
        return WORKS[given.work](given, home_from_environment())
    except HomeHeld as held:
        return _fail(str(held), HELD)
    except NotAllowed as refusal:
        return _fail(str(refusal), REFUSED)
    except WrongAddress as wrong:
        return _fail(str(wrong), WRONG_USAGE)
    except HomeDamaged as damaged:
        how = "请执行 manage.py verify 核对，或 manage.py restore 恢复最近的备份"
        return _fail("\n".join([str(damaged), *damaged.remarks, how]), WRONG_USAGE)
    except (HomeUnusable, NewerSchema, NewerRegistry, KeyUnusable) as unusable:
        return _fail(str(unusable), WRONG_USAGE)
    except (CannotWrite, RegistryUnusable) as refusal:
        return _fail(str(refusal), REFUSED)
    except LedgersFault as fault:
        said = str(fault).splitlines()[0][:200]
        return _fail(f"读写账本时出错，请执行 manage.py verify 核对（{said}）", REFUSED)
    except PackError as broken:
        return _fail(f"专项行动的设置有误：{broken}", WRONG_USAGE)
    except BrokenPipeError:
        # The reader of our output has seen enough (`ask … | head`); nothing may be flushed to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
