"""水印 of documents: who took them and when, small and grey at the head of every page.

It stands in the header, where it moves nothing: an official document keeps its layout, a sheet
its cells. What goes back in or is kept as evidence (originals, templates) is never marked.
"""

import io
import re
import zipfile
from typing import Any
from xml.sax.saxutils import escape

import docx
import pptx
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from pptx.dml.color import RGBColor as SlideColor
from pptx.util import Mm
from pptx.util import Pt as SlidePt

GREY = "808080"
SIZE_PT = 8
SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml")
# What follows the header of a sheet's page, in the order of the format.
AFTER_HEADER = re.compile(
    r"<(?:rowBreaks|colBreaks|customProperties|cellWatches|ignoredErrors|smartTags|drawing|"
    r"legacyDrawing|legacyDrawingHF|drawingHF|picture|oleObjects|controls|webPublishItems|"
    r"tableParts|extLst)\b|</worksheet>"
)
HEADER = re.compile(r"<headerFooter\b([^>]*?)(/)?>")
SLIDE_BOX_MM = (6, 2, 160, 6)


def watermarked(content: bytes, file_name: str, text: str) -> bytes:
    """Return a Word, Excel or PowerPoint file's bytes with the text on every page.

    Any other file is returned as it is.
    """
    mark = MARKS.get(file_name.rpartition(".")[2].lower())
    return mark(content, text) if mark else content


def _document(content: bytes, text: str) -> bytes:
    document = docx.Document(io.BytesIO(content))
    has_even = document.settings.odd_and_even_pages_header_footer
    for section in document.sections:
        headers = [section.header]
        headers += [section.even_page_header] if has_even else []
        if section.different_first_page_header_footer:
            headers.append(section.first_page_header)
        for header in headers:
            _mark_header(header, text)
    return _saved(document)


def _mark_header(header: Any, text: str) -> None:
    # Of sections that share a header the first one has marked it for all.
    if any(text in paragraph.text for paragraph in header.paragraphs):
        return
    first = header.paragraphs[0]
    line = header.add_paragraph() if first.text else first
    run = line.add_run(text)
    run.font.size, run.font.color.rgb = Pt(SIZE_PT), RGBColor.from_string(GREY)
    run.font.name = "宋体"
    run._element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")


def _show(content: bytes, text: str) -> bytes:
    show = pptx.Presentation(io.BytesIO(content))
    for slide in show.slides:
        frame = slide.shapes.add_textbox(*map(Mm, SLIDE_BOX_MM)).text_frame
        run = frame.paragraphs[0].add_run()
        run.text = text
        run.font.size, run.font.color.rgb = SlidePt(SIZE_PT), SlideColor.from_string(GREY)
    return _saved(show)


def _saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _book(content: bytes, text: str) -> bytes:
    """Mark the sheets' page headers in the package: a library would lose its charts."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            body = source.read(part)
            if SHEETS.fullmatch(part.filename):
                body = _marked_sheet(body.decode("utf-8"), text).encode()
            target.writestr(part, body)
    return stream.getvalue()


def _marked_sheet(sheet: str, text: str) -> str:
    # In a page header `&` begins a code; the size must not run into digits of the text.
    said = escape(text.replace("&", "&&"))
    header = f"<oddHeader>&amp;L&amp;{SIZE_PT}&amp;K{GREY} {said}</oddHeader>"
    if held := HEADER.search(sheet):
        start, end = held.span()
        closing = "</headerFooter>" if held[2] else ""
        return f"{sheet[:start]}<headerFooter{held[1]}>{header}{closing}{sheet[end:]}"
    place = AFTER_HEADER.search(sheet)
    assert place is not None, "a sheet ends with its own closing tag"
    return f"{sheet[: place.start()]}<headerFooter>{header}</headerFooter>{sheet[place.start() :]}"


MARKS = {"docx": _document, "pptx": _show, "xlsx": _book}
