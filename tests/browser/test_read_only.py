"""A home that cannot be written: the board shows it, says so, and takes nothing in."""

import ctypes
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.reading import go_to, verdict
from tests.browser.server import running_server
from tests.browser.tab import opened_tab

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to nobody"),
]
NOBODY = 65534
DROP_FROM_BOUNDING_SET, OVERRIDE_MODES = 24, 1
SENTENCE = "数据文件夹只读，现在只能查看，不能上传、发布或登记"


def obey_modes() -> None:
    """Let the modes of files hold for this process, though it is root's."""
    assert ctypes.CDLL(None).prctl(DROP_FROM_BOUNDING_SET, OVERRIDE_MODES, 0, 0, 0) == 0


@pytest.fixture
def read_only_server(sample_home: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a server that may read its home and not write it."""
    home = tmp_path / "home"
    shutil.copytree(sample_home, home)
    for path in (home, *home.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
        os.chown(path, NOBODY, NOBODY)
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*")}
    with running_server(home, with_samples=False, give_up=obey_modes) as address:
        yield address
    before.pop(home / "server-output.txt", None)
    assert before == {path: path.stat().st_mtime_ns for path in before}


def test_board_shows_a_home_that_cannot_be_written_and_takes_nothing_in(
    browser: Browser, read_only_server: str
) -> None:
    with opened_tab(browser, read_only_server) as tab:
        tab.open("/")
        assert "个百分点" in verdict(tab)
        for title in ("单位排名", "台账查询", "账号", "数据上传", "审计", "备份"):
            go_to(tab, title)
            assert "打不开" not in tab.text(), title
            if title not in ("账号", "审计", "备份"):
                assert "只读" in tab.text(), title
            if title == "数据上传":
                assert SENTENCE in tab.text()
        assert "最近一次备份没有做成" in verdict(tab)
        tab.act(tab.page.get_by_role("button", name="立即备份").click)
        assert tab.text().count(SENTENCE) == 2
