"""The names of one kind of thing in a pack, and what an unknown word may mean among them."""

from collections.abc import Iterable, Mapping, Sequence

from tally.intake.cells import likeness
from tally.intake.cells.answers import plain
from tally.intake.opening.grids import Cell

NOT_LISTED = "名册里没有"
# A roster no longer than this is offered whole, its nearest names first.
MAX_CHOICES = 20
NO_ANSWERS: Mapping[str, str] = {}
# A comparison takes about 2 ms, and a hostile column has a hundred thousand words.
MAX_JUDGED = 300


class Roster:
    """Names and aliases of one kind of thing in a pack; spaces never distinguish two.

    `answered` are the words that a clerk was asked about, each with the name it stands for;
    an answer that names nothing in the roster (any more), or whose word the roster knows by
    now, is as if it had not been given.
    """

    def __init__(
        self,
        entries: Iterable[tuple[str, Sequence[str]]],
        answered: Mapping[str, str] = NO_ANSWERS,
    ) -> None:
        owners: dict[str, list[str]] = {}
        names: dict[str, str] = {}
        for name, aliases in entries:
            names[plain(name)] = name
            for alias in aliases:
                owners.setdefault(plain(alias), []).append(name)
        # An alias that two share names neither, and none takes another's own name away.
        self.disputed = {word: found for word, found in owners.items() if len(set(found)) > 1}
        single = {word: found[0] for word, found in owners.items() if word not in self.disputed}
        own = dict.fromkeys(names.values())
        said = {plain(word): name for word, name in answered.items() if name in own}
        self.by_word = said | single | names
        self.names = tuple(own)
        self.judged: dict[str, tuple[str, ...]] = {}
        self.not_listed = {plain(word) for word, name in answered.items() if name == NOT_LISTED}
        known = single | names
        self.answered = {
            word: name
            for word, name in (dict.fromkeys(self.not_listed, NOT_LISTED) | said).items()
            if word not in known
        }

    def find(self, word: Cell) -> str | None:
        """Return the canonical name behind a name or an alias, or None."""
        known = self.known(word)
        return None if known is None else self.by_word[known]

    def known(self, word: Cell) -> str | None:
        """Return under which of the roster's words a cell's is found, or None."""
        text = plain(word)
        return text if text in self.by_word else None

    def words(self, text: str) -> list[str]:
        """Return what a cell names: the roster's own words, else its own."""
        return [self.known(text) or plain(text)]

    def nearest(self, word: str, at_most: int = 2) -> tuple[str, ...]:
        """Return the canonical names that an unknown word may mean, best first.

        Only so many words are compared: a file with more has the wrong column or campaign.
        """
        if (owners := self.disputed.get(plain(word))) is not None:
            return tuple(dict.fromkeys(owners))[:at_most]
        if word not in self.judged and len(self.judged) < MAX_JUDGED:
            self.judged[word] = likeness.nearest(word, self.by_word.items(), MAX_CHOICES)
        return self.judged.get(word, ())[:at_most]

    def choices(self, word: str) -> tuple[str, ...]:
        """Return what an unknown word may be answered with: the nearest names come first."""
        near = self.nearest(word, MAX_CHOICES)
        others = self.names if len(self.names) <= MAX_CHOICES else ()
        return (*dict.fromkeys((*near, *others)), NOT_LISTED)

    def mentioned(self, text: str) -> tuple[str, ...]:
        """Return the canonical names found inside a text, longer names before shorter."""
        text, found = plain(text), []
        for word in sorted(self.by_word, key=len, reverse=True):
            if word and word in text:
                found.append(self.by_word[word])
                text = text.replace(word, "\n")
        return tuple(dict.fromkeys(found))
