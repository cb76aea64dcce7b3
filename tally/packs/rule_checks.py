"""What must hold of a pack's rules, its ladder of slips and what it shows of rankings."""

from collections import Counter
from collections.abc import Iterator
from string import Formatter

from tally.packs.model import Pack
from tally.packs.rules import LEVELS, RANKINGS, SENTENCE_FIELDS, SLIP_LEVELS, Rule
from tally.packs.shapes import Fault, listed


def rule_faults(pack: Pack) -> Iterator[Fault]:
    """Yield list, entry and what is wrong with it, with the remedy."""
    for rule in pack.rules:
        yield from (("rules", rule.name, fault) for fault in _rule(rule))
    for slip in pack.slips:
        if slip.level not in SLIP_LEVELS:
            yield "slips", slip.name, f"的 level「{slip.level}」不认识；可选 {listed(SLIP_LEVELS)}"
        if slip.working_days < 1:
            yield "slips", slip.name, "的 working_days 至少是 1"
    for level, times in Counter(slip.level for slip in pack.slips).items():
        if times > 1:
            yield "slips", level, "写了两次；每一级只写一条"
    if pack.rankings and pack.rankings.shown not in RANKINGS:
        yield "rankings", pack.rankings.shown, f"的 shown 不认识；可选 {listed(RANKINGS)}"


def _rule(rule: Rule) -> Iterator[str]:
    if rule.level not in LEVELS:
        yield f"的 level「{rule.level}」不认识；可选 {listed(LEVELS)}"
    if rule.is_light and rule.level not in ("red", "amber"):
        yield "写了 is_light，level 就只能是 red 或 amber"
    try:
        named = [(name, form) for _, name, form, _ in Formatter().parse(rule.sentence) if name]
    except ValueError:
        yield "的 sentence 花括号不成对；请改成如 {subject}"
        return
    for name, form in named:
        if name not in SENTENCE_FIELDS:
            yield f"的 sentence 里 {{{name}}} 不认识；可用 {listed(SENTENCE_FIELDS)}"
        elif form not in ("", None, "share"):
            yield f"的 sentence 里 {{{name}:{form}}} 写得不对；份额写作 {{measured:share}}"
