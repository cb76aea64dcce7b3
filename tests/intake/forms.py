"""Small files in the forms that no library at hand writes, built from their smallest pieces."""

import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO

import xlwt

SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
OPENDOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    f' xmlns:office="{NAMES}office:1.0" xmlns:table="{NAMES}table:1.0"'
    f' xmlns:text="{NAMES}text:1.0" xmlns:style="{NAMES}style:1.0"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    ' office:version="1.2"><office:automatic-styles><style:style style:name="hidden"'
    ' style:family="table"><style:table-properties table:display="false"/></style:style>'
    "</office:automatic-styles><office:body><office:spreadsheet>{}"
    "</office:spreadsheet></office:body></office:document-content>"
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return an archive of these parts."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def repacked(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Return an archive with some of its parts replaced or added."""
    with zipfile.ZipFile(BytesIO(content)) as old:
        return zipped({name: old.read(name) for name in old.namelist()} | parts)


def strict(content: bytes) -> bytes:
    """Return an .xlsx workbook as the Strict variant names things."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names = (
        (MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"),
        (RELATIONS, "http://purl.oclc.org/ooxml/officeDocument/relationships"),
    )
    for old, new in names:
        parts = {name: data.replace(old.encode(), new.encode()) for name, data in parts.items()}
    return zipped(parts)


def ods(rows: str, before: str = "", **parts: bytes) -> bytes:
    """Return an .ods file whose one sheet holds this XML; `before` goes before the sheet."""
    body = f'{before}<table:table table:name="台账">{rows}</table:table>'
    return zipped(
        {
            "mimetype": SPREADSHEET.encode(),
            "content.xml": OPENDOCUMENT.format(body).encode(),
            "META-INF/manifest.xml": b"<manifest/>",
            **parts,
        }
    )


def ods_row(*texts: str, **attributes: str) -> str:
    """Return a row of text cells; `visibility="filter"` becomes the attribute of that name."""
    told = "".join(f' table:{name}="{value}"' for name, value in attributes.items())
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in texts
    )
    return f"<table:table-row{told}>{cells}</table:table-row>"


def record(kind: int, data: bytes = b"") -> bytes:
    """Return one record of an .xlsb part."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, groups = len(data), []
    while True:
        groups.append(length & 0x7F | (0x80 if length > 0x7F else 0))
        length >>= 7
        if not length:
            return head + bytes(groups) + data


def wide(text: str) -> bytes:
    """Return a counted text as .xlsb parts hold it."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def row_record(row: int, is_hidden: bool = False) -> bytes:
    """Return the record that begins a row."""
    flags = 0x10 if is_hidden else 0
    return record(0, struct.pack("<IIHBBBI", row, 0, 300, 0, flags, 0, 0))


def cell_record(column: int, cell: str | float | bytes, style: int = 0) -> bytes:
    """Return a cell's record: a text, a number, or the code of an error."""
    place = struct.pack("<II", column, style)
    if isinstance(cell, str):
        return record(6, place + wide(cell))
    if isinstance(cell, bytes):
        return record(3, place + cell)
    return record(5, place + struct.pack("<d", cell))


def _styles(code: str) -> bytes:
    """Return styles of which the second has this number format and the third shows a day."""
    formats = [0, 164, 14]
    xfs = [record(47, struct.pack("<HHHHHBBHH", 0, form, 0, 0, 0, 0, 0, 0, 0)) for form in formats]
    return b"".join(
        (
            record(278),
            record(615, struct.pack("<I", 1)),
            record(44, struct.pack("<H", 164) + wide(code)),
            record(616),
            record(617, struct.pack("<I", len(formats))),
            *xfs,
            record(618),
            record(279),
        )
    )


def xlsb(
    rows: Iterable[bytes],
    after: bytes = b"",
    columns: bytes = b"",
    is_1904: bool = False,
    code: str = "0.0%",
) -> bytes:
    """Return an .xlsb file whose one sheet holds these records; `after` follows its cells.

    `code` is the number format of cells of the second style.
    """
    sheet = (
        record(129),
        record(148, struct.pack("<4I", 0, 9, 0, 9)),
        *((record(390), columns, record(391)) if columns else ()),
        record(145),
        *rows,
        record(146),
        after,
        record(130),
    )
    bundle = record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("台账"))
    settings = record(153, struct.pack("<II", int(is_1904), 0) + wide(""))
    book = record(131) + settings + record(143) + bundle + record(144) + record(132)
    relations = (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{RELATIONS}/worksheet"'
        ' Target="worksheets/sheet1.bin"/></Relationships>'
    )
    return zipped(
        {
            "[Content_Types].xml": b"<Types/>",
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": relations.encode(),
            "xl/styles.bin": _styles(code),
            "xl/worksheets/sheet1.bin": b"".join(sheet),
        }
    )


def xlsb_rows(*rows: Sequence[str | float | bytes]) -> list[bytes]:
    """Return the records of rows of plain cells."""
    return [
        part
        for number, row in enumerate(rows)
        for part in (row_record(number), *(cell_record(at, cell) for at, cell in enumerate(row)))
    ]


def xls_bytes(book: xlwt.Workbook) -> bytes:
    """Return an .xls workbook's bytes."""
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
