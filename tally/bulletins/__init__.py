"""Notices composed from the store's answers, issued, and rebuilt as they were issued."""

from tally.bulletins.composing import compose, file_of, version_words
from tally.bulletins.disclosure import disclosure_file
from tally.bulletins.issuing import Rebuilt, issue, rebuild, terms_of
from tally.bulletins.reminders import overdue_slips, slip_file, slips_of
from tally.bulletins.terms import (
    ANONYMOUS,
    KINDS,
    LEFT_OUT,
    MONTH,
    QUARTER,
    RANKINGS,
    SHOWN,
    CannotNotify,
    Terms,
    check_ranking,
    quarter_of,
    rankings_of,
)

__all__ = [
    "ANONYMOUS",
    "KINDS",
    "LEFT_OUT",
    "MONTH",
    "QUARTER",
    "RANKINGS",
    "SHOWN",
    "CannotNotify",
    "Rebuilt",
    "Terms",
    "check_ranking",
    "compose",
    "disclosure_file",
    "file_of",
    "issue",
    "overdue_slips",
    "quarter_of",
    "rankings_of",
    "rebuild",
    "slip_file",
    "slips_of",
    "terms_of",
    "version_words",
]
