"""Numbers that lost the noughts before them on the way through a spreadsheet: 003 becomes 3."""

from tally.contracts import NOT_THE_SAME
from tally.submissions.numbers import ALL_THE_SAME
from tests.office import Office

KEY = "same_numbers:problems"
AUGUST = "item_no | title | state\n003 | 管网错接 | open\n004 | 道路破损 | closed\nP7 | 积水 | open"
SEPTEMBER = (
    "item_no | title | state\n3 | 管网已改道 | open\n4 | 道路破损 | closed\nP7 | 积水 | open"
)


def item_keys(office: Office) -> list[str]:
    return sorted(row["item_key"] for row in office.ask("items", "12-31"))


def test_numbers_without_their_noughts_are_asked_about_in_one_question(office: Office) -> None:
    office.send("2022-08", AUGUST, unit="甲部")
    outcome = office.hand_in(office.reading("2022-09", SEPTEMBER, unit="甲部"))
    assert outcome.status == "draft"
    [asked] = outcome.questions
    assert (asked.key, asked.is_required) == (KEY, True)
    assert asked.choices == (ALL_THE_SAME, NOT_THE_SAME)
    assert asked.sentence == "编号“3”与已报的“003”等 2 项只差前面的 0，是同一批事项吗？"
    assert item_keys(office) == ["003", "004", "P7"]


def test_numbers_answered_to_be_the_same_are_the_known_items(office: Office) -> None:
    office.send("2022-08", AUGUST, unit="甲部")
    reading = office.reading("2022-09", SEPTEMBER, unit="甲部")
    outcome = office.hand_in(reading, answers={KEY: ALL_THE_SAME})
    assert (outcome.status, outcome.questions) == ("published", ())
    counts = {kind: outcome.comparison.count(kind) for kind in ("added", "vanished", "changed")}
    assert counts == {"added": 0, "vanished": 0, "changed": 2}
    assert item_keys(office) == ["003", "004", "P7"]


def test_numbers_answered_to_be_others_are_new_items(office: Office) -> None:
    office.send("2022-08", AUGUST, unit="甲部")
    reading = office.reading("2022-09", SEPTEMBER, unit="甲部")
    outcome = office.hand_in(reading, answers={KEY: NOT_THE_SAME})
    assert outcome.comparison.count("added") == 2
    assert [(change.item_key) for change in outcome.comparison.of("vanished")] == ["003"]
    # One by one, words that are alike are still asked about.
    assert KEY not in {question.key for question in outcome.questions}


def test_noughts_that_came_back_are_asked_about_too(office: Office) -> None:
    office.send("2022-08", "item_no\n3", unit="甲部")
    outcome = office.hand_in(office.reading("2022-09", "item_no\n003", unit="甲部"))
    [asked] = outcome.questions
    assert asked.sentence == "编号“003”与已报的“3”只差前面的 0，是同一事项吗？"


def test_numbers_that_two_items_share_but_for_noughts_are_not_asked_about(office: Office) -> None:
    office.send("2022-08", "item_no | title\n003 | 一\n03 | 二\n5 | 三", unit="甲部")
    text = "item_no | title\n3 | 四\n5 | 三\n005 | 五"
    outcome = office.hand_in(office.reading("2022-09", text, unit="甲部"))
    assert outcome.questions == ()


def test_answer_that_two_rows_are_one_item_is_refused(office: Office) -> None:
    """The number and the words of another row were said to be the same item."""
    office.send("2022-08", "item_no | title\n003 | 老旧小区雨污管网破损渗漏", unit="甲部")
    text = "item_no | title\n3 | 路灯\n9 | 老旧小区雨污管网破损"
    reading = office.reading("2022-09", text, unit="甲部")
    outcome = office.hand_in(reading, answers={KEY: ALL_THE_SAME, "same:9": "003"})
    assert outcome.status == "refused"
    assert [problem.cell for problem in outcome.problems] == ["第 3 行"]
