"""What a submission changes, and what goes backwards only with a reason."""

import pytest

from tally.contracts import NOT_THE_SAME, Reading
from tally.submissions import CannotPublish, Outcome, publish
from tests.office import Office


def item_keys(office: Office, as_of: str = "12-31") -> list[str]:
    """Return the keys of the items in force, in alphabetical order."""
    return sorted(row["item_key"] for row in office.ask("items", as_of))


def counts(outcome: Outcome) -> tuple[int, int, int, int]:
    """Return how many items were added, changed, vanished and reversed."""
    comparison = outcome.comparison
    return (
        comparison.count("added"),
        comparison.count("changed"),
        comparison.count("vanished"),
        comparison.count("reversed"),
    )


@pytest.mark.parametrize(
    ("before", "after", "is_reversed"),
    [
        ("closed | 10-31 | —", "open | 10-31 | —", True),  # reopened
        ("closed | 10-31 | —", "withdrawn | 10-31 | —", False),
        ("open | 10-31 | —", "open | 11-30 | —", True),  # the deadline was moved
        ("open | — | —", "open | 11-30 | —", False),  # the deadline was given
        ("open | 10-31 | 0.5", "open | 10-31 | 0.4", True),  # progress fell
        ("open | 10-31 | 0.5", "open | 10-31 | —", True),  # progress was lost
        ("open | 10-31 | 0.4", "closed | 10-31 | 0.5", False),
    ],
)
def test_what_goes_backwards_is_published_only_with_a_reason(
    office: Office, before: str, after: str, is_reversed: bool
) -> None:
    head = "item_no | state | due_on | progress_share\nT1 | "
    office.send("2022-08", head + before, kind="tasks", unit="甲部")
    reading = office.reading("2022-09", head + after, kind="tasks", unit="甲部")
    outcome = office.hand_in(reading)
    assert outcome.status == ("draft" if is_reversed else "published")
    assert outcome.comparison.count("reversed") == int(is_reversed)
    if is_reversed:
        assert "理由" in outcome.sentence and outcome.upload
        with pytest.raises(CannotPublish, match="理由"):
            publish(office.database, outcome.upload)
        publish(office.database, outcome.upload, "复核后退回")
        assert office.ask("uploads")[0]["reason"] == "复核后退回"


def test_comparison_counts_items_added_changed_and_vanished(office: Office) -> None:
    office.send("2022-08", "item_no | title\nP1 | 一\nP2 | 二\nP3 | 三", unit="甲部")
    office.send("2022-08", "item_no | title\nP9 | 九", unit="乙部")
    reading = office.reading(
        "2022-09", "item_no | title\nP1 | 一\nP2 | 二、改\nP4 | 四\nP5 | 五", unit="甲部"
    )
    outcome = office.hand_in(reading)
    assert counts(outcome) == (2, 1, 1, 0)
    [changed] = outcome.comparison.of("changed")
    assert (changed.item_key, changed.column, changed.old, changed.new) == (
        "P2",
        "title",
        "二",
        "二、改",
    )
    assert (changed.sheet, changed.row) == ("台账", 3)
    assert [change.item_key for change in outcome.comparison.of("vanished")] == ["P3"]


def test_list_without_rows_lets_all_items_vanish(office: Office) -> None:
    office.send("2022-08", "item_no\nP1\nP2", unit="甲部")
    outcome = office.hand_in(office.reading("2022-09", unit="甲部"))
    assert (outcome.status, counts(outcome)) == ("published", (0, 0, 2, 0))


def test_rows_without_a_number_are_told_apart_and_none_is_dropped(office: Office) -> None:
    texts = "title | item_no\n路灯坏 | —\n路灯坏 | —\n路面破 | —"
    outcome = office.hand_in(office.reading("2022-09", texts, unit="甲部"))
    assert (outcome.status, counts(outcome)) == ("published", (3, 0, 0, 0))
    assert len(item_keys(office)) == 3
    # The same texts next month, in other spaces and punctuation, are the same items.
    again = office.reading(
        "2022-10", "title | item_no\n路面破。 | —\n路灯 坏 | —\n路灯坏 | —", unit="甲部"
    )
    assert counts(office.hand_in(again))[::2] == (0, 0)


def reworded(office: Office) -> tuple[Reading, str]:
    """Publish an item and return the next list, which words it otherwise, with its key."""
    office.send("2022-08", "title | item_no\n老旧小区雨污管网破损渗漏 | —", unit="甲部")
    (old_key,) = item_keys(office)
    text = "title | item_no\n老旧小区雨污管网破损 | —\n招商线索少 | —"
    return office.reading("2022-09", text, unit="甲部"), old_key


def test_text_much_like_a_vanished_one_is_asked_about_and_not_published(office: Office) -> None:
    reading, old_key = reworded(office)
    outcome = office.hand_in(reading)
    (asked,) = outcome.questions
    assert outcome.status == "draft"
    assert (asked.flag, asked.choices) == ("--answer", (old_key, NOT_THE_SAME))
    assert "老旧小区雨污管网破损渗漏" in asked.sentence
    assert counts(outcome) == (2, 0, 1, 0)


@pytest.mark.parametrize(
    ("is_same", "expected"),
    [(True, (1, 1, 0, 0)), (False, (2, 0, 1, 0))],
)
def test_answer_joins_the_reworded_item_or_keeps_them_apart(
    office: Office, is_same: bool, expected: tuple[int, int, int, int]
) -> None:
    reading, old_key = reworded(office)
    (asked,) = office.hand_in(reading).questions
    answer = old_key if is_same else NOT_THE_SAME
    outcome = office.hand_in(reading, answers={asked.key: answer})
    assert outcome.status == "published"
    assert counts(outcome) == expected
    assert len(item_keys(office)) == (2 if is_same else 3)
    assert (old_key in item_keys(office)) is True
