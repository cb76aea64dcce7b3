"""万元 and 亿元 in a cell, a head or a title land in the unit of the row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.intake.cells.answers import Answer
from tally.intake.cells.measures import (
    Stated,
    header_measure,
    land,
    landing,
    measure_of,
    read_quantity,
    title_measure,
)


def landed(value: float, stated: str, wanted: str) -> float | None:
    """Return what becomes of a value in one unit in a row that is kept in another."""
    return land({"value": Stated("", [value], [stated])}, [wanted], [None], "").numbers["value"][0]


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("累计完成（万元）", "万元"),
        ("目标值(%)", "%"),
        ("金额（单位：亿元）", "亿元"),
        ("完成值/亿元", "亿元"),
        ("累计完成【万平方米】", "万平方米"),
        ("累计完成（1-9月）", ""),
        ("完成数（含结转）", ""),
        ("目标（年）", ""),
        ("累计完成（产业发展部）", ""),
        ("累计完成", ""),
    ],
)
def test_header_measure_is_the_unit_in_the_head(header: str, unit: str) -> None:
    assert header_measure(header) == unit


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("单位：万元", "万元"),
        ("2022年9月　　金额单位：亿元", "亿元"),
        ("（计量单位: 万平方米）", "万平方米"),
        ("单位：亿元、%", ""),
        ("单位：产业发展部", ""),
        ("填报单位：产业发展部", ""),
        ("重点指标完成情况", ""),
    ],
)
def test_title_measure_is_the_one_unit_above_the_table(title: str, unit: str) -> None:
    assert title_measure([title]) == unit


@pytest.mark.parametrize(
    ("value", "stated", "wanted", "result"),
    [
        (12_000, "万元", "亿元", 1.2),
        (12_345.6, "万元", "亿元", 1.23456),
        (3.2, "亿元", "万元", 32_000),
        (1, "千万元", "百万元", 10),
        (3, "亩", "平方米", 2000),
        (5, "公里", "米", 5000),
        (6.5, "‰", "%", 0.65),
        (2, "万人次", "人次", 20_000),
        (1, "个", "亿元", None),
        (1, "美元", "元", None),
        (1, "百分点", "%", None),
    ],
)
def test_value_between_units_of_one_kind(
    value: float, stated: str, wanted: str, result: float | None
) -> None:
    assert landed(value, stated, wanted) == result


@given(
    st.integers(-(10**9), 10**9).map(lambda number: number / 100),
    st.sampled_from(["元", "千元", "万元", "百万元", "千万元", "亿元"]),
    st.sampled_from(["元", "千元", "万元", "百万元", "千万元", "亿元"]),
)
def test_value_there_and_back_is_the_same(value: float, one: str, other: str) -> None:
    there = landed(value, one, other)
    assert there is not None and landed(there, other, one) == value


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("3.2亿元", Answer(3.2, measure="亿元")),
        ("35 个", Answer(35.0, measure="个")),
        ("120万", Answer(120.0, measure="万")),
        ("80%", Answer(80.0, measure="%")),
        ("1万2", Answer(12_000.0)),
        ("12000", Answer(12_000.0)),
        ("—", Answer()),
    ],
)
def test_read_quantity_keeps_the_unit_of_the_cell(cell: str, answer: Answer) -> None:
    assert read_quantity(cell) == answer


@pytest.mark.parametrize("cell", ["约35", "35左右", "2022年9月", "3/4", "#N/A", "35+2"])
def test_read_quantity_of_more_than_number_and_unit_is_unreadable(cell: str) -> None:
    assert read_quantity(cell).is_unreadable


@pytest.mark.parametrize(
    ("around", "wanted", "factor", "unit"),
    [
        ("万元", "", 1, "万元"),
        ("元", "", 10_000, "元"),
        ("亿元", "", 0.0001, "亿元"),
        ("万元", "亿元", 0.0001, "亿元"),
        ("", "", 10_000, ""),
    ],
)
def test_landing_bare_multiplier_is_of_the_unit_around_it(
    around: str, wanted: str, factor: float, unit: str
) -> None:
    found = landing("万", around, wanted)
    assert (found.factor, found.unit_of_measure) == (factor, unit)
    assert bool(found.expected) == bool(around)


def test_landing_counters_that_differ_are_kept_and_said() -> None:
    found = landing("个", "", "家")
    assert (found.factor, found.expected) == (1.0, "写的是“个”，按“家”读入")


def land_one(
    number: float, header: str = "", row: str = "", pack: str = "", title: str = "", cell: str = ""
) -> tuple[float | None, str | None, list[str]]:
    """Land one row's value; return number, unit and what is said."""
    stated = {"value": Stated(header, [number], [cell])}
    landed = land(stated, [row or None], [pack or None], title)
    said = [found.expected for _, found in landed.remarks]
    return landed.numbers["value"][0], landed.units[0], said


def test_land_header_unit_becomes_the_rows_where_nothing_else_says_one() -> None:
    assert land_one(5, header="万元") == (5, "万元", [])
    assert land_one(5, title="万元") == (5, "万元", [])
    assert land_one(5, cell="万元") == (5, "万元", [])
    assert land_one(5) == (5, None, [])


def test_land_header_and_title_convert_into_the_unit_of_row_or_pack_and_say_so() -> None:
    said = ["由“万元”换算为“亿元”"]
    assert land_one(12_000, header="万元", row="亿元") == (1.2, "亿元", said)
    assert land_one(12_000, title="万元", pack="亿元") == (1.2, "亿元", said)
    assert land_one(12_000, row="万元", pack="亿元") == (1.2, "亿元", said)


def test_land_cell_unit_is_nearest() -> None:
    number, unit, said = land_one(3.2, cell="亿元", header="万元")
    assert (number, unit, said) == (32_000, "万元", ["由“亿元”换算为“万元”"])


def test_land_title_about_money_leaves_counts_alone() -> None:
    assert land_one(35, title="万元", row="个") == (35, "个", [])
    assert land_one(35, title="万元", pack="个") == (35, "个", [])


def test_land_title_against_the_rows_own_unit_is_said() -> None:
    number, unit, said = land_one(3.2, title="万元", row="亿元")
    assert (number, unit) == (3.2, "亿元")
    assert said == ["标题写的是“万元”，本行写的是“亿元”，按本行读入"]


def test_land_unlike_units_give_no_number() -> None:
    number, unit, said = land_one(5, header="公里", row="亿元")
    assert (number, unit) == (None, "亿元")
    assert said == ["写的是“公里”，不能换算为“亿元”"]


def test_land_mark_for_nothing_is_no_unit() -> None:
    assert land_one(5, header="万元", row="—") == (5, "万元", [])


def test_land_unit_of_no_known_kind_stays_as_it_is() -> None:
    assert land_one(5, row="标准泊位") == (5, "标准泊位", [])


def test_land_value_and_target_share_the_rows_unit_and_say_once_for_all_rows() -> None:
    columns = {
        "value": Stated("万元", [12_000, None, 500], ["", "", ""]),
        "target_value": Stated("亿元", [2, 3, None], ["", "", ""]),
    }
    landed = land(columns, [None, None, None], [None, None, None], "")
    assert landed.units == ["万元", "万元", "万元"]
    assert landed.numbers["target_value"] == [20_000, 30_000, None]
    assert list(landed.remarks.values()) == [[0, 1]]


@given(st.text(max_size=12))
def test_measures_any_words_never_raise(text: str) -> None:
    found = measure_of(text)
    assert found is None or found.name
    for name in (header_measure(text), title_measure([text])):
        assert not name or measure_of(name)
    assert landing(text, "万元", "亿元").unit_of_measure == "亿元"
    answer = read_quantity("3" + text)
    assert answer.is_unreadable or isinstance(answer.value, float)
