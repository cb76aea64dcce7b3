"""What one label of a table of figures says: indicator or place, unit, measure, period, remarks."""

import re
from functools import lru_cache
from typing import NamedTuple

from tally.intake.cells.answers import plain
from tally.intake.cells.measures import measure_of
from tally.intake.cells.periods import Period, period_in

# Growth over the year before, of the period or since January: the figures beside it decide.
GROWTH = "增长"
# What the ledger has no measure for.
UNKNOWN_MEASURE = "环比"
_OF = r"(?:增长|增速|增幅|增减|变动|变化|增加)?(?:率|额|速度|幅度)?(?:±|\+-)?"
_OVER = rf"(?:[比较][上去]年(?:同期|同月|同季)?|同比){_OF}"
# The first that ends a label holds; 增长率 alone is one only when nothing stands before it.
MEASURES = (
    (UNKNOWN_MEASURE, re.compile(rf"环比{_OF}|[比较]上[月季期]{_OF}|定基比?")),
    (
        "累计同比",
        re.compile(rf"(?:(?:1-)?本月|本年)?累计{_OVER}|累计(?:增长|增速|增幅|增减)率?"),
    ),
    ("同比", re.compile(rf"(?:当[月期季年]|本[月期季]|单[月季]){_OVER}|(?<=[:_])同比")),
    (
        GROWTH,
        re.compile(
            rf"{_OVER}|(?:增速|增幅|增长速度)|(?<=[:_])增长率?|\A(?:增长|增减|增长率|±)"
        ),
    ),
    ("位次", re.compile(r"(?:在?全[国省市区县])?(?:位次|排名|排位|名次)")),
    (
        "累计",
        re.compile(
            r"(?:1-本月|本年度?|年初以来|自年初|截至本月|本月止|全年)?累计"
            r"(?:值|数|额|完成[值数额]?|总量|总额)?|1-本月(?:完成)?"
        ),
    ),
    (
        "当期",
        re.compile(r"(?:当[月期季年]|本[月期季]|单[月季])(?:值|数|额|(?:完成|发生)[值数额]?)?"),
    ),
    ("期末", re.compile(r"(?:期末|月末|时点)(?:值|数)?")),
)  # fmt: skip
YEAR_BEFORE = re.compile(
    r"(?:[上去]年(?:同期|同月|同季)?|(?:\A|(?<=[:_]))同期)(?:值|数|累计|完成[值数]?)?"
)
_VALUES = (
    "完成值 完成数 完成 完成情况 数值 绝对量 绝对值 绝对数 绝对额 总量 实绩 实际完成 实际值 "
    "实际完成值 实际完成数 指标值 值 数据 统计值 数额"
)
VALUE_WORDS = frozenset(_VALUES.split())
PROVISIONAL = re.compile(r"初步(?:核算|统计)?数?|快报数?|初步")
STOPPED = re.compile(r"已?停[止更]|已?停止(?:更新|发布)?")
INDEX = re.compile(r"(?:上年|上年同[期月]|上月|去年|\d{4}年?)=100")
BRACKETED = re.compile(r"\(([^()]*)\)")
SEPARATORS = "_:、,-|·/ "
# NBS footnote marks behind a unit: 一般公共预算支出(亿元)i.
MARK_BEHIND = re.compile(r"(?<=\))[a-z*①-⑩]\Z")
MORE_UNITS = frozenset(("点", "级", "倍"))
WITHOUT_CURRENCY = re.compile(r"人民币")


class Said(NamedTuple):
    """What a label says; `text` are the words that are none of the rest.

    `unit` is a unit of measure, `years_back` 1 for 上年同期, `is_value` true for a label that
    only says that a value stands here (完成值), `is_stopped` for a series that is not continued.
    """

    text: str = ""
    unit: str = ""
    measure: str = ""
    period: Period | None = None
    years_back: int = 0
    is_provisional: bool = False
    is_stopped: bool = False
    is_value: bool = False


def unit_of(word: str) -> str:
    """Return a unit of measure in the words it is kept in, '' for what is none."""
    word = plain(word).removeprefix("单位:").lstrip("±+-")
    if INDEX.fullmatch(word) or word in MORE_UNITS:
        return word
    bare = WITHOUT_CURRENCY.sub("", word) or word
    if measure_of(bare) is not None:
        return bare
    over, slash, under = bare.partition("/")
    return bare if slash and under and measure_of(over) is not None and len(under) < 8 else ""


@lru_cache(maxsize=20_000)
def read_label(cell: str) -> Said:
    """Return what a label says."""
    text = MARK_BEHIND.sub("", plain(cell))
    said = Said(text)
    for inside in BRACKETED.findall(text):
        said = _bracketed(said, inside)
    said = _after_separator(said)
    if unit_of(said.text) and not said.unit:
        return said._replace(text="", unit=unit_of(said.text))
    period, rest = period_in(said.text)
    said = said._replace(period=period or said.period, text=rest if period else said.text)
    said = _measured(said)
    text = said.text.strip(SEPARATORS)
    if text in VALUE_WORDS:
        return said._replace(text="", is_value=True)
    return said._replace(text=text)


def _bracketed(said: Said, inside: str) -> Said:
    """Take from a label what stands in one pair of its brackets; what it does not know stays."""
    without = said._replace(text=said.text.replace(f"({inside})", "", 1))
    if unit := unit_of(inside):
        return without._replace(unit=unit)
    if STOPPED.fullmatch(inside):
        return without._replace(is_stopped=True)
    if PROVISIONAL.fullmatch(inside):
        return without._replace(is_provisional=True)
    period, rest = period_in(inside)
    if period and not rest:
        return without._replace(period=period)
    for measure, pattern in MEASURES:
        if pattern.fullmatch(inside):
            return without._replace(measure=measure)
    return said


def _after_separator(said: Said) -> Said:
    """Take the unit behind the last underscore (`GDP_亿元`, `指数_上年=100`), or `%` at the end."""
    head, mark, tail = said.text.rpartition("_")
    if not mark:
        head, mark, tail = said.text.rpartition(",")
    unit = unit_of(tail) if mark and head else ""
    if unit and not said.unit:
        return said._replace(text=head, unit=unit)
    bare = said.text.rstrip("%‰")
    if bare and bare != said.text and not said.unit:
        return said._replace(text=bare.rstrip("±+-"), unit=said.text[len(bare) :])
    return said


def _measured(said: Said) -> Said:
    """Take what ends a label's words and says of which kind its figures are."""
    text = said.text.strip(SEPARATORS)
    if match := re.search(rf"(?:{PROVISIONAL.pattern})\Z", text):
        text, said = text[: match.start()].strip(SEPARATORS), said._replace(is_provisional=True)
    for measure, pattern in MEASURES:
        if match := re.search(rf"(?:{pattern.pattern})\Z", text):
            return said._replace(text=text[: match.start()], measure=said.measure or measure)
    if match := re.search(rf"(?:{YEAR_BEFORE.pattern})\Z", text):
        measure = "累计" if "累计" in match[0] else said.measure
        return said._replace(text=text[: match.start()], years_back=1, measure=measure)
    return said._replace(text=text)
