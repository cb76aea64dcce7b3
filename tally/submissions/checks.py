"""Checks and the items they were made of (B4): a check that matches none is told."""

from tally.contracts import Problem, Reading, contracts
from tally.store import Database
from tally.submissions.conflicts import STATE_ITEMS, Rows
from tally.submissions.keys import item_key, with_keys


def matched_checks(
    database: Database, reading: Reading, ledgers: dict[str, Rows]
) -> tuple[dict[str, Rows], tuple[Problem, ...]]:
    """Return the ledgers with each check on its item's key, and a warning for each without one.

    A number goes first; without one that is known, text and unit decide.
    """
    if "checks" not in ledgers:
        return ledgers, ()
    items = database.stored("known_items", {"campaign": reading.campaign}).to_pylist()
    items += [row for kind in STATE_ITEMS if kind in ledgers for row in ledgers[kind].to_pylist()]
    known = {item["item_key"] for item in items}
    by_words = {_words_key(item): item["item_key"] for item in items}
    keys, problems = [], []
    for check in ledgers["checks"].to_pylist():
        key = check["item_key"] if check["item_key"] in known else by_words.get(_words_key(check))
        if key is None:
            problems.append(_unmatched(check))
        keys.append(key or check["item_key"])
    return {**ledgers, "checks": with_keys(ledgers["checks"], keys)}, tuple(problems)


def _words_key(row: dict[str, object]) -> str:
    words = {"title": row.get("title"), "unit": row.get("unit")}
    return item_key(contracts()["problems"], words)


def _unmatched(check: dict[str, object]) -> Problem:
    return Problem(
        level="warning",
        sheet=str(check["sheet"]),
        cell=f"第 {check['row']} 行",
        column="title",
        found=str(check.get("item_no") or check.get("title")),
        expected="台账中的事项，编号或描述与责任单位一致",
        remedy="台账里没有这一项，核查结果暂不计入；请核对编号",
    )
