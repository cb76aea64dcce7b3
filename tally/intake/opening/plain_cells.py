"""Takes the cells of plainly written worksheet XML by whole arrays instead of one by one.

Every common program writes cells the same plain way: `<c r="B4" s="1" t="s"><v>17</v></c>`.
Whatever is written otherwise raises `NotPlain`, and the sheet goes the slow way.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Bytes = NDArray[np.uint8]

# What a tag begins with, as its code; a tag closed in itself is its code plus EMPTY.
ROW, END_ROW, CELL, END_CELL, VALUE, END_VALUE = 1, 2, 3, 4, 5, 6
FORMULA, END_FORMULA, INLINE, END_INLINE, TEXT, END_TEXT = 7, 8, 9, 10, 11, 12
EMPTY = 16
BEGINNINGS = {
    b"ro": ROW, b"/r": END_ROW, b"c ": CELL, b"/c": END_CELL,
    b"v>": VALUE, b"v ": VALUE, b"v/": VALUE, b"/v": END_VALUE,
    b"f>": FORMULA, b"f ": FORMULA, b"f/": FORMULA, b"/f": END_FORMULA,
    b"is": INLINE, b"/i": END_INLINE, b"t>": TEXT, b"t ": TEXT, b"/t": END_TEXT,
}  # fmt: skip
AFTER_ROW = (ROW, ROW + EMPTY)
AFTER_CELL = (CELL, CELL + EMPTY, END_ROW)
FOLLOWERS = {
    ROW: AFTER_CELL, ROW + EMPTY: AFTER_ROW, END_ROW: AFTER_ROW,
    CELL: (VALUE, VALUE + EMPTY, FORMULA, FORMULA + EMPTY, INLINE, END_CELL),
    CELL + EMPTY: AFTER_CELL, END_CELL: AFTER_CELL,
    VALUE: (END_VALUE,), END_VALUE: (END_CELL,), VALUE + EMPTY: (END_CELL,),
    FORMULA: (END_FORMULA,),
    END_FORMULA: (VALUE, VALUE + EMPTY, END_CELL),
    FORMULA + EMPTY: (VALUE, VALUE + EMPTY, END_CELL),
    INLINE: (TEXT,), TEXT: (END_TEXT,), END_TEXT: (END_INLINE,), END_INLINE: (END_CELL,),
}  # fmt: skip
# A cell's type as its attribute `t` names it, and how long that name is.
NUMBER, SHARED, TRUTH, ERROR, STRING, INLINE_STRING = 1, 2, 3, 4, 5, 6
TYPES = {
    b'n"': (NUMBER, 1), b's"': (SHARED, 1), b'b"': (TRUTH, 1), b'e"': (ERROR, 1),
    b"st": (STRING, 3), b"in": (INLINE_STRING, 9),
}  # fmt: skip
LESS, GREATER, SLASH, SPACE, QUOTE, EQUALS = b'<>/ "='
LOWER_R, LOWER_S, LOWER_T, LETTER_A, ZERO = b"rstA0"
VALUE_TAG = len(b"<v>")
MAX_ATTRIBUTES, MAX_STYLE_DIGITS, MAX_ROW_DIGITS, MAX_WHOLE_DIGITS = 3, 6, 7, 9
NO_STYLE = -1
PADDING = bytes(32)


class NotPlain(Exception):
    """The sheet is written in a way that only a full parser understands."""


class Cells(NamedTuple):
    """A chunk's filled cells in their order: 0-based places, types, styles, spans of the value.

    A span runs from `starts` to `ends` in the chunk; of an inline text it holds the `<t>` tag.
    """

    rows: Ints
    columns: Ints
    types: Bytes
    styles: Ints
    starts: Ints
    ends: Ints
    are_formulas: Flags
    are_inline: Flags
    are_hidden: Flags


def _lookup(entries: dict[bytes, int]) -> Bytes:
    table = np.zeros(1 << 16, np.uint8)
    for pair, code in entries.items():
        table[pair[0] | pair[1] << 8] = code
    return table


def _allowed() -> Flags:
    allowed = np.zeros((2 * EMPTY, 2 * EMPTY), np.bool_)
    for code, followers in FOLLOWERS.items():
        allowed[code, list(followers)] = True
    return allowed


TAG_CODES = _lookup(BEGINNINGS)
TYPE_CODES = _lookup({pair: code for pair, (code, _) in TYPES.items()})
TYPE_LENGTHS = _lookup({pair: length for pair, (_, length) in TYPES.items()})
ALLOWED = _allowed().ravel()


def must(condition: object) -> None:
    """Give the sheet up unless this holds."""
    if not condition:
        raise NotPlain


def _pairs(text: Bytes, at: Ints) -> NDArray[np.integer]:
    return text.take(at) | text.take(at + 1).astype(np.uint16) << 8


def _tags(text: Bytes, size: int) -> tuple[Ints, Bytes]:
    """Return where the tags of a chunk of this size begin, and their codes, in a legal order."""
    opens = np.flatnonzero(text[:size] == LESS)
    codes = TAG_CODES.take(_pairs(text, opens + 1))
    must(codes.all())
    # Between a tag and the next may be blanks or, in a value, its text.
    lasts = np.append(opens[1:], size) - 1
    while (are_blank := text.take(lasts) <= SPACE).any():
        lasts -= are_blank
    are_empty = (text.take(lasts - 1) == SLASH) & (text.take(lasts) == GREATER)
    codes += are_empty.view(np.uint8) * EMPTY
    must(ALLOWED.take(codes[:-1].astype(np.uint16) * (2 * EMPTY) + codes[1:]).all())
    must(codes[0] in AFTER_ROW and codes[-1] in (END_ROW, ROW + EMPTY))
    return opens, codes


def _digits(text: Bytes, at: Ints, most: int) -> tuple[Ints, Ints]:
    """Return the numbers that begin at these places and where they end."""
    numbers, at = np.zeros(len(at), np.int64), at.copy()
    for _ in range(most):
        digits = text.take(at) - ZERO
        are_digits = digits < 10
        if are_digits.all():
            numbers = numbers * 10 + digits
        elif are_digits.any():
            numbers = np.where(are_digits, numbers * 10 + digits, numbers)
        else:
            break
        at += are_digits
    return numbers, at


def _references(text: Bytes, at: Ints) -> tuple[Ints, Ints, Ints]:
    """Return rows and columns, 0-based, of the references at these places, and their ends."""
    columns, at = np.zeros(len(at), np.int64), at.copy()
    for _ in range(3):
        letters = text.take(at) - LETTER_A
        are_letters = letters < 26
        if not are_letters.any():
            break
        columns = np.where(are_letters, columns * 26 + letters + 1, columns)
        at += are_letters
    must(columns.all() and (text.take(at) != ZERO).all())
    rows, at = _digits(text, at, MAX_ROW_DIGITS)
    must(rows.all() and (text.take(at) == QUOTE).all())
    return rows - 1, columns - 1, at + 1


def _attributes(text: Bytes, at: Ints) -> tuple[Bytes, Ints]:
    """Return the types and styles of cells whose attributes go on at these places."""
    types, styles = np.full(len(at), NUMBER, np.uint8), np.full(len(at), NO_STYLE)
    left = np.arange(len(at))
    for _ in range(MAX_ATTRIBUTES):
        starts = text.take(at)
        are_left = starts != GREATER
        if not are_left.all():
            left, at, starts = left[are_left], at[are_left], starts[are_left]
        if not len(left):
            return types, styles
        names = text.take(at + 1)
        must((starts == SPACE).all() and (text.take(at + 2) == EQUALS).all())
        must((text.take(at + 3) == QUOTE).all())
        are_types = names == LOWER_T
        must((are_types | (names == LOWER_S)).all())
        at = at + 4
        pairs = _pairs(text, at[are_types])
        types[left[are_types]] = TYPE_CODES.take(pairs)
        styles[left[~are_types]], ends = _digits(text, at[~are_types], MAX_STYLE_DIGITS)
        at[are_types] += TYPE_LENGTHS.take(pairs)
        at[~are_types] = ends
        must((text.take(at) == QUOTE).all())
        at += 1
    raise NotPlain


def _spans(text: Bytes, opens: Ints, codes: Bytes, cells: Ints) -> tuple[Ints, Ints, Flags, Flags]:
    """Return where the values of cells lie, which cells are formulas, which hold inline text."""
    values = cells + 1
    kinds = codes.take(values)
    are_formulas = (kinds == FORMULA) | (kinds == FORMULA + EMPTY)
    if are_formulas.any():
        values += are_formulas
        values += kinds == FORMULA
        kinds = codes.take(values)
    starts = opens.take(values)
    are_values, are_inline = kinds == VALUE, kinds == INLINE
    starts += are_values * VALUE_TAG
    must((text.take(starts[are_values] - 1) == GREATER).all())
    ends = np.where(are_values, opens.take(values + 1), starts)
    if are_inline.any():
        starts = np.where(are_inline, opens.take(values + 1), starts)
        ends = np.where(are_inline, opens.take(values + 2, mode="clip"), ends)
    return starts, ends, are_formulas, are_inline


def _hidden_rows(chunk: bytes, opens: Ints) -> Flags:
    """Tell which of the chunk's rows, whose tags begin here, are hidden."""
    flags = np.zeros(len(opens), np.bool_)
    for at, start in enumerate(opens.tolist()):
        tag = chunk[start : chunk.index(b">", start)]
        if b"hidden" in tag:
            flags[at] = b' hidden="1"' in tag or b' hidden="true"' in tag
            must(flags[at] or b' hidden="0"' in tag or b' hidden="false"' in tag)
    return flags


def take(chunk: bytes) -> Cells:
    """Return the filled cells of whole rows of XML; NotPlain when the rows are not plain."""
    text = np.frombuffer(chunk + PADDING, np.uint8)
    opens, codes = _tags(text, len(chunk))
    cells = np.flatnonzero(codes == CELL)
    cells = cells[codes.take(cells + 1) != END_CELL]
    at = opens.take(cells) + len(b"<c r")
    must((text.take(at - 1) == LOWER_R).all() and (text.take(at) == EQUALS).all())
    must((text.take(at + 1) == QUOTE).all())
    rows, columns, at = _references(text, at + 2)
    types, styles = _attributes(text, at)
    spans = _spans(text, opens, codes, cells)
    must(types.all() and not ((types == INLINE_STRING) & ~spans[3]).any())
    are_hidden = np.zeros(len(cells), np.bool_)
    if b"hidden" in chunk:
        tags = np.flatnonzero((codes == ROW) | (codes == ROW + EMPTY))
        are_hidden = _hidden_rows(chunk, opens[tags])[np.searchsorted(tags, cells) - 1]
    return Cells(rows, columns, types, styles, *spans, are_hidden)


def whole_numbers(chunk: bytes, starts: Ints, ends: Ints) -> tuple[Ints, Flags]:
    """Return the numbers in these spans, and which spans hold nothing but a few digits."""
    text = np.frombuffer(chunk, np.uint8)
    lengths = ends - starts
    numbers, are_whole = np.zeros(len(starts), np.int64), np.zeros(len(starts), np.bool_)
    for length in range(1, MAX_WHOLE_DIGITS + 1):
        chosen = np.flatnonzero(lengths == length)
        if not len(chosen):
            continue
        at, found = starts.take(chosen), np.zeros(len(chosen), np.int32)
        most = np.zeros(len(chosen), np.uint8)
        for _ in range(length):
            digits = text.take(at) - ZERO
            np.maximum(most, digits, out=most)
            found *= 10
            found += digits
            at += 1
        numbers[chosen] = found
        are_whole[chosen] = most < 10
    return numbers, are_whole
