"""A store of several servers that cannot be reached: said in a sentence, whatever needs it."""

import os
import subprocess
import sys
from pathlib import Path

from manage import ROOT, server_arguments
from tally.addresses import LAKE_PREFIX, STORE_VARIABLE
from tally.store.refusing import AWAY
from tests.browser.server import HOST, free_port

SHOW_FAULT = """
from streamlit.testing.v1 import AppTest

page = "import app; from tally.store import StoreAway; app.tell_of_fault(StoreAway())"
shown = AppTest.from_string(page).run(timeout=120)
print([one.value for one in shown.error], list(shown.exception))
"""


def said(home: Path, *words: str, **variables: str) -> str:
    """Return what a Python prints, in a process of its own with a home of its own."""
    done = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", "TALLY_HOME": str(home), **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=150,
        check=False,
    )
    return done.stdout.decode("utf-8")


def test_page_that_is_being_drawn_when_the_store_goes_says_so(tmp_path: Path) -> None:
    assert f"['○ {AWAY}'] []" in said(tmp_path, "-c", SHOW_FAULT)


def test_server_does_not_start_without_its_store_and_says_so(tmp_path: Path) -> None:
    address = f"{LAKE_PREFIX}host={HOST} port={free_port()} dbname=tally?data={tmp_path}"
    told = said(tmp_path, *server_arguments(HOST, free_port()), **{STORE_VARIABLE: address})
    assert "没有启动：账号与审计库暂时连不上" in told
    assert "Traceback" not in told
