"""Says what of a sheet was not imported, or was read as more than it may mean."""

from tally.intake.answers import plain, shown
from tally.intake.grids import column_letters, place
from tally.intake.headers import title_of
from tally.intake.table import Table


def tell_columns(table: Table) -> None:
    """Say which columns were not imported: unknown headers, doubles, and none at all."""
    assignment = table.header.assignment
    for at in (*assignment.unknown, *assignment.doubled):
        what = "不认识" if at in assignment.unknown else "与另一列重复"
        table.tell(
            "warning",
            place(table.header.last_row, at),
            "",
            assignment.headers[at],
            f"列“{assignment.headers[at]}”{what}，未导入",
            "需要导入的请改用模板中的表头",
        )
    headed = set(assignment.headers)
    lines = {row.line for row in table.rows}
    bare = {
        at for line in lines for at, cell in enumerate(table.grid.cells[line]) if plain(cell)
    } - headed
    for at in sorted(bare):
        where = f"{column_letters(at)} 列"
        table.tell("warning", where, "", f"{where}有内容", "没有表头，未导入", "请补上表头")


def tell_hidden(table: Table) -> None:
    grid = table.grid
    hidden = ((grid.hidden_row_count, "行"), (grid.hidden_column_count, "列"))
    text = "、".join(f"{count} {what}" for count, what in hidden if count)
    if text:
        table.tell(
            "warning", "", "", f"有隐藏的{text}", "隐藏内容也已读入", "不该导入的请删去后重新上传"
        )


def tell_merged_rows(table: Table) -> None:
    """Say where one merged title was read as several rows."""
    at = table.header.assignment.position(title_of(table.header.contract))
    lines = {row.line for row in table.rows}
    for merge in table.grid.merges:
        if merge.first_column != at:
            continue
        last_row = min(merge.last_row, len(table.grid.cells) - 1)
        span = lines & set(range(merge.first_row, last_row + 1))
        if len(span) > 1:
            table.tell(
                "warning",
                place(merge.first_row, merge.first_column),
                table.header.assignment.columns[at].name,
                shown(table.grid.cells[merge.first_row][merge.first_column]),
                f"合并了 {len(span)} 行，读作 {len(span)} 条",
                "只是一条的请合成一行",
            )
