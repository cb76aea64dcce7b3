"""Why an item that a list no longer names is no longer counted: 合并、移交、撤销、重复."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from tally import clock, words
from tally.contracts import STILL_OPEN, WITHDRAWAL_REASONS, contracts
from tally.registry import Event
from tally.store import Database, Writing
from tally.submissions.archives import archived_sentence
from tally.submissions.deeds import LIST, doing
from tally.submissions.seals import sealed_sentence
from tally.viewers import Action

VANISHED = "vanished:"


class CannotWithdraw(ValueError):
    """The reasons cannot be taken; the message names the item."""


@dataclass(frozen=True)
class _Item:
    """An item that a list no longer names; two ledgers may use one key for different things."""

    item_key: str
    campaign: str
    ledger: str
    period: date


def withdraw(
    database: Database, upload: int, reasons: Mapping[str, str], by: str = "", ledger: str = ""
) -> None:
    """Keep why items vanished from an upload's list; they count no more from its month on.

    `reasons` maps an item_key to one of `WITHDRAWAL_REASONS`, or to `STILL_OPEN`, which takes
    every earlier reason back; `ledger` says whose items are meant where the upload has lists of
    more than one. Undoing the upload takes back what was said of it, and an item that a list of
    that month or a later one names counts again.
    """
    _check_words(reasons)
    with doing(
        database, Action.SUBMIT, Event.DELETE, f"说明少了的 {len(reasons)} 项去向", thing=LIST
    ) as deed:
        deed.is_about(upload)
        writing = deed.writing
        if closed := archived_sentence(writing, upload):
            raise CannotWithdraw(closed)
        sealed = sealed_sentence(writing, upload)
        if sealed:
            raise CannotWithdraw(f"{sealed}，请在下一个月的台账里说明")
        items = _named(_withdrawable(writing, upload, reasons, ledger), upload, reasons)
        moment = clock.moment()
        open_again = [item for item in items if reasons[item.item_key] == STILL_OPEN]
        _check_sealed(writing, open_again)
        _end(writing, open_again, upload, moment, is_own_only=False)
        _keep(writing, upload, items, reasons, by, moment)
    database.checkpoint()


def keep_answered(
    writing: Writing, upload: int, answers: str | None, by: str, moment: datetime
) -> None:
    """Keep the reasons among the answers (JSON) about an upload that is being published.

    An answer about an item that needs no reason is left aside, and so is one whose key means
    items of two ledgers: they stay counted until a reason is given for each.
    """
    given: dict[str, str] = json.loads(answers) if answers else {}
    reasons = {
        key.removeprefix(VANISHED): reason
        for key, reason in given.items()
        if key.startswith(VANISHED) and reason in WITHDRAWAL_REASONS
    }
    if reasons:
        by_key = _withdrawable(writing, upload, reasons, "")
        items = [item for [item, *others] in by_key.values() if not others]
        _keep(writing, upload, items, reasons, by, moment)


def _check_words(reasons: Mapping[str, str]) -> None:
    choices = (*WITHDRAWAL_REASONS, STILL_OPEN)
    for item_key, reason in reasons.items():
        if reason not in choices:
            raise CannotWithdraw(f"{item_key} 的理由“{reason}”不认识；可选 {'、'.join(choices)}")


def _withdrawable(
    writing: Writing, upload: int, reasons: Mapping[str, str], ledger: str
) -> dict[str, list[_Item]]:
    """Return the items among the reasons that the upload's lists no longer name, by key."""
    asked = {"upload": upload, "keys": list(reasons), "ledger": ledger or None}
    by_key: dict[str, list[_Item]] = defaultdict(list)
    for row in writing.run("withdrawable_items", asked):
        item = _Item(*row)
        by_key[item.item_key].append(item)
    return by_key


def _named(
    by_key: Mapping[str, list[_Item]], upload: int, reasons: Mapping[str, str]
) -> list[_Item]:
    """Return the one item that each key means; CannotWithdraw when it means none or two."""
    for key in reasons:
        items = by_key.get(key, [])
        if not items:
            raise CannotWithdraw(f"{key} 不是 {upload} 号台账里少了的未销号事项")
        if len(items) > 1:
            titles = "、".join(contracts()[item.ledger].title for item in items)
            raise CannotWithdraw(f"{titles}都少了编号 {key}，请写明是哪一种台账的事项")
    return [by_key[key][0] for key in reasons]


def _check_sealed(writing: Writing, items: Iterable[_Item]) -> None:
    """Refuse to count an item again in a month that was quoted without it."""
    for (campaign, ledger), keys in _keys_by_ledger(items).items():
        asked = {"campaign": campaign, "ledger": ledger, "keys": keys}
        for item_key, period, quoted_in in writing.run("sealed_withdrawals", asked):
            raise CannotWithdraw(
                f"{item_key} 从{words.year_month(period)}起不计，"
                f"该月已封账（《{quoted_in}》引用）；请在下一份台账里重新列出这一项"
            )


def _end(
    writing: Writing, items: Iterable[_Item], upload: int, at: datetime, is_own_only: bool
) -> None:
    for (campaign, ledger), keys in _keys_by_ledger(items).items():
        ended = {"campaign": campaign, "ledger": ledger, "keys": keys, "upload": upload}
        ended |= {"moment": at, "is_own_only": is_own_only}
        writing.run("end_item_withdrawals", ended)


def _keys_by_ledger(items: Iterable[_Item]) -> dict[tuple[str, str], list[str]]:
    """Return the keys of the items of each campaign's ledger."""
    keys: dict[tuple[str, str], list[str]] = defaultdict(list)
    for item in items:
        keys[item.campaign, item.ledger].append(item.item_key)
    return keys


def _keep(
    writing: Writing,
    upload: int,
    items: Iterable[_Item],
    reasons: Mapping[str, str],
    by: str,
    moment: datetime,
) -> None:
    # Reasons tied to other lists stay: undoing this one must leave them as they were.
    _end(writing, items, upload, moment, is_own_only=True)
    given = {"upload": upload, "given_by": by, "given_at": moment, "from_at": moment}
    writing.insert(
        "withdrawal",
        [
            {**asdict(item), **given, "reason": reasons[item.item_key]}
            for item in items
            if reasons[item.item_key] != STILL_OPEN
        ],
    )
