"""规则: what a campaign's rules say, and a trial of one on the months that are past (F5)."""

import json
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask, theme
from tally.board.card import field_table
from tally.board.docket_parts import row_list
from tally.board.panels import figure, heading, panel
from tally.board.tables import table
from tally.charts.rule_trial import rule_trial
from tally.finding_words import LEVELS, LIMITS
from tally.sentences import Verdict

LIST_PX, TRIAL_PX = 330, 440
OFFICE = "本级自定"
NOBODY = "（没有责任单位）"
MONTHS_MAX = 24
LIST = {
    "level_words": ("级别", 84),
    "rule": ("规则", 250),
    "limit_words": ("界限", 300),
    "limit_source": ("界限出自", 280),
    "clause": ("条款", 520),
    "consequence": ("后果", 150),
    "light_words": ("亮灯", 72),
    "on_words": ("启用", 72),
}


def rules_verdict(rules: pd.DataFrame) -> Verdict:
    """Say how many rules there are, and how many of their limits the office set itself."""
    if rules.empty:
        return Verdict(
            "unreported", "这个专项行动的方案包没有规则", ("写法见《怎样写一个方案包》",)
        )
    office = int(rules["limit_source"].str.contains(OFFICE).sum())
    off = int((~rules["is_on"]).sum())
    detail = f"界限出自文件的 {len(rules) - office} 条，本级自定的 {office} 条"
    if off:
        detail += f"；还没有启用的 {off} 条，可先试算"
    return Verdict("normal", f"{len(rules)} 条规则", (detail,))


def limit_words(limits: str) -> str:
    """Return a rule's limits (JSON) as `天数 30，范围 全市`; what limits nothing is left out."""
    said = {LIMITS[name]: _value_words(value) for name, value in json.loads(limits).items()}
    return "，".join(f"{name} {value}" for name, value in said.items() if value) or words.EMPTY


def _value_words(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def rule_list(rules: pd.DataFrame) -> dict[str, Any]:
    """Draw the rules; return the one that is looked at."""
    records = rules.to_dict("records")
    shown = rules.assign(
        level_words=[LEVELS[row["level"]].label for row in records],
        limit_words=[limit_words(row["limits"]) for row in records],
        light_words=["亮灯" if row["is_light"] else words.EMPTY for row in records],
        on_words=["● 启用" if row["is_on"] else "○ 试算" for row in records],
    )
    with panel("规则与条款", height=LIST_PX):
        return dict(row_list(shown, LIST, key="rules", rows_max=5) or {})


def trial(chosen: Filters, rule: dict[str, Any]) -> None:
    """Let the rule's limits be changed, and draw for whom and how often it would have fired."""
    left, right = st.columns([1, 1.9])
    with left, panel("试算", "换个界限看过去的月份；不保存，不通知", TRIAL_PX):
        st.markdown(f"**{words.escape_markdown(rule['rule'])}**")
        limits = _limit_fields(rule)
        field_table({"条款": rule["clause"], "界限出自": rule["limit_source"]})
    asked = {
        "campaign": chosen.campaign,
        "as_of": chosen.as_of,
        "rule": rule["rule"],
        "limits": json.dumps(limits, ensure_ascii=False),
    }
    with right, panel("", height=TRIAL_PX):
        _tried(
            chosen, ask("rule_trial", **asked, by="month"), ask("rule_trial", **asked, by="unit")
        )


def _limit_fields(rule: dict[str, Any]) -> dict[str, Any]:
    """Draw a field for each limit that is a number; the others stay as the pack has them."""
    limits = json.loads(rule["limits"])
    for name, value in limits.items():
        key = f"limit-{rule['campaign']}-{rule['rule']}-{name}"
        if isinstance(value, bool) or not isinstance(value, int | float):
            continue
        whole = isinstance(value, int)
        named = words.escape_markdown(f"{LIMITS[name]}（方案包：{value}）")
        given = st.number_input(
            named, value=value, step=1 if whole else 0.05, key=key,
            min_value=0 if whole else 0.0,
        )  # fmt: skip
        limits[name] = int(given) if whole else float(given)
    return dict(limits)


def _tried(chosen: Filters, months: pd.DataFrame, units: pd.DataFrame) -> None:
    if months.empty:
        heading("一次也不会亮")
        st.markdown(":green[●] 没有单位会亮")
        return
    overall = months.iloc[0]
    heading(
        f"会亮 {overall['all_finding_count']} 次",
        f"{overall['all_unit_count']} 个单位，至今未消除 {overall['all_holding_count']} 次",
    )
    left, right = st.columns([1.4, 1])
    with left:
        figure(
            rule_trial(months, _months(chosen, months), theme=theme(), width=640),
            key="trial_months",
            alt=f"过去各月会亮几次，共 {overall['all_finding_count']} 次",
        )
    with right:
        _for_whom(units)


def _months(chosen: Filters, tried: pd.DataFrame) -> list[str]:
    """Return the campaign's months up to the day, and earlier ones in which something began."""
    first = chosen.pack.campaign.start_on
    own = pd.period_range(first, chosen.as_of, freq="M").astype(str).tolist()
    return sorted({*own, *tried["name"]})[-MONTHS_MAX:]


def _for_whom(units: pd.DataFrame) -> None:
    columns = {
        "name": st.column_config.TextColumn("单位", width=180),
        "finding_count": st.column_config.NumberColumn("会亮（次）", width=90),
        "holding_count": st.column_config.NumberColumn("未消除", width=80),
    }
    named = units.assign(name=units["name"].fillna(NOBODY))
    table(named, columns, key="trial_units", rows_max=8)
