"""What was recognised in a file, what is wrong with it, and what it would change."""

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from tally import words
from tally.board.answering import question_form, questions_of
from tally.board.asking import filters
from tally.board.changes import change_counts, change_table
from tally.board.handing_out import hand_out
from tally.board.mending import problem_groups
from tally.board.panels import panel
from tally.board.projected import projected_px
from tally.board.tables import plain_table
from tally.contracts import Contract, Problem, contracts
from tally.notices.template import template
from tally.secrecy import LABELS, Label
from tally.sentences import Name, Verdict
from tally.submissions import Outcome
from tally.viewers import Action

UPPER_PX = 443
LOWER_PX = 324
# Without a problem to show, what was recognised and what changes take the room.
TALL_PX = 656
WHOLE_PX = 784
QUESTIONS_SHOWN = 5
COLUMNS_SHOWN, COLUMNS_SHOWN_TALL = 5, 14
UNREADABLE_MAX_CHARACTERS = 16
LEDGER_ORDER = (
    *("problems", "tasks", "milestones", "indicators", "steps", "checks", "tickets", "petitions"),
    *("enterprises", "visits", "activities", "clues", "refusals", "failures", "approvals"),
    *("institutions", "returns", "projects", "satisfaction", "ranks", "appraisals", "points"),
    *("contests", "instructions", "incidents", "commitments", "questionings", "reviews", "cases"),
    *("units", "communities"),
)
ROSTERS = ("units", "communities")
NATURES = {
    "state": "每月报一次全部事项",
    "event": "按发生日期逐条登记",
    "reference": "有变化时报一次",
}


def verdict_of(outcome: Outcome) -> Verdict:
    """Judge a file: errors first, then what must be answered, then warnings."""
    errors = sum(problem.level == "error" for problem in outcome.problems)
    warnings = len(outcome.problems) - errors
    if outcome.status == "published":
        return Verdict("normal", f"已发布，编号 {outcome.upload}", _recognised(outcome, warnings))
    if outcome.status == "unchanged":
        return Verdict("normal", "这份文件已经发布过，没有变化", _recognised(outcome, warnings))
    if unreadable := _unreadable(outcome):
        return Verdict("overdue", unreadable.found, (Name(outcome.file), f"：{unreadable.remedy}"))
    if errors:
        asked = len(outcome.questions)
        hint = (f"；其中 {asked} 项可在下面直接回答",) if asked else ()
        detail = (*_recognised(outcome, 0 if asked else warnings), *hint)
        return Verdict("overdue", f"{errors} 处错误，改好才能发布", detail)
    required = sum(question.is_required for question in outcome.questions)
    if required or outcome.status == "question":
        rest = "答完再逐格核对" if outcome.status == "question" else "答完重新比较"
        said = (Name(outcome.file), f"：请在下面回答，{rest}")
        return Verdict("soon", f"还差 {max(required, 1)} 项说明，才能发布", said)
    if outcome.comparison.count("reversed"):
        count = outcome.comparison.count("reversed")
        return Verdict("soon", f"{count} 项倒退，写明理由才能发布", _recognised(outcome, warnings))
    if warnings:
        return Verdict("soon", f"{warnings} 处提醒，可以发布", _recognised(outcome, warnings))
    return Verdict("normal", "无误，可以发布", _recognised(outcome, warnings))


def _unreadable(outcome: Outcome) -> Problem | None:
    """Return what keeps the file as a whole from being read (它是 PDF，已加密), if it is that."""
    errors = [problem for problem in outcome.problems if problem.level == "error"]
    is_whole = len(errors) == 1 and not outcome.sheets and not (errors[0].sheet or errors[0].cell)
    is_short = is_whole and 0 < len(errors[0].found) <= UNREADABLE_MAX_CHARACTERS
    return errors[0] if is_short else None


def _recognised(outcome: Outcome, warning_count: int) -> tuple[str, ...]:
    ledgers = [sheet for sheet in outcome.sheets if sheet.ledger]
    if not ledgers:
        return (Name(outcome.file), "：", outcome.sentence)
    kinds = "、".join(dict.fromkeys(contracts()[sheet.ledger].title for sheet in ledgers))
    tail = f"；{warning_count} 处提醒不影响发布" if warning_count else ""
    month = f"，{words.year_month(outcome.month)}" if outcome.month else ""
    unit = f"，{outcome.unit}报送" if outcome.unit else "，各单位合并报送"
    return (
        Name(outcome.file),
        " 识别为 ",
        Name(kinds),
        f"{month}{unit}，表头第 {ledgers[0].header_row} 行，共 ",
        Name(str(outcome.row_count)),
        f" 行{tail}",
    )


def recognised_table(outcome: Outcome, rows_max: int) -> None:
    """Draw which of the file's columns became which of ours, `rows_max` rows high."""
    rows = [
        {
            "工作表": sheet.name,
            "表里的列名": header,
            "识别为": contracts()[sheet.ledger].columns_by_name[column].title,
            "标记": LABELS[contracts()[sheet.ledger].columns_by_name[column].column_class],
        }
        for sheet in outcome.sheets
        if sheet.ledger
        for header, column in sheet.columns.items()
        if column in contracts()[sheet.ledger].columns_by_name
    ]
    if not rows:
        st.markdown(":gray[没有识别出台账的列]")
        return
    shown = pd.DataFrame(rows)
    if shown["工作表"].nunique() < 2:
        shown = shown.drop(columns="工作表")
    plain_table(shown, rows_max=rows_max)


def file_findings(
    outcome: Outcome | None,
    content: Callable[[], bytes] | None = None,
    is_compared: bool = True,
) -> dict[str, str] | None:
    """Draw a file's questions, problems, recognised columns and changes.

    Returns the answers when the clerk has just given them. Without a file it shows what can
    be sent. `content` gives the file's bytes where they are at hand; `is_compared` is False
    where what the file changes is known only as counts.
    """
    if outcome is None:
        with (
            panel("可以上传的台账", "有自己的表就直接传；没有就下载模板", WHOLE_PX),
            st.container(gap="xxsmall"),
        ):
            _what_can_be_sent()
        return None
    # What hinders publishing goes first; the rest may stay open, below.
    is_hindered = outcome.status == "refused" and bool(outcome.questions)
    is_first = is_hindered or any(question.is_required for question in outcome.questions)
    answers = _questions(outcome) if is_first else None
    with panel(
        "问题",
        "错误必须改，提醒请核对",
        UPPER_PX if outcome.problems and not is_first else "content",
    ):
        problem_groups(outcome, content)
    if any(sheet.ledger for sheet in outcome.sheets):
        _recognised_and_changed(outcome, is_compared)
    return answers if is_first else _questions(outcome)


def _label(outcome: Outcome) -> Label:
    """Return how closely a list is held: as its most closely held column."""
    kinds = {sheet.ledger for sheet in outcome.sheets if sheet.ledger}
    return Label.SENSITIVE if any(contracts()[kind].sensitive for kind in kinds) else Label.INTERNAL


def _recognised_and_changed(outcome: Outcome, is_compared: bool) -> None:
    is_tall = not outcome.problems
    height = TALL_PX if is_tall else LOWER_PX
    left, right = st.columns([1, 1.3])
    with left, panel("识别的列", f"这份台账的标记：{_label(outcome)}", height):
        recognised_table(outcome, COLUMNS_SHOWN_TALL if is_tall else COLUMNS_SHOWN)
    with right, panel("变化", change_counts(outcome) if is_compared else "", height):
        if is_compared:
            change_table(outcome, is_tall)
        else:
            st.markdown(":gray[逐项的比较只留一天；草稿可以“重新核对”]")


def _questions(outcome: Outcome) -> dict[str, str] | None:
    asked = questions_of(outcome)
    if not asked:
        return None
    note = "带＊的必须回答" if any(question.is_required for question in asked) else ""
    if outcome.status == "refused":
        note = "回答了的不用再改文件；没有合适的，请改文件"
    with panel("请说明", note, LOWER_PX if len(asked) > QUESTIONS_SHOWN else "content"):
        return question_form(outcome)


def _what_can_be_sent() -> None:
    """List the ledgers that the campaign collects with a template for each; then the others."""
    collected = {entry.kind for entry in filters().pack.ledgers}.union(ROSTERS)
    for kind in (kind for kind in LEDGER_ORDER if kind in collected):
        contract = contracts()[kind]
        required = words.escape_markdown("、".join(column.title for column in contract.required))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{words.escape_markdown(contract.title)}**", width=projected_px(220))
            st.markdown(f":gray[{NATURES[contract.nature]}。必填：{required}]", width="content")
            st.space("stretch")
            _template_button(contract)
    others = {contracts()[kind].title: kind for kind in LEDGER_ORDER if kind not in collected}
    if others:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown("**其他台账**", width=projected_px(220))
            title = st.selectbox(
                "其他台账",
                list(others),
                label_visibility="collapsed",
                width=projected_px(260),
                key="other_ledger",
            )
            st.markdown(":gray[方案没有规定报送，有也可以传]", width="content")
            st.space("stretch")
            _template_button(contracts()[others[title]])


def _template_button(contract: Contract) -> None:
    hand_out(
        "下载模板",
        partial(template, contract, filters().pack, "", []),
        f"{contract.title.replace('/', '或')}模板.xlsx",
        key=f"template-{contract.kind}",
        thing="模板",
        needs=Action.SUBMIT,
        campaign=filters().campaign,
        is_marked=False,
    )
