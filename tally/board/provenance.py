"""The way back from a row on the screen to the office's own sheet and cells."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode, urlsplit

import pandas as pd
import streamlit as st

from tally import service, words
from tally.board.asking import ask
from tally.board.handing_out import ORIGINAL, hand_out
from tally.packs import packs
from tally.secrecy import Label
from tally.submissions import (
    KeptRow,
    Pair,
    SideBySide,
    kept_row,
    may_have_original,
    side_by_side,
)
from tally.viewers import Action, acting

HEADS = ("单元格", "原表列名", "原表内容", "读作（列）", "读作（值）", "说明")
NOT_TAKEN_IN = "未导入"
STATUS_REMARKS = {
    "replaced": "○ 这一份已被后来的上传替换",
    "undone": "○ 这一份已撤回",
}
LEDGER_PATH = "ledger"
# A longer number than the store has would be an error, not a row that is not there.
MAX_DIGITS = 15
LINK_KEYS = ("upload", "sheet", "row")
# Which of the rows in one line is meant, where tables stand beside each other.
ITEM_KEYS = ("ledger", "item_key")


def source_line(item: Mapping[str, Any], key: str) -> None:
    """Name a row's file, sheet and line, with the button that shows it as it was written."""
    place = f"{item['file']} · {item['sheet']} · 第 {int(item['row'])} 行"
    st.markdown(f":gray[:small[{words.escape_markdown(place)}]]")
    if st.button(f"看原表第 {int(item['row'])} 行", key=f"source-{key}"):
        whose = str(item.get("ledger") or ""), str(item.get("item_key") or "")
        show_source(int(item["upload"]), str(item["sheet"]), int(item["row"]), *whose)


def linked_row() -> KeptRow | None:
    """Return the row that the address names (`?upload=12&sheet=…&row=14`), if there is one."""
    upload, sheet, row = (st.query_params.get(key, "") for key in LINK_KEYS)
    is_place = all(number.isdecimal() and len(number) <= MAX_DIGITS for number in (upload, row))
    if not is_place:
        return None
    whose = (st.query_params.get(key, "") for key in ITEM_KEYS)
    return kept_row(service.database(), int(upload), sheet, int(row), *whose)


def has_link() -> bool:
    """Tell whether the address names a row."""
    return all(key in st.query_params for key in LINK_KEYS)


def leave_link() -> None:
    """Take the row out of the address."""
    for key in (*LINK_KEYS, *ITEM_KEYS):
        st.query_params.pop(key, None)


@st.dialog("原表", width="large")
def show_source(upload: int, sheet: str, row: int, ledger: str, item_key: str) -> None:
    """Show the row as the office wrote it beside what was read, and hand out the whole file."""
    kept = kept_row(service.database(), upload, sheet, row, ledger, item_key)
    if kept is None:
        st.markdown(":gray[没有找到这一行]")
        return
    place = " · ".join(part for part in (kept.file, sheet, f"第 {row} 行") if part)
    status = f"　{STATUS_REMARKS[kept.status]}" if kept.status in STATUS_REMARKS else ""
    st.markdown(words.escape_markdown(place) + status)
    with st.spinner("正在打开原表"):
        sides = side_by_side(kept)
    _sides(sides)
    with st.container(horizontal=True, vertical_alignment="center"):
        sender = str(ask("uploads", upload=upload).iloc[0]["unit"] or "")
        if kept.has_original and may_have_original(acting(), sender):
            # Read only when it is asked for: an original can be 20 MB.
            about: dict[str, Any] = {"thing": ORIGINAL, "campaign": kept.campaign}
            about |= {"is_marked": False, "needs": Action.SUBMIT, "held": Label.SENSITIVE}
            hand_out("下载原始文件", kept.content, kept.file, key="source_file", **about)
        st.markdown(":gray[:small[这一行的链接]]", width="content")
        st.code(_link(kept), language=None)


def _sides(sides: SideBySide) -> None:
    """Draw the cells beside what was read from them, and what was said of the row."""
    if sides.missing:
        st.warning(words.escape_markdown(sides.missing))
    rows = [[words.escape_markdown(text) for text in _shown(pair)] for pair in sides.pairs]
    st.table(pd.DataFrame(rows, columns=list(HEADS)), border="horizontal", hide_index=True)
    for remark in sides.remarks:
        st.markdown(f"▲ {words.escape_markdown(remark)}")


def _shown(pair: Pair) -> tuple[str, ...]:
    """Return a pair's texts; a cell that was not taken in says so."""
    if not pair.column:
        pair = replace(pair, column=NOT_TAKEN_IN)
    note = "：".join(part for part in (pair.mark, pair.remark) if part)
    texts = (pair.cell, pair.header, pair.content, pair.column, pair.value, note)
    return tuple(text or words.EMPTY if place < 3 else text for place, text in enumerate(texts))


def _link(kept: KeptRow) -> str:
    """Return the address that opens the ledger page with this row."""
    page = urlsplit(st.context.url or "")
    folder = str(st.get_option("server.baseUrlPath") or "").strip("/")
    path = f"/{folder}/{LEDGER_PATH}" if folder else f"/{LEDGER_PATH}"
    named = {
        "campaign": packs()[kept.campaign].campaign.name,
        "upload": kept.upload,
        "sheet": kept.sheet,
        "row": kept.row,
        "ledger": kept.ledger,
        "item_key": kept.item_key,
    }
    return f"{page.scheme}://{page.netloc}{path}?{urlencode(named)}"
