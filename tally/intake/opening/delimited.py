"""Text tables: bytes in any encoding an office saves, a grid of words out."""

import csv
import re
from collections import Counter
from io import StringIO

from tally.intake.opening.grids import Cell, Grid, Refusal, columns_of
from tally.intake.opening.limits import check_extent

MAX_FIELD_CHARACTERS = 1_000_000
DELIMITERS = (",", "\t", ";", "|")
LOOKED_AT_BYTES, LOOKED_AT_LINES = 20_000, 30
MARKED_ENCODINGS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
UNMARKED_ENCODINGS = ("utf-8", "gb18030")
WIDE_ENCODINGS = ("utf-16-le", "utf-16-be")
# Characters of an office's text; read in the wrong byte order it has hardly any.
ORDINARY = re.compile(
    "[\t\r\n -~\u00a0-\u00ff\u2000-\u206f\u2460-\u24ff\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
)
ORDINARY_SHARE = 0.95
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
CONTROL_SHARE = 0.005
DAMAGED_SHARE = 0.05
TOLD_DELIMITER = re.compile("sep=([,;\t|])\r?\n", re.IGNORECASE)


def wide_encoding(content: bytes) -> str:
    """Return the UTF-16 byte order of a text saved without its mark, '' when it is no such text."""
    start = content[: LOOKED_AT_BYTES - LOOKED_AT_BYTES % 2]
    for encoding in WIDE_ENCODINGS:
        text = start.decode(encoding, "replace")
        if text and len(ORDINARY.findall(text)) >= ORDINARY_SHARE * len(text):
            return encoding
    return ""


def _is_damaged_utf8(content: bytes) -> bool:
    """Tell whether nearly all of it is UTF-8: in another encoding hardly a character fits."""
    text = content.decode("utf-8", "replace")
    wide_count = sum(1 for character in text if character > "\x7f")
    return text.count("\ufffd") < DAMAGED_SHARE * wide_count


def _decoded(content: bytes) -> str:
    marked = [name for mark, name in MARKED_ENCODINGS if content.startswith(mark)]
    wide = [wide_encoding(content)] if b"\0" in content and not marked else []
    for encoding in marked or wide or UNMARKED_ENCODINGS:
        try:
            text = content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            # GB18030 takes nearly any bytes: one broken letter would garble the whole table.
            if encoding == "utf-8" and _is_damaged_utf8(content):
                break
            continue
        if len(CONTROL.findall(text)) <= CONTROL_SHARE * len(text):
            return text.rstrip("\x1a")
    raise Refusal(
        "文字编码认不出，或有损坏的字",
        "应为 UTF-8、GB18030（GBK）或 UTF-16 编码的文本",
        "请用 Excel 或 WPS 打开，另存为 .xlsx 后上传",
    )


def _regularity(text: str, delimiter: str) -> tuple[int, int]:
    """Return how many of the first lines have the commonest width above one, and that width."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    widths: Counter[int] = Counter()
    try:
        for row, _ in zip(reader, range(LOOKED_AT_LINES), strict=False):
            widths[len(row)] += 1
    except csv.Error:
        return 0, 0
    widths.pop(0, None)
    widths.pop(1, None)
    width, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
    return count, width


def _delimiter(text: str) -> str:
    """Return what stands between the cells: told in a first line `sep=;`, or the most regular."""
    told = TOLD_DELIMITER.match(text)
    if told:
        return told[1]
    start = text[:LOOKED_AT_BYTES]
    return max(DELIMITERS, key=lambda delimiter: _regularity(start, delimiter))


def _rows(text: str) -> list[list[Cell]]:
    csv.field_size_limit(MAX_FIELD_CHARACTERS)
    # Strict, because a forgotten quotation mark would otherwise swallow the rows below it.
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[list[Cell]] = []
    try:
        for row in reader:
            check_extent(len(rows), max(len(row) - 1, 0))
            rows.append([word if word.strip() else None for word in row])
    except csv.Error as error:
        raise Refusal(
            f"第 {reader.line_num} 行附近的引号不成对",
            "应为成对的英文双引号",
            "请补上引号，或另存为 .xlsx 后上传",
        ) from error
    if TOLD_DELIMITER.match(text):
        rows[0] = []
    return rows


def read_delimited(content: bytes) -> Grid:
    """Read a text table; Refusal when encoding, quotes or size cannot be right."""
    rows = _rows(_decoded(content))
    return Grid("", len(rows), columns_of(rows))
