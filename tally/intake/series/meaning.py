"""Settles what one figure is: the words of its column, of its row and of the title together."""

from dataclasses import dataclass

from tally.intake.cells.answers import plain
from tally.intake.cells.measures import measure_of
from tally.intake.cells.periods import Period
from tally.intake.rows.setting import Setting
from tally.intake.series.dictionary import Dictionary
from tally.intake.series.labels import GROWTH
from tally.intake.series.layout import Layout, is_only_year
from tally.intake.series.roles import PLACE
from tally.intake.series.sayings import BESIDE, Saying
from tally.intake.series.titles import Title

GROWN, GROWN_SINCE_JANUARY = "同比", "累计同比"
LAST_DAY = 28


@dataclass(frozen=True)
class Unclear:
    """What is not said of a figure and must be; `rest` is what is."""

    expected: str
    remedy: str
    rest: Saying
    about: str = "table"

    def axis(self, row: int, column: int) -> int:
        """Return what the doubt is about, so that it is told once: a row, a column, or all."""
        return {"row": row, "column": column}.get(self.about, -1)


class Meaning:
    """Reads the figures of one table against the pack's dictionary and the file's month."""

    def __init__(
        self, layout: Layout, title: Title, dictionary: Dictionary, setting: Setting
    ) -> None:
        self.layout, self.title, self.dictionary, self.setting = layout, title, dictionary, setting
        sayings = (*layout.columns.values(), *layout.rows.values())
        months = [one.period for one in sayings if one.period and one.period.span == "月"]
        single = {period.month for period in months if not period.is_cumulative}
        # Beside 1—7月 a 7月 is the month alone; but of 1月, 1—2月, 1—3月 all are cumulative.
        self.has_ranges = any(period.is_cumulative for period in months)
        self.is_january_cumulative = single == {1}
        self.is_only_year = is_only_year(layout, title.period)
        self.has_periods = any(one.period for one in sayings)
        self.has_places = PLACE in layout.stubs.values()
        self.title_place = self._title_place()

    def _title_place(self) -> str:
        campaign = self.setting.names.pack.campaign
        own = [place for place in self.setting.names.pack.places if place.is_own]
        words = {plain(word) for place in own for word in (place.name, *place.aliases)}
        words |= {f"全{place.name[-1]}" for place in own}
        is_own = self.title.place in plain(campaign.full_name + campaign.issuer)
        return "" if is_own or self.title.place in words else self.title.place

    def of(self, row: int, column: int) -> Saying | Unclear:
        """Return what a figure is; Unclear where something is not said that must be."""
        above, beside = self.layout.columns[column], self.layout.rows[row]
        indicator = beside.indicator or above.indicator or self.dictionary.indicator_in(self.title)
        entry = self.dictionary.find(indicator)
        period, doubt = self._period(above, beside)
        measure = self._measure(above, beside, period, entry.measure if entry else "累计")
        said = Saying(
            indicator=indicator,
            place=beside.place or above.place or self.title_place,
            unit=self._unit(above, beside, measure, entry.unit_of_measure if entry else ""),
            measure=measure,
            period=period,
            frequency=beside.frequency or above.frequency,
            publisher=beside.publisher or above.publisher or self.title.publisher,
            is_provisional=beside.is_provisional or above.is_provisional,
            is_stopped=beside.is_stopped or above.is_stopped,
            years_back=beside.years_back or above.years_back,
        )
        return doubt or self._doubt(said, above, beside, is_known=entry is not None) or said

    def _period(self, above: Saying, beside: Saying) -> tuple[Period | None, Unclear | None]:
        """Return a figure's period, with what is doubtful of it."""
        one, other = above.period, beside.period
        if one and other:
            one = one.under(other) if one.span != "年" or other.span == "年" else other.under(one)
            if other.year is not None and one.year != other.year:
                return one, self._unclear("列头与行头写的年份不同", "请核对时间")
        period = one or other
        title = self.title.period
        if period and title and period.span == "年" and title.is_cumulative:
            text = f"标题写的是 1-{title.month}月，表头只有年份，分不清是哪一个"
            return period, self._unclear(text, "请在表头写全，如 2023年1-7月")
        month = self.setting.window.month
        is_of_month = title and month and title.year == month.year and self.is_only_year
        period = period or (None if is_of_month else title)
        if period is None and not self.has_periods and month:
            period = Period(month.year, month.month, "月")
        if period is None:
            return None, self._unclear("没有写明时间", "请在表头或标题写明时间，如 2023年1-7月")
        if period.year is None:
            year = title.year if title and title.year else self._year(period.month)
            if year is None:
                return period, self._unclear("没有写明是哪一年", "请写明年份，如 2023年7月")
            period = period._replace(year=year)
        back = above.years_back or beside.years_back
        return period._replace(year=(period.year or 0) - back), None

    def _year(self, month: int) -> int | None:
        window = self.setting.window
        return window.month.year if window.month else window.year_of(month, LAST_DAY)

    def _measure(self, above: Saying, beside: Saying, period: Period | None, usual: str) -> str:
        said = [one.measure for one in (beside, above, self.title) if one.measure]
        if "位次" in said:
            return "位次"
        grown = next((measure for measure in said if measure in BESIDE), "")
        plainly = [measure for measure in said if measure not in BESIDE]
        base = next(iter((*plainly, above.base, beside.base)), "") or above.base or beside.base
        if grown and grown != GROWTH:
            return grown
        base = base or self._of_period(period)
        if not grown:
            return base
        if period and period.span == "年":
            return GROWN
        return GROWN_SINCE_JANUARY if (base or usual) == "累计" else GROWN

    def _of_period(self, period: Period | None) -> str:
        """Return the measure that a period's own words give: 1—7月 is 累计, 6月末 is 期末."""
        if period is None or period.span == "年":
            return "期末" if period and period.is_end else ""
        if period.is_cumulative:
            return "累计"
        if period.is_end:
            return "期末"
        if not self.has_ranges or period.span != "月":
            return ""
        return "累计" if self.is_january_cumulative else "当期"

    def _unit(self, above: Saying, beside: Saying, measure: str, known: str) -> str:
        if measure == "位次":
            return "位"
        if measure in (GROWN, GROWN_SINCE_JANUARY):
            grown = above if above.measure in BESIDE else beside
            return grown.unit or (self.title.unit if self.title.measure in BESIDE else "") or "%"
        if above.unit or beside.unit:
            return above.unit or beside.unit
        title, own = measure_of(self.title.unit), measure_of(known)
        # A title's 万元 is about the money among the rows, not about the number of firms.
        return "" if title and own and title.kind != own.kind else self.title.unit

    def _doubt(
        self, said: Saying, above: Saying, beside: Saying, *, is_known: bool
    ) -> Unclear | None:
        """Return what is missing of a figure, or contradicts itself."""
        if not said.indicator:
            return Unclear("没有写明指标名称", "请在标题或表头写明指标名称", said)
        if self.has_places and not said.place:
            return Unclear("没有写明地区", "请补填地区", said, about="row")
        is_valued = said.measure not in (*BESIDE,)
        if is_valued and above.unit and beside.unit and above.unit != beside.unit:
            text = f"列头写的是“{above.unit}”，本行写的是“{beside.unit}”"
            return Unclear(text, "请核对计量单位", said, about="column")
        found = measure_of(said.unit)
        if found is not None and not found.kind:
            text = f"只写了“{said.unit}”，不知道是什么的数量"
            return Unclear(text, "请写全，如 万元、万人", said, about="column")
        is_silent = not said.unit and not is_known and not self.layout.has_units_of_its_own
        if is_silent:
            text, remedy = "没有写明计量单位", "请在表头或标题写明，如 GDP（亿元）、单位：亿元"
            return Unclear(text, remedy, said, about="column")
        return None

    def _unclear(self, expected: str, remedy: str) -> Unclear:
        return Unclear(expected, remedy, Saying())
