"""Which passwords are allowed, and how one is made for somebody (等保 A1)."""

import re
import secrets
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path

from tally.pinyin import fold, readings

LENGTH_MIN, LENGTH_MAX = 10, 128
CLASSES_MIN = 3
CLASSES = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")
PART_MIN, NAME_MIN, INITIALS_MIN = 3, 2, 4
DISTINCT_MIN = 6
DAYS_MAX = 90
KEPT_COUNT = 5
WEAK_FILE = Path(__file__).resolve().parents[2] / "data" / "weak_passwords.txt"
# Signs that are not taken for one another when a password is read from a note.
LETTERS, DIGITS, SIGNS = "abcdefghijkmnpqrstuvwxyz", "23456789", "-+=@#%"
LOOKS_LIKE = str.maketrans("@4310$5!7", "aaeiossit")

RULE = (
    f"至少 {LENGTH_MIN} 位，大写、小写、数字、符号四类中至少 {CLASSES_MIN} 类；"
    f"不含账号和单位名称，不是常见口令，不与最近 {KEPT_COUNT} 次相同"
)


@cache
def weak_words() -> frozenset[str]:
    """Return the words that make a password weak whatever stands around them."""
    lines = WEAK_FILE.read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def fault_of(password: str, account: str = "", names: Iterable[str] = ()) -> str:
    """Return why a password is not allowed, or ''; `names` are those of post and units."""
    if len(password) < LENGTH_MIN:
        return f"口令至少 {LENGTH_MIN} 位"
    if len(password) > LENGTH_MAX:
        return f"口令最多 {LENGTH_MAX} 位"
    if sum(bool(re.search(letters, password)) for letters in CLASSES) < CLASSES_MIN:
        return f"口令要有大写字母、小写字母、数字、符号四类中的至少 {CLASSES_MIN} 类"
    if any(re.search(pattern, fold(password)) for pattern in _fragments(account, names)):
        return "口令不能含有账号、岗位或单位的名称"
    if _is_weak(password):
        return "口令太常见，容易被猜到"
    return ""


def _fragments(account: str, names: Iterable[str]) -> list[str]:
    """Return what may not stand in a folded password, as patterns.

    That is an account and its parts, backwards too, and names as they are written, spoken
    (`chanyefazhanbu`) and in initials (`cyfzb`).
    """
    parts = {fold(part) for part in (account, *re.split(r"[^a-z0-9]", account))}
    plain = {part for part in parts if len(part) >= PART_MIN}
    found = [re.escape(part) for part in {*plain, *(part[::-1] for part in plain)}]
    for name in map(fold, names):
        spoken = [readings(sign) for sign in name]
        if len(name) >= NAME_MIN:
            found += [re.escape(name), "".join(f"(?:{'|'.join(one)})" for one in spoken)]
        if len(name) >= INITIALS_MIN:
            found.append("".join(f"[{''.join(sound[0] for sound in one)}]" for one in spoken))
    return found


def _is_weak(password: str) -> bool:
    """Tell whether little is left of a password without its runs, or a common word is its core."""
    lower = password.lower()
    trimmed = lower.strip("0123456789!@#$%^&*()_+-=.,?~ ")
    cores = {re.sub(r"[^a-z]", "", text) for text in (lower, trimmed.translate(LOOKS_LIKE))}
    return bool(cores & weak_words()) or len(set(_without_runs(lower))) < DISTINCT_MIN


def _without_runs(text: str) -> str:
    """Leave out runs of three and more: `aaa`, `1234`, `cba`."""
    steps = [ord(after) - ord(before) for before, after in pairwise(text)]
    in_run = [False] * len(text)
    for place, (step, following) in enumerate(pairwise(steps)):
        if step == following and step in (-1, 0, 1):
            in_run[place : place + 3] = [True] * 3
    return "".join(sign for sign, is_run in zip(text, in_run, strict=True) if not is_run)


def random_password() -> str:
    """Return a password of 16 signs that is allowed for anybody, to be changed at first use."""
    while True:
        groups = (LETTERS, LETTERS.upper().replace("O", ""), DIGITS, SIGNS)
        signs = [secrets.choice("".join(groups)) for _ in range(16)]
        password = "".join(signs)
        if all(set(group) & set(signs) for group in groups) and not fault_of(password):
            return password
