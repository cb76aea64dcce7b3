"""What is said of a file says nothing of persons: its problems and its questions are masked.

A sheet or a line that is no ledger is quoted as it stands; nothing else of it is kept.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from tally.contracts import Problem, Question
from tally.intake.cells.masking import masked, suspects


def masked_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems that quote nobody's number, name or home."""
    told = list(problems)
    for words in ("found", "expected"):
        texts = [getattr(problem, words) for problem in told]
        for place, _ in suspects(texts):
            hidden: dict[str, Any] = {words: masked(texts[place])}
            told[place] = replace(told[place], **hidden)
    return told


def masked_question(question: Question) -> Question:
    """Return a question whose sentence says nothing of persons; its key and answers stay."""
    return replace(question, sentence=masked(question.sentence))
