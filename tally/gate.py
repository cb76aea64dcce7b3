"""What stands before every request: response headers, closed paths, the first page.

Pure ASGI, so that a websocket or a long download is never held back by it.
"""

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

import streamlit

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"

# Streamlit answers these to anyone, and nobody here asks.
CLOSED_PATHS = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")

# Streamlit serves the first page at the root alone, and answers its name in English.
FIRST_PAGE = "/progress"

# The one folder whose files carry a hash in their name and no data: worth caching.
CACHED_FOLDER = "/static/"

# Streamlit 1.67 builds a regular expression with the flag `v` before it draws anything: a
# Chromium 110 stays blank, a Chromium 112 draws every page. Firefox has the flag since 116,
# Safari since 17.
OLDEST_BROWSERS = "Chrome、Edge 112，Firefox 116，Safari 17，或同等内核的国产浏览器（极速模式）"
OLD_BROWSER = f"浏览器版本过旧，无法打开争先看板。请改用以下或更新的版本：{OLDEST_BROWSERS}。"
NO_SCRIPT = "争先看板需要浏览器启用 JavaScript。请在浏览器设置中启用后刷新。"

# Written for the oldest engines: no `let`, no arrow, no template string.
PROBE = (
    "<script>try{new RegExp('','v')}catch(e){document.body.innerHTML="
    f"'<p style=\"margin:3em;font-size:1.5em\">{OLD_BROWSER}</p>'}}</script>"
)
# Told where the server is, Streamlit does not look for it below each page's own address.
ORIGIN = (
    "<script>window.__streamlit={BACKEND_BASE_URL:location.origin,"
    "MAIN_PAGE_BASE_URL:location.origin}</script>"
)
REWRITES = (
    (r'<html lang="en">', '<html lang="zh-CN">'),
    (r"<title>Streamlit</title>", "<title>争先看板</title>"),
    # The font our theme does not use, and the pointer to an endpoint that is closed here.
    (r'<link\s+rel="preload"\s[^>]*as="font"[^>]*>', ""),
    (r'<link rel="service-desc"[^>]*>', ""),
    (r"(<head>\s*<meta[^>]*>)", rf"\1{ORIGIN}"),
    (r"<noscript>.*?</noscript>", f"<noscript><p>{NO_SCRIPT}</p></noscript>"),
    (r"</body>", f"{PROBE}</body>"),
)


def first_page(index: str) -> str:
    """Return Streamlit's index page in our words, with the sentence for old browsers.

    RuntimeError when a passage to be rewritten is not there exactly once: the page is
    then another version's, and serving it half rewritten would hide that.
    """
    for pattern, replacement in REWRITES:
        index, count = re.subn(pattern, replacement, index, flags=re.DOTALL)
        if count != 1:
            raise RuntimeError(f"Streamlit 的首页不是已知版本：{pattern} 出现 {count} 次")
    return index


def policy(page: str) -> str:
    """Return the content security policy for `page`, with `{sockets}` and `{tiles}` left open.

    The page's own inline scripts are admitted by their hashes. `blob:` admits what an
    admitted script builds, deck.gl's workers and the modules of Streamlit components;
    deck.gl compiles WebAssembly, which does not open `eval`.
    """
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    digests = (base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts)
    hashes = " ".join(f"'sha256-{digest}'" for digest in digests)
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' blob: 'wasm-unsafe-eval' {hashes}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:{tiles}",
            "font-src 'self' data:",
            "connect-src 'self' {sockets}{tiles}",
            "worker-src 'self' blob:",
            "frame-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


def _header(headers: Headers, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in headers if key.lower() == name), "")


class Gate:
    """ASGI middleware around the whole app; `index` is the page Streamlit would serve.

    `tile_origin` returns the one other host that a map may ask for pictures, '' for none.
    """

    def __init__(
        self, app: Application, index: Path = INDEX, tile_origin: Callable[[], str] = str
    ) -> None:
        page = first_page(index.read_text("utf-8"))
        self.app = app
        self.page = page.encode()
        self.policy = policy(page)
        self.tile_origin = tile_origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what is closed; pass the rest on and dress the answer.

        Whoever is not logged in will be turned away here as well, before any route,
        upload or websocket is reached.
        """
        if scope["type"] == "lifespan":
            await self.app(scope, receive, _plainly(send))
        elif scope["type"] == "websocket":
            await self.app(scope, receive, send)
        elif scope["path"].startswith(CLOSED_PATHS):
            await self._refuse(scope, send)
        elif scope["path"].rstrip("/") == FIRST_PAGE:
            await self._lead_to_the_root(scope, send)
        else:
            await self.app(scope, receive, self._dressed(scope, send))

    async def _refuse(self, scope: Scope, send: Send) -> None:
        headers = [(b"content-type", b"text/plain; charset=utf-8"), *self._own_headers(scope)]
        await send({"type": "http.response.start", "status": 404, "headers": headers})
        await send({"type": "http.response.body", "body": "没有这个地址".encode()})

    async def _lead_to_the_root(self, scope: Scope, send: Send) -> None:
        place = b"/?" + scope["query_string"] if scope["query_string"] else b"/"
        headers = [(b"location", place), *self._own_headers(scope)]
        await send({"type": "http.response.start", "status": 307, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    def _dressed(self, scope: Scope, send: Send) -> Send:
        """Return `send` with our headers on the answer and our page in place of the index."""
        is_index = False

        async def dressed(message: Message) -> None:
            nonlocal is_index
            if message["type"] == "http.response.start":
                is_index = _is_index(scope, message)
                headers = self._index_headers() if is_index else list(message["headers"])
                own = self._own_headers(scope)
                names = {name for name, _ in own}
                kept = [(name, value) for name, value in headers if name.lower() not in names]
                await send({**message, "headers": [*kept, *own]})
            elif not is_index:
                await send(message)
            elif not message.get("more_body", False):
                body = b"" if scope["method"] == "HEAD" else self.page
                await send({"type": "http.response.body", "body": body})

        return dressed

    def _index_headers(self) -> Headers:
        return [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"content-length", str(len(self.page)).encode()),
        ]

    def _own_headers(self, scope: Scope) -> Headers:
        host = _header(scope["headers"], b"host")
        # Not every browser served counts a websocket to the same host as 'self'.
        is_plain = re.fullmatch(r"[\w.:\[\]-]+", host, flags=re.ASCII)
        sockets = f"ws://{host} wss://{host}" if is_plain else ""
        tiles = f" {origin}" if (origin := self.tile_origin()) else ""
        told = self.policy.format(sockets=sockets, tiles=tiles)
        own = [
            (b"content-security-policy", told.encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"no-referrer"),
        ]
        if not scope["path"].startswith(CACHED_FOLDER):
            own.append((b"cache-control", b"no-store"))
        return own


def _is_index(scope: Scope, start: Message) -> bool:
    """Tell whether an answer is Streamlit's index page, which it serves for every page's path."""
    is_page = _header(start["headers"], b"content-type").startswith("text/html")
    is_file = scope["path"].startswith(("/media/", "/component/", "/_stcore/"))
    return start["status"] == 200 and is_page and not is_file


def _plainly(send: Send) -> Send:
    """Return `send` with a failed start told by its last line, not by a traceback."""

    async def plainly(message: Message) -> None:
        if message["type"] == "lifespan.startup.failed":
            last_line = message["message"].strip().splitlines()[-1]
            message = {**message, "message": last_line.partition(": ")[2] or last_line}
        await send(message)

    return plainly
