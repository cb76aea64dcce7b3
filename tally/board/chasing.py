"""Beside the roster: who is asked to report, which month is sealed, which items went missing."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from tally import clock, service, words
from tally.board.asking import Filters, ask
from tally.board.handing_out import hand_out
from tally.board.handler import handler
from tally.contracts import STILL_OPEN, WITHDRAWAL_REASONS
from tally.notices.reminder import reminder
from tally.submissions import CannotSeal, CannotWithdraw, seal, unseal, withdraw


def reminder_text(chosen: Filters, month: date, roster: pd.DataFrame) -> None:
    """Show the text that asks for what is missing, to copy or to download."""
    text = reminder(chosen.pack.campaign.name, month, roster.to_dict("records"))
    if not text:
        st.markdown(":green[●] 没有到期未报的台账")
        return
    st.code(text, language=None, wrap_lines=True)
    hand_out(
        "下载催报单",
        lambda: text.encode("utf-8-sig"),
        f"催报 {month:%Y-%m}.txt",
        key="reminder",
        thing="催报单",
        campaign=chosen.campaign,
    )


def seal_row(chosen: Filters, month: date) -> None:
    """Show what a month is sealed for; seal it for a notice, or lift the seal."""
    seals = ask("sealed_months", campaign=chosen.campaign)
    held = seals[(seals["month"] == f"{month:%Y-%m}") & seals["is_in_force"]]
    if held.empty:
        st.markdown(":gray[没有封账。通报引用过本月数据的，封账后再发布的都算更正]")
    for row in held.to_dict("records"):
        day = f"{clock.in_shanghai(row['sealed_at']):%Y-%m-%d}"
        st.markdown(f"◆ 已封账：{words.escape_markdown(row['quoted_in'])} :gray[:small[{day}]]")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        quoted_in = st.text_input("引用它的通报", key="quoted_in", placeholder="如 第3期通报")
        if st.button("封账", disabled=not quoted_in.strip(), key="seal"):
            _sealed(chosen, month, quoted_in)
        if st.button("解除封账", disabled=held.empty, key="unseal"):
            _sealed(chosen, month, "")


def _sealed(chosen: Filters, month: date, quoted_in: str) -> None:
    """Seal a month for what quoted it, or lift its seals where nothing is named."""
    try:
        if quoted_in:
            seal(service.database(), chosen.campaign, month, quoted_in, handler())
        else:
            unseal(service.database(), chosen.campaign, month)
    except CannotSeal as refusal:
        st.error(words.escape_markdown(str(refusal)))
        return
    st.rerun()


def missing_items(chosen: Filters) -> None:
    """Let a reason be given for items that a later list no longer names, or taken back."""
    vanished = ask("vanished_items", campaign=chosen.campaign, as_of=chosen.as_of)
    if vanished.empty:
        st.markdown(":green[●] 没有去向不明的事项")
    else:
        _give_reasons(vanished)
    withdrawn = ask("withdrawn_items", campaign=chosen.campaign, as_of=chosen.as_of)
    if not withdrawn.empty:
        _take_back(withdrawn)


def _give_reasons(vanished: pd.DataFrame) -> None:
    rows = {_place(row): row for row in vanished.to_dict("records")}
    picked = st.multiselect(
        f"去向不明的事项（{len(rows)} 项）",
        list(rows),
        format_func=lambda place: _item_words(rows[place], "missing_month", "起未列"),
        key="vanished",
        placeholder="选择事项",
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        reason = st.segmented_control("原因", list(WITHDRAWAL_REASONS), key="vanished_reason")
        if st.button("记下原因", disabled=not (picked and reason), key="withdraw"):
            _withdraw([rows[place] for place in picked], str(reason))


def _take_back(withdrawn: pd.DataFrame) -> None:
    rows = {_place(row): row for row in withdrawn.to_dict("records")}
    place = st.selectbox(
        f"已说明去向、不再计入（{len(rows)} 项）",
        list(rows),
        index=None,
        format_func=lambda place: (
            f"{rows[place]['reason']}　" + _item_words(rows[place], "month", "起不计")
        ),
        key="withdrawn",
        placeholder="查看或恢复",
    )
    if st.button("恢复在办", disabled=place is None, key="open_again"):
        assert place is not None
        _withdraw([rows[place]], STILL_OPEN)


def _place(row: Mapping[Any, Any]) -> str:
    return f"{row['upload']}/{row['ledger']}/{row['item_key']}"


def _item_words(row: Mapping[Any, Any], month: str, word: str) -> str:
    return f"{row['title']}（{row['unit']}，{words.year_month(row[month])}{word}）"


def _withdraw(rows: list[Mapping[Any, Any]], reason: str) -> None:
    """Keep one reason for the chosen items, list by list."""
    by_list: dict[tuple[int, str], dict[str, str]] = {}
    for row in rows:
        by_list.setdefault((int(row["upload"]), row["ledger"]), {})[row["item_key"]] = reason
    try:
        for (upload, ledger), reasons in by_list.items():
            withdraw(service.database(), upload, reasons, handler(), ledger)
    except CannotWithdraw as refusal:
        st.error(words.escape_markdown(str(refusal)))
        return
    st.rerun()
