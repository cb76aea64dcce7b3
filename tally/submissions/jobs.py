"""Imports that belong to the server: they wait for their turn, tell how far they are, and outlive
the page that started them.
"""

import logging
import secrets
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Literal

from tally import clock
from tally.disks import room_sentence, wanted_bytes
from tally.intake.cells.masking import masked
from tally.intake.opening.isolation import MAX_PARSERS
from tally.intake.progress import Phase, Step, heard_by
from tally.registry import RegistryUnusable
from tally.store import READ_ONLY, Database
from tally.submissions.originals import read_original
from tally.submissions.outcome import Outcome
from tally.submissions.staging import Given, Terms, import_file
from tally.submissions.waiting import Waiting, keep_waiting, left_behind
from tally.viewers import NotAllowed, Viewer, acting, acts

LOG = logging.getLogger(__name__)

JOBS_MAX = 50
KEPT_HOURS = 24
# An outcome is as large as its changes and problems; old ones make room for new ones.
LINES_MAX = 300_000
ORIGINAL_KEPT = ("published", "draft", "unchanged")

State = Literal["waiting", "reading", "done", "failed"]


class CannotStart(ValueError):
    """No further file can be taken in now; the message says why."""


class _Stopped(Exception):
    """The server is stopping: what is not yet in the store is left."""


@dataclass(frozen=True)
class Job:
    """One file's way in, as it stands: `share` of the phase, `outcome` at the end.

    `ahead_count` is how many files are read before it while it waits; `fault` the number
    under which an error of ours stands in the log; `ended_at` is UTC, as all stored times.
    """

    number: int
    file: str
    given: Given
    terms: Terms
    started_at: datetime
    state: State = "waiting"
    phase: Phase = "open"
    share: float | None = None
    ahead_count: int = 0
    outcome: Outcome | None = None
    fault: str = ""
    ended_at: datetime | None = None

    @property
    def is_running(self) -> bool:
        """Whether its outcome is still to come."""
        return self.state in ("waiting", "reading")

    @property
    def line_count(self) -> int:
        """How many changes and problems its outcome holds: the measure of its memory."""
        if self.outcome is None:
            return 0
        changed = self.outcome.comparison
        return changed.count("added") + len(changed.changes) + len(self.outcome.problems)


class Jobs:
    """One home's imports. A file lies on disk until its original is kept.

    In memory it is only while it is read. Of an import that the server's end interrupts nothing
    is in the store: what it writes, it writes in one transaction. `left` are the files that a
    killed server was reading; they are offered again.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._pool = ThreadPoolExecutor(MAX_PARSERS, "tally-import")
        self._changed = threading.Condition()
        self._jobs: dict[int, Job] = {}
        self._files: dict[int, Waiting] = {}
        self._left = left_behind(database.home)
        self._numbers = count(1)
        self._is_stopping = False

    def start(self, content: bytes, file_name: str, given: Given, terms: Terms) -> Job:
        """Take a file in and return at once; CannotStart when too many wait already."""
        home = self._database.home
        if self._database.is_read_only:
            raise CannotStart(READ_ONLY)
        if missing := room_sentence(home, wanted_bytes(len(content), self._database.path)):
            raise CannotStart(missing)
        with self._changed:
            self._trim()
            if sum(job.is_running for job in self._jobs.values()) >= JOBS_MAX:
                raise CannotStart(f"已有 {JOBS_MAX} 份文件在排队，请等读完几份再传")
            job = Job(next(self._numbers), masked(file_name), given, terms, clock.now())
            self._files[job.number] = keep_waiting(home, content, job.file, given, terms)
            self._jobs[job.number] = job
            self._pool.submit(self._run, job, acting())
        return self.find(job.number) or job

    def again(self, number: int, given: Given) -> Job:
        """Read a finished job's file once more, with this said beside it, in the job's place."""
        earlier = self._jobs[number]
        if earlier.is_running:
            raise CannotStart(f"{earlier.file} 还在读取，请稍候")
        job = self.start(self.content(number), earlier.file, given, earlier.terms)
        with self._changed:
            self._drop([number])
        return job

    def left(self) -> tuple[Waiting, ...]:
        """Return the files that were being read when the server was killed."""
        return tuple(one for one in self._left if one.path.exists())

    def take_up(self, waiting: Waiting) -> Job:
        """Read a file that was left behind once more, as it was sent."""
        job = self.start(waiting.content(), waiting.file, waiting.given, waiting.terms)
        waiting.let_go()
        return job

    def content(self, number: int) -> bytes:
        """Return the bytes of a job's file; KeyError when the job is gone."""
        with self._changed:
            job, kept = self._jobs[number], self._files.get(number)
            if kept is not None:
                return kept.content()
        assert job.outcome is not None, "only an outcome lets the file go"
        return read_original(self._database.home, job.outcome.sha256)

    def find(self, number: int) -> Job | None:
        """Return a job as it stands now, None when it is gone."""
        with self._changed:
            job = self._jobs.get(number)
            return job and self._placed(job)

    def recent(self) -> tuple[Job, ...]:
        """Return the jobs of the last 24 hours as they stand now, newest first."""
        with self._changed:
            self._trim()
            return tuple(self._placed(self._jobs[number]) for number in reversed(self._jobs))

    def wait(self, number: int, seconds: float) -> Job | None:
        """Return a job when it has ended, or as it stands after so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: not self._is_underway(number), seconds)
        return self.find(number)

    def stop(self) -> None:
        """End what is being read, let what is being written be finished, and forget the rest."""
        self._is_stopping = True
        self._pool.shutdown(wait=True, cancel_futures=True)
        with self._changed:
            self._drop(list(self._jobs))

    def _is_underway(self, number: int) -> bool:
        job = self._jobs.get(number)
        return job is not None and job.is_running

    def _placed(self, job: Job) -> Job:
        """Return a job with its place in the queue."""
        if job.state != "waiting" or job.ahead_count:
            return job
        before = (other for other in self._jobs.values() if other.number < job.number)
        return replace(job, ahead_count=sum(other.is_running for other in before))

    def _run(self, job: Job, viewer: Viewer) -> None:
        try:
            with acts(viewer), heard_by(lambda step: self._hear(job.number, step)):
                outcome = import_file(
                    self._database, self.content(job.number), job.file, job.given, job.terms
                )
            ended = replace(job, state="done", outcome=outcome)
        except _Stopped:
            return
        except (RegistryUnusable, NotAllowed) as error:
            left = Outcome(job.file, "refused", sentence=f"没有导入：{error}")
            ended = replace(job, state="done", outcome=left)
        except Exception:
            fault = secrets.token_hex(3)
            LOG.exception("import %s failed", job.number, extra={"fault": fault})
            ended = replace(job, state="failed", fault=fault)
        self._end(replace(ended, ended_at=clock.now()))

    def _hear(self, number: int, step: Step) -> None:
        if self._is_stopping:
            raise _Stopped
        with self._changed:
            self._jobs[number] = replace(
                self._jobs[number],
                state="waiting" if step.phase == "wait" else "reading",
                phase=step.phase,
                share=step.share,
                ahead_count=step.ahead_count,
            )

    def _end(self, job: Job) -> None:
        with self._changed:
            self._jobs[job.number] = job
            if job.outcome and job.outcome.status in ORIGINAL_KEPT:
                self._files.pop(job.number).let_go()
            self._changed.notify_all()

    def _trim(self) -> None:
        """Let go of ended jobs that are old, too many, or too large together; never the newest."""
        oldest_at = clock.now() - timedelta(hours=KEPT_HOURS)
        gone, line_count = [], 0
        ended = [job for job in reversed(self._jobs.values()) if not job.is_running]
        for place, job in enumerate(ended):
            line_count += job.line_count
            is_old = job.ended_at is not None and job.ended_at < oldest_at
            if place and (is_old or place >= JOBS_MAX or line_count > LINES_MAX):
                gone.append(job.number)
        self._drop(gone)

    def _drop(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            self._jobs.pop(number, None)
            kept = self._files.pop(number, None)
            if kept:
                kept.let_go()
