"""What 怀化高新区 said it stood at in July 2022, and invented figures of the two months after."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from data.campaigns.sampling.figures import FIGURE_HEADS, last_day
from data.campaigns.sampling.pages import FORMS, Page

# Measure, unit of measure, lead, July as the document has it, August and September invented.
FIGURES = {
    "签约招商项目": ("累计", "个", "招商合作局", (33, 37, 42)),
    "签约产业项目": ("累计", "个", "招商合作局", (25, 28, 31)),
    "合同引资额": ("累计", "亿元", "招商合作局", (43.7, 47.2, 55.9)),
    "新入规工业企业": ("累计", "家", "高新技术和产业发展局", (4, 4, 6)),
    "新入规服务企业": ("累计", "家", "高新技术和产业发展局", (2, 2, 3)),
    "解决贷款企业": ("累计", "家", "优化办", (16, 18, 21)),
    "解决贷款资金": ("累计", "亿元", "优化办", (6.7, 7.1, 7.9)),
    "高新技术企业": ("期末", "家", "高新技术和产业发展局", (49, 49, 53)),
}
SENT = {7: date(2022, 8, 8), 8: date(2022, 9, 8), 9: date(2022, 10, 6)}


def files(folder: Path, campaign: str) -> Iterator[tuple[Path, list[Page]]]:
    """Yield the list of each month."""
    for position, (month, sent_on) in enumerate(SENT.items()):
        rows = [
            {
                "indicator": name, "measure": measure, "value": values[position],
                "period_end_on": last_day(2022, month), "unit_of_measure": unit_of_measure,
                "unit": unit, "frequency": "月",
            }
            for name, (measure, unit_of_measure, unit, values) in FIGURES.items()
        ]  # fmt: skip
        heads = tuple(head for head in FIGURE_HEADS if head.key in rows[0])
        page = Page(
            "招商与企业培育指标",
            f"{campaign}指标台账（2022年{month}月）（演示数据）",
            f"填报日期：{FORMS['chinese'](sent_on)}",
            heads,
            rows,
            notes=("注：7月数引自公开的经验材料，8月起为演示数据。",),
        )
        yield folder / f"{sent_on:%Y%m%d} 2022年{month}月指标台账.xlsx", [page]
