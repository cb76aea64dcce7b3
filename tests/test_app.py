"""The start refuses what it cannot keep, in one sentence each."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from manage import ROOT, server_arguments


def start(home: Path, **variables: str) -> tuple[int, str]:
    """Start the server on a home where it cannot run; return exit status and its words."""
    done = subprocess.run(
        [sys.executable, *server_arguments("127.0.0.1", 0)],
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
