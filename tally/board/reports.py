"""报送情况: who sent which list month by month, nil returns included (B13)."""

from typing import Any

import pandas as pd
import streamlit as st

from tally import clock, verdicts, words
from tally.board.asking import Filters, ask, theme
from tally.board.docket_parts import WHOLE_PX, iso_days, row_list
from tally.board.leagues import reporting
from tally.board.panels import figure, heading, panel
from tally.board.roster import STATUS_WORDS
from tally.charts.submissions_due import submissions_due
from tally.contracts import contracts
from tally.sentences import Verdict

JOINT = "合并报送"
COLUMNS = {
    "name": ("单位", 140),
    "ledger_words": ("台账", 130),
    "due": ("应报", 104),
    "status_words": ("状态", 100),
}


def reports_of(chosen: Filters) -> pd.DataFrame:
    """Return what the units that the filters leave owed up to the month asked, as of today."""
    owed = ask("submissions_due", campaign=chosen.campaign, as_of=clock.today())
    units = set(reporting(chosen)["unit"]) | (
        {""} if not chosen.unit and not chosen.post else set()
    )
    owed = owed[owed["month"].le(f"{chosen.as_of:%Y-%m}") & owed["unit"].isin(units)]
    return owed.assign(name=[unit or JOINT for unit in owed["unit"]])


def reports_verdict(chosen: Filters, rows: pd.DataFrame) -> Verdict:
    """Judge the month's rows of `submissions_due`, as the roster does."""
    month = rows[rows["month"] == f"{chosen.as_of:%Y-%m}"]
    return verdicts.roster(month.to_dict("records"), chosen.as_of)


def draw_reports(chosen: Filters, rows: pd.DataFrame) -> None:
    """Draw one ledger's units over the months, and the month's lists that did not come in time."""
    left, right = st.columns([1.6, 1])
    with left, panel("", height=WHOLE_PX):
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            heading("谁报了谁没报", "日期为送达日；零报告算已报")
            shown = _of_ledger(rows)
        drawn = submissions_due(shown, theme=theme())
        figure(drawn, key="reports", alt=reports_verdict(chosen, rows).spoken)
    with right, panel(f"{words.month(chosen.as_of)}未报和迟报", "全部台账", WHOLE_PX):
        month = rows[rows["month"] == f"{chosen.as_of:%Y-%m}"]
        behind = month[month["status"].isin(["missing", "late", "not yet due"])]
        row_list(_worded(behind), COLUMNS, key="late_reports", rows_max=17)


def _of_ledger(rows: pd.DataFrame) -> pd.DataFrame:
    """Let a ledger be chosen that units send by themselves, or those that come for all."""
    own = list(dict.fromkeys(rows[rows["unit"] != ""]["ledger"]))
    choices: dict[str, Any] = {contracts()[kind].title: kind for kind in own}
    if (rows["unit"] == "").any():
        choices[JOINT] = ""
    label = st.selectbox(
        "台账", list(choices), key="report_ledger", bind="query-params",
        label_visibility="collapsed", width=240,
    )  # fmt: skip
    kind = choices.get(label or "", next(iter(choices.values()), ""))
    if kind:
        return rows[(rows["ledger"] == kind) & (rows["unit"] != "")]
    joint = rows[rows["unit"] == ""]
    return joint.assign(name=[contracts()[ledger].title for ledger in joint["ledger"]])


def _worded(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(
        ledger_words=[contracts()[kind].title for kind in rows["ledger"]],
        due=iso_days(rows["due_on"]),
        status_words=[STATUS_WORDS[status] for status in rows["status"]],
    )
