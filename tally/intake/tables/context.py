"""Which campaign, month and unit a file belongs to: said by the caller, else read, else asked."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tally.contracts import Question
from tally.intake.cells.answers import plain
from tally.intake.cells.dates import Window, normal_text, read_date
from tally.intake.cells.names import Names, Units
from tally.intake.tables.table import Table
from tally.packs import Pack

QUOTES = re.compile(r"[“”\"'‘’《》「」、，,·\s（）()【】]")
YEAR_MONTH = re.compile(
    r"(?<!\d)(20\d{2})(?:年(?:\d{1,2}月?[-—~至到])?|[-._/])(1[0-2]|0?[1-9])(?!\d)"
)
COMPACT_MONTH = re.compile(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])(?:\d{2})?(?!\d)")
# In a file's name a whole day is when it was sent, not the month it is about.
SENT_ON = re.compile(r"(?<!\d)20\d{2}([-._/]?)(?:1[0-2]|0?[1-9])\1(?:[12]\d|3[01]|0?[1-9])(?!\d)")
BARE_MONTH = re.compile(r"(?<![\d年.])(?:\d{1,2}月?[-—~至到])?(1[0-2]|0?[1-9])月(?!\d)")
FILLED_BY = re.compile(
    r"(?:填报|报送|上报|填表)(?:单位|部门)(?:\([^)]*\))?:(.*?)(?=[填报联审制统负]\S{1,4}:|日期:|时间:|\Z)"
)
FILLED_ON = re.compile(r"(?:填报|报送|上报|填表|统计|制表)(?:日期|时间):?\s*(\S+(?: \d[\d:]*)?)")
ENOUGH_COVERAGE = 0.5


@dataclass(frozen=True)
class Words:
    """The words around the tables of a file, most telling first."""

    titles: tuple[str, ...]
    notes: tuple[str, ...]
    sheets: tuple[str, ...]
    file: str

    @property
    def all(self) -> tuple[str, ...]:
        """Every text that may name a campaign, a month or a unit."""
        return (*self.titles, *self.sheets, self.file)


def words_around(tables: Sequence[Table], file_stem: str) -> Words:
    """Collect what stands above and below the tables, and the names of sheets and file."""
    return Words(
        tuple(_half_width(text) for table in tables for text in table.titles),
        tuple(_half_width(text) for table in tables for text in table.notes),
        tuple(_half_width(table.grid.name) for table in tables),
        SENT_ON.sub(" ", _half_width(file_stem)),
    )


def _half_width(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _lead_words(tables: Iterable[Table]) -> Counter[str]:
    """Return the words of the responsibility columns with how many rows say them."""
    said: Counter[str] = Counter()
    for table in tables:
        said.update(table.words("unit"))
    return said


def _is_named(pack: Pack, text: str) -> bool:
    names = (pack.campaign.full_name, pack.campaign.name)
    return any(QUOTES.sub("", name) in QUOTES.sub("", text) for name in names)


def _is_issued_by(pack: Pack, texts: Iterable[str]) -> bool:
    return any(plain(pack.campaign.issuer) in plain(text) for text in texts)


def _coverage(pack: Pack, leads: Mapping[str, int]) -> float:
    """Return the share of responsibility cells whose every unit or organ is the pack's."""
    units = Units(pack, with_organs=True)
    known = [word for word in leads if (named := units.read(word)).lead and not named.unknown]
    return sum(leads[word] for word in known) / sum(leads.values()) if leads else 0


def find_campaign(
    packs: Mapping[str, Pack], wanted: str, words: Words, tables: Sequence[Table]
) -> Pack | Question:
    """Return the file's campaign: as asked, as named in its words, or as its units show."""
    if wanted in packs:
        return packs[wanted]
    if wanted:
        return Question("--campaign", f"没有“{wanted}”这个专项行动，属于哪一个？", tuple(packs))
    named = [pack for pack in packs.values() if any(_is_named(pack, text) for text in words.all)]
    if not named:
        named = [pack for pack in packs.values() if _is_issued_by(pack, words.all)]
    if len(named) == 1:
        return named[0]
    leads = _lead_words(tables)
    shares = {slug: _coverage(pack, leads) for slug, pack in packs.items()}
    best = max(shares.values(), default=0)
    closest = [slug for slug, share in shares.items() if share == best >= ENOUGH_COVERAGE]
    if len(closest) == 1:
        return packs[closest[0]]
    return Question("--campaign", "文件没有写明属于哪个专项行动，是哪一个？", tuple(packs))


def _stated_month(text: str, window: Window) -> date | None:
    """Return the month a text names; a month without a year takes the campaign's."""
    text = normal_text(text)
    for pattern in (YEAR_MONTH, COMPACT_MONTH):
        if match := pattern.search(text):
            return date(int(match[1]), int(match[2]), 1)
    if (match := BARE_MONTH.search(text)) and (year := window.year_of(int(match[1]), 28)):
        return date(year, int(match[1]), 1)
    return None


def reported_on(words: Words, window: Window) -> date | None:
    """Return the day of `填报日期：…` above or below a table, or None."""
    for text in (*words.titles, *words.notes):
        if match := FILLED_ON.search(text):
            answer = read_date(match[1].rstrip("。;"), window)
            if answer.value is not None:
                return answer.value
    return None


def _title_months(words: Words, window: Window) -> set[date]:
    """Return the months of the titles, lines that say who filled in when left out."""
    titles = [FILLED_ON.sub("", text) for text in words.titles]
    return {month for text in titles if (month := _stated_month(text, window))}


def stated_months(words: Words, window: Window) -> set[date]:
    """Return the months that titles, sheets or the file's name state."""
    named = (words.file, *words.sheets)
    return _title_months(words, window) | {
        month for text in named if (month := _stated_month(text, window))
    }


def find_month(wanted: date | None, words: Words, window: Window) -> date | Question:
    """Return the first day of a state ledger's month: as asked, as stated, or of 填报日期."""
    if wanted:
        return wanted.replace(day=1)
    stated = stated_months(words, window)
    if not stated and (filled_on := reported_on(words, window)):
        stated = {filled_on.replace(day=1)}
    if len(stated) == 1:
        return stated.pop()
    choices = tuple(f"{month:%Y-%m}" for month in sorted(stated))
    if choices:
        sentence = f"标题、文件名、工作表名写的月份不一致（{'、'.join(choices)}），是哪个月的台账？"
        return Question("--month", sentence, choices)
    return Question("--month", "文件没有写明月份，是哪个月的台账？")


def first_of_month(on: date | None) -> date | None:
    """Return the first day of a day's month; None for no day."""
    return on.replace(day=1) if on else None


def table_words(table: Table) -> str:
    """Return what a table is called: its title, else its sheet's name."""
    return table.titles[0] if table.titles else table.grid.name


def _own_months(table: Table, window: Window) -> set[date]:
    """Return the months that a table's own title, else its sheet's name, states."""
    if table.header.contract.nature != "state":
        return set()
    titles = [FILLED_ON.sub("", _half_width(text)) for text in table.titles]
    stated = {month for text in titles if (month := _stated_month(text, window))}
    if not stated and (month := _stated_month(_half_width(table.grid.name), window)):
        return {month}
    return stated


def of_month(
    tables: Sequence[Table], month: date, window: Window
) -> tuple[list[Table], list[tuple[Table, date]]]:
    """Return the tables of a month, and those that clearly are other months' with their month.

    Where no table states this month, none is left out: the caller knows better.
    """
    own = [_own_months(table, window) for table in tables]
    if not any(month in months for months in own):
        return list(tables), []
    others = [
        (table, min(months))
        for table, months in zip(tables, own, strict=True)
        if months and month not in months
    ]
    left_out = [id(table) for table, _ in others]
    return [table for table in tables if id(table) not in left_out], others


def comparable(tables: Sequence[Table], window: Window | None) -> list[list[Table]]:
    """Return the tables in groups that may hold the same rows: of one kind.

    While the month is not known, `window` tells tables that state other months apart.
    """
    groups: dict[tuple[str, frozenset[date]], list[Table]] = {}
    for table in tables:
        months = frozenset(_own_months(table, window)) if window else frozenset()
        groups.setdefault((table.header.contract.kind, months), []).append(table)
    return list(groups.values())


def stated_unit(words: Words, units: Units) -> str:
    """Return the one unit that the lines around the table, or the names, speak of; else ''."""
    for text in (*words.titles, *words.notes):
        if match := FILLED_BY.search(text):
            named = units.mentioned(match[1])
            return named[0] if len(named) == 1 else ""
    found = {name for text in words.all for name in units.mentioned(text)}
    return found.pop() if len(found) == 1 else ""


def submitters(tables: Iterable[Table], names: Names) -> Units:
    """Return who may submit a file: organs too, where every ledger in it admits them."""
    admits = all(table.header.contract.admits_organs for table in tables)
    return names.bodies if admits else names.units


def table_unit(table: Table, names: Names) -> str:
    """Return the unit that a table without a column of units is of: one sheet, one unit.

    It stands in the lines above the table or in the sheet's name; '' otherwise.
    """
    column = table.header.contract.columns_by_name.get("unit")
    if column is None or table.header.assignment.position("unit") is not None:
        return ""
    titles, sheet = tuple(map(_half_width, table.titles)), _half_width(table.grid.name)
    return stated_unit(Words(titles, (), (sheet,), ""), submitters((table,), names))


def leads(tables: Sequence[Table], names: Names) -> tuple[str, ...]:
    """Return the units that lead rows, in the tables' order; unknown ones left out."""
    named = [
        submitters((table,), names).read(word).lead
        for table in tables
        for word in table.words("unit")
    ]
    own = [table_unit(table, names) for table in tables]
    return tuple(dict.fromkeys(lead for lead in (*named, *own) if lead))


def find_unit(wanted: str, words: Words, tables: Sequence[Table], names: Names) -> str | Question:
    """Return the submitting unit; '' when the file speaks for several.

    Asked when rows have no unit of their own and nothing around them names one.
    """
    units = submitters(tables, names)
    if wanted:
        return units.find(wanted) or _unknown_unit(wanted, units)
    found = leads(tables, names)
    stated = stated_unit(words, units)
    if stated and set(found) <= {stated}:
        return stated
    if len(found) == 1 and not _has_rows_without_units(tables):
        return found[0]
    if not found and any(_needs_unit(table) for table in tables):
        return Question("--unit", "表中没有责任单位，是哪个单位的台账？", units.names)
    return ""


def _unknown_unit(wanted: str, units: Units) -> Question:
    nearest = units.nearest(wanted)
    guess = f"是否为“{'”或“'.join(nearest)}”？" if nearest else "请从名册中选择。"
    return Question("--unit", f"名册里没有“{wanted}”，{guess}", nearest or units.names)


def _has_rows_without_units(tables: Sequence[Table]) -> bool:
    return any(sum(table.words("unit").values()) < table.row_count for table in tables)


def _needs_unit(table: Table) -> bool:
    """Tell whether a ledger's rows must belong to a unit and have no column that says which."""
    contract = table.header.contract
    column = contract.columns_by_name.get("unit")
    if column is None or table.header.assignment.position("unit") is not None:
        return False
    return column.required or (contract.nature == "event" and not contract.dated_by_month)
