"""A notice as its tests need it: one table, one chart, two figures, and a sentence a part."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from tally.notices.content import Diagram, Figure, Grid, Notice, Part, Series

MOMENT = datetime(2022, 11, 8, 1, 30)
QUERY = "campaign_progress as_of=2022-10-31"
PROGRESS = Grid(
    "表_进度",
    "各维度进度",
    ("维度", "事项", "销号率"),
    (("经济发展", "31", "64.5%"), ("改革创新", "14", "78.6%")),
    (3, 1, 1),
    QUERY,
)
CHART = Diagram(
    "图_进度",
    "各维度销号率",
    "bar",
    ("经济发展", "改革创新"),
    (Series("销号率", (0.645, None), "#334574"), Series("序时应达", (0.9, 0.71), "#C3CBD4")),
    "0.0%",
    QUERY,
)
FIGURES = (
    Figure("事项总数", "148项", "campaign_totals as_of=2022-10-31"),
    Figure("销号率", "79.7%", "campaign_totals as_of=2022-10-31"),
)
SECTIONS = (
    *("总体情况", "问题分析", "单位成绩", "重点事项", "台账报送"),
    *("正面典型", "反面典型", "存在问题", "预警", "下一步工作", "数据说明"),
)
WORDS = {
    "红头": True,
    "有排名": True,
    "发文机关": "某开发区工委",
    "发文机关标志": "某开发区工委",
    "文号": "督〔2022〕3号",
    "标题": "关于试点行动2022年10月进展情况的通报",
    "主送": "各有关单位：",
    "引言": "现将进展情况通报如下。",
    "署名": "某开发区工委",
    "成文日期": "2022年11月8日",
    "行动": "试点行动",
    "期间": "2022年10月",
    "截至日": "2022年10月31日",
}


def drafted(lines: dict[str, tuple[str, ...]] | None = None, **said: Any) -> Notice:
    """Return a notice; `lines` replace the sentences of parts, `said` the template's words."""
    parts = {tag: Part((f"{tag}的一句话。",)) for tag in SECTIONS}
    parts["总体情况"] = Part(("截至10月31日，共148项。",), FIGURES, (PROGRESS,), (CHART,))
    for tag, own in (lines or {}).items():
        parts[tag] = replace(parts[tag], lines=own)
    words = {**WORDS, **said}
    return Notice(words["标题"], words, parts, "截至2022年10月31日", MOMENT, date(2022, 11, 8))
