"""Hostile words in files we write stay words: no link, field, formula or outside address."""

import io
import re
import zipfile
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from tally.notices.bulletin import bulletin
from tally.notices.bulletin_template import bulletin_template
from tally.notices.check_form import check_form
from tally.notices.content import Diagram, Notice
from tally.notices.slides import slides
from tally.notices.slip import slips
from tally.notices.workbook import workbook
from tests.notices.drafted import MOMENT, drafted
from tests.notices.test_check_form import DRAWN, ITEMS, PACK
from tests.notices.test_slip import slip

HOST = "xss.invalid"
PAYLOAD = (
    f'=HYPERLINK("http://{HOST}/a","x") {{{{ 6*7 }}}}{{% if 1 %}} '
    f'{{ HYPERLINK "http://{HOST}/b" }} '
    f"{{DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe}} @SUM(1) http://{HOST}/c "
    f'<w:fldSimple w:instr="PAGE"/> <a href="http://{HOST}/d">&amp;</a>'
)
# The one field that we write ourselves is the number of the page.
FIELD = re.compile(r"<w:instrText[^>]*>(?! *PAGE *<)|<w:fldSimple|<a:fld\b|<w:hyperlink|hlinkClick")
MASTER = "ppt/slideMasters/slideMaster1.xml"
FORMULA = re.compile(r"<(?:\w+:)?f[ >/]|<hyperlink|<ddeLink|<oleLink")


def poisoned(value: Any) -> Any:
    """Return a value with the payload in the place of every text that is shown."""
    if isinstance(value, str):
        return PAYLOAD
    if isinstance(value, tuple):
        return tuple(map(poisoned, value))
    return value


def hostile_notice() -> Notice:
    """Return a notice whose words, sentences, tables and charts are all hostile."""
    notice = drafted()
    parts = {}
    for tag, part in notice.parts.items():
        grids = tuple(
            replace(one, title=PAYLOAD, heads=poisoned(one.heads), rows=poisoned(one.rows))
            for one in part.grids
        )
        parts[tag] = replace(
            part,
            lines=poisoned(part.lines),
            grids=grids,
            diagrams=tuple(map(_drawn, part.diagrams)),
        )
    words = {name: poisoned(word) for name, word in notice.words.items()}
    return replace(notice, title=PAYLOAD, words=words, parts=parts, version=PAYLOAD)


def _drawn(chart: Diagram) -> Diagram:
    return replace(chart, title=PAYLOAD, categories=poisoned(chart.categories))


def hostile_slips() -> bytes:
    """Return a slip whose unit, matters and number are hostile."""
    kind = slip("甲部", "red")
    names = ("unit", "campaign", "issuer", "number", "name")
    rows = tuple(replace(row, **_texts(row)) for row in kind.rows)
    return slips([replace(kind, rows=rows, **dict.fromkeys(names, PAYLOAD))], MOMENT)


def _texts(row: Any) -> dict[str, str]:
    assert is_dataclass(row)
    return {one.name: PAYLOAD for one in fields(row) if isinstance(getattr(row, one.name), str)}


def hostile_form() -> bytes:
    """Return a check form whose items are hostile."""
    items = [{**item, "title": PAYLOAD, "item_no": PAYLOAD, "unit": PAYLOAD} for item in ITEMS]
    return check_form(PACK, DRAWN, items)


def opened(content: bytes, within: str = "") -> dict[str, str]:
    """Return the text of every part of a package, those of embedded workbooks too."""
    parts: dict[str, str] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            inner = package.read(name)
            if name.endswith(".xlsx"):
                parts |= opened(inner, f"{within}{name}!")
            elif name.endswith((".xml", ".rels")):
                parts[f"{within}{name}"] = inner.decode()
    return parts


@pytest.mark.parametrize(
    "make",
    [
        lambda: bulletin(hostile_notice(), bulletin_template()),
        lambda: slides(hostile_notice()),
        lambda: workbook(hostile_notice()),
        hostile_slips,
        hostile_form,
    ],
    ids=["bulletin.docx", "slides.pptx", "notice.xlsx", "slips.docx", "check_form.xlsx"],
)
def test_hostile_words_in_a_file_we_write_stay_words(make: Any) -> None:
    parts = opened(make())
    said = "".join(parts.values())
    relations = "".join(text for name, text in parts.items() if name.endswith(".rels"))

    assert "DDEAUTO" in said and "6*7" in said, "the words were written"
    assert HOST not in relations and "http://xss" not in relations
    assert re.findall(r'TargetMode="External"', relations) == []
    # Layouts of slides come with fields for date and number; no word of a notice is in them.
    own = "".join(text for name, text in parts.items() if "/slideLayouts/" not in name)
    assert FIELD.findall(own.replace(parts.get(MASTER, ""), "")) == []
    sheets = {name: text for name, text in parts.items() if "/worksheets/" in name}
    assert [name for name, text in sheets.items() if FORMULA.search(text)] == []
