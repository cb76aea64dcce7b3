"""What a verdict is made of: a state, a sentence that fits its line, and who it names."""

from collections.abc import Sequence
from dataclasses import dataclass

from tally import words

LONGEST_EM = 24


class Name(str):
    """A name in a verdict's second line, to be emphasised."""


@dataclass(frozen=True)
class Verdict:
    """State (a key of `words.STATES`), sentence without its shape, and the second line.

    `detail` is the second line in parts; the names among them are `Name`.
    """

    state: str
    sentence: str
    detail: tuple[str, ...] = ()

    @property
    def headline(self) -> str:
        """The sentence with its state's shape: `■ 落后序时 6.1 个百分点`."""
        return f"{words.STATES[self.state].shape} {self.sentence}"

    @property
    def detail_text(self) -> str:
        """The second line as plain text."""
        return "".join(self.detail)

    @property
    def spoken(self) -> str:
        """Both lines, for who hears a figure instead of seeing it."""
        return f"{self.headline}。{self.detail_text}"

    @property
    def detail_markdown(self) -> str:
        """The second line in Markdown, names bold, nothing else of the data acting on it."""
        return markdown(self.detail)


def markdown(parts: Sequence[str]) -> str:
    """Return the parts of a line in Markdown, names bold, nothing else of the data acting."""
    said = (
        f"**{words.escape_markdown(part)}**"
        if isinstance(part, Name)
        else words.escape_markdown(part)
        for part in parts
    )
    return "".join(said)


def shortest_fitting(candidates: Sequence[str]) -> str:
    """Return the first candidate that fits the line, else the last."""
    fitting = (text for text in candidates if words.width_em(text) <= LONGEST_EM)
    return next(fitting, candidates[-1])


def listed(units: Sequence[str], at_most: int = 3) -> tuple[str, ...]:
    """Return names joined by 、; beyond `at_most` the first and how many there are."""
    if len(units) > at_most:
        return (Name(units[0]), f" 等 {len(units)} 个单位")
    parts: list[str] = []
    for unit in units:
        parts += ["、", Name(unit)] if parts else [Name(unit)]
    return tuple(parts)


def clauses(*said: tuple[str, ...]) -> tuple[str, ...]:
    """Join the clauses that say something with `；`."""
    parts: list[str] = []
    for clause in said:
        if clause:
            parts += ["；", *clause] if parts else clause
    return tuple(parts)
