"""A real nginx with the configuration that we ship, in front of a real server with accounts."""

import re
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from websockets.sync.client import ClientConnection, connect

from tally.accounts import key_of
from tally.gate.asking import IDENTITY_HEADER, SECURE_COOKIE
from tests.accounts.people import told
from tests.gate.conftest import PUBLIC_NAME, Guarded
from tests.gate.proxy import NGINX, running_nginx, shipped
from tests.gate.visitor import SECONDS, log_in, run

pytestmark = [
    pytest.mark.nginx,
    pytest.mark.skipif(not NGINX, reason="no nginx here (Debian: apt install nginx)"),
]

MEGABYTE = 1024 * 1024
ONCE = ("content-security-policy", "strict-transport-security", "x-content-type-options")


@dataclass(frozen=True)
class Proxied:
    """A server as it is reached through nginx; `folder` holds what nginx wrote.

    `trust` is a browser's; `socket_trust` speaks TLS 1.2: the client's reading thread would take up
    what TLS 1.3 sends after the handshake while the other writes, and hang with it now and then.
    """

    port: int
    plain_port: int
    folder: Path
    guarded: Guarded
    trust: ssl.SSLContext
    socket_trust: ssl.SSLContext

    @property
    def host(self) -> str:
        """What a browser sends as Host."""
        return f"{PUBLIC_NAME}:{self.port}"


@pytest.fixture(scope="module")
def proxied(guarded: Guarded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxied]:
    """Return the guarded server as nginx serves it."""
    folder = tmp_path_factory.mktemp("nginx")
    servers = {"127.0.0.1:8501": urlsplit(guarded.address).netloc}
    with running_nginx(folder, servers, shipped("nginx.conf")) as (port, plain_port):
        socket_trust = trusting(folder)
        socket_trust.maximum_version = ssl.TLSVersion.TLSv1_2
        yield Proxied(port, plain_port, folder, guarded, trusting(folder), socket_trust)


def trusting(folder: Path) -> ssl.SSLContext:
    """Return a context that believes the certificate of a test."""
    trust = ssl.create_default_context(cafile=folder / "tally.crt")
    trust.check_hostname = False  # nobody resolves the name here: it is sent, not looked up
    return trust


@contextmanager
def browser_of(proxied: Proxied, account: str = "", **headers: str) -> Iterator[httpx.Client]:
    """Give a browser's http through nginx, logged in when an account is named."""
    sent = {"accept": "text/html", "host": proxied.host}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    base = f"https://127.0.0.1:{proxied.port}"
    with httpx.Client(base_url=base, verify=proxied.trust, timeout=SECONDS, headers=sent) as client:
        if account:
            log_in(client, account)
        yield client


@contextmanager
def socket_through(
    proxied: Proxied, client: httpx.Client, session: str = "", **headers: str
) -> Iterator[ClientConnection]:
    """Give the socket that a page opens through nginx."""
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    told = {"Cookie": cookies, **{name.replace("_", "-"): value for name, value in headers.items()}}
    with connect(
        f"wss://{proxied.host}/_stcore/stream",
        sock=socket.create_connection(("127.0.0.1", proxied.port)),
        ssl=proxied.socket_trust,
        origin=f"https://{proxied.host}",
        additional_headers=told,
        subprotocols=["streamlit", "token", session] if session else ["streamlit", "token"],
        max_size=None,
    ) as opened:
        yield opened


def test_page_and_socket_come_through_under_the_public_name(proxied: Proxied) -> None:
    with browser_of(proxied, "office") as client:
        assert SECURE_COOKIE in client.cookies
        page = client.get("/")
        assert (page.status_code, "争先看板" in page.text) == (200, True)
        with socket_through(proxied, client) as opened:
            assert run(opened)


def test_anonymous_are_led_to_the_log_in_by_https(proxied: Proxied) -> None:
    with browser_of(proxied) as anonymous:
        assert anonymous.get("/rankings").headers["location"].startswith("/login?next=")
        plain = httpx.get(f"http://127.0.0.1:{proxied.plain_port}/", headers={"host": PUBLIC_NAME})

    assert plain.status_code == 301
    assert plain.headers["location"] == f"https://{PUBLIC_NAME}/"


def test_security_headers_come_once(proxied: Proxied) -> None:
    with browser_of(proxied) as anonymous:
        for path in ("/login", "/", "/static/nothing.js"):
            answer = anonymous.get(path)
            counts = {name: len(answer.headers.get_list(name)) for name in ONCE}
            assert counts == dict.fromkeys(ONCE, 1), path
            assert answer.headers["server"] == "nginx", "no version"


def test_upload_is_taken_up_to_its_limit_and_refused_above(proxied: Proxied) -> None:
    with browser_of(proxied, "office") as client, socket_through(proxied, client) as opened:
        session = run(opened)
        client.get("/_stcore/health")
        token = client.cookies["_streamlit_xsrf"]

        def upload(size: int) -> int:
            return client.put(
                f"/_stcore/upload_file/{session}/{size}",
                files={"file": ("大.xlsx", b"x" * size)},
                headers={"X-Xsrftoken": token},
            ).status_code

        assert (upload(19 * MEGABYTE), upload(22 * MEGABYTE)) == (204, 413)


def test_forged_identity_and_address_are_not_believed(proxied: Proxied) -> None:
    forged = {"x_forwarded_for": "10.9.9.9", "x_remote_user": "office"}
    with browser_of(proxied, "office") as owner, browser_of(proxied, "leader", **forged) as other:
        identity = {IDENTITY_HEADER: key_of(owner.cookies[SECURE_COOKIE])}
        with socket_through(proxied, owner) as opened:
            session = run(opened)
            with socket_through(proxied, other, session, **identity) as taking:
                assert run(taking) != session
    with browser_of(proxied, **forged, **identity) as nobody:
        assert nobody.get("/").headers["location"].startswith("/login")

    assert {row.address for row in told(proxied.guarded.book)} <= {"127.0.0.1", "10.1.2.3", ""}


@pytest.mark.parametrize(
    "path", ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/script-health-check"]
)
def test_closed_path_is_not_there(proxied: Proxied, path: str) -> None:
    with browser_of(proxied, "office") as client:
        assert client.get(path).status_code == 404


def test_health_is_answered_to_the_machine_itself(proxied: Proxied) -> None:
    with browser_of(proxied) as watching:
        assert watching.get("/healthz").text == "ok"


def test_no_log_holds_what_opens_or_finds_anything(proxied: Proxied) -> None:
    with browser_of(proxied, "office") as client:
        client.get("/ledger?search=secret-word")
        client.put("/_stcore/upload_file/session-id/file-id", content=b"x")
        client.get("/display/token-of-a-screen")
    log = proxied.folder / "tally.log"
    give_up_at = time.monotonic() + SECONDS
    while "GET /ledger" not in log.read_text("utf-8"):
        assert time.monotonic() < give_up_at, "nothing was logged"
        time.sleep(0.05)

    written = "".join(path.read_text("utf-8") for path in proxied.folder.glob("*.log"))
    assert re.findall(r"secret-word|session-id|token-of-a-screen|upload_file", written) == []
