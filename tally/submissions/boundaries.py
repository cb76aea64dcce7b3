"""Boundaries of the map put in force and taken back, and the intranet's tile server."""

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from tally import clock
from tally.registry import Event
from tally.store import Database
from tally.submissions.deeds import doing
from tally.viewers import Action

LEVELS = ("community", "street")
LONGEST_URL = 500
EXAMPLE = "http://地图主机/tiles/{z}/{x}/{y}.png"
PLACES = ("{z}", "{x}", "{y}")
# A source of the content security policy: nothing in it may end it or name a second one.
HOST = re.compile(r"([A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(:\d{1,5})?")
ADDRESS = re.compile(r"[A-Za-z0-9:/?&=%._~+,@{}\[\]-]+")


class CannotDraw(ValueError):
    """A boundary or a tile server cannot be set as given; the message says why."""


def put_in_force(
    database: Database,
    campaign: str,
    features: Mapping[str, Any],
    *,
    file: str,
    sha256: str,
    datum: str,
    level: str = "community",
    approval_number: str = "",
    is_schematic: bool = False,
    note: str = "",
    matched_count: int = 0,
    remarks: str = "",
    entered_by: str = "",
) -> int:
    """Let a campaign's map draw these features from now on; return the boundary's number.

    The one before it stays, and returns when this one is taken back.
    """
    if not features["features"]:
        raise CannotDraw("没有可画的界线")
    if level not in LEVELS:
        raise CannotDraw(f"层级只能是 {'、'.join(LEVELS)}")
    told: dict[str, Any] = {"campaign": campaign, "thing": "地图边界", "sha256": sha256}
    told["count_after"] = len(features["features"])
    with doing(
        database, Action.CONFIGURE, Event.CONFIGURE, f"启用地图边界《{file}》", **told
    ) as deed:
        number = int(deed.writing.run("next_boundary", {})[0][0])
        deed.name = str(number)
        kept = {
            "boundary": number,
            "campaign": campaign,
            "file": file,
            "sha256": sha256,
            "level": level,
            "datum": datum,
            "approval_number": approval_number.strip(),
            "is_schematic": is_schematic,
            "note": note.strip(),
            "area_count": len(features["features"]),
            "matched_count": matched_count,
            "remarks": remarks,
            "geojson": json.dumps(features, ensure_ascii=False, separators=(",", ":")),
            "entered_by": entered_by.strip(),
            "from_at": clock.moment(),
        }
        deed.writing.insert("boundary", [kept])
    return number


def take_boundary_back(database: Database, campaign: str) -> None:
    """Draw what was drawn before the newest boundary; CannotDraw when none was uploaded."""
    told = {"campaign": campaign, "thing": "地图边界"}
    with doing(database, Action.CONFIGURE, Event.CONFIGURE, "撤回地图边界", **told) as deed:
        found = deed.writing.run("boundary_in_force", {"campaign": campaign})
        if not found:
            raise CannotDraw("没有上传过的边界可以撤回")
        deed.name = str(found[0][0])
        deed.writing.run("end_boundary", {"boundary": found[0][0], "moment": clock.moment()})


def tile_server(database: Database) -> str:
    """Return the address of the tile server that is set, '' without one."""
    rows = database.stored("tile_server").to_pylist()
    return str(rows[0]["value"]) if rows else ""


def set_tile_server(database: Database, address: str) -> None:
    """Let maps be drawn over tiles of this address; '' turns them off. CannotDraw when unusable."""
    address = address.strip()
    if address:
        origin_of(address)
    sentence = f"设置底图服务 {address}" if address else "停用底图服务"
    with doing(database, Action.CONFIGURE, Event.CONFIGURE, sentence, thing="底图服务") as deed:
        deed.writing.run("clear_tile_server", {})
        if address:
            deed.writing.insert("setting", [{"name": "tile_server", "value": address}])


def origin_of(address: str) -> str:
    """Return scheme, host and port of a tile server's address; CannotDraw when it is unusable."""
    missing = [place for place in PLACES if place not in address]
    if missing:
        raise CannotDraw(f"地址里缺少 {'、'.join(missing)}，例如 {EXAMPLE}")
    if len(address) > LONGEST_URL or not ADDRESS.fullmatch(address):
        raise CannotDraw("地址里有不能用的字符，或过长")
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not HOST.fullmatch(parts.netloc):
        raise CannotDraw("只收 http:// 或 https:// 开头、写明主机的地址，地址里不能带账号")
    return f"{parts.scheme}://{parts.netloc}"
