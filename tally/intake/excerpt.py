"""A large .xlsx cut down to a few rows, so that asking back about one takes no seconds.

The cut is an ordinary workbook and goes through the ordinary reader. It is made of files that
were read once already: their SHA-256 says so.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO

from tally.intake.opening.archive import BROKEN, chunks, open_archive
from tally.intake.opening.package import BOOK, RELATIONS
from tally.intake.opening.worksheets import elements, targets

# Below this a sheet is opened whole about as fast.
LARGE_BYTES = 4_000_000
ROW = re.compile(rb'<row\b[^>]*?\sr="(\d+)"')
ROW_END, ROWS, ROWS_END = b"</row>", b"<sheetData", b"</sheetData>"
BLANK = (
    b'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns='
    b'"http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
)
# Pictures and the like, which no reader looks at.
UNREAD = ("xl/media/", "xl/embeddings/", "xl/drawings/", "xl/calcchain")


def excerpt(content: bytes, sheet: str, is_wanted: Callable[[int], bool]) -> bytes | None:
    """Return the workbook with the wanted rows (1-based) of one sheet and no other.

    None when that is not worth while, or the file is not written in the usual way.
    """
    if not content.startswith(b"PK"):
        return None
    try:
        archive = open_archive(content)
        parts = _parts(archive)
        part = parts.get(sheet, "")
        if not part or archive.getinfo(part).file_size < LARGE_BYTES:
            return None
        rows = _cut(chunks(archive, part), is_wanted)
        return (
            _packed(archive, {**dict.fromkeys(parts.values(), BLANK), part: rows}) if rows else None
        )
    except BROKEN:
        return None


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part that holds each sheet, under the sheet's name."""
    names = {name.lower(): name for name in archive.namelist()}
    if BOOK not in names:
        return {}
    found = targets(archive, RELATIONS)
    sheets = [tag for name, tag in elements(archive, names[BOOK]) if name == "sheet"]
    parts = {sheet.get("name", ""): found.get(sheet.get("id", ""), "") for sheet in sheets}
    return {name: part for name, part in parts.items() if part}


def _pieces(stream: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what stands before each end of a row, and at last what stands behind them all."""
    rest = b""
    for chunk in stream:
        *pieces, rest = (rest + chunk).split(ROW_END)
        yield from pieces
    yield rest


def _cut(stream: Iterator[bytes], is_wanted: Callable[[int], bool]) -> bytes | None:
    """Return a sheet's XML with the wanted rows; None when rows do not carry their numbers."""
    before, kept, piece = b"", [], b""
    for piece in _pieces(stream):
        if not before:
            before, found, _ = piece.partition(ROWS)
            if not found:
                return None
        start = piece.rfind(b"<row ")
        if start < 0:
            continue
        number = ROW.match(piece, start)
        if number is None:
            return None
        if is_wanted(int(number[1])):
            kept.append(piece[start:] + ROW_END)
    _, found, after = piece.rpartition(ROWS_END)
    if not found or not kept:
        return None
    return b"".join((before, b"<sheetData>", *kept, ROWS_END, after))


def _packed(archive: zipfile.ZipFile, replaced: dict[str, bytes]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as small:
        for name in archive.namelist():
            if not name.lower().startswith(UNREAD):
                small.writestr(name, replaced.get(name) or archive.read(name))
    return packed.getvalue()
