"""What is refused although each cell is right: overlapping lists, and numbers used twice."""

import pytest

from tally.submissions import CannotPublish, Terms, publish
from tests.office import Office

DRAFT = Terms(is_draft=True)


def item_keys(office: Office, as_of: str = "12-31") -> list[str]:
    """Return the keys of the items in force, in alphabetical order."""
    return sorted(row["item_key"] for row in office.ask("items", as_of))


def test_list_of_all_and_lists_of_units_exclude_each_other(office: Office) -> None:
    office.send("2022-08", "item_no | unit\nP1 | 甲部")
    own = office.hand_in(office.reading("2022-08", "item_no\nP2", unit="甲部"))
    assert own.status == "refused"
    assert "合并报送" in own.sentence and "合并2022-08问题台账.xlsx" in own.sentence
    office.send("2022-09", "item_no\nP2", unit="甲部")
    joint = office.hand_in(office.reading("2022-09", "item_no | unit\nP3 | 乙部"))
    assert joint.status == "refused"
    assert "甲部单独报送" in joint.sentence
    assert item_keys(office) == ["P1", "P2"]


def test_draft_is_refused_at_publish_when_a_rival_came_first(office: Office) -> None:
    drafted = office.hand_in(office.reading("2022-09", "item_no | unit\nP1 | 甲部"), DRAFT)
    office.send("2022-09", "item_no\nP2", unit="甲部")
    assert drafted.upload
    with pytest.raises(CannotPublish, match="甲部单独报送"):
        publish(office.database, drafted.upload)
    assert item_keys(office) == ["P2"]


def test_number_taken_by_another_units_list_is_refused(office: Office) -> None:
    office.send("2022-09", "item_no | title\nP1 | 积水", unit="甲部")
    outcome = office.hand_in(office.reading("2022-09", "item_no | title\nP1 | 招商", unit="乙部"))
    assert outcome.status == "refused"
    [problem] = outcome.problems
    assert (problem.cell, problem.column, problem.found) == ("第 2 行", "item_no", "P1")
    assert "甲部" in problem.remedy and "积水" in problem.remedy


def test_number_taken_since_the_draft_stops_its_publication(office: Office) -> None:
    drafted = office.hand_in(office.reading("2022-09", "item_no\nP1\nP2", unit="甲部"), DRAFT)
    office.send("2022-09", "item_no\nP2", unit="乙部")
    assert drafted.upload
    with pytest.raises(CannotPublish, match="P2"):
        publish(office.database, drafted.upload)
    assert [row["unit"] for row in office.ask("items", "12-31")] == ["乙部"]
    assert [row["status"] for row in office.ask("uploads")] == ["published", "draft"]


def test_number_used_twice_in_one_list_is_refused(office: Office) -> None:
    outcome = office.hand_in(
        office.reading("2022-09", "item_no | title\nP1 | 积水\nP1 | 招商", unit="甲部")
    )
    assert outcome.status == "refused"
    assert [(p.cell, p.found) for p in outcome.problems] == [("第 3 行", "P1")]
