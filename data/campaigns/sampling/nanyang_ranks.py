"""Invented ranks, 三评 and research reports of 南阳职教园区, on both sides of every limit."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from data.campaigns.sampling.items import Row
from data.campaigns.sampling.pages import FORMS, Head, Page

QUARTERS = (date(2022, 12, 31), date(2023, 3, 31), date(2023, 6, 30))
SENT_ON = date(2023, 7, 12)
IN_CITY, IN_PARK = 17, 12
NUMBER = Head("row_number", "序号")
CITY_HEADS = (
    NUMBER,
    Head("work", "工作名称"),
    Head("unit", "责任单位"),
    Head("scope", "排名范围", "排名情况"),
    Head("rank", "名次", "排名情况"),
    Head("of_count", "参排数", "排名情况"),
    Head("ranked_on", "排名日期", forms=("excel", "dotted", "chinese")),
    Head("published_by", "排名单位"),
)
PARK_HEADS = (
    NUMBER,
    Head("unit", "单位"),
    Head("work", "工作事项"),
    Head("scope", "范围"),
    Head("score", "考评得分"),
    Head("rank", "位次"),
    Head("of_count", "参排单位数"),
    Head("ranked_on", "通报日期", forms=("quarter",)),
    Head("published_by", "考评单位"),
)
FORM_HEADS = (
    NUMBER,
    Head("scope", "排序范围"),
    Head("work", "主题", ""),
    Head("unit", "参排单位"),
    Head("score", "得分"),
    Head("rank", "排序"),
    Head("of_count", "参评数"),
    Head("ranked_on", "排序日期", forms=("chinese",)),
    Head("published_by", "牵头单位"),
    Head("is_confirmed", "抽查结论", "抽查"),
    Head("checked_on", "抽查日期", "抽查", ("chinese",)),
    Head("note", "备注"),
)
APPRAISAL_HEADS = (
    NUMBER,
    Head("list", "评议名单"),
    Head("subject", "被评议对象"),
    Head("unit", "主管单位"),
    Head("score", "评议得分"),
    Head("raters_count", "参评人数"),
    Head("is_vertical", "管理体制"),
    Head("appraised_on", "评议季度", forms=("quarter",)),
)
REPORT_HEADS = (
    NUMBER,
    Head("item_no", "编号"),
    Head("kind", "材料类别"),
    Head("unit", "报送单位"),
    Head("title", "事由"),
    Head("due_on", "应交日期", forms=("chinese",)),
    Head("handed_in_on", "交来日期", forms=("chinese",)),
)
# Place in the city by quarter; None: not reported. Three times among the last five, twice, twice
# but not in a row, among the last six only, up by three places and more into the leading group
# and outside of it.
CITY: Sequence[tuple[str, str, tuple[int | None, ...]]] = (
    ("招商引资", "园区招商发展局", (14, 15, 16)),
    ("城镇燃气安全整治", "住建部门", (9, 13, 14)),
    ("高标准农田建设", "农业农村部门", (13, 8, 15)),
    ("规上工业增加值", "工信部门", (11, 6, 2)),
    ("营商环境评价", "园区营商环境办", (6, 4, 4)),
    ("社会救助", "民政部门", (12, 12, 12)),
    ("城市精细化管理", "城管部门", (14, 13, 10)),
    ("环境空气质量", "生态环保部门", (17, 17, 12)),
    ("三个一批", "发改部门", (5, 3, 3)),
    ("重点项目建设", "发改部门", (None, 10, 15)),
    ("信访事项化解", "信访部门", (8, 5, 7)),
    ("乡村振兴考核", "园区乡村振兴服务中心", (7, 7, 4)),
    ("政务服务一网通办", "政数部门", (4, 1, 1)),
    ("统计基础工作", "统计部门", (10, 14, None)),
)
# Score in the park by quarter; two share a place in the second, one was not ranked in the third.
PARK: Sequence[tuple[str, tuple[float | None, ...]]] = (
    ("皇路店镇", (91.2, 92.0, 92.6)), ("党政办", (93.4, 94.1, 95.0)),
    ("招商发展局", (82.0, 81.4, 83.1)), ("营商环境办", (90.3, 91.5, 93.3)),
    ("司法分局", (88.1, 87.9, 88.4)), ("乡村振兴服务中心", (86.5, 88.8, 90.2)),
    ("住建部门", (84.2, 81.4, 80.5)), ("城管部门", (80.1, 83.6, 86.9)),
    ("行政审批部门", (89.7, 90.6, 91.1)), ("统计部门", (79.5, 78.8, None)),
    ("财政部门", (92.2, 93.0, 94.4)), ("民政部门", (83.3, 84.7, 82.2)),
)  # fmt: skip
# Theme or form, who ranked, day, what a check found and when, scores of those who took part.
FORMS_RANKED: Sequence[
    tuple[str, str, str, date, str, date | None, tuple[tuple[str, float], ...]]
] = (
    ("主题活动", "三个一批", "招商发展局", date(2023, 4, 28), "属实", date(2023, 5, 10),
     (("发改部门", 95.0), ("住建部门", 91.5), ("财政部门", 90.0), ("皇路店镇", 90.0),
      ("生态环保部门", 84.0))),
    ("主题活动", "优化营商环境", "营商环境办", date(2023, 6, 29), "", None,
     (("行政审批部门", 94.0), ("政数部门", 92.5), ("司法分局", 88.0), ("城管部门", 79.0))),
    ("工作形式", "进企业", "招商发展局", date(2023, 6, 28), "属实", date(2023, 6, 30),
     (("工信部门", 93.0), ("营商环境办", 92.0), ("皇路店镇", 85.5))),
    ("工作形式", "督执法", "司法分局", date(2023, 6, 28), "不属实", date(2023, 6, 30),
     (("城管部门", 96.0), ("生态环保部门", 90.5), ("住建部门", 82.0))),
    ("工作形式", "进农村", "乡村振兴服务中心", date(2023, 3, 30), "", None,
     (("皇路店镇", 94.5), ("农业农村部门", 91.0), ("民政部门", 88.5))),
)  # fmt: skip
# List, whom, of whom, who manages it, score in the first and in the second quarter: last under 75,
# last with 75 and more, two last of one score, last and managed from above, next to last under 75.
APPRAISED: Sequence[tuple[str, str, str, str, float, float]] = (
    ("评部门", "住建部门", "住建部门", "属地", 82.5, 80.0),
    ("评部门", "行政审批部门", "行政审批部门", "属地", 91.0, 92.5),
    ("评部门", "统计部门", "统计部门", "属地", 71.5, 79.0),
    ("评部门", "城管部门", "城管部门", "属地", 76.0, 78.2),
    ("评部门", "司法分局", "司法分局", "属地", 88.5, 89.0),
    ("评重点科室", "建设工程管理科", "住建部门", "属地", 74.0, 80.1),
    ("评重点科室", "企业服务科", "招商发展局", "属地", 90.5, 91.0),
    ("评重点科室", "市容管理科", "城管部门", "属地", 74.0, 82.4),
    ("评重点科室", "投资审批科", "行政审批部门", "属地", 87.5, 88.8),
    ("评基层站所", "皇路店镇便民服务中心", "皇路店镇", "属地", 86.0, 87.5),
    ("评基层站所", "皇路店税务分局", "皇路店镇", "垂管", 81.0, 73.5),
    ("评基层站所", "皇路店镇国土所", "皇路店镇", "属地", 83.5, 74.6),
    ("评基层站所", "皇路店供电所", "皇路店镇", "垂管", 89.0, 90.2),
)


# Research report after a theme (D15): number, theme, lead, due, handed in: in time, not handed in
# when the list was made, not due yet.
REPORTED: Sequence[tuple[str, str, str, date, date | None]] = (
    ("DY-01", "三个一批", "招商发展局", date(2023, 5, 15), date(2023, 5, 12)),
    ("DY-02", "优化营商环境", "营商环境办", date(2023, 6, 20), None),
    ("DY-03", "规范执法", "司法分局", date(2023, 8, 31), None),
)


def _city() -> list[Row]:
    return [
        {
            "work": work, "unit": unit, "scope": "市", "rank": places[quarter],
            "of_count": IN_CITY, "ranked_on": day, "published_by": "市政府督查室",
        }
        for quarter, day in enumerate(QUARTERS)
        for work, unit, places in CITY
        if places[quarter]
    ]  # fmt: skip


def placed(scores: Sequence[tuple[str, float]]) -> Iterator[tuple[str, float, int]]:
    """Yield each with its score and place, the best first; equal scores share a place."""
    ordered = sorted(scores, key=lambda one: -one[1])
    for unit, score in ordered:
        yield unit, score, 1 + sum(other > score for _, other in ordered)


def _park() -> list[Row]:
    rows: list[Row] = []
    for quarter, day in enumerate(QUARTERS):
        scores = [(unit, scores[quarter]) for unit, scores in PARK]
        for unit, score, rank in placed([(unit, s) for unit, s in scores if s is not None]):
            row: Row = {"work": "季度综合考评", "unit": unit, "scope": "园区", "score": score}
            row |= {"rank": rank, "of_count": IN_PARK, "ranked_on": day}
            rows.append({**row, "published_by": "查破建快工作组"})
    return rows


def _forms() -> list[Row]:
    rows: list[Row] = []
    for scope, work, lead, day, found, checked_on, scores in FORMS_RANKED:
        for unit, score, rank in placed(scores):
            row: Row = {"scope": scope, "work": work, "unit": unit, "score": score}
            row |= {
                "rank": f"第{rank}名",
                "of_count": len(scores),
                "ranked_on": day,
                "published_by": lead,
            }
            if rank == 1 and checked_on:
                row |= {"is_confirmed": found, "checked_on": checked_on}
                row["note"] = "带队执法次数与台账不符" if found == "不属实" else ""
            rows.append(row)
    return rows


def _appraisals() -> list[Row]:
    return [
        {
            "list": kind, "subject": subject, "unit": unit, "is_vertical": managed,
            "score": scores[position], "raters_count": 120 + 10 * position, "appraised_on": day,
        }
        for position, day in enumerate(QUARTERS[1:])
        for kind, subject, unit, managed, *scores in APPRAISED
    ]  # fmt: skip


def _reports() -> list[Row]:
    return [
        {
            "item_no": number, "kind": "调研报告", "unit": unit,
            "title": f"“{theme}”专项整治调研报告", "due_on": due_on, "handed_in_on": came_on,
        }
        for number, theme, unit, due_on, came_on in REPORTED
    ]  # fmt: skip


def files(folder: Path, campaign: str) -> Iterator[tuple[Path, list[Page]]]:
    """Yield the ranks and appraisals of the year, as they stood after the second quarter."""
    line = f"填报日期：{FORMS['chinese'](SENT_ON)}"
    sheets = (
        ("全市排名", "全市重点工作名次台账", CITY_HEADS, _city()),
        ("全区排名", "全区考评名次台账", PARK_HEADS, _park()),
        ("主题与形式排序", "主题活动和工作形式排序结果", FORM_HEADS, _forms()),
        ("三评结果", "三评结果评议台账", APPRAISAL_HEADS, _appraisals()),
        ("调研报告", "专项整治调研报告台账", REPORT_HEADS, _reports()),
    )
    pages = [
        Page(name, f"{campaign}{title}（2023年6月）（演示数据）", line, heads, rows)
        for name, title, heads, rows in sheets
    ]
    yield folder / f"{SENT_ON:%Y%m%d} 2023年6月排名与三评台账.xlsx", pages
