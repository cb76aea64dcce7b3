"""The socket of a running server, by which the command line reaches the home it holds."""

import json
import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BufferedRWPair
from pathlib import Path
from typing import Any

from tally.desk import Reply, Request

SOCKET_NAME = "tally.sock"
GREETING_SECONDS = 10.0


@contextmanager
def socket_address(home: Path) -> Iterator[str]:
    """Give a short name of the home's socket: the system allows about 100 bytes only."""
    descriptor = os.open(home, os.O_RDONLY)
    try:
        link = Path(f"/proc/self/fd/{descriptor}")
        yield str((link if link.exists() else home) / SOCKET_NAME)
    finally:
        os.close(descriptor)


def ask_server(home: Path, request: Request) -> Reply | None:
    """Hand a request to the server that holds the home; None when none answers."""
    if not (home / SOCKET_NAME).exists():
        return None
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(GREETING_SECONDS)
            with socket_address(home) as address:
                connection.connect(address)
            with connection.makefile("rwb") as stream:
                # The system accepts for a server that hangs: only its greeting says it lives.
                if not stream.readline():
                    return None
                connection.settimeout(None)
                send(stream, request)
                line = stream.readline()
    except OSError:
        return None  # nobody behind the socket, or nobody who answers
    reply: dict[str, Any] | None = json.loads(line) if line else None
    return reply


def send(stream: BufferedRWPair, message: Mapping[str, Any]) -> None:
    """Send a message as one line of JSON."""
    stream.write(json.dumps(dict(message), ensure_ascii=False).encode() + b"\n")
    stream.flush()
