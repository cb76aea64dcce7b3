"""行动管理 (A15): every campaign with its state, what may be archived, what may be carried over."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from tally import clock, service, words
from tally.board.asking import Filters, ask
from tally.board.handler import handler, handler_field
from tally.board.panels import UPLOAD_PAGE, panel
from tally.board.tables import table
from tally.board.ways import way_to
from tally.contracts import contracts
from tally.packs import packs
from tally.sentences import Verdict, clauses, listed
from tally.submissions import (
    CannotArchive,
    CannotCarry,
    Carrying,
    Outcome,
    archive,
    carry_over,
    carrying,
    unarchive,
)

STATE_WORDS = {
    "running": "● 在办",
    "upcoming": "○ 未开始",
    "ended": "✓ 已结束",
    "archived": "○ 已归档",
}
DRAFTED_KEY = "_carried"
UNITS_SHOWN, ERRORS_SHOWN = 3, 3
Campaign = Mapping[str, Any]


def campaign_rows() -> list[dict[str, Any]]:
    """Return every campaign as it stands today, archived ones last."""
    rows = ask("campaigns", as_of=clock.today()).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


def campaigns_verdict(rows: Sequence[Campaign]) -> Verdict:
    """Say how many campaigns run, and which ended ones still hold open items."""
    count = {state: sum(row["state"] == state for row in rows) for state in STATE_WORDS}
    left = [row["name"] for row in rows if _has_left(row)]
    tally = "、".join(f"{STATE_WORDS[state][2:]} {n} 个" for state, n in count.items() if n)
    detail = (f"共 {len(rows)} 个专项行动：{tally}",)
    if left:
        sentence = f"{len(left)} 个行动已结束，还有未办结事项"
        return Verdict("soon", sentence, clauses(detail, ("可以结转的：", *listed(left))))
    return Verdict("normal", f"{count['running']} 个行动在办", detail)


def _has_left(row: Campaign) -> bool:
    return row["state"] == "ended" and row["open_count"] > 0


def _state(row: Campaign) -> str:
    return "▲ 已结束" if _has_left(row) else STATE_WORDS[row["state"]]


def campaign_table(chosen: Filters, rows: Sequence[Campaign]) -> Campaign:
    """Draw the campaigns; return the chosen row, else that of the shared filter."""
    shown = pd.DataFrame(rows)
    shown = shown.assign(
        state_words=[_state(row) for row in rows],
        days=[
            f"{words.iso_day(row['start_on'])} 至 {words.iso_day(row['end_on'])}" for row in rows
        ],
        lists=[_months(row) for row in rows],
        phase=[words.text(row["phase"]) for row in rows],
    )
    columns = {
        "name": st.column_config.TextColumn("专项行动", width=250),
        "state_words": st.column_config.TextColumn("状态", width=104),
        "days": st.column_config.TextColumn("起止", width=210),
        "phase": st.column_config.TextColumn("当前阶段", width=130),
        "lists": st.column_config.TextColumn("台账月份", width=170),
        "upload_count": st.column_config.NumberColumn("台账（份）", width=84),
        "item_count": st.column_config.NumberColumn("事项", width=64),
        "open_count": st.column_config.NumberColumn("未办结", width=70),
    }
    place = table(shown, columns, key="campaigns", rows_max=12)
    if place is None:
        place = next(n for n, row in enumerate(rows) if row["campaign"] == chosen.campaign)
    return rows[place]


def _months(row: Campaign) -> str:
    if words.is_missing(row["newest_month"]):
        return "还没有台账"
    first, newest = words.year_month(row["first_month"]), words.year_month(row["newest_month"])
    return first if first == newest else f"{first}至{newest}"


def archive_panel(row: Campaign) -> None:
    """Draw what archiving means and the button for it, or for taking the campaign out again."""
    st.markdown(f"**{words.escape_markdown(row['name'])}**　{_state(row)}")
    is_archived = row["state"] == "archived"
    if is_archived:
        by = words.escape_markdown(words.text(row["archived_by"]))
        st.markdown(f"{words.iso_day(row['archived_on'])} 由{by}归档；台账仍可查看，不再接收。")
    else:
        st.markdown("归档后台账仍可查看和结转，不再接收新的台账，也不能撤回已发布的。")
    label, work = ("取消归档", _take_out) if is_archived else ("归档", _put_away)
    is_early = row["state"] in ("running", "upcoming")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        handler_field("campaigns_handler")
        clicked = st.button(label, key="archive", disabled=is_early)
    if clicked:
        work(str(row["campaign"]))
    if is_early:
        st.markdown(":gray[:small[行动结束后才能归档]]")


def _put_away(campaign: str) -> None:
    try:
        archive(service.database(), campaign, handler())
    except CannotArchive as refusal:
        st.error(words.escape_markdown(str(refusal)))
        return
    st.rerun()


def _take_out(campaign: str) -> None:
    try:
        unarchive(service.database(), campaign)
    except CannotArchive as refusal:
        st.error(words.escape_markdown(str(refusal)))
        return
    st.rerun()


def carry_panel(row: Campaign, rows: Sequence[Campaign]) -> None:
    """Draw what carrying this campaign's open items over would do, and the button that does it."""
    if row["state"] in ("running", "upcoming"):
        st.markdown(":gray[行动还没有结束，未办结的事项继续在本行动办理]")
        return
    targets = _targets(row, rows)
    if not targets:
        st.markdown(":gray[没有可以接收的专项行动；先在 data/campaigns 中加入下一个行动的方案]")
        return
    name = st.selectbox("结转到", list(targets), key=f"carry_to-{row['campaign']}")
    try:
        found = carrying(service.database(), str(row["campaign"]), targets[name])
    except CannotCarry as refusal:
        st.warning(words.escape_markdown(str(refusal)))
        return
    _plan(found)
    if st.button("生成结转草稿", type="primary", disabled=not found.row_count, key="carry"):
        _carry(found)
    whose, outcomes = st.session_state.get(DRAFTED_KEY, ("", ()))
    for outcome in outcomes if whose == row["campaign"] else ():
        _outcome(outcome)


def _targets(row: Campaign, rows: Sequence[Campaign]) -> dict[str, str]:
    """Return the campaigns that can take items over, those that continue this one first."""
    others = [r for r in rows if r["campaign"] != row["campaign"] and r["state"] != "archived"]
    known = packs()
    others.sort(key=lambda r: known[r["campaign"]].campaign.continues != row["campaign"])
    return {r["name"]: r["campaign"] for r in others}


def _plan(found: Carrying) -> None:
    """Say how many items would go over, how many went before, and which units are unknown there."""
    parts = "、".join(
        f"{words.escape_markdown(contracts()[kind].title)} {len(rows)} 项"
        for kind, rows in found.rows.items()
    )
    done = f"；另有 {found.done_count} 项已经结转过" if found.done_count else ""
    st.markdown(
        f"可结转 **{found.row_count}** 项{f'（{parts}）' if parts else ''}{done}。"
        f"列入{words.year_month(found.month)}，保留原定期限，发布后生效。"
    )
    if found.unknown_units:
        named = words.escape_markdown(words.names(found.unknown_units, UNITS_SHOWN))
        st.markdown(f":orange[▲ 那边的名册里没有：{named}] :gray[请先在单位名册中加上，或写作简称]")


def _carry(found: Carrying) -> None:
    try:
        drafted = carry_over(
            service.database(), found.source.slug, found.target.slug, handler() or "办公室"
        )
    except CannotCarry as refusal:
        st.error(words.escape_markdown(str(refusal)))
        return
    st.session_state[DRAFTED_KEY] = found.source.slug, drafted
    st.rerun()


def _outcome(outcome: Outcome) -> None:
    """Say what became of the workbook that was made."""
    said = f"{outcome.file}：{outcome.sentence}"
    if outcome.status == "draft":
        st.success(words.escape_markdown(said))
        way_to(UPLOAD_PAGE, f"去发布草稿 {outcome.upload} 号")
        return
    st.error(words.escape_markdown(said))
    for problem in [p for p in outcome.problems if p.level == "error"][:ERRORS_SHOWN]:
        st.markdown(f"- {words.escape_markdown(f'{problem.found}：{problem.expected}')}")


def document_panel(row: Campaign) -> None:
    """Draw the campaign's document: its number, who issued it, and what it continues."""
    campaign = packs()[row["campaign"]].campaign
    continued = packs().get(campaign.continues)
    fields = {
        "全称": campaign.full_name,
        "文件": f"{campaign.document}（{words.iso_day(campaign.issued_on)}）",
        "发文单位": campaign.issuer,
        "接续": continued.campaign.name if continued else "",
        "数据": "演示数据" if row["is_sample"] else "",
    }
    lines = [f"{title}：{text}" for title, text in fields.items() if text]
    st.markdown("  \n".join(words.escape_markdown(line) for line in lines))


def campaign_panels(chosen: Filters, rows: Sequence[Campaign]) -> None:
    """Draw the table and, beside it, what may be done with the chosen campaign."""
    left, right = st.columns([2.2, 1])
    with left, panel("专项行动", "点一行办理；已归档的排在最后", 560):
        row = campaign_table(chosen, rows)
    with left, panel("方案", height=207):
        document_panel(row)
    with right, panel("归档", height=300):
        archive_panel(row)
    with right, panel("结转", "未办结事项转入下一个行动的草稿", 467):
        carry_panel(row, rows)
