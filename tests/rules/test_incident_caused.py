"""incident_caused (D10, D18): entered events, by the cause that people found."""

from tests.office import Office, assert_answer
from tests.rules.trying import found, found_then

HEAD = "title | kind | unit | object | happened_on | is_attributed | cause | found_by"


def send(office: Office, *rows: str) -> int:
    """Publish incidents."""
    return office.send("", "\n".join([HEAD, *rows]), kind="incidents")


def test_only_events_with_responsibility_and_the_cause_found_count(office: Office) -> None:
    send(
        office,
        "产量腰斩 | 经营异常或退规 | 甲部 | 甲厂 | 08-10 | yes | 包保责任 | 督查室",
        "订单减少 | 经营异常或退规 | 甲部 | 乙厂 | 08-10 | no  | 包保责任 | 督查室",
        "停产检修 | 经营异常或退规 | 甲部 | 丙厂 | 08-10 | —   | 包保责任 | —",
        "原料涨价 | 经营异常或退规 | 甲部 | 丁厂 | 08-10 | yes | 外部原因 | 督查室",
        "原因不明 | 经营异常或退规 | 甲部 | 戊厂 | 08-10 | yes | —        | 督查室",
        "车间冒烟 | 安全事故       | 甲部 | 己厂 | 08-10 | yes | 包保责任 | 督查室",
    )
    rows = found(office, "incident_caused", "08-31", kinds=["经营异常或退规"], causes=["包保责任"])
    assert_answer(
        rows,
        """
        subject | detail   | unit | since_on | until_on | measured_value | row
        甲厂    | 产量腰斩 | 甲部 | 08-10    | —        | 21             | 2
        """,
    )
    assert rows[0]["remark"] == "原因：包保责任；认定单位：督查室"


def test_side_found_tells_the_findings_apart(office: Office) -> None:
    """D18: a dissatisfied enterprise is the 包保 side's doing or that of the 行业部门."""
    send(
        office,
        "答复太慢 | 企业评价不满意 | 甲部 | 甲厂 | 08-10 | yes | 包保责任 | —",
        "审批太慢 | 企业评价不满意 | 乙部 | 乙厂 | 08-12 | yes | 行业部门 | —",
    )
    for cause, unit in {"包保责任": "甲部", "行业部门": "乙部"}.items():
        rows = found(office, "incident_caused", "08-31", kinds=["企业评价不满意"], causes=[cause])
        assert [row["unit"] for row in rows] == [unit]


def test_event_is_found_from_its_day_and_of_no_enterprise_under_its_unit(office: Office) -> None:
    send(office, "外迁 | 企业外迁 | 甲部 | — | 08-10 | yes | 包保责任 | —")
    asked = {"kinds": ["企业外迁"], "causes": ["包保责任", "行业部门"]}
    assert found(office, "incident_caused", "08-09", **asked) == []
    assert_answer(found(office, "incident_caused", "08-10", **asked), "subject\n甲部")


def test_finding_revised_since_is_gone_but_not_as_known_then(office: Office) -> None:
    upload = send(office, "外迁 | 企业外迁 | 甲部 | 甲厂 | 08-10 | yes | 包保责任 | —")
    then = office.now()
    office.take_back(upload)
    asked = {"kinds": ["企业外迁"], "causes": ["包保责任"]}
    assert found(office, "incident_caused", "08-31", **asked) == []
    assert len(found_then(office, "incident_caused", "08-31", then, **asked)) == 1
