"""What is shown of personal data: enough to tell two apart at a glance, too little to use.

The same text is always masked the same way, so that a list compared with last month's says
what changed; a masked text holds nothing that would be masked again.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tally.intake.cells.personal import (
    ACCOUNT,
    ADDRESS,
    CARD,
    FULL_WIDTH,
    HALF_WIDTH,
    IDENTITY,
    LOCAL_WORD_ENDS,
    MAIL,
    NAME,
    PHONE,
    PLATE,
    THREE_DIGITS,
    number_spans,
    without_personal,
)
from tally.intake.cells.persons import (
    ANNOUNCED,
    COMPOUND,
    HAN,
    HOME,
    OF_A_PLACE,
    SURNAMES,
    USUAL,
    door_spans,
    home_spans,
    is_name,
    kept_part,
    name_spans,
    names_before_numbers,
)

HIDDEN = "****"
MOBILE_DIGITS = 11
BLANKS = re.compile(r"[\s-]")
NOT_DIGITS = re.compile(r"\D")
LANDLINE_AREA = re.compile(r"0(?:10|2\d|[3-9]\d{2})(?=[2-8]\d{6})")
HAN_NAME = re.compile(rf"({COMPOUND}|[{HAN}])([{HAN}]*)")
# What says whom to call, and not how anybody is called.
TITLED = re.compile(rf"(?:{COMPOUND}|[{HAN}])(?:先生|女士|小姐|同志|老师|师傅|阿姨|大爷|某+)")
NAMES_APART = re.compile(r"([、，,;；/\s（）()]+)")

# Without one of these a text holds nothing personal: seven digits, an @, a plate, an account; a
# word that announces a name or an address; a door. A few small patterns are looked for faster
# than a large one.
SIGNS = (
    r"[0-9０-９](?:[\s()（）-]{0,2}[0-9０-９]){6}|[@＠]|[A-Z][·.\s]?[A-Z0-9]{5}|微信|QQ",
    rf"{ANNOUNCED}[姓:：（(\s名叫为是系{SURNAMES}]|{OF_A_PLACE}[姓:：（(\s名叫为是系{USUAL}]|{HOME}",
    r"[栋幢座楼元层号院#]\s*[0-9０-９]{3}|单元",
)

NUMBER_SIGN, WORD_SIGN, DOOR_SIGN, EVERY_SIGN = 1, 2, 4, 7

Span = tuple[int, int, str]


def _masked_phone(text: str) -> str:
    digits = NOT_DIGITS.sub("", text)
    if digits.startswith("86") and len(digits) == 13:
        digits = digits[2:]
    if len(digits) == MOBILE_DIGITS and digits[0] == "1":
        return f"{digits[:3]}{HIDDEN}{digits[-4:]}"
    area = LANDLINE_AREA.match(digits)
    return f"{area[0]}-{HIDDEN}{digits[-2:]}" if area else f"{HIDDEN}{digits[-2:]}"


def _masked_identity(text: str) -> str:
    text = BLANKS.sub("", text)
    if len(text) == MOBILE_DIGITS:
        return _masked_phone(text)
    return text[:4] + "*" * (len(text) - 8) + text[-4:] if len(text) > 8 else HIDDEN


def _masked_card(text: str) -> str:
    return HIDDEN + NOT_DIGITS.sub("", text)[-4:]


def _masked_plate(text: str) -> str:
    return f"{text[:2]}{HIDDEN}{text[-1]}"


def _masked_mail(text: str) -> str:
    name, _, host = text.rpartition("@")
    return f"{name[:1]}***@{host}"


def masked_name(text: str) -> str:
    """Return a name as its surname and a star for each other sign: `王**`."""
    if TITLED.fullmatch(text):
        return text
    found = HAN_NAME.fullmatch(text)
    if found and found[2]:
        return found[1] + "*" * len(found[2])
    return text[:1] + "*" * min(len(text) - 1, 3)


def _masked_names(text: str) -> str:
    """Return the names of a cell of names, each masked; numbers among them too."""
    if HAN_NAME.fullmatch(text):
        return masked_name(text)
    has_number = THREE_DIGITS.search(text) and number_spans(text)
    parts = NAMES_APART.split(masked(text) if has_number else text)
    return "".join(
        part if at % 2 or (has_number and not HAN_NAME.fullmatch(part)) else masked_name(part)
        for at, part in enumerate(parts)
        if part
    )


def masked_address(text: str) -> str:
    """Return an address as far as its street, estate or village."""
    return kept_part(text) + HIDDEN


def _masked_account(text: str) -> str:
    return text[:1] + "***"


MASKS: Mapping[str, Callable[[str], str]] = {
    PHONE: _masked_phone,
    IDENTITY: _masked_identity,
    CARD: _masked_card,
    PLATE: _masked_plate,
    MAIL: _masked_mail,
    NAME: masked_name,
    ADDRESS: lambda text: HIDDEN,
    ACCOUNT: _masked_account,
}
# A cell of such a column is masked whole, whatever stands in it.
CELL_MASKS: Mapping[str, Callable[[str], str]] = {
    **MASKS,
    NAME: _masked_names,
    ADDRESS: masked_address,
}


def personal_spans(text: str, signs: int = EVERY_SIGN) -> list[Span]:
    """Return where personal data of which kind stands in a text; none meets another.

    `signs` are the bits of those of `SIGNS` that the text has, when that is known.
    """
    plain = text.translate(HALF_WIDTH) if FULL_WIDTH.search(text) else text
    spans = number_spans(plain) if signs & NUMBER_SIGN else []
    if signs & WORD_SIGN:
        spans += [(start, end, NAME) for start, end in name_spans(plain)]
        spans += [(start, end, ADDRESS) for start, end in home_spans(plain)]
    if spans:
        spans += [(start, end, NAME) for start, end in names_before_numbers(plain)]
    if signs & DOOR_SIGN:
        spans += [(start, end, ADDRESS) for start, end in door_spans(plain)]
    return spans if len(spans) < 2 else _apart(spans)


def _apart(spans: list[Span]) -> list[Span]:
    """Return spans of which none meets another, in their order."""
    apart: list[Span] = []
    for start, end, kind in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end, kind))
        elif end > apart[-1][1]:
            # Two that meet are one, hidden whole: an address that runs on into a number.
            apart[-1] = apart[-1][0], end, ADDRESS
    return apart


def masked(text: str, spans: list[Span] | None = None) -> str:
    """Return a text with everything personal in it masked; all else stays as written."""
    shown, at = [], 0
    for start, end, kind in personal_spans(text) if spans is None else spans:
        if text[start] in LOCAL_WORD_ENDS:
            # A local number is known by the word before it, which stays.
            start = next(place for place in range(start, end) if text[place].isdigit())
        shown += [text[at:start], MASKS[kind](text[start:end].translate(HALF_WIDTH))]
        at = end
    return "".join((*shown, text[at:]))


def hidden(text: str) -> str:
    """Return a text for a record: names and homes masked, of personal numbers nothing left."""
    spans = [span for span in personal_spans(text) if span[2] in (NAME, ADDRESS)]
    return without_personal(masked(text, spans))


def names_of(text: str) -> list[str]:
    """Return the full names in a cell of names."""
    return [part for part in NAMES_APART.split(text) if is_name(part)]


def without_names(text: str, names: Iterable[str]) -> str:
    """Return a text with these names masked wherever they stand, the longest first."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, masked_name(name))
    return text


def suspects(texts: Sequence[str | None]) -> list[tuple[int, int]]:
    """Return which of many texts may hold personal data, each with the bits of its signs."""
    column = pa.array(texts, pa.string())
    bits = np.zeros(len(texts), np.int8)
    for bit, sign in enumerate(SIGNS):
        found = pc.match_substring_regex(column, sign).fill_null(False)
        bits |= np.asarray(found).astype(np.int8) << bit
    places = np.flatnonzero(bits)
    return list(zip(places.tolist(), bits[places].tolist(), strict=True))


def masked_cell(text: str, kind: str) -> str:
    """Return a cell of a column of personal data (`姓名`, `电话` …) masked."""
    return CELL_MASKS.get(kind, _masked_account)(text.strip())
