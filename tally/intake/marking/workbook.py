"""A clerk's own workbook back, with the places to mend coloured, noted and listed.

What is written where is decided here; `child` writes it, in a process of its own:
the library that keeps a workbook's layout is weak against hostile files.
"""

import json
import sys
import tempfile
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from tally.contracts import FINDINGS_SHEET, Problem, Sheet
from tally.intake.opening.formats import form_of
from tally.intake.opening.grids import Refusal, column_number
from tally.intake.opening.isolation import run_child
from tally.repairs import (
    CELL,
    COLUMN,
    LEVEL_WORDS,
    ROW,
    Repair,
    column_titles,
    repairs,
)

COMMAND = (sys.executable, "-m", "tally.intake.marking.child")
# Together within the minute that a clerk waits at most.
WAYS = (("marked", 38.0), ("brief", 14.0), ("listed", 6.0))
MAX_LISTED = 1_000
SUFFIX = "（标注）"
HEADS = (
    ("序号", 7),
    ("级别", 10),
    ("工作表", 16),
    ("单元格", 10),
    ("列", 14),
    ("填的是", 28),
    ("应为", 32),
    ("怎么改", 40),
    ("同类", 18),
)
RETURN = (
    "改好后怎么上传",
    "1. 在后面的表里改：红色的必须改，黄色的请核对；鼠标停在格子上能看到说明。",
    "2. 保存，回到“数据上传”，直接上传这份文件。本表、颜色和批注不用删，导入时会略过。",
)
RETURN_ORIGINAL = (
    "改好后怎么上传",
    "1. 打开原来的文件，照单元格位置逐处改；红色的必须改，黄色的请核对。",
    "2. 保存，回到“数据上传”，上传原来的文件，不是这一份。",
)
ENDINGS = {
    "kept": RETURN,
    "copied": RETURN,
    "brief": RETURN_ORIGINAL,
    "listed": RETURN_ORIGINAL,
}
REMARKS = {
    "kept": "点“单元格”一列可跳到那里。",
    "copied": "点“单元格”一列可跳到那里。数据和位置与原表相同，原表的字体、颜色没有带上。",
    "brief": "原表太大，后面只摘了表头和有问题的行，左列是原表行号。",
    "listed": "原表打不开或太大，这里只列出问题。",
}
_markers = threading.BoundedSemaphore(1)


class CannotMark(ValueError):
    """The workbook cannot be given back marked; the message says why."""


def marked_workbook(
    content: bytes,
    file_name: str,
    problems: Sequence[Problem],
    sheets: Sequence[Sheet] = (),
    *,
    isolated: bool = True,
) -> tuple[bytes, str]:
    """Return the workbook marked with its problems, and the name to save it under.

    An .xlsx keeps its layout; of other forms, and of a very large file, the cells are
    written anew, and the list says so. What cannot be opened comes back as the list alone.
    `sheets` tell where the headers are. Takes at most a minute; CannotMark when even the
    list could not be written. `isolated` False works in this process, without limits.
    """
    plan = _plan(problems, sheets)
    ways = WAYS if _is_readable(content) else WAYS[-1:]
    with _markers:
        for way, wall_seconds in ways:
            asked = json.dumps({**plan, "way": way}, ensure_ascii=False).encode() + b"\n" + content
            marked = _run(asked, wall_seconds) if isolated else _answered(asked)
            if marked:
                return marked, marked_name(file_name)
    raise CannotMark("标注没有完成，请照页面上的问题在原表里改")


def _is_readable(content: bytes) -> bool:
    try:
        form_of(content)
    except Refusal:
        return False
    return True


def marked_name(file_name: str) -> str:
    """Return the name of a file's marked copy; a copy's own name stays."""
    stem = PurePath(file_name).stem
    return f"{stem.removesuffix(SUFFIX)}{SUFFIX}.xlsx"


def _plan(problems: Sequence[Problem], sheets: Sequence[Sheet]) -> dict[str, Any]:
    """Return what the child writes: the list's lines, the marks, where headers are."""
    groups = repairs(problems, column_titles(sheet.ledger for sheet in sheets))
    lines = list(_lines(groups, sheets))
    return {
        "list_name": FINDINGS_SHEET,
        "title": _title(problems, max(len(lines) - MAX_LISTED, 0)),
        "heads": HEADS,
        "lines": lines[:MAX_LISTED],
        "remarks": REMARKS,
        "endings": ENDINGS,
        "marks": [
            _mark(problem, sheets) for group in groups for problem in group.problems if problem.cell
        ],
        "header_rows": {sheet.name: sheet.header_row for sheet in sheets},
    }


def _title(problems: Iterable[Problem], unlisted_count: int) -> str:
    levels = [problem.level for problem in problems]
    errors, warnings = levels.count("error"), levels.count("warning")
    rest = f"；只列出前 {MAX_LISTED:,} 处" if unlisted_count else ""
    return f"{FINDINGS_SHEET}：{errors:,} 处错误必须改，{warnings:,} 处提醒请核对{rest}"


def _lines(groups: Sequence[Repair], sheets: Sequence[Sheet]) -> Iterable[Mapping[str, Any]]:
    """Yield the list's lines, group by group."""
    for group_number, group in enumerate(groups):
        for problem in group.problems:
            words = (problem.found, problem.expected, problem.remedy)
            count = len(group.problems)
            kind = f"{group.subject} {count:,} 处" if count > 1 else ""
            yield {
                "level": problem.level,
                "group": group_number,
                "cell": problem.cell,
                "words": (LEVEL_WORDS[problem.level], group.subject, *words, kind),
                **_place(problem, sheets),
            }


def _mark(problem: Problem, sheets: Sequence[Sheet]) -> Mapping[str, Any]:
    """Return what a note says: what stands there, what should, how to mend it."""
    found = f"填的是：{problem.found}\n" if problem.found else ""
    remedy = f"\n怎么改：{problem.remedy}" if problem.remedy else ""
    note = f"{LEVEL_WORDS[problem.level]}\n{found}{problem.expected}{remedy}"
    return {"level": problem.level, "note": note, **_place(problem, sheets)}


def _place(problem: Problem, sheets: Sequence[Sheet]) -> dict[str, Any]:
    """Return a problem's sheet, row and column (1-based); 0 where the place does not say."""
    row = column = 0
    if cell := CELL.fullmatch(problem.cell):
        row, column = int(cell[2]), column_number(cell[1]) + 1
    elif line := ROW.fullmatch(problem.cell):
        row = int(line[1])
    elif head := COLUMN.fullmatch(problem.cell):
        column = column_number(head[1]) + 1
        row = _header_row(sheets, problem.sheet, column)
    return {"sheet": problem.sheet, "row": row, "column": column}


def _header_row(sheets: Sequence[Sheet], name: str, column: int) -> int:
    """Return the row of the last header above a column of a sheet; 0 without any."""
    own = [sheet for sheet in sheets if sheet.name == name]
    above = [
        sheet for sheet in own if column in range(sheet.columns_at[0], sheet.columns_at[1] + 1)
    ]
    return (above or own)[-1].header_row if own else 0


def _answered(asked: bytes) -> bytes:
    from tally.intake.marking.child import answer

    return _made(answer(asked))


def _made(answer: bytes) -> bytes:
    verdict, _, marked = answer.partition(b"\n")
    return marked if verdict == b"marked" else b""


def _run(asked: bytes, wall_seconds: float) -> bytes:
    """Return what the child made, or nothing when it refused, failed or was ended."""
    # Whatever the library left on disk goes with the folder, even if the child was killed.
    with tempfile.TemporaryDirectory() as folder:
        try:
            status, output = run_child(COMMAND, asked, wall_seconds, _settings(folder))
        except Refusal:
            return b""
    return _made(output) if status == 0 else b""


def _settings(folder: str) -> dict[str, str]:
    """Return what the child's environment says; each thread of the array library takes memory."""
    return {"OPENBLAS_NUM_THREADS": "1"} | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), folder)
