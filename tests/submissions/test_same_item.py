"""Rows that a person says are known items: one row an item."""

from tests.office import Office

HEAD = "title | unit"


def test_two_rows_said_to_be_one_item_are_refused_with_the_rows(office: Office) -> None:
    office.send("2022-08", f"{HEAD}\n园区污水管网错接点未整改到位 | 甲部", unit="甲部")
    reading = office.reading(
        "2022-09",
        f"{HEAD}\n园区污水管网错接点尚未整改到位 | 甲部\n园区污水管网错接点没有整改到位 | 甲部",
        unit="甲部",
    )
    asked = office.hand_in(reading).questions
    assert len(asked) == 2
    outcome = office.hand_in(reading, answers={one.key: one.choices[0] for one in asked})
    assert outcome.status == "refused"
    assert outcome.sentence == "一项只能对应一行，请改其中一个回答"
    errors = [problem for problem in outcome.problems if problem.level == "error"]
    assert [problem.cell for problem in errors] == ["第 3 行"]
