"""The process that marks a workbook: a plan and bytes on standard input, an .xlsx on output.

The library that writes an .xlsx back as it was is weak against hostile files; a file that
makes it abort, hang or eat memory ends this process and nothing else.
"""

import contextlib
import gc
import json
import re
import sys
import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from tally.intake.opening.child import confine

CPU_SECONDS = 45
# The library writes each sheet to a file of its own first.
FILE_BYTES = 300_000_000
# About 10 s of processor time to open and write; blank cells with a format cost the same.
MAX_CELLS = 150_000
MAX_KEPT_BYTES = 30_000_000
BLANK_ROWS_KEPT = 300
SHEETS = "xl/worksheets/"
CELL_START = re.compile(rb"<(?:\w+:)?c[ >]")
MACROS = "xl/vbaproject.bin"
BEYOND = re.compile(rb"<(?:\w+:)?(?:extLst|sp|grpSp|cxnSp)[ >]")

_FORMULA = rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)"
RESULT = re.compile(
    rb"<(?:\w+:)?c\s([^>]*)>\s*" + _FORMULA + rb"\s*<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)</"
)
NO_RESULT = re.compile(rb'<c r="([A-Z]+\d+)"([^>]*)>(' + _FORMULA + rb")<v ?(?:/>|></v>)")
REFERENCE = re.compile(rb'(?:^|\s)r="([A-Z]+\d+)"')
KIND = re.compile(rb'(?:^|\s)t="(\w+)"')
KINDS = (b"str", b"b", b"e")


def marked(plan: Mapping[str, Any], content: bytes) -> bytes:
    """Return the workbook marked after the plan, in the fullest way that its size allows.

    A file that was checked and that the writing library still cannot read is copied.
    """
    from tally.intake.opening.formats import form_of

    plan = {**plan, "losses": []}
    if plan["way"] == "listed":
        return _listed(plan)
    if plan["way"] == "marked" and form_of(content) == "xlsx":
        from tally.intake.opening.archive import open_archive

        archive = open_archive(content)
        losses = _losses(archive)
        light = content
        if not _is_light(archive):
            light = _without_blank_tails(archive)
            archive = zipfile.ZipFile(BytesIO(light))
            losses.append("表尾只有格式的空行没有全部带上。")
        if _is_light(archive):
            with contextlib.suppress(Exception):
                return _kept({**plan, "losses": losses}, light, archive)
    return _copied(plan, content)


def _is_light(archive: zipfile.ZipFile) -> bool:
    """Tell whether the writing library can open a workbook in the time that a clerk waits."""
    parts = [part for part in archive.infolist() if part.filename.lower().endswith(".xml")]
    if sum(part.file_size for part in parts) > MAX_KEPT_BYTES:
        return False
    cells = (len(CELL_START.findall(archive.read(part))) for part in parts if _is_sheet(part))
    return sum(cells) <= MAX_CELLS


def _is_sheet(part: zipfile.ZipInfo) -> bool:
    return part.filename.startswith(SHEETS) and part.filename.endswith(".xml")


def _without_blank_tails(archive: zipfile.ZipFile) -> bytes:
    """Return a workbook without the rows below the last words that hold nothing but a format.

    A format drawn down sixty thousand rows costs as much as the rows themselves. The first
    of them stay: a clerk may want to fill them in.
    """
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as light:
        for part in archive.infolist():
            data = archive.read(part)
            light.writestr(part.filename, _without_tail(data) if _is_sheet(part) else data)
    return stream.getvalue()


def _without_tail(sheet: bytes) -> bytes:
    end = sheet.rfind(b"</sheetData>")
    cut = max(sheet.rfind(mark, 0, max(end, 0)) for mark in (b"</v>", b"</is>", b"</f>"))
    for _ in range(BLANK_ROWS_KEPT):
        after = sheet.find(b"<row", cut + 1, end)
        if min(cut, after) < 0:
            return sheet
        cut = after
    return sheet[:cut] + sheet[end:]


def _listed(plan: Mapping[str, Any]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    return _finished(book, plan, "listed", {})


def _copied(plan: Mapping[str, Any], content: bytes) -> bytes:
    from tally.intake.marking.copied_cells import cell_count, copied, extracted
    from tally.intake.opening.workbook import open_workbook

    source = open_workbook(content)
    is_whole = plan["way"] == "marked" and cell_count(source) <= MAX_CELLS
    book, targets = copied(source) if is_whole else extracted(source, plan)
    return _finished(book, plan, "copied" if is_whole else "brief", targets)


def _kept(plan: Mapping[str, Any], content: bytes, archive: zipfile.ZipFile) -> bytes:
    from openpyxl.reader.excel import ExcelReader

    from tally.intake.marking.marked_cells import Target, clean

    reader = ExcelReader(BytesIO(content), rich_text=True)
    reader.read()
    book = reader.wb
    if len(book.worksheets) < sum(map(_is_sheet, archive.infolist())):
        # It passes over in silence what it does not understand (the Strict variant).
        raise ValueError("sheets are missing from the library's reading")
    results = {
        sheet.name: _results(archive.read(part.target))
        for sheet, part in reader.parser.find_sheets()
        if part.target in archive.namelist()
    }
    clean(book, plan["list_name"])
    targets = {sheet.title: Target(sheet) for sheet in book.worksheets}
    made = _finished(book, plan, "kept", targets)
    return _with_results(made, [results.get(sheet.title, {}) for sheet in book.worksheets])


def _losses(archive: zipfile.ZipFile) -> list[str]:
    """Return what is said of parts of the original that the copy does not carry."""
    said = []
    if any(name.lower() == MACROS for name in archive.namelist()):
        said.append("宏没有带上，原文件里还有。")
    if any(
        BEYOND.search(archive.read(name))
        for name in archive.namelist()
        if name.startswith(("xl/worksheets/sheet", "xl/drawings/drawing"))
    ):
        said.append("文本框、跨表下拉框等少数内容可能没有带上，原文件里还有。")
    return said


def _finished(book: Any, plan: Mapping[str, Any], way: str, targets: Mapping[str, Any]) -> bytes:
    from tally.intake.marking.marked_cells import add_list, mark

    mark(plan["marks"], targets)
    add_list(book, plan, way, targets)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _results(sheet: bytes) -> dict[bytes, tuple[bytes, bytes]]:
    """Return the formulas' results as the file keeps them: type and value by cell."""
    found = {}
    for match in RESULT.finditer(sheet):
        reference, kind = REFERENCE.search(match[1]), KIND.search(match[1])
        if reference:
            found[reference[1]] = (kind[1] if kind else b"", match[2])
    return found


def _with_results(made: bytes, results: list[dict[bytes, tuple[bytes, bytes]]]) -> bytes:
    """Put the formulas' results back, which the library drops.

    Without them a copy uploaded by a program, or looked at in a preview, has empty cells.
    """
    if not any(results):
        return made
    stream = BytesIO()
    parts = {f"xl/worksheets/sheet{n}.xml": kept for n, kept in enumerate(results, start=1)}
    with (
        zipfile.ZipFile(BytesIO(made)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            data = source.read(part)
            if parts.get(part.filename):
                data = _filled(data, parts[part.filename])
            target.writestr(part, data)
    return stream.getvalue()


def _filled(sheet: bytes, results: Mapping[bytes, tuple[bytes, bytes]]) -> bytes:
    def fill(match: re.Match[bytes]) -> bytes:
        kind, value = results.get(match[1], (b"", b""))
        if not value:
            return match[0]
        said = b' t="%s"' % kind if kind in KINDS else b""
        return b'<c r="%s"%s%s>%s<v>%s</v>' % (match[1], match[2], said, match[3], value)

    return NO_RESULT.sub(fill, sheet)


def answer(asked: bytes) -> bytes:
    """Answer a plan and, behind its line, a workbook: `marked` and the copy, or `refused`."""
    from tally.intake.opening.grids import Refusal

    said, _, content = asked.partition(b"\n")
    try:
        return b"marked\n" + marked(json.loads(said), content)
    except Refusal:
        return b"refused\n"


def main() -> None:
    """Answer what stands on standard input."""
    confine(CPU_SECONDS, FILE_BYTES)
    # Millions of small objects that all live to the end: looking for dead ones takes a third.
    gc.disable()
    # What is imported from here on counts under the limits as well.
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read()))


if __name__ == "__main__":
    main()
