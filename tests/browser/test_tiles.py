"""The intranet's tile server: nobody is asked without one, and that host alone with one."""

import re
import struct
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.boundaries.test_boundaries import feature, file_of, square
from tests.browser.tab import PAGE_SECONDS, Tab, opened_tab

pytestmark = pytest.mark.browser

TILE = re.compile(r"/\d+/\d+/\d+\.png")
SIDE = 256


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)


def green_tile() -> bytes:
    """Return a PNG of one colour."""
    rows = (b"\0" + bytes((120, 170, 110)) * SIDE) * SIDE
    head = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


@contextmanager
def tile_server() -> Iterator[tuple[str, list[str]]]:
    """Yield the origin of a server of tiles, and the paths that it was asked for."""
    paths: list[str] = []
    tile = green_tile()

    class Tiles(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            # Pictures for WebGL are only given to pages that their server lets read them.
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()
            self.wfile.write(tile)

        def log_message(self, *_: object) -> None:
            """Keep the test's output quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Tiles)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", paths
    finally:
        server.shutdown()
        server.server_close()


def preview(tab: Tab) -> None:
    """Upload a boundary and wait for its preview."""
    tab.open("/boundaries")
    content = {"name": "村界.geojson", "mimeType": "application/geo+json"}
    upload = content | {"buffer": file_of(feature(square()))}
    tab.act(lambda: tab.page.locator('input[type="file"]').set_input_files([upload]))
    tab.page.locator(".st-key-boundary_datum input").click()
    tab.act(lambda: tab.page.get_by_role("option").filter(has_text="CGCS2000").click())
    tab.page.get_by_test_id("stDeckGlJsonChart").wait_for()


def wait_for_tiles(tab: Tab, paths: list[str]) -> None:
    """Return when a map has asked for a tile: its own time, apart from that of the page."""
    give_up_at = time.monotonic() + PAGE_SECONDS
    while not paths:
        assert time.monotonic() < give_up_at, "the map asks for no tile"
        tab.page.wait_for_timeout(100)


def test_map_asks_nobody_without_a_tile_server_and_that_one_alone_with_it(
    browser: Browser, empty_server: str
) -> None:
    with tile_server() as (origin, paths), opened_tab(browser, empty_server) as tab:
        preview(tab)
        assert tab.outside_requests == []

        address = tab.page.get_by_label("瓦片地址")
        address.fill(f"{origin}/{{z}}/{{x}}/{{y}}.png")
        tab.act(lambda: address.press("Enter"))
        tab.act(lambda: tab.page.get_by_role("button", name="保存").click())
        # The page that is open keeps the policy it came with, and goes on asking until it is left.
        tab.page.goto("about:blank")
        tab.console_errors.clear()
        preview(tab)
        wait_for_tiles(tab, paths)

        assert all(TILE.fullmatch(path) for path in paths)
        hosts = {urlsplit(asked)[:2] for asked in tab.outside_requests}
        assert hosts == {tuple(urlsplit(origin)[:2])}
        assert not [error for error in tab.console_errors if "Content Security" in error]
