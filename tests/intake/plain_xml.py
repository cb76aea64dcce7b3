"""Writes made-up worksheets as XML, cell by cell, the way common programs write them."""

import zipfile
from io import BytesIO
from typing import NamedTuple

from hypothesis import strategies as st

from tally.intake.opening.grids import column_letters

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"
# General, a day, a percentage, hours past a day, a Chinese day, a Chinese percentage, a time.
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="170" formatCode="m&quot;月&quot;d&quot;'
    '日&quot;"/><numFmt numFmtId="171" formatCode="0.000%"/></numFmts><cellXfs>'
    + "".join(f'<xf numFmtId="{number}"/>' for number in (0, 14, 10, 46, 170, 171, 20))
    + "</cellXfs></styleSheet>"
)
RELATIONS = {
    "_rels/.rels": ("officeDocument", "xl/workbook.xml"),
    "xl/_rels/workbook.xml.rels": ("worksheet", "worksheets/sheet1.xml"),
}


class Sheet(NamedTuple):
    """What a made-up sheet is written from: its rows' XML, shared strings, what stands around."""

    rows: str
    strings: tuple[str, ...] = ()
    before: str = ""
    behind: str = ""
    is_1904: bool = False


def package(sheet: Sheet) -> bytes:
    """Return a package of one sheet, its XML written as given."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, (kind, target) in RELATIONS.items():
            archive.writestr(
                name,
                f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="{OFFICE}/{kind}" '
                f'Target="{target}"/></Relationships>',
            )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
            f'<workbookPr date1904="{sheet.is_1904:d}"/><sheets>'
            '<sheet name="台账" sheetId="1" r:id="r"/></sheets></workbook>',
        )
        archive.writestr("xl/styles.xml", STYLES)
        items = "".join(f"<si>{item}</si>" for item in sheet.strings)
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{items}</sst>')
        archive.writestr(
            SHEET,
            f'<worksheet xmlns="{MAIN}">{sheet.before}<sheetData>{sheet.rows}</sheetData>'
            f"{sheet.behind}</worksheet>",
        )
    return stream.getvalue()


TEXTS = st.text(
    st.sampled_from("甲乙 1.%&<>\"'_x\t\n\r—　年月日")
    | st.characters(codec="utf-8", min_codepoint=32),
    max_size=12,
) | st.sampled_from(["10.24", "_x000D_", "_x005F_x000D_", " 前后 ", "2022.9", "#N/A", "]]>", "𠮷"])


def escaped(text: str) -> str:
    """Return a text as XML; what XML cannot hold is left out."""
    kept = "".join(c for c in text if c in "\t\n\r" or 32 <= ord(c) < 0xFFFE or ord(c) > 0xFFFF)
    return kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


NEAR_NUMBERS = st.one_of(
    st.integers(-5, 60_000).map(str),
    st.floats(-10, 60_000).map(lambda number: f"{number:.12g}"),
    st.sampled_from(["0.065", "10.24", "1E3", "+5", ".5", "5.", "-0", "007", "44805.5"]),
)
# Shown as days these end the reader.
FAR_NUMBERS = st.one_of(
    st.integers(-(10**18), 10**18).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.just("1e400"),
)
STYLE = st.sampled_from(["", *(f' s="{number}"' for number in range(8))])
FORMULA = st.sampled_from(
    ["", "", "<f>A1+B1</f>", '<f t="shared" si="0"/>', '<f t="array" ref="A1:B2">SUM(A1&gt;1)</f>']
)
ITEMS = st.one_of(
    TEXTS.map(lambda text: f"<t>{escaped(text)}</t>"),
    TEXTS.map(lambda text: f'<t xml:space="preserve">{escaped(text)}</t>'),
    TEXTS.map(lambda text: f'<t>{escaped(text)}</t><phoneticPr fontId="1" type="noConversion"/>'),
    TEXTS.map(
        lambda text: (
            f"<r><rPr><b/></rPr><t>{escaped(text)}</t></r><r><t> 后</t></r>"
            '<rPh sb="0" eb="1"><t>ko</t></rPh>'
        )
    ),
    st.sampled_from(["<t/>", "<t></t>", ""]),
)
INLINE = st.one_of(
    TEXTS.map(lambda text: f"<t>{escaped(text)}</t>"),
    TEXTS.map(lambda text: f'<t xml:space="preserve">{escaped(text)}</t>'),
)


def _number(style: str, kind: str, formula: str, written: str) -> str:
    return f"{style}{kind}>{formula}<v>{written}</v></c>"


def _void(style: str, kind: str, formula: str, value: str) -> str:
    return f"{style}{kind}>{formula}{value}</c>"


# Each is a cell's XML after its reference.
CELLS = st.one_of(
    st.builds(_number, STYLE, st.sampled_from(["", ' t="n"']), FORMULA, NEAR_NUMBERS),
    st.builds(_number, st.just(""), st.sampled_from(["", ' t="n"']), FORMULA, FAR_NUMBERS),
    st.builds(_number, STYLE, st.just(' t="b"'), FORMULA, st.sampled_from("01")),
    st.builds(
        _number, STYLE, st.just(' t="e"'), FORMULA, st.sampled_from(["#N/A", "#DIV/0!", "#REF!"])
    ),
    st.builds(_number, STYLE, st.just(' t="str"'), FORMULA, TEXTS.map(escaped)),
    st.builds(lambda style, text: f'{style} t="inlineStr"><is>{text}</is></c>', STYLE, INLINE),
    st.builds(
        _void,
        STYLE,
        st.sampled_from(["", ' t="n"', ' t="b"', ' t="str"', ' t="s"']),
        FORMULA,
        st.sampled_from(["", "<v></v>", "<v/>", "<v />"]),
    ),
    st.builds(lambda style: f"{style}/>", STYLE),
)
ROW = st.sampled_from(
    ["", ' spans="1:9"', ' hidden="1"', ' ht="13.5" hidden="true"', ' hidden="0"']
)
BEFORE = st.sampled_from(
    ["", '<cols><col min="2" max="3" hidden="1"/></cols>', '<dimension ref="A1:B2"/>']
)
BEHIND = st.sampled_from(
    [
        "",
        '<mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="B2:B30"/></mergeCells>',
        '<autoFilter ref="A2:D40"><filterColumn colId="0"/></autoFilter>',
    ]
)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Write a plain sheet of any cells, with gaps between them."""
    strings = tuple(draw(st.lists(ITEMS, min_size=1, max_size=5)))
    shared = st.builds(
        lambda style, number: f'{style} t="s"><v>{number}</v></c>',
        STYLE,
        st.integers(0, len(strings) - 1),
    )
    rows, row = [], 0
    for cells in draw(st.lists(st.lists(CELLS | shared, max_size=6), max_size=6)):
        row += draw(st.integers(1, 3))
        written, column = [], -1
        for cell in cells:
            column += draw(st.sampled_from([1, 1, 1, 2, 26]))
            written.append(f'<c r="{column_letters(column)}{row}"{cell}')
        rows.append(f'<row r="{row}"{draw(ROW)}>{"".join(written)}</row>')
    return Sheet("".join(rows), strings, draw(BEFORE), draw(BEHIND), draw(st.booleans()))
