"""Statistics that no one here wrote: NBS exports and Choice downloads, checked by hand (C1, C3)."""

from collections import Counter
from datetime import date
from functools import cache

import pytest

from tally.contracts import Reading
from tally.intake import read
from tests.intake.samples import REAL, brief
from tests.intake.series.tables import rows_of

TABLES = REAL / "indicators"
pytestmark = pytest.mark.skipif(not TABLES.is_dir(), reason="shared/real is not here")
PROVINCE_TABLES = ["", *(f" ({number})" for number in range(1, 7))]


@cache
def real(name: str) -> Reading:
    """Read one of the real files as a caller would who names only the campaign."""
    path = TABLES / name
    return read(path.read_bytes(), path.name, brief(campaign="xiangshan"))


def figure(reading: Reading, indicator: str, place: str | None, end_on: date) -> tuple:
    """Return value, unit, measure, frequency and cell of the one figure that is meant."""
    (row,) = (
        row
        for row in rows_of(reading)
        if (row["indicator"], row["place"], row["period_end_on"]) == (indicator, place, end_on)
    )
    cell = f"{row['value_column']}{row['row']}"
    return row["value"], row["unit_of_measure"], row["measure"], row["frequency"], cell


@pytest.mark.parametrize(
    ("number", "indicator", "place", "year", "expected"),
    [
        ("", "地区生产总值", "北京市", 2024, (49670.2, "亿元", None, "年", "B5")),
        ("", "地区生产总值", "新疆维吾尔自治区", 2024, (20492.4, "亿元", None, "年", "B35")),
        (" (1)", "人口数(人口抽样调查)", "天津市", 2015, (239370, "人", None, "年", "L6")),
        (" (2)", "65岁及以上人口数(人口抽样调查)", "河北省", 2024, (12498, "人", None, "年", "C7")),
        (" (3)", "城镇单位就业人员", "山西省", 2024, (443.6, "万人", None, "年", "C8")),
        (" (4)", "私营企业和个体就业人员", "北京市", 2019, (1187.5, "万人", None, "年", "H5")),
        (
            " (5)",
            "固定资产投资(不含农户)实际到位资金",
            "北京市",
            2024,
            (-4.7, "%", "同比", "年", "C5"),
        ),
        (
            " (6)",
            "公有经济企事业单位专业技术人员数",
            "河北省",
            2011,
            (1031070, "人", None, "年", "P7"),
        ),
    ],
)
def test_export_of_provinces_has_its_indicator_and_unit_from_the_title(
    number: str, indicator: str, place: str, year: int, expected: tuple
) -> None:
    reading = real(f"分省年度数据{number}.csv")
    assert figure(reading, indicator, place, date(year, 12, 31)) == expected
    assert {row["publisher"] for row in rows_of(reading)} == {"国家统计局"}
    assert {row["indicator"] for row in rows_of(reading)} == {indicator}


@pytest.mark.parametrize("number", [" (1)", " (4)", " (5)"])
def test_empty_newest_year_is_no_rows(number: str) -> None:
    rows = rows_of(real(f"分省年度数据{number}.csv"))
    assert date(2025, 12, 31) not in {row["period_end_on"] for row in rows}
    assert not [row for row in rows if row["value"] is None]


def test_export_has_as_many_rows_as_its_file_has_filled_cells() -> None:
    for number in PROVINCE_TABLES:
        text = (TABLES / f"分省年度数据{number}.csv").read_bytes().decode("gbk")
        lines = [line.split(",") for line in text.splitlines()[4:]]
        filled = [cell for line in lines if len(line) > 5 for cell in line[1:] if cell]
        rows = rows_of(real(f"分省年度数据{number}.csv"))
        assert sorted(map(float, filled)) == sorted(row["value"] for row in rows)


def test_long_file_with_an_indicator_in_each_column_is_unfolded() -> None:
    reading = real("分省年度数据_整合.csv")
    at = date(2006, 12, 31)
    assert figure(reading, "GDP", "上海", at) == (10825.4, "亿元", None, "年", "C3")
    assert figure(reading, "GDP指数", "上海", at)[:2] == (111.55, "上年=100")
    assert figure(reading, "进出口总额", "上海", date(2010, 12, 31))[:2] == (36895065.2, "万美元")
    assert figure(reading, "第二产业比重", "上海", at)[:2] == (48.5, "%")
    grown = {r["measure"] for r in rows_of(reading) if r["indicator"] == "固定资产投资到位资金"}
    assert grown == {"同比"}
    assert len(rows_of(reading)) == 10034


def test_years_as_numbers_and_two_indicators_in_two_columns_are_told_apart() -> None:
    reading = real("一般公共预算等.xls")
    spent = "一般公共预算支出"
    assert figure(reading, spent, "北京", date(2007, 12, 31))[:2] == (1649.5, "亿元")
    assert figure(reading, "财政支出", "新疆", date(2006, 12, 31)) == (
        *(678.47, "亿元", None, "年", "F63"),
    )
    assert Counter(row["indicator"] for row in rows_of(reading)) == {spent: 558, "财政支出": 62}


def test_city_table_has_36_cities() -> None:
    reading = real("A_主要城市年度数据.xls")
    gdp = "国内生产总值"
    assert figure(reading, gdp, "天津", date(2019, 12, 31)) == (14104.28, "亿元", None, "年", "B6")
    assert figure(reading, gdp, "乌鲁木齐", date(2018, 12, 31))[0] == 3099.77
    assert len({row["place"] for row in rows_of(reading)}) == 36
    assert len(rows_of(reading)) == 148


@pytest.mark.parametrize(
    ("name", "indicator", "measure", "end_on", "value", "unit", "cell"),
    [
        ("固定资产投资", "固定资产投资完成额", "累计", date(2025, 3, 31), 103174, "亿元", "C7"),
        (
            "固定资产投资",
            "固定资产投资完成额:扩建",
            "累计同比",
            date(2024, 12, 31),
            33.6,
            "%",
            "F9",
        ),
        ("社零", "社会消费品零售总额", "当期", date(2025, 3, 31), 40940.5, "亿元", "C7"),
        ("社零", "社会消费品零售总额:农村", "当期", date(2024, 12, 31), 6726.5, "亿元", "E8"),
        ("财政", "一般公共预算收入", "累计", date(2025, 2, 28), 43856, "亿元", "C8"),
        ("财政", "一般公共预算支出", "累计", date(1950, 12, 31), 68.05, "亿元", "Y469"),
    ],
)
def test_download_with_six_head_rows_gives_indicator_measure_unit_and_publisher(
    name: str, indicator: str, measure: str, end_on: date, value: float, unit: str, cell: str
) -> None:
    (row,) = (
        row
        for row in rows_of(real(f"{name}.xlsx"))
        if (row["indicator"], row["measure"], row["period_end_on"]) == (indicator, measure, end_on)
    )
    assert (row["value"], row["unit_of_measure"]) == (value, unit)
    assert (row["frequency"], row["publisher"], row["place"]) == ("月", row["publisher"], None)
    assert row["publisher"] in ("国家统计局", "财政部")
    assert f"{row['value_column']}{row['row']}" == cell


def test_month_without_a_value_of_an_indicator_is_no_row_of_it() -> None:
    rows = [r for r in rows_of(real("财政.xlsx")) if r["indicator"] == "一般公共预算收入"]
    ends = {row["period_end_on"] for row in rows}
    assert date(2025, 1, 31) not in ends
    assert {date(2025, 2, 28), date(2024, 12, 31)} <= ends


def test_figures_that_name_no_place_are_said_to_be_taken_for_our_own() -> None:
    (warning,) = (p for p in real("社零.xlsx").problems if p.column == "place")
    assert warning.expected == "没有写明地区，按本地区的数读入"
