"""Workbooks as an office sends them: titles, merged heads, sections, totals, notes, mixed dates."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from itertools import count

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

UNITS = {"招商部": "招商部", "产业发展部": "产发部", "规划建设部": "规建部"}
SECTIONS = ("经济发展", "改革创新", "为民办实事")
COLUMN_COUNT = 10
DUE_COLUMN = "H"
FIRST_ROW = 6
BAD_DATE = "2022.13.1"


@dataclass(frozen=True)
class Ledger:
    """A month's list: per unit of UNITS how many of its `item_count` items are closed."""

    month: date
    closed_counts: Mapping[str, int]
    item_count: int = 12
    has_bad_date: bool = False

    @property
    def last_day(self) -> date:
        """The day the list is filled in."""
        return self.month.replace(day=monthrange(self.month.year, self.month.month)[1])

    def content(self) -> bytes:
        """Return the list as the bytes of an xlsx file."""
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = f"{self.month.month}月台账"
        self._head(sheet)
        numbers = count(1)
        for section, (unit, alias) in zip(SECTIONS, UNITS.items(), strict=True):
            _across(sheet, f"{section}方面（{self.item_count}项）")
            for position in range(self.item_count):
                self._item(sheet, next(numbers), alias, position < self.closed_counts[unit])
        sheet.append(["合计", f"{self.item_count * len(UNITS)}项"])
        sheet.append([])
        sheet.append(["注：1.本表每月底前报送。"])
        sheet.append(["填表人：", None, "审核人："])
        if self.has_bad_date:
            sheet[f"{DUE_COLUMN}{FIRST_ROW}"] = BAD_DATE
        stream = BytesIO()
        book.save(stream)
        return stream.getvalue()

    def _head(self, sheet: Worksheet) -> None:
        year, month = self.month.year, self.month.month
        _across(sheet, f"相山经开区“六找六强”专项行动四项清单（{year}年{month}月）")
        _across(sheet, f"填报单位：专项行动办公室　　填报日期：{self.last_day:%Y.%m.%d}")
        sheet.append(
            ["序号", "存在差距\n（问题）", "目标", "措施", "责任分工", None, "责任领导",
             "完成时限", "整改情况", None]
        )  # fmt: skip
        sheet.append([None] * 4 + ["责任单位", "配合单位", None, None, "状态", "销号时间"])
        for merged in ("A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:F3", "G3:G4", "H3:H4", "I3:J3"):
            sheet.merge_cells(merged)

    def _item(self, sheet: Worksheet, number: int, unit: str, is_closed: bool) -> None:
        due_forms = (date(2022, 8, 20), "2022年8月15日", "2022.8.10", "8月10日", "2022/8/25")
        closed_on = datetime(2022, 8, 9) if is_closed else None
        sheet.append(
            [number, f"第{number}个问题尚未整改", "年底前见效", "逐项整改", unit, None,
             "分管负责人", due_forms[number % len(due_forms)],
             "已销号" if is_closed else "正在推进", closed_on]
        )  # fmt: skip


def _across(sheet: Worksheet, text: str) -> None:
    sheet.append([text])
    row = sheet.max_row
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=COLUMN_COUNT)
