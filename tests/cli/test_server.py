"""The command line beside a running server: through its socket while it lives, else by itself."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tally.server_socket import SOCKET_NAME
from tests.cli.terminal import Terminal

SERVER = """
import sys
from pathlib import Path
from tally import service
running = service.start(Path(sys.argv[1]), with_samples=False)
print("up", flush=True)
sys.stdin.read()
running.stop()
"""
HOLDER = """
import sys, duckdb
held = duckdb.connect(sys.argv[1] + "/tally.duckdb")
print("up", flush=True)
sys.stdin.read()
"""


@contextmanager
def running(script: str, home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a script that holds the home in another process until the block ends."""
    with subprocess.Popen(
        [sys.executable, "-c", script, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout and process.stdout.readline() == b"up\n"
        try:
            yield process
        finally:
            process.send_signal(signal.SIGCONT)
            process.communicate()


def test_ask_and_import_go_through_the_server_while_it_runs(
    home: Path, september: Path, terminal: Terminal
) -> None:
    with running(SERVER, home):
        assert terminal.run("import", september, "--json") == 0
        assert json.loads(terminal.out)["status"] == "published"
        assert terminal.run("ask", "campaign_totals", "--format", "json") == 0
        assert json.loads(terminal.out)[0]["item_count"] == 3
        assert terminal.run("ask", "nonsense") == 2
        assert "没有“nonsense”这个问题" in terminal.err
        assert terminal.run("undo", 1) == 0
        assert terminal.run("campaigns") == 0
    # The server is gone: the command opens the home itself and finds what was done.
    assert terminal.run("ask", "uploads", "--format", "json") == 0
    assert [row["status"] for row in json.loads(terminal.out)] == ["undone"]


def test_socket_left_behind_by_a_killed_server_is_passed_over(
    home: Path, terminal: Terminal
) -> None:
    with running(SERVER, home) as server:
        server.kill()
        server.wait()
    assert (home / SOCKET_NAME).exists()
    assert terminal.run("ask", "campaigns") == 0


@pytest.mark.parametrize("script", [SERVER, HOLDER], ids=["hanging server", "other program"])
def test_home_held_by_a_process_that_does_not_answer_is_status_3_naming_it(
    script: str, home: Path, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tally.server_socket.GREETING_SECONDS", 0.3)
    with running(script, home) as holder:
        os.kill(holder.pid, signal.SIGSTOP)
        assert terminal.run("ask", "campaigns") == 3
    assert terminal.out == ""
    assert f"进程 {holder.pid}" in terminal.err and str(home) in terminal.err


def test_second_server_is_refused_and_the_first_goes_on(home: Path, terminal: Terminal) -> None:
    with running(SERVER, home) as first:
        second = subprocess.run(
            [sys.executable, "-c", SERVER, str(home)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert second.returncode != 0
        assert f"进程 {first.pid}" in second.stderr
        assert terminal.run("ask", "campaigns") == 0


def test_module_runs_as_a_program(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tally.cli", "ask", "nonsense", "--home", str(home)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "没有“nonsense”这个问题" in done.stderr
    assert "Traceback" not in done.stderr
