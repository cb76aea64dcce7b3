"""阶段流转: projects from stage to stage, and which of them stand still (C6)."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask, theme
from tally.board.panels import figure, panel
from tally.board.project_parts import WHOLE_PX, go_to, linked, project_card, project_list
from tally.charts.project_moves import project_moves
from tally.sentences import Name, Verdict, clauses

LINK = "stage"
DROPPED = "台账未列出"
Row = Mapping[str, Any]


def stages_verdict(stages: Sequence[Row]) -> Verdict:
    """Judge rows of `project_stages`: who is stuck, and what this quarter is for."""
    total = sum(int(row["project_count"]) for row in stages)
    if not total:
        return Verdict("unreported", "还没有项目台账")
    stuck = sum(int(row["stuck_count"]) for row in stages)
    late = sum(int(row["past_quarter_count"]) for row in stages)
    said = clauses(_most_stuck(stages), _moved(stages, total), _this_quarter(stages))
    if stuck:
        return Verdict("overdue", f"{total} 个项目，{stuck} 个卡住不动", said)
    if late:
        return Verdict("soon", f"{late} 个项目过了季度仍未转段", said)
    if all(words.is_missing(row["stuck_days"]) for row in stages):
        return Verdict("unreported", "方案没有定多少天算卡住", said)
    return Verdict("normal", f"{total} 个项目，没有卡住的", said)


def _most_stuck(stages: Sequence[Row]) -> tuple[str, ...]:
    worst = sorted((row for row in stages if row["stuck_count"]), key=lambda r: -r["stuck_count"])
    parts: list[str] = ["卡在："] if worst else []
    for place, row in enumerate(worst[:3]):
        parts += ["，"] * (place > 0)
        days = words.days(row["stuck_days"])
        parts += [Name(row["stage"]), f" {int(row['stuck_count'])} 个（{days}以上）"]
    return tuple(parts)


def _moved(stages: Sequence[Row], total: int) -> tuple[str, ...]:
    if not any(row["before_count"] for row in stages):
        return (f"首期台账 {total} 个项目",)
    came = sum(int(row["came_count"]) for row in stages)
    new = sum(int(row["new_count"]) for row in stages)
    return (f"本期转段 {came} 个，新入库 {new} 个",)


def _this_quarter(stages: Sequence[Row]) -> tuple[str, ...]:
    current = [row for row in stages if row["is_current"]]
    if not current:
        return ()
    row = current[0]
    return (f"本季抓{row['stage']}：本期转入 {int(row['came_count'])} 个",)


def draw_stages(chosen: Filters, stages: pd.DataFrame, projects: pd.DataFrame) -> None:
    """Draw the flow between two lists, and the projects of the chosen stage."""
    rows = stages.to_dict("records")
    dropped = projects[projects["is_vanished"].astype(bool)]
    wanted = linked(LINK, [DROPPED, *(row["stage"] for row in rows)])
    left, right = st.columns([1.75, 1])
    with left, panel("", height=WHOLE_PX):
        _head(rows, wanted, len(dropped))
        drawn = project_moves(
            stages, ask("project_moves", chosen), theme=theme(), chosen=wanted, height=676
        )
        alt = stages_verdict(rows).spoken
        if picked := figure(drawn, key="moves", alt=alt, is_selectable=True):
            go_to(LINK, str(picked[0]))
    shown = projects[projects["stage"].fillna("未注明") == wanted] if wanted else projects
    shown = dropped if wanted == DROPPED else shown
    with right, panel(wanted or "全部项目", f"{len(shown)} 个，卡住的在前", WHOLE_PX):
        row = project_list(shown, key=f"staged-{wanted}", rows_max=8)
        project_card(row, key="staged")


def _leave() -> None:
    st.query_params.pop(LINK, None)


def _head(rows: Sequence[Row], wanted: str, dropped_count: int) -> None:
    known = [row for row in rows if not words.is_missing(row["stuck_days"])]
    limits = [f"{row['stage']} {words.days(row['stuck_days'])}" for row in known]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(":gray[:small[项目个数　点右侧阶段看是哪些项目]]", width="content")
        if wanted:
            st.button("看全部项目", key="all_stages", on_click=_leave)
        if dropped_count and wanted != DROPPED:
            said = f"▲ 最新台账没有列出 {dropped_count} 个"
            if st.button(said, key="dropped", type="tertiary", help="仍按最近一期计入，点开看名单"):
                go_to(LINK, DROPPED)
        st.space("stretch")
        with st.popover("说明"):
            stuck = words.escape_markdown("、".join(limits) or "方案没有定")
            st.markdown(
                "- 左边是上一期台账，右边是最新一期；漏报的项目按最近一期计。\n"
                f"- **卡住**：在同一阶段停留达到 {stuck}（方案 project_stuck_days）；"
                "“储备”“竣工”“终止”不算。\n"
                "- **过季未动**：本季开始前就在这一阶段，而方案给后面阶段的季度已经到了。\n"
                "- 进入阶段的日期以台账“进入阶段日期”为准；没填或沿用上一阶段的，"
                "按首次报为这一阶段的月末。"
            )
