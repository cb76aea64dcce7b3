"""The gate asked in process, as the web server asks it, with a caller from any address."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

from tally.accounts import Access, Book
from tally.gate import Gate, Message, Receive, Scope, Send
from tests.accounts.people import PASSWORD

LOCAL, OFFICE, PROXY = "127.0.0.1", "10.1.2.3", "10.0.0.2"
PAGE = {"accept": "text/html"}
HIDDEN = re.compile(r'name="mark" value="([^"]*)"')


class Inner:
    """An app behind the gate that answers in a word, and keeps what reached it."""

    def __init__(self) -> None:
        self.scopes: list[Scope] = []
        self.bodies: list[bytes] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scopes.append(scope)
        if scope["type"] == "websocket":
            await self._talk(receive, send)
            return
        self.bodies.append((await receive()).get("body", b""))
        headers = [(b"content-type", b"text/plain")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"inner"})

    async def _talk(self, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        while (message := await receive())["type"] == "websocket.receive":
            await send({"type": "websocket.send", "bytes": message["bytes"]})

    def told(self, name: str) -> list[str]:
        """Return the values of a header of the newest request."""
        headers = self.scopes[-1]["headers"]
        return [value.decode() for key, value in headers if key.decode() == name]


class Answer:
    """What came back over http."""

    def __init__(self, messages: list[Message]) -> None:
        start, *rest = messages
        self.status: int = start["status"]
        pairs = [(name.decode(), value.decode()) for name, value in start["headers"]]
        self.headers = dict(pairs)
        self.cookies = [value for name, value in pairs if name == "set-cookie"]
        self.text = b"".join(part.get("body", b"") for part in rest).decode()

    @property
    def place(self) -> str:
        """Where the answer leads."""
        return self.headers.get("location", "")


def elsewhere(work: Callable[[], Awaitable[Any]]) -> Any:
    """Run in a thread of its own: a browser of another test keeps an event loop in this one."""

    async def waited() -> Any:
        return await work()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(waited())).result()


def scope_of(
    kind: str, path: str, address: str, headers: dict[str, str], method: str = "GET"
) -> Scope:
    """Return a request as the web server hands it over."""
    place, _, query = path.partition("?")
    named = {"host": "board.example", **headers}
    pairs = [(name.lower().encode(), value.encode("utf-8")) for name, value in named.items()]
    return {
        "type": kind,
        "path": place,
        "raw_path": place.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "method": method,
        "scheme": "http" if kind == "http" else "ws",
        "headers": pairs,
        "client": (address, 40_000),
        "server": ("board.example", 80),
    }


def ask(
    gate: Gate,
    path: str,
    *,
    address: str = LOCAL,
    method: str = "GET",
    form: dict[str, str] | None = None,
    **headers: str,
) -> Answer:
    """Ask the gate for a path; a form is posted."""
    body = urlencode(form or {}).encode()
    method = "POST" if form is not None else method
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    scope = scope_of("http", path, address, named, method)
    messages: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        messages.append(message)

    elsewhere(lambda: gate(scope, receive, send))
    return Answer(messages)


def gate_of(book: Book, access: Access | None = None) -> tuple[Gate, Inner]:
    """Return a gate that looks at sockets every 20 ms, and the app behind it."""
    inner = Inner()
    return Gate(inner, lambda: book, access, check_seconds=0.02), inner


def cookie_of(answer: Answer, name: str = "tally") -> str:
    """Return `name=value` of a cookie that an answer sets."""
    return next(one.split(";")[0] for one in answer.cookies if one.startswith(f"{name}="))


def filled(gate: Gate, place: str, cookie: str = "", **fields: str) -> Answer:
    """Open a form and send it in, as a browser does."""
    shown = ask(gate, place, cookie=cookie, **PAGE)
    mark = HIDDEN.search(shown.text)
    assert mark, shown.text
    both = "; ".join(filter(None, (cookie, cookie_of(shown, "tally_form"))))
    form = {"mark": mark[1], "next": "/rankings?month=2022-09", **fields}
    return ask(gate, place.partition("?")[0], form=form, cookie=both)


def logged_in(gate: Gate, name: str = "office") -> str:
    """Log in by the form; return the cookie."""
    answer = filled(gate, "/login", account=name, password=PASSWORD)
    assert answer.status == 303, answer.text
    return cookie_of(answer)
