"""Matches headers to a contract's columns: exactly after normalising, never by likeness."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from tally.contracts import NOT_IMPORTED, Column, Contract, contracts
from tally.intake.cells.answers import plain
from tally.intake.opening.grids import Cell

QUOTES = "“”‘’\"'「」『』"
# One office writes 说“不”事项, another 说不事项.
BRACKETS = str.maketrans("[]【】〔〕{}<>《》", "()()()()()()", QUOTES)
TRAILING_REMARK = re.compile(r"\([^()]*\)\Z")
PARTNER_REMARK = re.compile(r"\((配合|协办|协同)[^()]*\)\Z")
MAX_HEADER_CHARACTERS = 40
# Forms are numbered and starred: 一、问题描述, 1.责任单位, （二）措施, *完成时限（必填）.
NUMBERING = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、.:]|\([一二三四五六七八九十\d]{1,2}\)|\d{1,2}[、.:)])(?=\D)"
)
CIRCLED = re.compile(r"\s*[\u2460-\u2473\u2474-\u2487\u2488-\u249b\u3220-\u3229\u3280-\u3289]")
NUMBERING_LETTERS = "0123456789第一二三四五六七八九十"
NUMBERED_START = re.compile(r"(?:\d{1,2}|第?[一二三四五六七八九十]{1,3})\s*[、.．:：)）]")
FILL_REMARK = re.compile(r"\((?:必填|选填|可选|必填项|选填项|非必填)\)")
NAMED_BY_THE_PACK = ("units", "dimension", "community", "class")
STARS = "*:★☆※●○◆■▲#_"
NO_ANSWERS: Mapping[str, str] = {}


def header_word(cell: Cell) -> str:
    """Return a header in the form in which it is compared; '' for what is no header."""
    if not isinstance(cell, str) or len(cell) > MAX_HEADER_CHARACTERS:
        return ""
    return _header_word(cell)


# Sheets repeat their words; a table's lines are looked at once for each kind of ledger.
@lru_cache(maxsize=20_000)
def _header_word(text: str) -> str:
    word = plain(CIRCLED.sub("", text)).translate(BRACKETS).strip(STARS)
    word = FILL_REMARK.sub("", word).strip(STARS)
    return NUMBERING.sub("", word, count=1) if NUMBERING.match(word) else word


def _bare(word: str) -> str:
    return word.replace("(", "").replace(")", "")


@dataclass(frozen=True)
class Vocabulary:
    """A contract's headers; a word claimed by several columns keeps the contract's order."""

    claims: Mapping[str, tuple[Column, ...]]
    bare_claims: Mapping[str, tuple[Column, ...]]
    ignored: frozenset[str]

    @property
    def words(self) -> frozenset[str]:
        """Every header, ignored ones included."""
        return self.ignored | self.claims.keys()

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


def own_examples(contract: Contract) -> tuple[Column, ...]:
    """Return the columns by whose example our own template's example row is known.

    They are the required ones whose example is the same in every campaign.
    """
    return tuple(
        column
        for column in contract.required
        if column.example and column.type not in NAMED_BY_THE_PACK
    )


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


@cache
def _all_words() -> frozenset[str]:
    return frozenset().union(*(vocabulary(kind).words for kind in contracts()))


@cache
def _all_letters() -> frozenset[str]:
    return frozenset(word[0] for word in _all_words() if word)


def may_begin_head(letter: str) -> bool:
    """Tell whether a header of some kind of ledger, numbered or not, may begin with a letter."""
    is_plain = letter.isalnum() and (letter.isascii() or "一" <= letter <= "鿿")
    return not is_plain or letter in _all_letters() or letter in NUMBERING_LETTERS


def is_head_of_any(cell: Cell) -> bool:
    """Tell whether a cell holds a header of any kind of ledger."""
    if not isinstance(cell, str) or len(cell) > MAX_HEADER_CHARACTERS:
        return False
    if cell[0] in NUMBERING_LETTERS and not NUMBERED_START.match(cell):
        return False
    word = header_word(cell)
    if word in _all_words():
        return True
    return "(" in word and any(vocabulary(kind).knows(word) for kind in contracts())


@dataclass
class Assignment:
    """Which spreadsheet column (0-based) holds which column of the contract.

    `headers` are the words of each, joined over the header's rows, `candidates` all that it may
    be known by; `disputed` could be several of ours, and were given to the first; `answered` are
    the columns that a clerk's answer names, with what it says.
    """

    columns: dict[int, Column] = field(default_factory=dict)
    headers: dict[int, str] = field(default_factory=dict)
    candidates: Mapping[int, Sequence[str]] = field(default_factory=dict)
    ignored: set[int] = field(default_factory=set)
    unknown: list[int] = field(default_factory=list)
    doubled: list[int] = field(default_factory=list)
    disputed: dict[int, tuple[Column, ...]] = field(default_factory=dict)
    answered: dict[int, str] = field(default_factory=dict)

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


def column_key(header: str) -> str:
    """Return the key under which a clerk answers which column a header is."""
    return f"column:{header}"


def assign(
    contract: Contract,
    candidates: Mapping[int, Sequence[str]],
    answers: Mapping[str, str] = NO_ANSWERS,
) -> Assignment:
    """Assign headers to columns; `candidates` are the words of each, the likeliest first.

    A header that two columns claim goes to the one that no unambiguous header has taken:
    完成时间 is the deadline, unless 完成时限 stands beside it. A header that nobody claims
    is what a clerk's answer says it is.
    """
    known = vocabulary(contract.kind)
    assignment = Assignment(
        headers={at: words[0] for at, words in candidates.items()}, candidates=candidates
    )
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
        free = tuple(column for column in claimants if column.name not in assignment.names)
        if word not in settled and len(free) > 1 and not free[0].required:
            assignment.disputed[at] = free
        assignment.take(at, () if word in settled else claimants)
        settled.add(word)
    _answer(contract, assignment, answers)
    return assignment


def _answer(contract: Contract, assignment: Assignment, answers: Mapping[str, str]) -> None:
    titles = {column.title: column for column in contract.columns}
    for at in (*assignment.unknown, *assignment.disputed):
        said = answers.get(column_key(assignment.headers[at]), "")
        if said not in titles and said != NOT_IMPORTED:
            continue
        if at in assignment.disputed:
            del assignment.disputed[at], assignment.columns[at]
        else:
            assignment.unknown.remove(at)
        assignment.answered[at] = said
        if said in titles:
            assignment.take(at, (titles[said],))
