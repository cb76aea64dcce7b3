"""The work that the command line asks for, done the same way here and inside a running server.

A request and a reply are plain JSON objects, so that they can cross a socket.
"""

import base64
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tally import bulletins, clock
from tally.asked import checked, own_name
from tally.contracts import contract_named, contracts
from tally.notices.bulletin import TemplateError
from tally.notices.template import template
from tally.packs import Pack
from tally.registry import Event, RegistryUnusable
from tally.safekeeping.backups import back_up
from tally.safekeeping.manifests import BackupUnsound
from tally.safekeeping.sealing import send_copy
from tally.safekeeping.verifying import verify
from tally.sealing import KeyUnusable
from tally.store import (
    CannotWrite,
    Database,
    UnknownQuestion,
    parameters_from_text,
    question,
    scope_of,
)
from tally.submissions import (
    STATE_ITEMS,
    CannotArchive,
    CannotCarry,
    CannotPublish,
    CannotSeal,
    CannotUndo,
    Given,
    Terms,
    archive,
    carry_over,
    import_file,
    open_rows,
    packs_with_rosters,
    publish,
    remove_campaign,
    return_upload,
    seal,
    unarchive,
    undo,
    unseal,
)
from tally.submissions.deeds import tell
from tally.submissions.originals import sha256_of
from tally.viewers import AT_THE_SERVER, NotAllowed, acting, acts

REFUSALS = (
    *(UnknownQuestion, CannotPublish, CannotUndo, CannotSeal, CannotArchive, CannotCarry),
    *(bulletins.CannotNotify, TemplateError, CannotWrite, BackupUnsound, KeyUnusable),
    RegistryUnusable,
    NotAllowed,
)
Request = Mapping[str, Any]
Reply = dict[str, Any]

# Who still owes a list is asked about now; everything else about the newest month in.
ASKED_TODAY = frozenset({"submissions_due"})


class Desk:
    """One home's desk: `do` answers a request, with `error` in the reply when it cannot."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._works: Mapping[str, Callable[[Request], Reply]] = {
            "ask": self._ask,
            "import": self._import,
            "publish": self._publish,
            "return": self._return,
            "undo": self._undo,
            "seal": self._seal,
            "unseal": self._unseal,
            "campaigns": self._campaigns,
            "remove": self._remove,
            "archive": self._archive,
            "unarchive": self._unarchive,
            "carry": self._carry,
            "template": self._template,
            "notice": self._notice,
            "backup": self._back_up,
            "verify": self._verify,
        }

    def do(self, request: Request) -> Reply:
        """Do one piece of work; a wrong request is answered with `error`, never raised."""
        try:
            with acts(AT_THE_SERVER):
                return self._works[request["work"]](request)
        except REFUSALS as refusal:
            return {"error": str(refusal)}

    def _ask(self, request: Request) -> Reply:
        name = request["question"]
        asked = question(name)
        known = packs_with_rosters(self.database)
        values = checked(parameters_from_text(name, request["parameters"]), known)
        if "as_of" in asked.parameters and "as_of" not in values:
            is_today = name in ASKED_TODAY
            day = clock.today() if is_today else self.database.default_day(values.get("campaign"))
            values["as_of"] = day
        answer = self.database.ask(name, values, scope_of(acting()))
        about = {"campaign": values.get("campaign") or "", "thing": "问题", "name": name}
        self._tell(f"命令行问数 {name}", count_after=answer.num_rows, **about)
        rows = [[_plain(value) for value in row.values()] for row in answer.to_pylist()]
        return {"columns": answer.column_names, "rows": rows}

    def _import(self, request: Request) -> Reply:
        month = request.get("month") or ""
        given = Given(
            campaign=request.get("campaign") or "",
            ledger=request.get("ledger") or "",
            month=date.fromisoformat(f"{month}-01") if month else None,
            unit=request.get("unit") or "",
            answers=request.get("answers") or {},
        )
        terms = Terms(
            uploaded_by=request.get("uploaded_by") or "",
            reason=request.get("reason") or "",
            is_draft=bool(request.get("draft")),
        )
        content = base64.b64decode(request["content"])
        outcome = import_file(self.database, content, request["file"], given, terms)
        return dict(outcome.to_json())

    def _publish(self, request: Request) -> Reply:
        upload = int(request["upload"])
        publish(self.database, upload, request.get("reason") or "", request.get("by") or "")
        return {"upload": upload, "status": "published", "message": f"已发布 {upload} 号"}

    def _return(self, request: Request) -> Reply:
        upload = int(request["upload"])
        return_upload(self.database, upload, request.get("reason") or "", request.get("by") or "")
        return {"upload": upload, "status": "returned", "message": f"已退回 {upload} 号"}

    def _undo(self, request: Request) -> Reply:
        upload = int(request["upload"])
        undo(self.database, upload)
        return {"upload": upload, "status": "undone", "message": f"已撤回 {upload} 号"}

    def _seal(self, request: Request) -> Reply:
        slug, month = self._slice(request)
        seal(self.database, slug, month, request.get("quoted_in") or "", request.get("by") or "")
        return {"campaign": slug, "month": request["month"], "message": "已封账"}

    def _unseal(self, request: Request) -> Reply:
        slug, month = self._slice(request)
        unseal(self.database, slug, month)
        return {"campaign": slug, "month": request["month"], "message": "已解除封账"}

    @staticmethod
    def _slice(request: Request) -> tuple[str, date]:
        return request["campaign"], date.fromisoformat(f"{request['month']}-01")

    def _campaigns(self, _request: Request) -> Reply:
        rows = self.database.ask("campaigns", {"as_of": clock.today()}).to_pylist()
        for row in rows:
            row["as_of"] = None
            if row["newest_month"]:
                row |= self._counts(row["campaign"])
        return {"campaigns": [{key: _plain(value) for key, value in row.items()} for row in rows]}

    def _counts(self, campaign: str) -> Reply:
        """Return a campaign's counts on its own default day, as the pages show them."""
        day = self.database.default_day(campaign)
        for row in self.database.ask("campaigns", {"as_of": day}).to_pylist():
            if row["campaign"] == campaign:
                return {
                    "phase": row["phase"],
                    "item_count": row["item_count"],
                    "closed_count": row["closed_count"],
                    "as_of": day,
                }
        return {}

    def _template(self, request: Request) -> Reply:
        contract, slug = contract_named(request["ledger"]), request.get("campaign") or ""
        if contract is None:
            names = "、".join(f"{kind}（{entry.title}）" for kind, entry in contracts().items())
            return {"error": f"没有“{request['ledger']}”这种台账；可用：{names}"}
        known = packs_with_rosters(self.database)
        checked({"campaign": slug or None}, known)
        unit = request.get("unit") or ""
        if unit and slug:
            unit = own_name(unit, [known[slug]])
        is_filled = bool(request.get("filled"))
        if is_filled and not slug:
            return {"error": "--filled 要写明专项行动（--campaign）"}
        if is_filled and contract.kind not in STATE_ITEMS:
            return {"error": f"{contract.title}整月替换，不能只带未办结的；请不用 --filled"}
        rows = open_rows(self.database, contract, slug, unit) if is_filled else []
        month = request.get("month")
        first_day = date.fromisoformat(f"{month}-01") if month else None
        about = {"campaign": slug, "thing": "模板", "name": contract.kind}
        self._tell(f"导出{contract.title}模板", count_after=len(rows), **about)
        content = template(contract, known.get(slug), unit, rows, first_day)
        return {"content": base64.b64encode(content).decode()}

    def _notice(self, request: Request) -> Reply:
        """Draft a notice as a file of the form asked for, or rebuild an issued one."""
        slug = self._known(request["campaign"])
        pack, number = packs_with_rosters(self.database)[slug], request.get("issued")
        if number is not None:
            content = bulletins.rebuild(self.database, pack, number).content
        else:
            content = bulletins.file_of(self.database, pack, _terms(request, pack), request["form"])
        about = {"thing": "通报", "name": str(number or "草稿"), "sha256": sha256_of(content)}
        self._tell("导出通报", campaign=slug, **about)
        return {"content": base64.b64encode(content).decode()}

    def _tell(self, sentence: str, **about: Any) -> None:
        tell(self.database.home, Event.EXPORT, sentence, **about)

    def _back_up(self, request: Request) -> Reply:
        backup = back_up(self.database, "手动")
        reply = {"name": backup.manifest.name, "folder": str(backup.folder)}
        message = f"已备份 {backup.folder}"
        if to := request.get("to"):
            message += f"；加密副本 {send_copy(backup, Path(to))}"
        return {**reply, "message": message}

    def _verify(self, _request: Request) -> Reply:
        return {"found": [one.to_json() for one in verify(self.database)]}

    def _remove(self, request: Request) -> Reply:
        slug = self._known(request["campaign"])
        return {"campaign": slug, "removed_upload_count": remove_campaign(self.database, slug)}

    def _archive(self, request: Request) -> Reply:
        slug = self._known(request["campaign"])
        archive(self.database, slug, request.get("by") or "")
        return {"campaign": slug, "message": f"已归档 {slug}，不再接收它的台账"}

    def _unarchive(self, request: Request) -> Reply:
        slug = self._known(request["campaign"])
        unarchive(self.database, slug)
        return {"campaign": slug, "message": f"已取消归档 {slug}"}

    def _carry(self, request: Request) -> Reply:
        source, target = self._known(request["campaign"]), self._known(request["target"])
        outcomes = carry_over(self.database, source, target, request.get("by") or "")
        return {"outcomes": [dict(outcome.to_json()) for outcome in outcomes]}

    def _known(self, slug: str) -> str:
        checked({"campaign": slug}, packs_with_rosters(self.database))
        return slug


def _terms(request: Request, pack: Pack) -> bulletins.Terms:
    month = date.fromisoformat(f"{request['month']}-01")
    return bulletins.Terms(
        campaign=request["campaign"],
        kind=request["kind"],
        period=month if request["kind"] == bulletins.MONTH else bulletins.quarter_of(month),
        known_at=clock.now(),
        issued_on=date.fromisoformat(request["date"]) if request.get("date") else clock.today(),
        ranking=request["ranking"] or bulletins.rankings_of(pack)[0],
        has_red_head=bool(request["red_head"]),
        number=request.get("number") or "",
        has_personal_measures=bool(request.get("personal_measures")),
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
