"""What came in for a campaign: shown again, taken back, fetched as it was sent."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from tally import service, words
from tally.board.asking import Filters, ask
from tally.board.handing_out import ORIGINAL, hand_out
from tally.board.imports import choose, chosen_place, say
from tally.contracts import contracts
from tally.secrecy import Label
from tally.submissions import (
    CannotUndo,
    has_original,
    may_have_original,
    read_original,
    receipt_of,
    undo,
)
from tally.viewers import Action, acting


def upload_list(chosen: Filters) -> None:
    """Draw what came in for the campaign; a choice is shown, taken back, or fetched."""
    uploads = _once_refused(ask("uploads", campaign=chosen.campaign))
    if uploads.empty:
        st.markdown(":gray[还没有上传记录]")
        return
    rows = uploads.assign(
        status_words=[_status_words(row) for row in uploads.to_dict("records")],
        ledger_words=uploads["ledger"].fillna("").map(_ledger_words),
        who=uploads["unit"].fillna("").map(lambda unit: unit or "合并"),
    )
    columns = {
        "upload": st.column_config.NumberColumn("编号", width=46),
        "month": st.column_config.TextColumn("月份", width=76),
        "ledger_words": st.column_config.TextColumn("台账", width=98),
        "who": st.column_config.TextColumn("单位", width=120),
        "status_words": st.column_config.TextColumn("状态", width=88),
    }
    place = chosen_place("uploads", rows, columns, str(service.database().version), 3)
    selected = None if place is None else uploads.iloc[place].to_dict()
    choose("uploads", None if selected is None else ("upload", int(selected["upload"])))
    _actions(selected)


def _once_refused(uploads: pd.DataFrame) -> pd.DataFrame:
    """Return the uploads with one line for a file that was refused several times: the newest."""
    refused = uploads[uploads["status"] == "refused"]
    earlier = refused[refused.duplicated(["file", "unit", "month"])]
    return uploads.drop(index=earlier.index).reset_index(drop=True)


def _status_words(row: Mapping[str, Any]) -> str:
    if row["status"] == "returned":
        return f"{words.UPLOAD_STATUS_WORDS['returned']}：{row['returned_reason']}"
    if row["status"] == "published" and (row["is_nil"] or row["is_correction"]):
        return "● 零报告" if row["is_nil"] else "● 更正"
    return words.UPLOAD_STATUS_WORDS[row["status"]]


def _ledger_words(kinds: str) -> str:
    return "、".join(contracts()[kind].title for kind in kinds.split(",") if kind)


def _actions(selected: Mapping[str, Any] | None) -> None:
    """Draw what may be done with the chosen upload: take it back, fetch its original."""
    sha256 = (selected or {}).get("sha256") or ""
    home, sender = service.database().home, (selected or {}).get("unit") or ""
    is_there = bool(sha256) and has_original(home, sha256)
    is_there = is_there and may_have_original(acting(), sender)
    with st.container(horizontal=True):
        can_undo = selected is not None and selected["status"] in ("published", "draft")
        if st.button("撤回所选发布", disabled=not can_undo, key="undo"):
            assert selected is not None
            _undo(int(selected["upload"]))
        hand_out(
            "下载原件",
            partial(read_original, home, sha256),
            (selected or {}).get("file") or ORIGINAL,
            key="original",
            thing=ORIGINAL,
            needs=Action.SUBMIT,
            held=Label.SENSITIVE,
            campaign=(selected or {}).get("campaign") or "",
            is_marked=False,
            is_disabled=not is_there,
        )


def _undo(upload: int) -> None:
    try:
        undo(service.database(), upload)
    except CannotUndo as refusal:
        say(str(refusal))
    st.rerun()


def receipt_button(upload: int, unit: str, key: str) -> None:
    """Draw the button that hands out an upload's receipt; `unit` is empty for a list of all."""
    hand_out(
        "下载回执",
        lambda: receipt_of(service.database(), upload),
        f"回执 {upload} 号 {unit or '合并报送'}.xlsx",
        key=key,
        thing="回执",
        needs=Action.SUBMIT,
    )
