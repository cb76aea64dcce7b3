"""The gate of a running server: every route of Streamlit, and whose session a session is."""

import json
import re
import subprocess
import sys
import time

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from manage import ROOT
from tally import accounts
from tally.accounts import key_of
from tally.gate.asking import ENDED_CODE, IDENTITY_HEADER
from tally.viewers import AT_THE_SERVER, acts
from tests.gate.conftest import Guarded
from tests.gate.visitor import run, socket_of, visitor

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# Routes that answer everybody, and carry nothing: our own health, and Streamlit's program.
OPEN = {"/healthz", "/favicon.png"}
TRIES = 20
LIST_ROUTES = """
import json, streamlit as st
from starlette.routing import Mount, Route, WebSocketRoute
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes
runtime = st.App("tally/frame.py")._create_runtime()
print(json.dumps([(type(one).__name__, one.path) for one in create_streamlit_routes(runtime)]))
"""


@pytest.fixture(scope="module")
def routes() -> list[tuple[str, str]]:
    """Return kind and path of every route that Streamlit serves."""
    command = [sys.executable, "-c", LIST_ROUTES]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    return [(kind, path) for kind, path in json.loads(told.splitlines()[-1])]


def test_every_route_refuses_the_anonymous(guarded: Guarded, routes: list[tuple[str, str]]) -> None:
    paths = [re.sub(r"{[^}]*}", "x", path) for kind, path in routes if kind != "WebSocketRoute"]
    pages = [f"/{path.stem}" for path in (ROOT / "pages").glob("*/*.py")]
    assert len(paths) > 10 and len(pages) > 20
    let_in = []
    with visitor(guarded.address) as anonymous:
        for path in [*dict.fromkeys((*paths, *pages, "/", "/%2e%2e/", "//", "/media/../x"))]:
            for method in METHODS if path in paths else ("GET",):
                answer = anonymous.request(method, path or "/", content=b"x" * 4096)
                is_led = answer.headers.get("location", "").startswith("/login?")
                is_refused = answer.status_code in (401, 404) or is_led
                if not is_refused and path not in OPEN:
                    let_in.append((method, path, answer.status_code))
        assert anonymous.get("/healthz").text == "ok"

    assert let_in == []


def test_socket_routes_refuse_the_anonymous(
    guarded: Guarded, routes: list[tuple[str, str]]
) -> None:
    sockets = [path for kind, path in routes if kind == "WebSocketRoute"]
    assert sockets
    for path in sockets:
        with pytest.raises(InvalidStatus, match="403"):
            connect(f"{guarded.address.replace('http', 'ws')}{path}")
    with visitor(guarded.address) as anonymous, socket_of(anonymous) as socket:
        with pytest.raises(ConnectionClosed):
            socket.recv(timeout=10)
        assert socket.close_code == ENDED_CODE


def test_nobody_takes_over_a_session_whose_id_is_known(guarded: Guarded) -> None:
    """With the id and a forged identity, while it is in use and after its socket is gone."""
    taken = 0
    with visitor(guarded.address, "office") as owner, visitor(guarded.address, "leader") as other:
        token = next(value for name, value in owner.cookies.items() if name == "tally")
        with socket_of(owner) as socket:
            session = run(socket)
            assert session
            for _ in range(TRIES // 2):
                with socket_of(other, session, **{IDENTITY_HEADER: key_of(token)}) as taking:
                    taken += run(taking) == session
        for _ in range(TRIES // 2):
            with socket_of(other, session, **{IDENTITY_HEADER: key_of(token)}) as taking:
                taken += run(taking) == session
        with socket_of(owner, session) as back:
            assert run(back) == session, "its owner comes back to it"

    assert taken == 0


def test_disabled_account_is_out_within_a_minute(guarded: Guarded) -> None:
    """Disabled in another process; its next click finds it out, as soon as it is looked up."""
    with visitor(guarded.address, "leaving") as client, socket_of(client) as socket:
        run(socket)
        began = time.monotonic()
        with acts(AT_THE_SERVER):
            accounts.disable(guarded.book, "leaving")
        with pytest.raises(ConnectionClosed):
            while True:
                run(socket)
                time.sleep(0.5)
        assert socket.close_code == ENDED_CODE
        assert time.monotonic() - began < 60
        assert client.get("/").headers["location"].startswith("/login?")
