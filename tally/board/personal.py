"""What a row says of persons: masked for everybody, as written for whoever gives a reason."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from tally import service, words
from tally.registry import RegistryUnusable
from tally.submissions import CannotReveal, kept_apart, reveal
from tally.submissions.vault import KeptApart
from tally.viewers import Action, acting

Item = Mapping[str, Any]


def personal_part(item: Item, key: str) -> None:
    """Draw a row's masked personal columns and the way to what was written; nothing without any.

    What is revealed is drawn in the run of the click and is gone with the next one.
    """
    ledger, item_key = str(item.get("ledger") or ""), str(item.get("item_key") or "")
    place = (int(item["upload"]), str(item["sheet"]), int(item["row"]))
    kept = kept_apart(service.database(), *place, ledger, item_key)
    if kept is None:
        return
    if kept.shown:
        _cells(kept.shown)
    if acting().may(Action.REVEAL):
        with (
            st.popover("查看个人信息原文"),
            st.form(f"reveal-{key}", clear_on_submit=True, border=False),
        ):
            reason = st.text_input("理由（记入审计）", key=f"reason-{key}")
            if st.form_submit_button("查看这一条"):
                _revealed(kept, reason)


def _revealed(kept: KeptApart, reason: str) -> None:
    try:
        said = reveal(service.database(), kept, acting(), reason)
    except (CannotReveal, RegistryUnusable) as refusal:
        st.warning(words.escape_markdown(str(refusal)))
        return
    _cells(said)


def _cells(said: Mapping[str, str]) -> None:
    cells = [[words.escape_markdown(name), words.escape_markdown(said[name])] for name in said]
    frame = pd.DataFrame(cells, columns=["字段", "内容"])
    st.table(frame, border="horizontal", hide_header=True, hide_index=True)
