"""From stage to stage: where projects stood in the list before and where they stand now (C6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Canvas
from tally.charts.spreading import spread
from tally.charts.theme import NAME_TEXT

HEAD = 44
NODE = 18
LEFT_ROOM = 170
RIGHT_ROOM = 350
LABEL_HALF = 24
LABEL_GAP = 52
NODE_GAP = 16
NEW = "新入库"
Row = Mapping[str, Any]


@dataclass(frozen=True)
class _Node:
    """A stage on one side: its name, projects, and where it stands from top to bottom."""

    name: str
    count: int
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """The middle of the node."""
        return (self.top + self.bottom) / 2


def _nodes(counts: Sequence[tuple[str, int]], height: float) -> dict[str, _Node]:
    """Return nodes from the top down, as high as they have projects."""
    room = height - HEAD - 8 - NODE_GAP * (len(counts) - 1)
    total = sum(count for _, count in counts)
    nodes, top = {}, float(HEAD)
    for name, count in counts:
        bottom = top + room * count / max(total, 1)
        nodes[name] = _Node(name, count, top, bottom)
        top = bottom + NODE_GAP
    return nodes


def _order(stages: Sequence[Row], moves: Sequence[Row]) -> tuple[list[str], list[str]]:
    known = [str(row["stage"]) for row in stages]
    before = {_origin(move) for move in moves}
    now = {str(move["stage"]) for move in moves}
    left = [name for name in known if name in before]
    return left + [NEW] * (NEW in before), [name for name in known if name in now]


def _origin(move: Row) -> str:
    return NEW if words.is_missing(move["from_stage"]) else str(move["from_stage"])


def _band(
    canvas: Canvas, left: tuple[float, float], right: tuple[float, float], color: str
) -> None:
    """Draw a band from (top, bottom) on the left to that on the right."""
    x0, x1 = LEFT_ROOM + NODE, canvas.right - RIGHT_ROOM - NODE
    middle = (x0 + x1) / 2
    path = (
        f"M {x0} {left[0]} C {middle} {left[0]} {middle} {right[0]} {x1} {right[0]} "
        f"L {x1} {right[1]} C {middle} {right[1]} {middle} {left[1]} {x0} {left[1]} Z"
    )
    canvas.shapes.append(
        {"type": "path", "path": path, "fillcolor": color, "opacity": 0.55, "layer": "below",
         "line": {"width": 0}}
    )  # fmt: skip


def _draw_bands(
    canvas: Canvas, moves: Sequence[Row], left: Mapping[str, _Node], right: Mapping[str, _Node]
) -> None:
    """Draw the moves in the order of the nodes on both sides, so that bands cross least."""
    from_px = {name: node.top for name, node in left.items()}
    to_px = {name: node.top for name, node in right.items()}
    places = {name: place for place, name in enumerate(left)}
    ends = {name: place for place, name in enumerate(right)}
    tokens = canvas.tokens
    ordered = sorted(moves, key=lambda move: (ends[str(move["stage"])], places[_origin(move)]))
    tops: dict[tuple[str, str], tuple[float, float]] = {}
    for move in ordered:
        node = right[str(move["stage"])]
        high = (node.bottom - node.top) * move["project_count"] / node.count
        tops[_origin(move), node.name] = to_px[node.name], to_px[node.name] + high
        to_px[node.name] += high
    for move in sorted(moves, key=lambda move: (places[_origin(move)], ends[str(move["stage"])])):
        node = left[_origin(move)]
        high = (node.bottom - node.top) * move["project_count"] / node.count
        here = from_px[node.name], from_px[node.name] + high
        from_px[node.name] += high
        stayed = _origin(move) == move["stage"]
        color = tokens.nonefill if stayed else tokens.bar
        color = tokens.states["soon"].fill if move["is_back"] else color
        _band(canvas, here, tops[node.name, str(move["stage"])], color)


def _draw_left(canvas: Canvas, nodes: Mapping[str, _Node]) -> None:
    middles = [node.middle for node in nodes.values()]
    placed = spread(middles, 30, HEAD + 8, canvas.bottom - 12)
    for node, y in zip(nodes.values(), placed, strict=True):
        color = canvas.tokens.primary if node.name == NEW else canvas.tokens.bar
        canvas.box(LEFT_ROOM, node.top, LEFT_ROOM + NODE, node.bottom, color)
        text = f"{node.name} {node.count}"
        canvas.text(LEFT_ROOM - 10, y, text, size=NAME_TEXT, anchor="right", room=LEFT_ROOM - 12)


def _notes(canvas: Canvas, stage: Row) -> tuple[str, str]:
    """Return what is said of a stage below its name, and in which colour."""
    states, said = canvas.tokens.states, []
    if stage["stuck_count"]:
        said.append(f"■ 卡住 {int(stage['stuck_count'])}")
    if stage["past_quarter_count"]:
        said.append(f"▲ 过季未动 {int(stage['past_quarter_count'])}")
    if stage["obstacle_count"]:
        said.append(f"报卡点 {int(stage['obstacle_count'])}")
    state = "overdue" if stage["stuck_count"] else "soon" if stage["past_quarter_count"] else ""
    return "　".join(said) or "● 没有卡住的", states[state].text if state else canvas.tokens.muted


def _draw_right(
    canvas: Canvas, nodes: Mapping[str, _Node], stages: Mapping[str, Row], chosen: str
) -> None:
    left = canvas.right - RIGHT_ROOM
    middles = [node.middle for node in nodes.values()]
    low, high = HEAD + LABEL_HALF - 6, canvas.bottom - LABEL_HALF - 4
    placed = spread(middles, LABEL_GAP, low, high)
    areas = []
    for node, y in zip(nodes.values(), placed, strict=True):
        stage, tokens = stages[node.name], canvas.tokens
        canvas.box(left - NODE, node.top, left, node.bottom, tokens.bar)
        quarter = "" if not stage["quarter"] > 0 else f"（{_quarter_words(stage)}）"
        name = f"{node.name} {node.count} 个{quarter}"
        color = tokens.primary if node.name == chosen else None
        canvas.text(left + 12, y - 11, name, size=18, weight=700, color=color, room=RIGHT_ROOM - 14)
        note, note_color = _notes(canvas, stage)
        canvas.text(left + 12, y + 12, note, color=note_color, room=RIGHT_ROOM - 14)
        area = (left + 6, y - LABEL_HALF, canvas.right, y + LABEL_HALF)
        areas.append((area, (node.name,), _hover(stage)))
    canvas.targets(areas)


def _quarter_words(stage: Row) -> str:
    numeral = "一二三四"[int(stage["quarter"]) - 1]
    return f"{numeral}季度抓{'，本季' if stage['is_current'] else ''}"


def _hover(stage: Row) -> str:
    days = words.days(stage["days_median"])
    return (
        f"{stage['stage']}：上期 {int(stage['before_count'])}，新入库 {int(stage['new_count'])}，"
        f"转入 {int(stage['came_count'])}，转出 {int(stage['left_count'])}；停留中位数 {days}"
    )


def project_moves(
    stages: pd.DataFrame,
    moves: pd.DataFrame,
    *,
    theme: str,
    chosen: str = "",
    width: float = 1085,
    height: float = 690,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `project_moves` as bands between the stages of `project_stages`.

    Grey stayed, blue moved on, orange went back. A stage on the right can be chosen; its
    customdata is (stage,).
    """
    canvas = Canvas(theme, width, height, scale)
    flows, known = moves.to_dict("records"), stages.to_dict("records")
    if not flows:
        canvas.notice("还没有项目")
        return canvas.figure()
    before, now = _order(known, flows)
    left = _nodes([(name, _total(flows, _origin, name)) for name in before], canvas.bottom)
    right = _nodes([(name, _total(flows, _stage, name)) for name in now], canvas.bottom)
    muted, months = canvas.tokens.muted, flows[0]
    first = (
        "首次报送" if words.is_missing(months["before_month"]) else _month(months, "before_month")
    )
    canvas.text(LEFT_ROOM + NODE, 14, first, color=muted, anchor="right")
    canvas.text(canvas.right - RIGHT_ROOM - NODE, 14, _month(months, "month"), color=muted)
    canvas.text((LEFT_ROOM + canvas.right - RIGHT_ROOM) / 2, 14, "灰 未动　蓝 前进　▲橙 退回",
                color=muted, anchor="center")  # fmt: skip
    _draw_bands(canvas, flows, left, right)
    _draw_left(canvas, left)
    _draw_right(canvas, right, {str(row["stage"]): row for row in known}, chosen)
    return canvas.figure()


def _stage(move: Row) -> str:
    return str(move["stage"])


def _month(move: Row, column: str) -> str:
    return f"{words.year_month(move[column])}台账"


def _total(moves: Sequence[Row], side: Any, name: str) -> int:
    return sum(int(move["project_count"]) for move in moves if side(move) == name)
