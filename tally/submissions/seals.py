"""Sealed months (封账): what a notice has quoted changes only as a correction that says so."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from tally import clock, words
from tally.registry import Event
from tally.store import Database, Writing
from tally.submissions.deeds import doing
from tally.viewers import Action


class CannotSeal(ValueError):
    """The month cannot be sealed or unsealed; the message says why."""


def seal(database: Database, campaign: str, month: date, quoted_in: str, by: str = "") -> None:
    """Seal a published month for what quoted it; CannotSeal when it is sealed for that already."""
    if not quoted_in.strip():
        raise CannotSeal("请写明哪一份通报引用了这个月的数据")
    slice_of = {"campaign": campaign, "period": month}
    with _changing(database, f"封账（{quoted_in.strip()}）", campaign, month) as writing:
        if not writing.run("month_in_force", slice_of)[0][0]:
            raise CannotSeal(f"{words.year_month(month)}还没有已发布的台账，不能封账")
        if (quoted_in.strip(),) in writing.run("seals_in_force", slice_of):
            raise CannotSeal(f"{words.year_month(month)}已为《{quoted_in.strip()}》封账")
        kept = {"quoted_in": quoted_in.strip(), "sealed_by": by, "from_at": clock.moment()}
        writing.insert("seal", [slice_of | kept])


def unseal(database: Database, campaign: str, month: date) -> None:
    """Lift all seals of a month; they are kept with the moment. CannotSeal when it has none."""
    slice_of = {"campaign": campaign, "period": month}
    with _changing(database, "解除封账", campaign, month) as writing:
        if not writing.run("seals_in_force", slice_of):
            raise CannotSeal(f"{words.year_month(month)}没有封账")
        writing.run("end_seals", slice_of | {"moment": clock.moment()})


@contextmanager
def _changing(database: Database, sentence: str, campaign: str, month: date) -> Iterator[Writing]:
    about = {"campaign": campaign, "thing": "月份", "name": f"{month:%Y-%m}"}
    with doing(database, Action.NOTIFY, Event.CONFIGURE, sentence, **about) as deed:
        yield deed.writing


def sealed_sentence(writing: Writing, upload: int) -> str:
    """Say which month of an upload is sealed and for what; empty when none is."""
    sealed = writing.run("sealed_slices", {"upload": upload})
    return f"{words.year_month(sealed[0][0])}已封账（《{sealed[0][1]}》引用）" if sealed else ""


def is_quoted(writing: Writing, upload: int) -> bool:
    """Whether taking an upload back would change what was quoted of a sealed month.

    What was not in force when the month was sealed can go: what was quoted comes back.
    """
    return any(row[2] for row in writing.run("sealed_slices", {"upload": upload}))
