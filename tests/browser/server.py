"""A running dashboard for the browser tests, started as `manage.py run` starts it."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from manage import ROOT, SERVER_VARIABLES, server_arguments

HOST = "127.0.0.1"
START_SECONDS = 300


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def is_up(address: str) -> bool:
    """Tell whether the server answers that its store answers."""
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def wait_until_up(process: subprocess.Popen[bytes], address: str, output: Path) -> None:
    """Return when the server answers; AssertionError with its output when it does not."""
    give_up_at = time.monotonic() + START_SECONDS
    while not is_up(address):
        assert process.poll() is None, f"the server ended:\n{output.read_text('utf-8')}"
        assert time.monotonic() < give_up_at, f"no answer:\n{output.read_text('utf-8')}"
        time.sleep(0.1)


@contextmanager
def running_server(
    home: Path,
    with_samples: bool,
    port: int = 0,
    names: Sequence[str] = (),
    give_up: Callable[[], None] | None = None,
) -> Iterator[str]:
    """Yield the address of a server on `home`, and stop it afterwards; port 0 is any free one.

    `names` are those by which it is asked through a proxy; `give_up` is called in its process
    before it begins, to give rights up.
    """
    port = port or free_port()
    with server_process(home, with_samples, port, names, give_up):
        yield f"http://{HOST}:{port}"


@contextmanager
def server_process(
    home: Path,
    with_samples: bool,
    port: int,
    names: Sequence[str] = (),
    give_up: Callable[[], None] | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """Yield the process of such a server on a port: one that may be killed."""
    variables = {
        "TALLY_HOME": str(home),
        "TALLY_NO_SAMPLES": "0" if with_samples else "1",
        "PYTHONUTF8": "1",
        **SERVER_VARIABLES,
    }
    home.mkdir(parents=True, exist_ok=True)
    output = home / "server-output.txt"
    with output.open("wb") as sink:
        process = subprocess.Popen(
            [sys.executable, *server_arguments(HOST, port, names)],
            cwd=ROOT,
            env={**os.environ, **variables},
            stdout=sink,
            stderr=subprocess.STDOUT,
            preexec_fn=give_up,
        )
        try:
            wait_until_up(process, f"http://{HOST}:{port}", output)
            yield process
        finally:
            process.terminate()
            process.wait(timeout=30)
