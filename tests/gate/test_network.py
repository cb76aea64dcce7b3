"""From where the gate may be reached: unencrypted, through a gateway, as an administrator."""

import pytest

from tally import accounts
from tally.accounts import Access, Book
from tally.accounts.access import access_of
from tally.gate.asking import IDENTITY_HEADER
from tally.registry import Event
from tests.accounts.people import entered, told
from tests.gate.asking import LOCAL, OFFICE, PAGE, PROXY, ask, cookie_of, gate_of


def test_without_accounts_only_this_machine_sees_the_demonstration(book: Book) -> None:
    with book.registry.writing() as connection:
        connection.exec_driver_sql("DELETE FROM account")
    gate, inner = gate_of(Book(book.registry, 1, 8, remembered_seconds=0))
    assert ask(gate, "/", address=LOCAL, **PAGE).text == "inner"
    assert inner.told(IDENTITY_HEADER) == [accounts.DEMONSTRATION_KEY]

    away = ask(gate, "/", address=OFFICE, **PAGE)
    assert (away.status, "account create" in away.text) == (403, True)


def test_password_is_not_asked_for_over_the_network_unencrypted(book: Book) -> None:
    gate, _ = gate_of(book)
    assert ask(gate, "/login", address=OFFICE, **PAGE).status == 403
    assert ask(gate, "/login", address=OFFICE, x_forwarded_proto="https", **PAGE).status == 403

    through = ask(gate, "/login", x_forwarded_for=OFFICE, x_forwarded_proto="https", **PAGE)
    assert through.status == 200
    allowed, _ = gate_of(book, Access(may_be_plain=True))
    assert ask(allowed, "/login", address=OFFICE, **PAGE).status == 200


ACCESS = """
plain_http = true
admin_addresses = ["10.1.2.0/24"]
[proxy]
addresses = ["10.0.0.2"]
identity_header = "X-Remote-User"
"""


@pytest.fixture
def access(tmp_path_factory: pytest.TempPathFactory) -> Access:
    home = tmp_path_factory.mktemp("access")
    (home / "access.toml").write_text(ACCESS, "utf-8")
    return access_of(home)


def test_pages_of_administrators_open_for_their_addresses_only(book: Book, access: Access) -> None:
    gate, _ = gate_of(book, access)
    cookie = f"tally={entered(book, 'office')}"

    assert ask(gate, "/accounts", address="10.9.0.1", cookie=cookie, **PAGE).status == 403
    assert ask(gate, "/accounts/", address="10.9.0.1", cookie=cookie, **PAGE).status == 403
    assert [(row.event, row.account, row.address) for row in told(book)[-2:]] == [
        (Event.DENIED, "office", "10.9.0.1")
    ] * 2
    assert ask(gate, "/accounts", address=OFFICE, cookie=cookie, **PAGE).status == 200
    assert ask(gate, "/rankings", address="10.9.0.1", cookie=cookie, **PAGE).status == 200
    spoofed = ask(gate, "/accounts", address="10.9.0.1", cookie=cookie, x_forwarded_for=OFFICE)
    assert spoofed.status == 403
    through = ask(
        gate, "/accounts", address=PROXY, cookie=cookie, x_forwarded_for=f"9.9.9.9, {OFFICE}"
    )
    assert through.status == 200


def test_gateway_names_who_it_is_and_nobody_else_can(book: Book, access: Access) -> None:
    gate, inner = gate_of(book, access)
    named = {"x_remote_user": "office", **PAGE}
    assert ask(gate, "/", address=OFFICE, **named).place.startswith("/login")

    turned = ask(gate, "/rankings", address=PROXY, **named)
    assert turned.place == "/gateway?next=%2Frankings"
    let_in = ask(gate, turned.place, address=PROXY, **named)
    assert let_in.place == "/rankings"
    cookie = cookie_of(let_in)
    assert ask(gate, "/rankings", address=PROXY, cookie=cookie, **named).text == "inner"
    assert inner.told("x-remote-user") == []

    named["x_remote_user"] = "leader"
    assert ask(gate, "/", address=PROXY, cookie=cookie, **named).place.startswith("/gateway")
    named["x_remote_user"] = "stranger"
    assert ask(gate, "/gateway", address=PROXY, **named).status == 403


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("plain_htp = true", "plain_htp"),
        ("admin_addresses = ['10.0.0.999']", "10.0.0.999"),
        ("[proxy]\nidentity_header = 'X-User'", "addresses"),
        ("[oidc]\nname = 'x'", "missing"),
        ("= 1", "有误"),
    ],
)
def test_access_file_that_cannot_be_followed_is_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str, said: str
) -> None:
    home = tmp_path_factory.mktemp("broken")
    (home / "access.toml").write_text(text, "utf-8")
    with pytest.raises(accounts.AccessBroken, match=said):
        access_of(home)
