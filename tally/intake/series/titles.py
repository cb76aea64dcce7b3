"""What the lines above and below a table of figures say of all of them."""

import re
from typing import NamedTuple

from tally.intake.cells.answers import plain, shown
from tally.intake.cells.measures import MANY, STATED
from tally.intake.cells.periods import IN_WORDS, Period, period_in
from tally.intake.series.blocks import SOURCES, Block, Sheet, filled
from tally.intake.series.gazetteer import Gazetteer
from tally.intake.series.labels import SEPARATORS, Said, read_label, unit_of

INDICATOR_IS = re.compile(r"指标(?:名称)?:(.+)")
SOURCE_IS = re.compile(r"(?:数据来源|资料来源|来源)(?:于)?:?(.+?)[。;]?\Z")
# Not a title of the table: how it was asked for, who filled it in.
ABOUT = re.compile(r"(?:数据库|时间|频率|填报\w*|制表\w*|报送\w*|统计\w{2,4}|审核\w*|联系\w*):")
# 表1 2024年: without the blank it would be the year 12024.
NUMBERED = re.compile(r"\A(?:附[件表]|表)\s*[\d.-]+\s*[:：、]?\s+")
MOST_PLACE_CHARACTERS = 10
# What is in a table, not what it is of.
GENERIC = re.compile(
    r"(?:附[件表]|表)?\d*[.:、]?(?:主要|重点|核心)?(?:经济|社会|统计|考核|发展)*(?:指标|数据)?"
)
# Words of a title that are not the indicator's name.
AROUND = re.compile(
    r"全[国省市区县]|(?:各|分|主要)(?:[省市县区]+|城市|地区|园区|开发区|乡镇)+|(?:份|分)?月度|年度|季度|"
    r"(?:完成)?(?:情况|数据|统计|一览|对比|主要)*(?:表|图|情况|数据|统计|序列)\Z"
)
OF_GROWTH = ("%", "‰", "百分点", "位")
# From one year to another is no period of a figure.
YEARS = re.compile(r"(?:19|20)\d{2}年?[-—–―−~至到]+(?:19|20)\d{2}年度?")
PUNCTUATION = re.compile(r"[()_:、,\-|· ]+\Z|\A[()_:、,\-|· ]+")


class Title(NamedTuple):
    """What is said around a table; `indicator` is '' unless it is plainly named.

    `likely_indicator` is what is left of a title when all else is taken away, `name` the sheet's.
    """

    indicator: str = ""
    likely_indicator: str = ""
    unit: str = ""
    measure: str = ""
    period: Period | None = None
    place: str = ""
    name: str = ""
    publisher: str = ""


def title_of_block(sheet: Sheet, block: Block, places: Gazetteer, file_stem: str) -> Title:
    """Return what the lines above and below a table say, and the names of sheet and file."""
    found = Title()
    for row in block.titles:
        for _, cell in filled(sheet.lines[row]):
            found = _with(found, plain(NUMBERED.sub("", shown(cell))), places)
    for row in block.notes:
        words = "".join(plain(cell) for _, cell in filled(sheet.lines[row]))
        if match := SOURCE_IS.match(words):
            found = found._replace(publisher=match[1])
    for name in (sheet.grid.name, file_stem):
        found = _named(found, name, places)
    return found


def is_source(text: str) -> bool:
    """Tell whether a line below a table names who published the figures."""
    return plain(text).startswith(SOURCES)


def _with(found: Title, text: str, places: Gazetteer) -> Title:
    if match := SOURCE_IS.match(text):
        return found._replace(publisher=match[1])
    units = {unit for match in STATED.finditer(text) for unit in MANY.split(match[1])}
    if units:
        # Of 亿元、% the 亿元 is the values', the % that of the growth beside them.
        known = [unit_of(word) for word in units if len(units) == 1 or word not in OF_GROWTH]
        found = found._replace(unit=known[0] if len(known) == 1 and known[0] else found.unit)
        text = PUNCTUATION.sub("", re.sub(r"\(?(?:计量)?单位:[^()]*\)?", "", text))
    if match := INDICATOR_IS.match(text):
        said = read_label(match[1])
        return _said(found._replace(indicator=said.text), said)
    if ABOUT.match(text) or not text or found.likely_indicator:
        return found
    text = YEARS.sub("", text)
    period, _ = period_in(text)
    bare = IN_WORDS.sub("", text).lstrip(SEPARATORS)
    place = _place_ahead(bare, places)
    said = read_label(AROUND.sub("", bare.removeprefix(place)))
    found = found._replace(
        place=place if not bare[len(place) :].startswith("各") else found.place,
        period=period or found.period,
    )
    return _said(found._replace(likely_indicator=_name(said.text)), said)


def _place_ahead(text: str, places: Gazetteer) -> str:
    """Return the listed place that a title begins with, the longest; '' for none."""
    lengths = range(min(len(text), MOST_PLACE_CHARACTERS), 1, -1)
    return next((text[:end] for end in lengths if places.is_listed(text[:end])), "")


def _named(found: Title, name: str, places: Gazetteer) -> Title:
    """Return a title with what the names of sheet and file add where it is silent."""
    period, rest = period_in(plain(name))
    place = rest if places.is_listed(rest) else ""
    return found._replace(
        period=found.period.under(period) if found.period else period,
        place=found.place or place,
        name=found.name or rest,
    )


def _said(found: Title, said: Said) -> Title:
    return found._replace(
        unit=said.unit or found.unit,
        measure=said.measure or found.measure,
        period=said.period or found.period,
    )


def _name(text: str) -> str:
    name = PUNCTUATION.sub("", AROUND.sub("", text))
    return "" if GENERIC.fullmatch(name) else name


def words_of_lines(sheet: Sheet, rows: list[int]) -> list[str]:
    """Return lines as their reader sees them."""
    return [" ".join(shown(cell) for _, cell in filled(sheet.lines[row])) for row in rows]
