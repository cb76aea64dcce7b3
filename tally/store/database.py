"""The DuckDB behind the store: opened once, a cursor per call, one writer at a time.

The home's file is attached under the name `store`; what the packs say and the
definitions live in memory beside it, made anew at every open.
"""

import calendar
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from tally import clock
from tally.packs import Pack
from tally.store.abode import Pulse, StillOurs, abode_of, follow_clock
from tally.store.committing import committed
from tally.store.copying import Held
from tally.store.holding import Holding
from tally.store.opening import Care, opened
from tally.store.questions import question, store_sql
from tally.store.refusing import FULL, READ_ONLY, CannotWrite, away_said, is_full, said_plainly
from tally.store.rules import FOUND_TABLES, Findings, check_rules
from tally.store.scope import EVERYTHING, Scope
from tally.store.slices import slice_sql
from tally.store.states import KeptItems
from tally.store.unkept import Refusal, refusal_of
from tally.store.witnessing import mark_of
from tally.store.writing import Writing

LOG = logging.getLogger(__name__)
# A publication may come between making what is kept and reading it; then it is made again.
KEEPING_ATTEMPTS = 4
# How long nothing is written after the disk was found full.
FULL_SECONDS = 30.0
BIG_ROW_COUNT = 20_000
# The newest months, this one and those that pages compare it with.
SETTLED_MONTHS = 12


class Database:
    """One home's database. Never share its connection: every call takes a cursor of its own.

    `care` says who is told of each write and who examines the ledgers before they are used.
    """

    def __init__(self, home: Path, packs: Mapping[str, Pack], care: Care | None = None) -> None:
        check_rules(packs)
        self.home = home
        self.path = home / "tally.duckdb"
        self._abode = abode_of(home)
        self._version = 0
        self._full_until = 0.0
        self._is_gathering = False
        self._packs = packs
        self._care = care or Care()
        self._holding = Holding(self._opened)

    def _opened(self) -> duckdb.DuckDBPyConnection:
        """Open the file, and begin anew what was only in memory."""
        connection = opened(self._abode, self.home, self._packs, self._care)
        # Opened again after a fault, the file is the one that was examined.
        self._care = replace(self._care, examine=None)
        self._version += 1
        with closing(connection.cursor()) as cursor:
            follow_clock(cursor)
        self._findings = Findings(self._packs)
        self._kept_items = KeptItems()
        return connection

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be written: the folder or the disk does not let us."""
        return self._care.is_read_only

    @property
    def version(self) -> int:
        """A number that grows with every write, whoever wrote: the cache's part of the key."""
        return self._version + self._abode.version()

    def rows(
        self, sql: str, parameters: Mapping[str, Any] | None = None, before: str = ""
    ) -> pa.Table:
        """Return the rows of one SELECT, on a cursor of its own that was told `before`."""
        try:
            return self._read(sql, parameters, before)
        except duckdb.Error as fault:
            # A connection that PostgreSQL had closed is not taken twice.
            if not (self._holding.can_be_asked_again or self._abode.is_lost(fault)):
                raise
            with away_said(self._abode.is_lost):
                return self._read(sql, parameters, before)

    def _read(self, sql: str, parameters: Mapping[str, Any] | None, before: str) -> pa.Table:
        with self._holding.cursor(before) as cursor:
            # A relation made with parameters (`sql`) copies its rows one by one on 1.5.
            return cursor.execute(sql, dict(parameters or {})).to_arrow_table()

    def stored(self, step: str, parameters: Mapping[str, Any] | None = None) -> pa.Table:
        """Return the rows of `queries/store/<step>.sql`, a SELECT on what is kept."""
        return self.rows(self._abode.placed(store_sql(step)), parameters)

    def slice_rows(self, kind: str, campaign: str, unit: str, periods: Sequence[Any]) -> pa.Table:
        """Return the rows in force of one ledger's slices of these months.

        Where lists add up, each row's newest report, whichever unit sent it. Of happenings, the
        unit's rows from lists of all units too, and everybody's when it is such a list.
        """
        asked = {"ledger": kind, "campaign": campaign, "unit": unit, "periods": list(periods)}
        return self.rows(slice_sql(kind), asked)

    def ask(
        self, name: str, parameters: Mapping[str, Any] | None = None, scope: Scope = EVERYTHING
    ) -> pa.Table:
        """Return the answer to a question; parameters not given are NULL.

        `scope` is whose rows it may hold; NotAllowed when it may hold nothing of what is asked.
        """
        asked = question(name)
        given = dict(parameters or {})
        parameters = {key: given.get(key) for key in asked.parameters}
        allowed = scope.narrowed(asked, parameters, self.stored)
        if wanted := self._findings.wanted(self, asked, given):
            with self._findings.standing(self, wanted):
                answer = self.answer(asked.sql, allowed)
        else:
            answer = self.answer(asked.sql, allowed)
        return scope.kept(asked, answer)

    def answer(self, sql: str, parameters: Mapping[str, Any]) -> pa.Table:
        """Return the rows of a question or a rule, from the kept items where they can tell."""
        if parameters.get("known_at") is not None:
            return self.rows(sql, parameters)
        slug = parameters.get("campaign")
        slugs = [slug] if slug else self.stored("campaigns_told").column("campaign").to_pylist()
        for _ in range(KEEPING_ATTEMPTS):
            reading = self._kept_items.reading(self, slugs)
            try:
                answer = self.rows(sql, parameters, reading.before)
            except duckdb.InvalidInputException as error:
                refusal = refusal_of(error)
                if refusal is None:
                    raise
                if refusal.is_final or not self._is_kept(slugs, refusal):
                    break
            else:
                # What was kept for the data before goes when they change.
                if self._kept_items.is_current(self, reading):
                    return answer
        return self.rows(sql, parameters)

    def _is_kept(self, slugs: Sequence[str], refusal: Refusal) -> bool:
        """Keep what a question was refused for; tell whether it could be: not on a full disk."""
        if self.is_read_only:
            return False
        try:
            self._kept_items.make(self, slugs, refusal)
        except duckdb.Error as fault:
            LOG.warning("items as they stood are not kept: %s", fault)
            return False
        return True

    def settle(self) -> None:
        """Keep big campaigns' items at the ends of their newest months, so that nobody waits.

        Of a small one they are kept when first asked about; what is kept is not made again.
        """
        for row in self.stored("big_campaigns", {"row_count": BIG_ROW_COUNT}).to_pylist():
            months = self.ask("published_months", row).to_pylist()
            for month in sorted((one["month"] for one in months), reverse=True)[:SETTLED_MONTHS]:
                last_day = month.replace(day=calendar.monthrange(month.year, month.month)[1])
                self._is_kept([row["campaign"]], Refusal([last_day]))

    def forget_findings(self) -> None:
        """Ask the rules anew, also about what was known at earlier moments."""
        self._findings.forget_all(self)

    def keep_made(self, step: str, made: pa.Table) -> None:
        """Keep in memory what was made, as `queries/store/<step>.sql` says of `incoming`."""
        with self._holding.cursor() as cursor:
            cursor.register("incoming", made)
            cursor.execute(store_sql(step))
            cursor.unregister("incoming")

    def forget_found(self, past_too: bool) -> None:
        """Take what was found out of it: what is known now, with `past_too` all."""
        with self._holding.cursor() as cursor:
            for table in FOUND_TABLES:
                old = f"DELETE FROM memory.main.{table} WHERE ? OR found_at IS NULL OR found_at > ?"
                cursor.execute(old, [past_too, clock.now()])

    def default_day(self, campaign: str | None) -> date:
        """Return the day questions are asked on when none is given.

        The earlier of today and the last day of the newest published month; today
        when nothing is published.
        """
        months = self.ask("published_months", {"campaign": campaign}).to_pylist()
        if not months:
            return clock.today()
        newest = max(row["month"] for row in months if row["is_default"])
        last_day = newest.replace(day=calendar.monthrange(newest.year, newest.month)[1])
        return min(clock.today(), last_day)

    @contextmanager
    def write(self, before_commit: Callable[[], None]) -> Iterator[Writing]:
        """One writer, one transaction: committed whole or not at all; CannotWrite says why not.

        What `before_commit` raises undoes it: there the deed is recorded.
        """
        if self.is_read_only:
            raise CannotWrite(READ_ONLY)
        if time.monotonic() < self._full_until:
            raise CannotWrite(FULL)
        with said_plainly(self._abode.is_lost), self._abode.turn() as still_ours:
            with committed(self._holding, self._abode, self._care.witness, still_ours) as writing:
                yield writing
                before_commit()
            self._version += 1

    @contextmanager
    def undisturbed(self) -> Iterator[None]:
        """Let nobody else write while the block reads, and writes; CannotWrite as `write`."""
        with said_plainly(self._abode.is_lost), self._abode.turn():
            with self._holding.cursor() as cursor:
                self._abode.after_turn(cursor)
            yield

    @contextmanager
    def transaction(self) -> Iterator[Writing]:
        """One transaction for what can be made again: nobody is told, no turn is waited for."""
        with committed(self._holding, self._abode, None) as writing:
            yield writing

    def copy_to(self, path: Path) -> Held:
        """Copy the ledgers as they stand at one moment into a new file, and say what it holds."""
        return self._abode.copy(self._holding, path)

    def turn_to_back_up(self, *, is_waited_for: bool) -> AbstractContextManager[StillOurs]:
        """Let nobody else back up while the block runs; TurnTaken, CannotWrite."""
        return self._abode.turn_to_back_up(is_waited_for)

    def mark(self) -> str:
        """Return the number and token of the newest write that a witness was told of."""
        with self._holding.cursor() as cursor:
            return mark_of(cursor)

    def held(self) -> Held:
        """Read every row, while nothing is written, and return what the ledgers hold."""
        with self._abode.turn():
            return self._abode.held(self._holding)

    def checkpoint(self) -> None:
        """Bring what was committed from the write-ahead log into the file: after each publish.

        What is kept of big campaigns is made first.
        """
        if self._is_gathering or self.is_read_only:
            return
        self.settle()
        with self._abode.turn(), self._holding.cursor() as cursor:
            try:
                self._abode.bring_home(cursor)
            except duckdb.Error as fault:
                # The rows are safe in the write-ahead log; the next publish checkpoints them.
                LOG.info("checkpoint left to the next publish: %s", fault)
                self._holding.tell(fault)
                if is_full(fault):
                    # Another one would fail as well, and each one closes the file to everybody.
                    self._full_until = time.monotonic() + FULL_SECONDS

    @contextmanager
    def one_checkpoint(self) -> Iterator[None]:
        """Checkpoint once after the block instead of after each publish in it."""
        self._is_gathering = True
        try:
            yield
        finally:
            self._is_gathering = False
            self.checkpoint()

    def reach(self) -> None:
        """Raise StoreAway where the ledgers cannot be reached just now."""
        self._abode.version()

    def pulse(self) -> Pulse:
        """Return which store it is and how it does just now; StoreAway."""
        return self._abode.pulse()

    def close(self) -> None:
        """Let the home go."""
        self._holding.close()
        self._abode.close()
