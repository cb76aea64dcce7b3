"""Checks, steps and milestones on the items they are about (B4): one that matches none is told."""

from tally.contracts import Contract, Problem, Reading, contracts
from tally.store import Database
from tally.submissions.conflicts import STATE_ITEMS, Rows
from tally.submissions.keys import item_key, with_keys

# What can be followed on its way: problems and tasks, clues, refusals and failures.
FOLLOWED = (*STATE_ITEMS, "clues", "refusals", "failures")


def on_their_items(
    database: Database, reading: Reading, ledgers: dict[str, Rows]
) -> tuple[dict[str, Rows], tuple[Problem, ...]]:
    """Return the ledgers, what follows items on their keys, and a warning for each row on none.

    A number goes first; without one that is known, text and unit decide, unless the text is the
    row's own (a milestone's) and not the item's.
    """
    following = [kind for kind in ledgers if contracts()[kind].follows_items]
    if not following:
        return ledgers, ()
    items = database.stored("known_items", {"campaign": reading.campaign}).to_pylist()
    items += [row for kind in FOLLOWED if kind in ledgers for row in ledgers[kind].to_pylist()]
    known = {item["item_key"] for item in items}
    by_words = {_words_key(item): item["item_key"] for item in items}
    matched, problems = dict(ledgers), []
    for kind in following:
        contract, keys = contracts()[kind], []
        words = by_words if "title" not in contract.identity else {}
        for row in ledgers[kind].to_pylist():
            key = row["item_key"] if row["item_key"] in known else words.get(_words_key(row))
            if key is None:
                problems.append(_unmatched(row, contract))
            keys.append(key or row["item_key"])
        matched[kind] = with_keys(ledgers[kind], keys)
    return matched, tuple(problems)


def _words_key(row: dict[str, object]) -> str:
    words = {"title": row.get("title"), "unit": row.get("unit")}
    return item_key(contracts()["problems"], words)


def _unmatched(row: dict[str, object], contract: Contract) -> Problem:
    return Problem(
        level="warning",
        sheet=str(row["sheet"]),
        cell=f"第 {row['row']} 行",
        column=contract.key if row.get(contract.key) else "title",
        found=str(row.get(contract.key) or row.get("title")),
        expected="台账中的事项，编号或描述与责任单位一致",
        remedy=f"已报的台账里没有这一项，{contract.title}的这一行暂不计入；请核对编号",
    )
