"""Which names of a roster a word most likely means: abbreviations and slips of the pen.

Offices shorten by leaving signs out in order (规划建设部 is 规建部) and by taking another
ending (规建局), so a word whose signs all occur in a name, in order, is nearer than one that
merely shares signs with it.
"""

import re
from collections.abc import Iterable

from tally.intake.cells.answers import plain

MAX_WORD_CHARACTERS = 40
ENOUGH = 0.5
# Two names this close are both proposed; one that is further behind is not.
MARGIN = 0.25
PLACES = re.compile(r"\A(?:市|区|县|州|省|园区|开发区|经开区|高新区|新区|街道|镇|乡)(?=..)")
ENDINGS = re.compile(
    r"(?:(?:社区|村民?|居民)?(?:居民)?(?:居委会|村委会|委员会)|办公室|管理局|服务中心|指挥部|工作局|分局"
    r"|部门|科室|单位|中心|社区|街道|[部局办委科股室处站所队院会镇乡村区县组])\Z"
)


def core(word: str) -> str:
    """Return a name without the place before and the ending behind: 市财政局 is 财政."""
    text = PLACES.sub("", plain(word))
    while (shorter := ENDINGS.sub("", text)) != text and len(shorter) >= 2:
        text = shorter
    return text


def _common(one: str, other: str) -> int:
    """Return how many signs the two share in the same order."""
    row = [0] * (len(other) + 1)
    for sign in one:
        before = 0
        for at, its in enumerate(other, start=1):
            before, row[at] = row[at], before + 1 if sign == its else max(row[at], row[at - 1])
    return row[-1]


def likeness(word: str, name: str) -> float:
    """Return how near a word is to a name, 0 to 1; both are plain words."""
    if word == name:
        return 1.0
    own, its = core(word), core(name)
    if not own or not its:
        return 0.0
    whole = 2 * _common(word, name) / (len(word) + len(name))
    # What two names share only in their endings (部, 中心) says nothing.
    alike = 0.9 * whole if _common(own, its) > 1 or len(own) == 1 or len(its) == 1 else 0.0
    # 社服中心 takes its 服 from the ending of 社会事务服务中心.
    return max(_shortened(own, its), 0.9 * _shortened(own, name), alike)


def _shortened(own: str, its: str) -> float:
    """Return how well one is the other with signs left out: an abbreviation scores 0.7 and more."""
    common = _common(own, its)
    share = 2 * common / (len(own) + len(its))
    if common < min(len(own), len(its)):
        return share if common > 1 else 0.0
    if common == 1:
        return min(share, 0.5)
    return 0.7 + 0.2 * share + (0.1 if own[0] == its[0] else 0)


def nearest(word: str, names: Iterable[tuple[str, str]], at_most: int) -> tuple[str, ...]:
    """Return the names that a word may mean, best first; `names` are (alias, name)."""
    text = plain(word)
    if not text or len(text) > MAX_WORD_CHARACTERS:
        return ()
    scores: dict[str, float] = {}
    for alias, name in names:
        scores[name] = max(scores.get(name, 0.0), likeness(text, alias))
    best = max(scores.values(), default=0.0)
    near = [name for name, score in scores.items() if score >= max(ENOUGH, best - MARGIN)]
    return tuple(sorted(near, key=lambda name: -scores[name])[:at_most])
