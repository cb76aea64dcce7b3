"""A unit's own log-in by OpenID Connect: there and back, the session afterwards is ours."""

import logging
import secrets
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.starlette_client import OAuth
from cachetools import TTLCache
from httpx import HTTPError
from joserfc.errors import JoseError
from starlette.requests import Request
from starlette.responses import Response

from tally.accounts import Provider
from tally.gate import forms
from tally.gate.asking import Caller

LOG = logging.getLogger("tally")
COOKIE = "tally_oidc"
# How long somebody may take at the other log-in, and how many may be there at once.
THERE_SECONDS, THERE_MAX = 600, 1000
BACK = "/oidc/back"


class ProviderDoor:
    """Sends a browser to a provider, and reads whom it names when it comes back."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._there: TTLCache[str, dict[str, Any]] = TTLCache(THERE_MAX, THERE_SECONDS)
        self._client = OAuth().register(
            "provider",
            client_id=provider.client_id,
            client_secret=provider.client_secret,
            server_metadata_url=provider.metadata,
            client_kwargs={"scope": "openid profile", "code_challenge_method": "S256"},
        )

    async def to_provider(self, request: Request, caller: Caller) -> Response:
        """Send the browser on; what must come back with it is kept here, not in the browser."""
        ticket = secrets.token_urlsafe(24)
        held: dict[str, Any] = {}
        request.scope["session"] = held
        scheme = "https" if caller.is_secure else "http"
        back = f"{scheme}://{request.headers.get('host', '')}{BACK}"
        try:
            response: Response = await self._client.authorize_redirect(request, back)
        except (HTTPError, OAuthError, ValueError):
            LOG.exception("the provider of log-ins does not answer")
            return forms.sentence_page("打不开统一认证", "统一认证没有应答，请稍后再试。", 502)
        self._there[ticket] = held
        # Lax: the way back is a link from another site.
        secure = caller.is_secure
        response.set_cookie(
            COOKIE, ticket, THERE_SECONDS, path=BACK, secure=secure, httponly=True, samesite="lax"
        )
        return response

    async def name_from(self, request: Request) -> str:
        """Return whom the provider names, '' when it does not or what it says does not hold."""
        request.scope["session"] = self._there.pop(request.cookies.get(COOKIE, ""), {})
        try:
            token = await self._client.authorize_access_token(request)
        except (HTTPError, OAuthError, JoseError, ValueError):
            LOG.exception("a log-in at the provider did not hold")
            return ""
        return str((token.get("userinfo") or {}).get(self._provider.claim) or "")
