"""A file's problems by what to do about them, and the clerk's own workbook marked with them."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from tally import words
from tally.board.handing_out import hand_out
from tally.board.panels import Height
from tally.board.tables import plain_table
from tally.contracts import Problem
from tally.intake.marking.workbook import marked_name, marked_workbook
from tally.repairs import LEVEL_WORDS, Repair, column_titles, repairs
from tally.secrecy import Label
from tally.submissions import Outcome
from tally.viewers import Action

ROWS_MAX = 500
GROUPS_PX = 358
GROUPS_SHOWN = 5
TABLE_ROWS_MAX = 7
LEVEL_MARKS = {"error": ":red[■]", "warning": ":orange[▲]"}
Widths = Mapping[str, tuple[str, int]]
# Of all groups together, and of one: what its cells share is said above them.
COLUMNS: Widths = {
    "level": ("级别", 76),
    "sheet": ("工作表", 88),
    "cell": ("位置", 76),
    "column": ("列", 88),
    "found": ("填的是", 140),
    "expected": ("应为", 210),
    "remedy": ("怎么改", 280),
}
COLUMNS_OF_GROUP: Widths = {
    "sheet": ("工作表", 120),
    "cell": ("位置", 84),
    "found": ("填的是", 230),
    "expected": ("应为", 260),
    "remedy": ("怎么改", 260),
}


def problem_groups(outcome: Outcome, content: Callable[[], bytes] | None) -> None:
    """Draw the problems grouped by remedy, and beside them the cells of the chosen group.

    `content` gives the file's bytes, for the marked copy; None where they are not kept.
    """
    if not outcome.problems:
        st.markdown(":green[●] 没有发现问题")
        return
    titles = column_titles(sheet.ledger for sheet in outcome.sheets)
    groups = repairs(outcome.problems, titles)
    left, right = st.columns([1, 2.7], gap="medium")
    height: Height = GROUPS_PX if len(groups) > GROUPS_SHOWN else "content"
    with left, st.container(height=height, border=False):
        chosen = _choose(outcome, groups)
    with right:
        shown = groups if chosen is None else (groups[chosen],)
        _say_remedy(outcome, shown, content)
        found = [(group, problem) for group in shown for problem in group.problems]
        _cells(found, _columns(shown))


def _choose(outcome: Outcome, groups: Sequence[Repair]) -> int | None:
    """Let one group be chosen; None means all of them."""
    labels = [f"**全部**　{len(outcome.problems):,} 处", *map(_label, groups)]
    captions = ["", *(words.escape_markdown(_caption(group)) for group in groups)]
    place = st.radio(
        "问题分类",
        range(len(labels)),
        format_func=lambda number: labels[number],
        captions=captions,
        label_visibility="collapsed",
        # A file read again has other groups: a choice among the old ones means nothing then.
        key=f"problem_group-{outcome.sha256[:8]}-{outcome.upload}-{len(groups)}",
    )
    return place - 1 if place else None


def _label(group: Repair) -> str:
    subject = words.escape_markdown(group.subject)
    return f"{LEVEL_MARKS[group.level]} **{subject}**　{len(group.problems):,} 处"


def _caption(group: Repair) -> str:
    """Return what a group expects; where that differs, with what stands there most often."""
    is_open = any(problem.expected != group.expected for problem in group.problems)
    return f"{group.expected}：{group.found(at_most=2)}" if is_open else group.expected


def _say_remedy(
    outcome: Outcome, shown: Sequence[Repair], content: Callable[[], bytes] | None
) -> None:
    """Say how the chosen group is mended, and offer the marked workbook beside it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        if len(shown) == 1:
            remedy = shown[0].remedy or shown[0].expected
            said = f"**怎么改：** {words.escape_markdown(remedy)}"
        else:
            said = ":gray[左边按改法分类；选一类，只看这一类的格子]"
        st.markdown(said, width="stretch")
        if content is not None:
            _marked_button(outcome, content)


def _columns(shown: Sequence[Repair]) -> Widths:
    """Return the columns to draw, without what every cell of the file or group shares."""
    found = [problem for group in shown for problem in group.problems]
    # Where all are in one sheet, its room goes to how each is mended.
    sheets = {problem.sheet for problem in found}
    left_out = {"sheet"} if len(sheets) < 2 else set()
    if len(shown) == 1 and len({problem.remedy for problem in found}) == 1:
        left_out.add("remedy")
    columns = dict(COLUMNS if len(shown) > 1 else COLUMNS_OF_GROUP)
    if left_out == {"sheet"}:
        title, width = columns["remedy"]
        columns["remedy"] = title, width + columns["sheet"][1]
    return {name: head for name, head in columns.items() if name not in left_out}


def _cells(found: Sequence[tuple[Repair, Problem]], columns: Widths) -> None:
    rows = pd.DataFrame(
        [
            {
                "level": LEVEL_WORDS[problem.level],
                "sheet": problem.sheet,
                "cell": problem.cell,
                "column": group.subject,
                "found": problem.found,
                "expected": problem.expected,
                "remedy": problem.remedy,
            }
            for group, problem in found[:ROWS_MAX]
        ]
    )
    more = len(found) - len(rows)
    rows_max = TABLE_ROWS_MAX - 1 if more else TABLE_ROWS_MAX
    with st.container(key="problems"):
        plain_table(
            rows[list(columns)],
            {
                name: st.column_config.TextColumn(title, width=width)
                for name, (title, width) in columns.items()
            },
            rows_max=rows_max,
        )
    if more:
        st.markdown(f":gray[:small[只列前 {ROWS_MAX} 处，还有 {more:,} 处；标注的原表里都有颜色]]")


def _marked_button(outcome: Outcome, content: Callable[[], bytes]) -> None:
    """Offer the workbook marked, where there are places to mark."""
    if any(problem.sheet or problem.cell for problem in outcome.problems):
        hand_out(
            "下载标注了问题的原表",
            partial(_marked, outcome, content),
            marked_name(outcome.file),
            key="marked",
            thing="标注的原表",
            needs=Action.SUBMIT,
            held=Label.SENSITIVE,
            campaign=outcome.campaign,
            is_marked=False,
        )


def _marked(outcome: Outcome, content: Callable[[], bytes]) -> bytes:
    return marked_workbook(content(), outcome.file, outcome.problems, outcome.sheets)[0]
