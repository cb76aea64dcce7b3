"""What every answer wears: security headers, and our page in place of Streamlit's index."""

import re
from collections.abc import Callable
from pathlib import Path

from tally.gate.asking import Caller, Headers, Message, Scope, Send, header
from tally.gate.index import first_page, policy

POLICY = b"content-security-policy"
# The one folder whose files carry a hash in their name and no data: worth caching.
CACHED_FOLDER = "/static/"
HSTS_SECONDS = 31_536_000


class Dressing:
    """`index` is the page Streamlit would serve, `tile_origin` the one other host for pictures."""

    def __init__(self, index: Path, tile_origin: Callable[[], str]) -> None:
        page = first_page(index.read_text("utf-8"))
        self.page = page.encode()
        self.policy = policy(page)
        self.tile_origin = tile_origin

    def dressed(self, scope: Scope, send: Send, caller: Caller) -> Send:
        """Return `send` with our headers on the answer of the app, and our page for its index."""
        is_index = False

        async def dressing(message: Message) -> None:
            nonlocal is_index
            if message["type"] == "http.response.start":
                is_index = _is_index(scope, message)
                headers = self._index_headers() if is_index else list(message["headers"])
                await send({**message, "headers": self._worn(scope, caller, headers)})
            elif not is_index:
                await send(message)
            elif not message.get("more_body", False):
                body = b"" if scope["method"] == "HEAD" else self.page
                await send({"type": "http.response.body", "body": body})

        return dressing

    def dressed_only(self, scope: Scope, send: Send, caller: Caller) -> Send:
        """Return `send` with our headers on an answer of the gate; a policy of its own stays."""

        async def dressing(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message["headers"])
                worn = self._worn(scope, caller, headers)
                own = [pair for pair in headers if pair[0].lower() == POLICY]
                if own:
                    worn = [*(pair for pair in worn if pair[0] != POLICY), *own]
                message = {**message, "headers": worn}
            await send(message)

        return dressing

    def _worn(self, scope: Scope, caller: Caller, headers: Headers) -> Headers:
        own = self._own_headers(scope, caller)
        names = {name for name, _ in own}
        return [*((name, value) for name, value in headers if name.lower() not in names), *own]

    def _index_headers(self) -> Headers:
        return [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"content-length", str(len(self.page)).encode()),
        ]

    def _own_headers(self, scope: Scope, caller: Caller) -> Headers:
        host = header(scope["headers"], "host")
        # Not every browser served counts a websocket to the same host as 'self'.
        is_plain = re.fullmatch(r"[\w.:\[\]-]+", host, flags=re.ASCII)
        sockets = f"ws://{host} wss://{host}" if is_plain else ""
        tiles = f" {origin}" if (origin := self.tile_origin()) else ""
        told = self.policy.format(sockets=sockets, tiles=tiles)
        own = [
            (POLICY, told.encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"no-referrer"),
        ]
        if caller.is_secure:
            own.append((b"strict-transport-security", f"max-age={HSTS_SECONDS}".encode()))
        if not scope["path"].startswith(CACHED_FOLDER):
            own.append((b"cache-control", b"no-store"))
        return own


def _is_index(scope: Scope, start: Message) -> bool:
    """Tell whether an answer is Streamlit's index page, which it serves for every page's path."""
    is_page = header(start["headers"], "content-type").startswith("text/html")
    is_file = scope["path"].startswith(("/media/", "/component/", "/_stcore/"))
    return start["status"] == 200 and is_page and not is_file
