"""Reminder letters and slips for what is overdue, a page a unit, as known at a moment."""

from collections.abc import Sequence
from datetime import date

from tally.bulletins.asking import Source
from tally.bulletins.terms import Row, Terms
from tally.notices.slip import Slip, SlipRow, slips
from tally.packs import Pack
from tally.store import Database

CLAUSE = "台账所列期限"


def overdue_slips(
    database: Database, pack: Pack, terms: Terms, reply_by: date | None = None, level: str = ""
) -> tuple[Slip, ...]:
    """Return a slip a unit with overdue items, the unit with the most first."""
    overdue = Source(database, pack, terms).ask("overdue_items").rows
    return slips_of([_finding(row) for row in overdue], pack, terms, reply_by, level)


def slips_of(
    rows: Sequence[Row], pack: Pack, terms: Terms, reply_by: date | None = None, level: str = ""
) -> tuple[Slip, ...]:
    """Return a slip a unit, the unit with the most rows first.

    A row has unit, subject, sentence, clause and due_on, as findings and overdue items do.
    """
    by_unit: dict[str, list[Row]] = {}
    for row in rows:
        by_unit.setdefault(row["unit"], []).append(row)
    most_first = sorted(by_unit, key=lambda unit: -len(by_unit[unit]))
    columns = ("subject", "sentence", "clause", "due_on")
    return tuple(
        Slip(
            unit,
            tuple(SlipRow(*(row[column] for column in columns)) for row in by_unit[unit]),
            pack.campaign.full_name,
            pack.campaign.issuer,
            terms.issued_on,
            reply_by,
            level,
            terms.number,
        )
        for unit in most_first
    )


def _finding(item: Row) -> Row:
    told = f"到截至日已逾期{int(item['overdue_days'])}天"
    return {**item, "subject": item["title"], "sentence": told, "clause": CLAUSE}


def slip_file(database: Database, pack: Pack, terms: Terms, level: str = "") -> bytes:
    """Return the letters (or slips of a level) of all units with overdue items as a .docx."""
    return slips(overdue_slips(database, pack, terms, level=level), terms.known_at)
