"""诉求信访: how tickets, petitions, motions and proposals get on, which are behind (B9, B17)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask, theme
from tally.board.panels import UPLOAD_PAGE, figure, heading, stop_without_items
from tally.board.sending import stop
from tally.board.ways import way_to
from tally.charts.appeal_funnel import appeal_funnel
from tally.charts.channel_progress import channel_progress
from tally.charts.petition_sources import petition_sources
from tally.charts.petition_trips import petition_trips
from tally.sentences import Name, Verdict, clauses

PICK, SEEN, ROUND, ITEMS = "pick", "_funnel_seen", "_funnel_round", "items"
VIEWS = {"按渠道": "channel", "按单位": "unit", "按社区": "community", "议案提案等来源": ITEMS}
TRIP_TITLES = {"month": "信访走势", "community": "各社区信访量", "unit": "各单位信访量"}


@dataclass(frozen=True)
class Appeals:
    """What the page is drawn from: the answers, and which view the address asks for."""

    funnel: pd.DataFrame
    channels: pd.DataFrame
    trips: pd.DataFrame
    backlog: pd.DataFrame
    sources: pd.DataFrame

    def names(self, view: str) -> pd.Series:
        """Return what the rows of a view are called; missing where it is not named."""
        return self.funnel[self.funnel["grouped_by"] == view]["name"]

    @property
    def has_petitions(self) -> bool:
        """Whether a petition list says anything: without one there is no room to be left for it."""
        return not (self.trips.empty and self.backlog.empty)

    @property
    def views(self) -> list[str]:
        """The views that have something to show."""
        named = self.funnel[self.funnel["name"].notna()]
        known = set(named["grouped_by"]) | ({ITEMS} if self.channels["item_count"].sum() else set())
        return [label for label, view in VIEWS.items() if view in known]


def appeals_of(chosen: Filters) -> Appeals:
    """Ask all that the page shows."""
    return Appeals(
        ask("appeal_funnel", chosen),
        ask("channel_progress", chosen),
        ask("petition_trips", chosen),
        ask("petition_backlog", chosen),
        ask("petition_sources", chosen),
    )


def _total(rows: pd.DataFrame) -> Mapping[Any, Any] | None:
    found = rows[rows["grouped_by"] == "total"].to_dict("records")
    return found[0] if found else None


def _worst_rated(channels: Iterable[Mapping[str, Any]]) -> tuple[str | Name, ...]:
    """Name the channel whose satisfaction is surely under that of all, the lowest of them."""
    behind = [row for row in channels if row["satisfied_state"] == "behind"]
    if not behind:
        return ()
    worst = min(behind, key=lambda row: row["satisfied_share"])
    return ("满意率明显偏低：", Name(worst["name"]), f" {words.share(worst['satisfied_share'])}")


def appeals_verdict(
    total: Mapping[Any, Any] | None,
    channels: Iterable[Mapping[str, Any]] = (),
    trips: Mapping[Any, Any] | None = None,
    backlog: Mapping[Any, Any] | None = None,
) -> Verdict:
    """Judge the totals of `appeal_funnel`, `petition_trips` and `petition_backlog` (B9)."""
    if total is None:
        return Verdict("unreported", "还没有诉求和信访件")
    closed, satisfied = words.share(total["closed_share"]), words.share(total["satisfied_share"])
    said = clauses(
        (f"收到 {words.count(total['received_count'])} 件，办结 {closed}，满意 {satisfied}",),
        _worst_rated(channels),
        _trips(trips) if trips else (),
        _stock(backlog) if backlog else (),
    )
    if total["overdue_count"]:
        number = words.count(total["overdue_count"], "件")
        return Verdict("overdue", f"诉求信访超期未办 {number}", said)
    if total["open_count"]:
        return Verdict("normal", f"在办 {words.count(total['open_count'], '件')}，无超期", said)
    return Verdict("normal", "诉求信访全部办结", said)


def _trips(trips: Mapping[Any, Any]) -> tuple[str, ...]:
    batches = trips["province_batch_count"] + trips["capital_batch_count"]
    persons = trips["province_person_count"] + trips["capital_person_count"]
    return (f"赴省进京 {batches} 批 {persons} 人次" if batches else "无赴省进京访",)


def _stock(backlog: Mapping[Any, Any]) -> tuple[str, ...]:
    ratio = words.ratio(backlog["resolved_count"], backlog["stock_count"])
    return (f"积案化解 {ratio}",)


def page_verdict(appeals: Appeals) -> Verdict:
    """Return the sentence the page opens with; without appeals, that of the problems' channels."""
    total, items = _total(appeals.funnel), appeals.channels
    if total is None and items["item_count"].sum():
        late, count = int(items["overdue_count"].sum()), int(items["item_count"].sum())
        shares = (f"按来源 {count} 件次，销号 {int(items['closed_count'].sum())} 件次",)
        if late:
            return Verdict("overdue", f"各来源问题逾期 {late} 件次", shares)
        return Verdict("normal", "各来源问题无逾期", shares)
    by_channel = appeals.funnel[appeals.funnel["grouped_by"] == "channel"]
    return appeals_verdict(
        total, by_channel.to_dict("records"), _total(appeals.trips), _total(appeals.backlog)
    )


def stop_without_appeals(chosen: Filters, appeals: Appeals) -> None:
    """End the page where no ledger tells of appeals: which are wanted, where to bring them."""
    if appeals.views:
        return
    if chosen.league or chosen.unit or chosen.dimension or chosen.post:
        stop_without_items(appeals.funnel)
    st.title("还没有诉求和信访的台账", anchor=False)
    st.markdown("上传 **热线工单台账** 或 **信访事项台账** 后，这里就有数了；")
    st.markdown("问题台账填了“来源”一列的，这里按人大议案、政协提案等来源显示。")
    way_to(UPLOAD_PAGE, "去上传")
    stop()


def view_switch(appeals: Appeals) -> str:
    """Draw the switch of what the rows are; return channel, unit, community or items."""
    label = st.segmented_control(
        "看",
        appeals.views,
        format_func=words.escape_markdown,
        default=appeals.views[0],
        required=True,
        key="appeal_view",
        bind="query-params",
        label_visibility="collapsed",
    )
    return VIEWS[label if label in appeals.views else appeals.views[0]]


def picked_name(appeals: Appeals, view: str) -> str | None:
    """Return the row that the address names, '' for what is not named, None for all.

    A name that the view does not have, as after a change of campaign, stands for all.
    """
    rows = appeals.channels["channel"] if view == ITEMS else appeals.names(view)
    name = st.query_params.get(PICK)
    return name if name in set(rows.fillna("")) else None


def leave() -> None:
    """Take the row out of the address, and out of the figure: the same one can be chosen anew."""
    st.query_params.pop(PICK, None)
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1


def funnel_figure(appeals: Appeals, view: str, spoken: str, *, height: float) -> None:
    """Draw the rows of the view; a chosen one goes into the address."""
    drawn = (
        channel_progress(appeals.channels, theme=theme(), height=height)
        if view == ITEMS
        else appeal_funnel(appeals.funnel, view, theme=theme(), height=height)
    )
    key = f"funnel-{view}-{st.session_state.get(ROUND, 0)}"
    picked = figure(drawn, key=key, alt=spoken, is_selectable=True)
    # The figure keeps its selection: only a new one changes the address.
    if picked and (key, picked[0]) != st.session_state.get(SEEN):
        st.session_state[SEEN] = key, picked[0]
        st.query_params[PICK] = str(picked[0])
        st.rerun()


def trips_panel(appeals: Appeals, view: str) -> None:
    """Draw petitions per million people and the trips: by month, or as the view groups them."""
    grouped_by = view if view in ("unit", "community") else "month"
    heading(TRIP_TITLES[grouped_by], "每百万人信访量；赴省、进京按批次和人次")
    drawn = petition_trips(appeals.trips, grouped_by, theme=theme())
    figure(drawn, key=f"trips-{grouped_by}", alt="信访件、每百万人信访量与赴省进京访")


def stock_panel(appeals: Appeals) -> None:
    """Draw the old matters, and the assigned cases or the kinds of claims."""
    heading("积案与交办", "积案是以前的信访件，不计入当月来件")
    stock = _total(appeals.backlog)
    if stock:
        resolved = words.ratio(stock["resolved_count"], stock["stock_count"])
        satisfied = words.ratio(stock["satisfied_count"], stock["rated_count"])
        st.markdown(
            f"积案 **{words.count(stock['stock_count'])}** 件　化解 **{resolved}**"
            f"（{words.share(stock['resolved_share'])}）　满意 **{satisfied}**"
            f"（{words.share(stock['satisfied_share'])}）　在办 **{stock['open_count']}** 件"
        )
    axes = [axis for axis in ("assigned_by", "disposal") if axis in set(appeals.sources["axis"])]
    for axis in axes[:1]:
        sources = appeals.sources[appeals.sources["axis"] == axis]
        figure(petition_sources(sources, theme=theme()), key=axis, alt="交办与处置情况")
