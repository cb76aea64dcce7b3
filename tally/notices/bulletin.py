"""The 通报 in Word: a template's tags filled, its tables and charts put in, its parts numbered."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

import docx
import jinja2
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from tally.notices import official
from tally.notices.bulletin_template import SOURCES_TAG
from tally.notices.content import Diagram, Grid, Notice
from tally.notices.package import dated, settled
from tally.notices.placing import place_chart, place_grid
from tally.words import numeral

TABLE = "table"
LEVEL_1 = re.compile(r"^[一二三四五六七八九十]+、")
LEVEL_2 = re.compile(r"^（[一二三四五六七八九十]+）")
MARK = re.compile(r"^⟦(.+)⟧$")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff⟦⟧]")
OBJECT_TAGS = (
    *("表_进度", "表_逾期", "表_排名", "表_任务", "表_指标", "表_未报", "表_长期逾期", "表_预警"),
    *("图_进度", "图_月度", "图_排名", SOURCES_TAG),
)


class TemplateError(ValueError):
    """A template cannot be filled; the message says in Chinese what to change in it."""


def bulletin(notice: Notice, template: bytes) -> bytes:
    """Return the notice as a .docx; TemplateError where the template is at fault."""
    document = _filled(notice, template)
    _number_headings(document)
    _fit_masthead(document)
    _keep_signature(document)
    _place_objects(document, notice)
    author = str(notice.words["发文机关"])
    dated(document.core_properties, notice.title, author, notice.moment)
    return settled(official.saved(document))


def known_tags(notice: Notice) -> dict[str, Any]:
    """Return what every tag of a template stands for."""
    lines = {tag: [clean(line) for line in part.lines] for tag, part in notice.parts.items()}
    figures = {figure.label: figure.value for figure in notice.figures}
    marks = {tag: f"⟦{tag}⟧" for tag in OBJECT_TAGS}
    words = {tag: clean(word) for tag, word in notice.words.items()}
    return {**figures, **words, **lines, **marks}


def clean(value: Any) -> Any:
    """Take out of a text what no Word file may hold."""
    return UNPRINTABLE.sub("", value) if isinstance(value, str) else value


def _filled(notice: Notice, template: bytes) -> Document:
    tags = known_tags(notice)
    environment = SandboxedEnvironment(undefined=jinja2.StrictUndefined)
    try:
        filled = DocxTemplate(io.BytesIO(template))
        unknown = filled.get_undeclared_template_variables(environment) - set(tags)
        if unknown:
            raise TemplateError(_unknown_words(unknown, tags))
        filled.render(tags, environment, autoescape=True)
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError) as error:
        raise TemplateError("模板不是 Word 文档（.docx），请用 Word 或 WPS 另存为 .docx") from error
    except jinja2.TemplateSyntaxError as error:
        raise TemplateError(f"模板里有没写完整的标记：{error.message}") from error
    except jinja2.TemplateError as error:
        raise TemplateError(f"模板里有用不了的标记：{error}") from error
    document: Document = filled.docx
    return document


def _unknown_words(unknown: set[str], tags: Mapping[str, Any]) -> str:
    wrong = "、".join(sorted(unknown))
    return f"模板里有认不出的标记：{wrong}。可用的标记：{'、'.join(sorted(tags))}"


def _number_headings(document: Document) -> None:
    """Count the headings anew: a part that is left out leaves no gap in 一、二、三."""
    first = second = 0
    for paragraph in document.paragraphs:
        if LEVEL_1.match(paragraph.text) and _style(paragraph) == official.LEVEL_1:
            first, second = first + 1, 0
            _renumber(paragraph, LEVEL_1, f"{numeral(first)}、")
        elif LEVEL_2.match(paragraph.text) and _style(paragraph) == official.LEVEL_2:
            second += 1
            _renumber(paragraph, LEVEL_2, f"（{numeral(second)}）")


def _renumber(paragraph: Paragraph, pattern: re.Pattern[str], number: str) -> None:
    text = pattern.sub(number, paragraph.text)
    for run in paragraph.runs[1:]:
        run.text = ""
    paragraph.runs[0].text = text


def _style(paragraph: Paragraph) -> str:
    return str(paragraph.style.name) if paragraph.style else ""


def _fit_masthead(document: Document) -> None:
    """Set the issuer's name in red as large as one line allows, where the template did not."""
    for paragraph in document.paragraphs:
        if _style(paragraph) == official.MASTHEAD:
            for run in paragraph.runs:
                if run.font.size is None:
                    run.font.size = Pt(official.masthead_pt(paragraph.text))


def _keep_signature(document: Document) -> None:
    """Keep issuer and date with the text before them: they never stand on a page of their own."""
    signed = [
        place
        for place, paragraph in enumerate(document.paragraphs)
        if _style(paragraph) == official.SIGNED
    ]
    for paragraph in document.paragraphs[max(signed[0] - 1, 0) : signed[-1]] if signed else ():
        paragraph.paragraph_format.keep_with_next = True


def _place_objects(document: Document, notice: Notice) -> None:
    """Put each table and chart where its tag stands; a tag with nothing behind it goes."""
    grids = {grid.tag: grid for grid in notice.grids}
    diagrams = {diagram.tag: diagram for diagram in notice.diagrams}
    numbered: dict[str, str] = {}
    counts = {"表": 0, "图": 0}
    for paragraph in list(document.paragraphs):
        mark = MARK.match(paragraph.text.strip())
        if mark is None:
            continue
        tag = mark[1]
        source = sources(notice, numbered) if tag == SOURCES_TAG else None
        found = source or grids.get(tag) or diagrams.get(tag)
        if found is None:
            paragraph._p.getparent().remove(paragraph._p)
            continue
        kind = "表" if isinstance(found, Grid) else "图"
        counts[kind] += 1
        numbered[tag] = f"{kind}{counts[kind]}"
        _place(document, paragraph, found, counts[kind])


def _place(document: Document, paragraph: Paragraph, found: Grid | Diagram, number: int) -> None:
    if isinstance(found, Grid):
        place_grid(document, paragraph, found, number)
    else:
        place_chart(document, paragraph, found, number)


def sources(notice: Notice, numbered: Mapping[str, str]) -> Grid:
    """Return the table of where every figure comes from: each question and what it answered.

    `numbered` says under which number a table or chart stands in the document.
    """
    answered: dict[str, list[str]] = {}
    for figure in notice.figures:
        answered.setdefault(figure.query, []).append(f"{figure.label} {figure.value}")
    placed: tuple[Grid | Diagram, ...] = (*notice.grids, *notice.diagrams)
    for shown in placed:
        if shown.tag in numbered:
            answered.setdefault(shown.query, []).append(f"{numbered[shown.tag]} {shown.title}")
    return Grid(
        SOURCES_TAG,
        "数据来源",
        ("问题和参数（manage.py ask …）", "答出的数字和图表"),
        tuple((query, "；".join(told)) for query, told in answered.items()),
        (5, 8),
        "",
        f"数据版本：{notice.version}",
    )


def passages(content: bytes) -> Iterator[tuple[str, str | list[list[str]]]]:
    """Yield what a .docx says from first to last: its style with a text, `table` with rows."""
    document = docx.Document(io.BytesIO(content))
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            if block.text.strip():
                yield _style(block), block.text
        else:
            yield TABLE, [[cell.text for cell in row.cells] for row in block.rows]
