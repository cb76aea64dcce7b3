"""Draws of closed items for checks on the spot (B5): made once, recorded, repeatable by anyone.

What is kept is how a draw was made; its list is recomputed from seed, size and state of
knowledge by the question `verification_draw`.
"""

import secrets
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from tally import clock, words
from tally.registry import Event
from tally.store import Database
from tally.submissions.deeds import doing
from tally.viewers import Action

LARGEST_SIZE = 2_000
SEED_DIGITS = 8


class CannotDraw(ValueError):
    """The draw cannot be made; the message says why."""


@dataclass(frozen=True)
class Draw:
    """How a draw was made: `period` is the month's first day, moments are UTC."""

    draw: int
    campaign: str
    period: date
    as_of: date
    known_at: datetime
    seed: str
    size_count: int
    drawn_by: str
    drawn_at: datetime


def fresh_seed() -> str:
    """Return a seed that nobody could know before."""
    return f"{secrets.randbelow(10**SEED_DIGITS):0{SEED_DIGITS}}"


def make_draw(
    database: Database, campaign: str, as_of: date, seed: str, size_count: int, drawn_by: str
) -> Draw:
    """Draw among what is closed on a day and record it; CannotDraw when there is no telling apart.

    A seed serves once a month: whoever wants another list takes another seed, and both are kept.
    """
    seed, drawn_by, period = seed.strip(), drawn_by.strip(), as_of.replace(day=1)
    _check(seed, size_count, drawn_by)
    told = {"campaign": campaign, "thing": "抽查", "count_after": size_count}
    with doing(database, Action.CHECK, Event.PUBLISH, f"抽查 {size_count} 项", **told) as deed:
        used = deed.writing.run(
            "draw_of_seed", {"campaign": campaign, "period": period, "seed": seed}
        )
        if used:
            month = words.year_month(period)
            raise CannotDraw(f"{month}已用种子 {seed} 抽过（第 {used[0][0]} 号），请换一个种子")
        moment = clock.moment()
        made = Draw(
            draw=deed.writing.run("next_draw", {})[0][0],
            campaign=campaign,
            period=period,
            as_of=as_of,
            known_at=moment,
            seed=seed,
            size_count=size_count,
            drawn_by=drawn_by,
            drawn_at=moment,
        )
        if not drawn_items(database, made):
            raise CannotDraw("没有可抽查的事项：还没有自报销号，或销号后都核查过了")
        deed.name = str(made.draw)
        deed.writing.insert("draw", [asdict(made)])
    return made


def _check(seed: str, size_count: int, drawn_by: str) -> None:
    if not seed:
        raise CannotDraw("请填写种子：任意数字或文字，公开后谁都能复算")
    if not 1 <= size_count <= LARGEST_SIZE:
        raise CannotDraw(f"抽查数量应在 1 到 {LARGEST_SIZE} 之间")
    if not drawn_by:
        raise CannotDraw("请填写抽取人的岗位")


def drawn_items(database: Database, made: Draw) -> list[dict[str, Any]]:
    """Return the items of a draw, unit by unit in the order drawn (`verification_draw`)."""
    parameters = {
        "campaign": made.campaign,
        "as_of": made.as_of,
        "known_at": made.known_at,
        "seed": made.seed,
        "size": made.size_count,
    }
    return list(database.ask("verification_draw", parameters).to_pylist())


def kept_draw(database: Database, number: int) -> Draw | None:
    """Return a recorded draw, None when there is none of that number."""
    for row in database.ask("draws").to_pylist():
        if row["draw"] == number:
            period = date.fromisoformat(f"{row.pop('month')}-01")
            return Draw(**row, period=period)
    return None
