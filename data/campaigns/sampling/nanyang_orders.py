"""Invented instructions, exposures, incidents and cases of 南阳职教园区, each stage and kind."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from data.campaigns.sampling.items import Row
from data.campaigns.sampling.pages import FORMS, Head, Page

MAY, JUNE = date(2023, 5, 31), date(2023, 6, 30)
NUMBER = Head("row_number", "序号")
INSTRUCTION_HEADS = (
    NUMBER,
    Head("item_no", "交办编号"),
    Head("title", "交办事项", "布置"),
    Head("given_by", "交办领导", "布置"),
    Head("given_on", "交办日期", "布置", ("chinese", "dotted")),
    Head("occasion", "场合", "布置"),
    Head("unit", "承办单位"),
    Head("due_on", "办结时限", forms=("excel", "chinese", "month_end")),
    Head("tracked_on", "跟踪日期", "落实"),
    Head("inspected_on", "督查日期", "落实"),
    Head("effective_on", "见效日期", "落实"),
    Head("effect", "落实成效"),
)
COMMITMENT_HEADS = (
    NUMBER,
    Head("item_no", "编号"),
    Head("kind", "公开方式"),
    Head("unit", "责任单位"),
    Head("post", "职务"),
    Head("title", "曝光承诺内容"),
    Head("medium", "刊播媒体"),
    Head("published_on", "刊播日期", forms=("chinese",)),
    Head("due_on", "兑现时限", forms=("chinese",)),
    Head("fulfilled_on", "兑现日期", forms=("dotted",)),
    Head("is_confirmed", "跟踪核查"),
)
INCIDENT_HEADS = (
    NUMBER,
    Head("kind", "事件类别"),
    Head("title", "基本情况"),
    Head("unit", "责任单位"),
    Head("happened_on", "发生时间", forms=("chinese", "slashed")),
    Head("level", "等级"),
    Head("is_attributed", "责任认定", "认定情况"),
    Head("cause", "原因认定", "认定情况"),
    Head("found_by", "认定单位", "认定情况"),
)
CASE_HEADS = (
    NUMBER,
    Head("kind", "典型类型"),
    Head("title", "案例名称"),
    Head("unit", "单位"),
    Head("content", "案例内容"),
    Head("published_on", "通报日期", forms=("chinese",)),
    Head("published_in", "通报文件"),
)
SECRETARY, DIRECTOR = "园区党工委书记", "园区管委会主任"
# Title, who gave it, when, where, to whom, due; followed, inspected, in effect, with what effect:
# done in time and late, only given and overdue, followed and overdue, inspected, not yet due.
INSTRUCTIONS: Sequence[
    tuple[str, str, date, str, str, date | None, tuple[date | None, ...], str]
] = (
    ("职教一路断头路打通", DIRECTOR, date(2023, 4, 10), "管委会主任办公会", "住建部门",
     date(2023, 5, 20), (date(2023, 4, 20), date(2023, 5, 8), date(2023, 5, 18)), "已通车"),
    ("企业服务专班实体化运行", SECRETARY, date(2023, 4, 3), "党工委会议", "园区营商环境办",
     date(2023, 5, 15), (date(2023, 4, 18), date(2023, 5, 16), date(2023, 6, 9)), "专班已到位"),
    ("秸秆禁烧网格落实", DIRECTOR, date(2023, 5, 9), "批示件", "皇路店镇", date(2023, 5, 25),
     (None, None, None), ""),
    ("招商项目签约后三十日内开工", SECRETARY, date(2023, 4, 24), "调度会", "招商发展局",
     date(2023, 5, 31), (date(2023, 5, 12), None, None), ""),
    ("校园周边占道经营整治", DIRECTOR, date(2023, 5, 16), "批示件", "城管部门",
     date(2023, 6, 15), (date(2023, 5, 26), date(2023, 6, 8), None), "已清理半数点位"),
    ("窗口延时服务", DIRECTOR, date(2023, 5, 22), "现场办公会", "行政审批部门",
     date(2023, 6, 20), (date(2023, 5, 30), date(2023, 6, 12), date(2023, 6, 19)),
     "每日延时一小时"),
    ("高标准农田管护责任到人", SECRETARY, date(2023, 6, 6), "调研交办", "农业农村部门",
     date(2023, 7, 31), (date(2023, 6, 20), None, None), ""),
    ("统计数据质量自查", SECRETARY, date(2023, 6, 13), "党工委会议", "统计部门",
     date(2023, 7, 14), (None, None, None), ""),
    ("防汛物资补充", DIRECTOR, date(2023, 6, 19), "批示件", "皇路店镇", None,
     (date(2023, 6, 25), None, None), ""),
)  # fmt: skip
# Kind, unit, title, medium, published, due, fulfilled, what the check found: kept and confirmed,
# kept by report only, not kept and overdue, not yet due, without a day.
COMMITMENTS: Sequence[tuple[str, str, str, str, date, date | None, date | None, str]] = (
    ("曝光", "招商发展局", "招商引资全市排名连续落后", "园区电视台", date(2023, 4, 20),
     date(2023, 5, 31), None, ""),
    ("公开道歉", "招商发展局", "招商引资全市排名连续落后", "园区电视台", date(2023, 4, 27),
     date(2023, 5, 31), date(2023, 5, 12), "属实"),
    ("公开承诺", "行政审批部门", "窗口平均等候时间压至十分钟", "园区公众号", date(2023, 4, 18),
     date(2023, 5, 18), date(2023, 5, 16), "属实"),
    ("公开承诺", "城管部门", "主干道占道经营清零", "园区电视台", date(2023, 5, 9),
     date(2023, 6, 9), date(2023, 6, 8), "不属实"),
    ("公开承诺", "住建部门", "燃气安全隐患整改清零", "园区电视台", date(2023, 6, 14),
     date(2023, 7, 31), None, ""),
    ("曝光", "生态环保部门", "扬尘管控不到位", "园区公众号", date(2023, 6, 5), None, None, ""),
)  # fmt: skip
# Kind, what, unit, day, grade, whether found responsible, cause, by whom.
INCIDENTS: Sequence[tuple[str, str, str, date, str, str, str, str]] = (
    ("舆情", "占道经营执法视频引发关注", "城管部门", date(2023, 5, 14), "重大", "认定",
     "行业部门", "纪工委监察工委"),
    ("安全生产事故", "在建工地基坑局部坍塌，无人员伤亡", "住建部门", date(2023, 4, 22), "一般",
     "不认定", "企业自身", "应急处置专班"),
    ("特大以上事故", "危化品运输车辆泄漏，按特别重大事故响应处置", "生态环保部门",
     date(2023, 6, 3), "特别重大", "", "", ""),
    ("群体性事件", "欠薪农民工聚集", "住建部门", date(2023, 6, 17), "一般", "认定", "行业部门",
     "信访部门"),
    ("提升缓慢", "统计基础工作三个月没有实质性措施", "统计部门", date(2023, 6, 21), "", "认定",
     "行业部门", "纪工委监察工委"),
    ("虚假整改", "督执法次数与台账不符", "城管部门", date(2023, 6, 30), "", "认定", "行业部门",
     "查破建快工作组"),
)  # fmt: skip
CASES: Sequence[tuple[str, str, str, str, date, str]] = (
    ("正面", "首席服务员一盯到底", "营商环境办", "一名服务员跟一个项目，签约到开工28天",
     date(2023, 5, 19), "演示简报第3期"),
    ("反面", "群众办证跑了四趟", "行政审批部门", "材料清单没有一次告知", date(2023, 5, 26),
     "演示通报〔2023〕6号"),
    ("正面典型", "网格员就是办事员", "皇路店镇", "代办事项进村", date(2023, 6, 16),
     "演示简报第5期"),
    ("反面典型", "排名落后仍报喜不报忧", "招商发展局", "意向协议当签约项目上报",
     date(2023, 6, 28), "演示通报〔2023〕9号"),
)  # fmt: skip


def _known_by(day: date | None, on: date) -> date | None:
    return day if day and day <= on else None


def _instructions(on: date) -> list[Row]:
    """Return the instructions given by a day, as far as they had come."""
    rows: list[Row] = []
    for number, (title, by, given_on, place, unit, due_on, stages, effect) in enumerate(
        INSTRUCTIONS, start=1
    ):
        if given_on > on:
            continue
        reached = [_known_by(day, on) for day in stages]
        row: Row = {"item_no": f"JB-2023-{number:02d}", "title": title, "given_by": by}
        row |= {"given_on": given_on, "occasion": place, "unit": unit, "due_on": due_on}
        row |= dict(zip(("tracked_on", "inspected_on", "effective_on"), reached, strict=True))
        is_told = reached[-1] is not None or (stages[-1] is None and reached[1] is not None)
        rows.append({**row, "effect": effect if is_told else ""})
    return rows


def _commitments(on: date) -> list[Row]:
    rows: list[Row] = []
    for number, (kind, unit, title, medium, published_on, due_on, kept_on, found) in enumerate(
        COMMITMENTS, start=1
    ):
        if published_on > on:
            continue
        fulfilled_on = _known_by(kept_on, on)
        row: Row = {"item_no": f"BG-{number:02d}", "kind": kind, "unit": unit, "title": title}
        row |= {"post": f"{unit}负责人", "medium": medium, "published_on": published_on}
        row |= {"due_on": due_on, "fulfilled_on": fulfilled_on}
        rows.append({**row, "is_confirmed": found if fulfilled_on else ""})
    return rows


def _named(heads: Sequence[Head], listed: Sequence[Sequence[object]]) -> list[Row]:
    keys = [head.key for head in heads if head is not NUMBER]
    return [dict(zip(keys, values, strict=True)) for values in listed]


def _sheets(on: date) -> Iterator[tuple[str, str, tuple[Head, ...], list[Row]]]:
    yield "交办批示", "领导交办事项台账", INSTRUCTION_HEADS, _instructions(on)
    yield "曝光承诺", "曝光道歉承诺台账", COMMITMENT_HEADS, _commitments(on)
    if on == JUNE:
        yield "事件认定", "事件认定台账", INCIDENT_HEADS, _named(INCIDENT_HEADS, INCIDENTS)
        yield "典型案例", "正反面典型案例", CASE_HEADS, _named(CASE_HEADS, CASES)


def files(folder: Path, campaign: str) -> Iterator[tuple[Path, list[Page]]]:
    """Yield what was ordered, promised and found out, as it stood in May and in June."""
    for on in (MAY, JUNE):
        sent_on, month = on + timedelta(days=7), f"{on.year}年{on.month}月"
        line = f"填报日期：{FORMS['chinese'](sent_on)}"
        pages = [
            Page(name, f"{campaign}{title}（{month}）（演示数据）", line, heads, rows)
            for name, title, heads, rows in _sheets(on)
        ]
        yield folder / f"{sent_on:%Y%m%d} {month}交办与曝光台账.xlsx", pages
