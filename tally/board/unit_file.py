"""一单位一档: one unit's year on one printable page, for people to judge (D19)."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters
from tally.board.card import field_table
from tally.board.leagues import reporting
from tally.board.panels import panel, stop_without_items, verdict
from tally.board.peers import choice
from tally.board.task_print import print_on_one_page
from tally.board.task_standing import Row
from tally.board.unit_year import (
    FINDINGS_MAX,
    UnitFile,
    level_badge,
    record_words,
    standing_words,
    year_rows,
)
from tally.finding_words import STATUS
from tally.sentences import Name, Verdict, clauses, shortest_fitting

# Not `unit`: that one narrows what every page shows.
SUBJECT_KEY = "subject_unit"
FOR_PEOPLE = "供人评议，不自动给个人下结论"
YEAR_PX, RECORD_PX, WHOLE_PX = 432, 336, 784
CLAUSE_MAX = 44


def chosen_file(chosen: Filters) -> UnitFile:
    """Let one of the units that the filters leave be chosen, and return its file."""
    roster = reporting(chosen)
    stop_without_items(roster)
    with st.container(horizontal_alignment="right"):
        unit = choice("单位", roster["unit"].tolist(), SUBJECT_KEY, 300)
    return UnitFile.of(chosen, roster, unit)


def file_verdict(
    unit: str, found: Row, months: Sequence[Row], belongs: tuple[str, ...] = ()
) -> Verdict:
    """Judge a unit by its findings (of `finding_totals`) and its newest month (`unit_year`).

    `belongs` says whose the unit is.
    """
    red, others = found["red_count"], found["amber_count"] + found["blue_count"]
    overdue = months[-1]["overdue_count"] if months else None
    late = f"，逾期 {words.count(overdue, '项')}" if overdue else ""
    if red:
        state = "overdue"
        parts: tuple[str, ...] = f"红色预警 {red} 条", f"，另有 {others} 条" if others else "", late
    elif months and not months[-1]["is_reported"]:
        state, parts = "unreported", (f"{words.month(months[-1]['month'])}台账未报",)
    elif others:
        state, parts = "soon", (f"预警 {others} 条", "，没有红色", late)
    else:
        state, parts = "soon" if late else "normal", ("没有要办的预警", late)
    sentence = _fitting(unit, *parts)
    named = () if unit in sentence else (Name(unit),)
    return Verdict(state, sentence, clauses(named, belongs, (FOR_PEOPLE,)))


def _fitting(unit: str, *parts: str) -> str:
    """Return the longest sentence on the unit that fits its line; its name is the last to go."""
    ends = ["".join(parts[:count]) for count in range(len(parts), 0, -1)]
    return shortest_fitting([*(f"{unit}：{end}" for end in ends), ends[-1]])


def file_head(file: UnitFile) -> None:
    """Open the page with who the unit is and how it stands."""
    post = (f"分管领导：{file.leader_post}",) if file.leader_post else ()
    belongs = clauses((file.league,), post)
    verdict(file_verdict(file.unit, file.found, file.months, belongs))


def draw_file(file: UnitFile) -> None:
    """Draw the year, the record and the findings; they print on one A4 page."""
    left, right = st.columns([1.15, 1])
    year = file.chosen.as_of.year
    with left:
        with panel(f"{year}年逐月", "事项按月末计，其余按当月计", YEAR_PX):
            _year(file)
        with panel(
            "销号、积分与履职", f"{year}年截至 {words.iso_day(file.chosen.as_of)}", RECORD_PX
        ):
            _record(file)
    with right, panel("预警", _found_note(file.found), WHOLE_PX):
        _findings(file.findings)
    print_on_one_page(file.chosen.pack.campaign.full_name)


def _year(file: UnitFile) -> None:
    if not file.months:
        st.markdown(":gray[今年还没有台账]")
        return
    heads = ["项", *(words.month(month["month"]) for month in file.months)]
    st.table(pd.DataFrame(year_rows(file), columns=heads), border="horizontal", hide_index=True)


def _record(file: UnitFile) -> None:
    minimum = int(file.chosen.pack.threshold("minimum_due_items"))
    field_table(standing_words(file, minimum) | record_words(file))


def _found_note(found: Row) -> str:
    said = f"要办的 {found['open_count']} 条，已了结 {found['done_count']} 条"
    is_cut = found["open_count"] + found["done_count"] > FINDINGS_MAX
    return f"{said}；列前 {FINDINGS_MAX} 条，其余见预警督办" if is_cut else said


def clause_words(clause: str | None) -> str:
    """Return a rule's clause, its end left out where it is long."""
    said = words.text(clause)
    return said if len(said) <= CLAUSE_MAX else f"{said[:CLAUSE_MAX]}…"


def _finding(row: Row) -> list[str]:
    said = words.escape_markdown(words.text(row["sentence"] or row["subject"]))
    clause = words.escape_markdown(clause_words(row["clause"]))
    status = words.escape_markdown(f"自 {words.iso_day(row['since_on'])}，{STATUS[row['status']]}")
    return [level_badge(row), f"{said}  \n:gray[:small[{status}]]", f":gray[:small[{clause}]]"]


def _findings(findings: Sequence[Row]) -> None:
    """List the findings, open ones first, each with its clause and what became of it."""
    if not findings:
        st.markdown(":green[●] 今年没有预警")
        return
    rows = pd.DataFrame(map(_finding, findings), columns=["级别", "情形", "条款"])
    st.table(rows, border="horizontal", hide_index=True, hide_header=True)
