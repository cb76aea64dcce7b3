"""What stands before every request: who may enter, response headers, closed paths, first page.

Pure ASGI, so that a websocket or a long download is never held back by it.
"""

import asyncio
import logging
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from tally import menu
from tally.accounts import (
    DEMONSTRATION_KEY,
    Access,
    Book,
    Stage,
    Standing,
    deny,
    is_loopback,
    key_of,
    remembered,
    standing_of,
)
from tally.gate.answers import asked_of, plainly, redirect, refuse_socket, say, wants_page
from tally.gate.asking import (
    Application,
    Caller,
    Message,
    Receive,
    Scope,
    Send,
    as_passed_on,
    caller_of,
)
from tally.gate.door import Door
from tally.gate.dressing import Dressing
from tally.gate.forms import unknown_page
from tally.gate.index import INDEX, first_page
from tally.gate.socket import Watched
from tally.page_rights import is_administration
from tally.registry import RegistryUnusable
from tally.viewers import Action

__all__ = [
    "FIRST_PAGE",
    "INDEX",
    "Gate",
    "Message",
    "Receive",
    "Scope",
    "Send",
    "first_page",
]

LOG = logging.getLogger("tally")

# Streamlit answers these to anyone, and nobody here asks; its own log-in is not ours.
CLOSED_PATHS = (
    *("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check"),
    *("/auth/", "/oauth2callback"),
)
# What carries no data: the health of the store, and Streamlit's own program.
OPEN_PATHS = re.compile(r"/healthz|/favicon\.png|/static/[\w.@/-]+")
# Besides the pages of the menu: Streamlit's own, and the files it hands out.
PROGRAM_PATHS = re.compile(r"/(_stcore|media|component)/")
STREAM = "/_stcore/stream"
UPLOADS = "/_stcore/upload_file"
UPLOADING = (Action.SUBMIT, Action.CONFIGURE)
# What a screen on a wall needs, and no more.
WALL = "/wall"
DISPLAY_PATHS = re.compile(
    r"/|/wall/?|/_stcore/(health|host-config|stream)|/media/.*|/component/.*"
    r"|/_stcore/bidi-components/.*"
)

# Streamlit serves the first page at the root alone, and answers its name in English.
FIRST_PAGE = "/progress"

CHECK_SECONDS = 15.0
UNUSABLE = "账号库暂时不能读写，请联系系统管理员；详情见服务器上的 tally.log"
ONLY_HERE = (
    "还没有启用账号，演示只在本机打开。请在服务器上执行 python3 manage.py account create，"
    "再从其他电脑访问"
)
NOT_ENCRYPTED = (
    "口令不能在网上明文传送，请用 https 打开。没有证书、只在可信内网中使用时，"
    "可在 access.toml 中写 plain_http = true"
)


class Gate:
    """ASGI middleware around the whole app; `index` is the page Streamlit would serve.

    `book` gives the accounts of the home, `access` says how the network reaches it, and
    `tile_origin` returns the one other host that a map may ask for pictures, '' for none. A
    socket's session is looked at with every message, and every `check_seconds` between them.
    """

    def __init__(
        self,
        app: Application,
        book: Callable[[], Book],
        access: Access | None = None,
        *,
        index: Path = INDEX,
        tile_origin: Callable[[], str] = str,
        check_seconds: float = CHECK_SECONDS,
    ) -> None:
        self.app = app
        self.book = book
        self.access = access or Access()
        self.door = Door(book, self.access)
        self.dressing = Dressing(index, tile_origin)
        self.check_seconds = check_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Turn away whoever may not enter; pass the others on and dress the answer."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, plainly(send))
            return
        caller = caller_of(scope, self.access)
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send, caller)
            return
        try:
            await self._answer(scope, receive, send, caller)
        except RegistryUnusable:
            LOG.exception("the registry does not answer")
            await say(self.dressing.dressed_only(scope, send, caller), 503, UNUSABLE)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, caller: Caller) -> None:
        path, own = scope["path"], self.dressing.dressed_only(scope, send, caller)
        if path.startswith(CLOSED_PATHS):
            await say(own, 404, "没有这个地址")
        elif OPEN_PATHS.fullmatch(path) and ".." not in path:
            await self._pass_on(scope, receive, send, caller, "")
        elif refusal := await self._unfit(caller):
            await say(own, 403, refusal)
        elif self.door.is_for(path):
            await self.door(scope, receive, own, caller)
        elif (standing := await self.standing(caller)) is None or standing.viewer is None:
            await self._turn_away(scope, own, caller, standing)
        elif refusal := self._forbidden(path, standing, caller):
            await asyncio.to_thread(deny, self.book(), standing.viewer, f"{refusal}：{path}")
            await say(own, 403, refusal)
        elif path.rstrip("/") == FIRST_PAGE or (standing.is_display and path == "/"):
            query = asked_of(scope)[len(path) :]
            await redirect(own, (WALL if standing.is_display else "/") + query, status=307)
        elif wants_page(scope, caller) and not (menu.is_page(path) or PROGRAM_PATHS.match(path)):
            await unknown_page(path)(scope, receive, own)
        else:
            await self._pass_on(scope, receive, send, caller, standing.key)

    async def _pass_on(
        self, scope: Scope, receive: Receive, send: Send, caller: Caller, key: str
    ) -> None:
        passed_on = as_passed_on(scope, caller, self.access, key)
        await self.app(passed_on, receive, self.dressing.dressed(scope, send, caller))

    async def _unfit(self, caller: Caller) -> str:
        """Say why nobody may enter this way: unencrypted from afar, or a bare demonstration."""
        if is_loopback(caller.address):
            return ""
        if not await asyncio.to_thread(lambda: self.book().has_accounts()):
            return ONLY_HERE
        return "" if caller.is_secure or self.access.may_be_plain else NOT_ENCRYPTED

    async def standing(self, caller: Caller) -> Standing | None:
        """Return how the caller's session stands, None without one."""
        if caller.token and not caller.identity:
            known = remembered(self.book(), key_of(caller.token), caller.address)
        else:
            # A browser without a cookie that was let in on the spot: the demonstration.
            is_here = is_loopback(caller.address)
            known = remembered(self.book(), DEMONSTRATION_KEY, caller.address) if is_here else None
        return known or await asyncio.to_thread(self._standing, caller)

    def _standing(self, caller: Caller) -> Standing | None:
        book = self.book()
        if not book.has_accounts():
            is_here = is_loopback(caller.address)
            return standing_of(book, DEMONSTRATION_KEY, caller.address) if is_here else None
        if not caller.token:
            return None
        standing = standing_of(book, key_of(caller.token), caller.address)
        # Whom the gateway names by now is somebody else: the session is not theirs.
        is_another = standing is not None and self.door.names_another(caller, standing)
        return None if is_another else standing

    def _forbidden(self, path: str, standing: Standing, caller: Caller) -> str:
        """Say why a path is closed to somebody who is logged in, or ''."""
        viewer = standing.viewer
        if standing.is_display and not DISPLAY_PATHS.fullmatch(path):
            return "大屏凭证只能打开大屏"
        if viewer and path.startswith(UPLOADS) and not any(map(viewer.may, UPLOADING)):
            return "您没有上传的权限"
        if is_administration(path) and not self.access.may_administer_from(caller.address):
            return "管理页面不能从这个地址打开"
        return ""

    async def _turn_away(
        self, scope: Scope, send: Send, caller: Caller, standing: Standing | None
    ) -> None:
        """Lead a person's browser to the log-in, and give everything else nothing."""
        if not wants_page(scope, caller):
            await say(send, 401, "请先登录")
            return
        if standing is None:
            place = "/gateway" if caller.identity else "/login"
        else:
            place = "/password" if standing.stage is Stage.CHANGE else "/code"
        await redirect(send, f"{place}?next={quote(asked_of(scope), safe='')}")

    async def _socket(self, scope: Scope, receive: Receive, send: Send, caller: Caller) -> None:
        """Pass a viewer's socket on and end it with the session; refuse everybody else's."""
        try:
            is_fit = scope["path"] == STREAM and not await self._unfit(caller)
            standing = await self.standing(caller) if is_fit else None
        except RegistryUnusable:
            LOG.exception("the registry does not answer")
            standing = None
        if standing is None or standing.viewer is None:
            await refuse_socket(scope, receive, send)
            return
        socket = Watched(
            receive,
            send,
            book=self.book,
            standing=standing,
            again=lambda: self.standing(caller),
            seconds=self.check_seconds,
        )
        passed_on = as_passed_on(scope, caller, self.access, standing.key)
        await self.app(passed_on, socket.receive, socket.send)
