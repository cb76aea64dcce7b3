"""A small pack and workbooks like the ones an office sends."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl

from tally.contracts import Reading
from tally.intake import Brief, read
from tally.packs import (
    AXES,
    Campaign,
    Community,
    Deadline,
    Dimension,
    Duty,
    ItemClass,
    League,
    ObjectKind,
    Organ,
    Pack,
    Proof,
    Stage,
    Unit,
)

SOURCE = "演示数据"
REAL = Path(__file__).resolve().parents[3] / "shared" / "real"

DIMENSIONS = ("经济发展", "改革创新", "为民办实事", "为企优环境", "风险防范", "作风建设")
UNITS = (
    ("党建综合部", ("综合部",)),
    ("产业发展部", ("产发部",)),
    ("财政金融部", ("财金部",)),
    ("招商部", ()),
    ("应急环保部", ()),
    ("规划建设部", ("规建部",)),
    ("社会事务服务中心", ("社服中心",)),
)
COMMUNITIES = ("河北社区", "王店社区", "小集社区", "凤凰山社区")
ORGANS = ("领导小组办公室", "督查考核组")
# What each axis tells apart, with the words it is met under.
CLASSES = {
    axis: ((f"{axis}一类", (f"{axis}甲", f"{axis}（甲）")), (f"{axis}二类", (f"{axis}乙",)))
    for axis in AXES
}
ACTIVITIES = ("双月一讨论", "进企业", "进农村")
STAGES = (("前期", ("前期工作",)), ("竣工", ("已竣工",)))
OBJECT_KINDS = (("规上工业企业", ("规上企业",)), ("服务业企业", ("服务企业",)))

XIANGSHAN = Pack(
    slug="xiangshan",
    folder=Path("xiangshan"),
    campaign=Campaign(
        name="相山经开区“找差距、改作风、强担当、争先进”",
        full_name="相山经济开发区“找差距、改作风、强担当、争先进”专项行动",
        document="经开区工〔2022〕43号",
        issuer="安徽淮北相山经济开发区工作委员会",
        issued_on=date(2022, 7, 19),
        start_on=date(2022, 7, 11),
        end_on=date(2022, 12, 31),
        dimension_word="维度",
        source=SOURCE,
    ),
    phases=(),
    leagues=(League("部门", SOURCE),),
    units=tuple(Unit(name, "部门", SOURCE, aliases) for name, aliases in UNITS),
    dimensions=tuple(Dimension(name, SOURCE) for name in DIMENSIONS),
    communities=tuple(Community(name, SOURCE) for name in COMMUNITIES),
    ledgers=(),
    deadlines=(Deadline("tickets", 15, SOURCE),),
    thresholds=(),
    indicators=(),
    map=None,
    organs=tuple(Organ(name, "专班", SOURCE) for name in ORGANS),
    classes=tuple(
        ItemClass(axis, name, SOURCE, aliases)
        for axis, known in CLASSES.items()
        for name, aliases in known
    ),
    object_kinds=tuple(ObjectKind(name, SOURCE, aliases=met) for name, met in OBJECT_KINDS),
    stages=tuple(Stage(name, SOURCE, aliases=met) for name, met in STAGES),
    duties=tuple(
        Duty(kind, "units", "month", (Proof("activities", kind),), SOURCE) for kind in ACTIVITIES
    ),
)

PROBLEM_HEADERS = ("问题编号", "问题描述", "责任单位", "完成时限", "状态", "销号日期")


def brief(**answers: Any) -> Brief:
    """Return a brief with the small pack, read in this process."""
    return Brief(**{"packs": {"xiangshan": XIANGSHAN}, "isolated": False, **answers})


def xlsx(*rows: Sequence[Any], name: str = "Sheet1", merged: Sequence[str] = ()) -> bytes:
    """Return a workbook of one sheet with these rows and merged ranges."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """Return a workbook's bytes."""
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def csv_text(*rows: Sequence[str]) -> str:
    """Return rows as the text of a CSV file."""
    return "\r\n".join(",".join(row) for row in rows) + "\r\n"


SEPTEMBER = {"campaign": "xiangshan", "month": date(2022, 9, 1)}


def problem(number: int, unit: str | None = "规建部") -> tuple[Any, ...]:
    """Return a row under PROBLEM_HEADERS."""
    return (f"XS-{number:03}", f"第{number}个问题", unit, "2022-10-31", "正在推进", None)


def reading_of(*rows: Sequence[Any], file: str = "台账.xlsx", **answers: Any) -> Reading:
    """Read these rows as they stand."""
    return read(xlsx(*rows), file, brief(**(answers or SEPTEMBER)))


def only_row(reading: Reading) -> Mapping[str, Any]:
    """Return the one row of a reading without errors."""
    assert not reading.errors and not reading.questions, (reading.errors, reading.questions)
    (only,) = reading.ledgers
    (row,) = only.rows
    return row


# How many problems and how many of them closed, by dimension: 148 and 118 in all.
S1_SECTIONS = ((31, 25), (20, 16), (35, 28), (27, 21), (18, 15), (17, 13))
S1_UNITS = (
    "产发部",
    "财金部",
    "规建部",
    "综合部",
    "招商部（牵头）、产业发展部",
    "应急\n环保部",
    "社会事务 服务中心",
    "产业发展部、招商部",
)
S1_DUE = (
    date(2022, 9, 30),
    "2022年10月31日",
    "2022.9.30",
    "9月底前",
    "11月15日",
    44895,
    "2022/12/20",
    "长期坚持",
)
S1_OPEN = ("正在推进", "整改中", "完成80%", "")
S1_CLOSED = (("已销号", datetime(2022, 9, 20)), ("已完成", "2022.9.18"), ("已整改到位", "9月25日"))


def s1_ledger() -> bytes:
    """Return a ledger as S1's office would send it: 148 problems, 118 of them closed."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "9月台账"
    sheet.append(["相山经开区“找差距、改作风、强担当、争先进”专项行动四项清单（2022年9月）"])
    sheet.merge_cells("A1:J1")
    sheet.append(["填报单位：专项行动办公室　　填报日期：2022年9月30日"])
    sheet.merge_cells("A2:J2")
    sheet.append(
        [
            "序号",
            "存在差距\n（问题）",
            "目标",
            "措施",
            "责任分工",
            None,
            "责任领导",
            "完成时限",
            "整改情况",
            None,
        ]
    )
    sheet.append([None] * 4 + ["责任单位", "配合单位", None, None, "状态", "销号时间"])
    for merged in ("A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:F3", "G3:G4", "H3:H4", "I3:J3"):
        sheet.merge_cells(merged)
    number = 0
    for section, (count, closed_count) in enumerate(S1_SECTIONS):
        sheet.append([f"{'一二三四五六'[section]}、{DIMENSIONS[section]}方面（{count}项）"])
        sheet.merge_cells(
            start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=10
        )
        for position in range(count):
            number += 1
            state, closed_on = (
                S1_CLOSED[number % 3] if position < closed_count else (S1_OPEN[number % 4], None)
            )
            sheet.append(
                [number, f"第{number}个问题", "年底前见效", "逐项整改", S1_UNITS[number % 8], None,
                 "分管负责人", S1_DUE[number % 8], state, closed_on]
            )  # fmt: skip
        if section == 2:
            sheet.append([])
    sheet.append(["合计", "148项"])
    sheet.append([])
    sheet.append(["注：1.本表每月底前报送。"])
    sheet.append(["2.责任单位有多个的，首个为牵头单位。"])
    sheet.append(["填表人：", None, "审核人："])
    return saved(book)
