"""准入审核: which projects pass admission, check by check (C11)."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, theme
from tally.board.docket_parts import row_card
from tally.board.panels import figure, panel
from tally.board.project_parts import WHOLE_PX, go_to, linked
from tally.charts.project_admission import CHECKS, RESULTS, project_admission, tax_words
from tally.sentences import Name, Verdict, clauses

LINK = "project"
SUPPLIES = ("新供地", "盘活", "租赁厂房")
Row = Mapping[str, Any]


def admission_verdict(projects: Sequence[Row]) -> Verdict:
    """Judge rows of `project_admission`: what started without passing, what fails."""
    if not projects:
        return Verdict("unreported", "没有进入准入审核的项目")
    failed = [row for row in projects if row["result"] == "failed"]
    landed = [row for row in failed if row["is_landed"]]
    contrary = [row for row in projects if row["is_tax_contrary"]]
    said = clauses(
        _most_failed(failed),
        (f"{len(landed)} 个没通过就已开工",) if landed else (),
        (f"{len(contrary)} 个亩均税收填“通过”但算下来不够",) if contrary else (),
        _open(projects),
    )
    if failed:
        return Verdict("overdue", f"{len(projects)} 个项目，{len(failed)} 个不符合准入", said)
    if any(row["result"] == "unreviewed" for row in projects):
        return Verdict("soon", f"{len(projects)} 个项目，没有不符合的，还有未审项", said)
    return Verdict("normal", f"{len(projects)} 个项目都通过准入", said)


def _most_failed(failed: Sequence[Row]) -> tuple[str, ...]:
    counts = {name: sum(name in row["failed"] for row in failed) for name in CHECKS}
    worst = sorted((name for name in counts if counts[name]), key=lambda name: -counts[name])[:3]
    parts: list[str] = ["不通过最多："] if worst else []
    for place, name in enumerate(worst):
        parts += ["，"] * (place > 0)
        parts += [Name(name), f" {counts[name]} 个"]
    return tuple(parts)


def _open(projects: Sequence[Row]) -> tuple[str, ...]:
    waiting = sum(row["result"] == "unreviewed" for row in projects)
    return (f"{waiting} 个未审完",) if waiting else ()


def supply_switch() -> str | None:
    """Draw the switch between the ways to land; None for all."""
    chosen: str | None = st.segmented_control(
        "供地方式", SUPPLIES, key="supply", bind="query-params", label_visibility="collapsed"
    )
    return chosen


def draw_admission(_chosen: Filters, projects: pd.DataFrame, _listed: pd.DataFrame) -> None:
    """Draw the matrix of checks and the card of the chosen project."""
    left, right = st.columns([1.75, 1])
    with left, panel("", height=WHOLE_PX):
        with st.container(horizontal=True, vertical_alignment="center"):
            supply = supply_switch()
            st.space("stretch")
            _explained(projects)
        shown = projects[projects["supply"] == supply] if supply else projects
        rows = shown.to_dict("records")
        keys = [row["item_key"] for row in rows]
        wanted = linked(LINK, keys) or next(iter(keys), "")
        drawn = project_admission(shown, theme=theme(), chosen=wanted, height=670)
        alt = admission_verdict(rows).spoken
        if picked := figure(drawn, key="admission", alt=alt, is_selectable=True):
            go_to(LINK, str(picked[0]))
    named = [row for row in rows if row["item_key"] == wanted]
    with right, panel("", height=WHOLE_PX):
        row_card(named[0] if named else None, "title", _fields, key="admission")


def _explained(projects: pd.DataFrame) -> None:
    floors = projects["tax_floor"].dropna()
    floor = f"{floors.iloc[0]:g} 万元（方案 tax_per_mu）" if len(floors) else "方案没有定"
    lowest = words.escape_markdown(floor)
    with st.popover("说明"):
        st.markdown(
            f"- **亩均税收** = 预计年税收（万元）÷ 用地（亩）；下限 {lowest}。\n"
            "- 低于下限，台账填“通过”也按不通过。\n"
            "- 其余各项以台账填写的审核结论为准；没填的按未审。\n"
            "- 七项和三种供地方式见 S3 讲话；“五不招”的内容文中没有，不列。"
        )


def _fields(row: Row) -> dict[str, Any]:
    checks = dict(zip(CHECKS, row["checks"], strict=True))
    by_result = {
        word: "、".join(name for name in CHECKS if checks[name] == word)
        for word in ("不通过", "未审", "通过")
    }
    contrary = "台账填“通过”，按用地和税收算不够" if row["is_tax_contrary"] else None
    return {
        "编号": row["item_key"],
        "责任单位": row["unit"],
        "阶段": row["stage"],
        "供地方式": row["supply"],
        "用地": words.amount(row["land_mu"], "亩"),
        "预计年税收": words.amount(row["tax_wan"], "万元"),
        "亩均税收": f"{tax_words(row)} 万元" if tax_words(row) != words.EMPTY else None,
        "准入": RESULTS[row["result"]][0],
        **{word: names or None for word, names in by_result.items()},
        "注意": contrary or ("没通过就已开工" if row["is_landed"] and row["failed"] else None),
    }
