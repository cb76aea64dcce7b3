"""The short answers of the gate itself, and what it says of a start that failed."""

from tally.gate.asking import ENDED_CODE, Caller, Message, Receive, Scope, Send, header


async def say(send: Send, status: int, sentence: str) -> None:
    """Answer with one sentence."""
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": sentence.encode()})


async def redirect(send: Send, place: str, status: int = 303) -> None:
    """Lead to another place of this server."""
    headers = [(b"location", place.encode("latin-1", "replace"))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


async def refuse_socket(scope: Scope, receive: Receive, send: Send) -> None:
    """Close a socket before the app hears of it.

    A page is told by a code of ours, upon which it goes to the log-in; whoever shows no origin is
    no page and is not even accepted.
    """
    await receive()
    if not header(scope["headers"], "origin"):
        await send({"type": "websocket.close", "code": 1008})
        return
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.close", "code": ENDED_CODE})


def asked_of(scope: Scope) -> str:
    """Return path and query as they were asked."""
    query = scope["query_string"].decode("latin-1")
    return f"{scope['path']}?{query}" if query else str(scope["path"])


def wants_page(scope: Scope, caller: Caller) -> bool:
    """Tell whether a browser asks for a page to be shown; all else is asked by a program."""
    is_reading = scope["method"] in ("GET", "HEAD") and bool(caller.address)
    return is_reading and "text/html" in header(scope["headers"], "accept")


def plainly(send: Send) -> Send:
    """Return `send` with a failed start told by its last line, not by a traceback."""

    async def plain(message: Message) -> None:
        if message["type"] == "lifespan.startup.failed":
            last_line = message["message"].strip().splitlines()[-1]
            message = {**message, "message": last_line.partition(": ")[2] or last_line}
        await send(message)

    return plain
