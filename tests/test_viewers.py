"""What roles may be held together, and for whom a thread acts; `tests/rights.py` has the table."""

import pytest

from tally.secrecy import ColumnClass
from tally.store import Scope, scope_of
from tally.viewers import ALLOWED, DEMONSTRATION, Action, Role, Viewer, acting, acts, conflict_of


@pytest.mark.parametrize(
    ("roles", "is_refused"),
    [
        ({Role.LEADER}, False),
        ({Role.REVIEWER, Role.OFFICE}, False),
        ({Role.OFFICE, Role.SYSTEM}, False),
        ({Role.SYSTEM, Role.SECURITY}, True),
        ({Role.SYSTEM, Role.AUDITOR}, True),
        ({Role.LEADER, Role.AUDITOR}, True),
        ({Role.DISPLAY, Role.LEADER}, True),
    ],
)
def test_one_person_cannot_hold_roles_that_check_each_other(
    roles: set[Role], is_refused: bool
) -> None:
    assert bool(conflict_of(frozenset(roles))) == is_refused


def test_who_issues_notices_may_see_everything_that_stands_in_them() -> None:
    issuing = {role for role in Role if Action.NOTIFY in ALLOWED[role]}
    assert issuing == {Role.OFFICE}
    # A notice is composed without a viewer's limits; its file is labelled by what it asked.
    for role in issuing:
        who = Viewer("x", frozenset({role}))
        assert scope_of(who) == Scope(None, frozenset(ColumnClass))


def test_a_thread_acts_for_whom_it_is_told_and_only_inside_the_block() -> None:
    outside = acting()
    clerk = Viewer("clerk", frozenset({Role.REPORTER}), units=frozenset({"财政金融部"}))
    with acts(clerk):
        assert acting() is clerk
    assert acting() is outside


def test_the_demonstration_may_do_everything_that_a_person_may() -> None:
    assert all(DEMONSTRATION.may(action) for action in Action)
