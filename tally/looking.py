"""What a page is looking at, in one line of words: true for every choice of the filters."""

from collections.abc import Sequence
from dataclasses import dataclass

from tally.sentences import Name

NAMES_MAX = 3


@dataclass(frozen=True)
class Axis:
    """One list to choose from: what it is called, what is chosen of it and what is left out.

    `word` follows a number (`11 个单位`); `picked` is what a click on a figure chose.
    """

    word: str
    total: int
    chosen: Sequence[str] = ()
    left_out: Sequence[str] = ()
    picked: str = ""


@dataclass(frozen=True)
class View:
    """All that narrows a page; the empty text stands for no choice."""

    campaign: str
    month: str
    units: Axis
    dimensions: Axis
    league: str = ""
    post: str = ""


def looked_at(view: View) -> tuple[str, ...]:
    """Return the line in parts, the names among them as `Name`.

    Nothing chosen reads 全部单位; something left out reads 除 … 外.
    """
    parts: list[str] = ["正在看：", Name(view.campaign)]
    if view.month:
        parts += ["，", Name(view.month)]
    if view.league:
        parts += ["，比较组 ", Name(view.league)]
    if view.post:
        parts += ["，", Name(view.post), " 分管"]
    parts += ["，", *_axis(view.units)]
    if view.dimensions.chosen:
        parts += ["，", *_axis(view.dimensions)]
    return tuple(parts)


def _axis(axis: Axis) -> list[str]:
    if axis.left_out:
        rest = axis.total - len(axis.left_out)
        return ["除 ", *listed_names(axis.left_out, axis.word), f" 外的 {rest} 个{axis.word}"]
    if not axis.chosen:
        return [f"全部{axis.word}"]
    how = "（点图选定）" if list(axis.chosen) == [axis.picked] else ""
    return [f"{axis.word} ", *listed_names(axis.chosen, axis.word), *([how] if how else [])]


def listed_names(names: Sequence[str], word: str, at_most: int = NAMES_MAX) -> list[str]:
    """Return names joined by 、; of many the first ones and how many there are of the `word`."""
    parts: list[str] = []
    for name in names[:at_most]:
        parts += ["、", Name(name)] if parts else [Name(name)]
    if len(names) > at_most:
        parts.append(f" 等 {len(names)} 个{word}")
    return parts
