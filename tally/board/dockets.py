"""专项台账: which dockets a campaign keeps, and the one that is shown."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask
from tally.board.clues import clues_verdict, draw_clues
from tally.board.docket_parts import Docket
from tally.board.institutions import draw_institutions, institutions_verdict
from tally.board.obstacles import draw_obstacles, obstacles_verdict
from tally.board.panels import UPLOAD_PAGE, stop_without_items, verdict
from tally.board.problem_classes import classes_verdict, draw_classes
from tally.board.reports import draw_reports, reports_of, reports_verdict
from tally.board.returns import draw_returns, returns_verdict
from tally.board.ways import way_to
from tally.contracts import contracts

REPORTS = "submissions_due"
DOCKETS = (
    Docket(
        "说“不”与办不成事", "service_obstacles", ("refusals", "failures"), obstacles_verdict,
        draw_obstacles,
    ),
    Docket("问题线索", "clue_progress", ("clues",), clues_verdict, draw_clues),
    Docket("五项月报", "monthly_returns", ("returns",), returns_verdict, draw_returns),
    Docket(
        "制度机制", "institution_progress", ("institutions",), institutions_verdict,
        draw_institutions,
    ),
    Docket("问题性质", "class_counts", (), classes_verdict, draw_classes),
    Docket("报送情况", REPORTS, (), reports_verdict, draw_reports),
)  # fmt: skip


@dataclass(frozen=True)
class Kept:
    """A docket with its rows."""

    docket: Docket
    rows: pd.DataFrame


def kept_dockets(chosen: Filters) -> dict[str, Kept]:
    """Return the dockets that the campaign keeps, under their labels: asked for, or with rows."""
    expected = {entry.kind for entry in chosen.pack.ledgers}
    kept = {}
    for docket in DOCKETS:
        is_reports = docket.question == REPORTS
        rows = reports_of(chosen) if is_reports else ask(docket.question, chosen)
        if len(rows) or is_reports or expected & set(docket.ledgers):
            kept[docket.label] = Kept(docket, rows)
    return kept


def docket_switch(kept: dict[str, Kept], key: str) -> Kept:
    """Draw the switch between the dockets, bound to the address; return the one chosen."""
    labels = list(kept)
    label = st.segmented_control(
        "台账",
        labels,
        format_func=words.escape_markdown,
        default=labels[0],
        required=True,
        key=key,
        bind="query-params",
        label_visibility="collapsed",
    )
    return kept[label if label in kept else labels[0]]


def show_docket(chosen: Filters, kept: dict[str, Kept], key: str = "docket") -> None:
    """Draw the chosen docket below its verdict; without rows say which ledger is missing.

    `key` is the switch's word in the address.
    """
    left, right = st.columns([1, 1.15], vertical_alignment="center")
    with right, st.container(horizontal_alignment="right"):
        shown = docket_switch(kept, key)
    if chosen.league or chosen.unit or chosen.dimension or chosen.post:
        stop_without_items(shown.rows)
    with left:
        verdict(shown.docket.verdict(chosen, shown.rows))
    if shown.rows.empty and shown.docket.ledgers:
        names = "、".join(
            words.escape_markdown(contracts()[kind].title) for kind in shown.docket.ledgers
        )
        st.markdown(f"上传 **{names}** 并发布后，这里就有数了。")
        way_to(UPLOAD_PAGE, "去上传")
        return
    shown.docket.draw(chosen, shown.rows)
