"""One field that finds whatever a page can be narrowed to, or gone to, by its initials.

Typing Chinese takes too long while a question is in the air: `czjrb` narrows to 财政金融部,
`-czjrb` leaves it out, `+czjrb` adds it to the units chosen.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from tally import words
from tally.board.asking import FILTERS_KEY, Filters, ask
from tally.board.going import go
from tally.board.items import ITEMS, LEDGER_PAGE
from tally.board.narrowing import LEFT_OUT, Axis, narrow
from tally.packs import packs
from tally.pinyin import INSIDE, SCATTERED, WHOLE, best_fit

FIELD, FOUND_KEY = "lookup", "_found"
TASK_PAGE = LEDGER_PAGE.with_name("task.py")
LEAVE_OUT, ADD = "-", "+"
DASHES, LEAVING_WORDS = ("－", "—", "–", "−"), ("除", "不含")
# As many as there are keys for.
SHOWN_MAX = 9
Pages = Mapping[str, Path]


@dataclass(frozen=True)
class Target:
    """What can be found: its kind in a word, its name, and what finding it does.

    `axis` is set for units and dimensions, of which several can be chosen or left out;
    `filters` are the shared filters it sets; `going` leads to a page.
    """

    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    axis: Axis | None = None
    filters: Mapping[str, Any] = field(default_factory=dict)
    going: Callable[[], None] | None = None


def found(typed: str, targets: Iterable[Target]) -> list[tuple[int, Target]]:
    """Return the targets that typed text fits, each with how well, the best first."""
    fits = [(best_fit(typed, (one.name, *one.aliases)), one) for one in targets]
    known = [(rank, one) for rank, one in fits if rank is not None]
    return sorted(known, key=lambda pair: (pair[0], len(pair[1].name)))


def sole(matches: Sequence[tuple[int, Target]]) -> Target | None:
    """Return the one that is meant: the only one, or the only one typed to its end."""
    for rank_max in (WHOLE, INSIDE, SCATTERED):
        within = [one for rank, one in matches if rank <= rank_max]
        if within:
            return within[0] if len(within) == 1 else None
    return None


def signed(typed: str) -> tuple[str, str]:
    """Return the sign a search begins with (`-`, `+` or '') and the rest of it."""
    text = typed.strip()
    for sign in (LEAVE_OUT, ADD, "＋", *DASHES, *LEAVING_WORDS):
        if text.startswith(sign) and text != sign:
            plain = ADD if sign in (ADD, "＋") else LEAVE_OUT
            return plain, text.removeprefix(sign).removesuffix("外").strip()
    return "", text


def filter_targets(chosen: Filters) -> Iterator[Target]:
    """Yield what the shared filters can be set to, in the order in which a room asks."""
    pack = chosen.pack
    roster = ask("unit_reporting", campaign=pack.slug, as_of=chosen.as_of)
    aliases = {unit.name: unit.aliases for unit in pack.units}
    for unit in roster["unit"]:
        yield Target("单位", unit, aliases.get(unit, ()), axis="unit")
    for one in pack.dimensions:
        yield Target(pack.campaign.dimension_word, one.name, one.aliases, axis="dimension")
    for league in pack.leagues if len(pack.leagues) > 1 else ():
        yield Target("比较组", league.name, filters={"league": league.name})
    for post in sorted({post for post in roster["leader_post"] if post}):
        yield Target("领导", post, filters={"post": post})
    for month in ask("published_months", campaign=pack.slug)["month"]:
        label = words.year_month(month)
        yield Target("月份", label, filters={"month": label})
    for other in packs().values():
        yield Target("行动", other.campaign.name, filters={"campaign": other.campaign.name})


def place_targets(chosen: Filters, pages: Pages) -> Iterator[Target]:
    """Yield where a search can lead: the communities' items, and the pages of the menu."""
    for community in chosen.pack.communities:
        going = _in_ledger(community.name)
        yield Target("社区", community.name, community.aliases, going=going)
    for title, page in pages.items():
        yield Target("页面", title, going=partial(go, page))


def task_targets(chosen: Filters) -> Iterator[Target]:
    """Yield the tasks of the campaign, each leading to its own page."""
    tasks = ask("task_progress", campaign=chosen.campaign, as_of=chosen.as_of)
    for key, title in zip(tasks["item_key"], tasks["task"], strict=True):
        yield Target("任务", title, going=partial(go, TASK_PAGE, {"task": key}))


def _in_ledger(text: str) -> Callable[[], None]:
    return partial(go, LEDGER_PAGE, ledger=ITEMS, words=text)


def matches(typed: str, sign: str, chosen: Filters, pages: Pages) -> list[tuple[int, Target]]:
    """Return what typed text can mean: tasks only where it means no filter and no page."""
    filters = list(filter_targets(chosen))
    if sign:
        return found(typed, [one for one in filters if one.axis])
    best = found(typed, [*filters, *place_targets(chosen, pages)])
    if best and best[0][0] <= INSIDE:
        return [(rank, one) for rank, one in best if rank <= INSIDE]
    return sorted([*best, *found(typed, task_targets(chosen))], key=lambda pair: pair[0])


def lookup_field(pages: Pages) -> None:
    """Draw the field, and below it what a search left to choose from."""
    with st.container(gap=None, key="finding"):
        st.text_input(
            "查找",
            key=FIELD,
            placeholder="查找，如 czjrb",
            label_visibility="collapsed",
            on_change=_look_up,
            args=(pages,),
        )
        typed, sign, targets = st.session_state.pop(FOUND_KEY, ("", "", ()))
        if typed:
            with st.container(border=True, gap="xsmall", key="candidates"):
                _candidates(typed, sign, targets)


def _look_up(pages: Pages) -> None:
    typed = st.session_state[FIELD]
    # The field is for the next search; what was found stands in the line above the page.
    st.session_state[FIELD] = ""
    chosen: Filters = st.session_state[FILTERS_KEY]
    sign, text = signed(typed)
    if not text:
        return
    fitting = matches(text, sign, chosen, pages)
    if not fitting and typed.strip().startswith(LEAVING_WORDS):
        # A name may begin with these words itself.
        sign, fitting = "", matches(typed, "", chosen, pages)
    meant = sole(fitting)
    if meant:
        choose(meant, sign)
    else:
        st.session_state[FOUND_KEY] = typed.strip(), sign, [one for _, one in fitting]


def choose(target: Target, sign: str = "") -> None:
    """Set the filters to what was found, or go there; in a callback."""
    if target.going:
        target.going()
    elif target.axis:
        _choose_on_axis(target.axis, target.name, sign)
    else:
        narrow(**target.filters)


def _choose_on_axis(axis: Axis, name: str, sign: str) -> None:
    """Choose one name, or add it to those chosen or left out as its sign says."""
    was_left_out = bool(st.session_state.get(LEFT_OUT[axis]))
    others = [one for one in st.session_state.get(axis) or () if one != name]
    if sign == ADD and was_left_out:
        # Added to what remains: it is left out no longer.
        narrow(**{axis: others})
        return
    is_left_out = sign == LEAVE_OUT
    joins = bool(sign) and was_left_out == is_left_out
    narrow(**{axis: [*others, name] if joins else [name], LEFT_OUT[axis]: is_left_out})


def _candidates(typed: str, sign: str, targets: Sequence[Target]) -> None:
    said = words.escape_markdown(typed)
    if not targets:
        st.markdown(f"没有找到“{said}”")
        if not sign:
            whole = Target("台账", typed, going=_in_ledger(typed))
            st.button("到台账里找", key="candidate_1", on_click=choose, args=(whole,))
        return
    st.markdown(f":small[“{said}”有 {len(targets)} 个，点选或按数字键]")
    for number, one in enumerate(targets[:SHOWN_MAX], start=1):
        label = f"{number}　{words.escape_markdown(one.kind)}　{words.escape_markdown(one.name)}"
        st.button(label, key=f"candidate_{number}", on_click=choose, args=(one, sign))
    if len(targets) > SHOWN_MAX:
        st.markdown(f":gray[:small[另有 {len(targets) - SHOWN_MAX} 个，再打几个字母]]")
