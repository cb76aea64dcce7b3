"""The DuckDB behind the store: opened once, a cursor per call, one writer at a time.

The home's file is attached under the name `store`; what the packs say and the
definitions live in memory beside it, made anew at every open.
"""

import calendar
import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from tally import clock
from tally.contracts import contracts
from tally.packs import Pack
from tally.store.opening import HomeUnusable, opened
from tally.store.questions import Question, question, store_sql
from tally.store.rules import Findings, Making, check_rules
from tally.store.states import KeptItems, days_refused, reading_from
from tally.store.writing import Writing

LOG = logging.getLogger(__name__)
EVERYONE = "everyone"
# A publication may come between making what is kept and reading it; then it is made again.
KEEPING_ATTEMPTS = 4
BIG_ROW_COUNT = 20_000
# The newest months, this one and those that pages compare it with.
SETTLED_MONTHS = 12
# What tells one kept row from another.
PLACE = "upload, sheet, row, item_key"


class Database:
    """One home's database. Never share its connection: every call takes a cursor of its own."""

    def __init__(self, home: Path, packs: Mapping[str, Pack]) -> None:
        check_rules(packs)
        self.home = home
        self.path = home / "tally.duckdb"
        try:
            home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise HomeUnusable(f"{home} 不能用作数据文件夹（{error.strerror}）") from error
        self._write_lock = threading.Lock()
        self._version = 0
        self._is_gathering = False
        self._connection = opened(self.path, packs)
        self._findings = Findings(packs)
        self._kept_items = KeptItems()

    @property
    def version(self) -> int:
        """A number that grows with every write: the cache's part of the key."""
        return self._version

    def rows(
        self, sql: str, parameters: Mapping[str, Any] | None = None, before: str = ""
    ) -> pa.Table:
        """Return the rows of one SELECT, on a cursor of its own that is first told `before`."""
        cursor = self._connection.cursor()
        try:
            if before:
                cursor.execute(before)
            # A relation made with parameters (`sql`) copies its rows one by one on 1.5.
            return cursor.execute(sql, dict(parameters or {})).to_arrow_table()
        finally:
            cursor.close()

    def stored(self, step: str, parameters: Mapping[str, Any] | None = None) -> pa.Table:
        """Return the rows of `queries/store/<step>.sql`, a SELECT on what is kept."""
        return self.rows(store_sql(step), parameters)

    def slice_rows(self, kind: str, campaign: str, unit: str, periods: Sequence[Any]) -> pa.Table:
        """Return the rows in force of one ledger's slices of these months.

        Where lists add up, each row's newest report, whichever unit sent it. Of happenings, the
        unit's rows from lists of all units too, and everybody's when it is such a list.
        """
        newest, sender, held = "", "slice.unit = $unit", f"store.main.{kind} AS rows_kept"
        if (contract := contracts()[kind]).accumulates:
            newest, sender = _newest_of(contract.told_apart_by), "$unit IS NOT NULL"
        elif contract.nature == "event":
            held += f" ANTI JOIN row_outdone('{kind}', NULL::TIMESTAMP) AS outdone USING ({PLACE})"
            sender = "($unit IN ('', slice.unit) OR (slice.unit = '' AND rows_kept.unit = $unit))"
        return self.rows(
            f"SELECT rows_kept.*, slice.campaign FROM {held} "
            "JOIN slice_known(NULL::TIMESTAMP) AS slice ON slice.upload = rows_kept.upload "
            "AND slice.ledger = $ledger AND slice.period IS NOT DISTINCT FROM rows_kept.period "
            f"WHERE slice.campaign = $campaign AND {sender} AND (slice.period IS NULL "
            f"OR list_contains($periods::DATE[], slice.period)) {newest}",
            {"ledger": kind, "campaign": campaign, "unit": unit, "periods": list(periods)},
        )

    def ask(
        self, name: str, parameters: Mapping[str, Any] | None = None, viewer: str = EVERYONE
    ) -> pa.Table:
        """Return the answer to a question; parameters not given are NULL.

        `viewer` is whose rights the answer keeps to; everyone sees everything so far.
        """
        asked = question(name)
        given = dict(parameters or {})
        parameters = {key: given.get(key) for key in asked.parameters}
        if wanted := self._wanted(asked, given):
            with self._findings.standing(self, wanted):
                return self.answer(asked.sql, parameters)
        return self.answer(asked.sql, parameters)

    def answer(self, sql: str, parameters: Mapping[str, Any]) -> pa.Table:
        """Return the rows of a question or a rule, from the kept items where they can tell."""
        if parameters.get("known_at") is not None:
            return self.rows(sql, parameters)
        slug = parameters.get("campaign")
        slugs = [slug] if slug else self.stored("campaigns_told").column("campaign").to_pylist()
        for _ in range(KEEPING_ATTEMPTS):
            held = {slug: self._kept_items.held(self, slug) for slug in slugs}
            try:
                return self.rows(sql, parameters, reading_from(held))
            except duckdb.InvalidInputException as refusal:
                days = days_refused(refusal)
                if days is None:
                    raise
                if not days:
                    break
                self._kept_items.keep(self, slugs, days)
        return self.rows(sql, parameters)

    def _settle(self) -> None:
        """Keep big campaigns' items at the ends of their newest months, so that nobody waits.

        Of a small campaign they are kept when first asked about, in a moment.
        """
        for row in self.stored("big_campaigns", {"row_count": BIG_ROW_COUNT}).to_pylist():
            months = self.ask("published_months", row).to_pylist()
            for month in sorted((one["month"] for one in months), reverse=True)[:SETTLED_MONTHS]:
                last_day = month.replace(day=calendar.monthrange(month.year, month.month)[1])
                self._kept_items.keep(self, [row["campaign"]], [last_day])

    def _wanted(self, asked: Question, given: Mapping[str, Any]) -> list[Making]:
        """Return the findings that a question stands on."""
        campaign, day, moment = given.get("campaign"), given.get("as_of"), given.get("known_at")
        if day is None or not (asked.stands_on_rules or asked.tries_a_rule):
            return []
        slugs = [campaign] if campaign else list(self._findings.packs)
        wanted = [Making(slug, day, moment) for slug in slugs if asked.stands_on_rules]
        if (day_before := given.get("before_on")) and asked.stands_on_rules:
            wanted += [Making(slug, day_before, given.get("before_known_at")) for slug in slugs]
        if asked.tries_a_rule:
            rule, trial = given.get("rule") or "", given.get("limits") or "{}"
            wanted += [Making(slug, day, rule=rule, trial=trial) for slug in slugs]
        for slug in slugs if asked.stands_on_past_rules else ():
            of = {"campaign": slug, "as_of": day, "known_at": moment}
            past = self.stored("light_moments", of).to_pylist()
            wanted += [Making(slug, *row.values(), for_lights=True) for row in past]
        return wanted

    def forget_findings(self) -> None:
        """Ask the rules anew, also about what was known at earlier moments."""
        self._findings.forget_all(self)

    def keep_found(self, found: pa.Table) -> None:
        """Append what a rule found to `memory.main.found`."""
        with closing(self._connection.cursor()) as cursor:
            cursor.register("incoming", found)
            cursor.execute("INSERT INTO memory.main.found BY NAME FROM incoming")
            cursor.unregister("incoming")

    def forget_found(self, past_too: bool) -> None:
        """Take what was found out of it: what is known now, with `past_too` all."""
        with closing(self._connection.cursor()) as cursor:
            old = "? OR found_at IS NULL OR found_at > ?"
            cursor.execute(f"DELETE FROM memory.main.found WHERE {old}", [past_too, clock.now()])

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
    def write(self) -> Iterator[Writing]:
        """One writer, one transaction: committed whole or not at all."""
        with self._write_lock:
            with self.transaction() as writing:
                yield writing
            self._version += 1

    @contextmanager
    def transaction(self) -> Iterator[Writing]:
        """One transaction, for what no question can tell: what is kept can be made again."""
        cursor = self._connection.cursor()
        cursor.execute("BEGIN")
        try:
            yield Writing(cursor)
            cursor.execute("COMMIT")
        except BaseException:
            cursor.execute("ROLLBACK")
            raise
        finally:
            cursor.close()

    def checkpoint(self) -> None:
        """Bring what was committed from the write-ahead log into the file: after each publish.

        What is kept of big campaigns is made first.
        """
        if self._is_gathering:
            return
        self._settle()
        with self._write_lock, closing(self._connection.cursor()) as cursor:
            try:
                cursor.execute("CHECKPOINT store")
            except duckdb.TransactionException as busy:
                # The rows are safe in the write-ahead log; the next publish checkpoints them.
                LOG.info("checkpoint left to the next publish: %s", busy)

    @contextmanager
    def one_checkpoint(self) -> Iterator[None]:
        """Checkpoint once after the block instead of after each publish in it."""
        self._is_gathering = True
        try:
            yield
        finally:
            self._is_gathering = False
            self.checkpoint()

    def close(self) -> None:
        """Let the home go."""
        self._connection.close()


def _newest_of(columns: Sequence[str]) -> str:
    return (
        "QUALIFY rows_kept.upload = first_value(rows_kept.upload) OVER "
        f"(PARTITION BY {', '.join(columns)} ORDER BY slice.from_at DESC, rows_kept.upload DESC)"
    )
