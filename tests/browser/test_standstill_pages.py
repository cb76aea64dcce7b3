"""The pages in place of every other: data damaged, server starting, too many viewers."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser

from tally.standstill import Crowd, Receive, Scope, Send, Standstill, Trouble, beginning, damaged
from tests.browser.tab import opened_tab

pytestmark = pytest.mark.browser

LOST = damaged(
    "账本缺少最近 2 次已确认的登记：记录到第 9 次，账本只到第 7 次",
    ["最近的备份：2022-10-31 23:10（20221031-231000）", "受影响：xiangshan　2022-09、2022-10"],
)
# What does not fit on the screen, or is too small to read from a chair.
FAULTS = """() => {
    const found = [];
    const room = document.documentElement;
    if (room.scrollWidth > room.clientWidth) found.push('wider than the window');
    if (room.scrollHeight > room.clientHeight) found.push('higher than the window');
    for (const one of document.querySelectorAll('h1, p, li, code'))
        if (one.innerText && parseFloat(getComputedStyle(one).fontSize) < innerHeight / 60)
            found.push(`small: ${one.innerText}`);
    return found;
}"""
OPEN_SOCKET = """() => new Promise(done => {
    window.socket = new WebSocket(`ws://${location.host}/_stcore/stream`);
    window.socket.onopen = () => done(true);
    window.socket.onclose = () => done(false);
})"""


async def board(scope: Scope, receive: Receive, send: Send) -> None:
    """Stand for the board: a page, and a socket that stays open."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        while (await receive())["type"] != "websocket.disconnect":
            pass
    elif scope["type"] == "http":
        kind = [(b"content-type", b"text/html")]
        await send({"type": "http.response.start", "status": 200, "headers": kind})
        await send({"type": "http.response.body", "body": b"<h1>figures</h1>"})


@contextmanager
def serving(app: Any) -> Iterator[str]:
    """Yield the address of a server of this app."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, lifespan="off", log_level="error"))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (3840, 2160)])
def test_pages_of_a_standstill_fit_and_are_read(
    browser: Browser, tmp_path: Path, width: int, height: int
) -> None:
    now: list[Trouble] = [LOST, beginning("正在逐行核对数据，已核对 35%（共 1000000 行）")]
    with (
        serving(Standstill(board, lambda: now[0])) as address,
        opened_tab(browser, address) as tab,
    ):
        tab.page.set_viewport_size({"width": width, "height": height})
        for trouble in tuple(now):
            now[0] = trouble
            answer = tab.page.goto(address)
            assert answer and answer.status == 503
            assert trouble.sentence in tab.page.inner_text("body")
            assert tab.page.evaluate(FAULTS) == []
            tab.picture(tmp_path / f"{width}-{trouble.probe}.png")
        assert not [error for error in tab.console_errors if "503" not in error]


def test_page_of_the_start_turns_into_the_board_by_itself(browser: Browser) -> None:
    now: list[Trouble | None] = [beginning("正在打开数据")]
    with (
        serving(Standstill(board, lambda: now[0])) as address,
        opened_tab(browser, address) as tab,
    ):
        tab.page.goto(address)
        now[0] = None
        tab.page.get_by_role("heading", name="figures").wait_for()
        assert beginning("").heading not in tab.page.inner_text("body")


def test_viewer_beyond_the_limit_is_let_in_when_another_leaves(browser: Browser) -> None:
    with (
        serving(Crowd(board, viewers_max=1)) as address,
        opened_tab(browser, address) as first,
        opened_tab(browser, address) as second,
    ):
        first.page.goto(address)
        assert first.page.evaluate(OPEN_SOCKET)
        second.page.goto(address)
        assert "请稍后再试" in second.page.inner_text("body")
        assert second.page.evaluate(FAULTS) == []
        first.page.evaluate("window.socket.close()")
        first.page.wait_for_function("window.socket.readyState === WebSocket.CLOSED")
        second.page.reload()
        assert second.page.inner_text("h1") == "figures"
