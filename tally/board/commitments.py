"""曝光承诺: what was exposed, apologised for and promised in public, and what was kept (D17)."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from tally import service, words
from tally.board.asking import Filters, ask, theme
from tally.board.card import field_table
from tally.board.closing import View
from tally.board.docket_parts import BODY_PX, iso_days, numbers, row_list
from tally.board.handing_out import hand_out
from tally.board.instructions import missing_ledger
from tally.board.panels import figure, heading, panel, stop_without_items
from tally.board.provenance import source_line
from tally.bulletins import disclosure_file
from tally.charts.dated_way import Stop, dated_way
from tally.secrecy import Label
from tally.sentences import Verdict, clauses, listed

KINDS = {
    "曝光": "exposed_count",
    "公开道歉": "apologised_count",
    "公开承诺": "promised_count",
}
STATES = {
    "broken": "■ 核查不实",
    "overdue": "■ 到期未兑现",
    "open": "● 跟踪中",
    "kept": "✓ 已兑现",
}
COLUMNS = {
    "state_words": ("状态", 172),
    "kind": ("方式", 96),
    "title": ("内容", 284),
    "unit": ("单位", 150),
    "published": ("公开", 108),
    "due": ("时限", 108),
    "fulfilled": ("兑现", 108),
    "checked": ("跟踪核查", 104),
}
Row = Mapping[str, Any]


def commitments_view(chosen: Filters) -> View:
    """Return the view of what was said in public."""
    rows = ask("commitments", chosen)
    if chosen.league or chosen.unit or chosen.post:
        stop_without_items(rows)
    opening = commitments_verdict(rows)
    if rows.empty:
        return View(opening, lambda: missing_ledger("commitments"))
    return View(opening, lambda: _draw(chosen, rows, opening))


def commitments_verdict(rows: pd.DataFrame) -> Verdict:
    """Judge rows of `commitments`: what was found untrue, what is past its day."""
    if rows.empty:
        return Verdict("unreported", "还没有曝光、道歉和承诺")
    counts = rows["status"].value_counts()
    broken, overdue = int(counts.get("broken", 0)), int(counts.get("overdue", 0))
    bad = rows[rows["status"].isin(["broken", "overdue"])]
    kept = f"公开 {len(rows)} 条，已兑现 {counts.get('kept', 0)} 条"
    detail = clauses(
        ("未兑现：", *listed(bad["unit"].unique().tolist())) if len(bad) else (),
        (kept,),
        (f"跟踪中 {counts['open']} 条",) if "open" in counts else (),
    )
    if len(bad):
        parts = (f"{overdue} 条到期未兑现", f"{broken} 条核查不实")
        said = "，".join(
            part for part, count in zip(parts, (overdue, broken), strict=True) if count
        )
        return Verdict("overdue", said, detail)
    if "open" in counts:
        return Verdict("normal", f"跟踪 {counts['open']} 条，无到期未兑现", detail)
    return Verdict("normal", "公开的都已兑现", detail)


def _draw(chosen: Filters, rows: pd.DataFrame, opening: Verdict) -> None:
    """Draw the numbers, the list and the card of the chosen entry."""
    totals = ask("commitment_totals", chosen).iloc[0]
    numbers(
        *((kind, "条", words.count(totals[column])) for kind, column in KINDS.items()),
        ("已兑现", "兑现 / 公开", words.ratio(totals["kept_count"], totals["told_count"])),
        ("到期未兑现", "过了时限", words.count(totals["overdue_count"])),
        (
            "跟踪核查",
            "已查 / 报兑现",
            words.ratio(totals["checked_count"], totals["reported_count"]),
        ),
        ("核查不实", "报了没做到", words.count(totals["broken_count"])),
    )
    left, right = st.columns([1.75, 1])
    with left, panel("", height=BODY_PX):
        heading("逐条跟踪", "没有兑现的在前，再按公开先后")
        row = row_list(_worded(rows), COLUMNS, key="commitments")
    with right, panel("", height=BODY_PX):
        _card(chosen, row)
        hand_out(
            "下载公示版",
            lambda: disclosure_file(service.database(), chosen.pack, chosen.as_of),
            f"公示 {words.iso_day(chosen.as_of)}.xlsx",
            key="disclosure",
            thing="公示",
            held=Label.PUBLIC,
            campaign=chosen.campaign,
        )


def _worded(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(
        state_words=[_state(row) for row in rows.to_dict("records")],
        published=iso_days(rows["published_on"]),
        due=iso_days(rows["due_on"]),
        fulfilled=iso_days(rows["fulfilled_on"]),
        checked=[_checked(row) for row in rows.to_dict("records")],
    )


def _state(row: Mapping[Any, Any]) -> str:
    state = STATES[row["status"]]
    return f"{state} {words.days(row['overdue_days'])}" if row["status"] == "overdue" else state


def _checked(row: Mapping[Any, Any]) -> str:
    if words.is_missing(row["is_confirmed"]):
        return "○ 未核查" if not words.is_missing(row["fulfilled_on"]) else words.EMPTY
    return "◆ 属实" if row["is_confirmed"] else "■ 不实"


def _card(chosen: Filters, row: Row | None) -> None:
    """Draw the way of one entry, its fields, and the row it came from."""
    if row is None:
        return
    st.markdown(f"#### {words.escape_markdown(str(row['title']))}")
    figure(
        dated_way(*_way(chosen, row), theme=theme()),
        key="commitment_way",
        alt=f"{row['title']}：{row['state_words']}",
    )
    said = {
        "状态": row["state_words"],
        "方式": _joined(row["kind"], row["medium"]),
        "单位": _joined(row["unit"], row["post"]),
        "公开": row["published"],
        "时限": _limit(row),
        "兑现": "○ 还没有" if words.is_missing(row["fulfilled_on"]) else row["fulfilled"],
        "跟踪核查": row["checked"],
        "编号": row["item_no"],
        "备注": row["note"],
    }
    field_table({name: None if words.is_missing(text) else text for name, text in said.items()})
    source_line(row, "commitment")


def _joined(*parts: Any) -> str:
    return "，".join(str(part) for part in parts if not words.is_missing(part))


def _limit(row: Row) -> str:
    if words.is_missing(row["due_on"]):
        return "没有定时限"
    over = row["overdue_days"]
    return str(row["due"]) if words.is_missing(over) else f"{row['due']}，已过 {words.days(over)}"


def _way(chosen: Filters, row: Row) -> tuple[list[Stop], list[Stop]]:
    """Return publication and fulfilment, and the day promised and the day itself, in order."""
    steps = [Stop(row["published_on"], str(row["kind"]))]
    if not words.is_missing(row["fulfilled_on"]):
        state = "overdue" if row["status"] == "broken" else "normal"
        steps.append(Stop(row["fulfilled_on"], "报兑现", state))
    limits = [] if row["status"] == "kept" else [Stop(chosen.as_of, "截至", "unreported")]
    if not words.is_missing(row["due_on"]):
        state = "overdue" if row["status"] == "overdue" else "unreported"
        limits.append(Stop(row["due_on"], "时限", state))
    by_day = sorted(limits, key=lambda stop: stop.day)
    return sorted(steps, key=lambda stop: stop.day), by_day
