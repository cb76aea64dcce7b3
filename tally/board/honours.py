"""红黑榜: who is on the red list and who on the black one, by which published rule (D2)."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask
from tally.board.docket_parts import row_list
from tally.board.finding_card import evidence_button
from tally.board.panels import heading, panel
from tally.board.ranking_use import as_shown, ranking_filters, ranking_mode
from tally.board.supervision import PICKED_KEY
from tally.board.unit_file import clause_words
from tally.sentences import Verdict, clauses, listed

SUPERVISION_PAGE = Path(__file__).resolve().parents[2] / "pages" / "leaders" / "supervision.py"
SPANS = {"本季": 3, "本月": 1}
WHOLE_PX, ROWS_MAX, ENTRIES_MAX = 784, 8, 3
LIST = {
    "unit": ("单位", 142),
    "said": ("情形", 446),
    "remark": ("说明", 160),
    "more": ("另有", 80),
}
OVER = "● 已消除"


@dataclass(frozen=True)
class Roll:
    """One list: its name in `honour_rolls`, shape and colour, what puts a unit on it."""

    name: str
    shape: str
    color: str
    note: str


ROLLS = (
    Roll("红榜", "●", "green", "按“表扬”级规则，一个单位一条"),
    Roll("黑榜", "■", "red", "按红色规则，一个单位一条"),
)
Row = dict[str, Any]


def first_day(as_of: date, months: int) -> date:
    """Return the first day of the month (1) or the quarter (3) that a day is in."""
    return as_of.replace(day=1, month=(as_of.month - 1) // months * months + 1)


def span_switch() -> str:
    """Let month or quarter be chosen."""
    label = st.segmented_control(
        "时间", list(SPANS), default=next(iter(SPANS)), required=True, key="roll_span",
        bind="query-params", label_visibility="collapsed",
    )  # fmt: skip
    return label if label in SPANS else next(iter(SPANS))


def honours_of(chosen: Filters, span: str) -> tuple[pd.DataFrame, Verdict]:
    """Return `honour_rolls` of the time as the campaign shows it, and what is to be said of it."""
    first_on = first_day(chosen.as_of, SPANS[span])
    mode, asked = ranking_mode(chosen), ranking_filters(chosen)
    if mode == "anonymous":
        # A league may have one unit only, and would name it.
        asked = replace(asked, league=None)
    everyone = ask("honour_rolls", asked, first_on=first_on)
    [rolls] = as_shown(chosen, everyone)
    own = chosen.unit[0] if mode == "own" else None
    has_rules = any(rule.is_on and rule.level in ("good", "red") for rule in chosen.pack.rules)
    return rolls, honours_verdict(everyone if own else rolls, span, has_rules=has_rules, own=own)


def honours_verdict(
    rolls: pd.DataFrame, span: str, *, has_rules: bool, own: str | None = None
) -> Verdict:
    """Judge rows of `honour_rolls`; `own` is the one unit that may be named."""
    if not has_rules:
        return Verdict("unreported", "这个专项行动没有上榜的规则", ("规则写在方案包里",))
    red, black = (_units(rolls, roll.name) for roll in ROLLS)
    if own is not None:
        return _own_verdict(own, red, black, span)
    if not red and not black:
        return Verdict("normal", f"{span}没有单位上榜")
    both = [unit for unit in red if unit in black]
    detail = clauses(
        ("红榜：", *listed(red)) if red else ("红榜没有单位",),
        ("黑榜：", *listed(black)) if black else ("黑榜没有单位",),
        ("两榜都有：", *listed(both)) if both else (),
    )
    said = f"{span}红榜 {len(red)} 个单位，黑榜 {len(black)} 个"
    return Verdict("overdue" if black else "normal", said, detail)


def _units(rolls: pd.DataFrame, roll: str) -> list[str]:
    return list(dict.fromkeys(rolls.loc[rolls["roll"] == roll, "unit"]))


def _own_verdict(own: str, red: list[str], black: list[str], span: str) -> Verdict:
    detail = (f"全部单位：红榜 {len(red)} 个，黑榜 {len(black)} 个",)
    if own in black:
        also = "，也在红榜" if own in red else ""
        return Verdict("overdue", f"{span}本单位在黑榜{also}", detail)
    said = "在红榜" if own in red else "没有上榜"
    return Verdict("normal", f"{span}本单位{said}", detail)


def draw_rolls(chosen: Filters, rolls: pd.DataFrame) -> None:
    """Draw both lists side by side, below each the unit chosen in it."""
    for place, roll in zip(st.columns(2), ROLLS, strict=True):
        rows = rolls[rolls["roll"] == roll.name]
        with place, panel("", height=WHOLE_PX):
            heading(f"{roll.shape} {roll.name}", roll.note)
            _draw_roll(chosen, roll, rows)


def _draw_roll(chosen: Filters, roll: Roll, rows: pd.DataFrame) -> None:
    if rows.empty:
        st.markdown(f":gray[{words.escape_markdown(roll.name)}没有单位]")
        return
    picked = row_list(entries(rows), LIST, key=f"roll-{roll.name}", rows_max=ROWS_MAX)
    if picked is not None:
        _unit_card(chosen, roll, rows[rows["unit"] == picked["unit"]].to_dict("records"))


def entries(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row per unit of a list: its first sentence, and how many rules besides."""
    first = []
    for unit, own in rows.groupby("unit", sort=False):
        records = own.to_dict("records")
        others = len(records) - 1
        is_over = not any(record["is_holding"] for record in records)
        first.append(
            {
                "unit": unit,
                "said": sentence_of(records[0]),
                "remark": _remark(records[0]["remark"], is_over=is_over),
                "more": f"{others} 条规则" if others else words.EMPTY,
            }
        )
    return pd.DataFrame(first)


def _remark(remark: object, *, is_over: bool) -> str:
    """Return what must be said beside an entry: that it is over, tied, within chance."""
    said = [OVER] if is_over else []
    said += [] if words.is_missing(remark) else [str(remark)]
    return "；".join(said) or words.EMPTY


def sentence_of(row: Row) -> str:
    """Return what was found; where the unit has no name its rule, which tells nobody's."""
    return str(row["rule"] if words.is_missing(row["sentence"]) else row["sentence"])


def _unit_card(chosen: Filters, roll: Roll, records: list[Row]) -> None:
    """Draw why a unit is on the list: each rule with its evidence sentence and its clause."""
    unit = str(records[0]["unit"])
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        heading(unit, f"{roll.name} {len(records)} 条规则")
        is_named = ranking_mode(chosen) != "anonymous"
        if is_named and st.button("到预警督办看", key=f"go-{roll.name}", type="tertiary"):
            _go_to_findings(chosen, unit)
    for number, row in enumerate(records[:ENTRIES_MAX]):
        _entry(chosen, roll, row, f"{roll.name}-{number}", is_named=is_named)
    if len(records) > ENTRIES_MAX:
        st.markdown(f":gray[:small[另有 {len(records) - ENTRIES_MAX} 条规则，在预警督办里]]")


def _entry(chosen: Filters, roll: Roll, row: Row, key: str, *, is_named: bool) -> None:
    remark = "" if words.is_missing(row["remark"]) else f"（{row['remark']}）"
    said = words.escape_markdown(sentence_of(row) + remark)
    many = f"，共 {row['finding_count']} 件" if row["finding_count"] > 1 else ""
    arena = "" if words.is_missing(row["arena"]) else f"（{row['arena']}）"
    since = f"{words.iso_day(row['since_on'])} 起"
    clause = clause_words(row["clause"])
    rule = f"{row['rule']}{arena}{many}；{row['consequence']}；{since}。{clause}"
    left, right = st.columns([4, 1])
    with left, st.container(gap=None):
        st.markdown(f":{roll.color}[{roll.shape}] {said}")
        st.markdown(f":gray[:small[{words.escape_markdown(rule)}]]")
    if is_named:
        with right:
            evidence_button(chosen, row, key)


def _go_to_findings(chosen: Filters, unit: str) -> None:
    """Open 预警督办 narrowed to a unit."""
    st.session_state[PICKED_KEY] = (chosen, "unit"), unit
    st.session_state.update(view="预警", by="单位", shown="要办的")
    st.switch_page(SUPERVISION_PAGE, query_params={})
