"""较上次会议: what changed since the last meeting, as the first screen (issue 7.3)."""

from pathlib import Path

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask, theme, today
from tally.board.closing import View
from tally.board.items import ITEMS, LISTED_MAX, go_to_ledger
from tally.board.panels import figure, heading, panel
from tally.charts.meeting_changes import meeting_changes, spoken_change
from tally.charts.meeting_things import meeting_things
from tally.contracts import contracts
from tally.meeting_words import CHANGES
from tally.sentences import Verdict, clauses, listed
from tally.submissions.meetings import Before, state_before

WHOLE_PX, FIGURE_PX, LIST_PX = 784, 1128, 622
PICKED_KEY = "_meeting_change"
PAGES = Path(__file__).resolve().parents[2] / "pages"
LEADS_TO = {
    "finding": "leaders/supervision.py",
    "instruction": "leaders/instructions.py",
    "unit": "staff/roster.py",
    "list": "staff/roster.py",
}


def changes_view(chosen: Filters) -> View:
    """Return the view of what changed."""
    before = meeting_before(chosen)
    asked = {"before_on": before.as_of, "before_known_at": before.known_at}
    counts = ask("meeting_change_counts", chosen, **asked)
    totals = [
        ask("campaign_totals", chosen),
        ask("campaign_totals", chosen, as_of=before.as_of, known_at=before.known_at),
    ]
    opening = changes_verdict(counts, before, *totals)
    return View(opening, lambda: _draw(chosen, counts, before, opening))


def meeting_before(chosen: Filters) -> Before:
    """Return the state that the meeting compares with."""
    frozen = ask("meetings", campaign=chosen.campaign).to_dict("records")
    rows = [
        row | {
            "held_on": pd.Timestamp(row["held_on"]).date(),
            "as_of": pd.Timestamp(row["as_of"]).date(),
            "known_at": pd.Timestamp(row["known_at"]).to_pydatetime(),
        }
        for row in frozen
    ]  # fmt: skip
    return state_before(rows, chosen.as_of, today())


def changes_verdict(
    counts: pd.DataFrame, before: Before, now: pd.DataFrame, then: pd.DataFrame
) -> Verdict:
    """Judge rows of `meeting_change_counts`, with `campaign_totals` of both states."""
    known = {row["change"]: row for row in counts.to_dict("records")}
    if not known:
        return Verdict("normal", "与上次相比没有变化", (_since(before),))
    said = "，".join(
        f"{CHANGES[name].label} {words.count(known[name]['change_count'], CHANGES[name].counted)}"
        for name in ("overdue", "reopened", "closed")
        if name in known
    )
    state = "overdue" if {"overdue", "reopened"} & set(known) else "normal"
    whose = (
        ("新逾期最多：", *listed(list(known["overdue"]["units"])[:1])) if "overdue" in known else ()
    )
    detail = clauses((_since(before),), _moved(now, then), whose)
    return Verdict(state, said or "有变化，没有新逾期", detail)


def _since(before: Before) -> str:
    if before.held_on:
        held = words.iso_day(before.held_on)
        return f"与 {held} 会议时相比（数据截至 {words.iso_day(before.as_of)}）"
    return f"此前没有冻结过会议，与上月末 {words.iso_day(before.as_of)} 相比"


def _moved(now: pd.DataFrame, then: pd.DataFrame) -> tuple[str, ...]:
    """Say how many are overdue, before and now."""
    if now.empty or then.empty:
        return ()
    was, is_now = int(then.iloc[0]["overdue_count"]), int(now.iloc[0]["overdue_count"])
    return (f"逾期 {was} → {is_now} 项",)


def _draw(chosen: Filters, counts: pd.DataFrame, before: Before, opening: Verdict) -> None:
    """Draw the kinds of change on the left, the things of the chosen kind on the right."""
    known = [name for name in CHANGES if name in set(counts["change"])]
    kept = st.session_state.get(PICKED_KEY)
    picked = kept if kept in known else (known[0] if known else None)
    left, right = st.columns([1.75, 1])
    with left, panel("", height=WHOLE_PX):
        shown = figure(
            meeting_changes(
                counts,
                theme=theme(),
                chosen=picked,
                width=FIGURE_PX,
                height=WHOLE_PX - 40,
            ),
            key="meeting_changes",
            alt="；".join(map(spoken_change, counts.to_dict("records"))) or opening.spoken,
            is_selectable=True,
        )
    if shown and shown[0] != picked:
        st.session_state[PICKED_KEY] = shown[0]
        st.rerun()
    with right, panel("", height=WHOLE_PX):
        if picked:
            counted = counts.loc[counts["change"] == picked, "change_count"].item()
            _things(chosen, before, picked, counted)
        else:
            st.markdown(":gray[没有变化]")


def _things(chosen: Filters, before: Before, change: str, counted: int) -> None:
    """List the things that changed in one way; a click on one leads to where it stands."""
    rows = ask(
        "meeting_changes",
        chosen,
        change=change,
        before_on=before.as_of,
        before_known_at=before.known_at,
        at_most=LISTED_MAX,
    )
    heading(CHANGES[change].label, f"{counted:,} {CHANGES[change].counted}，点一行去看")
    ledgers = contracts()
    worded = rows.assign(
        title=[
            f"{ledgers[row['title']].title} {row['entry'].split('·')[1]}"
            if row["kind"] == "list"
            else row["title"]
            for row in rows.to_dict("records")
        ]
    )
    picked = figure(
        meeting_things(
            worded,
            counted=counted,
            theme=theme(),
            width=LIST_PX,
            height=WHOLE_PX - 90,
        ),
        key=f"meeting_things-{change}",
        alt="；".join(words.text(title) for title in worded["title"].head(3)),
        is_selectable=True,
    )
    if picked:
        kind, entry = picked
        _lead_to(kind, entry, rows)


def _lead_to(kind: str, entry: str, rows: pd.DataFrame) -> None:
    """Go to the page on which a thing stands, an item found there."""
    if kind == "item":
        title = rows.loc[rows["entry"] == entry, "title"].iloc[0]
        go_to_ledger(ledger=ITEMS, words=str(title))
    st.switch_page(PAGES / LEADS_TO[kind], query_params={})
