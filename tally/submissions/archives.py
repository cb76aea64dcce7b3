"""Campaigns put away (A15): what was published stays to be seen, and nothing more is taken in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from tally import clock
from tally.contracts import Problem, Reading
from tally.registry import Event
from tally.store import Database, Writing
from tally.submissions.deeds import doing
from tally.viewers import Action

CLOSED = "这个专项行动已归档，不再接收台账"
REMEDY = "确需补报的，请先在“行动管理”中取消归档"


class CannotArchive(ValueError):
    """The campaign cannot be put away or taken out again; the message says why."""


def archive(database: Database, campaign: str, by: str = "") -> None:
    """Put a campaign away; CannotArchive when it is already."""
    with _changing(database, "归档专项行动", campaign) as writing:
        if writing.run("archives_in_force", {"campaign": campaign}):
            raise CannotArchive("这个专项行动已经归档")
        kept = {"campaign": campaign, "archived_by": by.strip(), "from_at": clock.moment()}
        writing.insert("archive", [kept])


def unarchive(database: Database, campaign: str) -> None:
    """Take a campaign out of the archive; CannotArchive when it is not in it."""
    with _changing(database, "取消归档", campaign) as writing:
        if not writing.run("archives_in_force", {"campaign": campaign}):
            raise CannotArchive("这个专项行动没有归档")
        writing.run("end_archive", {"campaign": campaign, "moment": clock.moment()})


@contextmanager
def _changing(database: Database, sentence: str, campaign: str) -> Iterator[Writing]:
    about = {"campaign": campaign, "thing": "专项行动", "name": campaign}
    with doing(database, Action.CONFIGURE, Event.CONFIGURE, sentence, **about) as deed:
        yield deed.writing


def is_archived(database: Database, campaign: str) -> bool:
    """Tell whether a campaign is put away."""
    return database.stored("archives_in_force", {"campaign": campaign}).num_rows > 0


def with_archive(database: Database, reading: Reading) -> Reading:
    """Return a reading with the error that its campaign is put away, where it is."""
    if not reading.campaign or not is_archived(database, reading.campaign):
        return reading
    found = Problem("error", "", "", "", "已归档", CLOSED, REMEDY)
    return replace(reading, problems=(found, *reading.problems), questions=())


def archived_sentence(writing: Writing, upload: int) -> str:
    """Say that an upload's campaign is put away; '' when it is not."""
    return f"{CLOSED}；{REMEDY}" if writing.run("archived_upload", {"upload": upload}) else ""
