"""The card of one finding: its clause, its evidence, what was done about it so far."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask, known_at
from tally.board.card import field_table
from tally.board.finding_slip import slip_download, slip_names
from tally.board.finding_steps import steps_form, take_last_back
from tally.board.provenance import show_source
from tally.finding_words import LEVELS, STATUS, STEPS

Row = Mapping[str, Any]
EVIDENCE_MAX = 40


def finding_card(chosen: Filters, row: Row | None) -> None:
    """Draw a row of `rule_findings` with its evidence and its steps."""
    if row is None:
        st.markdown(":gray[没有选中的预警]")
        return
    st.markdown(f"#### {words.escape_markdown(_title(row))}")
    steps = steps_of(chosen, row)
    with st.container(horizontal=True, vertical_alignment="center"):
        # Each step closes it: left open it would stand over the next finding of the list.
        place = f"deal-{row['rule']}-{row['subject']}-{row['since_on']}-{len(steps)}"
        with (
            st.popover("办理", type="primary", disabled=_is_done(row), key=place),
            st.container(width=480),
        ):
            steps_form(chosen, dict(row), steps)
        evidence_button(chosen, row)
        slip_download(chosen, row, steps)
        _take_back(steps)
    slips = slip_names(chosen)
    field_table(_fields(row, slips))
    with st.container(gap=None):
        for step in reversed(steps.to_dict("records")):
            st.markdown(step_line(step, slips))


def steps_of(chosen: Filters, row: Row) -> pd.DataFrame:
    """Return the steps taken on a finding, in their order."""
    return ask(
        "finding_steps",
        campaign=chosen.campaign,
        rule=row["rule"],
        subject=row["subject"],
        since_on=row["since_on"],
    )


def _title(row: Row) -> str:
    return f"{row['subject']}" if words.is_missing(row["sentence"]) else str(row["sentence"])


def _is_done(row: Row) -> bool:
    """Tell whether no step can be entered: it is done with, or what is shown is a snapshot."""
    return row["status"] in ("closed", "withdrawn") or known_at() is not None


def _fields(row: Row, slips: Mapping[str, str]) -> dict[str, str | None]:
    """Return the card's lines; what is missing is left out."""
    clause, limit = words.text(row["clause"]), words.text(row["threshold_source"])
    measures = row["measures"]
    ways = "、".join(measures) if measures is not None and len(measures) else ""
    lines = {
        "规则": f"{row['rule']}（{words.text(row['mechanism'])}）",
        "条款": clause,
        "界限": f"{words.amount(row['threshold'])}（{limit if limit != clause else '同条款'}）",
        "责任": "，".join(
            str(part) for part in (row["unit"], row["leader_post"]) if not words.is_missing(part)
        ),
        "后果": f"{row['consequence']}：{ways}" if ways else str(row["consequence"]),
        "说明": row["remark"],
        "办理": _status(row, slips),
    }
    return {
        name: None if words.is_missing(value) or not value else str(value)
        for name, value in lines.items()
    }


def _status(row: Row, slips: Mapping[str, str]) -> str:
    said = [STATUS[row["status"]]]
    if not words.is_missing(row["slip_due_on"]):
        said.append(f"{_slip(row, slips)} {words.iso_day(row['slip_due_on'])} 到期")
    for column, what in (("report_due_on", "书面报告"), ("rectify_by_on", "整改")):
        if not words.is_missing(row[column]):
            said.append(f"{what} {words.iso_day(row[column])} 前")
    if not words.is_missing(row["reference"]):
        said.append(f"依据 {row['reference']}")
    return "；".join(said)


def _slip(row: Row, slips: Mapping[str, str]) -> str:
    level = row["slip_level"]
    return f"{LEVELS[level].shape} {slips.get(level, STEPS['slip'])}"


def step_line(step: Row, slips: Mapping[str, str]) -> str:
    """Return one step in Markdown: day, what, by whom, and what was said.

    `slips` is what the slip of each colour is called.
    """
    what = STEPS[step["step"]]
    if not words.is_missing(step["slip_level"]):
        what = _slip(step, slips)
    told = [step[name] for name in ("measure", "content", "reference")]
    said = "；".join(str(part) for part in told if not words.is_missing(part))
    line = f"{words.iso_day(step['step_on'])} {what} {step['post']}" + (f"：{said}" if said else "")
    return f":small[{words.escape_markdown(line)}]"


def evidence_button(chosen: Filters, row: Row, key: str = "evidence") -> None:
    """Draw the way from a finding (rule, subject, since_on) to the rows that prove it."""
    proof = ask(
        "finding_evidence",
        chosen,
        rule=row["rule"],
        subject=row["subject"],
        since_on=row["since_on"],
    )
    with st.popover(f"依据 {len(proof)} 行", disabled=proof.empty):
        for number, place in enumerate(proof.head(EVIDENCE_MAX).to_dict("records")):
            label = f"{place['file']} · {place['sheet']} · 第 {int(place['row'])} 行"
            if st.button(words.escape_markdown(label), key=f"{key}-{number}", type="tertiary"):
                show_source(int(place["upload"]), place["sheet"], int(place["row"]), "", "")
        if len(proof) > EVIDENCE_MAX:
            st.markdown(f":gray[另有 {len(proof) - EVIDENCE_MAX} 行]")
    if proof.empty:
        st.markdown(":gray[:small[缺的就是依据：台账里没有这一条]]")


def _take_back(steps: pd.DataFrame) -> None:
    if known_at() is not None or steps.empty:
        return
    if st.button("撤销上一步", key="finding_take_back", type="tertiary"):
        take_last_back(int(steps.iloc[-1]["finding_step"]))
