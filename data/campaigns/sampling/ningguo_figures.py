"""Invented figures of 宁国 and its neighbours: years past, multiples by quarter, appraisals."""

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from data.campaigns.sampling.figures import FIGURE_HEADS, last_day
from data.campaigns.sampling.items import Row
from data.campaigns.sampling.pages import FORMS, Page

OWN = "宁国市"
YEARS = range(2011, 2021)
# What is raised in the first year and its growth a year; those that grow faster overtake.
REVENUE = {
    OWN: (25.6, 0.055), "郎溪县": (10.4, 0.118), "长兴县": (49.5, 0.092), "示例县A": (19.8, 0.083),
}  # fmt: skip
# Peers of which only the last three years are known: the first of them and the growth.
PEERS = {
    "示例县B": (29.4, 0.061), "示例县C": (21.7, 0.048), "示例县D": (17.3, 0.07),
    "示例省内县1": (58.2, 0.066), "示例省内县2": (47.9, 0.058), "示例省内县3": (41.3, 0.074),
    "示例省内县4": (36.5, 0.052), "示例省内县5": (33.0, 0.08), "示例省内县6": (27.8, 0.043),
    "示例省内县7": (22.4, 0.069),
}  # fmt: skip
# So much is produced for what is raised in taxes.
PRODUCT_PER_REVENUE = 8.6
# Unit of measure, lead, and how it stood at the end of each quarter from 2020's last on.
MULTIPLES = {
    "上市企业": ("家", "经信局", (6, 6, 7, 7)),
    "规上工业企业": ("家", "经信局", (330, 338, 349, 362)),
    "高新技术企业": ("家", "经开区", (118, 118, 121, 126)),
    "市场主体": ("户", "营商环境投诉办公室", (38600, 39450, 40980, 42710)),
    "限上商贸企业": ("家", "国投公司", (152, 158, 166, 178)),
}
# Unit of measure, lead, and 2018 to 2020: how many, or which rank.
APPRAISALS = {
    "国务院表彰激励": ("项", "经开区", (1, 0, 1)),
    "省政府表彰激励": ("项", "经开区", (3, 2, 4)),
    "县域经济考核": ("位", "经信局", (8, 10, 11)),
    "民营经济考核": ("位", "经信局", (6, 6, 9)),
    "开发区综合考核": ("位", "经开区", (12, 9, 7)),
    "市政府目标管理绩效考核": ("位", "营商环境投诉办公室", (2, 3, 2)),
}


def _row(indicator: str, day: date, value: float, unit_of_measure: str, unit: str) -> Row:
    return {
        "indicator": indicator, "place": OWN, "frequency": "年", "measure": "累计",
        "period_end_on": day, "value": value, "unit_of_measure": unit_of_measure, "unit": unit,
        "publisher": "市统计局",
    }  # fmt: skip


def _past_years() -> list[Row]:
    """Return what each place raised and produced in each year known."""
    rows: list[Row] = []
    known = {place: (YEARS, *growing) for place, growing in REVENUE.items()}
    known |= {place: (YEARS[-3:], *growing) for place, growing in PEERS.items()}
    for place, (years, revenue, growth) in known.items():
        chance = random.Random(place)
        for position, year in enumerate(years):
            # The epidemic year grows less, everywhere.
            share = growth - (0.035 if year == 2020 else 0) + chance.uniform(-0.015, 0.015)
            revenue *= 1 + share if position else 1
            product = revenue * PRODUCT_PER_REVENUE * chance.uniform(0.97, 1.03)
            for name, value in (("财政收入", revenue), ("地区生产总值", product)):
                row = _row(name, last_day(year, 12), round(value, 1), "亿元", "经信局")
                rows.append({**row, "place": place})
    return rows


def _multiples(quarters: range) -> list[Row]:
    ends = (date(2020, 12, 31), date(2021, 3, 31), date(2021, 6, 30), date(2021, 9, 30))
    return [
        _row(name, ends[quarter], values[quarter], unit_of_measure, unit)
        | {"frequency": "季", "measure": "期末"}
        for name, (unit_of_measure, unit, values) in MULTIPLES.items()
        for quarter in quarters
    ]


def _appraisals() -> list[Row]:
    return [
        _row(name, last_day(year, 12), value, unit_of_measure, unit)
        | {"measure": "位次" if unit_of_measure == "位" else "累计", "publisher": ""}
        for name, (unit_of_measure, unit, values) in APPRAISALS.items()
        for year, value in zip(YEARS[-3:], values, strict=True)
    ]


def files(folder: Path, campaign: str) -> Iterator[tuple[Path, list[Page]]]:
    """Yield the list of the years past with the half year, and that of the third quarter."""
    lists = {
        date(2021, 8, 6): {
            "历年对比": _past_years(), "五大倍增": _multiples(range(3)), "考评": _appraisals()
        },
        date(2021, 10, 20): {"五大倍增": _multiples(range(3, 4))},
    }  # fmt: skip
    for day, sheets in lists.items():
        month = f"2021年{day.month - 1}月"
        pages = [
            Page(
                sheet,
                f"{campaign}{sheet}指标台账（{month}）（演示数据）",
                f"填报日期：{FORMS['chinese'](day)}",
                FIGURE_HEADS,
                rows,
                notes=("注：各县市的数均为演示数据。",),
            )
            for sheet, rows in sheets.items()
        ]
        yield folder / f"{day:%Y%m%d} {month}对标与倍增指标台账.xlsx", pages
