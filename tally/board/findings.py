"""What was recognised in a file, what is wrong with it, and what it would change."""

from dataclasses import asdict
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import filters
from tally.board.panels import panel, table
from tally.contracts import contracts
from tally.notices.template import template
from tally.sentences import Name, Verdict
from tally.submissions import Outcome

LEVEL_WORDS = {"error": "■ 错误", "warning": "▲ 提醒"}
CHANGE_WORDS = {"added": "新增", "changed": "变化", "vanished": "消失", "reversed": "倒退"}
ROW_PX = 36
PROBLEMS_MAX = 7
UPPER_PX = 443
LOWER_PX = 324
WHOLE_PX = 784
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
        return Verdict("soon", "还差一项说明，才能发布", (outcome.sentence,))
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


def problem_table(outcome: Outcome) -> None:
    """Draw the problems, errors first, each with its cell and the remedy."""
    if not outcome.problems:
        st.markdown(":green[●] 没有发现问题")
        return
    ordered = sorted(outcome.problems, key=lambda problem: problem.level)
    titles = _titles(outcome)
    rows = pd.DataFrame([asdict(problem) for problem in ordered])
    rows["level"] = rows["level"].map(LEVEL_WORDS)
    rows["column"] = rows["column"].map(lambda name: titles.get(name, name))
    columns = {
        "level": st.column_config.TextColumn("级别", width=76),
        "sheet": st.column_config.TextColumn("工作表", width=96),
        "cell": st.column_config.TextColumn("位置", width=80),
        "column": st.column_config.TextColumn("列", width=96),
        "found": st.column_config.TextColumn("填的是", width=190),
        "expected": st.column_config.TextColumn("应为", width=250),
        "remedy": st.column_config.TextColumn("怎么改", width=410),
    }
    table(rows, columns, key="problems", rows_max=PROBLEMS_MAX)


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
    st.dataframe(pd.DataFrame(rows), hide_index=True, row_height=36, height=ROW_PX * 6)


def file_findings(outcome: Outcome | None) -> None:
    """Draw a file's problems, recognised columns and changes; without one, what can be sent."""
    if outcome is None:
        with panel("可以上传的台账", "有自己的表就直接传；没有就下载模板", WHOLE_PX):
            _what_can_be_sent()
        return
    with panel("问题", "错误必须改，提醒请核对", UPPER_PX):
        problem_table(outcome)
    left, right = st.columns([1, 1.3])
    with left, panel("识别的列", height=LOWER_PX):
        recognised_table(outcome)
    with right, panel("变化", change_counts(outcome), LOWER_PX):
        change_table(outcome)


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


def change_table(outcome: Outcome) -> None:
    """Draw what publishing would change, reversals first, with old and new values."""
    order = ("reversed", "vanished", "changed", "added")
    changes = [change for kind in order for change in outcome.comparison.of(kind)]
    if not _is_compared(outcome):
        st.markdown(":gray[改好错误、补齐说明后显示]")
        return
    if not changes:
        st.markdown(":gray[与已发布的相比没有变化]")
        return
    titles = _titles(outcome)
    rows = [
        {
            "变化": CHANGE_WORDS[change.kind],
            "事项": change.title,
            "单位": change.unit,
            "列": titles.get(change.column, ""),
            "原来": _shown(change.column, change.old),
            "现在": _shown(change.column, change.new),
        }
        for change in changes
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, row_height=36, height=ROW_PX * 6)


def _titles(outcome: Outcome) -> dict[str, str]:
    """Return the titles of columns; ledgers share names, and one that was recognised goes first."""
    recognised = [sheet.ledger for sheet in outcome.sheets if sheet.ledger]
    kinds = dict.fromkeys([*recognised, *contracts()])
    return {
        column.name: column.title
        for kind in reversed(kinds)
        for column in contracts()[kind].columns
    }


def _shown(column: str, value: Any) -> str:
    if value is None:
        return ""
    return words.ITEM_STATE_WORDS.get(value, value) if column == "state" else str(value)


def _is_compared(outcome: Outcome) -> bool:
    return outcome.status not in ("refused", "question")


def change_counts(outcome: Outcome) -> str:
    """Return the counts of a comparison in words; nothing before there is one."""
    if not _is_compared(outcome):
        return ""
    parts = (f"{word} {outcome.comparison.count(kind)}" for kind, word in CHANGE_WORDS.items())  # type: ignore[arg-type]
    return "与已发布的相比：" + "、".join(parts)
