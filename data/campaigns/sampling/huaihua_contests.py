"""Invented points, first scores of the two contests and 包保 incidents of 怀化高新区."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from data.campaigns.sampling.items import Row
from data.campaigns.sampling.pages import FORMS, Head, Page

SENT_ON = date(2022, 10, 9)
NUMBER = Head("row_number", "序号")
POINT_HEADS = (
    NUMBER,
    Head("given_on", "记分日期", forms=("chinese", "dotted", "excel")),
    Head("unit", "积分单位"),
    Head("post", "包保职务"),
    Head("reason", "加减分事由"),
    Head("points", "加减分"),
    Head("basis", "佐证编号"),
)
CONTEST_HEADS = (
    NUMBER,
    Head("contest", "评比活动"),
    Head("unit", "参评单位"),
    Head("criterion", "评分项目"),
    Head("full_score", "满分", "评分"),
    Head("score", "打分", "评分"),
    Head("scorer_post", "评委", "评分"),
    Head("scored_on", "评分日期", "评分", ("chinese",)),
)
INCIDENT_HEADS = (
    NUMBER,
    Head("kind", "事件类型"),
    Head("object", "涉及企业"),
    Head("unit", "所属单位"),
    Head("title", "情况简述"),
    Head("happened_on", "事发日期", forms=("chinese",)),
    Head("is_attributed", "是否认定责任", "认定"),
    Head("cause", "原因归属", "认定"),
    Head("found_by", "认定单位", "认定"),
)
# Day, unit, why, how many, what it is about; the last one twice the same, a day apart.
POINTS: Sequence[tuple[date, str, str, float, str]] = (
    (date(2022, 7, 8), "优化办", "营商环境做法被市级简报采用", 3, "演示简报〔2022〕18号"),
    (date(2022, 7, 15), "高新产业局", "包保企业问题当周销号", 2, "BB-006"),
    (date(2022, 7, 22), "招商局", "走访频次未达每周一次", -2, "7月走访台账"),
    (date(2022, 7, 29), "政务中心", "审批时限压缩至8个工作日", 2, "7月审批台账"),
    (date(2022, 8, 5), "平安办", "矛盾纠纷化解入选市级案例", 3, "演示通报〔2022〕7号"),
    (date(2022, 8, 12), "招商合作局", "包保企业问题未及时收集", -3, "BB-031"),
    (date(2022, 8, 19), "组织工作局", "帮助企业招工50人以上", 1.5, "8月走访台账"),
    (date(2022, 8, 26), "优化办", "企业诉求办结满意", 1, "BB-044"),
    (date(2022, 8, 31), "高新区办公室", "材料迟报", -1, "8月报送情况"),
    (date(2022, 9, 9), "纪工委监工委", "专题讨论会按期开展", 1, "9月活动记录"),
    (date(2022, 9, 16), "招商合作局", "问题销号抽查不属实", -5, "BB-052"),
    (date(2022, 9, 16), "高新技术和产业发展局", "新入规企业超进度", 4, "9月指标台账"),
    (date(2022, 9, 23), "政务服务中心", "审批时限压缩至5个工作日", 3, "9月审批台账"),
    (date(2022, 9, 27), "高新区办公室", "材料迟报", -1, "9月报送情况"),
    (date(2022, 9, 28), "宣传部", "省级媒体上稿", 2, "9月活动记录"),
)
# Contest, day, criteria with their full scores, scores of each unit by criterion.
CONTESTS: Sequence[
    tuple[str, date, tuple[tuple[str, float], ...], dict[str, tuple[float, ...]]]
] = (
    ("业绩大比武（初评）", date(2022, 9, 27),
     (("滞后项目推进", 40), ("招商签约", 30), ("企业培育", 30)),
     {"高新技术和产业发展局": (36, 25, 28), "招商合作局": (30, 28, 22), "优化办": (33, 24, 26),
      "政务服务中心": (33, 25, 25), "平安办": (28, 20, 21)}),
    ("服务大评比（初评）", date(2022, 9, 28),
     (("走访质量", 40), ("问题办结", 40), ("企业评价", 20)),
     {"高新技术和产业发展局": (35, 36, 17), "招商合作局": (26, 27, 12), "优化办": (38, 37, 19),
      "政务服务中心": (37, 38, 19), "组织工作局": (34, 33, 16)}),
)  # fmt: skip
# Who scores, and by how much more or less than the others.
SCORERS = {"组织工作局负责人": 0, "督查室负责人": -1, "企业代表": 0.5}
# Kind, enterprise, unit, what, day, whether responsible, cause, by whom.
INCIDENTS: Sequence[tuple[str, str, str, str, date, str, str, str]] = (
    ("退规", "示例企业A12", "招商合作局", "产值下滑退出规上名录", date(2022, 8, 18), "认定", "包保",
     "督查室"),
    ("经营异常", "示例企业A40", "优化办", "列入经营异常名录，经查为地址变更", date(2022, 8, 24),
     "不认定", "企业自身", "督查室"),
    ("疫情防控问题", "示例企业A23", "平安办", "厂区扫码登记不落实", date(2022, 9, 6), "认定",
     "包保单位", "督查室"),
    ("内部管理问题", "示例企业A57", "政务服务中心", "安全生产台账缺失", date(2022, 9, 13), "", "",
     ""),
    ("不听调度", "", "高新区办公室", "两次未参加包保调度会", date(2022, 9, 15), "认定", "行业部门",
     "督查室"),
    ("外迁", "示例企业A66", "招商合作局", "整体迁往外地园区", date(2022, 9, 20), "认定", "包保责任",
     "优化办"),
    ("企业外迁", "示例企业A71", "组织工作局", "总部调整，生产线外迁", date(2022, 9, 22), "不认定",
     "外部原因", "优化办"),
    ("评价不满意", "示例企业A31", "高新技术和产业发展局", "省营商环境评价中反映办证慢",
     date(2022, 9, 26), "认定", "行业主管部门", "优化办"),
    ("不满意", "示例企业A08", "优化办", "市营商环境评价中反映走访走过场", date(2022, 9, 26), "认定",
     "包保", "优化办"),
    ("企业评价不满意", "示例企业A85", "平安办", "省营商环境评价中反映用工难", date(2022, 9, 28), "",
     "", ""),
)  # fmt: skip


def _points() -> list[Row]:
    return [
        {
            "given_on": day, "unit": unit, "post": "包保责任人", "reason": reason, "basis": basis,
            "points": f"加{points:g}分" if points > 0 else f"扣{-points:g}分",
        }
        for day, unit, reason, points, basis in POINTS
    ]  # fmt: skip


def _scores() -> list[Row]:
    return [
        {
            "contest": contest, "unit": unit, "criterion": criterion, "full_score": full_score,
            "score": scores[position] + more, "scorer_post": scorer, "scored_on": day,
        }
        for contest, day, criteria, by_unit in CONTESTS
        for unit, scores in by_unit.items()
        for position, (criterion, full_score) in enumerate(criteria)
        for scorer, more in SCORERS.items()
    ]  # fmt: skip


def _incidents() -> list[Row]:
    keys = (
        *("kind", "object", "unit", "title", "happened_on", "is_attributed", "cause"),
        "found_by",
    )
    return [dict(zip(keys, incident, strict=True)) for incident in INCIDENTS]


def files(folder: Path, campaign: str) -> Iterator[tuple[Path, list[Page]]]:
    """Yield one workbook of September, with the points and incidents of the months before."""
    line = f"填报日期：{FORMS['chinese'](SENT_ON)}"
    note = ("注：初评分数仅供练兵，正赛按方案在10月。",)
    sheets = (
        ("积分", "包保积分台账", POINT_HEADS, _points(), ()),
        ("比武评比", "业绩大比武、服务大评比评分表", CONTEST_HEADS, _scores(), note),
        ("包保事件", "红线事件台账", INCIDENT_HEADS, _incidents(), ()),
    )
    pages = [
        Page(name, f"{campaign}{title}（2022年9月）（演示数据）", line, heads, rows, notes=notes)
        for name, title, heads, rows, notes in sheets
    ]
    yield folder / f"{SENT_ON:%Y%m%d} 2022年9月积分评比与事件台账.xlsx", pages
