"""The gate with accounts: who gets in, by what, and what reaches the app behind it."""

import re

import pytest

from tally import accounts
from tally.accounts import Access, Book, key_of
from tally.gate.asking import IDENTITY_HEADER
from tally.viewers import AT_THE_SERVER, Role, acts
from tests.accounts.people import PASSWORD, code_now, entered
from tests.gate.asking import PAGE, ask, cookie_of, filled, gate_of, logged_in


def test_person_logs_in_and_gets_to_the_page_that_was_asked_for(book: Book) -> None:
    gate, inner = gate_of(book)
    turned = ask(gate, "/rankings?month=2022-09", **PAGE)
    assert (turned.status, turned.place) == (303, "/login?next=%2Frankings%3Fmonth%3D2022-09")

    answer = filled(gate, turned.place, account="office", password=PASSWORD)
    assert (answer.status, answer.place) == (303, "/rankings?month=2022-09")
    assert inner.scopes == []
    assert ask(gate, answer.place, cookie=cookie_of(answer), **PAGE).text == "inner"
    assert inner.told(IDENTITY_HEADER) == [key_of(cookie_of(answer).partition("=")[2])]


def test_cookie_is_out_of_reach_of_scripts_and_other_sites(book: Book) -> None:
    gate, _ = gate_of(book, Access())
    (plain,) = filled(gate, "/login", account="office", password=PASSWORD).cookies
    assert "HttpOnly" in plain
    assert "SameSite=lax" in plain

    shown = ask(gate, "/login", x_forwarded_proto="https", **PAGE)
    (mark,) = shown.cookies
    assert shown.headers["strict-transport-security"].startswith("max-age=")
    assert all(word in mark for word in ("Secure", "HttpOnly", "SameSite=strict"))


@pytest.mark.parametrize(
    "path", ["/", "/rankings", "/media/1.csv", "/component/x/index.html", "/_stcore/host-config"]
)
@pytest.mark.parametrize("cookie", ["", "tally=", "tally=guessed", "tally=guessed; tally=x"])
def test_nothing_is_behind_the_gate_for_the_anonymous(book: Book, path: str, cookie: str) -> None:
    gate, inner = gate_of(book)

    assert ask(gate, path, cookie=cookie).status == 401
    assert ask(gate, path, cookie=cookie, method="POST", **PAGE).status == 401
    assert inner.scopes == []


def test_upload_before_login_is_refused_without_reading_a_byte(book: Book) -> None:
    gate, inner = gate_of(book)
    answer = ask(
        gate, "/_stcore/upload_file/session/file", method="PUT", cookie="_streamlit_xsrf=x"
    )

    assert answer.status == 401
    assert inner.bodies == []


def test_upload_is_for_those_who_hand_in_lists(book: Book) -> None:
    gate, inner = gate_of(book)
    path = "/_stcore/upload_file/session/file"

    assert ask(gate, path, method="PUT", cookie=logged_in(gate, "leader")).status == 403
    assert inner.scopes == []
    assert ask(gate, path, method="PUT", cookie=logged_in(gate)).status == 200


def test_identity_that_a_client_sends_never_reaches_the_app(book: Book) -> None:
    gate, inner = gate_of(book)
    other = key_of(entered(book, "leader"))
    cookie = logged_in(gate)
    ask(gate, "/", cookie=cookie, **{IDENTITY_HEADER: other})

    assert inner.told(IDENTITY_HEADER) == [key_of(cookie.partition("=")[2])]


@pytest.mark.parametrize(
    "spoiled", [{"mark": ""}, {"mark": "x"}, {"mark": "none"}], ids=["none", "other", "empty"]
)
def test_form_of_another_site_logs_nobody_in(book: Book, spoiled: dict[str, str]) -> None:
    gate, _ = gate_of(book)
    form = {"account": "office", "password": PASSWORD, **spoiled}

    for headers in ({}, {"cookie": "tally_form=y"}, {"cookie": "tally_form="}):
        answer = ask(gate, "/login", form=form, **headers)
        assert (answer.status, "tally=" in "".join(answer.cookies)) == (403, False)


@pytest.mark.parametrize(
    "following", ["https://evil.example", "//evil.example", "/\\evil.example", "/logout", "x", ""]
)
def test_log_in_leads_to_no_other_site(book: Book, following: str) -> None:
    gate, _ = gate_of(book)
    answer = filled(gate, "/login", account="office", password=PASSWORD, next=following)

    assert (answer.status, answer.place) == (303, "/")


def test_log_in_page_holds_no_script_and_escapes_what_it_was_given(book: Book) -> None:
    gate, _ = gate_of(book)
    shown = ask(gate, '/login?next=/"><script>alert(1)</script>', **PAGE)

    assert "<script" not in shown.text
    assert shown.headers["content-security-policy"].startswith("default-src 'none'")
    assert shown.headers["cache-control"] == "no-store"


def test_log_out_ends_the_session_everywhere(book: Book) -> None:
    gate, _ = gate_of(book)
    cookie = logged_in(gate)
    asked = ask(gate, "/logout", cookie=cookie, sec_fetch_site="cross-site")
    assert (asked.status, ask(gate, "/", cookie=cookie).status) == (200, 200)

    answer = ask(gate, "/logout", cookie=cookie, sec_fetch_site="same-origin")
    assert (answer.status, answer.place) == (303, "/login")
    assert ask(gate, "/", cookie=cookie).status == 401


def test_first_log_in_of_an_administrator_goes_by_code_and_new_password(book: Book) -> None:
    gate, inner = gate_of(book)
    with acts(AT_THE_SERVER):
        first = accounts.make_account(book, "sysadm", "信息中心")
        accounts.grant(book, "sysadm", {Role.SYSTEM}, None)
    cookie = cookie_of(filled(gate, "/login", account="sysadm", password=first))
    assert ask(gate, "/accounts", cookie=cookie, **PAGE).place == "/code?next=%2Faccounts"
    assert ask(gate, "/password", cookie=cookie, **PAGE).place == "/code"

    shown = ask(gate, "/code", cookie=cookie, **PAGE)
    assert "<svg" in shown.text
    secret = re.sub(r"\s", "", re.search(r"<code>([A-Z2-7 ]+)</code>", shown.text)[1])
    wrong = filled(gate, "/code", cookie, code="000000")
    assert (wrong.status, "不对" in wrong.text) == (403, True)
    cookie = cookie_of(filled(gate, "/code", cookie, code=code_now(secret)))
    assert ask(gate, "/accounts", cookie=cookie, **PAGE).place.startswith("/password")
    assert inner.scopes == []

    fields = {"old": first, "new": PASSWORD, "again": PASSWORD}
    assert "已修改" in filled(gate, "/password", cookie, **fields).text
    assert ask(gate, "/accounts", cookie=cookie, **PAGE).text == "inner"


def test_display_reaches_the_wall_and_nothing_else(book: Book) -> None:
    gate, inner = gate_of(book)
    with acts(AT_THE_SERVER):
        token = accounts.make_display(book, "会议室")
    opened = ask(gate, f"/display/{token}?room=large", **PAGE)
    assert (opened.status, opened.place) == (303, "/wall?room=large")
    cookie = cookie_of(opened)

    assert ask(gate, "/wall?room=large", cookie=cookie, **PAGE).text == "inner"
    assert ask(gate, "/", cookie=cookie, **PAGE).place == "/wall"
    for path in ("/rankings", "/accounts", "/_stcore/upload_file/a/b", "/password"):
        assert ask(gate, path, cookie=cookie, method="GET").status in (303, 403), path
    assert len(inner.scopes) == 1
    with acts(AT_THE_SERVER):
        accounts.revoke_display(book, "会议室")
    assert ask(gate, "/wall", cookie=cookie).status == 401
    assert ask(gate, f"/display/{token}", **PAGE).status == 403
