"""The receipt (回执) of an upload: one page to file, and beside it the rows as they were read."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tally import clock, words
from tally.contracts import Contract
from tally.notices.cells import SETTINGS, Pen

Row = Mapping[str, Any]
A4 = 9
PROBLEMS_MAX = 12
ROWS_MAX = 2_000
WIDTHS = {"title": 40, "content": 40, "progress_note": 34, "measure": 34, "goal": 34}
LEVEL_WORDS = {"error": "错误", "warning": "提醒"}


@dataclass(frozen=True)
class ReadList:
    """The rows kept of one ledger of an upload; `month` names its months."""

    contract: Contract
    month: str
    rows: Sequence[Row]


def receipt(
    upload: Row, campaign_name: str, problems: Sequence[Row], lists: Sequence[ReadList]
) -> bytes:
    """Return an .xlsx: a page that says what was received, and a sheet a ledger as read.

    `upload` is a row of the question `uploads`, `problems` what reading found. A ledger of
    more than 2,000 rows is cut there and says so.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, SETTINGS) as book:
        sheet = book.add_worksheet("回执")
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 1)
        sheet.set_column(0, 0, 14)
        sheet.set_column(1, 1, 76)
        large = book.add_format({"bold": True, "font_size": 16, "align": "center"})
        sheet.merge_range(0, 0, 0, 1, f"{campaign_name} 台账报送回执", large)
        last = _facts(book, sheet, upload, lists)
        _problems(book, sheet, last + 2, problems)
        for read in lists:
            _read_rows(book, read)
    return buffer.getvalue()


def _facts(book: Workbook, sheet: Worksheet, upload: Row, lists: Sequence[ReadList]) -> int:
    """Write what was received, line by line; return the last line's place."""
    frame = {"border": 1, "text_wrap": True, "valign": "top"}
    lines = {
        "编号": f"{upload['upload']} 号",
        "状态": _status(upload),
        "文件": words.text(upload["file"]),
        "文件校验码": words.text(upload["sha256"]),
        "归属月份": "、".join(read.month for read in lists) or words.year_month(upload["month"]),
        "报送单位": upload["unit"] or "各单位合并报送",
        "台账": "、".join(read.contract.title for read in lists),
        "读入行数": f"{upload['row_count']} 行",
        "与上一期比较": _changes(upload),
        "报送": f"{words.text(upload['uploaded_by'])}　{_moment(upload['uploaded_at'])}",
        "审核": _reviewed(upload),
        "理由": words.text(upload["reason"]),
        "回执生成": _moment(clock.now()),
    }
    pen, place = Pen(book), 1
    for place, (label, text) in enumerate(lines.items(), start=2):
        pen.put(sheet, (place, 0), label, {**frame, "bg_color": "#E6EEF8"})
        pen.put(sheet, (place, 1), text, frame)
    return place


def _status(upload: Row) -> str:
    status = {"published": "已发布", "replaced": "已被后来的台账替换"}.get(upload["status"], "草稿")
    marks = [word for key, word in (("is_nil", "零报告"), ("is_correction", "封账后的更正"))
             if upload[key]]  # fmt: skip
    return "，".join((status, *marks))


def _changes(upload: Row) -> str:
    names = {"added": "新增", "changed": "变化", "vanished": "消失", "reversed": "倒退"}
    counts = {name: upload[f"{kind}_count"] for kind, name in names.items()}
    if all(words.is_missing(number) for number in counts.values()):
        return words.EMPTY
    return "、".join(f"{name} {words.count(number, '项')}" for name, number in counts.items())


def _reviewed(upload: Row) -> str:
    if words.is_missing(upload["reviewed_by"]):
        return words.EMPTY
    return f"{upload['reviewed_by']}　{_moment(upload['reviewed_at'])}"


def _moment(moment: datetime | None) -> str:
    if words.is_missing(moment):
        return words.EMPTY
    assert moment is not None
    return f"{clock.in_shanghai(moment):%Y-%m-%d %H:%M}"


def _problems(book: Workbook, sheet: Worksheet, place: int, problems: Sequence[Row]) -> None:
    """Write what reading found, at most a page of it."""
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(place, 0, f"读取时发现 {len(problems)} 处", bold)
    for line, found in enumerate(problems[:PROBLEMS_MAX], start=place + 1):
        sheet.write_string(line, 0, LEVEL_WORDS[found["level"]])
        where = " ".join(part for part in (found["sheet"], found["cell"]) if part)
        sheet.write_string(line, 1, f"{where}　{found['found']}　{found['remedy']}", wrapped)
    if len(problems) > PROBLEMS_MAX:
        more = f"其余 {len(problems) - PROBLEMS_MAX} 处见数据上传页"
        sheet.write_string(place + PROBLEMS_MAX + 1, 1, more)


def _read_rows(book: Workbook, read: ReadList) -> None:
    """Write a ledger's rows as they were read, each with its sheet and row in the file."""
    columns = read.contract.columns
    sheet = book.add_worksheet(read.contract.title.replace("/", "或"))
    head = book.add_format({"bold": True, "bg_color": "#E6EEF8", "border": 1})
    pen = Pen(book)
    for place, title in enumerate(("原表", "行", *(column.title for column in columns))):
        sheet.write_string(0, place, title, head)
    for place, column in enumerate(columns, start=2):
        sheet.set_column(place, place, WIDTHS.get(column.name, 14))
    for line, row in enumerate(read.rows[:ROWS_MAX], start=1):
        sheet.write_string(line, 0, row["sheet"])
        sheet.write_number(line, 1, row["row"])
        for place, column in enumerate(columns, start=2):
            pen.put(sheet, (line, place), row[column.name], {"align": "left"})
    if len(read.rows) > ROWS_MAX:
        more = f"共 {len(read.rows)} 行，这里列出前 {ROWS_MAX} 行"
        sheet.write_string(ROWS_MAX + 1, 0, more)
    sheet.freeze_panes(1, 0)
