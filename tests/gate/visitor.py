"""Visitors of a running server: a browser's http without a screen, and its socket."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from tests.accounts.people import PASSWORD

MARK = re.compile(r'name="mark" value="([^"]*)"')
SECONDS = 30


@contextmanager
def visitor(address: str, account: str = "") -> Iterator[httpx.Client]:
    """Give a client with cookies of its own, logged in when an account is named."""
    with httpx.Client(base_url=address, timeout=SECONDS, headers={"accept": "text/html"}) as client:
        if account:
            log_in(client, account)
        yield client


def log_in(client: httpx.Client, account: str) -> None:
    """Log in by the form, as a browser does."""
    mark = MARK.search(client.get("/login").text)
    assert mark
    form = {"mark": mark[1], "account": account, "password": PASSWORD}
    assert client.post("/login", data=form).status_code == 303


@contextmanager
def socket_of(
    client: httpx.Client, session: str = "", **headers: str
) -> Iterator[ClientConnection]:
    """Give the socket that a page of this visitor opens, taking a session up when one is named."""
    address = str(client.base_url).rstrip("/")
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    words = ["streamlit", "token", session] if session else ["streamlit", "token"]
    told = {"Cookie": cookies, **{name.replace("_", "-"): value for name, value in headers.items()}}
    with connect(
        f"{address.replace('http', 'ws')}/_stcore/stream",
        additional_headers=told,
        origin=address,
        subprotocols=words,
        max_size=None,
    ) as socket:
        yield socket


def run(socket: ClientConnection, page: str = "") -> str:
    """Let the page be drawn; return the id of the session that drew it."""
    asked = BackMsg()
    asked.rerun_script.query_string = ""
    asked.rerun_script.page_name = page
    socket.send(asked.SerializeToString())
    session = ""
    while True:
        told = ForwardMsg()
        told.ParseFromString(socket.recv(timeout=SECONDS))
        if told.WhichOneof("type") == "new_session":
            session = told.new_session.initialize.session_id
        if told.WhichOneof("type") == "script_finished":
            return session
