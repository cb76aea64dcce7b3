"""What is done about a finding, entered step by step; nothing is uploaded (D3, D4, D8, D17)."""

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from tally import clock, service, words
from tally.board.asking import Filters
from tally.board.handler import handler_field
from tally.finding_words import LEVELS, STEPS
from tally.packs import SLIP_LEVELS
from tally.submissions.findings import CannotStep, Step, Subject, take_step, take_step_back

OTHER_MEASURES = ("约谈", "书面报告", "限期整改", "通报批评", "其他")
PRAISE_MEASURES = ("通报表扬", "加分", "其他")
CONTENT_LABELS = {
    "acknowledged": "说明（可不填）",
    "acted": "情况（可不填）",
    "slip": "督办要求（可不填）",
    "reply": "单位的意见",
    "closed": "结果（可不填）",
    "withdrawn": "撤回的理由",
}


def take_last_back(number: int) -> None:
    """Take the last step on a finding back and draw the page again."""
    take_step_back(service.database(), number)
    st.rerun()


def steps_form(chosen: Filters, row: dict[str, Any], steps: pd.DataFrame) -> None:
    """Let one step on a finding be entered."""
    possible = _possible(steps)
    # Each step is entered into empty fields.
    place = f"{row['rule']}-{row['subject']}-{row['since_on']}-{len(steps)}"
    step = st.segmented_control(
        "这一步", possible, format_func=STEPS.__getitem__, required=True, default=possible[0],
        key=f"step-{place}",
    ) or possible[0]  # fmt: skip
    left, right = st.columns(2)
    with left:
        taken_on = st.date_input("日期", value=_usual_day(row), key=f"on-{place}")
    with right:
        post = handler_field("step_handler")
    more = _fields_of(chosen, step, row, place)
    content = st.text_area(CONTENT_LABELS[step], key=f"content-{place}", height=90)
    refused = st.container()
    if st.button("记入", type="primary", key="enter_step"):
        with refused:
            _enter(chosen, row, Step(step, taken_on, post, content=content, **more))


def _possible(steps: pd.DataFrame) -> list[str]:
    """Return the steps that can be taken next, the usual one first."""
    taken = set(steps["step"])
    first = ["acknowledged"] if "acknowledged" not in taken else []
    return [*first, "acted", "slip", "reply", "closed", "withdrawn"]


def _usual_day(row: dict[str, Any]) -> date:
    return max(clock.today(), pd.Timestamp(row["since_on"]).date())


def _fields_of(chosen: Filters, step: str, row: dict[str, Any], place: str) -> dict[str, Any]:
    """Draw what this kind of step needs beside day, post and words; return what was given."""
    if step == "acted":
        return _acted_fields(row, place)
    if step == "slip":
        ladder = service.database().stored("slips", {"campaign": chosen.campaign}).to_pylist()
        names = {entry["level"]: entry for entry in ladder}
        level = st.segmented_control(
            "哪一级", list(names), key=f"slip-{place}", required=True,
            default=_next_slip(row, names),
            format_func=lambda one: words.escape_markdown(
                f"{LEVELS[one].shape} {names[one]['slip']}"
                f"（{names[one]['working_days']} 个工作日）"
            ),
        )  # fmt: skip
        return {"slip_level": level or ""}
    if step == "closed":
        return {
            "reference": st.text_input("依据（文号，或台账里的编号）", key=f"reference-{place}")
        }
    return {}


def _acted_fields(row: dict[str, Any], place: str) -> dict[str, Any]:
    measures = row["measures"]
    own = list(measures) if measures is not None else []
    usual = PRAISE_MEASURES if row["level"] == "good" else OTHER_MEASURES
    measure = st.selectbox("方式", list(dict.fromkeys([*own, *usual])), key=f"measure-{place}")
    left, right = st.columns(2)
    with left:
        report_due_on = st.date_input("书面报告期限（可不填）", value=None, key=f"report-{place}")
    with right:
        rectify_by_on = st.date_input("整改期限（可不填）", value=None, key=f"rectify-{place}")
    return {
        "measure": measure or "",
        "report_due_on": report_due_on,
        "rectify_by_on": rectify_by_on,
    }


def _next_slip(row: dict[str, Any], names: dict[str, Any]) -> str:
    """Return the colour that comes next on the ladder, the lowest where none went out."""
    ladder = [level for level in SLIP_LEVELS if level in names]
    if words.is_missing(row["slip_level"]) or row["slip_level"] not in ladder:
        return ladder[0]
    return ladder[min(ladder.index(row["slip_level"]) + 1, len(ladder) - 1)]


def _enter(chosen: Filters, row: dict[str, Any], step: Step) -> None:
    since_on = pd.Timestamp(row["since_on"]).date()
    about = Subject(chosen.campaign, row["rule"], row["subject"], since_on)
    try:
        take_step(service.database(), about, step)
    except CannotStep as refusal:
        st.error(words.escape_markdown(str(refusal)))
        return
    st.rerun()
