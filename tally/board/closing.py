"""销号核实: reported closed, found true and found false; what came back; what remains (B4–B6)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask, theme
from tally.board.items import ITEMS, go_to_ledger, open_in_ledger
from tally.board.panels import figure, heading, panel
from tally.board.tables import table
from tally.board.ways import way_to
from tally.charts.campaign_months import campaign_months
from tally.charts.closing_stock import closing_stock
from tally.charts.true_closing import true_closing
from tally.sentences import Verdict, clauses, listed

CHECKS_PAGE = Path(__file__).resolve().parents[2] / "pages" / "staff" / "checks.py"
CLOSED_STATE = "✓ 已销号"
WHOLE_PX, UPPER_PX, LOWER_PX = 784, 345, 422
Row = Mapping[str, Any]


@dataclass(frozen=True)
class View:
    """One view of the page: the verdict it opens with, and how it is drawn."""

    opening: Verdict
    draw: Callable[[], None]


def results_of(chosen: Filters) -> pd.DataFrame:
    """Return `verification_results` of all checks up to the day."""
    return ask("verification_results", chosen, checked_to=chosen.as_of)


def reopened_of(chosen: Filters) -> pd.DataFrame:
    """Return the items that a check found false or 退回 took back, not closed anew since."""
    return ask("items", chosen, state="reopened")


def closing_verdict(results: pd.DataFrame, reopened: pd.DataFrame) -> Verdict:
    """Judge rows of `verification_results`, with the items open again."""
    if results.empty:
        return Verdict("unreported", "还没有自报销号的事项")
    overall = results[results["is_overall"]].iloc[0]
    stock, checked = int(overall["stock_count"]), int(overall["checked_count"])
    if not checked and reopened.empty:
        why = f"自报销号 {words.count(stock, '项')}，没有核查台账"
        return Verdict("unreported", "自报销号都还没有核查", (why,))
    failed = int(overall["false_count"])
    found = _found_words(overall) if checked else "还没有核查"
    units = results[~results["is_overall"]]
    whose = units[units["false_count"] > 0]["unit"].tolist()
    detail = clauses((found,), ("核查不实：", *listed(whose)) if whose else ())
    if len(reopened):
        count = words.count(len(reopened), "项")
        return Verdict("overdue", f"{count}{reopened_words(reopened)}，重新在办", detail)
    if failed:
        return Verdict("soon", f"核查不实 {words.count(failed, '项')}，均已重新销号", detail)
    return Verdict("normal", f"已核查 {words.count(checked, '项')}，全部属实", detail)


def reopened_words(reopened: pd.DataFrame) -> str:
    """Return why items are open again: by a check, by 退回, or some of each."""
    returned = reopened["is_returned"].astype(bool)
    if returned.any():
        return "被退回" if returned.all() else "核查不实或被退回"
    return "核查不实"


def _found_words(overall: Row) -> str:
    ratio = words.ratio(overall["true_count"], overall["checked_count"])
    interval = words.interval(overall["share_low"], overall["share_high"])
    share = words.share(overall["true_share"])
    return f"核查属实 {ratio}，按存量加权的真销号率 {share}（95% 区间 {interval}）"


def closing_view(chosen: Filters) -> View:
    """Return the view of what is truly closed."""
    results = results_of(chosen)
    opening = closing_verdict(results, reopened_of(chosen))
    return View(opening, lambda: _draw(chosen, results, opening))


def _draw(chosen: Filters, results: pd.DataFrame, opening: Verdict) -> None:
    """Draw who closes truly, what is open again, and what remains month by month."""
    left, right = st.columns([1.62, 1])
    with (
        left,
        panel("真销号率", "存量为自报销号和核查后退回的；粗线为 95% 区间", WHOLE_PX),
    ):
        picked = figure(
            true_closing(results, theme=theme()),
            key="true_closing",
            alt=opening.spoken,
            is_selectable=True,
        )
    if picked:
        go_to_ledger(ledger=ITEMS, state=CLOSED_STATE, words=picked[0])
    with right, panel("", height=UPPER_PX):
        _stock(chosen, opening)
    with right, panel("清零销号", "月末剩余，与每月新增（含退回）、销号（含撤并）", LOWER_PX):
        figure(
            campaign_months(flows(chosen), theme=theme(), width=600, height=338),
            key="burn_down",
            alt="月末剩余与每月进出",
        )


def _stock(chosen: Filters, opening: Verdict) -> None:
    """Draw what became of the reported closed, and list what is open again."""
    totals = ask("campaign_totals", chosen)
    reopened = reopened_of(chosen)
    if totals.empty:
        st.markdown(":gray[没有事项]")
        return
    refuted = int(reopened["is_reported_closed"].sum())
    figure(
        closing_stock(totals.iloc[0], refuted, theme=theme(), width=600),
        key="closing_stock",
        alt="自报销号中的核实、不实与未核查",
    )
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        heading(f"{reopened_words(reopened)}、重新在办 {len(reopened)} 项")
        way_to(CHECKS_PAGE, "去抽查")
    if opening.state == "unreported":
        st.markdown("上传 **核查台账** 并发布后，这里有属实与不实；也可以先抽取名单去查。")
        return
    if reopened.empty:
        st.markdown(":green[●] 没有核查不实或被退回、还未重新销号的事项")
        return
    shown = reopened.assign(
        checked=reopened["checked_on"].map(words.iso_day),
        says=["仍报销号" if row else "已改在办" for row in reopened["is_reported_closed"]],
    )
    columns = {
        "title": st.column_config.TextColumn("事项", width=236),
        "unit": st.column_config.TextColumn("责任单位", width=140),
        "checked": st.column_config.TextColumn("核查", width=104),
        "says": st.column_config.TextColumn("台账", width=90),
    }
    place = table(shown, columns, key="reopened", rows_max=3)
    open_in_ledger(reopened, None if place is None else str(reopened.iloc[place]["item_key"]))


def flows(chosen: Filters) -> pd.DataFrame:
    """Return `campaign_months` with all that came in and went out, as `burn_down` counts it."""
    months = ask("campaign_months", chosen)
    moved = ask("burn_down", chosen).set_index("month")
    return months.assign(
        in_count=months["month"].map(moved["in_count"]),
        out_count=months["month"].map(moved["out_count"]),
    )
