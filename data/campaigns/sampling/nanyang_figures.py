"""Invented growth of 南阳职教园区 by quarter, against a floor and what is striven for (C12)."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from data.campaigns.sampling.figures import FIGURE_HEADS, last_day
from data.campaigns.sampling.pages import FORMS, Page

# Quarter's end, total since New Year in 亿元, growth in percent, lead.
QUARTERS = (
    (last_day(2022, 3), 18.9, 6.4), (last_day(2022, 6), 41.2, 6.9), (last_day(2022, 9), 64.5, 7.3),
    (last_day(2022, 12), 92.8, 7.1), (last_day(2023, 3), 20.4, 8.2),
)  # fmt: skip
SENT_ON = date(2023, 4, 21)


def files(folder: Path, campaign: str) -> Iterator[tuple[Path, list[Page]]]:
    """Yield the list of the first quarter, with the quarters of the year before."""
    rows = [
        {
            "indicator": "生产总值", "frequency": "季", "measure": measure, "period_end_on": day,
            "value": value, "unit_of_measure": unit_of_measure, "unit": unit,
            "publisher": "统计部门", "provisional": "是" if day.year == SENT_ON.year else "",
        }
        for day, total, growth in QUARTERS
        for measure, value, unit_of_measure, unit in (
            ("累计", total, "亿元", "统计部门"), ("累计同比", growth, "%", "发改部门")
        )
    ]  # fmt: skip
    page = Page(
        "生产总值",
        f"{campaign}主要经济指标台账（2023年3月）（演示数据）",
        f"填报日期：{FORMS['chinese'](SENT_ON)}",
        tuple(head for head in FIGURE_HEADS if head.key in rows[0] or head.key == "row_number"),
        rows,
    )
    yield folder / f"{SENT_ON:%Y%m%d} 2023年3月主要经济指标台账.xlsx", [page]
