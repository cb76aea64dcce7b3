"""What administrators keep is text too: accounts, screens, boundaries, reasons (8)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tally import accounts
from tally.accounts import Book
from tally.boundaries.reading import LONGEST_NAME
from tally.registry import open_registry
from tally.viewers import AT_THE_SERVER, Role, acts
from tests.accounts.people import CHEAP, entered, made
from tests.boundaries.test_boundaries import square
from tests.browser.hostile import BOTH, HOST, PAYLOADS, TYPED, poisoned
from tests.browser.hostile_walk import Walk
from tests.browser.server import running_server
from tests.browser.tab import opened_tab

pytestmark = pytest.mark.browser

FIRST = "xiangshan"
GEOJSON = "application/geo+json"
BOUNDARY_FILE = f"{PAYLOADS[21]} {BOTH}.geojson".replace("/", "∕")
NAMES = [payload for payload in PAYLOADS if len(payload) <= LONGEST_NAME]
SHORT = f"[{TYPED}](//{HOST})"


@dataclass(frozen=True)
class Office:
    """A server with accounts, and the session of one person of each role that is needed."""

    address: str
    keys: dict[Role, str]


@pytest.fixture(scope="module")
def office(hostile_copy: Path) -> Iterator[Office]:
    registry = open_registry(hostile_copy)
    book = Book(registry, *CHEAP)
    keys = {}
    for role in (Role.SYSTEM, Role.SECURITY, Role.AUDITOR, Role.LEADER):
        name = made(book, f"one-{role.name.lower()}", role, post=poisoned(f"{TYPED} {role}"))
        keys[role] = entered(book, name)
    with acts(AT_THE_SERVER):
        for number, payload in enumerate(PAYLOADS):
            accounts.make_account(book, f"a{number:02}", f"{payload} {BOTH}")
            accounts.grant(book, f"a{number:02}", [Role.REPORTER], [payload, BOTH], [BOTH])
        accounts.make_display(book, SHORT)
        accounts.make_display(book, PAYLOADS[21])
    with running_server(hostile_copy, with_samples=False) as address:
        yield Office(address, keys)
    registry.close()


@pytest.fixture
def walk(browser: Browser, office: Office) -> Iterator[Walk]:
    """A walk of nobody yet; in the end nothing it met may have acted."""
    with opened_tab(browser, office.address) as tab:
        begun = Walk(tab)
        yield begun
    begun.assert_nothing_acts()


def enter(walk: Walk, office: Office, role: Role, page: str) -> None:
    """Open a page as the person of a role."""
    walk.page.context.add_cookies(
        [{"name": "tally", "value": office.keys[role], "url": office.address}]
    )
    walk.begin(FIRST, f"/{page}")


def test_hostile_posts_units_and_screens_are_text_where_accounts_are_kept(
    walk: Walk, office: Office
) -> None:
    enter(walk, office, Role.SECURITY, "accounts")
    walk.explore("/accounts", "/accounts 授权")
    walk.open_popovers("/accounts 每页都有", [])
    assert len(walk.shown["table"]) >= 5 and PAYLOADS[0] in walk.shown["words"]
    enter(walk, office, Role.SYSTEM, "accounts")
    walk.explore("/accounts", "/accounts 办理")
    assert "/accounts 办理" in walk.typed
    # The name of an account takes no such signs.
    walk.page.locator(".st-key-new_name input").fill(BOTH)
    walk.page.locator(".st-key-new_post input").fill(poisoned("岗位"))
    walk.press("新建")
    walk.look("/accounts 拒绝")
    told = walk.page.get_by_test_id("stAlert").inner_text()
    assert told == "账号用 3 至 32 位小写字母、数字、点、横线，以字母或数字开头"


def boundary_file() -> bytes:
    """Return areas whose properties, names and codes are hostile, side by side."""
    areas = [
        {
            "type": "Feature",
            "geometry": {"type": "Polygon", "coordinates": [square(116.7 + 0.02 * at, 33.9)]},
            "properties": {f"{PAYLOADS[1]} 名": name, f"{BOTH} 码": f"{TYPED}{at}", "name": name},
        }
        for at, name in enumerate(NAMES)
    ]
    return json.dumps({"type": "FeatureCollection", "features": areas}).encode()


def test_hostile_names_of_areas_are_text_from_the_upload_to_the_map(
    walk: Walk, office: Office
) -> None:
    enter(walk, office, Role.SYSTEM, "boundaries")
    walk.hand_in(BOUNDARY_FILE, GEOJSON, json.dumps({"type": BOTH}).encode())
    walk.look("/boundaries 拒绝")
    assert "要素集" in walk.page.get_by_test_id("stAlert").inner_text()
    walk.hand_in(BOUNDARY_FILE, GEOJSON, boundary_file())
    walk.look("/boundaries 属性")
    walk.page.locator(".st-key-boundary_datum input").click()
    walk.act_by(walk.page.get_by_role("option", name="WGS-84").click)
    walk.look("/boundaries 预览")
    walk.page.locator(".st-key-boundary_approval input").fill(SHORT)
    walk.page.locator(".st-key-boundary_note input").fill(poisoned("来源")[:60])
    walk.press("启用")
    walk.explore("/boundaries", "/boundaries 启用")
    assert {"/boundaries 启用"} <= walk.typed
    enter(walk, office, Role.LEADER, "communities")
    walk.point_at_map("/communities 提示")
    assert "other" in walk.shown


def test_hostile_reasons_are_text_in_the_records(walk: Walk, office: Office) -> None:
    enter(walk, office, Role.AUDITOR, "audit")
    walk.page.locator(".st-key-audit_text input").fill("理由")
    walk.turn_on("/audit 理由", "Enter")
    walk.explore("/audit", "/audit")
    # What reads as an address of somebody is masked in the records.
    assert len(walk.shown["table"]) > 20
    assert "/audit audit_records" in walk.typed
