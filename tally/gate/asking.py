"""Who asks: address, encryption, what the browser holds, whom a unit's gateway names."""

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any

from tally.accounts import Access

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

# Streamlit takes its `st.user` from this header and binds its sessions to it; it is set in
# `.streamlit/config.toml`, and what a client sends under that name never reaches Streamlit.
IDENTITY_HEADER, IDENTITY_KEY = "x-tally-session", "session"
# A name with this beginning is taken by browsers only over https and for this host alone.
SECURE_COOKIE, PLAIN_COOKIE = "__Host-tally", "tally"
# Ours, from the range that browsers leave to applications.
ENDED_CODE = 4401


@dataclass(frozen=True)
class Caller:
    """Who asks: `token` is what the browser holds, `identity` whom a trusted gateway names."""

    address: str
    is_secure: bool
    token: str
    identity: str

    @property
    def cookie(self) -> str:
        """The name of the cookie that holds the token."""
        return SECURE_COOKIE if self.is_secure else PLAIN_COOKIE


def header(headers: Headers, name: str) -> str:
    """Return a header's value, '' when it is not there."""
    wanted = name.encode()
    return next((value.decode("latin-1") for key, value in headers if key.lower() == wanted), "")


def caller_of(scope: Scope, access: Access) -> Caller:
    """Tell who asks; what is forwarded is believed of the unit's own gateways alone."""
    headers: Headers = scope["headers"]
    peer = (scope.get("client") or ("",))[0]
    address, is_secure, identity = peer, scope.get("scheme") in ("https", "wss"), ""
    if access.is_proxy(peer):
        named = header(headers, "x-forwarded-for").split(",")
        hops = [hop.strip() for hop in reversed(named) if hop.strip()]
        address = next((hop for hop in hops if not access.is_proxy(hop)), (hops or [peer])[-1])
        is_secure = is_secure or header(headers, "x-forwarded-proto") in ("https", "wss")
        if access.identity_header:
            identity = header(headers, access.identity_header).strip()
    cookie = SECURE_COOKIE if is_secure else PLAIN_COOKIE
    return Caller(address, is_secure, cookies_of(headers).get(cookie, ""), identity)


def cookies_of(headers: Headers) -> dict[str, str]:
    """Return the cookies of a request; what cannot be read is none."""
    jar: SimpleCookie = SimpleCookie()
    for part in header(headers, "cookie").split(";"):
        try:
            jar.load(part.strip())
        except CookieError:
            continue
    return {name: morsel.value for name, morsel in jar.items()}


def as_passed_on(scope: Scope, caller: Caller, access: Access, key: str) -> Scope:
    """Return a request as Streamlit is to see it: who asks by our word, not by the client's."""
    taken = {IDENTITY_HEADER.encode(), access.identity_header.encode()}
    headers = [(name, value) for name, value in scope["headers"] if name.lower() not in taken]
    headers.append((IDENTITY_HEADER.encode(), key.encode()))
    port = (scope.get("client") or ("", 0))[1]
    return {**scope, "headers": headers, "client": (caller.address, port)}
