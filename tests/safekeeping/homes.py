"""The trial campaign in homes that are opened as a server opens them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tally.packs import Pack
from tally.registry import BatchRecord, registry_of
from tally.safekeeping.backups import backups_folder, make_backup
from tally.safekeeping.checking import Examination
from tally.safekeeping.opening import OpenHome, open_home
from tally.store import Held, held_by_copy
from tests.office import SLUG, Office, trial_pack

PACKS = {SLUG: trial_pack()}
LEDGERS = "tally.duckdb"


IN_FORCE = """SELECT DISTINCT strftime(period, '%Y-%m') AS month FROM store.main.slice
WHERE from_at IS NOT NULL AND until_at IS NULL ORDER BY month"""


def send(office: Office, month: str) -> int:
    """Publish a list of three tickets of a month, and return its upload's number."""
    lines = [f"{month}-{number} | {month}-{number:02}" for number in (1, 2, 3)]
    tickets = "\n".join(["ticket_no | received_on", *lines])
    return office.send(month, tickets, kind="tickets", listed=month)


@contextmanager
def opened(
    home: Path, packs: Mapping[str, Pack] = PACKS, *, is_scanned: bool = True
) -> Iterator[OpenHome]:
    """Open a home as a server does, and let it go."""
    found = open_home(home, packs, is_scanned=is_scanned)
    try:
        yield found
    finally:
        found.database.close()


@contextmanager
def working(home: Path) -> Iterator[Office]:
    """Give an office that works in a home."""
    with opened(home, is_scanned=False) as found:
        yield Office(found.database)


def back_up(home: Path) -> None:
    """Make a backup of a home that nobody holds."""
    with opened(home) as found:
        make_backup(home, found.database.copy_to, registry_of(home), "手动")


def make_home(home: Path) -> None:
    """Publish July, make a backup, publish August."""
    with working(home) as office:
        send(office, "2022-07")
        make_backup(home, office.database.copy_to, registry_of(home), "手动")
        send(office, "2022-08")
        office.database.checkpoint()
    registry_of(home).close()
    registry_of.cache_clear()


def examined(home: Path) -> Held:
    """Examine a closed home as every start does, and return what it holds; HomeDamaged."""
    held = held_by_copy(home / LEDGERS)
    Examination(BatchRecord(registry_of(home)), backups_folder(home))(held)
    return held


def months_in_force(home: Path) -> list[str]:
    """Return the months whose lists are in force."""
    with working(home) as office:
        return office.database.rows(IN_FORCE).column("month").to_pylist()
