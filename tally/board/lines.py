"""三条线: where low, middle and high line lead, and who overtakes whom in which year (C7)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask, theme
from tally.board.indicator_detail import source_button
from tally.board.moved_lines import Growths, moved_lines, moved_pairs
from tally.board.multiples import multiples_view
from tally.board.panels import figure, heading, panel, verdict
from tally.board.peers import choice
from tally.board.projected import projected_px
from tally.board.tables import table
from tally.charts.growth_lines import TOLD, growth_lines
from tally.sentences import Verdict, clauses
from tally.statistics import Line, Overtaking, overtaking

VIEWS = ("三条线", "倍增")
WHOLE_PX = 784
SLIDERS_PX, TABLE_PX = 359, 408
LOWEST, HIGHEST, STEP = -5.0, 25.0, 0.1
Row = Mapping[str, Any]
METHODS = "\n".join(
    f"- **{name}**：{''.join(said)}"
    for name, *said in (
        ("低线", "过去 n 年的平均增速接着走：（末年 ÷ 首年）^（1 ÷ n）− 1（复合年均增长率）。"),
        ("中线、高线", "方案里定的年增速；滑块改的只是自己看到的。"),
        (
            *("超过年份", "从两地都有数的最近一年起，年数 = ln（前 ÷ 后）÷ "),
            *(
                "ln（（1 + 后者增速）÷（1 + 前者增速））；",
                "第一个年底反超的年份，到期前没有就写不会。",
            ),
        ),
        (
            *("八成区间", "两地历年增速的波动各自接着走，模拟得到的反超年份范围；"),
            *("任一方历年增速不足 3 个就不给。",),
        ),
        ("倍数", "某地某年的数 ÷ 我们同一条线同一年的数；线的终点写的是到期年的数。"),
        (
            *("倍增轨迹", "基数 × 倍数 ^（已过年数 ÷ 总年数），即每年同样快地增长；"),
            *("累计类指标再乘当年已过月份的比例。", "低于应达 5% 以内为 ▲，再低为 ■。"),
        ),
    )
)


def methods() -> None:
    """Say behind a button how every figure of the page is reckoned."""
    with st.popover("说明"):
        st.markdown(METHODS)


def line_choices(lines: pd.DataFrame) -> pd.DataFrame:
    """Return one row a line: place, line, growth, as the pack or the past has it."""
    return lines[lines["line"] != TOLD].drop_duplicates(["place", "line"]).reset_index(drop=True)


def _slider(row: Row, key: str) -> float | None:
    """Draw the slider of one line; its growth where it was moved, else None."""
    own = _own_share(row)
    past = row["past_years"]
    basis = "" if words.is_missing(past) else f"（近 {int(past)} 年平均）"
    named = words.escape_markdown(f"{row['place']}{row['line']}{basis}")
    moved = st.slider(
        named, min(LOWEST, own), max(HIGHEST, own), own, STEP,
        format="%.1f%%", key=key, bind="query-params",
    )  # fmt: skip
    return moved / 100 if moved != own else None


def _own_share(row: Row) -> float:
    """Return the growth that a line's slider starts from, in percent."""
    return round(float(row["growth_share"]) * 100, 1)


def _reset(growths: Mapping[str, float]) -> None:
    # Not popped: the address would put back what was moved.
    for key, own in growths.items():
        st.session_state[key] = own


def growth_sliders(lines: pd.DataFrame, indicator: str) -> Growths:
    """Draw a slider for every line, ours first; return the growths that were moved."""
    choices = line_choices(lines).to_dict("records")
    keys = [f"growth_{indicator}_{row['place']}_{row['line']}" for row in choices]
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        heading("年增速", "拖动就重算；不改方案")
        growths = {key: _own_share(row) for row, key in zip(choices, keys, strict=True)}
        st.button("还原", on_click=_reset, args=(growths,), key="reset_growth")
    columns = st.columns(2)
    moved = {}
    for position, (row, key) in enumerate(zip(choices, keys, strict=True)):
        with columns[position % 2]:
            moved[str(row["place"]), str(row["line"])] = _slider(row, key)
    return {line: growth for line, growth in moved.items() if growth is not None}


def _past(lines: pd.DataFrame, place: str) -> tuple[float, ...]:
    told = lines[(lines["place"] == place) & (lines["line"] == TOLD)]
    return tuple(float(growth) for growth in told["growth_share"].dropna())


def spans(lines: pd.DataFrame, pairs: pd.DataFrame) -> list[Overtaking]:
    """Return the year and its 80 % interval of each row of `overtaking_year`."""
    return [
        overtaking(
            Line(row["own_value"], row["own_growth_share"], _past(lines, str(row["own_place"]))),
            Line(row["value"], row["growth_share"], _past(lines, str(row["place"]))),
            int(row["from_year"]),
            int(row["horizon_year"]),
        )
        for row in pairs.to_dict("records")
    ]


def crossing_words(row: Row) -> str:
    """Say in which year the order turns, or that it does not."""
    year = row["overtaking_year"]
    if words.is_missing(year):
        return f"到 {int(row['horizon_year'])} 年一直{'领先' if row['is_ahead'] else '落后'}"
    if row["is_ahead"]:
        return f"■ {int(year)} 年被超过"
    return f"● {int(year)} 年超过它"


def _span_words(span: Overtaking) -> str:
    if span.low_year is None:
        return words.EMPTY
    return (
        f"{span.low_year}–{span.high_year}" if span.high_year else f"{span.low_year} 年起，或不会"
    )


def lines_verdict(pairs: pd.DataFrame) -> Verdict:
    """Judge rows of `overtaking_year` of one indicator: who overtakes us on the low line."""
    if pairs.empty:
        return Verdict("unreported", "还没有可以比的线", ("要有本地和邻县逐年的数",))
    rows = pairs.to_dict("records")
    low = [row for row in rows if row["own_line"] == "低线"] or rows
    lost = [row for row in low if row["is_ahead"] and not words.is_missing(row["overtaking_year"])]
    detail = clauses(*(_line_words(rows, line) for line in ("中线", "高线")))
    if lost:
        first = min(lost, key=lambda row: row["overtaking_year"])
        said = f"按{first['own_line']}走，{int(first['overtaking_year'])} 年被{first['place']}超过"
        return Verdict("overdue", said, detail)
    won = [
        row for row in low if not row["is_ahead"] and not words.is_missing(row["overtaking_year"])
    ]
    behind = [row for row in low if not row["is_ahead"]]
    if won:
        first = min(won, key=lambda row: row["overtaking_year"])
        said = f"按{first['own_line']}走，{int(first['overtaking_year'])} 年超过{first['place']}"
        return Verdict("normal", said, detail)
    horizon = int(low[0]["horizon_year"])
    if behind:
        ratio = words.amount(behind[0]["horizon_multiple"])
        said = f"按低线走，{horizon} 年{behind[0]['place']}是我们的 {ratio} 倍"
        return Verdict("soon", said, detail)
    return Verdict("normal", f"按低线走，到 {horizon} 年没有邻县超过我们", detail)


def _line_words(rows: list[dict[str, Any]], line: str) -> tuple[str, ...]:
    """Say what changes on one of our lines."""
    own = [row for row in rows if row["own_line"] == line]
    if not own:
        return ()
    growth = words.growth(own[0]["own_growth_share"])
    turned = [row for row in own if not words.is_missing(row["overtaking_year"])]
    said = [
        f"{int(row['overtaking_year'])} 年{'被' if row['is_ahead'] else '超过'}{row['place']}"
        f"{'超过' if row['is_ahead'] else ''}"
        for row in turned[:2]
    ]
    return (f"{line}（{growth}）：{'、'.join(said) or '到期前先后不变'}",)


def _crossings(pairs: pd.DataFrame, found: list[Overtaking]) -> None:
    rows = pairs.to_dict("records")
    shown = pd.DataFrame(
        {
            "own_line": [f"{row['own_line']} {words.growth(row['own_growth_share'])}"
                         for row in rows],
            "place": [f"{row['place']}{row['line']} {words.growth(row['growth_share'])}"
                      for row in rows],
            "year": [crossing_words(row) for row in rows],
            "span": [_span_words(span) for span in found],
            "multiple": [words.amount(row["horizon_multiple"]) for row in rows],
        }
    )  # fmt: skip
    columns = {
        "own_line": st.column_config.TextColumn("我们", width=94),
        "place": st.column_config.TextColumn("对方", width=140),
        "year": st.column_config.TextColumn("先后", width=140),
        "span": st.column_config.TextColumn("八成区间", width=148),
        "multiple": st.column_config.TextColumn("到期倍数", width=72),
    }
    table(shown, columns, key="crossings", rows_max=8)


def _source(lines: pd.DataFrame) -> None:
    """Let a published year be chosen and show where its figure stands."""
    told = lines[(lines["line"] == TOLD) & lines["is_own"].astype(bool)]
    rows = {f"{row['year']} 年": row for row in told.to_dict("records")}
    if not rows:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        year = st.selectbox(
            "年份", list(rows), index=len(rows) - 1, key="told_year",
            label_visibility="collapsed", width=projected_px(130),
        )  # fmt: skip
        row = rows[year] if year in rows else next(iter(rows.values()))
        value = words.amount(row["value"], row["unit_of_measure"])
        st.markdown(
            f"**{words.escape_markdown(value)}**　:gray[{words.growth(row['growth_share'])}]",
            width="content",
        )
        source_button({**row, "period_end_on": date(int(row["year"]), 12, 31)}, key="told_source")


def lines_view(chosen: Filters, indicator: str, head: Any) -> None:
    """Draw the sliders, the lines with their crossings, and the table of who overtakes whom."""
    lines = ask("growth_lines", chosen, indicator=indicator)
    pairs = ask("overtaking_year", chosen, indicator=indicator)
    left, right = st.columns([1.75, 1])
    with right, panel("", height=SLIDERS_PX):
        moved = growth_sliders(lines, indicator)
    if moved:
        lines = moved_lines(lines, moved)
        pairs = moved_pairs(pairs, lines)
    opening = lines_verdict(pairs)
    with head:
        verdict(opening)
    told = lines[lines["line"] == TOLD]
    publishers = "、".join(sorted(set(told["publisher"].dropna()))) or words.EMPTY
    note = (
        f"单位：{words.text(lines['unit_of_measure'].iloc[0])}　实绩截至 {told['year'].max()} 年　"
        f"来源：{publishers}　虚线右边为推算，◇为反超"
    )
    with left, panel(indicator, note, WHOLE_PX):
        figure(
            growth_lines(lines, pairs, theme=theme(), height=640),
            key="growth_lines", alt=opening.spoken,
        )  # fmt: skip
        _source(lines)
    with right, panel("谁在哪一年超过谁", "倍数为到期年它 ÷ 我们", TABLE_PX):
        _crossings(pairs, spans(lines, pairs))


@st.fragment
def lines_page(chosen: Filters) -> None:
    """Draw the page below the filters; a moved slider draws it anew without the rest."""
    drawn = ask("growth_lines", chosen)
    indicators = list(dict.fromkeys(drawn["indicator"]))
    head, switches = st.columns([1.6, 1], vertical_alignment="center")
    with switches, st.container(horizontal=True, horizontal_alignment="right"):
        view = st.segmented_control(
            "看", VIEWS, default=VIEWS[0] if indicators else VIEWS[1], required=True, key="lines",
            bind="query-params", label_visibility="collapsed",
        )  # fmt: skip
        if view != VIEWS[1] and indicators:
            indicator = choice("指标", indicators, "line_of", 210)
        methods()
    if view == VIEWS[1]:
        multiples_view(chosen, head)
    elif indicators:
        lines_view(chosen, indicator, head)
    else:
        with head:
            verdict(lines_verdict(drawn))
        st.markdown("上传有逐年数（本地和邻县）的 **指标台账** 并发布后，这里就有三条线。")
