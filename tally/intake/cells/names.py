"""Finds units, communities and dimensions of a pack in what offices write."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from tally.contracts import Question
from tally.intake.cells.answers import BLANK, Answer, faulty, is_missing, plain, shown, unreadable
from tally.intake.cells.roster import NO_ANSWERS, Roster
from tally.intake.opening.grids import Cell
from tally.packs import Community, Dimension, Pack, Unit, class_entries

# An answer's key begins with what the word should name: `unit:产业科`.
Kind = Literal["unit", "community", "dimension"]

SEPARATORS = re.compile(r"[、，,/／;；|&]")
LIST_NUMBER = re.compile(r"(?:^|(?<=\s))[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]?[、.．]")
JOINERS = re.compile(r"[\s和与及]+")
MAX_TOKENS = 40
NUMBERING = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、.:]|\([一二三四五六七八九十\d]{1,3}\)[、.]?|\d{1,2}[、.](?!\d))"
)
ROLE_BEFORE = re.compile(r"(牵头|主责|责任|配合|协办|协同)(?:责任)?(?:单位|部门)?:")
# 招商部（牵头）规划建设部（配合）: a role in brackets ends its unit's name.
ROLE_BEHIND = re.compile(
    r"([(（]\s*(?:牵头|主责|主办|配合|协办|协同)[^()（）]{0,4}[)）])(?=\s*[^\s、，,/／;；|&])"
)
REMARK = re.compile(r"\(([^()]*)\)\Z")
LEAD_MARKS = ("牵头", "主责", "主办")
PARTNER_MARKS = ("配合", "协办", "协同")
EVERYBODY = re.compile(r"(?:园区|区|市)?(?:各|全体|所有|相关|各相关|有关)(?:部门|单位|社区|中心)+")


@dataclass(frozen=True)
class Named:
    """The units of a cell: canonical names, the lead first; what is in no roster apart."""

    lead: str | None = None
    partners: tuple[str, ...] = ()
    everybody: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    is_lead_marked: bool = False

    @property
    def all(self) -> tuple[str, ...]:
        """Every unit of the roster that the cell names, the lead first."""
        return (self.lead, *self.partners) if self.lead else self.partners


def _names_of(unit: Unit) -> tuple[str, ...]:
    """Return what else a unit is met under, the name it went by before among it."""
    return (*unit.aliases, unit.former_name) if unit.former_name else unit.aliases


class Units(Roster):
    """The roster of units, and how a responsibility cell is taken apart."""

    def __init__(
        self,
        pack: Pack,
        answered: Mapping[str, str] = NO_ANSWERS,
        with_organs: bool = False,
    ) -> None:
        entries = [(unit.name, _names_of(unit)) for unit in pack.units]
        if with_organs:
            entries += [(organ.name, ()) for organ in pack.organs]
        super().__init__(entries, answered)
        self.read_before: dict[str, Named] = {}

    def read(self, cell: Cell) -> Named:
        """Take a cell apart into lead, partners and words that no roster knows."""
        if is_missing(cell):
            return Named()
        text = shown(cell)
        # The same few cells fill the whole column.
        if text not in self.read_before:
            self.read_before[text] = self._read(text)
        return self.read_before[text]

    def _read(self, text: str) -> Named:
        found: list[tuple[str, str]] = []
        everybody: list[str] = []
        unknown: list[str] = []
        for word, role in self._pieces(text):
            if (name := self.find(word)) is not None:
                found.append((name, role))
            else:
                (everybody if EVERYBODY.fullmatch(plain(word)) else unknown).append(plain(word))
        marked = [name for name, role in found if role == "lead"]
        names = list(dict.fromkeys(marked[:1] + [name for name, _ in found]))
        is_partner_only = bool(found) and all(role == "partner" for _, role in found)
        lead = None if is_partner_only else next(iter(names), None)
        partners = tuple(name for name in names if name != lead)
        return Named(lead, partners, tuple(everybody), tuple(unknown), bool(marked))

    def words(self, text: str) -> list[str]:
        """Return what a cell names, one word for each unit."""
        return [plain(word) for word, _ in self._pieces(text)]

    def _pieces(self, text: str) -> list[tuple[str, str]]:
        """Return the words of a cell, each with the role marked on it ('' when none)."""
        if self.find(text) is not None:
            return [(text, "")]
        pieces: list[tuple[str, str]] = []
        role = ""
        for word in SEPARATORS.split(LIST_NUMBER.sub("、", ROLE_BEHIND.sub(r"\1、", text))):
            if before := ROLE_BEFORE.match(plain(word)):
                role = "partner" if before[1] in PARTNER_MARKS else "lead"
                word = plain(word)[before.end() :]
            if plain(word):
                pieces += [(name, own or role) for name, own in self._words(word)]
        return pieces

    def _words(self, part: str) -> list[tuple[str, str]]:
        """Split a part at blanks only where that makes every word a known unit."""
        whole = self._unmarked(part)
        tokens = [token for token in JOINERS.split(part) if token]
        if self.find(whole[0]) is not None or not 2 <= len(tokens) <= MAX_TOKENS:
            return [whole]
        return self._segmented(tokens) or [whole]

    def _segmented(self, tokens: list[str]) -> list[tuple[str, str]] | None:
        """Join neighbouring tokens so that each group is a known unit; None when impossible."""
        if not tokens:
            return []
        for end in range(len(tokens), 0, -1):
            word = self._unmarked("".join(tokens[:end]))
            if self.find(word[0]) is not None:
                rest = self._segmented(tokens[end:])
                if rest is not None:
                    return [word, *rest]
        return None

    def _unmarked(self, word: str) -> tuple[str, str]:
        """Take `（牵头）` or another remark off a name, and return the role it gives."""
        text = plain(word)
        remark = REMARK.search(text)
        if remark is None or self.find(text) is not None:
            return text, ""
        role = "lead" if remark[1].startswith(LEAD_MARKS) else ""
        role = "partner" if remark[1].startswith(PARTNER_MARKS) else role
        return text[: remark.start()], role


class Places(Roster):
    """The communities of a pack, met with or without 社区."""

    SUFFIXES = ("社区居民委员会", "社区居委会", "居民委员会", "居委会", "社区", "村民委员会", "村")

    def __init__(
        self, communities: Sequence[Community], answered: Mapping[str, str] = NO_ANSWERS
    ) -> None:
        super().__init__(((place.name, self._short(place)) for place in communities), answered)

    def _short(self, place: Community) -> tuple[str, ...]:
        return (*place.aliases, self._core(place.name))

    def _core(self, word: str) -> str:
        text = plain(word)
        suffix = next((s for s in self.SUFFIXES if text.endswith(s) and text != s), "")
        return text.removesuffix(suffix)

    def known(self, word: Cell) -> str | None:
        """Return the name or alias that a word is, whatever its ending; None when it is none."""
        text = plain(word)
        return next((one for one in (text, self._core(text)) if one in self.by_word), None)


class Dimensions(Roster):
    """The dimensions of a pack, met with numbering, counts and 方面 around them."""

    SUFFIXES = ("方面的差距", "方面", "领域", "类", "渠道", "差距")

    def __init__(
        self, dimensions: Sequence[Dimension], answered: Mapping[str, str] = NO_ANSWERS
    ) -> None:
        super().__init__(((one.name, one.aliases) for one in dimensions), answered)

    def known(self, word: Cell) -> str | None:
        """Return the name or alias in `一、经济发展方面（31项）`; None when there is none."""
        text = plain(word)
        while text:
            if (known := self._ending(text)) is not None:
                return known
            shorter = NUMBERING.sub("", text, count=1) if NUMBERING.match(text) else text
            shorter = REMARK.sub("", shorter)
            if shorter == text:
                return None
            text = shorter
        return None

    def _ending(self, text: str) -> str | None:
        for suffix in ("", *self.SUFFIXES):
            core = text.removesuffix(suffix)
            for candidate in (core, core.removeprefix("找")):
                if candidate and candidate in self.by_word:
                    return candidate
        return None


@dataclass(frozen=True)
class Names:
    """The rosters of one pack, each built once, with what a clerk answered about its words.

    `answers` are those of the contract's keys (`unit:产业科`); other kinds are passed over.
    """

    pack: Pack
    answers: Mapping[str, str] = field(default_factory=dict)

    def answered(self, kind: Kind) -> dict[str, str]:
        """Return the answered words of one kind, each with the answer."""
        start = f"{kind}:"
        return {
            key.removeprefix(start): answer
            for key, answer in self.answers.items()
            if key.startswith(start)
        }

    @cached_property
    def units(self) -> Units:
        """The units."""
        return Units(self.pack, self.answered("unit"))

    @cached_property
    def bodies(self) -> Units:
        """The units and the campaign's organs, for ledgers that admit both."""
        return Units(self.pack, self.answered("unit"), with_organs=True)

    @cached_property
    def _classes(self) -> dict[str, Roster]:
        return {}

    def classes(self, column: str) -> Roster:
        """Return the pack's classes along the axis that a column is named after."""
        if column not in self._classes:
            self._classes[column] = Roster(class_entries(self.pack, column))
        return self._classes[column]

    @cached_property
    def places(self) -> Places:
        """The communities."""
        return Places(self.pack.communities, self.answered("community"))

    @cached_property
    def dimensions(self) -> Dimensions:
        """The dimensions, classes or channels."""
        return Dimensions(self.pack.dimensions, self.answered("dimension"))

    def roster(self, kind: Kind, with_organs: bool = False) -> Roster:
        """Return the names of one kind; units with the organs where a ledger admits them."""
        units = self.bodies if with_organs else self.units
        return {"unit": units, "community": self.places, "dimension": self.dimensions}[kind]

    def question(self, kind: Kind, word: str, roster: Roster | None = None) -> Question | None:
        """Return the question what an unknown word means; None when it was answered already."""
        roster = roster or self.roster(kind)
        if not roster.names or plain(word) in roster.not_listed:
            return None
        word_for = {"unit": "单位", "community": "社区"}
        what = word_for.get(kind, self.pack.campaign.dimension_word)
        sentence = f"名册里没有“{shown(word)}”，是哪个{what}？"
        return Question("--answer", sentence, roster.choices(word), f"{kind}:{plain(word)}")


def read_name(cell: Cell, roster: Roster, what: str) -> Answer:
    """Read a community or a dimension; an unknown word is unreadable, with the nearest names."""
    if is_missing(cell):
        return BLANK
    if (name := roster.find(cell)) is not None:
        return Answer(name)
    return faulty(cell) or unreadable(f"名册里没有这个{what}", proposal(roster, shown(cell)))


def proposal(roster: Roster, word: str) -> str:
    """Return the question that names the nearest entries, or where to add a new one."""
    nearest = roster.nearest(word)
    if nearest:
        return f"是否为{'或'.join(f'“{name}”' for name in nearest)}？"
    return "请改为名册中的名称，或请管理员加入名册"
