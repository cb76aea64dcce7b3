"""审计: who did what with what result, failures first; the chain, and records taken along."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from tally import clock, service, words
from tally.board.handing_out import hand_out_recorded
from tally.board.tables import table
from tally.registry import Chain, Event, Registry, registry_of
from tally.registry.looking_up import Row, Wanted, event_counts, names_met, records
from tally.secrecy import Label
from tally.sentences import Verdict, clauses
from tally.submissions.audits import check_audit, export_audit, read_audit
from tally.viewers import acting, acts

SHOWN_DAYS, ROWS_MAX, TABLE_ROWS, COUNT_ROWS = 30, 500, 16, 5
# Somebody who stays on the page reads anew after so long.
READ_MINUTES = 10
COUNTS = ("count_before", "count_after")
CODES = {"地址": ("address",), "会话、请求": ("session", "request")}
CODES |= {"文件指纹": ("sha256",), "本条指纹": ("hash",)}
DIGITS = 24
READ_KEY, CHAIN_KEY = "_audit_read", "_audit_chain"
RESULTS = {"全部": None, "失败": False, "成功": True}
EVERYBODY, EVERYTHING = "全部账号", "全部对象"


def the_registry() -> Registry:
    """Return the registry that holds the records."""
    return registry_of(service.database().home)


def filter_records() -> Wanted:
    """Draw what narrows the records and return it."""
    registry, today = the_registry(), clock.today()
    days, who, what, events, results, texts = st.columns(
        [1.35, 0.85, 0.75, 1, 1.2, 0.95], vertical_alignment="bottom"
    )
    with days:
        month = (today - timedelta(days=SHOWN_DAYS), today)
        span = st.date_input("日期", month, format="YYYY-MM-DD", key="audit_days")
    with who:
        accounts = [EVERYBODY, *names_met(registry, "account")]
        account = st.selectbox("账号", accounts, key="audit_who")
    with what:
        thing = st.selectbox("对象", [EVERYTHING, *names_met(registry, "thing")], key="audit_what")
    with events:
        every = list(map(str, Event))
        chosen = st.multiselect("事件", every, placeholder="全部事件", key="audit_events")
    with results:
        result = st.segmented_control("结果", list(RESULTS), default="全部", key="audit_result")
    with texts:
        text = st.text_input("文字", placeholder="说明、名称、指纹", key="audit_text")
    first, last = _ends(span)
    return Wanted(
        from_at=_midnight(first),
        until_at=_midnight(last + timedelta(days=1)),
        account="" if account == EVERYBODY else account,
        events=tuple(map(Event, chosen)),
        is_success=RESULTS[result or "全部"],
        thing="" if thing == EVERYTHING else thing,
        text=text.strip(),
    )


def _ends(span: Any) -> tuple[date, date]:
    """Return both days of a span; while the second is not chosen yet it is the first."""
    days = span if isinstance(span, tuple) else (span,)
    return (days[0], days[-1]) if days else (clock.today(), clock.today())


def _midnight(day: date) -> datetime:
    return clock.as_stored(datetime.combine(day, time(), clock.SHANGHAI))


def wanted_records(wanted: Wanted) -> list[Row]:
    """Return the newest of the records; that they are read is recorded, not at every redraw."""
    home, now = service.database().home, clock.now()
    reading = wanted, now.hour, now.minute // READ_MINUTES
    if st.session_state.get(READ_KEY) == reading:
        return records(the_registry(), wanted, ROWS_MAX)
    st.session_state[READ_KEY] = reading
    return read_audit(home, wanted, ROWS_MAX)


def audit_verdict(counts: list[Row]) -> Verdict:
    """Say how many records failed among those asked for, and of which events."""
    total = sum(row["record_count"] for row in counts)
    failed = [row for row in counts if row["failed_count"]]
    if not total:
        return Verdict("unreported", "没有符合条件的审计记录", ())
    detail = (f"共 {total:,} 条记录",)
    if not failed:
        return Verdict("normal", "没有失败的操作", detail)
    told = "、".join(f"{row['event']} {row['failed_count']:,} 次" for row in failed[:3])
    count = sum(row["failed_count"] for row in failed)
    return Verdict("soon", f"{count:,} 次操作没有成功", clauses(detail, (f"没有成功的：{told}",)))


def record_table(rows: list[Row]) -> Row | None:
    """Draw the records; return the chosen one."""
    shown = pd.DataFrame(
        {
            "number": [row["number"] for row in rows],
            "at": [shanghai_words(row) for row in rows],
            "account": [row["account"] for row in rows],
            "event": [row["event"] for row in rows],
            "result": [result_words(row) for row in rows],
            "sentence": [row["sentence"] for row in rows],
        }
    )
    columns = {
        "number": st.column_config.NumberColumn("序号", format="%d", width=64),
        "at": st.column_config.TextColumn("时间", width=150),
        "account": st.column_config.TextColumn("账号", width=110),
        "event": st.column_config.TextColumn("事件", width=120),
        "result": st.column_config.TextColumn("结果", width=70),
        "sentence": st.column_config.TextColumn("说明", width=520),
    }
    place = table(shown, columns, key="audit_records", rows_max=TABLE_ROWS)
    if len(rows) == ROWS_MAX:
        st.markdown(f":gray[:small[只列最新的 {ROWS_MAX} 条，导出的是全部]]")
    return None if place is None else rows[place]


def shanghai_words(row: Mapping[str, Any]) -> str:
    """Say when a record was written."""
    return f"{clock.in_shanghai(datetime.fromisoformat(row['at'])):%Y-%m-%d %H:%M:%S}"


def result_words(row: Mapping[str, Any]) -> str:
    """Say whether what is recorded came true."""
    return "● 成功" if row["is_success"] else "▲ 失败"


def count_table(counts: list[Row]) -> None:
    """Draw how many records there are of each event, those with failures first."""
    shown = pd.DataFrame(counts, columns=["event", "failed_count", "record_count"])
    columns = {
        "event": st.column_config.TextColumn("事件", width=150),
        "failed_count": st.column_config.NumberColumn("失败", format="%d", width=70),
        "record_count": st.column_config.NumberColumn("全部", format="%d", width=70),
    }
    table(shown, columns, key="audit_counts", rows_max=COUNT_ROWS)


def record_card(row: Row | None) -> None:
    """Draw all that a record says."""
    if row is None:
        st.markdown(":gray[点左边一行，看它的地址、对象、数量和指纹]")
        return
    counts = [words.EMPTY if row[name] is None else f"{row[name]:,}" for name in COUNTS]
    said = {
        "角色": row["roles"],
        "对象": " ".join(filter(None, (row["thing"], row["name"]))),
        "数量": f"{counts[0]} → {counts[1]}",
    }
    lines = [
        f":gray[{words.escape_markdown(name)}]　{words.escape_markdown(text or words.EMPTY)}"
        for name, text in said.items()
    ]
    for title, names in CODES.items():
        lines.append(
            f":gray[{title}]　{' '.join(_code_markdown(row[name][:DIGITS]) for name in names)}"
        )
    event = words.escape_markdown(row["event"])
    st.markdown(f"**第 {row['number']} 条　{event}**　{result_words(row)}")
    st.markdown("  \n".join(lines))


def _code_markdown(text: str) -> str:
    """Return what is copied, not read, as code."""
    return f"`{text.replace('`', '')}`" if text else words.EMPTY


def chain_panel(wanted: Wanted) -> None:
    """Draw the buttons that verify the chain and take records along, and what was found."""
    home = service.database().home
    with st.container(horizontal=True):
        if st.button("校验记录", type="primary", key="audit_verify"):
            st.session_state[CHAIN_KEY] = check_audit(home)
        name = f"审计记录 {clock.today()}.csv"
        hand_out_recorded("导出记录", _export(home, wanted), name, "audit_export", Label.SENSITIVE)
    _chain_words(st.session_state.get(CHAIN_KEY))


def _export(home: Path, wanted: Wanted) -> Callable[[], bytes]:
    """Return what makes the file on the viewer's behalf, in whatever thread."""
    viewer = acting()

    def made() -> bytes:
        with acts(viewer):
            return export_audit(home, wanted, "csv")

    return made


def _chain_words(chain: Chain | None) -> None:
    if chain is None:
        st.markdown(":gray[每条记录带着前一条的指纹；校验会找出改动、删去、插入和调换]")
    elif not chain.wrong:
        numbers = f"第 {chain.first_number:,} 至 {chain.last_number:,} 条"
        st.markdown(f":green[●] {numbers}完好，末条指纹 {_code_markdown(chain.last_hash[:DIGITS])}")
    else:
        st.error("\n\n".join(map(words.escape_markdown, chain.wrong[:3])))


def counted(wanted: Wanted) -> list[Row]:
    """Return how many of the records there are of each event."""
    return event_counts(the_registry(), wanted)
