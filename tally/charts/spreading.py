"""Labels side by side: as near to where they belong as the room allows."""

from collections.abc import Sequence


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return ascending positions near `wanted` (ascending), `gap` apart, within [low, high].

    Where the room is too small for all, the gap shrinks and the ends hold.
    """
    if len(wanted) > 1:
        gap = min(gap, (high - low) / (len(wanted) - 1))
    blocks: list[list[float]] = []  # each: the sum of (wanted - offset), how many
    for position in wanted:
        blocks.append([position, 1])
        while len(blocks) > 1 and _start(blocks[-2]) + blocks[-2][1] * gap > _start(blocks[-1]):
            total, size = blocks.pop()
            blocks[-1][0] += total - size * blocks[-1][1] * gap
            blocks[-1][1] += size
    placed = [_start(block) + step * gap for block in blocks for step in range(int(block[1]))]
    last = len(placed) - 1
    return [
        min(max(position, low + index * gap), high - (last - index) * gap)
        for index, position in enumerate(placed)
    ]


def _start(block: list[float]) -> float:
    return block[0] / block[1]
