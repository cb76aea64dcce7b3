"""The addresses of the log-in: password, code, new password, log-out, displays, gateway."""

import asyncio
import re
import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tally import accounts
from tally.accounts import Access, Book, Stage, Standing, key_of, standing_of
from tally.gate import forms
from tally.gate.asking import Caller, Receive, Scope, Send
from tally.sealing import CannotOpen, KeyUnusable

if TYPE_CHECKING:
    from tally.gate.provider import ProviderDoor

FORM_BYTES = 16_384
FORM_COOKIE = "tally_form"
DISPLAY_PREFIX = "/display/"
# A screen comes back after months without anybody who could log in.
DISPLAY_SECONDS = 10 * 365 * 86_400
STALE_FORM = "页面停留太久，请再填一次"
ENDED = "登录已失效：超时、退出或账号有变更，请重新登录"
Fields = dict[str, str]


class Door:
    """Answers what leads to the log-in and through it."""

    def __init__(self, book: Callable[[], Book], access: Access) -> None:
        self.book = book
        self.access = access
        self.provider = _provider_door(access)
        self._answers = {
            "/login": self._login,
            "/code": self._code,
            "/password": self._password,
            "/logout": self._logout,
            "/gateway": self._gateway,
            "/oidc": self._to_provider,
            "/oidc/back": self._from_provider,
        }

    def is_for(self, path: str) -> bool:
        """Tell whether an address is one of the log-in."""
        return path in self._answers or path.startswith(DISPLAY_PREFIX)

    async def __call__(self, scope: Scope, receive: Receive, send: Send, caller: Caller) -> None:
        """Answer one of the addresses; whatever is not asked by reading or a form is refused."""
        request = Request(scope, receive)
        answering = self._answers.get(scope["path"], self._display)
        fields: Fields | None = None
        if request.method == "POST":
            fields = await _fields(request)
        elif request.method not in ("GET", "HEAD"):
            await Response(status_code=405)(scope, receive, send)
            return
        response = await answering(request, caller, fields)
        await response(scope, receive, send)

    def names_another(self, caller: Caller, standing: Standing) -> bool:
        """Tell whether the unit's gateway names somebody else than whom a session is of."""
        if not caller.identity or standing.is_display:
            return False
        with self.book().registry.reading() as connection:
            named = accounts.account_known_as(connection, caller.identity)
        return named is None or named.account != standing.account

    async def _stands(self, caller: Caller) -> Standing | None:
        if not caller.token:
            return None
        key = key_of(caller.token)
        return await asyncio.to_thread(standing_of, self.book(), key, caller.address)

    async def _login(self, request: Request, caller: Caller, fields: Fields | None) -> Response:
        following = _following(fields or dict(request.query_params))
        if not await asyncio.to_thread(self.book().has_accounts):
            return RedirectResponse("/", 303)
        if fields is None:
            standing = await self._stands(caller)
            if standing is not None:
                return RedirectResponse(_next_place(standing, following), 303)
            return self._ask(caller, following, ENDED if "ended" in request.query_params else "")
        if not _is_own_form(request, fields):
            return self._ask(caller, following, STALE_FORM)
        given = fields.get("account", ""), fields.get("password", "")
        answer = await asyncio.to_thread(accounts.log_in, self.book(), *given, caller.address)
        if not answer.token:
            return self._ask(caller, following, answer.sentence)
        return _let_in(caller, answer.token, following)

    def _ask(self, caller: Caller, following: str, fault: str = "") -> Response:
        mark, name = secrets.token_urlsafe(24), self.access.provider
        page = forms.login_page(mark, following, fault, name.name if name else "")
        return _marked(page, caller, mark)

    async def _code(self, request: Request, caller: Caller, fields: Fields | None) -> Response:
        following = _following(fields or dict(request.query_params))
        standing = await self._stands(caller)
        if standing is None or standing.stage not in (Stage.CODE, Stage.ENROL):
            return RedirectResponse(_next_place(standing, following), 303)
        fault = ""
        if fields is not None:
            fault = STALE_FORM
            if _is_own_form(request, fields):
                giving = (self.book(), standing, fields.get("code", ""), caller.address)
                answer = await asyncio.to_thread(accounts.give_code, *giving)
                if answer.token:
                    return _let_in(caller, answer.token, following)
                fault = answer.sentence
        secret = ""
        if standing.stage is Stage.ENROL:
            try:
                secret = await asyncio.to_thread(accounts.secret_to_enrol, self.book(), standing)
            except (KeyUnusable, CannotOpen):
                return forms.sentence_page("现在不能登录", accounts.SHUT_CODE, 503)
        mark = secrets.token_urlsafe(24)
        page = forms.code_page(mark, following, fault, secret=secret, account=standing.account)
        return _marked(page, caller, mark)

    async def _password(self, request: Request, caller: Caller, fields: Fields | None) -> Response:
        following = _following(fields or dict(request.query_params))
        standing = await self._stands(caller)
        may = standing and not standing.is_display
        if standing is None or not may or standing.stage in (Stage.CODE, Stage.ENROL):
            return RedirectResponse(_next_place(standing, "/password"), 303)
        is_forced = standing.stage is Stage.CHANGE
        fault = ""
        if fields is not None:
            fault = STALE_FORM
            if _is_own_form(request, fields):
                old, new, again = (fields.get(name, "") for name in ("old", "new", "again"))
                fault = await asyncio.to_thread(
                    accounts.change_password, self.book(), standing, old, new, again, caller.address
                )
                if not fault:
                    return forms.password_page("", following, is_forced=False, is_done=True)
        mark = secrets.token_urlsafe(24)
        page = forms.password_page(mark, following, fault, is_forced=is_forced)
        return _marked(page, caller, mark)

    async def _logout(self, request: Request, caller: Caller, fields: Fields | None) -> Response:
        is_ours = request.headers.get("sec-fetch-site") in ("same-origin", "none")
        if fields is None and not is_ours:
            mark = secrets.token_urlsafe(24)
            return _marked(forms.logout_page(mark), caller, mark)
        if fields is not None and not _is_own_form(request, fields):
            return RedirectResponse("/logout", 303)
        standing = await self._stands(caller)
        if standing is not None and not standing.is_display:
            await asyncio.to_thread(accounts.log_out, self.book(), standing, caller.address)
        response = RedirectResponse("/login", 303)
        response.headers["clear-site-data"] = '"cache", "storage"'
        response.delete_cookie(caller.cookie, secure=caller.is_secure, httponly=True)
        return response

    async def _display(self, request: Request, caller: Caller, _: Fields | None) -> Response:
        token = request.url.path.removeprefix(DISPLAY_PREFIX)
        standing = await asyncio.to_thread(standing_of, self.book(), key_of(token))
        if standing is None or not standing.is_display:
            return forms.sentence_page("大屏凭证无效", "凭证不对，或已被收回。", 403)
        query = request.url.query
        response = RedirectResponse(f"/wall?{query}" if query else "/wall", 303)
        _keep(response, caller, token, DISPLAY_SECONDS)
        return response

    async def _gateway(self, request: Request, caller: Caller, _: Fields | None) -> Response:
        """Let in whom the unit's own gateway names in its header."""
        following = _following(dict(request.query_params))
        if not caller.identity:
            return RedirectResponse("/login", 303)
        return await self._let_in_as(caller, caller.identity, "proxy", following)

    async def _to_provider(self, request: Request, caller: Caller, _: Fields | None) -> Response:
        if self.provider is None:
            return RedirectResponse("/login", 303)
        return await self.provider.to_provider(request, caller)

    async def _from_provider(self, request: Request, caller: Caller, _: Fields | None) -> Response:
        name = await self.provider.name_from(request) if self.provider else ""
        if not name:
            return forms.sentence_page("登录没有完成", "统一认证没有通过，请再试一次。", 403)
        return await self._let_in_as(caller, name, "oidc", "/")

    async def _let_in_as(self, caller: Caller, name: str, way: str, following: str) -> Response:
        given = (self.book(), name, way, caller.address)
        answer = await asyncio.to_thread(accounts.log_in_as, *given)
        if not answer.token:
            return forms.sentence_page("没有账号", answer.sentence, 403)
        return _let_in(caller, answer.token, following)


def _provider_door(access: Access) -> "ProviderDoor | None":
    if access.provider is None:
        return None
    # What speaks to a provider takes half a second to import, and few units have one.
    from tally.gate.provider import ProviderDoor

    return ProviderDoor(access.provider)


def _next_place(standing: Standing | None, following: str) -> str:
    """Return where somebody goes next; each page of the log-in sends on to the one that is due."""
    if standing is None:
        return "/login"
    places = {Stage.OPEN: following, Stage.CHANGE: "/password"}
    return places.get(standing.stage, "/code")


async def _fields(request: Request) -> Fields:
    """Return the fields of a form, none when it is longer than any of ours."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > FORM_BYTES:
            return {}
    given = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[0] for name, values in given.items()}


def _is_own_form(request: Request, fields: Fields) -> bool:
    """Tell whether a form was filled in on our own page, by the mark that both hold."""
    mark, held = fields.get("mark", ""), request.cookies.get(FORM_COOKIE, "")
    origin = request.headers.get("origin", "null")
    is_own_origin = origin == "null" or urlsplit(origin).netloc == request.headers.get("host")
    is_other_site = request.headers.get("sec-fetch-site", "same-origin") == "cross-site"
    is_marked = bool(mark) and secrets.compare_digest(mark.encode(), held.encode())
    return is_marked and is_own_origin and not is_other_site


def _marked(page: Response, caller: Caller, mark: str) -> Response:
    page.set_cookie(
        FORM_COOKIE, mark, path="/", secure=caller.is_secure, httponly=True, samesite="strict"
    )
    return page


def _keep(response: Response, caller: Caller, token: str, seconds: int | None = None) -> None:
    """Let the browser hold a token: no script reads it, no other site's form sends it."""
    response.set_cookie(
        caller.cookie,
        token,
        max_age=seconds,
        path="/",
        secure=caller.is_secure,
        httponly=True,
        samesite="lax",
    )


def _let_in(caller: Caller, token: str, following: str) -> Response:
    """Lead on with a token: what is due before the page is found out there."""
    response = RedirectResponse(following, 303)
    _keep(response, caller, token)
    return response


def _following(given: Fields) -> str:
    """Return where a person wanted to go: a place of this server, else its root."""
    place = given.get("next", "")
    is_own = re.fullmatch(r"/(?![/\\])[^\\\x00-\x20]*", place) is not None
    is_door = re.match(r"/(login|logout|code|gateway|oidc|display)\b", place) is not None
    return place if is_own and not is_door else "/"
