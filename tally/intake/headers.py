"""Matches headers to a contract's columns: exactly after normalising, never by likeness."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from tally.contracts import Column, Contract, contracts
from tally.intake.answers import plain
from tally.intake.grids import Cell

BRACKETS = str.maketrans("[]【】〔〕{}<>《》", "()()()()()()")
TRAILING_REMARK = re.compile(r"\([^()]*\)\Z")
PARTNER_REMARK = re.compile(r"\((配合|协办|协同)[^()]*\)\Z")
MAX_HEADER_CHARACTERS = 40


def header_word(cell: Cell) -> str:
    """Return a header in the form in which it is compared; '' for what is no header."""
    if not isinstance(cell, str) or len(cell) > MAX_HEADER_CHARACTERS:
        return ""
    return _header_word(cell)


# Sheets repeat their words; a table's lines are looked at once for each kind of ledger.
@lru_cache(maxsize=20_000)
def _header_word(text: str) -> str:
    return plain(text).translate(BRACKETS).strip("*:")


def _bare(word: str) -> str:
    return word.replace("(", "").replace(")", "")


@dataclass(frozen=True)
class Vocabulary:
    """A contract's headers; a word claimed by several columns keeps the contract's order."""

    claims: Mapping[str, tuple[Column, ...]]
    bare_claims: Mapping[str, tuple[Column, ...]]
    ignored: frozenset[str]

    def claimants(self, candidates: Sequence[str]) -> tuple[Column, ...]:
        """Return the columns that claim one of the words, the first word's claim first."""
        for word in candidates:
            if word in self.claims:
                return self.claims[word]
        for word in candidates:
            if _bare(word) in self.bare_claims:
                return self.bare_claims[_bare(word)]
        for word in candidates:
            short = TRAILING_REMARK.sub("", word)
            if short != word and short in self.claims and not PARTNER_REMARK.search(word):
                return self.claims[short]
        return ()

    def knows(self, word: str) -> bool:
        """Tell whether a word is one of the contract's headers, ignored ones included."""
        if not word:
            return False
        if word in self.ignored or word in self.claims:
            return True
        return "(" in word and bool(self.claimants((word,)))


def title_of(contract: Contract) -> str:
    """Return the name of the column that says what a row is about."""
    named = next((column for column in contract.columns if column.name == "title"), None)
    return (named or contract.required[0]).name


def _claims(contract: Contract, is_bare: bool) -> dict[str, tuple[Column, ...]]:
    claims: dict[str, tuple[Column, ...]] = {}
    for column in contract.columns:
        words = {header_word(header) for header in column.all_headers}
        for word in {_bare(word) for word in words} if is_bare else words:
            claims[word] = (*claims.get(word, ()), column)
    return claims


@cache
def vocabulary(kind: str) -> Vocabulary:
    """Return the headers of one kind of ledger."""
    contract = contracts()[kind]
    ignored = frozenset(header_word(header) for header in contract.ignored)
    return Vocabulary(_claims(contract, False), _claims(contract, True), ignored)


@dataclass
class Assignment:
    """Which spreadsheet column (0-based) holds which column of the contract."""

    columns: dict[int, Column] = field(default_factory=dict)
    headers: dict[int, str] = field(default_factory=dict)
    ignored: set[int] = field(default_factory=set)
    unknown: list[int] = field(default_factory=list)
    doubled: list[int] = field(default_factory=list)

    @property
    def names(self) -> frozenset[str]:
        """The names of the contract's columns that were found."""
        return frozenset(column.name for column in self.columns.values())

    def position(self, name: str) -> int | None:
        """Return the spreadsheet column of one of ours, or None."""
        return next((at for at, column in self.columns.items() if column.name == name), None)

    def take(self, at: int, claimants: Sequence[Column]) -> None:
        """Give a header to its first claimant that has none yet."""
        free = [column for column in claimants if column.name not in self.names]
        if free:
            self.columns[at] = free[0]
        else:
            self.doubled.append(at)


def assign(contract: Contract, candidates: Mapping[int, Sequence[str]]) -> Assignment:
    """Assign headers to columns; `candidates` are the words of each, the likeliest first.

    A header that two columns claim goes to the one that no unambiguous header has taken:
    完成时间 is the deadline, unless 完成时限 stands beside it.
    """
    known = vocabulary(contract.kind)
    assignment = Assignment(headers={at: words[0] for at, words in candidates.items()})
    disputed: dict[int, tuple[Column, ...]] = {}
    for at, words in candidates.items():
        claimants = known.claimants(words)
        if any(word in known.ignored for word in words):
            assignment.ignored.add(at)
        elif not claimants:
            assignment.unknown.append(at)
        elif len(claimants) == 1:
            assignment.take(at, claimants)
        else:
            disputed[at] = claimants
    settled: set[str] = set()
    for at, claimants in disputed.items():
        word = assignment.headers[at]
        assignment.take(at, () if word in settled else claimants)
        settled.add(word)
    return assignment
