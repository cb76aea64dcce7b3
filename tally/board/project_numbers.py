"""年度数: what the project lists count, against targets and against what is reported (C5)."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, theme
from tally.board.panels import figure, panel
from tally.board.project_parts import WHOLE_PX, go_to, linked, project_card, project_list
from tally.charts.project_numbers import project_numbers
from tally.sentences import Name, Verdict, clauses

LINK = "number"
# By which column of `projects` a project counts for a number.
COUNTED_BY = {
    "争取上级资金": "won_this_year",
    "签约项目": "is_signed",
    "落地开工项目": "is_started",
    "产业项目占比": "is_industrial",
    "亿元以上项目": "is_large",
    "开复工项目": "is_running",
    "谋划储备项目": "is_reserve",
}
RULES = """
- **争取上级资金**：台账“本年争取资金”逐项相加。
- **签约项目**：签约日期在本年。　**产业项目占比**：其中类别为“产业”的 ÷ 本年签约的。
- **落地开工项目**：开工日期在本年。　**开复工项目**：开工或复工日期在本年。
- **亿元以上项目**：开复工项目中总投资 1 亿元及以上的。
- **谋划储备项目**：本年任一期台账列为“储备”的。　“终止”的项目各项都不计，已争取的资金照计。
- **序时**：目标 × 已过天数 ÷ 全年天数；占比不按序时折算。达到序时的 95% 为 ●，75% 为 ▲，以下为 ■
  （方案另设 pace_on_track、pace_lagging 的按方案）。
- 指标台账另报的数只作对照，从不与台账数相加。目标出处见下方“来源”。
"""
Row = Mapping[str, Any]


def numbers_verdict(numbers: Sequence[Row]) -> Verdict:
    """Judge rows of `project_numbers`: how many are behind, and what no list shows."""
    aimed = [row for row in numbers if not words.is_missing(row["state"])]
    if not numbers:
        return Verdict("unreported", "还没有项目台账")
    if not aimed:
        return Verdict("unreported", "方案没有给项目定年度数")
    behind = [row for row in aimed if row["state"] == "behind"]
    low = [row for row in aimed if row["state"] == "low"]
    said = clauses(_named("落后", behind), _named("偏慢", low), _unseen(numbers))
    if behind:
        sentence = f"{len(aimed)} 个年度数，{len(behind)} 个落后序时"
        return Verdict("overdue", sentence, said)
    if low:
        return Verdict("soon", f"{len(aimed)} 个年度数，{len(low)} 个比序时偏慢", said)
    return Verdict("normal", f"{len(aimed)} 个年度数都跟上序时", said)


def _named(word: str, rows: Sequence[Row]) -> tuple[str, ...]:
    if not rows:
        return ()
    worst = sorted(rows, key=lambda row: row["value"] / (row["expected_value"] or 1))[:3]
    parts: list[str] = [f"{word}："]
    for place, row in enumerate(worst):
        parts += ["，"] * (place > 0)
        target = words.amount(row["target"], row["unit_of_measure"])
        parts += [Name(row["number"]), f" {words.amount(row['value'])} / {target}"]
    return tuple(parts)


def _unseen(rows: Sequence[Row]) -> tuple[str, ...]:
    """Say which number is reported greatest beyond what the lists show."""
    more = [row for row in rows if not words.is_missing(row["reported_gap"])]
    more = [row for row in more if row["reported_gap"] > 0 and row["reported_value"]]
    if not more:
        return ()
    most = max(more, key=lambda row: row["reported_gap"] / row["reported_value"])
    reported = words.amount(most["reported_value"], most["unit_of_measure"])
    return (f"指标报{most['number']} {reported}，台账只查得到 {words.amount(most['value'])}",)


def draw_numbers(chosen: Filters, numbers: pd.DataFrame, projects: pd.DataFrame) -> None:
    """Draw the numbers, and the projects that count for the chosen one."""
    rows = numbers.to_dict("records")
    names = [row["number"] for row in rows]
    wanted = linked(LINK, names) or _worst(rows)
    left, right = st.columns([1.75, 1])
    with left, panel("", height=WHOLE_PX):
        _foot(chosen, rows)
        drawn = project_numbers(numbers, theme=theme(), chosen=wanted)
        alt = numbers_verdict(rows).spoken
        if picked := figure(drawn, key="numbers", alt=alt, is_selectable=True):
            go_to(LINK, str(picked[0]))
    counted = projects[_counts(projects, wanted)]
    with right, panel(wanted, f"台账可查 {len(counted)} 个项目", WHOLE_PX):
        row = project_list(counted, key=f"counted-{wanted}", rows_max=8)
        project_card(row, key="counted")


def _worst(rows: Sequence[Row]) -> str:
    """Return the number furthest behind its target, for a page that names none."""
    known = [row for row in rows if not words.is_missing(row["achieved_share"])]
    worst = min(known, key=lambda row: row["achieved_share"]) if known else rows[0]
    return str(worst["number"])


def _counts(projects: pd.DataFrame, number: str) -> pd.Series:
    column = projects[COUNTED_BY[number]]
    return column.fillna(0) > 0 if number == "争取上级资金" else column.astype(bool)


def _foot(chosen: Filters, rows: Sequence[Row]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        note = f"单位见各行　来源：项目台账、指标台账　截至 {words.iso_day(chosen.as_of)}"
        st.markdown(f":gray[:small[{note}　点一行看是哪些项目]]", width="content")
        st.space("stretch")
        with st.popover("说明"):
            st.markdown(RULES)
            sources = {row["number"]: row["source"] for row in rows}
            st.markdown(
                "\n".join(
                    f"- {words.escape_markdown(f'{name}：{source}')}"
                    for name, source in sources.items()
                    if not words.is_missing(source)
                )
            )
