"""Every word and number format the public reads.

One function per kind of value; a missing value (None, NaN, NaT, NA) is `—`.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import TypeIs

EMPTY = "—"
MINUS = "−"
MYRIAD = 10_000
ONES = "一二三四五六七八九"


@dataclass(frozen=True)
class State:
    """A state's shape and word; its colours are in `palette` under the same name."""

    shape: str
    word: str

    @property
    def label(self) -> str:
        """Shape and word, as `■ 逾期`."""
        return f"{self.shape} {self.word}"


STATES = {
    "normal": State("●", "正常"),
    "soon": State("▲", "临期"),
    "overdue": State("■", "逾期"),
    "unreported": State("○", "未报"),
    "closed": State("✓", "已销号"),
    "verified": State("◆", "核查"),
}
# How a duty stands in a window (E1–E13), and the state whose colours it borrows.
DUTY_STATES = {
    "done": State("●", "完成"),
    "late": State("▲", "迟"),
    "missing": State("■", "缺"),
    "not yet due": State("○", "未到期"),
}
DUTY_COLORS = {
    "done": "normal",
    "late": "soon",
    "missing": "overdue",
    "not yet due": "unreported",
}
# A comparison (with the schedule, with all units) borrows shape and colour of a state.
LEVEL_STATES = {"behind": "overdue", "low": "soon", "level": "normal"}
ITEM_STATE_WORDS = {
    "open": "在办",
    "closed": "已销号",
    "escalated": "提级",
    "tolerated": "容错",
    "parked": "挂起",
    "withdrawn": "撤销",
}
UPLOAD_STATUS_WORDS = {
    "published": "● 已发布",
    "draft": "▲ 草稿",
    "replaced": "○ 已替换",
    "undone": "○ 已撤回",
    "returned": "▲ 退回",
    "refused": "■ 未通过",
    "question": "▲ 待说明",
    "unchanged": "● 没有变化",
}
SCHEMATIC = "示意图"
NO_ITEMS = "无条目"
UNREPORTED = "未报"
# Streamlit looks for addresses, icons and arrows in what is left after Markdown has been read,
# where no backslash helps: between their signs stands an element, empty and without a width.
ACTING_WHEN_UNESCAPED = re.compile(
    r"(?<=:)(?=//|[A-Za-z_+-])|(?<=@)(?=[-\w])|(?<=www)(?=\.)|(?<=[-<>~])(?=[-=>])", re.IGNORECASE
)
NOTHING = ":small[]"
WIDE_SIGNS = "%mwMW@"
NARROW_SIGNS = " /.:,;!|'()[]ijl-"


def is_missing(value: object) -> "TypeIs[None]":
    """Say whether a value is None or one of the frames' NaN, NaT and NA."""
    if value is None:
        return True
    try:
        return bool(value != value)
    except TypeError:  # NA answers neither yes nor no
        return True


def state_name(state: object) -> str:
    """Return the state a level ('behind', 'low', 'level', missing) is drawn as."""
    return "unreported" if is_missing(state) else LEVEL_STATES.get(str(state), str(state))


def _fixed(value: float, digits: int = 1, factor: int = 1) -> str:
    """Round half away from zero, as spreadsheets do, so that a clerk finds the same figure."""
    exact = Decimal(repr(float(value))) * factor
    rounded = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return str(abs(rounded) if rounded == 0 else rounded)


def _typographic(number: str) -> str:
    return number.replace("-", MINUS)


def _signed(number: str) -> str:
    return number if number.startswith("-") or not float(number) else f"+{number}"


def share(value: float | None) -> str:
    """Return a share of 0-1 as `84.3%`."""
    return EMPTY if is_missing(value) else f"{_fixed(value, factor=100)}%"


def interval(low: float | None, high: float | None) -> str:
    """Return the bounds of a share as `37.6%–96.4%`."""
    return EMPTY if is_missing(low) or is_missing(high) else f"{share(low)}–{share(high)}"


def points(difference: float | None) -> str:
    """Return a difference of shares as `−2.1 个百分点`."""
    if is_missing(difference):
        return EMPTY
    return f"{_typographic(_signed(_fixed(difference, factor=100)))} 个百分点"


def change(difference: float | None) -> str:
    """Return a difference of counts as `+8`, `−3` or `0`."""
    return EMPTY if is_missing(difference) else _typographic(_signed(_fixed(difference, 0)))


def count(value: float | None, unit: str = "") -> str:
    """Return a count as `148`, `148 项` or, from ten thousand, `1.2 万项`."""
    if is_missing(value):
        return EMPTY
    if abs(value) >= MYRIAD:
        return f"{_fixed(value / MYRIAD)} 万{unit}"
    return f"{_fixed(value, 0)} {unit}".rstrip()


def amount(value: float | None, unit: str | None = None) -> str:
    """Return a figure as `45`, `12.3 亿元` or `4,512.3 亿元`: two decimals below ten, else one."""
    if is_missing(value):
        return EMPTY
    digits = 2 if abs(value) < 10 else 1 if abs(value) < MYRIAD else 0
    whole, _, rest = _fixed(value, digits).partition(".")
    shown = f"{int(whole):,}" if whole not in ("-0", "0") else whole
    rest = rest.rstrip("0")
    return _typographic(f"{shown}.{rest}" if rest else shown) + (f" {unit}" if unit else "")


def growth(value: float | None) -> str:
    """Return a growth of 0-1 with its sign: `+6.4%`, `−1.2%`, `0.0%`."""
    return EMPTY if is_missing(value) else f"{_typographic(_signed(_fixed(value, factor=100)))}%"


def ratio(part: float | None, whole: float | None) -> str:
    """Return n / N as `107 / 127`."""
    return f"{count(part)} / {count(whole)}"


def days(value: float | None) -> str:
    """Return a number of days as `21 天`."""
    return count(value, "天")


def rank(value: float | None, is_tied: bool = False) -> str:
    """Return a place as `第1` or `并列第3`."""
    return EMPTY if is_missing(value) else f"{'并列' if is_tied else ''}第{int(value)}"


def rank_change(value: float | None) -> str:
    """Return places gained as `↑ 2`, lost as `↓ 1`, none as `—`; missing is `新进`."""
    if is_missing(value):
        return "新进"
    gained = int(value)
    return f"{'↑' if gained > 0 else '↓'} {abs(gained)}" if gained else EMPTY


def schedule(gap_share: float | None) -> str:
    """Return the gap to the schedule in points: `落后 19.4`, `持平`, `超前 5.6`."""
    if is_missing(gap_share):
        return EMPTY
    size = _fixed(abs(gap_share), factor=100)
    return f"{'落后' if gap_share < 0 else '超前'} {size}" if float(size) else "持平"


def day(value: date | None, beside: date | None = None) -> str:
    """Return a date in a sentence as `10月31日`, with its year if `beside` is of another one."""
    if is_missing(value):
        return EMPTY
    year = f"{value.year}年" if beside and beside.year != value.year else ""
    return f"{year}{value.month}月{value.day}日"


def day_format(values: Iterable[date | None], beside: date) -> str:
    """Return how a table's column of dates is written: with years if one is not of `beside`'s."""
    years = {value.year for value in values if not is_missing(value)}
    return "M月D日" if years <= {beside.year} else "YYYY-MM-DD"


def chinese_day(value: date | None) -> str:
    """Return a date in a document as `2022年10月31日`."""
    return EMPTY if is_missing(value) else f"{value.year}年{value.month}月{value.day}日"


def iso_day(value: date | None) -> str:
    """Return a date in a table as `2022-10-31`."""
    return EMPTY if is_missing(value) else f"{value.year:04}-{value.month:02}-{value.day:02}"


def _year_month(value: date | str) -> tuple[int, int]:
    if isinstance(value, str):
        year, month = value.split("-")[:2]
        return int(year), int(month)
    return value.year, value.month


def month(value: date | str | None) -> str:
    """Return a month (a date, or 'YYYY-MM') in a sentence or an axis as `10月`."""
    return EMPTY if is_missing(value) else f"{_year_month(value)[1]}月"


def year_month(value: date | str | None) -> str:
    """Return a month (a date, or 'YYYY-MM') with its year as `2022年10月`."""
    if is_missing(value):
        return EMPTY
    year, number = _year_month(value)
    return f"{year}年{number}月"


def period(ended_on: date | None, frequency: str) -> str:
    """Return a period with its year as `2022年9月`, `2022年3季度` or `2022年`."""
    if is_missing(ended_on):
        return EMPTY
    if frequency == "年":
        return f"{ended_on.year}年"
    if frequency == "季":
        return f"{ended_on.year}年{(ended_on.month + 2) // 3}季度"
    return year_month(ended_on)


def text(value: object) -> str:
    """Return a text as it is, missing or blank as `—`."""
    return EMPTY if is_missing(value) or not str(value).strip() else str(value)


def names(values: Iterable[str], at_most: int = 3) -> str:
    """Return names as `招商部、规划建设部`; beyond `at_most` as `招商部 等 4 个单位`."""
    known = list(values)
    return "、".join(known) if len(known) <= at_most else f"{known[0]} 等 {len(known)} 个单位"


def width_em(value: str) -> float:
    """Return how wide a bold text runs, in em of Noto Sans CJK SC: a Chinese sign is 1."""
    return math.fsum(_sign_em(sign) for sign in value)


def _sign_em(sign: str) -> float:
    if ord(sign) >= 0x2000 and sign not in "–−":
        return 1.0
    if sign in WIDE_SIGNS:
        return 0.97
    return 0.4 if sign in NARROW_SIGNS else 0.72 if sign.isupper() else 0.59


def escape_markdown(value: str) -> str:
    """Return a text of the data with every sign that Markdown could act on made harmless."""
    told = ACTING_WHEN_UNESCAPED.sub("\0", re.sub(r"[\s\0]+", " ", value))
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", told).replace("\0", NOTHING)


def numeral(number: int) -> str:
    """Return 1 to 99 as 一, 十一, 二十 …; what is more in digits."""
    tens, ones = divmod(number, 10)
    if tens > len(ONES):
        return str(number)
    head = ("" if tens == 1 else ONES[tens - 1]) + "十" if tens else ""
    return head + (ONES[ones - 1] if ones else "")
