"""项目攻坚: annual numbers, the flow between stages, admission, starts (C5, C6, C11, C15)."""

from collections.abc import Sequence

import streamlit as st

from tally import words
from tally.board.asking import Filters, ask
from tally.board.panels import UPLOAD_PAGE, stop_without_items, verdict
from tally.board.project_admission import admission_verdict, draw_admission
from tally.board.project_numbers import draw_numbers, numbers_verdict
from tally.board.project_stages import draw_stages, stages_verdict
from tally.board.project_starts import draw_starts, starts, starts_verdict
from tally.board.ways import way_to
from tally.contracts import contracts
from tally.sentences import Verdict

NUMBERS, STAGES, ADMISSION, STARTS = "年度数", "阶段流转", "准入审核", "起点对照"
# What each view asks, how it is judged and drawn.
QUESTIONS = {
    NUMBERS: ("project_numbers", numbers_verdict, draw_numbers),
    STAGES: ("project_stages", stages_verdict, draw_stages),
    ADMISSION: ("project_admission", admission_verdict, draw_admission),
}


def view_switch(offered: Sequence[str]) -> str:
    """Draw the switch between the views, bound to the address; return the one chosen."""
    chosen: str | None = st.segmented_control(
        "看",
        offered,
        format_func=words.escape_markdown,
        default=offered[0],
        required=True,
        key="view",
        bind="query-params",
        label_visibility="collapsed",
    )
    return chosen if chosen is not None and chosen in offered else offered[0]


def show_projects(chosen: Filters) -> None:
    """Draw the chosen view below its verdict; without projects say which ledger is missing."""
    projects, begun = ask("projects", chosen), starts(chosen)
    offered = [*(QUESTIONS if len(projects) else ()), *((STARTS,) if begun else ())]
    if not offered or (projects.empty and _is_filtered_out(chosen)):
        _nothing(chosen)
        return
    left, right = st.columns([1.75, 1], vertical_alignment="center")
    with right, st.container(horizontal_alignment="right"):
        view = view_switch(offered)
    if view == STARTS:
        with left:
            verdict(starts_verdict(begun))
        draw_starts(begun)
        return
    asked, judge, draw = QUESTIONS[view]
    rows = ask(asked, chosen)
    with left:
        verdict(judge(rows.to_dict("records")))
    draw(chosen, rows, projects)


def _is_filtered_out(chosen: Filters) -> bool:
    """Tell whether the campaign has projects that the filters leave out."""
    return not ask("projects", campaign=chosen.campaign, as_of=chosen.as_of).empty


def _nothing(chosen: Filters) -> None:
    """Say that the filters leave nothing, or which ledger is missing and where to bring it."""
    if _is_filtered_out(chosen):
        stop_without_items(ask("projects", chosen))
    verdict(Verdict("unreported", "还没有项目台账"))
    st.markdown(
        f"上传 **{words.escape_markdown(contracts()['projects'].title)}** 并发布后，这里就有数了。"
    )
    way_to(UPLOAD_PAGE, "去上传")
