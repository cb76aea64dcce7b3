"""What stands in place of every page: damaged data, or too many viewers at once."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tally.standstill import (
    AGAIN_CODE,
    Crowd,
    Message,
    Receive,
    Scope,
    Send,
    Standstill,
    Trouble,
    beginning,
)


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """Return what comes of it, in a thread of its own: this one may have a loop that runs."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


TROUBLE = Trouble("账本损坏", ("涉及 2022-09 <b>",), (("manage.py restore", "恢复"),))
PAGE = {"type": "http", "method": "GET", "path": "/", "headers": [(b"accept", b"text/html")]}
SOCKET = {"type": "websocket", "path": "/_stcore/stream", "headers": []}


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer in a word; hold a socket until it is told to end."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        await receive()
    else:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"figures"})


async def asked(guard: Any, scope: Scope, end: asyncio.Event | None = None) -> list[Message]:
    """Return what a guard sends for a request; a socket stays open until its end."""
    sent: list[Message] = []

    async def receive() -> Message:
        if end:
            await end.wait()
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    await guard(scope, receive, send)
    return sent


def test_socket_of_before_the_trouble_ends_with_its_next_message() -> None:
    now: list[Trouble | None] = [None]
    told = [{"type": "websocket.receive", "bytes": b"click"}] * 2
    heard: list[Message] = []

    async def talking(scope: Scope, receive: Receive, send: Send) -> None:
        heard.append(await receive())
        await send({"type": "websocket.send", "bytes": b"figures"})
        now[0] = TROUBLE
        heard.append(await receive())
        await send({"type": "websocket.send", "bytes": b"figures"})

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return told.pop()

    run(Standstill(talking, lambda: now[0])(SOCKET, receive, send))
    assert [one["type"] for one in heard] == ["websocket.receive", "websocket.disconnect"]
    assert [one["type"] for one in sent] == ["websocket.send", "websocket.close"]
    assert sent[1]["code"] == AGAIN_CODE


@pytest.mark.parametrize("path", ["/", "/rankings", "/media/x", "/_stcore/upload_file/a/b"])
def test_trouble_stands_before_every_page_and_socket(path: str) -> None:
    guard = Standstill(app, lambda: TROUBLE)
    start, body = run(asked(guard, {**PAGE, "path": path}))
    [refusal] = run(asked(guard, SOCKET))

    assert start["status"] == 503
    assert "账本损坏" in body["body"].decode()
    assert "manage.py restore" in body["body"].decode()
    assert b"figures" not in body["body"] and b"<b>" not in body["body"]
    assert refusal["type"] == "websocket.close"


def test_beginning_says_how_far_it_is_and_opens_by_itself() -> None:
    guard = Standstill(app, lambda: beginning("已核对 40%"))
    page = run(asked(guard, PAGE))[1]["body"].decode()
    start, probe = run(asked(guard, {**PAGE, "path": "/healthz"}))

    assert "已核对 40%" in page and "自动打开" in page
    assert '<meta http-equiv="refresh" content="2">' in page
    assert (start["status"], probe["body"]) == (503, b"starting")


def test_without_trouble_everything_passes() -> None:
    _, body = run(asked(Standstill(app, lambda: None), PAGE))

    assert body["body"] == b"figures"


def test_viewer_beyond_the_limit_is_told_to_come_later() -> None:
    async def crowd_comes() -> tuple[list[Message], ...]:
        guard, end = Crowd(app, viewers_max=1), asyncio.Event()
        first = asyncio.create_task(asked(guard, SOCKET, end))
        await asyncio.sleep(0)
        second, page = await asked(guard, SOCKET), await asked(guard, PAGE)
        health = await asked(guard, {**PAGE, "path": "/healthz"})
        end.set()
        return await first, second, page, health, await asked(guard, PAGE)

    first, second, page, health, later = run(crowd_comes())

    assert [message["type"] for message in first] == ["websocket.accept"], "nobody is cut off"
    assert [message["type"] for message in second] == ["websocket.close"]
    assert page[0]["status"] == 503 and "稍后再试" in page[1]["body"].decode()
    assert (health[0]["status"], later[0]["status"]) == (200, 200)
