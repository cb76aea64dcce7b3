"""A provider of log-ins on this machine: it names whom it is told to, in tokens it signs."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from joserfc import jwt
from joserfc.jwk import RSAKey


class LoopbackProvider:
    """`claims` are what the next token says beside the usual; `asked` what was asked for it."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
        self.signing = self.key
        self.claims: dict[str, Any] = {}
        self.asked: dict[str, str] = {}

    @property
    def metadata(self) -> str:
        """Where the provider describes itself."""
        return f"{self.address}/.well-known/openid-configuration"

    def described(self) -> dict[str, Any]:
        """Return what the provider says of itself."""
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def token(self) -> dict[str, Any]:
        """Return the tokens for a code."""
        moment = int(time.time())
        usual = {"iss": self.address, "sub": "1", "aud": "tally", "iat": moment}
        claims = {**usual, "exp": moment + 60, **self.claims}
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signing)
        return {"access_token": "x", "token_type": "Bearer", "id_token": signed}


@contextmanager
def loopback_provider() -> Iterator[LoopbackProvider]:
    """Run a provider on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            keys = {"keys": [provider.key.as_dict(private=False)]}
            self._tell(keys if self.path == "/keys" else provider.described())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            provider.asked = {name: values[0] for name, values in parse_qs(body).items()}
            self._tell(provider.token())

        def _tell(self, said: dict[str, Any]) -> None:
            body = json.dumps(said).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = LoopbackProvider(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
