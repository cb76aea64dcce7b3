"""Beside an indicator's months: who contributes, whether a change is real, how it is reckoned."""

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask, theme
from tally.board.indicator_detail import (
    Row,
    contribution_rows,
    contribution_sentence,
    source_button,
)
from tally.board.panels import figure, panel
from tally.charts.indicator_contribution import indicator_contribution
from tally.charts.indicator_signals import indicator_signals
from tally.statistics import Projection

UNSUMMED = ("%", "‰", "百分点", "分")
METHODS = """
- **序时进度**：完成值 ÷ 目标，与全年已过去的天数比。应达值 = 目标 × 已过天数 ÷ 全年天数。
  占比、增速、位次全年直接对目标；期末数从起点（没有就用上年末）到目标按直线应达。
- **判定**：完成值 ÷ 应达值，{on_track:g} 起为 ● 达到，{lagging:g} 起为 ▲ 偏慢，
  更低为 ■ 滞后；越小越好的指标倒过来除。没有目标的不判。保底目标与力争目标分开判。
- **同比**：用发布数；没有发布的按两年数值推算，标“\\*”。1 月、2 月合并为 1–2 月比，避开春节错月。
- **单月数**：发布了用发布数，否则用相邻两个月累计相减；缺月就空着，不补、不连线。
- **每月还需**：（目标 − 已完成）÷ 余下月数。
- **存疑**：年内累计比前一期少，点开看是哪一格；改正后重报即可。
- **拉动**：（本地 − 本地上年同期）÷ 整体上年同期；各地相加等于整体增速，不报的归“其他/未报”。
  平均数（方案里 is_sum = false）、占比、增速、得分、位次各地不能相加，不算拉动。
"""


def why_undivided(chosen: Filters, row: Row) -> str:
    """Say why nothing is said of who contributes to an indicator's growth."""
    named = [entry for entry in chosen.pack.indicators if entry.name == row["indicator"]]
    if not all(entry.is_sum for entry in named):
        return "这是平均数，各地的数相加不等于整体，不算拉动"
    if row["measure"] in ("同比", "累计同比", "位次") or row["unit_of_measure"] in UNSUMMED:
        return "占比、增速、得分和位次各地相加不等于整体，不算拉动"
    return "没有可以分解的整体：要有整体和各部分的数（如全市和各县区）"


def contribution_panel(chosen: Filters, row: Row, height: int) -> None:
    """Draw who contributes to the growth of the whole; a chosen part shows its arithmetic (C2)."""
    indicator = str(row["indicator"])
    parts = contribution_rows(chosen, indicator)
    note = ""
    if not parts.empty:
        first = parts.iloc[0]
        mark = "，▲ 含初步数" if parts["is_provisional"].any() else ""
        note = f"{words.year_month(first['month'])}{first['measure']}{mark}；点一行看算式"
    with panel("贡献还是拖后腿", note, height):
        if parts.empty:
            st.markdown(f":gray[{why_undivided(chosen, row)}]")
            return
        picked = figure(
            indicator_contribution(parts, theme=theme(), height=height - 158),
            key=f"contribution_{indicator}",
            alt=f"{indicator}：各地对整体增长的拉动",
            is_selectable=True,
        )
        _arithmetic(parts, picked[0] if picked else None, indicator)


def _arithmetic(parts: pd.DataFrame, part: str | None, indicator: str) -> None:
    """Write the arithmetic of the chosen part, else of our own, with the way to its cell."""
    chosen = parts[parts["part"] == part] if part else parts[parts["is_own"].astype(bool)]
    if chosen.empty:
        return
    row = chosen.iloc[0].to_dict()
    st.markdown(f":small[{words.escape_markdown(contribution_sentence(row))}]")
    if part:
        source_button(row, key=f"part_source_{indicator}")


def signals_panel(chosen: Filters, indicator: str, height: int) -> None:
    """Draw whether an indicator's changes are more than its usual swing."""
    with panel("变化是真的吗", "超出控制限才算信号", height):
        signals = ask(
            "indicator_signals", campaign=chosen.campaign, as_of=chosen.as_of, indicator=indicator
        )
        if signals.empty:
            st.markdown(":gray[数据不够，看不出变化是否超出平常波动]")
            return
        figure(
            indicator_signals(signals, theme=theme(), width=455, height=height - 84),
            key=f"signals_{indicator}",
            alt=f"{indicator}的变化是否超出平常波动",
        )


def methods(chosen: Filters, row: Row, projection: Projection | None) -> None:
    """Say behind a button how every figure of the page is reckoned, and from what source."""
    pack = chosen.pack
    with st.popover("说明"):
        limits = {
            "on_track": pack.threshold("pace_on_track"),
            "lagging": pack.threshold("pace_lagging"),
        }
        st.markdown(METHODS.format(**limits))
        if projection:
            tested = (
                f"回测 {projection.tested_count} 次，{words.share(projection.covered_share)}"
                "落在八成区间内"
                if projection.covered_share is not None
                else "可回测的年份不够"
            )
            if projection.first_month > 1:
                tested += "；1–2 月的数没有公布，全年推不出，只推 3–12 月"
            st.markdown(f"- **预计全年**：{words.escape_markdown(projection.method)}；{tested}。")
        else:
            st.markdown("- **预计全年**：历史年份不够（要三年以上同月与全年的数），不作预计。")
        definition = words.text(row["definition"])
        st.markdown(f"- **{words.escape_markdown(str(row['indicator']))}**："
                    f"{words.escape_markdown(definition)}")  # fmt: skip
