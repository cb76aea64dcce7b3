"""What must hold of a pack's indicators, and of whom and what they are held against."""

from collections import Counter
from collections.abc import Iterator

from tally.packs.indicators import (
    DIRECTIONS,
    FREQUENCIES,
    LINES,
    MEANS,
    MEASURES,
    GrowthLine,
    Indicator,
)
from tally.packs.model import Pack
from tally.packs.shapes import Fault, is_in_a_ring, listed, names


def indicator_faults(pack: Pack) -> Iterator[Fault]:
    """Yield list, entry and what is wrong with it, with the remedy."""
    for entry in pack.indicators:
        yield from (("indicators", entry.name, fault) for fault in _words(entry))
        yield from (("indicators", entry.name, fault) for fault in _targets(entry))
    yield from _met_twice(pack)
    yield from _places(pack)
    yield from _scopes(pack)
    yield from _goals(pack)
    yield from _parts(pack)
    for line in pack.growth_lines:
        where = f"{line.indicator}／{line.line}／{line.place}"
        yield from (("growth_lines", where, fault) for fault in _line(pack, line))
    yield from _multiples(pack)
    for stage in pack.stages:
        if not 0 <= stage.quarter <= 4:
            yield "stages", stage.name, "的 quarter 只能是 1 至 4，0 表示不分季度"


def _words(entry: Indicator) -> Iterator[str]:
    choices = {"direction": DIRECTIONS, "measure": MEASURES, "frequency": FREQUENCIES}
    for key, known in choices.items():
        if (word := getattr(entry, key)) not in known:
            yield f"的 {key}「{word}」不认识；可选 {listed(known)}"
    if entry.is_sum and (said := [word for word in MEANS if word in entry.name]):
        yield f"名称里有「{said[0]}」，各地的数相加不等于整体；请写 is_sum = false"


def _targets(entry: Indicator) -> Iterator[str]:
    if (entry.start_value is None) != (entry.start_on is None):
        yield "起点值要同时写 start_value 和 start_on"
    if entry.target is None:
        if entry.stretch_target is not None or entry.is_target_growth:
            yield "没有写 target；写了 stretch_target 或 is_target_growth，要先写 target"
    elif entry.stretch_target is not None:
        ahead = entry.stretch_target - entry.target
        if (ahead if entry.direction == "up" else -ahead) <= 0:
            side = "大" if entry.direction == "up" else "小"
            yield f"的 stretch_target 应比 target {side}；请核对两个目标和 direction"


def _met_twice(pack: Pack) -> Iterator[Fault]:
    """Yield words that point to more than one indicator; one may stand under several tasks."""
    met = {(word, one.name) for one in pack.indicators for word in (one.name, *one.aliases)}
    for word, times in Counter(word for word, _ in met).items():
        if times > 1:
            whose = "、".join(sorted(name for met_by, name in met if met_by == word))
            fault = f"指向不止一条：{whose}；请改名称或 aliases，使它只指一条"
            yield "indicators", word, fault


def _places(pack: Pack) -> Iterator[Fault]:
    above = {place.name: place.whole for place in pack.places}
    for name, whole in above.items():
        if whole and whole not in above:
            yield "places", name, f"的 whole「{whole}」不在 places 中；请先写上一级"
        elif whole and is_in_a_ring(above, name):
            yield "places", name, "的上级绕回了它自己；请改正 whole"
    own = [place.name for place in pack.places if place.is_own]
    if len(own) > 1:
        yield "places", own[1], f"和 {own[0]} 都写了 is_own；本地区只能有一个"


def _scopes(pack: Pack) -> Iterator[Fault]:
    known = names(pack.places)
    for scope in pack.scopes:
        if unknown := [name for name in scope.places if name not in known]:
            yield "scopes", scope.name, f"的 places「{unknown[0]}」不在 places 中；请先写这个地区"
        twice = [name for name, times in Counter(scope.places).items() if times > 1]
        if twice:
            yield "scopes", scope.name, f"的 places「{twice[0]}」写了两次；请只留一个"
        if len(scope.places) < 2:
            yield "scopes", scope.name, "的 places 不到两个，排不了位次；请写全比较的地区"


def _goals(pack: Pack) -> Iterator[Fault]:
    indices = dict.fromkeys(part.index for part in pack.index_parts)
    subjects = [*dict.fromkeys(names(pack.indicators)), *indices]
    scopes = names(pack.scopes)
    for goal in pack.goals:
        where = f"{goal.subject}／{goal.scope}／{goal.month}"
        if goal.subject not in subjects:
            choices = listed(subjects)
            fault = f"的 subject「{goal.subject}」不是指标，也不是指数；可选 {choices}"
            yield "goals", where, fault
        if goal.scope not in scopes:
            yield "goals", where, f"的 scope「{goal.scope}」不在 scopes 中；可选 {listed(scopes)}"
        if not 1 <= goal.month <= 12:
            yield "goals", where, "的 month 只能是 1 至 12"
        if goal.rank is not None and goal.rank < 1:
            yield "goals", where, "的 rank 至少是 1；文件没有写名次的，不写 rank"


def _unknown_indicator(pack: Pack, name: str) -> Iterator[str]:
    known = list(dict.fromkeys(names(pack.indicators)))
    if name not in known:
        yield f"的 indicator「{name}」不在 indicators 中；可选 {listed(known)}"


def _parts(pack: Pack) -> Iterator[Fault]:
    known = names(pack.indicators)
    for part in pack.index_parts:
        where = f"{part.index}／{part.indicator}"
        for fault in _unknown_indicator(pack, part.indicator):
            yield "index_parts", where, fault
        if part.index in known:
            yield "index_parts", where, f"的 index「{part.index}」和指标同名；请换一个名称"
        if part.weight <= 0:
            yield "index_parts", where, "的 weight 应大于 0；不计入的指标请删去"


def _line(pack: Pack, line: GrowthLine) -> Iterator[str]:
    yield from _unknown_indicator(pack, line.indicator)
    known = names(pack.places)
    if line.place not in known:
        yield f"的 place「{line.place}」不在 places 中；可选 {listed(known)}"
    if line.line not in LINES:
        yield f"的 line「{line.line}」不认识；可选 {listed(LINES)}"
    if (line.growth_share is None) == (line.past_years is None):
        yield "的 growth_share 和 past_years 要写一个，也只能写一个：年增速，或按过去几年的增速"
    if line.growth_share is not None and not -1 < line.growth_share < 1:
        yield "的 growth_share 是份额，年增长8%写作 0.08"
    if line.past_years is not None and line.past_years < 1:
        yield "的 past_years 至少是 1"
    if line.horizon_year <= pack.campaign.start_on.year:
        yield "的 horizon_year 应晚于专项行动开始的年份"


def _multiples(pack: Pack) -> Iterator[Fault]:
    for entry in pack.multiples:
        for fault in _unknown_indicator(pack, entry.indicator):
            yield "multiples", entry.name, fault
        if entry.horizon_year <= entry.base_year:
            yield "multiples", entry.name, "的 horizon_year 应晚于 base_year；请核对两个年份"
        if entry.base_value <= 0 or entry.multiple <= 0:
            yield "multiples", entry.name, "的 base_value 和 multiple 应大于 0"
