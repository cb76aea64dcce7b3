"""What the values of plainly written cells mean: texts taken directly, the rest by the reader.

The reader knows every rule of escapes, blanks and dates. It is given each distinct value once,
in a small workbook of its own, so that what it says is what it would have said of the whole.
"""

import re
import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any, NamedTuple

import python_calamine

from tally.intake.opening.archive import chunks
from tally.intake.opening.grids import Cell, Fault, cell_of, column_letters
from tally.intake.opening.plain_cells import NotPlain, must

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
LETTERS = [column_letters(column) for column in range(26)]
SMALL_BOOK = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
    "_rels/.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="a" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="a" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}
ENCODING = re.compile(rb"""\bencoding=["']([^"']*)""")
# How a text is pronounced, and in what font: not part of it.
PRONOUNCED = re.compile(r"<phoneticPr [^<>]*/>")
# A shared string that is one text, and what lies between two such.
PLAIN_ITEM = re.compile(r"<t(?: xml:space=\"preserve\")?>([^<]*)</t></si>\s*")
ITEM, END_ITEM = "<si>", "</si>"
PLAIN_START, PLAIN_END = "<si><t>", "</t></si>"
# Beyond this the reader may as well read the sheet.
MOST_CELLS = 500_000
ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"))
ESCAPES = ("&", "_x", "\r")
TAGS_BETWEEN = (PLAIN_END + PLAIN_START).count("<")


def is_utf8(start: bytes) -> bool:
    """Tell whether a part that begins so says nothing of an encoding other than UTF-8."""
    declared = ENCODING.search(start[:200])
    return not declared or declared[1].lower() in (b"utf-8", b"utf8")


def _meaning(text: str) -> str | None:
    """Return what a text in XML means; None where the reader has to be asked.

    That is where a blank may be dropped and where an escape is more than XML's own five.
    """
    if text.strip() != text or "_x" in text or "\r" in text:
        return None
    if "&" not in text:
        return text
    for entity, letter in ENTITIES:
        text = text.replace(entity, letter)
    return text.replace("&amp;", "&") if text.count("&") == text.count("&amp;") else None


class SmallBook:
    """Reads single values by the rules of one workbook: its styles and its first day."""

    def __init__(self, styles: bytes, is_1904: bool) -> None:
        self._parts: dict[str, str | bytes] = {
            **SMALL_BOOK,
            "xl/workbook.xml": (
                f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
                f'<workbookPr date1904="{is_1904:d}"/><sheets>'
                '<sheet name="a" sheetId="1" r:id="a"/></sheets></workbook>'
            ),
        }
        if styles:
            self._parts["xl/styles.xml"] = styles

    def read(self, cells: Sequence[str]) -> list[Cell]:
        """Return the values of cells, each given as its XML after the reference."""
        must(len(cells) <= MOST_CELLS)
        width, rows = len(LETTERS), []
        for number, first in enumerate(range(0, len(cells), width), 1):
            row = zip(LETTERS, cells[first : first + width], strict=False)
            rows.append("".join(f'<c r="{letter}{number}"{cell}</c>' for letter, cell in row))
        try:
            read = self._rows("".join(f"<row>{row}</row>" for row in rows)) if cells else []
        except (KeyboardInterrupt, SystemExit):
            raise
        # A panic of the reader is not an Exception; what it says of the whole file decides.
        except BaseException as error:
            raise NotPlain from error
        # The reader ends where its values end.
        values = [value for row in read for value in (*row, *[None] * (width - len(row)))]
        return list(map(cell_of, values[: len(cells)])) + [None] * (len(cells) - len(values))

    def _rows(self, rows: str) -> list[list[Any]]:
        stream = BytesIO()
        sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        with zipfile.ZipFile(stream, "w") as archive:
            for name, part in (*self._parts.items(), ("xl/worksheets/sheet1.xml", sheet)):
                archive.writestr(name, part)
        with python_calamine.CalamineWorkbook.from_filelike(BytesIO(stream.getvalue())) as book:
            return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def _items(part: bytes) -> str:
    """Return the XML of the shared strings, from the first to the last."""
    must(is_utf8(part))
    text = part.decode()
    start, end = text.find("<si"), text.rfind("</sst>")
    must("<!" not in text and end >= 0)
    items = text[start:end] if start >= 0 else ""
    return PRONOUNCED.sub("", items) if "<phoneticPr" in items else items


def _inline(content: str) -> str:
    """Return the cell that holds a shared string's content."""
    must("<is" not in content and "</is" not in content)
    return f' t="inlineStr"><is>{content}</is>'


def _plain_texts(items: str) -> tuple[list[str], dict[int, str]] | None:
    """Return shared strings of which each is one text, None when one is not."""
    if not (items.startswith(PLAIN_START) and items.endswith(PLAIN_END)):
        return None
    texts = items[len(PLAIN_START) : -len(PLAIN_END)].split(PLAIN_END + PLAIN_START)
    if items.count("<") != TAGS_BETWEEN * len(texts):
        return None
    if not any(escape in items for escape in ESCAPES) and list(map(str.strip, texts)) == texts:
        return texts, {}
    meant = list(map(_meaning, texts))
    return [text or "" for text in meant], {
        number: _inline(f"<t>{texts[number]}</t>")
        for number, text in enumerate(meant)
        if text is None
    }


def _mixed_texts(items: str) -> tuple[list[str], dict[int, str]]:
    """Return shared strings, and the cells that hold those which the reader has to read."""
    texts, asked = [], {}
    before, *pieces = items.split(ITEM)
    must(not before and items.count("<si") == len(pieces))
    for number, item in enumerate(pieces):
        found = PLAIN_ITEM.fullmatch(item)
        meant = _meaning(found[1]) if found else None
        texts.append(meant or "")
        if meant is None:
            content, end, rest = item.partition(END_ITEM)
            must(end and not rest.strip())
            asked[number] = _inline(content)
    return texts, asked


def shared_strings(archive: zipfile.ZipFile, name: str, book: SmallBook) -> list[Cell]:
    """Return the workbook's shared strings, a blank one as None."""
    items = _items(b"".join(chunks(archive, name)))
    if not items:
        return []
    texts, asked = _plain_texts(items) or _mixed_texts(items)
    strings: list[Cell] = [text or None for text in texts]
    for number, cell in zip(asked, book.read(list(asked.values())), strict=True):
        strings[number] = cell
    return strings


class Styled(NamedTuple):
    """A number whose style makes it something else."""

    style: int
    number: float


Key = Cell | Styled | bytes


class Table:
    """All that cells hold beside numbers, numbered: 0 is blank, then the shared strings."""

    def __init__(self, strings: Sequence[Cell]) -> None:
        self.shared_count = len(strings)
        self._values: list[Cell] = [None, *strings]
        self._numbers: dict[Key, int] = {}

    def numbers(self, keys: Iterable[Key]) -> list[int]:
        """Return the numbers of what is written in cells: texts as bytes, other values as such."""
        numbers, first = self._numbers, len(self._values)
        return [numbers.setdefault(key, first + len(numbers)) for key in keys]

    def values(self, book: SmallBook) -> list[Cell]:
        """Return what each number means."""
        values, asked = list(self._values), {}
        for key, number in self._numbers.items():
            values.append(None)
            if isinstance(key, Styled):
                asked[number] = f' s="{key.style}"><v>{key.number!r}</v>'
                continue
            if not isinstance(key, bytes):
                values[number] = key
                continue
            written = key.decode()
            text = written.partition(">")[2] if written.startswith("<t") else written
            if (meant := _meaning(text)) is not None:
                values[number] = meant or None
            elif written.startswith("<t"):
                asked[number] = f' t="inlineStr"><is>{written}</t></is>'
            else:
                asked[number] = f' t="str"><v>{written}</v>'
        for number, cell in zip(asked, book.read(list(asked.values())), strict=True):
            values[number] = cell
        return values


def fault(written: bytes) -> Fault:
    """Return the error that a cell shows."""
    must(b"&" not in written)
    return Fault(written.decode().strip() or "#N/A")


def number_of(written: bytes) -> float:
    """Return a number that is more than a few digits."""
    must(not written.translate(None, b"0123456789.eE+-"))
    try:
        return float(written)
    except ValueError as error:
        raise NotPlain from error
