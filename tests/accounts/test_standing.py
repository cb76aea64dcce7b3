"""How long a session holds, and what ends it (等保 A2, B2)."""

from datetime import timedelta

import pytest

from tally import accounts, clock
from tally.accounts import Book, Standing, see
from tally.viewers import AT_THE_SERVER, Role, Viewer, acts
from tests.accounts.conftest import Turn
from tests.accounts.people import HERE, entered, made, stands


def at_work(book: Book, token: str) -> Standing | None:
    """Return how a session stands, noted as seen, as the gate does with each click."""
    standing = stands(book, token)
    if standing is not None:
        see(book, standing)
    return standing


@pytest.mark.parametrize(("role", "minutes"), [(Role.OFFICE, 30), (Role.SYSTEM, 15)])
def test_session_ends_when_nobody_works_in_it(
    book: Book, turn_clock: Turn, role: Role, minutes: int
) -> None:
    token = entered(book, made(book, "somebody", role))
    for _ in range(3):
        turn_clock(minutes=minutes - 1)
        assert at_work(book, token)
    turn_clock(minutes=minutes + 1)
    assert stands(book, token) is None
    turn_clock(minutes=-minutes)
    assert stands(book, token) is None, "ended for good"


def test_session_ends_after_twelve_hours_of_work(book: Book, turn_clock: Turn) -> None:
    token = entered(book, made(book, "office", Role.OFFICE))
    for _ in range(36):
        assert at_work(book, token)
        turn_clock(minutes=20)
    turn_clock(minutes=1)
    assert stands(book, token) is None


def test_clock_set_back_ends_sessions_instead_of_prolonging_them(
    book: Book, turn_clock: Turn
) -> None:
    token = entered(book, made(book, "office", Role.OFFICE))
    turn_clock(minutes=-10)
    assert stands(book, token) is None


def test_viewer_has_roles_and_units_as_they_are_now(book: Book) -> None:
    made(book, "office", Role.REPORTER, units={"财政金融部"})
    token = entered(book, "office")
    before = stands(book, token)
    with acts(AT_THE_SERVER):
        accounts.grant(book, "office", {Role.LEADER}, None, ("财政金融部",))
    after = stands(book, token)

    assert before is not None and after is not None
    roles = frozenset({Role.REPORTER})
    assert before.viewer == Viewer("office", roles, frozenset({"财政金融部"}))
    assert after.viewer == Viewer("office", frozenset({Role.LEADER}), None, ("财政金融部",))


def test_disabled_and_expired_accounts_are_out_and_cannot_enter(book: Book) -> None:
    for name in ("one", "two"):
        token = entered(book, made(book, name, Role.OFFICE))
        with acts(AT_THE_SERVER):
            if name == "one":
                accounts.disable(book, name)
            else:
                accounts.set_expiry(book, name, clock.today() - timedelta(days=1))
        assert stands(book, token) is None
        assert "已停用" in accounts.log_in(book, name, "Qingfeng#8372", HERE).sentence


def test_new_password_ends_every_other_session_of_the_account(book: Book) -> None:
    made(book, "office", Role.OFFICE)
    one, other = entered(book, "office"), entered(book, "office")
    standing = stands(book, one)
    assert standing is not None
    new = "Lanhua-5791x"
    assert accounts.change_password(book, standing, "Qingfeng#8372", new, new, HERE) == ""

    assert stands(book, one) is not None
    assert stands(book, other) is None


def test_becoming_an_administrator_ends_the_sessions_without_a_code(book: Book) -> None:
    token = entered(book, made(book, "office", Role.OFFICE))
    with acts(AT_THE_SERVER):
        accounts.grant(book, "office", {Role.SYSTEM}, None)

    assert stands(book, token) is None


def test_display_holds_for_months_until_it_is_revoked(book: Book, turn_clock: Turn) -> None:
    with acts(AT_THE_SERVER):
        token = accounts.make_display(book, "会议室")
        turn_clock(days=200)
        standing = stands(book, token)
        assert standing is not None and standing.viewer is not None
        assert standing.viewer.roles == {Role.DISPLAY}
        accounts.revoke_display(book, "会议室")

    assert stands(book, token) is None


def test_demonstration_ends_with_the_first_account(book: Book) -> None:
    key = accounts.DEMONSTRATION_KEY
    assert accounts.standing_of(book, key) is not None
    made(book, "office")
    assert accounts.standing_of(book, key) is None
