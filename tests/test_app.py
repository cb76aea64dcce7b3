"""The start refuses what it cannot keep, in one sentence each."""

import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from manage import ROOT, SERVER_VARIABLES, server_arguments
from tests.browser.server import free_port


def start(home: Path, host: str = "127.0.0.1", **variables: str) -> tuple[int, str]:
    """Start the server on a home where it cannot run; return exit status and its words."""
    done = subprocess.run(
        [sys.executable, *server_arguments(host, 0)],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", "TALLY_HOME": str(home), **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("variable", "value", "complaint"),
    [
        ("STREAMLIT_SERVER_MAX_UPLOAD_SIZE", "300", "server.maxUploadSize 应为 20，现为 300"),
        ("STREAMLIT_CLIENT_SHOW_ERROR_DETAILS", "full", "client.showErrorDetails 应为 none"),
        ("STREAMLIT_SERVER_TRUSTED_USER_HEADERS", "{}", "server.trustedUserHeaders 应为"),
    ],
)
def test_setting_that_did_not_take_hold_stops_the_start(
    tmp_path: Path, variable: str, value: str, complaint: str
) -> None:
    status, said = start(tmp_path, **{variable: value})

    assert status == 1
    assert complaint in said
    assert "Traceback" not in said


def test_home_that_cannot_be_a_folder_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file stands here", "utf-8")

    status, said = start(tmp_path / "home")

    assert status == 1
    assert "不能写入" in said
    assert "Traceback" not in said


def test_board_that_others_could_open_does_not_start_without_accounts(tmp_path: Path) -> None:
    status, said = start(tmp_path, host="0.0.0.0")

    assert status == 1
    assert "manage.py account create" in said
    assert "Traceback" not in said


def test_broken_access_file_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "access.toml").write_text("proxies = 1", "utf-8")

    status, said = start(tmp_path)

    assert (status, "access.toml 有误" in said) == (1, True)


def test_server_says_that_it_starts_until_its_pages_open(tmp_path: Path) -> None:
    port = free_port()
    variables = {"TALLY_HOME": str(tmp_path), "TALLY_NO_SAMPLES": "1", **SERVER_VARIABLES}
    with subprocess.Popen(
        [sys.executable, *server_arguments("127.0.0.1", port)],
        cwd=ROOT,
        env={**os.environ, **variables},
        stdout=subprocess.DEVNULL,
    ) as server:
        said: list[tuple[int, str]] = []
        while (200, "ok") not in said:
            assert server.poll() is None
            with suppress(httpx.TransportError):
                answer = httpx.get(f"http://127.0.0.1:{port}/healthz")
                page = httpx.get(f"http://127.0.0.1:{port}/", headers={"accept": "text/html"})
                assert page.status_code == 200 or "正在启动" in page.text
                said.append((answer.status_code, answer.text))
            time.sleep(0.05)
        server.terminate()

    assert said[0] == (503, "starting")
    assert set(said) == {(503, "starting"), (200, "ok")}
