"""What the gate lets through, refuses and adds, around an app that answers in one line."""

import asyncio
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import escape

import pytest

from tally import menu
from tally.accounts import Book
from tally.gate import FIRST_PAGE, INDEX, Gate, Message, Receive, Scope, Send, first_page
from tally.registry import open_registry
from tests.accounts.people import CHEAP

BOOKS: list[Book] = []
HOST = "board.example:8501"


async def inner(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer as Streamlit does: the index page everywhere but for its other files."""
    is_page = not scope["path"].startswith(("/static/", "/media/"))
    kind = b"text/html; charset=utf-8" if is_page else b"text/csv"
    headers = [(b"content-type", kind), (b"etag", b'"1"'), (b"cache-control", b"public")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"inner ", "more_body": True})
    await send({"type": "http.response.body", "body": b"answer"})


@pytest.fixture(autouse=True, scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """The book of a home without accounts: a demonstration, in which all is open on the spot."""
    registry = open_registry(tmp_path_factory.mktemp("home"))
    BOOKS[:] = [Book(registry, *CHEAP)]
    yield BOOKS[0]
    registry.close()


def answer(
    path: str, method: str = "GET", tile_origin: str = "", accept: str = "text/html"
) -> tuple[int, dict[str, str], str]:
    """Return status, headers and body that a visitor gets for a path."""
    messages: list[Message] = []

    async def send(message: Message) -> None:
        messages.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    headers = [(b"host", HOST.encode()), (b"accept", accept.encode())]
    path, _, asked = path.partition("?")
    scope = {"type": "http", "path": path, "method": method, "headers": headers}
    scope["query_string"] = asked.encode()
    scope["client"] = ("127.0.0.1", 50_000)
    gate = Gate(inner, lambda: BOOKS[0], tile_origin=lambda: tile_origin)
    # A browser of another test keeps an event loop of its own running in this thread.
    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(lambda: asyncio.run(gate(scope, receive, send))).result()
    start, *rest = messages
    told = {name.decode(): value.decode() for name, value in start["headers"]}
    return start["status"], told, b"".join(part["body"] for part in rest).decode()


def test_name_of_the_first_page_leads_to_the_root_with_all_that_was_asked() -> None:
    assert FIRST_PAGE.endswith(menu.address(menu.FIRST_PAGE))

    status, headers, _ = answer(f"{FIRST_PAGE}?campaign=x&month=2022-09")

    assert (status, headers["location"]) == (307, "/?campaign=x&month=2022-09")
    assert answer(f"{FIRST_PAGE}/")[1]["location"] == "/"


@pytest.mark.parametrize("path", ["/", "/rankings", "/static/js/index.js", "/media/1.csv"])
def test_every_answer_carries_the_security_headers(path: str) -> None:
    _, headers, _ = answer(path)

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    assert f"connect-src 'self' ws://{HOST} wss://{HOST}" in headers["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "cache"),
    [
        ("/", "no-store"),
        ("/rankings", "no-store"),
        ("/media/1.csv", "no-store"),
        ("/static/js/index.js", "public"),
    ],
)
def test_only_what_carries_no_data_is_cached(path: str, cache: str) -> None:
    assert answer(path)[1]["cache-control"] == cache


@pytest.mark.parametrize(
    "path",
    ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/agent/mcp"],
)
def test_closed_path_is_not_there(path: str) -> None:
    status, headers, body = answer(path)

    assert (status, body) == (404, "没有这个地址")
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/nosuch", "/rankings/2022", "/staff/upload", "/<b>"])
def test_address_of_no_page_is_said_with_a_way_back(path: str) -> None:
    status, _, body = answer(path)

    assert status == 404
    assert f"没有 <code>{escape(path)}</code> 这个地址" in body
    assert '<a href="/">' in body


@pytest.mark.parametrize(
    "path",
    [
        *(f"/{menu.address(place)}" for pages in menu.SECTIONS.values() for place, _ in pages[1:]),
        *("/", "/rankings/", "/media/1.csv", "/component/x/index.html", "/_stcore/health"),
    ],
)
def test_every_page_of_the_menu_and_what_the_program_asks_for_is_passed_on(path: str) -> None:
    assert answer(path)[0] == 200


def test_a_program_that_asks_for_no_page_is_passed_on() -> None:
    assert answer("/nosuch", accept="*/*")[0] == 200


def test_page_is_ours_and_file_is_left_alone() -> None:
    _, headers, page = answer("/rankings")

    assert page == first_page(INDEX.read_text("utf-8"))
    assert headers["content-length"] == str(len(page.encode()))
    assert "etag" not in headers
    assert answer("/media/1.csv")[2] == "inner answer"
    assert answer("/rankings", "HEAD")[2] == ""


def test_policy_admits_every_script_written_in_the_page_and_no_other() -> None:
    _, headers, page = answer("/")
    scripts = re.search(r"script-src ([^;]*)", headers["content-security-policy"])

    assert scripts
    assert scripts[1].count("'sha256-") == len(re.findall(r"<script>", page)) == 5
    assert "unsafe-inline" not in scripts[1]
    assert "'unsafe-eval'" not in scripts[1]


def test_policy_admits_the_tile_server_for_pictures_and_no_other_host() -> None:
    told = answer("/communities", tile_origin="http://10.0.0.8:8080")[1]["content-security-policy"]
    rules = dict(rule.split(" ", 1) for rule in told.split("; "))

    naming = {name for name, sources in rules.items() if "10.0.0.8" in sources}
    assert naming == {"img-src", "connect-src"}
    assert rules["img-src"] == "'self' data: blob: http://10.0.0.8:8080"
    assert "http:" not in answer("/communities")[1]["content-security-policy"]


def test_index_of_another_streamlit_stops_the_start() -> None:
    with pytest.raises(RuntimeError, match="不是已知版本"):
        first_page("<html><head></head><body></body></html>")
