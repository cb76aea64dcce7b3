"""Tables of figures in every layout that offices use: what each figure is of (C1, C3)."""

from datetime import date

import openpyxl
import pytest

from tally.intake import read
from tests.intake.samples import brief, saved
from tests.intake.series.tables import PACK, figures_of, reading_of, rows_of, warnings_of

JULY, JUNE, FEBRUARY = date(2023, 7, 31), date(2023, 6, 30), date(2023, 2, 28)
YEAR, LAST_YEAR = date(2023, 12, 31), date(2022, 12, 31)
GDP = "GDP"


def test_places_in_rows_and_years_in_columns() -> None:
    table = [
        ("2022—2023年各市GDP（单位：亿元）",),
        ("城市", "2023年", "2022年"),
        ("合肥市", 12673.8, 12013.1),
        ("淮北市", 1368, 1302.8),
    ]
    assert figures_of(*table) == {
        (GDP, "合肥市", None, YEAR): 12673.8,
        (GDP, "合肥市", None, LAST_YEAR): 12013.1,
        (GDP, "淮北市", None, YEAR): 1368,
        (GDP, "淮北市", None, LAST_YEAR): 1302.8,
    }


def test_places_in_columns_and_months_in_rows() -> None:
    table = [
        ("指标：GDP(亿元)",),
        ("月份", "合肥市", "淮北市"),
        ("2023年7月", 1200, 130),
        ("2023-06", 1100, None),
    ]
    assert figures_of(*table) == {
        (GDP, "合肥市", None, JULY): 1200,
        (GDP, "淮北市", None, JULY): 130,
        (GDP, "合肥市", None, JUNE): 1100,
    }


def test_indicators_in_rows_and_places_in_columns() -> None:
    table = [
        ("2023年1-7月主要经济指标",),
        ("指标", "单位", "全省", "合肥", "相山经开区"),
        ("地区生产总值", "亿元", 27000, 7000, 45),
        ("外贸进出口", "千美元", 500, 300, 2),
    ]
    found = figures_of(*table)
    assert found[("地区生产总值", "全省", "累计", JULY)] == 27000
    assert found[("外贸进出口", "相山经开区", "累计", JULY)] == 2
    units = {row["indicator"]: row["unit_of_measure"] for row in rows_of(reading_of(*table))}
    assert units == {"地区生产总值": "亿元", "外贸进出口": "千美元"}


def test_indicators_in_columns_with_growth_beside_each() -> None:
    table = [
        ("2023年1—7月各园区主要指标",),
        ("园区", "GDP（亿元）", "增速（%）", "财政收入（万元）", "同比增长（%）", "位次"),
        ("相山经开区", 45.5, 6.5, 32000, -1.2, 3),
        ("濉溪经开区", 60, 5, 41000, 2, 1),
    ]
    found = figures_of(*table)
    assert found[(GDP, "相山经开区", "累计", JULY)] == 45.5
    assert found[(GDP, "相山经开区", "累计同比", JULY)] == 6.5
    assert found[("财政收入", "濉溪经开区", "累计同比", JULY)] == 2
    assert found[("财政收入", "相山经开区", "位次", JULY)] == 3
    assert len(found) == 10


def test_month_and_cumulative_columns_of_indicators_in_rows() -> None:
    table = [
        ("2023年7月主要经济指标完成情况",),
        ("指标名称", "计量单位", "本月", "同比增长(%)", "1-7月累计", "同比增长(%)"),
        ("规上工业产值", "万元", 100, 5.1, 700, 6.2),
        ("用电量", "万千瓦时", "—", "~", 90, "…"),
    ]
    assert figures_of(*table) == {
        ("规上工业产值", None, "当期", JULY): 100,
        ("规上工业产值", None, "同比", JULY): 5.1,
        ("规上工业产值", None, "累计", JULY): 700,
        ("规上工业产值", None, "累计同比", JULY): 6.2,
        ("用电量", None, "累计", JULY): 90,
    }


def test_head_of_two_rows_with_years_above_months() -> None:
    table = [
        ("规模以上工业增加值（亿元）",),
        ("地区", "2022年", None, "2023年", None),
        (None, "1-6月", "1-7月", "1-6月", "1-7月"),
        ("相山经开区", 10, 12, 11, 13),
    ]
    found = figures_of(*table, merged=("B2:C2", "D2:E2", "A2:A3"))
    place = ("规模以上工业增加值", "相山经开区", "累计")
    assert found == {
        (*place, date(2022, 6, 30)): 10,
        (*place, date(2022, 7, 31)): 12,
        (*place, JUNE): 11,
        (*place, JULY): 13,
    }


def test_january_and_february_together_are_cumulative_and_nothing_else() -> None:
    table = [("地区", "2023年1—2月", "2023年3月"), ("相山经开区", 20, 12)]
    march = date(2023, 3, 31)
    assert figures_of(("限上零售额（亿元）",), *table) == {
        ("限上零售额", "相山经开区", "累计", FEBRUARY): 20,
        ("限上零售额", "相山经开区", "当期", march): 12,
    }


@pytest.mark.parametrize(
    ("word", "end_on", "frequency"),
    [
        ("2023-07", JULY, "月"),
        ("2023年7月", JULY, "月"),
        ("202307", JULY, "月"),
        ("2023/7", JULY, "月"),
        ("2023Q1", date(2023, 3, 31), "季"),
        ("2023年一季度", date(2023, 3, 31), "季"),
        ("2023年第二季度", JUNE, "季"),
        ("2023年上半年", JUNE, "季"),
        ("2023年前三季度", date(2023, 9, 30), "季"),
        ("2023年度", YEAR, "年"),
        (2023, YEAR, "年"),
        (date(2023, 7, 1), JULY, "月"),
    ],
)
def test_period_is_read_in_any_of_its_forms(word: object, end_on: date, frequency: str) -> None:
    rows = rows_of(reading_of(("时间", "GDP（亿元）", "税收（亿元）"), (word, 5, 2), (None,)))
    assert {(row["period_end_on"], row["frequency"]) for row in rows} == {(end_on, frequency)}


@pytest.mark.parametrize(
    ("title", "head", "cell", "unit", "value"),
    [
        ("GDP（单位：亿元）", "2023年", 5, "亿元", 5),
        ("GDP", "2023年（万元）", 5, "万元", 5),
        ("GDP（单位：万元）", "2023年", "5亿元", "万元", 50000),
        ("GDP比重", "2023年（百分点）", 5, "百分点", 5),
        ("出生率（‰）", "2023年", 6.1, "‰", 6.1),
        ("出口（千美元）", "2023年", "1,234.5", "千美元", 1234.5),
    ],
)
def test_unit_of_the_nearest_word_holds(
    title: str, head: str, cell: object, unit: str, value: float
) -> None:
    rows = rows_of(reading_of((title,), ("地区", head), ("相山经开区", cell)))
    assert [(row["unit_of_measure"], row["value"]) for row in rows] == [(unit, value)]


def test_growth_of_last_year_is_of_the_year_and_last_years_value_of_last_year() -> None:
    table = [("地区", "2023年1-7月", "去年同期", "增幅"), ("相山经开区", 45, 40, 12.5)]
    assert figures_of(("GDP（亿元）",), *table) == {
        (GDP, "相山经开区", "累计", JULY): 45,
        (GDP, "相山经开区", "累计", date(2022, 7, 31)): 40,
        (GDP, "相山经开区", "累计同比", JULY): 12.5,
    }


def test_totals_and_notes_are_left_out_and_said_and_the_source_is_the_publisher() -> None:
    reading = reading_of(
        ("GDP（亿元）",),
        ("地区", "2023年", "合计"),
        ("全国", 1260582, 1),
        ("合计", 1, 1),
        ("相山经开区", 45, 1),
        ("注：2023年为初步数",),
        ("数据来源：国家统计局",),
    )
    rows = rows_of(reading)
    assert [(row["place"], row["value"]) for row in rows] == [("全国", 1260582), ("相山经开区", 45)]
    assert {row["publisher"] for row in rows} == {"国家统计局"}
    said = [(problem.cell, problem.expected) for problem in warnings_of(reading)]
    assert said == [
        ("C2", "合计列，未导入"),
        ("A4", "合计行，已略过"),
        ("", "不作为台账的条目"),
    ]


def test_stopped_series_and_provisional_figures_are_noted_and_keep_their_names() -> None:
    head, row = ("地区", "GDP(亿元)(停止)", "税收(亿元)(初步)"), ("相山经开区", 45, 7)
    rows = rows_of(reading_of(("2023年",), head, row))
    told = [(row["indicator"], row["note"], row["is_provisional"]) for row in rows]
    assert told == [(GDP, "已停止更新", None), ("税收", None, True)]


def test_two_tables_below_each_other_are_both_read() -> None:
    found = figures_of(
        ("指标：GDP(亿元)",),
        ("地区", "2023年", "2022年"),
        ("相山经开区", 45, 44),
        ("数据来源：国家统计局",),
        ("指标：税收(万元)",),
        ("地区", "2023年", "2022年"),
        ("相山经开区", 7, 6),
    )
    assert found[(GDP, "相山经开区", None, LAST_YEAR)] == 44
    assert found[("税收", "相山经开区", None, YEAR)] == 7
    assert len(found) == 4


def test_unit_that_answers_and_target_stand_beside_each_of_a_rows_figures() -> None:
    rows = rows_of(
        reading_of(
            ("指标名称", "责任单位", "年度目标", "计量单位", "2023年1-6月", "2023年1-7月"),
            ("税收", "财政金融部", 60, "亿元", 30, 36),
        )
    )
    told = [(row["unit"], row["target_value"], row["value"]) for row in rows]
    assert told == [("财政金融部", 60, 30), ("财政金融部", 60, 36)]


def test_target_is_in_the_unit_of_its_row_and_no_target_of_growth_or_of_last_year() -> None:
    rows = rows_of(
        reading_of(
            ("2023年7月",),
            ("指标名称", "年度目标（万元）", "计量单位", "1-7月累计", "去年同期", "同比增长"),
            ("税收", 600000, "亿元", 36, 30, 20),
        )
    )
    told = [(row["measure"], row["period_end_on"].year, row["target_value"]) for row in rows]
    assert told == [("累计", 2023, 60), ("累计", 2022, None), ("累计同比", 2023, None)]


def test_percent_that_a_format_shows_stays_percent() -> None:
    book = openpyxl.Workbook()
    for line in (("2023年",), ("地区", "GDP（亿元）", "增速"), ("相山经开区", 45, 0.056)):
        book.active.append(line)
    book.active["C3"].number_format = "0.0%"
    given = brief(packs={"xiangshan": PACK}, campaign="xiangshan")
    rows = rows_of(read(saved(book), "数据.xlsx", given))
    assert [(row["value"], row["unit_of_measure"]) for row in rows] == [(45, "亿元"), (5.6, "%")]


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("2023年7月大连市主要指标", "大连市"),
        ("2023年7月全国主要指标", "全国"),
        ("2023年7月指标", None),
    ],
)
def test_place_in_the_title_is_the_figures_own(title: str, place: str | None) -> None:
    rows = rows_of(reading_of((title,), ("指标", "单位", "累计", "同比"), ("税收", "亿元", 5, 1)))
    assert {row["place"] for row in rows} == {place}


def test_years_and_months_as_numbers_in_two_columns() -> None:
    rows = rows_of(
        reading_of(
            ("年份", "月份", "GDP（亿元）", "税收（亿元）"), (2023, 6, 5, 1), (2023, 7, 6, 2)
        )
    )
    assert [row["period_end_on"] for row in rows] == [JUNE, JUNE, JULY, JULY]


def test_name_of_the_sheet_tells_the_year_of_its_months() -> None:
    table = [("GDP（亿元）",), ("地区", "6月", "7月"), ("相山经开区", 5, 6)]
    rows = rows_of(reading_of(*table, name="2023年"))
    assert [row["period_end_on"] for row in rows] == [JUNE, JULY]


def test_title_of_a_year_leaves_the_month_to_the_file() -> None:
    table = [("2022年主要指标",), ("指标", "单位", "本月", "累计"), ("税收", "亿元", 5, 36)]
    assert [question.flag for question in reading_of(*table).questions] == ["--month"]
    rows = rows_of(reading_of(*table, month=date(2022, 9, 1)))
    assert {row["period_end_on"] for row in rows} == {date(2022, 9, 30)}


def test_rank_of_a_growing_indicator_is_a_rank() -> None:
    found = figures_of(
        ("2023年1-7月主要指标（单位：亿元、%）",),
        ("指标", "累计", "同比增长%", "全省位次"),
        ("工业增加值增速", None, 5.5, 7),
        ("税收", 5, 3.5, 9),
    )
    assert found[("工业增加值", None, "位次", JULY)] == 7
    assert found[("工业增加值", None, "累计同比", JULY)] == 5.5
    assert found[("税收", None, "累计", JULY)] == 5


def test_words_of_a_name_that_sound_like_a_period_stay_in_the_name() -> None:
    head = ("园区", "GDP（亿元）", "占全年目标比重（%）", "一季度末企业户数（家）")
    rows = rows_of(reading_of(("各园区2023年7月指标",), head, ("相山经开区", 3, 40, 9)))
    told = [(row["indicator"], row["period_end_on"]) for row in rows]
    march = date(2023, 3, 31)
    assert told == [(GDP, JULY), ("占全年目标比重", JULY), ("企业户数", march)]


def test_own_place_is_named_where_figures_name_none() -> None:
    table = [("指标", "2023年6月", "2023年7月"), ("限上零售额（亿元）", 12.6, 15.1)]
    [warning] = [one for one in reading_of(*table).problems if one.column == "place"]
    assert warning.expected == "没有写明地区，按本地区（相山经开区）的数读入"
