"""How large a workbook may be, whatever its form; beyond that a sentence names the place."""

from tally.intake.opening.grids import Refusal, place

MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 200_000, 200, 5_000_000
MAX_SHEET_COUNT = 50
MAX_MERGE_COUNT = 50_000
# More than any spreadsheet program lets into one cell.
MAX_TEXT_CHARACTERS = 32_767


def check_extent(row: int, column: int) -> None:
    """Refuse a sheet whose last cell, 0-based, is too far out to be a ledger's."""
    if row >= MAX_ROWS or column >= MAX_COLUMNS or (row + 1) * (column + 1) > MAX_CELLS:
        where = place(row, column) if row < 10_000_000 and column < 20_000 else "很远的地方"
        raise Refusal(
            f"{where} 有内容",
            f"应不超过 {MAX_ROWS // 10_000} 万行、{MAX_COLUMNS} 列、{MAX_CELLS // 10_000} 万格",
            "请删去表格以外的零散内容，或拆成几个文件",
        )


def check_total(cell_count: int) -> None:
    """Refuse a file whose sheets together hold more cells than one sheet may."""
    if cell_count > MAX_CELLS:
        raise Refusal(
            f"各工作表合计超过 {MAX_CELLS // 10_000} 万格",
            f"应不超过 {MAX_CELLS // 10_000} 万格",
            "请只保留台账所在的工作表，或拆成几个文件",
        )


def check_sheet_count(count: int) -> None:
    """Refuse a file of too many sheets."""
    if count > MAX_SHEET_COUNT:
        raise Refusal(
            f"有 {count} 个工作表", f"应不超过 {MAX_SHEET_COUNT} 个", "请只保留台账所在的工作表"
        )


def check_merge_count(count: int) -> None:
    """Refuse a sheet of too many merged ranges."""
    if count > MAX_MERGE_COUNT:
        raise Refusal(
            f"有 {count} 处合并单元格",
            f"应不超过 {MAX_MERGE_COUNT} 处",
            "请取消表格中的合并单元格后重新上传",
        )


def check_text(row: int, column: int, length: int) -> None:
    """Refuse a 0-based cell that holds more characters than a cell can."""
    if length > MAX_TEXT_CHARACTERS:
        raise Refusal(
            f"{place(row, column)} 处有 {length} 个字",
            f"一个单元格应不超过 {MAX_TEXT_CHARACTERS} 个字",
            "请删减这一格的内容后重新上传",
        )
