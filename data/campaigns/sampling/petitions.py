"""Invented petitions: registered on a day, settled on another, listed anew every month."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from data.campaigns.sampling.items import Row
from data.campaigns.sampling.pages import Head

Word = TypeVar("Word")
HEADS = (
    Head("row_number", "序号"),
    Head("ticket_no", "信访编号"),
    Head("received_on", "登记日期"),
    Head("title", "信访事项"),
    Head("form", "信访形式"),
    Head("level", "信访级别"),
    Head("persons_count", "人次"),
    Head("assigned_by", "交办来源"),
    Head("is_backlog", "是否积案"),
    Head("unit", "责任单位"),
    Head("community", "所属社区"),
    Head("disposal", "处置类别"),
    Head("due_on", "办理期限"),
    Head("state", "办理状态"),
    Head("closed_on", "办结日期", forms=("chinese", "excel")),
    Head("is_resolved", "是否化解"),
    Head("is_satisfied", "是否满意"),
)
NOTES = ("注：信访人信息已隐去。",)


@dataclass(frozen=True)
class Petition:
    """One petition: `text` never changes; how it ended is listed from `closed_on` on."""

    text: Mapping[str, Any]
    received_on: date
    due_on: date | None = None
    closed_on: date | None = None
    is_resolved: bool = True
    is_satisfied: bool | None = None

    def row(self, on: date) -> Row:
        """Return the ledger row as of `on`, keyed like the contract's columns."""
        row: Row = {**self.text, "received_on": self.received_on, "due_on": self.due_on}
        if self.closed_on is None or self.closed_on > on:
            return row | {"state": "办理中"}
        row |= {"state": "已办结", "closed_on": self.closed_on}
        row["is_resolved"] = "是" if self.is_resolved else "否"
        if self.is_satisfied is not None:
            row["is_satisfied"] = "满意" if self.is_satisfied else "不满意"
        return row


def rows(petitions: Iterable[Petition], on: date) -> list[Row]:
    """Return the register as it stood on `on`: every petition registered by then."""
    listed = sorted((p for p in petitions if p.received_on <= on), key=lambda p: p.received_on)
    return [petition.row(on) for petition in listed]


def heads(*without: str) -> tuple[Head, ...]:
    """Return the register's columns but for those that an office does not keep."""
    return tuple(head for head in HEADS if head.key not in without)


def opinion(chance: random.Random, is_resolved: bool, satisfied_share: float) -> bool | None:
    """Draw what a petitioner says of it: four of five say something."""
    said = chance.random() < satisfied_share - (0 if is_resolved else 0.5)
    return said if chance.random() < 0.8 else None


def number(letters: str, day: date, position: int) -> str:
    """Return the number of a petition that no hotline ticket has."""
    return f"{letters}{day:%Y%m}{position:03d}"


def pick(chance: random.Random, words: Sequence[Word]) -> Word:
    """Return one of the words."""
    return words[chance.randrange(len(words))]
