"""verification_draw: a seeded, stratified draw that anyone can repeat (B5)."""

import hashlib
from collections import Counter

import pytest

from tests.office import Office, closed_of
from tests.questions.naive import drawn_of

STOCK = {"甲部": 40, "乙部": 17, "丙部": 9, "丁部": 2, "东社区": 1}


@pytest.fixture
def stocked(office: Office) -> Office:
    """An office whose units closed 40, 17, 9, 2 and 1 items, and left others open."""
    office.send("2022-09", closed_of({unit: (count, count + 3) for unit, count in STOCK.items()}))
    return office


def draw(office: Office, size: int, seed: str = "2022", **more: object) -> list[dict]:
    """Return the drawn items of September."""
    return office.ask("verification_draw", "09-30", seed=seed, size=size, **more)


@pytest.mark.parametrize("size", [1, 5, 6, 20, 37, 68, 69, 500])
def test_each_unit_gives_one_and_the_rest_in_proportion(stocked: Office, size: int) -> None:
    rows = draw(stocked, size)
    assert Counter(row["unit"] for row in rows) == drawn_of(STOCK, size)
    assert len(rows) == min(max(size, len(STOCK)), sum(STOCK.values()))
    assert {row["unit"]: row["stock_count"] for row in rows} == STOCK


def test_drawn_are_the_lowest_hashes_of_seed_and_item(stocked: Office) -> None:
    def place(number: int) -> str:
        return hashlib.sha256(f"抽签2022|problems|甲部{number}".encode()).hexdigest()

    expected = [f"甲部{number}" for number in sorted(range(40), key=place)]
    drawn = [row["item_key"] for row in draw(stocked, 20, "抽签2022") if row["unit"] == "甲部"]
    assert drawn == expected[: len(drawn)]


def test_same_seed_gives_the_same_list_and_another_seed_another(stocked: Office) -> None:
    keys = [[row["item_key"] for row in draw(stocked, 20, seed)] for seed in ("1", "1", "2")]
    assert keys[0] == keys[1] != keys[2]
    # A larger draw with the same seed holds the smaller one.
    assert set(keys[0]) <= {row["item_key"] for row in draw(stocked, 30, "1")}


def test_list_stays_as_known_when_drawn_whatever_comes_in_later(stocked: Office) -> None:
    before, drawn_at = draw(stocked, 20), stocked.now()
    checks = [f"{row['item_key']} | {row['unit']} | 09-28 | yes" for row in before]
    text = "\n".join(["item_no | unit | checked_on | is_verified", *checks])
    stocked.send("", text, kind="checks", title="核查")
    assert draw(stocked, 20, known_at=drawn_at) == before
    # What was checked since its closing is not drawn again.
    assert {row["item_key"] for row in draw(stocked, 500)}.isdisjoint(r["item_key"] for r in before)


def test_what_a_check_found_false_is_not_in_the_stock_until_closed_anew(office: Office) -> None:
    office.send("2022-09", "item_no | state | closed_on\nP1 | closed | 09-10", unit="甲部")
    check = "item_no | title | checked_on | is_verified\nP1 | 核查 | 09-20 | no"
    office.send("", check, kind="checks", unit="甲部")
    assert draw(office, 5) == []
    office.send("2022-10", "item_no | state | closed_on\nP1 | closed | 10-10", unit="甲部")
    assert len(office.ask("verification_draw", "10-31", seed="1", size=5)) == 1


@pytest.mark.parametrize("missing", ["campaign", "as_of", "seed", "size"])
def test_draw_without_day_seed_or_size_is_empty(stocked: Office, missing: str) -> None:
    given = {"campaign": "trial", "as_of": "09-30", "seed": "1", "size": 5}
    assert stocked.ask_all("verification_draw", **{**given, missing: None}) == []
