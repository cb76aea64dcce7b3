"""倍增: each multiple against where it should stand by now (C8)."""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask, theme
from tally.board.card import field_table
from tally.board.indicator_detail import source_button
from tally.board.panels import figure, panel, verdict
from tally.charts.growth_lines import multiple_path
from tally.charts.multiple_progress import multiple_progress, pace_state
from tally.sentences import Verdict, clauses, listed

WHOLE_PX, UPPER_PX = 784, 400
COUNTED = ("家", "户", "个", "项", "件", "人")
Row = Mapping[str, Any]


def multiples_verdict(multiples: pd.DataFrame) -> Verdict:
    """Judge rows of `multiple_progress`: how many are on their path, which are not."""
    if multiples.empty:
        return Verdict("unreported", "方案没有定倍增目标")
    rows = multiples.to_dict("records")
    states = {str(row["name"]): pace_state(row) for row in rows}
    late = [row for row in rows if states[str(row["name"])] in ("soon", "overdue")]
    unknown = [name for name, state in states.items() if state == "unreported"]
    detail = clauses(
        ("低于应达：", *listed([str(row["name"]) for row in late])) if late else (),
        ("未公布：", *listed(unknown)) if unknown else (),
    )
    if len(unknown) == len(rows):
        return Verdict("unreported", f"{len(rows)} 个倍增目标都还没有公布数", detail)
    on_path = len(rows) - len(late) - len(unknown)
    said = f"{len(rows)} 个倍增目标，{on_path} 个在轨"
    if not late:
        return Verdict("normal", said, detail)
    worst = min(late, key=lambda row: row["pace_share"])
    # Nobody founds half an enterprise.
    is_counted = worst["unit_of_measure"] in COUNTED
    missing = math.ceil(-worst["gap_value"]) if is_counted else -worst["gap_value"]
    gap = words.amount(missing, worst["unit_of_measure"])
    state = "overdue" if "overdue" in states.values() else "soon"
    return Verdict(state, f"{said}，{worst['name']}差 {gap}", detail)


def _fields(row: Row) -> dict[str, str]:
    unit = row["unit_of_measure"]
    value = words.amount(row["value"], unit)
    is_known = not words.is_missing(row["period_end_on"])
    period = words.year_month(row["period_end_on"]) if is_known else "未公布"
    mark = "　▲ 初步数" if row["is_provisional"] is True else ""
    return {
        "指标": str(row["indicator"]),
        "起点": f"{row['base_year']} 年 {words.amount(row['base_value'], unit)}",
        "目标": f"{row['horizon_year']} 年 {words.amount(row['target_value'], unit)}"
        f"（{words.amount(row['multiple'])} 倍，每年 {words.growth(row['growth_share'])}）",
        "现在": f"{period} {value}{mark}",
        "同期应达": f"{words.amount(row['expected_value'], unit)}，"
        f"差额 {words.amount(row['gap_value'], unit)}",
        "本季末应达": words.amount(row["quarter_value"], unit),
    }


def multiples_view(chosen: Filters, head: Any) -> None:
    """Draw every multiple against its path, and the path of the chosen one."""
    multiples = ask("multiple_progress", chosen)
    opening = multiples_verdict(multiples)
    with head:
        verdict(opening)
    if multiples.empty:
        st.markdown("在方案包里写上倍增目标（指标、基数、倍数、到期年），这里就有轨迹。")
        return
    publishers = "、".join(sorted(set(multiples["publisher"].dropna()))) or words.EMPTY
    newest = multiples["period_end_on"].dropna()
    until = words.year_month(newest.max()) if len(newest) else words.EMPTY
    left, right = st.columns([1.75, 1])
    with left, panel("倍增目标", f"截至{until}　来源：{publishers}　点一行看轨迹", WHOLE_PX):
        picked = figure(
            multiple_progress(multiples, theme=theme()),
            key="multiples", alt=opening.spoken, is_selectable=True,
        )  # fmt: skip
    name = picked[0] if picked else multiples.iloc[0]["name"]
    row = multiples[multiples["name"] == name].iloc[0].to_dict()
    path = ask("multiple_path", chosen)
    with right, panel(f"{name}轨迹", "虚线为应达，粗线为已公布", UPPER_PX):
        figure(
            multiple_path(path[path["name"] == name], theme=theme(), width=620, height=318),
            key="multiple_path", alt=f"{name}轨迹",
        )  # fmt: skip
    with right, panel("", height=WHOLE_PX - 17 - UPPER_PX):
        field_table(_fields(row))
        if not words.is_missing(row["period_end_on"]):
            source_button(row, key="multiple_source")
