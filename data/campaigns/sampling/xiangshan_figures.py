"""The economy of 相山经开区 beside its district, city and peers, and the business climate."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from data.campaigns.sampling.figures import (
    FIGURE_HEADS,
    Measured,
    figure_rows,
    last_day,
    periods,
    series,
    wide,
)
from data.campaigns.sampling.items import Row
from data.campaigns.sampling.pages import FORMS, Page

OWN, DISTRICT, CITY = "相山经开区", "相山区", "淮北市"
FIRST, LAST = date(2020, 1, 1), date(2022, 9, 30)
# Our own figures reach further back: a year's end is projected from at least three earlier years.
EARLIER_GROWTH = {2017: 0.092, 2018: 0.101, 2019: 0.086, 2020: 0.058}
# Of peers beyond the district a year is enough to tell who moved up.
PEERS_FROM = date(2021, 9, 30)
MEASURED = (
    Measured("园区生产总值", "亿元", 56, "产业发展部", "区统计局", frequency="季"),
    Measured("一般公共预算收入", "亿元", 4.4, "财政金融部", "区财政局"),
    Measured("固定资产投资", "亿元", 39, "规划建设部", "区统计局"),
    Measured("规上工业增加值", "亿元", 29, "产业发展部", "区统计局"),
    Measured("社会消费品零售总额", "亿元", 11.8, "产业发展部", "区统计局"),
    Measured("外贸进出口总额", "万美元", 9200, "招商部", "区商务部门", 0),
    Measured(
        *("城乡居民人均可支配收入", "元", 33800, "社会事务服务中心", "国家统计局淮北调查队"),
        *(0, "季"),
    ),
)
INCOME = "城乡居民人均可支配收入"
# Peers are ranked month by month in these; by quarter in the others.
MONTHLY = ("一般公共预算收入", "固定资产投资", "规上工业增加值")
# What peers further away are compared in, by quarter.
AFAR = ("园区生产总值", "一般公共预算收入", "固定资产投资")
# Our growth of 2021 and 2022, and the target of 2022 as growth over 2021.
OWN_GROWTH = {
    "园区生产总值": (0.088, 0.061, 0.085), "一般公共预算收入": (0.102, 0.094, 0.09),
    "固定资产投资": (0.12, -0.075, 0.13), "规上工业增加值": (0.095, 0.082, 0.1),
    "社会消费品零售总额": (0.11, 0.024, 0.085), "外贸进出口总额": (0.18, 0.231, 0.15),
    INCOME: (0.086, 0.058, 0.07),
}  # fmt: skip
TOWN_SCALES = (1.14, 0.97, 0.74, 0.58, 0.46, 0.36)
ZONE_SCALES = (1.6, 1.12, 1.04, 0.97, 0.83, 0.7, 0.52)
TOWNS = {f"示例镇街{x}": scale for x, scale in zip("ABCDEF", TOWN_SCALES, strict=True)}
ZONES = {f"示例开发区{x}": scale for x, scale in zip("ABCDEFG", ZONE_SCALES, strict=True)}
PROVINCE = {f"示例省级开发区{i:02d}": 2.9 - 0.23 * i for i in range(1, 12)}
DELTA = {f"示例长三角开发区{i:02d}": 5.2 - 0.41 * i for i in range(1, 12)}
# Who has not published September, or the third quarter, by the time of the list.
SILENT = ("示例镇街E", "示例开发区F", "示例省级开发区08", "示例长三角开发区09")
PROVISIONAL = ("园区生产总值", "规上工业增加值", "固定资产投资")
# Our foreign trade of May 2022 was never published: a gap.
GAP = ("外贸进出口总额", date(2022, 5, 31))
# What October's list gave provisionally and has been checked since, as a share of it.
SETTLED = {"固定资产投资": 0.985, "规上工业增加值": 1.004}
CLIMATE = (
    *("开办企业", "劳动力市场监管", "办理建筑许可", "政府采购", "招标投标", "获得电力"),
    *("获得用水用气", "登记财产", "获得信贷", "保护中小投资者", "知识产权创造保护和运用"),
    *("跨境贸易", "纳税", "执行合同", "办理破产", "市场监管", "政务服务", "包容普惠创新"),
)
# Measure, unit of measure, lead, target of the year, and from February to September 2022; what is
# counted at a month's end stood at the first of them in December.
COUNTS = {
    "5亿元以上项目": ("累计", "个", "招商部", 12, (1, 2, 3, 4, 6, 6, 7, 8)),
    "10亿元以上项目": ("累计", "个", "招商部", 4, (0, 0, 1, 1, 1, 1, 2, 2)),
    "新增项目": ("累计", "个", "规划建设部", 60, (7, 13, 19, 24, 33, 38, 42, 47)),
    "“四上”企业": ("期末", "家", "产业发展部", 118, (96, 98, 99, 101, 102, 106, 107, 108, 112)),
    "高新技术企业": ("期末", "家", "产业发展部", 42, (30, 31, 31, 31, 33, 33, 33, 33, 36)),
    "上级资金": (
        *("累计", "万元", "财政金融部", 9000),
        (820, 1460, 2300, 3050, 4480, 5020, 5900, 6640),
    ),
}  # fmt: skip
COUNTED_ON = (date(2021, 12, 31), *(last_day(2022, month) for month in range(2, 10)))


def _known(measured: Measured, place: str, scale: float) -> dict[date, float]:
    """Return the series of a place; a peer grows by chance, always the same one."""
    shares = OWN_GROWTH[measured.name][:2]
    if place != OWN:
        chance = random.Random(f"{place} {measured.name}")
        shares = (chance.uniform(0.04, 0.12), chance.uniform(-0.03, 0.11))
    # What is earned a head does not grow with the size of the place.
    scale = 0.9 + 0.1 * scale if measured.name == INCOME else scale
    growth = {2020: 0.0, 2021: shares[0], 2022: shares[1]}
    return series(measured, scale, growth, place)


def _own(measured: Measured) -> dict[date, float]:
    """Return our own series with the years before those of our peers."""
    known = _known(measured, OWN, 1.0)
    total = measured.total
    for year in sorted(EARLIER_GROWTH, reverse=True):
        if year < FIRST.year:
            past = replace(measured, total=total)
            known |= series(past, 1.0, {year: 0.0}, f"{OWN} {year}")
        total /= 1 + EARLIER_GROWTH[year]
    return dict(sorted(known.items()))


def _district(measured: Measured) -> dict[date, float]:
    """Return the whole of ourselves and the towns, of which we are a part (C2)."""
    if measured.name == INCOME:
        return _known(measured, DISTRICT, 0.97)
    parts = [_known(measured, place, scale) for place, scale in {OWN: 1.0, **TOWNS}.items()]
    return {day: round(sum(part[day] for part in parts), measured.decimals) for day in parts[0]}


def _target(measured: Measured) -> float:
    last_year = _known(measured, OWN, 1.0)[date(2021, 12, 31)]
    return round(last_year * (1 + OWN_GROWTH[measured.name][2]), min(measured.decimals, 1))


def _own_rows(measured: Measured) -> Iterator[Row]:
    first = FIRST.replace(year=min(EARLIER_GROWTH))
    for row in figure_rows(
        measured, OWN, _own(measured), list(periods(first, LAST, measured.frequency))
    ):
        if (row["indicator"], row["period_end_on"]) == GAP:
            continue
        if row["period_end_on"].year == LAST.year:
            row["target_value"] = _target(measured)
        if row["period_end_on"] == LAST and measured.name in PROVISIONAL:
            row["provisional"] = "是"
        yield row


def _economy() -> list[Row]:
    rows: list[Row] = []
    for measured in MEASURED:
        days = list(periods(FIRST, LAST, measured.frequency))
        rows += _own_rows(measured)
        rows += figure_rows(measured, DISTRICT, _district(measured), days)
        rows += figure_rows(measured, CITY, _known(measured, CITY, 13.0), days)
    return rows


def _counts() -> list[Row]:
    return [
        {
            "indicator": name, "frequency": "月", "measure": measure, "value": value,
            "period_end_on": day, "target_value": target if day.year == LAST.year else None,
            "unit_of_measure": unit_of_measure, "unit": unit,
        }
        for name, (measure, unit_of_measure, unit, target, values) in COUNTS.items()
        for day, value in zip(COUNTED_ON[-len(values) :], values, strict=True)
    ]  # fmt: skip


def _peers(
    places: dict[str, float], first: date, names: tuple[str, ...], monthly: tuple[str, ...] = ()
) -> list[Row]:
    """Return the figures of peers; some have not published the newest period yet."""
    rows: list[Row] = []
    for measured in MEASURED:
        if measured.name not in names:
            continue
        days = list(periods(first, LAST, "月" if measured.name in monthly else "季"))
        for place, scale in places.items():
            out = [day for day in days if place not in SILENT or day != LAST]
            rows += figure_rows(measured, place, _known(measured, place, scale), out)
    return rows


def _climate() -> list[Row]:
    rows: list[Row] = []
    for place in (OWN, *ZONES):
        for name in CLIMATE:
            chance = random.Random(f"{place} {name}")
            # We catch up from quarter to quarter, and are one place short of the goal.
            gain = 0.8 if place == OWN else 0.0
            score = chance.uniform(66, 90)
            for month in (3, 6, 9):
                score = min(99.0, score + gain + chance.uniform(-1.5, 3.5))
                if place in SILENT and month == LAST.month:
                    continue
                rows.append(
                    {
                        "indicator": name, "place": place, "frequency": "季", "measure": "期末",
                        "period_end_on": last_day(2022, month), "value": round(score, 1),
                        "unit_of_measure": "分", "unit": "招商部", "publisher": "市营商环境评价",
                    }
                )  # fmt: skip
    return rows


def _settled() -> list[Row]:
    """Return what the first list gave provisionally, as checked since."""
    return [
        {**row, "value": round(row["value"] * SETTLED[measured.name], 2), "provisional": "否"}
        for measured in MEASURED
        if measured.name in SETTLED
        for row in _own_rows(measured)
        if row["period_end_on"] == LAST
    ]


def _page(campaign: str, sheet: str, rows: list[Row], sent_on: date) -> Page:
    return Page(
        sheet,
        f"{campaign}{sheet}（2022年9月）（演示数据）",
        f"填报日期：{FORMS['chinese'](sent_on)}",
        FIGURE_HEADS,
        rows,
        notes=("注：1月数据与2月合并发布；带“是”的为初步数；地区名称、数值均为演示数据。",),
    )


def _wide_pages(campaign: str, scope: str, places: dict[str, float]) -> Iterator[Page]:
    """Yield a sheet each indicator: by month for the zones of the city, by quarter further away."""
    is_near = places is ZONES
    for measured in MEASURED:
        if measured.name not in (MONTHLY if is_near else AFAR):
            continue
        monthly = MONTHLY if is_near else ()
        rows = _peers(places, PEERS_FROM, (measured.name,), monthly)
        heads, lines = wide(measured, rows, not is_near)
        yield Page(
            f"{scope}{measured.name}",
            f"{campaign}{scope}对标（2022年9月）（演示数据）",
            f"指标：{measured.name}　　单位：{measured.unit_of_measure}",
            heads,
            lines,
            notes=("注：未发布的留空；地区名称、数值均为演示数据。",),
        )


def files(folder: Path, campaign: str) -> Iterator[tuple[Path, list[Page]]]:
    """Yield the files that tell how September's economy stood."""
    first_on, later_on, settled_on = date(2022, 10, 20), date(2022, 10, 21), date(2022, 11, 2)
    every = tuple(measured.name for measured in MEASURED)
    by_quarter = tuple(name for name in every if name not in MONTHLY)
    towns = _peers(TOWNS, date(2021, 1, 1), every, MONTHLY)
    zones = _peers(ZONES, PEERS_FROM, by_quarter)
    lists = {
        (first_on, "主要经济指标完成情况"): [
            _page(campaign, "主要经济指标", _economy(), first_on),
            _page(campaign, "数量指标", _counts(), first_on),
        ],
        (later_on, "区市对标指标台账"): [
            _page(campaign, "全区", towns, later_on),
            _page(campaign, "全市", zones, later_on),
            *_wide_pages(campaign, "全市", ZONES),
        ],
        (later_on, "营商环境与省内外对标指标台账"): [
            _page(campaign, "营商环境", _climate(), later_on),
            *_wide_pages(campaign, "全省", PROVINCE),
            *_wide_pages(campaign, "长三角", DELTA),
        ],
        (settled_on, "主要经济指标完成情况（核定）"): [
            _page(campaign, "主要经济指标", _settled(), settled_on)
        ],
    }
    for (day, name), pages in lists.items():
        yield folder / f"{day:%Y%m%d} 2022年9月{name}.xlsx", pages
