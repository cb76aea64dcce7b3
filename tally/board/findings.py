"""What was recognised in a file, what is wrong with it, and what it would change."""

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from tally import words
from tally.board.answering import question_form, questions_of
from tally.board.asking import filters
from tally.board.changes import change_counts, change_table
from tally.board.mending import problem_groups
from tally.board.panels import panel
from tally.contracts import contracts
from tally.notices.template import template
from tally.sentences import Name, Verdict
from tally.submissions import Outcome

ROW_PX = 36
UPPER_PX = 443
LOWER_PX = 324
WHOLE_PX = 784
QUESTIONS_SHOWN = 5
COLUMNS_SHOWN = 5
LEDGER_ORDER = ("problems", "tasks", "tickets", "checks", "indicators", "units", "communities")
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
    if errors:
        return Verdict("overdue", f"{errors} 处错误，改好才能发布", _recognised(outcome, warnings))
    if outcome.status == "question":
        count = max(sum(question.is_required for question in outcome.questions), 1)
        return Verdict("soon", f"还差 {count} 项说明，才能发布", (outcome.sentence,))
    if outcome.comparison.count("reversed"):
        count = outcome.comparison.count("reversed")
        return Verdict("soon", f"{count} 项倒退，写明理由才能发布", _recognised(outcome, warnings))
    if warnings:
        return Verdict("soon", f"{warnings} 处提醒，可以发布", _recognised(outcome, warnings))
    return Verdict("normal", "无误，可以发布", _recognised(outcome, warnings))


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


def recognised_table(outcome: Outcome) -> None:
    """Draw which of the file's columns became which of ours."""
    rows = [
        {
            "工作表": sheet.name,
            "表里的列名": header,
            "识别为": contracts()[sheet.ledger].columns_by_name[column].title,
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
    if not shown["工作表"].any():
        shown = shown.drop(columns="工作表")
    height = (min(len(shown), COLUMNS_SHOWN) + 1) * ROW_PX + 2
    st.dataframe(shown, hide_index=True, row_height=ROW_PX, height=height)


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
        with panel("可以上传的台账", "有自己的表就直接传；没有就下载模板", WHOLE_PX):
            _what_can_be_sent()
        return None
    must_answer = any(question.is_required for question in outcome.questions)
    answers = _questions(outcome) if must_answer else None
    with panel("问题", "错误必须改，提醒请核对", UPPER_PX):
        problem_groups(outcome, content)
    left, right = st.columns([1, 1.3])
    with left, panel("识别的列", height=LOWER_PX):
        recognised_table(outcome)
    with right, panel("变化", change_counts(outcome) if is_compared else "", LOWER_PX):
        if is_compared:
            change_table(outcome)
        else:
            st.markdown(":gray[逐项的比较只留一天；草稿可以“重新核对”]")
    return answers if must_answer else _questions(outcome)


def _questions(outcome: Outcome) -> dict[str, str] | None:
    asked = questions_of(outcome)
    if not asked:
        return None
    with panel("请说明", "带＊的必须回答", LOWER_PX if len(asked) > QUESTIONS_SHOWN else "content"):
        return question_form(outcome)


def _what_can_be_sent() -> None:
    """List the ledgers that can be uploaded, with a template for each."""
    for kind in LEDGER_ORDER:
        contract = contracts()[kind]
        required = "、".join(column.title for column in contract.required)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{contract.title}**", width=220)
            st.markdown(f":gray[{NATURES[contract.nature]}。必填：{required}]", width="content")
            st.space("stretch")
            st.download_button(
                "下载模板",
                partial(template, contract, filters().pack, "", []),
                file_name=f"{contract.title.replace('/', '或')}模板.xlsx",
                key=f"template-{contract.kind}",
            )
