"""The ledgers of family D and of typical cases, as offices write them."""

from datetime import date

import pytest

from tests.intake.samples import SEPTEMBER, only_row, reading_of

CAMPAIGN = {"campaign": "xiangshan"}


def test_rank_of_a_quarter_is_of_its_last_day() -> None:
    row = only_row(
        reading_of(
            ("工作事项", "范围", "单位", "位次", "参排单位数", "通报日期"),
            ("招商引资", "市", "招商部", "第14名", 17, "2022年三季度"),
            **CAMPAIGN,
            ledger="ranks",
        )
    )
    assert (row["work"], row["scope"], row["unit"]) == ("招商引资", "全市", "招商部")
    assert (row["rank"], row["of_count"]) == (14, 17)
    assert (row["ranked_on"], row["period"]) == (date(2022, 9, 30), date(2022, 9, 1))


@pytest.mark.parametrize(
    ("word", "is_vertical"), [("垂管", True), ("属地", False), ("垂直管理", True), ("", None)]
)
def test_appraisal_tells_who_manages_a_body(word: str, is_vertical: bool | None) -> None:
    row = only_row(
        reading_of(
            ("评议名单", "评议对象", "所属单位", "得分", "评议日期", "管理体制"),
            ("站所", "税务分局", "招商部", 73.5, "2022-09-30", word),
            **CAMPAIGN,
        )
    )
    assert (row["list"], row["is_vertical"]) == ("评基层站所", is_vertical)


@pytest.mark.parametrize(("word", "points"), [("加2分", 2), ("扣1.5分", -1.5), ("-3", -3)])
def test_points_taken_are_negative(word: str, points: float) -> None:
    row = only_row(
        reading_of(
            ("单位", "加减分", "加减分事由", "记分日期"),
            ("招商部", word, "材料迟报", "2022-09-20"),
            **CAMPAIGN,
        )
    )
    assert row["points"] == points


@pytest.mark.parametrize(
    ("word", "kind"),
    [("舆情", "重大舆情"), ("外迁", "企业外迁"), ("退规", "经营异常或退规"), ("造假", "弄虚作假")],
)
def test_incident_is_one_of_its_kinds_by_the_word_in_use(word: str, kind: str) -> None:
    row = only_row(
        reading_of(
            ("事件类型", "情况简述", "责任单位", "事发日期", "责任认定", "原因归属"),
            (word, "某事", "招商部", "2022-09-16", "认定", "包保"),
            **CAMPAIGN,
        )
    )
    assert (row["kind"], row["is_attributed"], row["cause"]) == (kind, True, "包保责任")


def test_incident_of_no_kind_is_refused_with_the_kinds_there_are() -> None:
    reading = reading_of(
        ("事件类型", "情况简述", "责任单位", "事发日期"),
        ("小事", "某事", "招商部", "2022-09-16"),
        **CAMPAIGN,
    )
    (error,) = reading.errors
    assert error.column == "kind"
    assert "企业外迁" in error.remedy


def test_instruction_is_due_ahead_and_each_step_is_after_it_was_given() -> None:
    reading = reading_of(
        (
            "交办编号",
            "交办事项",
            "交办领导",
            "交办日期",
            "承办单位",
            "办结时限",
            "跟踪日期",
            "见效日期",
        ),
        ("JB-1", "修路", "主任", "9月8日", "招商部", "10月底前", "2022-09-05", "2022-10-08"),
        **SEPTEMBER,
    )
    row = only_row(reading)
    assert (row["due_on"], row["due_text"]) == (date(2022, 10, 31), "10月底前")
    told = {problem.column: problem.expected for problem in reading.problems}
    assert told["tracked_on"] == "早于交办日期 2022-09-08"
    assert told["effective_on"] == "晚于本期月末 2022-09-30"


def test_review_may_be_due_in_a_later_month_and_not_handed_in() -> None:
    row = only_row(
        reading_of(
            ("材料类别", "报送单位", "事由", "应报日期", "收到日期", "归档情况"),
            ("检讨", "招商部", "任务未完成", "2022年12月31日", "", ""),
            **SEPTEMBER,
            ledger="reviews",
        )
    )
    assert (row["kind"], row["due_on"]) == ("书面检讨", date(2022, 12, 31))
    assert (row["handed_in_on"], row["is_filed"]) == (None, None)


def test_questioning_keeps_its_three_marks() -> None:
    row = only_row(
        reading_of(
            ("抽问时间", "被抽问单位", "职务", "情况掌握", "工作措施", "工作成效"),
            ("2022-09-15", "招商部", "招商部负责人", "说不清", "不具体", ""),
            **CAMPAIGN,
        )
    )
    assert (row["situation"], row["measures"], row["effect"]) == ("不清楚", "不力", None)
