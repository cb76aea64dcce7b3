"""The one way to change anything: what is done is recorded, or it is not done.

The audit record is written when the work is finished and before it is committed: where it cannot
be written, nothing of the work stays. What fails is recorded as failed; should the commit itself
fail, a second record says that the first did not come true.
"""

import hashlib
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tally import viewers
from tally.intake.cells.masking import hidden, masked
from tally.registry import Entry, Event, RegistryUnusable, append, registry_of
from tally.store import Database, Writing
from tally.viewers import Action, NotAllowed

LOG = logging.getLogger(__name__)
SIGNS_MAX = 300
# What people type into pages and commands beside their files: reasons, notes, instructions.
TYPED = frozenset(
    {
        *("reason", "returned_reason", "note", "remarks", "title", "content", "measure"),
        *("reference", "occasion", "quoted_in", "post", "given_by", "uploaded_by", "entered_by"),
        *("frozen_by", "drawn_by", "sealed_by", "archived_by", "issued_by", "reviewed_by"),
        "returned_by",
    }
)
LIST = "台账"


@dataclass
class Deed:
    """One thing that is being done; what is learnt of it on the way goes into its record.

    `thing` is the kind of object and `name` which one; counts are of its rows. `also` are further
    events that come with it (a publication that replaces another one).
    """

    event: Event
    sentence: str
    campaign: str = ""
    thing: str = ""
    name: str = ""
    count_before: int | None = None
    count_after: int | None = None
    sha256: str = ""
    is_success: bool = True
    also: list["Deed"] = field(default_factory=list)


@dataclass
class Doing(Deed):
    """A deed inside the write lock: `writing` is what it writes with."""

    writing: Writing = None  # type: ignore[assignment] # given once the lock is held

    def is_about(self, upload: int) -> None:
        """Name an upload as what is changed; nothing is learnt of one that there is not."""
        self.name = str(upload)
        for campaign, unit, month, file, sha256, *_ in self._told(upload):
            self.campaign, self.sha256 = campaign or self.campaign, sha256
            viewers.acting().check_unit(unit or "")
            whose = " ".join(filter(None, [month and f"{month:%Y-%m}", unit]))
            self.sentence += f"：{upload} 号 {whose}《{file}》"

    def has_put_in_force(self, upload: int) -> None:
        """Count the rows of an upload, and tell of those that it replaced."""
        for *_, row_count, replaced_count, replaced in self._told(upload):
            self.count_before, self.count_after = replaced_count, row_count
            if replaced:
                numbers = "、".join(map(str, replaced))
                sentence = f"{upload} 号替换已发布的 {numbers} 号"
                counts = {"count_before": replaced_count, "count_after": row_count}
                about = {"campaign": self.campaign, "thing": LIST, "name": numbers, **counts}
                self.also.append(Deed(Event.OVERWRITE, sentence, **about))

    def _told(self, upload: int) -> list[tuple[Any, ...]]:
        return self.writing.run("upload_told", {"upload": upload})


@dataclass
class Batch:
    """Deeds that one record stands for: the files of the samples, taken in at first start."""

    deed_count: int = 0
    row_count: int = 0
    hashes: list[str] = field(default_factory=list)

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """Gather the deeds of the block instead of recording each."""
        token = _batch.set(self)
        try:
            yield
        finally:
            _batch.reset(token)

    def take(self, deeds: Sequence[Deed]) -> None:
        """Count deeds in."""
        self.deed_count += len(deeds)
        self.row_count += sum(deed.count_after or 0 for deed in deeds)
        self.hashes += [deed.sha256 for deed in deeds if deed.sha256]

    @property
    def sha256(self) -> str:
        """One hash over those of all files, in the order they came."""
        return hashlib.sha256("\n".join(self.hashes).encode()).hexdigest()


_batch: ContextVar[Batch | None] = ContextVar("batch", default=None)


@contextmanager
def doing(
    database: Database, needs: Action, event: Event, sentence: str, **about: Any
) -> Iterator[Doing]:
    """Change the store as one deed, recorded; RegistryUnusable when it cannot be recorded.

    NotAllowed when the acting viewer's roles do not allow `needs`, or the upload that the deed is
    about is not of the viewer's units; that is recorded as well. `about` are further fields of
    `Deed`.
    """
    deed = Doing(event, sentence, **about)
    recorded: list[int] = []

    def record() -> None:
        recorded.extend(_record(database.home, [deed, *deed.also]))

    try:
        viewers.acting().check_may(needs)
        with database.write(record) as deed.writing:
            deed.writing.on_the_way_in = without_persons
            yield deed
    except NotAllowed as refusal:
        about = {"campaign": deed.campaign, "thing": deed.thing, "name": deed.name}
        sentence = f"{deed.sentence}：{refusal}"
        tell(database.home, Event.DENIED, sentence, is_success=False, **about)
        raise
    except BaseException as error:
        _record_failure(database.home, deed, error, recorded)
        raise


def without_persons(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row's values with everything personal in what was typed masked."""
    return {
        name: masked(value) if name in TYPED and isinstance(value, str) else value
        for name, value in values.items()
    }


def tell(home: Path, event: Event, sentence: str, **about: Any) -> None:
    """Record something done that changes no ledger; RegistryUnusable: then it must not be done.

    `about` are fields of `Deed`, and `account` where it is not the acting viewer's.
    """
    account = about.pop("account", None)
    _record(home, [Deed(event, sentence, **about)], account)


def _record_failure(home: Path, deed: Deed, error: BaseException, recorded: Sequence[int]) -> None:
    """Record that a deed failed; where not even that can be written, the log says it."""
    reason = str(error) if isinstance(error, ValueError | RuntimeError) else "程序中断"
    undone = f"第 {recorded[0]} 条没有生效：" if recorded else ""
    failed = replace(deed, is_success=False, sentence=f"{undone}{deed.sentence}没有成功：{reason}")
    try:
        _record(home, [failed])
    except RegistryUnusable:
        LOG.exception("a failed deed could not be recorded: %s", deed.event.name)


def _record(home: Path, deeds: Sequence[Deed], account: str | None = None) -> list[int]:
    if batch := _batch.get():
        batch.take(deeds)
        return []
    entries = [_entry(deed, account) for deed in deeds]
    with registry_of(home).writing() as connection:
        return append(connection, entries)


def _entry(deed: Deed, account: str | None) -> Entry:
    viewer = viewers.acting()
    return Entry(
        deed.event,
        _plain(viewer.account if account is None else account),
        _plain(deed.sentence),
        is_success=deed.is_success,
        roles=[str(role) for role in viewer.roles],
        address=viewer.address,
        session=viewer.session,
        request=viewers.request_number(),
        campaign=deed.campaign,
        thing=deed.thing,
        name=_plain(deed.name),
        count_before=deed.count_before,
        count_after=deed.count_after,
        sha256=deed.sha256,
    )


def _plain(text: str) -> str:
    """Return a text of one line without personal data, cut where it is long."""
    line = " ".join(hidden(text).split())
    return line if len(line) <= SIGNS_MAX else f"{line[: SIGNS_MAX - 1]}…"
