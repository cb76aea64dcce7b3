"""Says what of a sheet was not imported, or was read as more than it may mean."""

from collections.abc import Set

import numpy as np

from tally.contracts import NOT_IMPORTED, Column
from tally.intake.cells.answers import is_missing, shown
from tally.intake.cells.personal import personal_column, personal_header
from tally.intake.opening.grids import Grid, column_letters, place
from tally.intake.tables.areas import Page
from tally.intake.tables.headers import column_key, title_of
from tally.intake.tables.table import CHANGE_ANSWER, Table


def tell_columns(page: Page, table: Table, asked: Set[str]) -> None:
    """Say which columns were not imported, and which were taken by a clerk's answer.

    Nothing is said of those that are asked about; `asked` are the questions' keys.
    """
    assignment = table.header.assignment
    for at in sorted(assignment.headers):
        if column_key(assignment.headers[at]) in asked:
            continue
        if kind := personal_kind_of(table, at):
            _tell_personal(table, at, kind)
        elif at in assignment.unknown or at in assignment.doubled:
            what = "不认识" if at in assignment.unknown else "与另一列重复"
            _tell_column(table, at, f"{what}，未导入", "需要导入的请改用模板中的表头")
        elif at in assignment.answered:
            said = assignment.answered[at]
            taken = "，未导入" if said == NOT_IMPORTED else f"读作“{said}”"
            _tell_column(table, at, f"按已有的答复{taken}", CHANGE_ANSWER)
    start, end = table.header.last_row + 1, table.area.end_row
    for at in table.area.columns:
        if at not in assignment.headers and page.filled[at, start:end].any():
            where = f"{column_letters(at)} 列"
            table.tell("warning", where, "", f"{where}有内容", "没有表头，未导入", "请补上表头")


def _tell_column(table: Table, at: int, expected: str, remedy: str) -> None:
    header = table.header.assignment.headers[at]
    cell = place(table.header.last_row, at)
    table.tell("warning", cell, "", header, f"列“{header}”{expected}", remedy)


def personal_kind_of(table: Table, at: int) -> str:
    """Return what personal data a column holds that the ledger has none for; '' for none."""
    if at not in table.personal_kinds:
        table.personal_kinds[at] = _personal_kind(table, at)
    return table.personal_kinds[at]


def _personal_kind(table: Table, at: int) -> str:
    assignment = table.header.assignment
    header = assignment.headers.get(at, "")
    if at in assignment.columns:
        return ""
    if at in assignment.ignored:
        return personal_header(header)
    cells = table.cells_at(at)
    codes, counts = np.unique(cells.codes, return_counts=True)
    return personal_column(header, [cells.distinct[code] for code in codes], counts.tolist())


def _tell_personal(table: Table, at: int, kind: str) -> None:
    header = table.header.assignment.headers[at]
    what = "" if kind in header else f"（{kind}）"
    remedy = "办理用不着的，可以删去这一列"
    _tell_column(table, at, f"是个人信息{what}，已遮盖，原文加密另存", remedy)


def hidden_words(grid: Grid) -> str:
    """Return what of a sheet is out of sight (`隐藏的 2 行、筛选隐去的 3 行`), '' for nothing."""
    hidden = "、".join(
        f"{count} {what}"
        for count, what in ((grid.hidden_row_count, "行"), (grid.hidden_column_count, "列"))
        if count
    )
    filtered = f"被筛选隐去的{grid.filtered_row_count} 行" if grid.filtered_row_count else ""
    return "，".join(part for part in (f"隐藏的{hidden}" if hidden else "", filtered) if part)


def tell_merged_results(table: Table) -> None:
    """Say which numbers, states and closing days stand once beside several rows.

    Each row has the whole of it; a unit or a deadline is meant so, a sum is not.
    """
    columns = table.header.assignment.columns
    for merge in table.grid.merges:
        at = merge.first_column
        if at not in columns or not _is_result(columns[at]):
            continue
        first, last = np.searchsorted(table.lines, (merge.first_row, merge.last_row + 1))
        cell = table.grid.columns[at].cell(merge.first_row)
        if last - first > 1 and not is_missing(cell):
            table.tell(
                "warning",
                place(merge.first_row, at),
                columns[at].name,
                shown(cell),
                f"合并了 {last - first} 行，每行各读作 {shown(cell)}",
                "请取消合并，分行填写",
            )


def _is_result(column: Column) -> bool:
    return column.type in ("number", "share", "state", "result") or column.name == "closed_on"


def tell_merged_rows(table: Table) -> None:
    """Say where one merged title was read as several rows."""
    at = table.header.assignment.position(title_of(table.header.contract))
    for merge in table.grid.merges:
        if merge.first_column != at:
            continue
        first, last = np.searchsorted(table.lines, (merge.first_row, merge.last_row + 1))
        row_count = int(last - first)
        if row_count > 1:
            table.tell(
                "warning",
                place(merge.first_row, merge.first_column),
                table.header.assignment.columns[at].name,
                shown(table.grid.columns[at].cell(merge.first_row)),
                f"合并了 {row_count} 行，读作 {row_count} 条",
                "只是一条的请合成一行",
            )
