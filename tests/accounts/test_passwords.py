"""Which passwords are allowed (等保 A1): thirty of them, each with what is said of it."""

from itertools import pairwise

import pytest

from tally import accounts
from tally.accounts import Book
from tally.accounts.passwords import fault_of, random_password, weak_words
from tests.accounts.people import HERE, PASSWORD, entered, made, stands

ALLOWED = ""
SHORT, LONG = "至少 10 位", "最多 128 位"
CLASSES, NAMES, COMMON = "四类", "名称", "太常见"

# Account zhgl.wang of 产业发展部, whose initials are cyfzb.
PASSWORDS = [
    ("", SHORT),
    ("Aa1!", SHORT),
    ("Tr7#kQz9p", SHORT),
    ("x" * 129, LONG),
    ("abcdefghijkl", CLASSES),
    ("13800138000", CLASSES),
    ("correcthorse42", CLASSES),
    ("CORRECTHORSE42", CLASSES),
    ("一二三四五六七八九十", CLASSES),
    ("Password123!", COMMON),
    ("P@ssw0rd2026", COMMON),
    ("Admin@123456", COMMON),
    ("admin#ADMIN1", COMMON),
    ("Qwer1234!@#$", COMMON),
    ("1qaz@WSX3edc", COMMON),
    ("Abcd1234!!", COMMON),
    ("Aa123456789!", COMMON),
    ("Woaini1314!", COMMON),
    ("Zhengfu@2026", COMMON),
    ("Aa!111222333", COMMON),
    ("Huawei@12345", COMMON),
    ("Zhgl.Wang#2026", NAMES),
    ("gnaw7#LGHZx2", NAMES),
    ("Cyfzb#2026kq", NAMES),
    ("ChanYeFaZhanBu#1", NAMES),
    ("产业发展部#Ab2026", NAMES),
    ("wang-Kt82#qr", NAMES),
    ("Qingfeng#8372", ALLOWED),
    ("mT4 vz9 kPw 2h", ALLOWED),
    ("窗外Lanhua-57", ALLOWED),
]


@pytest.mark.parametrize(("password", "said"), PASSWORDS, ids=[one or "-" for one, _ in PASSWORDS])
def test_password_is_allowed_or_refused_with_its_reason(password: str, said: str) -> None:
    fault = fault_of(password, "zhgl.wang", ("产业发展部",))

    assert said in fault
    assert bool(said) == bool(fault)


def test_thirty_passwords_are_tried_against_a_list_of_hundreds_of_words() -> None:
    assert len(PASSWORDS) == 30
    assert len(weak_words()) > 250


def test_password_that_is_made_for_somebody_is_allowed_and_never_the_same() -> None:
    passwords = {random_password() for _ in range(50)}

    assert len(passwords) == 50
    assert [password for password in passwords if fault_of(password)] == []


def change(book: Book, old: str, new: str, again: str | None = None) -> str:
    """Change the password of `office` as its holder."""
    standing = stands(book, entered(book, "office", old))
    assert standing is not None
    return accounts.change_password(book, standing, old, new, again or new, HERE)


def test_the_last_five_passwords_cannot_be_taken_again(book: Book) -> None:
    made(book, "office")
    used = [PASSWORD, *(f"Qingfeng#{number}Kx" for number in range(5))]
    for old, new in pairwise(used):
        assert change(book, old, new) == ""

    assert "最近 5 次" in change(book, used[-1], used[1])
    assert "最近 5 次" in change(book, used[-1], used[-1])
    assert change(book, used[-1], used[0]) == ""


def test_new_password_is_typed_twice_and_the_old_one_known(book: Book) -> None:
    made(book, "office")

    assert "不一样" in change(book, PASSWORD, "Lanhua-5791x", "Lanhua-5791y")
    standing = stands(book, entered(book, "office"))
    assert standing is not None
    wrong = accounts.change_password(book, standing, "wrong", "Lanhua-5791x", "Lanhua-5791x", HERE)
    assert "现在的口令不对" in wrong
