"""Colours and notes in the cells of an open workbook, and the sheet that lists them.

Runs in the marking child: no contracts, no rosters. A copy that was marked before is cleaned
first, so that colours and notes of an earlier round never pile up.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.colors import Color
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from tally.formulas import starts_like_formula

COLORS = {"error": "FFF8D0CC", "warning": "FFFFE9B8"}
DARK_TEXT = "FF1F2328"
LIGHT_CHANNEL = 0xC0
WHITE_THEMES = (0, 2)
NOTE_HEAD = "【导入检查】"
NOTE_AUTHOR = "导入检查"
# What the cell looked like before: the note goes where the cell goes when rows are moved.
FORMER = re.compile(r"\n〔原色 ([^〕]*)〕")
MAX_NOTES = 2_000
NOTE_WIDTH_PX, NOTE_LINE_PX, NOTE_LINE_CHARACTERS = 320, 20, 22
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MAX_CELL_CHARACTERS = 32_000


class Target(NamedTuple):
    """Where a sheet of the file is found in the marked copy: its rows may have moved."""

    sheet: Worksheet
    rows: Mapping[int, int] | None = None
    column_shift: int = 0


class Place(NamedTuple):
    """A cell of the marked copy, 1-based."""

    sheet: Worksheet
    row: int
    column: int


def put_text(cell: Cell, text: str) -> None:
    """Write words that stay words, whatever sign they begin with."""
    clean = UNPRINTABLE.sub("", text)[:MAX_CELL_CHARACTERS]
    cell.value = clean
    cell.data_type = "s"
    if starts_like_formula(clean):
        cell.quotePrefix = True


def clean(book: Workbook, list_name: str) -> None:
    """Take out the list, colours and notes of an earlier round."""
    for sheet in list(book):
        if sheet.title.startswith(list_name):
            book.remove(sheet)
    for sheet in book.worksheets:
        ours: dict[int, bool] = {}
        # The cells that are there: to ask for all within the sheet's extent would make them.
        for cell in list(sheet._cells.values()):
            if isinstance(cell, MergedCell):
                continue
            former = _take_note(cell) if cell.comment else ""
            if not cell.has_style:
                continue
            style = cell.style_id
            if style not in ours:
                ours[style] = cell.fill.fgColor.rgb in COLORS.values()
            if ours[style]:
                _restore(cell, former)


def _take_note(cell: Cell) -> str:
    """Cut our words out of a cell's note; return what they say of its former colours."""
    text = cell.comment.text or ""
    before, head, ours = text.partition(NOTE_HEAD)
    if not head:
        return ""
    cell.comment = _note(before.rstrip(), cell.comment.author) if before.strip() else None
    former = FORMER.search(ours)
    return former[1] if former else ""


def _restore(cell: Cell, former: str) -> None:
    said = dict(part.split("=", 1) for part in former.split(" ") if "=" in part)
    fill = _color(said.get("底", ""))
    cell.fill = PatternFill("solid", fgColor=fill) if fill else PatternFill()
    if color := _color(said.get("字", "")):
        _recolor(cell, color)


def _recolor(cell: Cell, color: Color) -> None:
    font = copy(cell.font)
    font.color = color
    cell.font = font


def _said(color: Color) -> str:
    return f"{color.type}:{getattr(color, color.type)}:{color.tint:g}"


def _color(said: str) -> Color | None:
    try:
        kind, value, tint = said.split(":")
        return Color(tint=float(tint), **{kind: value if kind == "rgb" else int(value)})
    except (ValueError, TypeError):
        return None


def _is_light(color: Color | None) -> bool:
    """Tell whether words of that colour would be lost on a pale ground."""
    if color is None:
        return False
    if color.type == "theme":
        return color.theme in WHITE_THEMES
    if color.type != "rgb" or not re.fullmatch("[0-9A-Fa-f]{8}", str(color.rgb)):
        return False
    return all(int(color.rgb[at : at + 2], 16) >= LIGHT_CHANNEL for at in (2, 4, 6))


def _paint(cell: Cell, level: str) -> str:
    """Colour a cell; return the words from which its former colours can be put back."""
    former = []
    if cell.fill.fill_type == "solid":
        former.append(f"底={_said(cell.fill.fgColor)}")
    if _is_light(cell.font.color):
        former.append(f"字={_said(cell.font.color)}")
        _recolor(cell, Color(rgb=DARK_TEXT))
    cell.fill = PatternFill("solid", fgColor=COLORS[level])
    return f"\n〔原色 {' '.join(former)}〕" if former else ""


def _note(text: str, author: str) -> Comment:
    lines = sum(1 + len(line) // NOTE_LINE_CHARACTERS for line in text.split("\n"))
    return Comment(text, author, height=NOTE_LINE_PX * (lines + 1), width=NOTE_WIDTH_PX)


def _anchor(sheet: Worksheet, row: int, column: int) -> Place:
    """Return a cell, or the first one of the merged range that hides it."""
    if isinstance(sheet.cell(row, column), MergedCell):
        for merged in sheet.merged_cells.ranges:
            if merged.min_row <= row <= merged.max_row and (
                merged.min_col <= column <= merged.max_col
            ):
                return Place(sheet, merged.min_row, merged.min_col)
    return Place(sheet, row, column)


def _first_filled(cells: Iterable[Cell]) -> Cell | None:
    return next((cell for cell in cells if cell.value is not None), None)


def place_of(target: Target, row: int, column: int) -> Place | None:
    """Return the cell to mark; a row alone means its first filled cell, a column its head."""
    sheet, rows, shift = target
    if rows is not None and row:
        if row not in rows:
            return None
        row = rows[row]
    column = column + shift if column else 0
    if row and not column:
        filled = _first_filled(sheet[row][shift:])
        column = filled.column if filled else 1 + shift
    elif column and not row:
        filled = _first_filled(
            sheet.cell(line, column) for line in range(1, min(sheet.max_row, 50) + 1)
        )
        row = filled.row if filled else 1
    return _anchor(sheet, row, column) if row and column else None


def mark(marks: Sequence[Mapping[str, Any]], targets: Mapping[str, Target]) -> None:
    """Colour the marked cells and note in each what is wrong; a cell has one note."""
    notes: dict[tuple[str, int, int], tuple[Place, list[Mapping[str, Any]]]] = {}
    for entry in marks:
        target = targets.get(entry["sheet"])
        place = place_of(target, entry["row"], entry["column"]) if target else None
        if place:
            key = (place.sheet.title, place.row, place.column)
            notes.setdefault(key, (place, []))[1].append(entry)
    for number, (place, entries) in enumerate(notes.values()):
        cell = place.sheet.cell(place.row, place.column)
        is_error = any(entry["level"] == "error" for entry in entries)
        former = _paint(cell, "error" if is_error else "warning")
        if number < MAX_NOTES or former:
            ours = "\n".join(dict.fromkeys(entry["note"] for entry in entries))
            own = f"{cell.comment.text}\n" if cell.comment else ""
            author = cell.comment.author if cell.comment else NOTE_AUTHOR
            text = UNPRINTABLE.sub("", f"{own}{NOTE_HEAD}\n{ours}{former}")
            cell.comment = _note(text, author)


def add_list(
    book: Workbook, plan: Mapping[str, Any], way: str, targets: Mapping[str, Target]
) -> None:
    """Put the sheet that lists the problems first, each line leading to its cell."""
    sheet = book.create_sheet(plan["list_name"], 0)
    put_text(sheet["A1"], plan["title"])
    sheet["A1"].font = Font(bold=True, size=14)
    put_text(sheet["A2"], "　".join([plan["remarks"][way], *plan["losses"]]))
    for column, (head, width) in enumerate(plan["heads"], start=1):
        cell = sheet.cell(3, column)
        put_text(cell, head)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="FFE6EEF8")
        cell.border = _BORDER
        sheet.column_dimensions[get_column_letter(column)].width = width
    styles = _Styles(sheet)
    for number, line in enumerate(plan["lines"], start=1):
        _add_line(styles, number, line, targets)
    last = 3 + len(plan["lines"])
    sheet.freeze_panes = "A4"
    sheet.auto_filter.ref = f"A3:{get_column_letter(len(plan['heads']))}{last}"
    for offset, words in enumerate(plan["endings"][way], start=2):
        put_text(sheet.cell(last + offset, 1), words)
        sheet.cell(last + offset, 1).font = Font(bold=offset == 2)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    _open_on(book, sheet)


_LINE = Side(style="thin", color="FFC9D1D9")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_BANDS = (PatternFill(), PatternFill("solid", fgColor="FFF6F8FA"))
_LINK = Font(color="FF0B57D0", underline="single")
LEVEL_COLUMN, CELL_COLUMN = 2, 4


class _Styles:
    """How the list's cells look, each look made once: a look made anew takes most of the time."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.known: dict[tuple[Any, ...], Any] = {}

    def put_on(self, cell: Cell, line: Mapping[str, Any], is_link: bool) -> None:
        """Give a cell of a line its ground, border and, where it leads somewhere, its blue."""
        level = line["level"] if cell.column == LEVEL_COLUMN else ""
        look = (level, line["group"] % 2, is_link)
        if look not in self.known:
            cell.border, cell.alignment = _BORDER, Alignment(wrap_text=True, vertical="top")
            cell.fill = PatternFill("solid", fgColor=COLORS[level]) if level else _BANDS[look[1]]
            if is_link:
                cell.font = _LINK
            self.known[look] = copy(cell._style)
        else:
            cell._style = copy(self.known[look])


def _add_line(
    styles: _Styles, number: int, line: Mapping[str, Any], targets: Mapping[str, Target]
) -> None:
    sheet = styles.sheet
    level, *words = line["words"]
    target = targets.get(line["sheet"])
    place = place_of(target, line["row"], line["column"]) if target else None
    for column, text in enumerate(("", level, line["sheet"], line["cell"], *words), start=1):
        cell = sheet.cell(number + 3, column)
        styles.put_on(cell, line, bool(place) and column == CELL_COLUMN)
        if column == 1:
            cell.value = number
        elif text:
            put_text(cell, text)
    if place:
        title = place.sheet.title.replace("'", "''")
        link = sheet.cell(number + 3, CELL_COLUMN)
        location = f"'{title}'!{get_column_letter(place.column)}{place.row}"
        link.hyperlink = Hyperlink(ref=link.coordinate, location=location)


def _open_on(book: Workbook, first: Worksheet) -> None:
    """Let the workbook open on this sheet alone: of sheets chosen together all are changed."""
    for sheet in book.worksheets:
        for view in sheet.views.sheetView:
            view.tabSelected = sheet is first
    for chart in book.chartsheets:
        for view in chart.sheetViews.sheetView:
            view.tabSelected = False
    book.active = 0
    for view in book.views:
        view.firstSheet = 0
