"""The board of several servers in a browser, through nginx: a server lost, PostgreSQL away."""

import re
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen

import pytest
from playwright.sync_api import Browser, Page, expect

from manage import ROOT
from tally.accounts import Book
from tally.addresses import lake_at
from tally.cli import main
from tally.gate.index import LOST
from tally.registry import registry_of
from tally.registry.shared import open_shared_registry
from tally.store.refusing import AWAY
from tally.viewers import Role
from tests.accounts.people import CHEAP, PASSWORD, made
from tests.browser.server import free_port, server_process
from tests.browser.tab import FINISHED, WALL, new_page
from tests.gate.conftest import PUBLIC_NAME
from tests.gate.proxy import NGINX, running_nginx, shipped
from tests.lake.postgres import Postgres

pytestmark = [
    pytest.mark.browser,
    pytest.mark.nginx,
    pytest.mark.skipif(not NGINX, reason="no nginx here (Debian: apt install nginx)"),
]
SAMPLES = ROOT / "data" / "campaigns" / "xiangshan" / "samples"
LISTED, SENT = (
    "20220803 党建综合部 2022年7月问题台账.csv",
    "20220803 小集社区 2022年7月问题台账.csv",
)
SECONDS = 40
FIGURE = "到期销号率"


@dataclass
class Cluster:
    """Two servers of a lake in processes of their own, by the numbers that nginx gives them."""

    folder: Path
    ports: dict[str, int]
    stack: ExitStack
    processes: dict[str, Popen[bytes]] = field(default_factory=dict)

    def start(self, number: str) -> None:
        """Start a server, or start it again, and wait until it answers."""
        opening = server_process(
            self.folder / number, with_samples=False, port=self.ports[number], names=[PUBLIC_NAME]
        )
        self.processes[number] = self.stack.enter_context(opening)

    def kill(self, number: str) -> None:
        """End a server at once, as when its machine loses power."""
        self.processes[number].kill()
        self.processes[number].wait()


@pytest.fixture
def cluster(lake: str, tmp_path: Path) -> Iterator[Cluster]:
    """Two servers, with a list of one unit and an account in their lake."""
    assert main(["import", "--home", str(tmp_path / "1"), str(SAMPLES / LISTED)]) == 0
    registry_of.cache_clear()
    address = lake_at(lake)
    assert address is not None
    with closing(open_shared_registry(tmp_path / "1", address)) as registry:
        made(Book(registry, *CHEAP), "office", Role.OFFICE)
    with ExitStack() as stack:
        found = Cluster(tmp_path, {"1": free_port(), "2": free_port()}, stack)
        for number in found.ports:
            found.start(number)
        yield found


@pytest.fixture
def page(cluster: Cluster, browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A page that is logged in through nginx; of its three servers one was never started."""
    single, _, rest = shipped("nginx.conf").partition("# one server\n")
    ours = single + shipped("nginx-cluster.conf") + rest.partition("# one server\n")[2]
    places = {f":850{number}": f":{port}" for number, port in cluster.ports.items()}
    places[":8503"] = f":{free_port()}"
    (folder := tmp_path / "nginx").mkdir()
    with running_nginx(folder, places, ours) as (port, _):
        page = new_page(
            browser,
            base_url=f"https://127.0.0.1:{port}",
            ignore_https_errors=True,
            viewport=WALL,
        )
        page.set_default_timeout(SECONDS * 1000)
        page.goto("/rankings")
        page.fill("input[name=account]", "office")
        page.fill("input[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        yield page
        page.context.close()


def shown(page: Page) -> str:
    """Return what a page says once it is drawn, with a figure on it."""
    expect(page.get_by_text(FIGURE).first).to_be_visible(timeout=SECONDS * 1000)
    page.wait_for_function(FINISHED)
    return page.locator(".stMainBlockContainer").inner_text()


def server_of(page: Page) -> str:
    """Return the number of the server that holds the page's websocket."""
    [number] = [one["value"] for one in page.context.cookies() if one["name"] == "tally_server"]
    return number


def wait_for_another_server(page: Page, lost: str) -> None:
    """Wait until the page's websocket is held by another server; nobody is asked to log in."""
    until = time.monotonic() + SECONDS
    while server_of(page) == lost:
        assert time.monotonic() < until, "the page found no other server"
        page.wait_for_timeout(100)
    assert page.url.endswith("/upload")


def send_a_list(page: Page) -> None:
    """Send a list by the page as it stands: the server of its websocket must take the file."""
    with page.expect_response(lambda answer: answer.request.method == "PUT") as sent:
        page.locator('input[type="file"]').first.set_input_files(SAMPLES / SENT)
    assert sent.value.ok


def follow(page: Page, name: str) -> None:
    """Follow a link of the menu."""
    page.get_by_role("link", name=name).first.click()


def test_viewer_stays_logged_in_when_a_server_is_lost_and_is_told_of_what_is_away(
    cluster: Cluster, page: Page, postgres: Postgres, tmp_path: Path
) -> None:
    before = shown(page)
    page.goto("/upload")
    page.wait_for_function(FINISHED)
    lost = server_of(page)
    cluster.kill(lost)
    wait_for_another_server(page, lost)
    cluster.start(lost)
    # The first server is back, and the page stays with the second one.
    send_a_list(page)
    page.goto("/rankings")
    assert shown(page) == before

    postgres.stop()
    try:
        follow(page, "逾期热力")
        expect(page.get_by_text(AWAY)).to_be_visible()
        page.screenshot(path=tmp_path / "away.png")
    finally:
        postgres.start()
    shown(page)
    assert "/login" not in page.url

    for number in cluster.ports:
        cluster.kill(number)
    told = page.get_by_role("dialog")
    expect(told).to_contain_text(LOST)
    assert not re.search(r"[A-Za-z]{4}", told.inner_text())
    page.screenshot(path=tmp_path / "lost.png")
