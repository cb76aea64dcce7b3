"""Which leader answers for which enterprise, and where are problems open? A tile each (E6)."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Area, Canvas, Target
from tally.charts.overdue_grid import COUNT_STEPS, TOP_STEP
from tally.charts.theme import NAME_TEXT

NAME_ROOM = 226
COUNT_RIGHT = 330
TILES_LEFT = 346
TILE_GAP = 3
WIDEST_TILE, NARROWEST_TILE = 38, 17
TALLEST_ROW, LOWEST_ROW = 50, 26
HEAD = 26
REST_ROOM = 52
NOBODY = "未定包保领导"


def _step(open_count: int) -> int:
    return next((step for limit, step in COUNT_STEPS if open_count <= limit), TOP_STEP)


def _leaders(rows: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return each leader's objects, in the order of the question; who has no leader goes last."""
    held: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        post = NOBODY if words.is_missing(row["leader_post"]) else str(row["leader_post"])
        held.setdefault(post, []).append(row)
    nobody = held.pop(NOBODY, None)
    return [*held.items(), *([(NOBODY, nobody)] if nobody else [])]


class _Tiles:
    """The geometry of rows of tiles: one pitch, one width of tile for all leaders."""

    def __init__(self, canvas: Canvas, leaders: list[tuple[str, list[dict[str, Any]]]]) -> None:
        room = int((canvas.bottom - HEAD) // LOWEST_ROW)
        self.leaders = leaders[:room]
        self.left_out = leaders[room:]
        self.pitch = min(TALLEST_ROW, (canvas.bottom - HEAD) / max(len(self.leaders), 1))
        most = max(len(objects) for _, objects in leaders)
        wanted = (canvas.right - TILES_LEFT) / most
        self.step = min(WIDEST_TILE, max(NARROWEST_TILE, wanted))
        is_cut = wanted < NARROWEST_TILE
        room_px = canvas.right - TILES_LEFT - (REST_ROOM if is_cut else 0)
        self.many = int(room_px / self.step + 0.001)

    def middle(self, index: int) -> float:
        """Return the height of a leader's line."""
        return HEAD + (index + 0.5) * self.pitch

    def area(self, index: int, place: int) -> Area:
        """Return the edges of a tile."""
        x = TILES_LEFT + place * self.step
        half = (self.pitch - 6) / 2
        return x, self.middle(index) - half, x + self.step - TILE_GAP, self.middle(index) + half


def _draw_tile(canvas: Canvas, area: Area, row: dict[str, Any]) -> None:
    tokens, count = canvas.tokens, int(row["open_count"])
    step = _step(count)
    fill = tokens.sequential[step] if count else None
    border, dash = (tokens.line, "solid") if row["is_listed"] else (tokens.muted, "dot")
    canvas.box(*area, fill, border=border, dash=dash)
    if not count:
        return
    middle = (area[0] + area[2]) / 2, (area[1] + area[3]) / 2
    color = tokens.on_step(step)
    canvas.text(*middle, words.count(count), anchor="center", color=color, weight=600)


def _hover(row: dict[str, Any]) -> str:
    said = [f"{row['subject']}，收集 {words.count(row['problem_count'], '项')}"]
    if row["open_count"]:
        said.append(f"未销号 {words.count(row['open_count'], '项')}")
    if row["overdue_count"]:
        said.append(f"逾期 {words.count(row['overdue_count'], '项')}")
    if not row["is_listed"]:
        said.append("不在名册")
    return "，".join(said)


def _draw_leader(canvas: Canvas, tiles: _Tiles, index: int, chosen: str) -> Iterator[Target]:
    """Draw one leader's line; yield what can be chosen on it."""
    name, objects = tiles.leaders[index]
    y, tokens = tiles.middle(index), canvas.tokens
    canvas.text(0, y, name, size=NAME_TEXT, room=NAME_ROOM)
    open_count = sum(int(row["open_count"]) for row in objects)
    counts = f"{words.count(open_count)} / {words.count(len(objects))}"
    canvas.text(COUNT_RIGHT, y, counts, anchor="right", weight=600)
    for place, row in enumerate(objects[: tiles.many]):
        area = tiles.area(index, place)
        _draw_tile(canvas, area, row)
        if row["subject"] == chosen:
            canvas.box(*area, border=tokens.primary, border_width=3, is_on_top=True)
        yield area, (row["subject"],), _hover(row)
    if len(objects) > tiles.many:
        rest = f"另 {len(objects) - tiles.many}"
        canvas.text(canvas.right, y, rest, anchor="right", color=tokens.muted)


def leader_objects(
    objects: pd.DataFrame,
    *,
    theme: str,
    chosen: str = "",
    width: float = 1132,
    height: float = 318,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `leader_objects`: a line a leader, a tile an object, its open problems in it.

    A tile can be chosen; its customdata is (subject,), which is what `chosen` takes.
    """
    canvas = Canvas(theme, width, height, scale)
    rows = objects.to_dict("records")
    if not rows:
        canvas.notice("没有企业（项目）")
        return canvas.figure()
    tiles, muted = _Tiles(canvas, _leaders(rows)), canvas.tokens.muted
    canvas.text(0, 10, "包保领导", color=muted)
    canvas.text(COUNT_RIGHT, 10, "未销号 / 家数", anchor="right", color=muted)
    canvas.text(TILES_LEFT, 10, "每格一家，数字为未销号问题；白格没有，虚框不在名册", color=muted)
    areas = [
        area
        for index in range(len(tiles.leaders))
        for area in _draw_leader(canvas, tiles, index, chosen)
    ]
    canvas.targets(areas)
    return canvas.figure()
