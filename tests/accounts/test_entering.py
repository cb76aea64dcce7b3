"""Log-in, lock-out and codes (等保 A2, A4): what is answered, and what nobody can learn."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

import pytest

from tally import accounts
from tally.accounts import Book, Stage, codes
from tally.accounts.entering import LOCKED, WRONG
from tally.accounts.older import seal_older_secrets
from tally.registry import accounts as registry_accounts
from tally.registry import open_registry
from tally.registry.accounts import PAST_PASSWORD, failures
from tally.sealing import CannotOpen
from tally.viewers import AT_THE_SERVER, Role, acts
from tests.accounts.conftest import Turn
from tests.accounts.people import CHEAP, HERE, PASSWORD, code_now, entered, made, stands, told

ELSEWHERE = "10.9.9.9"

# Each line: what is typed from where after how many minutes, and what is answered.
LOCKING = """
 +0 here      wrong   no
 +0 here      wrong   no
 +0 here      wrong   no
 +0 here      wrong   no
 +0 here      wrong   locked
 +0 here      right   locked
 +0 elsewhere right   in
+14 here      right   locked
-60 here      right   locked
+61 here      right   in
 +0 here      wrong   no
 +0 here      wrong   no
 +0 here      wrong   no
 +0 here      wrong   no
 +0 here      right   in
 +0 here      wrong   no
+16 here      wrong   no
 +0 here      wrong   no
 +0 here      wrong   no
 +0 here      wrong   no
 +0 here      right   in
"""


def test_five_failures_lock_account_and_address_for_fifteen_minutes(
    book: Book, turn_clock: Turn
) -> None:
    made(book, "office")
    for line in LOCKING.strip().splitlines():
        minutes, place, typed, answered = line.split()
        turn_clock(minutes=int(minutes))
        password = PASSWORD if typed == "right" else "Wrong#pass9012"
        address = HERE if place == "here" else ELSEWHERE

        answer = accounts.log_in(book, "office", password, address)

        expected = {"in": "", "no": WRONG, "locked": LOCKED}[answered]
        assert answer.sentence == expected, line
        assert bool(answer.token) == (answered == "in"), line


def test_lock_survives_a_restart(book: Book, tmp_path: Path) -> None:
    made(book, "office")
    for _ in range(5):
        accounts.log_in(book, "office", "wrong", HERE)
    book.registry.close()

    registry = open_registry(tmp_path)
    assert accounts.log_in(Book(registry, *CHEAP), "office", PASSWORD, HERE).sentence == LOCKED
    registry.close()


def test_unlocking_forgets_the_failures(book: Book) -> None:
    made(book, "office")
    for _ in range(5):
        accounts.log_in(book, "office", "wrong", HERE)
    with acts(AT_THE_SERVER):
        assert accounts.kept_accounts(book)[0].state == "已锁定"
        accounts.unlock(book, "office")

    assert entered(book, "office")


def test_many_tries_at_once_are_no_more_than_five(book: Book) -> None:
    made(book, "office")
    with ThreadPoolExecutor(8) as pool:
        tries = [pool.submit(accounts.log_in, book, "office", f"wrong{n}", HERE) for n in range(24)]
        answers = [one.result().sentence for one in tries]

    assert answers.count(WRONG) <= 4
    assert accounts.log_in(book, "office", PASSWORD, HERE).sentence == LOCKED


def test_unknown_account_is_answered_and_locked_like_a_known_one(book: Book) -> None:
    made(book, "office")
    told = {
        name: [accounts.log_in(book, name, "Wrong#pass9012", HERE).sentence for _ in range(6)]
        for name in ("office", "nobody")
    }

    assert told["office"] == told["nobody"] == [*[WRONG] * 4, LOCKED, LOCKED]


def test_unknown_account_takes_as_long_as_a_known_one(book: Book) -> None:
    """The hash takes nearly all of the time; it is made in both cases."""
    slow = Book(book.registry, 2, 8192)
    made(book, "office")
    seconds: dict[str, list[float]] = {"office": [], "nobody": []}
    for number in range(8):
        for name, taken in seconds.items():
            began = time.perf_counter()
            accounts.log_in(slow, name, "Wrong#pass9012", f"10.0.0.{number}")
            taken.append(time.perf_counter() - began)

    assert median(seconds["nobody"]) > median(seconds["office"]) / 2


def test_what_is_typed_instead_of_an_account_cannot_be_read_in_the_registry(book: Book) -> None:
    accounts.log_in(book, PASSWORD, "", HERE)

    with book.registry.reading() as connection:
        kept = [failure.account for failure in failures(connection)]
    assert len(kept) == 1
    assert PASSWORD.lower() not in kept[0]


def test_account_is_known_in_any_case_and_with_blanks_around_it(book: Book) -> None:
    made(book, "office")

    assert accounts.log_in(book, " OFFICE ", PASSWORD, HERE).token


def test_first_password_must_be_changed_before_anything_is_seen(book: Book) -> None:
    with acts(AT_THE_SERVER):
        first = accounts.make_account(book, "office", "整顿办督查岗")
    standing = stands(book, accounts.log_in(book, "office", first, HERE).token)
    assert standing is not None
    assert (standing.stage, standing.viewer) == (Stage.CHANGE, None)

    assert accounts.change_password(book, standing, first, PASSWORD, PASSWORD, HERE) == ""
    standing = stands(book, entered(book, "office"))
    assert standing is not None
    assert standing.viewer is not None


def test_password_of_ninety_days_must_be_changed(book: Book, turn_clock: Turn) -> None:
    made(book, "office")
    turn_clock(days=89)
    before = stands(book, entered(book, "office"))
    turn_clock(days=2)
    after = stands(book, entered(book, "office"))

    assert before is not None and before.stage is Stage.OPEN
    assert after is not None and after.stage is Stage.CHANGE


@pytest.mark.parametrize("role", [Role.SYSTEM, Role.SECURITY, Role.AUDITOR])
def test_administrator_is_not_in_without_a_code(book: Book, role: Role, turn_clock: Turn) -> None:
    made(book, "keeper", role)
    standing = stands(book, accounts.log_in(book, "keeper", PASSWORD, HERE).token)
    assert standing is not None
    assert (standing.stage, standing.viewer) == (Stage.ENROL, None)

    secret = accounts.secret_to_enrol(book, standing)
    assert accounts.secret_to_enrol(book, standing) == secret
    wrong = f"{(int(code_now(secret)) + 1) % 1_000_000:06}"
    assert not accounts.give_code(book, standing, wrong, HERE).token
    answer = accounts.give_code(book, standing, code_now(secret), HERE)
    opened = stands(book, answer.token)
    assert opened is not None
    assert opened.viewer is not None
    assert stands(book, standing.key) is None

    again = stands(book, accounts.log_in(book, "keeper", PASSWORD, HERE).token)
    assert again is not None
    assert again.stage is Stage.CODE
    assert not accounts.give_code(book, again, code_now(secret), HERE).token, "good once only"
    turn_clock(seconds=30)
    assert accounts.give_code(book, again, code_now(secret), HERE).token


def test_codes_cannot_be_guessed_by_logging_in_again_and_again(book: Book) -> None:
    made(book, "keeper", Role.SYSTEM)
    answers = []
    for _ in range(4):
        answer = accounts.log_in(book, "keeper", PASSWORD, HERE)
        answers.append(answer.sentence)
        standing = stands(book, answer.token) if answer.token else None
        if standing is not None:
            accounts.secret_to_enrol(book, standing)
            answers.append(accounts.give_code(book, standing, "000000", HERE).sentence)

    assert answers[-1] == LOCKED


def test_registry_holds_neither_passwords_nor_what_a_browser_holds(
    book: Book, tmp_path: Path
) -> None:
    made(book, "office")
    token = entered(book, "office")
    with book.registry.reading() as connection:
        hashes = [row.password_hash for row in connection.execute(PAST_PASSWORD.select())]

    assert all(one.startswith("$argon2id$") for one in hashes)
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("registry.sqlite*"))
    assert PASSWORD.encode() not in kept
    assert token.encode() not in kept


def test_hash_is_argon2id_of_at_least_19_mib(book: Book) -> None:
    hashed = Book(book.registry).hashed(PASSWORD)

    memory, passes, lanes = (part.split("=")[1] for part in hashed.split("$")[3].split(","))
    assert hashed.startswith("$argon2id$")
    assert int(memory) >= 19 * 1024
    assert (int(passes), int(lanes)) == (2, 1)


def test_secrets_of_codes_stand_nowhere_in_clear(book: Book) -> None:
    made(book, "xitong", Role.SYSTEM)
    entered(book, "xitong")
    with book.registry.writing() as connection:
        [account] = registry_accounts.all_accounts(connection)
        kept = account.code_secret or ""
        clear = codes.secret_of(book.registry.home, kept, "xitong")
        # It opens for its own account alone, and as an earlier version kept it too.
        with pytest.raises(CannotOpen):
            codes.secret_of(book.registry.home, kept, "anquan")
        registry_accounts.change_account(connection, "xitong", code_secret=clear)
    held = b"".join(path.read_bytes() for path in book.registry.home.glob("registry.sqlite*"))
    assert len(clear) == 32 and clear.encode() in held
    assert entered_with_code(book, "xitong", clear)
    assert (seal_older_secrets(book), seal_older_secrets(book)) == (1, 0)
    with book.registry.reading() as connection:
        [account] = registry_accounts.all_accounts(connection)
    assert clear not in (account.code_secret or clear)


def entered_with_code(book: Book, name: str, secret: str) -> str:
    standing = stands(book, accounts.log_in(book, name, PASSWORD, HERE).token)
    assert standing is not None
    return accounts.give_code(book, standing, code_now(secret, 1), HERE).token


def test_names_that_no_account_has_stand_in_no_record(book: Book) -> None:
    typed = "Qingfeng#8372-typed-into-the-wrong-field"
    accounts.log_in(book, typed, "x", HERE)
    accounts.log_in_as(book, typed, "proxy", HERE)
    assert [row.event for row in told(book)] == ["登录失败", "登录失败"]
    assert all("qingfeng" not in str(tuple(row)).lower() for row in told(book))


def test_viewer_carries_a_hash_of_the_session_and_not_its_key(book: Book) -> None:
    made(book, "clerk", Role.REPORTER)
    first, second = (stands(book, entered(book, "clerk")) for _ in range(2))
    assert first and second and first.viewer and second.viewer
    assert first.viewer.session and first.viewer.session != second.viewer.session
    assert first.viewer.session not in first.key
    assert first.viewer == second.viewer
