"""What typed text asks for, before any page is drawn."""

import pytest

from tally.board.lookup import Target, found, signed, sole


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("czjrb", ("", "czjrb")),
        (" -czjrb ", ("-", "czjrb")),
        ("－czjrb", ("-", "czjrb")),
        ("除财政金融部外", ("-", "财政金融部")),
        ("不含 czjrb", ("-", "czjrb")),
        ("+zsb", ("+", "zsb")),
        ("＋zsb", ("+", "zsb")),
        ("外事办", ("", "外事办")),
        ("-", ("", "-")),
        ("", ("", "")),
    ],
)
def test_sign_before_a_name_leaves_it_out_or_adds_it(typed: str, expected: tuple[str, str]) -> None:
    assert signed(typed) == expected


BUREAU, DEPARTMENT = Target("单位", "财政局"), Target("单位", "财政局国库科")
OTHER = Target("类别", "财政局", ("财局",))


@pytest.mark.parametrize(
    ("typed", "targets", "meant"),
    [
        ("czj", [BUREAU, DEPARTMENT], BUREAU),
        ("cz", [BUREAU, DEPARTMENT], None),
        ("czj", [BUREAU, OTHER], None),
        ("caiju", [BUREAU, OTHER], OTHER),
        ("gkk", [BUREAU, DEPARTMENT], DEPARTMENT),
        ("czkk", [BUREAU, DEPARTMENT], DEPARTMENT),
        ("x", [BUREAU, DEPARTMENT], None),
    ],
)
def test_one_that_is_meant_is_the_only_one_or_the_only_one_typed_to_its_end(
    typed: str, targets: list[Target], meant: Target | None
) -> None:
    assert sole(found(typed, targets)) == meant


def test_what_fits_best_is_listed_first() -> None:
    listed = [target for _, target in found("czj", [DEPARTMENT, BUREAU])]
    assert listed == [BUREAU, DEPARTMENT]
