"""Issued notices: recorded with what they were made from, their months sealed, rebuilt."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tally import clock, words
from tally.bulletins.composing import compose
from tally.bulletins.terms import CannotNotify, Terms, check_ranking
from tally.notices.bulletin import bulletin
from tally.packs import Pack
from tally.registry import Event
from tally.secrecy import Label
from tally.store import Database, Writing
from tally.submissions.deeds import doing
from tally.submissions.originals import OriginalLost, keep_original, read_original, sha256_of
from tally.viewers import Action

# What of the terms a record keeps as it is.
KEPT = ("campaign", "kind", "period", "known_at", "issued_on", "ranking", "has_red_head", "number",
        "has_personal_measures")  # fmt: skip


@dataclass(frozen=True)
class Rebuilt:
    """A notice made again: its bytes, whether they are those that were issued, how it is held."""

    content: bytes
    is_same: bool
    held: Label


def issue(database: Database, pack: Pack, terms: Terms, template: bytes, by: str) -> int:
    """Record a notice, seal the months it quotes and return its number.

    CannotNotify when nothing of the period is published, nobody issues it, or it would show more
    of the ranking than the campaign does.
    """
    check_ranking(pack, terms)
    if not by.strip():
        raise CannotNotify("请填写签发人的岗位")
    if not any(database.stored("month_in_force", _slice(terms, month)).column(0)[0].as_py()
               for month in terms.months):  # fmt: skip
        raise CannotNotify(f"{terms.period_words}还没有已发布的台账，不能签发通报")
    notice = compose(database, pack, terms)
    content = bulletin(notice, template)
    kept = keep_original(database.home, template)
    told = {"campaign": terms.campaign, "thing": "通报", "sha256": sha256_of(content)}
    with doing(database, Action.NOTIFY, Event.PUBLISH, f"签发{notice.title}", **told) as deed:
        number = int(deed.writing.run("next_notice", {})[0][0])
        record = {key: getattr(terms, key) for key in KEPT} | {
            "notice": number,
            "as_of": terms.as_of,
            "praised": "\n".join(terms.praised),
            "exposed": "\n".join(terms.exposed),
            "title": notice.title,
            "template_sha256": kept,
            "document_sha256": sha256_of(content),
            "issued_by": by.strip(),
            "issued_at": clock.moment(),
        }
        deed.name = str(number)
        deed.writing.insert("notice", [record])
        _seal(deed.writing, terms, by.strip())
    return number


def _slice(terms: Terms, month: Any) -> dict[str, Any]:
    return {"campaign": terms.campaign, "period": month}


def _seal(writing: Writing, terms: Terms, by: str) -> None:
    """Seal the period's published months for the notice, once for each name."""
    for month in terms.months:
        is_published = writing.run("month_in_force", _slice(terms, month))[0][0]
        if not is_published or (terms.name,) in writing.run("seals_in_force", _slice(terms, month)):
            continue
        kept = {"quoted_in": terms.name, "sealed_by": by, "from_at": clock.moment()}
        writing.insert("seal", [_slice(terms, month) | kept])


def terms_of(record: Mapping[str, Any]) -> Terms:
    """Return the terms that a row of `notices` keeps."""
    return Terms(
        **{key: record[key] for key in KEPT},
        praised=tuple(filter(None, record["praised"].split("\n"))),
        exposed=tuple(filter(None, record["exposed"].split("\n"))),
    )


def rebuild(database: Database, pack: Pack, number: int) -> Rebuilt:
    """Make an issued notice again from the data as it was known then; CannotNotify if it is gone.

    The same program makes the same bytes; `is_same` says whether it did.
    """
    asked = database.ask("notices", {"campaign": pack.slug}).to_pylist()
    record = next((row for row in asked if row["notice"] == number), None)
    if record is None:
        raise CannotNotify(f"没有签发过第 {number} 号通报")
    try:
        template = read_original(database.home, record["template_sha256"])
    except OriginalLost as lost:
        day = words.iso_day(record["issued_on"])
        raise CannotNotify(f"{day}签发时用的模板已不在数据文件夹里，不能照原样重建") from lost
    notice = compose(database, pack, terms_of(record))
    content = bulletin(notice, template)
    return Rebuilt(content, sha256_of(content) == record["document_sha256"], notice.held)
