"""Log-in by OpenID Connect, against a provider on this machine: the session afterwards is ours."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import RSAKey

from tally import accounts
from tally.accounts import Access, Book, Provider, key_of, standing_of
from tally.gate import Gate
from tally.registry.accounts import change_account
from tally.viewers import AT_THE_SERVER, acts
from tests.gate.asking import PAGE, Answer, Inner, ask
from tests.gate.provider import LoopbackProvider, loopback_provider


@pytest.fixture(scope="module")
def provider() -> Iterator[LoopbackProvider]:
    with loopback_provider() as running:
        yield running


@pytest.fixture
def gate(book: Book, provider: LoopbackProvider) -> Gate:
    """A gate that knows the provider, before an app that answers in a word."""
    provider.claims, provider.signing = {}, provider.key
    told = Provider("市统一认证", provider.metadata, "tally", "secret")
    return Gate(Inner(), lambda: book, Access(provider=told))


def sent_there(gate: Gate) -> tuple[dict[str, str], str]:
    """Go to the provider; return what it is asked, and the cookie of the way."""
    answer = ask(gate, "/oidc", **PAGE)
    assert answer.status == 302, answer.text
    asked = {name: values[0] for name, values in parse_qs(urlsplit(answer.place).query).items()}
    return asked, answer.cookies[0].split(";")[0]


def come_back(gate: Gate, provider: LoopbackProvider, **claims: Any) -> Answer:
    """Log in at the provider and come back with its code."""
    asked, cookie = sent_there(gate)
    provider.claims = {"nonce": asked["nonce"], "preferred_username": "office", **claims}
    return ask(gate, f"/oidc/back?code=one&state={asked['state']}", cookie=cookie, **PAGE)


def test_log_in_page_leads_to_the_provider_by_name(gate: Gate) -> None:
    assert "用市统一认证登录" in ask(gate, "/login", **PAGE).text


def test_named_person_is_let_in_with_a_session_of_our_own(
    gate: Gate, book: Book, provider: LoopbackProvider
) -> None:
    answer = come_back(gate, provider)
    assert (answer.status, answer.place) == (303, "/")
    token = next(one for one in answer.cookies if one.startswith("tally=")).split(";")[0][6:]
    standing = standing_of(book, key_of(token))
    assert standing is not None
    assert standing.account == "office"
    assert ask(gate, "/", cookie=f"tally={token}").text == "inner"
    assert {"code", "code_verifier", "redirect_uri"} <= set(provider.asked)

    with acts(AT_THE_SERVER):
        accounts.disable(book, "office")
    assert ask(gate, "/", cookie=f"tally={token}").status == 401
    assert come_back(gate, provider).status == 403


def test_account_can_be_known_there_by_another_name(
    gate: Gate, book: Book, provider: LoopbackProvider
) -> None:
    with book.registry.writing() as connection:
        change_account(connection, "office", external="U-10086")

    assert come_back(gate, provider, preferred_username="U-10086").status == 303
    assert come_back(gate, provider).status == 403, "its own name means nobody there any more"


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"aud": "another"},
        {"iss": "http://another"},
        {"exp": 1_000_000_000},
        {"preferred_username": ""},
        {"preferred_username": "stranger"},
    ],
    ids=str,
)
def test_token_that_is_not_for_this_log_in_lets_nobody_in(
    gate: Gate, provider: LoopbackProvider, claims: dict[str, Any]
) -> None:
    answer = come_back(gate, provider, **claims)

    assert answer.status == 403
    assert answer.cookies == []


def test_token_signed_by_somebody_else_lets_nobody_in(
    gate: Gate, provider: LoopbackProvider
) -> None:
    provider.signing = RSAKey.generate_key(2048, {"kid": "one"})
    assert come_back(gate, provider).status == 403


def test_way_back_is_good_once_and_for_the_browser_that_went(
    gate: Gate, provider: LoopbackProvider
) -> None:
    asked, cookie = sent_there(gate)
    provider.claims = {"nonce": asked["nonce"], "preferred_username": "office"}
    place = f"/oidc/back?code=one&state={asked['state']}"

    assert ask(gate, place, **PAGE).status == 403
    assert ask(gate, f"{place}x", cookie=cookie, **PAGE).status == 403
    assert ask(gate, place, cookie=cookie, **PAGE).status == 403


def test_provider_that_does_not_answer_is_said_so(book: Book) -> None:
    told = Provider("市统一认证", "http://127.0.0.1:9/none", "tally", "secret")
    gate = Gate(Inner(), lambda: book, Access(provider=told))

    answer = ask(gate, "/oidc", **PAGE)
    assert (answer.status, "没有应答" in answer.text) == (502, True)
