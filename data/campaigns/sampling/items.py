"""An invented item over the months, and what its ledger row says at a month's end."""

import csv
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

TITLES_FOLDER = Path(__file__).resolve().parent / "titles"

# Words that make sense only once the deadline has passed.
AFTER_DEADLINE = ("超期未完成", "提级", "容错备案", "滞后")

Row = dict[str, Any]


@dataclass(frozen=True)
class Item:
    """One problem or task: `text` holds the columns that never change.

    `closed_on` is the day it is reported closed, `reopened_on` the day a check takes
    that back, `gone_on` the day from which lists silently leave it out, `given_on` the
    day the extension to `extended_to` was approved. Lists leave the closing day or the
    deadline empty where `is_day_left_out` or `is_due_left_out`.
    """

    text: Mapping[str, Any]
    found_on: date
    due_on: date
    closed_on: date | None = None
    reopened_on: date | None = None
    gone_on: date | None = None
    given_on: date | None = None
    extended_to: date | None = None
    open_word: str = "正在推进"
    is_day_left_out: bool = False
    is_due_left_out: bool = False

    def is_listed(self, on: date) -> bool:
        """Whether the list as of `on` holds the item."""
        return self.found_on <= on and not (self.gone_on and self.gone_on <= on)

    def is_closed(self, on: date) -> bool:
        """Whether the list as of `on` calls the item closed."""
        is_back = self.reopened_on is not None and self.reopened_on <= on
        return self.closed_on is not None and self.closed_on <= on and not is_back

    def row(self, on: date, closed_words: Sequence[str]) -> Row:
        """Return the ledger row as of `on`, keyed like the contract's columns."""
        is_closed = self.is_closed(on)
        row: Row = {**self.text, "found_on": self.found_on}
        row["due_on"] = None if self.is_due_left_out else self.due_on
        row["state"] = closed_words[self.due_on.day % len(closed_words)]
        row["closed_on"] = None if self.is_day_left_out else self.closed_on
        if not is_closed:
            row["state"], row["closed_on"] = self._open_word(on), None
        if self.given_on and self.given_on <= on:
            row["extended_on"], row["extended_to"] = self.given_on, self.extended_to
            row["extension_reason"] = "上级批复未到"
        return row

    def _open_word(self, on: date) -> str:
        if self.reopened_on and self.reopened_on <= on:
            return "重新整改"
        is_waiting = self.open_word in AFTER_DEADLINE and self.due_on >= on
        return "正在推进" if is_waiting else self.open_word


def titles(name: str) -> list[dict[str, str]]:
    """Return the rows of `titles/<name>.csv`."""
    with (TITLES_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def between(chance: random.Random, first: date, last: date) -> date:
    """Return a day from `first` to `last`, both included; `last` when they are crossed."""
    return first + timedelta(days=chance.randint(0, (last - first).days)) if first < last else last


def rows(items: Iterable[Item], on: date, closed_words: Sequence[str]) -> list[Row]:
    """Return the list as it stood on `on`."""
    return [item.row(on, closed_words) for item in items if item.is_listed(on)]
