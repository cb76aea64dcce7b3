"""Text tables: bytes in any encoding an office saves, a grid of words out."""

import csv
from io import StringIO

from tally.intake.grids import Cell, Grid, Refusal
from tally.intake.worksheets import check_extent

MAX_FIELD_CHARACTERS = 1_000_000
DELIMITERS = (",", "\t", ";", "|")
MARKED_ENCODINGS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
UNMARKED_ENCODINGS = ("utf-8", "gb18030")


def _decoded(content: bytes) -> str:
    marked = [name for mark, name in MARKED_ENCODINGS if content.startswith(mark)]
    for encoding in marked or UNMARKED_ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refusal(
        "文字编码认不出",
        "应为 UTF-8 或 GB18030（GBK）编码的 CSV",
        "请用 Excel 或 WPS 打开，另存为 .xlsx 后上传",
    )


def _delimiter(text: str) -> str:
    first_lines = text[:20_000].splitlines()[:20]
    return max(DELIMITERS, key=lambda mark: sum(line.count(mark) for line in first_lines))


def read_delimited(content: bytes) -> Grid:
    """Read a CSV file; Refusal when encoding, quotes or size cannot be right."""
    text = _decoded(content)
    csv.field_size_limit(MAX_FIELD_CHARACTERS)
    # Strict, because a forgotten quotation mark would otherwise swallow the rows below it.
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    cells: list[list[Cell]] = []
    try:
        for row in reader:
            check_extent(len(cells), max(len(row) - 1, 0))
            cells.append([word if word.strip() else None for word in row])
    except csv.Error as error:
        raise Refusal(
            f"第 {reader.line_num} 行附近的引号不成对",
            "应为成对的英文双引号",
            "请补上引号，或另存为 .xlsx 后上传",
        ) from error
    return Grid("", cells)
