"""A viewer's socket: it ends with the session, and the anonymous get none."""

import asyncio
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from tally import accounts
from tally.accounts import Book
from tally.gate import Gate, Message
from tally.gate.asking import ENDED_CODE
from tally.gate.socket import is_by_hand
from tally.viewers import AT_THE_SERVER, acts
from tests.gate.asking import LOCAL, ask, elsewhere, gate_of, logged_in, scope_of


def talked(gate: Gate, cookie: str, *, origin: str = "http://board.example") -> list[Message]:
    """Open a socket, send a message, then be silent until the gate or we end it."""
    scope = scope_of("websocket", "/_stcore/stream", LOCAL, {"cookie": cookie, "origin": origin})
    sent: list[Message] = []

    async def talk() -> None:
        waiting = [{"type": "websocket.receive", "bytes": b""}, {"type": "websocket.connect"}]

        async def receive() -> Message:
            if waiting:
                return waiting.pop()
            await asyncio.sleep(10)
            return {"type": "websocket.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)
            if message["type"] == "websocket.send":
                with acts(AT_THE_SERVER):
                    accounts.disable(Book(gate.book().registry, 1, 8), "office")

        await asyncio.wait_for(gate(scope, receive, send), timeout=5)

    elsewhere(talk)
    return sent


def test_disabled_account_loses_its_socket_without_sending_anything(book: Book) -> None:
    """The server looks every 15 seconds, here every 20 ms; the account is closed elsewhere."""
    gate, _ = gate_of(book)
    sent = talked(gate, logged_in(gate))

    assert [one["type"].partition(".")[2] for one in sent] == ["accept", "send", "close"]
    assert sent[-1]["code"] == ENDED_CODE


@pytest.mark.parametrize(("origin", "kinds"), [("", ["close"]), ("http://x", ["accept", "close"])])
def test_socket_of_the_anonymous_never_reaches_the_app(
    book: Book, origin: str, kinds: list[str]
) -> None:
    gate, inner = gate_of(book)
    sent = talked(gate, "tally=guessed", origin=origin)

    assert [one["type"].partition(".")[2] for one in sent] == kinds
    assert inner.scopes == []


def test_registry_that_cannot_be_read_lets_nobody_in(book: Book) -> None:
    gate, inner = gate_of(book)
    cookie = logged_in(gate)
    with book.registry.writing() as connection:
        connection.exec_driver_sql("DROP TABLE session")
    book.forget()

    answer = ask(gate, "/", cookie=cookie)
    assert (answer.status, answer.headers["x-content-type-options"]) == (503, "nosniff")
    assert [one["type"] for one in talked(gate, cookie)] == ["websocket.accept", "websocket.close"]
    assert inner.scopes == []


@pytest.mark.parametrize(
    ("fields", "is_work"),
    [
        ({}, True),
        ({"trigger": '{"step":{"by":1,"at":1,"alone":false}}'}, True),
        ({"trigger": '{"step":{"by":1,"at":1,"alone":true}}'}, False),
        ({"is_auto_rerun": True}, False),
        (None, False),
    ],
    ids=["click", "key on the wall", "turn of the wall", "fragment", "no run"],
)
def test_only_what_a_viewer_does_keeps_the_session_alive(
    fields: dict[str, Any] | None, is_work: bool
) -> None:
    asked = BackMsg()
    if fields is None:
        asked.app_heartbeat = True
    else:
        asked.rerun_script.is_auto_rerun = fields.get("is_auto_rerun", False)
        widget = asked.rerun_script.widget_states.widgets.add()
        widget.json_trigger_value = fields.get("trigger", "")

    assert is_by_hand({"bytes": asked.SerializeToString()}) == is_work
    assert not is_by_hand({"bytes": b"\xff"})
