"""Backups without anybody's doing, soon after a publication and once a day; and a look by night."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tally import clock
from tally.registry import Event, RegistryUnusable, registry_of
from tally.safekeeping.backups import Backup, back_up, backups, backups_folder, make_backup
from tally.safekeeping.manifests import BackupUnsound
from tally.safekeeping.verifying import Verified, verify
from tally.sealing import KeyUnusable
from tally.store import (
    READ_ONLY,
    CannotWrite,
    Database,
    HomeUnusable,
    LedgersFault,
    StoreAway,
    TurnTaken,
    make_ahead,
)
from tally.submissions.deeds import tell

LOG = logging.getLogger(__name__)
# Several publications in a row make one backup, and a long row does not put it off for ever.
QUIET_SECONDS, LATEST_SECONDS = 30.0, 600.0
# After so long one that could not be made is tried again.
RETRY_SECONDS = 60.0
LOOKING_SECONDS = 5.0
DAILY = timedelta(hours=24)
# In Shanghai, when nobody waits for the ledgers to be read through.
NIGHT_HOUR = 2
FAULTS = (CannotWrite, BackupUnsound, RegistryUnusable, KeyUnusable, HomeUnusable, OSError)


@dataclass
class Row:
    """Publications in a row: `saved` and `seen` are versions of the ledgers."""

    saved: int
    seen: int = field(init=False)
    since: float = field(default_factory=time.monotonic)
    changed_at: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.seen = self.saved

    def goes_on(self, version: int) -> None:
        """Take note that something was written."""
        now = time.monotonic()
        self.since = now if self.seen == self.saved else self.since
        self.seen, self.changed_at = version, now

    @property
    def is_to_be_saved(self) -> bool:
        """Whether there is something to save, and the row has ended or is long."""
        now = time.monotonic()
        is_settled = now - self.changed_at >= QUIET_SECONDS or now - self.since >= LATEST_SECONDS
        return self.seen != self.saved and is_settled


class Keeper:
    """One home's backups while a server holds it. `failure` says why the last one was not made.

    `verified` is what was found when ledgers, originals, audit and the newest backup were last
    read through, at `verified_at` (UTC); each start examines the ledgers, so the first night
    looks at them again.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._wanted = threading.Event()
        self._is_stopping = False
        self._not_before = 0.0
        self.failure = READ_ONLY if database.is_read_only else ""
        self.verified: tuple[Verified, ...] = ()
        self.verified_at: datetime | None = None
        self._night = clock.today()
        self._thread = threading.Thread(target=self._run, name="tally-backup", daemon=True)
        self._thread.start()

    def newest(self) -> Backup | None:
        """Return the newest backup that is signed by us."""
        return next(iter(backups(backups_folder(self._database.home))), None)

    def make(self, why: str) -> Backup:
        """Make a backup now; raises what stands against it."""
        return back_up(self._database, why)

    def verify(self) -> None:
        """Read everything through, keep what was found, and raise an alarm for what is unsound."""
        found = verify(self._database, is_newest_only=True)
        self.verified, self.verified_at = tuple(found), clock.now()
        for one in found:
            if not one.is_sound:
                LOG.error("%s: %s", one.subject, one.sentence)
                about = {"thing": one.subject, "is_success": False}
                tell(self._database.home, Event.INTEGRITY, f"夜间核对：{one.sentence}", **about)

    def stop(self) -> None:
        """Make no further backup; one that is being made is finished."""
        self._is_stopping = True
        self._wanted.set()
        self._thread.join()

    def _run(self) -> None:
        if self._database.is_read_only:
            return
        row: Row | None = None
        while not self._wanted.wait(LOOKING_SECONDS):
            try:
                if row is None:
                    self._look_ahead()
                    row = Row(self._first_seen())
                self._look_round(row)
            except (HomeUnusable, LedgersFault) as fault:
                # A store that is away comes back, and is looked at again.
                LOG.warning("backups wait: %s", fault)

    def _look_ahead(self) -> None:
        """Make what pages stand on, of what another server wrote too: nobody waits for it."""
        self._database.settle()
        make_ahead(self._database)

    def _look_round(self, row: Row) -> None:
        version = self._database.version
        if version != row.seen:
            row.goes_on(version)
            self._look_ahead()
        is_tried_again = time.monotonic() >= self._not_before
        if row.is_to_be_saved and is_tried_again:
            if self._is_done("登记后", self._is_unsaved):
                row.saved = version
        elif self._is_night() and is_tried_again:
            # Before a further backup takes the place of the newest.
            self._night = clock.today()
            self._look()
        elif self._is_day_old() and is_tried_again:
            self._is_done("每日", self._is_day_old)

    def _first_seen(self) -> int:
        """Return the version that the newest backup holds; -1 when it holds another."""
        return -1 if self._is_unsaved() else self._database.version

    def _is_unsaved(self) -> bool:
        newest = self.newest()
        return newest is None or newest.manifest.mark != self._database.mark()

    def _is_day_old(self) -> bool:
        newest = self.newest()
        return newest is not None and clock.now() - newest.made_at >= DAILY

    def _is_night(self) -> bool:
        hour = clock.in_shanghai(clock.now()).hour
        return clock.today() > self._night and hour >= NIGHT_HOUR

    def _look(self) -> None:
        try:
            self.verify()
        except (CannotWrite, StoreAway) as hindrance:
            # Nothing is known to be unsound: it is looked at again.
            LOG.warning("nothing was verified: %s", hindrance)
            self._night -= timedelta(days=1)
            self._not_before = time.monotonic() + RETRY_SECONDS
        except FAULTS as fault:
            LOG.warning("nothing was verified: %s", fault)
            self.verified = (Verified("夜间核对", False, str(fault)),)

    def _is_done(self, why: str, is_wanted: Callable[[], bool]) -> bool:
        """Make a backup unless another server has just made it; tell whether there is one."""
        home = self._database.home
        try:
            with self._database.turn_to_back_up(is_waited_for=False) as still_ours:
                if is_wanted():
                    make_backup(home, self._database.copy_to, registry_of(home), why, still_ours)
            self.failure = ""
        except TurnTaken as taken:
            # What that server saves may be all there is: looked at again when it is done.
            LOG.info("a backup is being made: %s", taken)
            return False
        except FAULTS as fault:
            LOG.warning("no backup was made: %s", fault)
            self.failure, self._not_before = str(fault), time.monotonic() + RETRY_SECONDS
            return False
        return True
