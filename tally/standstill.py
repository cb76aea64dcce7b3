"""The page in place of every other while the data is damaged: what is at risk, and what to do.

Pure ASGI and in front of all else: no figure, no upload, no websocket gets past it.
"""

import asyncio
import html
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = b"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
# As large on a wall of 3840x2160 as on a desk: a share of the window's shorter side.
STYLE = (
    "body{font:max(1.5rem,2.2vmin)/1.7 'Noto Sans CJK SC','Microsoft YaHei',sans-serif;"
    "margin:8vh 10vw;color:#1f2328;background:#fff}h1{font-size:1.6em}h1.wrong{color:#b42318}"
    "code{background:#f1f3f5;padding:.1em .4em;font-size:.87em}li{margin:.3em 0}"
)
AGAIN_SECONDS, AWAY_SECONDS = 2, 5
# Ours, from the range that browsers leave to applications: the page asks for itself anew.
AGAIN_CODE = 4503
COMMANDS = (
    ("python3 manage.py verify", "逐项核对"),
    ("python3 manage.py restore --replay", "恢复最近的完好备份，并从原始文件补上其后的发布"),
    ("python3 manage.py run", "恢复后停止并重新启动看板"),
)
ASKED = "<p>请系统管理员在服务器上处理，原有文件一律保留：</p>"


@dataclass(frozen=True)
class Trouble:
    """Why nothing is shown, what it concerns, and the commands that help, each with its use.

    `probe` is what `/healthz` answers; the page asks again after `again_seconds`, if that is set.
    """

    sentence: str
    remarks: Sequence[str] = ()
    commands: Sequence[tuple[str, str]] = ()
    heading: str = "数据有损，暂不显示任何数字"
    probe: str = "store"
    again_seconds: int = 0


CROWDED = Trouble(
    "同时查看的人已到上限，请稍后再试；已经打开的页面不受影响。", heading="现在看的人太多"
)


def damaged(sentence: str, remarks: Sequence[str]) -> Trouble:
    """Return what is said of a home that is damaged, and what helps."""
    return Trouble(sentence, remarks, COMMANDS)


class Stopped:
    """A server that shows nothing: the home is damaged or was not opened, `error` says how."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def is_healthy(self) -> bool:
        """Whether the store answers."""
        return False

    def stop(self) -> None:
        """Let go of nothing: nothing is held."""


def stopped(error: Exception) -> Trouble:
    """Return what is said of a home that is damaged (its error has `remarks`) or not opened."""
    if isinstance(remarks := getattr(error, "remarks", None), tuple):
        return damaged(str(error), remarks)
    sentence = str(error) if isinstance(error, RuntimeError) else "详情见 tally.log"
    return Trouble(sentence, commands=(COMMANDS[0], COMMANDS[-1]), heading="看板没有启动")


def examined(read_count: int, all_count: int) -> str:
    """Say how many of the rows were examined."""
    if read_count == all_count:
        return "正在打开数据"
    return f"正在逐行核对数据，已核对 {read_count * 100 // all_count}%（共 {all_count} 行）"


def away(sentence: str) -> Trouble:
    """Return what is said while a shared store cannot be reached; the page comes back with it."""
    return Trouble(sentence, heading="数据库暂时连不上", again_seconds=AWAY_SECONDS)


def beginning(progress: str) -> Trouble:
    """Return what is said while the server starts: how far it is, and that the page follows."""
    return Trouble(
        progress,
        ("完成后自动打开，不用刷新",),
        heading="争先看板正在启动",
        probe="starting",
        again_seconds=AGAIN_SECONDS,
    )


def page_of(trouble: Trouble) -> bytes:
    """Return the page that says it."""
    remarks = "".join(f"<li>{html.escape(line)}</li>" for line in trouble.remarks)
    commands = "".join(
        f"<li>{html.escape(use)}：<code>{html.escape(command)}</code></li>"
        for command, use in trouble.commands
    )
    again = f'<meta http-equiv="refresh" content="{trouble.again_seconds}">'
    mark = ' class="wrong"' if commands else ""
    head = f"{again if trouble.again_seconds else ''}<style>{STYLE}</style>"
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>争先看板</title>'
        f"{head}</head><body><h1{mark}>{html.escape(trouble.heading)}</h1>"
        f"<p>{html.escape(trouble.sentence)}</p><ul>{remarks}</ul>"
        f"{ASKED if commands else ''}<ol>{commands}</ol></body></html>"
    ).encode()


class Crowd:
    """ASGI middleware: turns new viewers away while too many look at once; nobody is cut off.

    A viewer holds one websocket as long as the page stands open.
    """

    def __init__(self, app: Application, viewers_max: int) -> None:
        self.app = app
        self.viewers_max = viewers_max
        self.viewer_count = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 稍后再试 in place of the app while there is no room."""
        is_viewer = scope["type"] == "websocket"
        if self.viewer_count >= self.viewers_max and (is_viewer or _asks_for_a_page(scope)):
            await _answer(scope, receive, send, CROWDED)
        elif is_viewer:
            self.viewer_count += 1
            try:
                await self.app(scope, receive, send)
            finally:
                self.viewer_count -= 1
        else:
            await self.app(scope, receive, send)


def _asks_for_a_page(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["path"].rstrip("/") == "/healthz":
        return False
    accepted = [value for name, value in scope["headers"] if name.lower() == b"accept"]
    return any(b"text/html" in value for value in accepted)


class Standstill:
    """ASGI middleware: `trouble` is asked at every request and returns None when all is well.

    It is asked at every message of a socket too, so that a page of before the trouble says it as
    well, and comes back by itself. In a thread: a store that is far may take its time to answer.
    """

    def __init__(self, app: Application, trouble: Callable[[], Trouble | None]) -> None:
        self.app = app
        self.trouble = trouble

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer in place of the app while there is trouble."""
        is_asked = scope["type"] != "lifespan"
        if is_asked and (trouble := await asyncio.to_thread(self.trouble)):
            await _answer(scope, receive, send, trouble)
        elif scope["type"] == "websocket":
            socket = _Socket(receive, send, self.trouble)
            await self.app(scope, socket.receive, socket.send)
        else:
            await self.app(scope, receive, send)


class _Socket:
    """Receive and send of a page's socket, which ends with the first message amid trouble."""

    def __init__(self, receive: Receive, send: Send, trouble: Callable[[], Trouble | None]) -> None:
        self._receive, self._send, self._trouble = receive, send, trouble
        self._has_ended = False

    async def receive(self) -> Message:
        """Return the next message; a disconnect when there is trouble."""
        message = await self._receive()
        is_talk = message["type"] == "websocket.receive" and not self._has_ended
        if not is_talk or not await asyncio.to_thread(self._trouble):
            return message
        self._has_ended = True
        await self._send({"type": "websocket.close", "code": AGAIN_CODE})
        return {"type": "websocket.disconnect", "code": AGAIN_CODE}

    async def send(self, message: Message) -> None:
        """Pass a message on until the end: the app may still be drawing."""
        if not self._has_ended:
            await self._send(message)


async def _answer(scope: Scope, receive: Receive, send: Send, trouble: Trouble) -> None:
    """Refuse a websocket, and answer everything else with the page."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1013})
        return
    is_probe = scope["path"].rstrip("/") == "/healthz"
    body = trouble.probe.encode() if is_probe else page_of(trouble)
    kind = b"text/plain" if is_probe else b"text/html; charset=utf-8"
    headers = [
        (b"content-type", kind),
        (b"content-length", str(len(body)).encode()),
        (b"content-security-policy", POLICY),
        (b"x-content-type-options", b"nosniff"),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    sent = b"" if scope["method"] == "HEAD" else body
    await send({"type": "http.response.body", "body": sent})
