"""Whatever figures there are, and however they are laid out, the same come back (C1)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tally.intake.cells.windows import month_end
from tests.intake.series.tables import reading_of, rows_of

UNITS = {"GDP": "亿元", "税收收入": "万元", "外贸出口": "千美元", "出生率": "‰", "企业户数": "家"}
PLACES = ("合肥市", "淮北市", "相山经开区", "濉溪园区", "全国")
MONTH_FORMS: Sequence[Callable[[int, int], Any]] = (
    lambda year, month: f"{year}-{month:02}",
    lambda year, month: f"{year}年{month}月",
    lambda year, month: f"{year}年1—{month}月",
    lambda year, month: f"{year}/{month:02}",
    lambda year, month: date(year, month, 1),
)
Months = Sequence[tuple[int, int]]
# (indicator, place, (year, month)): what stands there.
Values = Mapping[tuple[str, str, tuple[int, int]], Any]
Name = Callable[[int, int], Any]
Rows = list[tuple[Any, ...]]


class Sheet:
    """One set of figures that can be written in every layout."""

    def __init__(self, values: Values, name: Name) -> None:
        self.values, self.name = values, name
        self.indicators = list(dict.fromkeys(key[0] for key in values))
        self.places = list(dict.fromkeys(key[1] for key in values))
        self.months = list(dict.fromkeys(key[2] for key in values))

    def _of(self, indicator: str, place: str, month: tuple[int, int]) -> Any:
        return self.values.get((indicator, place, month))

    @property
    def _heads(self) -> list[Any]:
        return [self.name(*month) for month in self.months]

    def places_in_rows(self) -> Rows:
        rows: Rows = []
        for one in self.indicators:
            rows += [(f"指标：{one}({UNITS[one]})",), ("地区", *self._heads)]
            rows += [(p, *(self._of(one, p, m) for m in self.months)) for p in self.places]
            rows += [("数据来源：国家统计局",)]
        return rows

    def places_in_columns(self) -> Rows:
        rows: Rows = []
        for one in self.indicators:
            rows += [(f"{one}（单位：{UNITS[one]}）",), ("月份", *self.places)]
            rows += [
                (self.name(*m), *(self._of(one, p, m) for p in self.places)) for m in self.months
            ]
        return rows

    def indicators_in_columns(self) -> Rows:
        rows: Rows = [("地区", "时间", *(f"{one}_{UNITS[one]}" for one in self.indicators))]
        for p in self.places:
            for m in self.months:
                rows.append((p, self.name(*m), *(self._of(i, p, m) for i in self.indicators)))
        return rows

    def indicators_in_rows(self) -> Rows:
        rows: Rows = [("序号", "指标名称", "计量单位", "地区", *self._heads)]
        for i in self.indicators:
            for p in self.places:
                values = (self._of(i, p, m) for m in self.months)
                rows.append((len(rows), i, UNITS[i], p, *values))
        return rows

    def two_head_rows(self) -> Rows:
        pairs = [(i, p) for i in self.indicators for p in self.places]
        rows: Rows = [
            ("时间", *(f"{i}（{UNITS[i]}）" for i, _ in pairs)),
            (None, *(p for _, p in pairs)),
        ]
        rows += [(self.name(*m), *(self._of(i, p, m) for i, p in pairs)) for m in self.months]
        return rows

    def downloaded(self) -> Rows:
        pairs = [(i, p) for i in self.indicators for p in self.places]
        names = [f"{p}:{i}" for i, p in pairs]
        rows: Rows = [
            ("序号", "日期", *names),
            (None, "指标名称", *names),
            (None, "指标ID", *(f"EMM0000{at:04}" for at in range(len(pairs)))),
            (None, "频率", *("月" for _ in pairs)),
            (None, "单位", *(UNITS[i] for i, _ in pairs)),
        ]
        for at, m in enumerate(self.months, 1):
            rows.append((at, self.name(*m), *(self._of(i, p, m) for i, p in pairs)))
        return rows


LAYOUTS = (
    Sheet.places_in_rows,
    Sheet.places_in_columns,
    Sheet.indicators_in_columns,
    Sheet.indicators_in_rows,
    Sheet.two_head_rows,
    Sheet.downloaded,
)


@st.composite
def figures(draw: st.DrawFn) -> Values:
    """Return figures of some indicators, places and months, some of them missing."""
    indicators = draw(st.lists(st.sampled_from(list(UNITS)), min_size=1, max_size=3, unique=True))
    places = draw(st.lists(st.sampled_from(PLACES), min_size=2, max_size=4, unique=True))
    months = draw(
        st.lists(
            st.tuples(st.integers(2019, 2023), st.integers(2, 12)),
            min_size=2,
            max_size=5,
            unique=True,
        )
    )
    numbers = st.floats(-1e6, 1e6).map(lambda number: round(number, 2))
    value = st.one_of(numbers, numbers, numbers, st.sampled_from([None, "~", "—", "..."]))
    return {(i, p, m): draw(value) for i in indicators for p in places for m in months}


@settings(max_examples=60, deadline=None)
@given(values=figures(), layout=st.sampled_from(LAYOUTS), name=st.sampled_from(MONTH_FORMS))
def test_figures_come_back_from_every_layout(
    values: Values, layout: Callable[[Sheet], Rows], name: Name
) -> None:
    expected = {
        (i, p, month_end(*m)): (value, UNITS[i])
        for (i, p, m), value in values.items()
        if isinstance(value, float)
    }
    if len(expected) < len(values) / 2:
        return
    rows = rows_of(reading_of(*layout(Sheet(values, name))))
    found = {
        (row["indicator"], row["place"], row["period_end_on"]): (
            row["value"],
            row["unit_of_measure"],
        )
        for row in rows
    }
    assert found == expected
