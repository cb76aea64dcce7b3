"""Why an item that a list no longer names is no longer counted: 合并、移交、撤销、重复."""

import json
from collections.abc import Mapping
from datetime import datetime

from tally import clock
from tally.contracts import STILL_OPEN, WITHDRAWAL_REASONS
from tally.store import Database, Writing
from tally.submissions.seals import sealed_sentence

VANISHED = "vanished:"


class CannotWithdraw(ValueError):
    """The reasons cannot be taken; the message names the item."""


def withdraw(database: Database, upload: int, reasons: Mapping[str, str], by: str = "") -> None:
    """Keep why items vanished from an upload's list; they count no more from its month on.

    `reasons` maps an item_key to one of `WITHDRAWAL_REASONS`, or to `STILL_OPEN`, which takes
    every earlier reason back. Undoing the upload takes its reasons back, and an item that a
    list of that month or a later one names counts again.
    """
    _check_words(reasons)
    with database.write() as writing:
        sealed = sealed_sentence(writing, upload)
        if sealed:
            raise CannotWithdraw(f"{sealed}，请在下一个月的台账里说明")
        found = _withdrawable(writing, upload, reasons)
        unknown = [key for key in reasons if key not in found]
        if unknown:
            raise CannotWithdraw(f"{unknown[0]} 不是 {upload} 号台账里少了的未销号事项")
        moment = clock.now()
        open_again = [key for key, reason in reasons.items() if reason == STILL_OPEN]
        _end(writing, {key: found[key] for key in open_again}, None, moment)
        _keep(writing, upload, found, reasons, by, moment)
    database.checkpoint()


def keep_answered(
    writing: Writing, upload: int, answers: str | None, by: str, moment: datetime
) -> None:
    """Keep the reasons among the answers (JSON) about an upload that is being published.

    An answer about an item that needs no reason is left aside.
    """
    given: dict[str, str] = json.loads(answers) if answers else {}
    reasons = {
        key.removeprefix(VANISHED): reason
        for key, reason in given.items()
        if key.startswith(VANISHED) and reason in WITHDRAWAL_REASONS
    }
    if reasons:
        _keep(writing, upload, _withdrawable(writing, upload, reasons), reasons, by, moment)


def _check_words(reasons: Mapping[str, str]) -> None:
    choices = (*WITHDRAWAL_REASONS, STILL_OPEN)
    for item_key, reason in reasons.items():
        if reason not in choices:
            raise CannotWithdraw(f"{item_key} 的理由“{reason}”不认识；可选 {'、'.join(choices)}")


def _withdrawable(
    writing: Writing, upload: int, reasons: Mapping[str, str]
) -> dict[str, dict[str, object]]:
    """Return the items among the reasons that the upload's list no longer names, by key."""
    rows = writing.run("withdrawable_items", {"upload": upload, "keys": list(reasons)})
    return {
        item_key: {"campaign": campaign, "ledger": ledger, "item_key": item_key, "period": period}
        for item_key, campaign, ledger, period in rows
    }


def _end(
    writing: Writing, items: Mapping[str, Mapping[str, object]], upload: int | None, at: datetime
) -> None:
    for campaign in {item["campaign"] for item in items.values()}:
        ended = {"campaign": campaign, "keys": list(items), "upload": upload, "moment": at}
        writing.run("end_item_withdrawals", ended)


def _keep(
    writing: Writing,
    upload: int,
    found: Mapping[str, Mapping[str, object]],
    reasons: Mapping[str, str],
    by: str,
    moment: datetime,
) -> None:
    # Reasons tied to other lists stay: undoing this one must leave them as they were.
    _end(writing, found, upload, moment)
    given = {"upload": upload, "given_by": by, "from_at": moment}
    writing.insert(
        "withdrawal",
        [
            {**item, **given, "reason": reasons[key]}
            for key, item in found.items()
            if reasons[key] != STILL_OPEN
        ],
    )
