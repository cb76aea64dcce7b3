"""What the leaders' pages stand on, counted and found before anybody asks."""

import logging

import duckdb

from tally.store.database import BIG_ROW_COUNT, Database

LOG = logging.getLogger(__name__)
# One for each kind of count and of finding: what it stands on is made with it.
STANDING_ON_COUNTS = (
    "campaign_totals", "burn_down", "on_time_shares", "found_by_unit", "community_progress",
    "ticket_progress", "closing_offsets", "class_counts", "appeal_funnel", "recurrences",
    "submissions_due", "meeting_agenda", "ledger_rows", "unit_lights",
)  # fmt: skip


def make_ahead(database: Database) -> None:
    """Ask of each big campaign, on the day its pages open with, what would make a viewer wait.

    Nothing is counted or found again that was since the data changed. Raises what stands between
    us and the ledgers; what cannot be counted now is counted when somebody asks.
    """
    try:
        _ask_ahead(database)
    except duckdb.Error as fault:
        LOG.warning("nothing is counted before it is asked for: %s", fault)


def _ask_ahead(database: Database) -> None:
    for row in database.stored("big_campaigns", {"row_count": BIG_ROW_COUNT}).to_pylist():
        asked = {**row, "as_of": database.default_day(row["campaign"]), "at_most": 1}
        for name in STANDING_ON_COUNTS:
            database.ask(name, asked)
