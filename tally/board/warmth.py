"""暖民心: who knows of each action, took part and is content, community by community (C10)."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask, theme
from tally.board.card import field_table
from tally.board.panels import UPLOAD_PAGE, figure, panel, stop_without_items, verdict
from tally.board.provenance import source_line
from tally.board.tables import plain_table
from tally.board.ways import way_to
from tally.charts.satisfaction_shares import ALL, MEASURES, is_few, satisfaction_shares, share_words
from tally.contracts import contracts
from tally.sentences import Name, Verdict, clauses

CHART_PX = 784
NAMES = {title: measure for measure, (title, _) in MEASURES.items()}
ACTION, COMMUNITY = "action", "community"
RULES = """
- **知晓率** = 知晓人数 ÷ 调查人数；**参与率** = 参与人数 ÷ 调查人数。
- **满意率** = 满意人数 ÷ 评价人数（没填评价人数的按参与人数）。
- 同一行动在同一社区取最近一个月的调查，当月几次调查相加；知晓、参与、评价多于调查人数，
  或满意多于评价的，这一次不计入。
- 区间：Wilson 95%（Wilson 1927）。■ 区间上限低于全部的率；▲ 低 5 个百分点以上但区间够得着。
- 调查（满意率按评价）不足 {minimum} 人的标“样本少”，不作判断。
"""
Row = Mapping[str, Any]


def warmth_verdict(shares: Sequence[Row], measure: str) -> Verdict:
    """Judge rows of `satisfaction_shares` by one measure: which actions are surely under all."""
    title, whole = MEASURES[measure]
    total = next((r for r in shares if _is_sum(r, ACTION) and _is_sum(r, COMMUNITY)), None)
    if total is None or words.is_missing(total[f"{measure}_share"]):
        return Verdict("unreported", f"还没有{title}的调查")
    actions = [r for r in shares if not _is_sum(r, ACTION) and _is_sum(r, COMMUNITY)]
    behind = [row for row in actions if row[f"{measure}_state"] == "behind"]
    behind.sort(key=lambda row: row[f"{measure}_share"])
    share = words.share(total[f"{measure}_share"])
    said = clauses(
        _named(behind, measure),
        (f"全部{title} {share}（{words.ratio(total[f'{measure}_count'], total[whole])}）",),
        _left_out(shares, measure),
    )
    if behind:
        sentence = f"{len(behind)} 项行动{title}明显偏低"
        return Verdict("overdue", sentence, said)
    if any(row[f"{measure}_state"] == "low" for row in actions):
        return Verdict("soon", f"个别行动{title}偏低，尚不显著", said)
    return Verdict("normal", f"{title} {share}，各行动差别不显著", said)


def _is_sum(row: Row, axis: str) -> bool:
    return words.is_missing(row[axis])


def _named(behind: Sequence[Row], measure: str) -> tuple[str, ...]:
    parts: list[str] = []
    for place, row in enumerate(behind[:3]):
        parts += ["，"] * (place > 0)
        parts += [Name(row["action"]), f" {words.share(row[f'{measure}_share'])}"]
    return tuple(parts)


def _left_out(shares: Sequence[Row], measure: str) -> tuple[str, ...]:
    """Say how many cells were not asked or have small samples, and what was faulty."""
    cells = [row for row in shares if not row["is_total"]]
    missing = sum(not row["asked_count"] and not row["faulty_count"] for row in cells)
    small = sum(bool(row["asked_count"]) and is_few(row, measure) for row in cells)
    faulty = sum(int(row["faulty_count"]) for row in cells)
    said = [
        (missing, f"{missing} 处未调查"),
        (small, f"{small} 处样本少"),
        (faulty, f"{faulty} 次数字矛盾不计"),
    ]
    text = "，".join(words_said for count, words_said in said if count)
    return (text,) if text else ()


def show_warmth(chosen: Filters) -> None:
    """Draw the heat of one measure and the card of the chosen cell.

    Of the units chosen above the page, those that are communities narrow it.
    """
    places = {community.name for community in chosen.pack.communities}
    wanted = [unit for unit in chosen.unit if unit in places]
    shares = ask("satisfaction_shares", chosen, community=wanted or None)
    if shares.empty and wanted and not ask("satisfaction_shares", chosen).empty:
        stop_without_items(shares)
    if shares.empty:
        verdict(Verdict("unreported", "还没有暖民心调查"))
        named = words.escape_markdown(contracts()["satisfaction"].title)
        st.markdown(f"上传 **{named}** 并发布后，这里就有数了。")
        way_to(UPLOAD_PAGE, "去上传")
        return
    rows = shares.to_dict("records")
    left, right = st.columns([1.75, 1], vertical_alignment="center")
    with right, st.container(horizontal_alignment="right"):
        measure = _measure_switch()
    with left:
        verdict(warmth_verdict(rows, measure))
    cell = _linked_cell(rows, measure)
    left, right = st.columns([1.75, 1])
    with left, panel("", height=CHART_PX):
        _head(rows)
        drawn = satisfaction_shares(
            shares, theme=theme(), measure=measure, chosen=_key(cell), height=682
        )
        alt = warmth_verdict(rows, measure).spoken
        if picked := figure(drawn, key="warmth", alt=alt, is_selectable=True):
            _go_to(str(picked[0]), str(picked[1]))
    with right, panel("", height=CHART_PX):
        _card(cell, rows)


def _measure_switch() -> str:
    title: str | None = st.segmented_control(
        "看",
        list(NAMES),
        default="满意率",
        required=True,
        key="measure",
        bind="query-params",
        label_visibility="collapsed",
    )
    return NAMES.get(title or "", "satisfied")


def _head(rows: Sequence[Row]) -> None:
    days = [
        row["last_surveyed_on"] for row in rows if not words.is_missing(row["last_surveyed_on"])
    ]
    newest = words.iso_day(max(days)) if days else words.EMPTY
    with st.container(horizontal=True, vertical_alignment="center"):
        note = f"单位：%，n 为人数　来源：满意度调查台账　最近调查 {newest}　点一格看明细"
        st.markdown(f":gray[:small[{note}]]", width="content")
        st.space("stretch")
        with st.popover("说明"):
            st.markdown(RULES.format(minimum=int(rows[0]["minimum_asked"])))


def _key(row: Row) -> tuple[str, str]:
    action, community = (ALL if _is_sum(row, axis) else row[axis] for axis in (ACTION, COMMUNITY))
    return str(action), str(community)


def _linked_cell(rows: Sequence[Row], measure: str) -> Row:
    """Return the cell that the address names, else the action that stands worst."""
    wanted = tuple(str(st.query_params.get(axis, "")) for axis in (ACTION, COMMUNITY))
    named = [row for row in rows if _key(row) == wanted]
    if named:
        return named[0]
    cells = [r for r in rows if not r["is_total"] and r[f"{measure}_state"] is not None]
    known = [row for row in cells if not words.is_missing(row[f"{measure}_share"])]
    return min(known, key=lambda row: row[f"{measure}_share"]) if known else rows[-1]


def _go_to(action: str, community: str) -> None:
    wanted = {ACTION: action, COMMUNITY: community}
    if any(str(st.query_params.get(axis, "")) != word for axis, word in wanted.items()):
        st.query_params.update(wanted)
        st.rerun()


def _card(cell: Row, rows: Sequence[Row]) -> None:
    action, community = _key(cell)
    names = ("全部行动" if action == ALL else action, "全部社区" if community == ALL else community)
    st.markdown(f"#### {words.escape_markdown(' · '.join(names))}")
    if not cell["asked_count"]:
        why = "调查的数字前后矛盾，不计入" if cell["faulty_count"] else "没有调查"
        st.markdown(f":gray[{why}，不按 0 计]")
    fields = {
        "调查": f"{words.count(cell['asked_count'], '人')}，{int(cell['survey_count'])} 次",
        "最近一次": words.iso_day(cell["last_surveyed_on"]),
    }
    for measure, (title, _) in MEASURES.items():
        few = "（样本少）" if is_few(cell, measure) and cell["asked_count"] else ""
        fields[title] = share_words(cell, measure).removeprefix(f"{title} ") + few
    if cell["faulty_count"]:
        fields["不计入"] = f"{int(cell['faulty_count'])} 次，数字前后矛盾"
    field_table(fields)
    if not words.is_missing(cell["upload"]):
        source_line(cell, "warmth")
    _surveys(action, community, rows)


def _surveys(action: str, community: str, rows: Sequence[Row]) -> None:
    """List the cells that a sum is made of; beside one cell, its action in every community."""
    wanted = ALL if action != ALL and community != ALL else community
    parts = [
        row
        for row in rows
        if not row["is_total"]
        and action in (ALL, row["action"])
        and wanted in (ALL, row["community"])
        and row["asked_count"]
    ]
    if not parts:
        return
    shown = pd.DataFrame(
        [
            {
                "行动": row["action"],
                "社区": row["community"],
                "调查": int(row["asked_count"]),
                **{
                    title: words.share(row[f"{measure}_share"])
                    for measure, (title, _) in MEASURES.items()
                },
            }
            for row in parts
        ]
    )
    plain_table(shown, rows_max=10)
