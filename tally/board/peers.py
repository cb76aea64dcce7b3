"""位次: where we stand among our peers, how far the next one is, what a place costs (C3)."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask, theme
from tally.board.card import field_table
from tally.board.indicator_detail import source_button
from tally.board.panels import UPLOAD_PAGE, figure, panel
from tally.board.projected import projected_px
from tally.board.sending import stop
from tally.board.ways import way_to
from tally.charts.peer_rank_history import peer_rank_history
from tally.charts.rank_ladder import peer_ladder
from tally.sentences import Verdict, clauses, shortest_fitting

WHOLE_PX, UPPER_PX, LOWER_PX = 784, 380, 387
BASES = {"按总量": "value", "按增速": "growth"}
BEFORE = {"月": "上月", "季": "上季", "年": "上年"}
MONTHS = {"月": 1, "季": 3, "年": 12}
Row = Mapping[str, Any]
METHODS = "\n".join(
    f"- **{name}**：{''.join(said)}"
    for name, *said in (
        (
            *("位次", "同一比较范围、同一口径、同一期的数从好到差排，数相同并列（1、1、3）；"),
            *("越低越好的指标倒排。没有公布的只列出，不排名，也不当作 0。",),
        ),
        ("比哪一期", "已公布的家数达到最多那期一半的最近一期；只有一家公布时不排。"),
        ("增速", "有公布的同比用公布的，没有的按数值推算（本期 ÷ 上年同期 − 1）。"),
        (
            *("升一位要多少", "上一位按自己现在的同比走到年底 = 上年全年 ×（1 + 同比）；"),
            *("每月需增 =（这个数 − 我们现在的数）÷ 余下月数。缺上年全年数就不算。",),
        ),
        (
            *("综合指数", "每项先在范围内化到同一尺度，再按权重加权平均。"),
            *("极差法：（数 − 最小）÷（最大 − 最小）× 100；", "标准分：（数 − 平均）÷ 标准差。"),
            *("没公布的项不计入并列明；不足一半权重不排名。", "依据：OECD、JRC "),
            *("《Handbook on Constructing Composite Indicators》（2008）。",),
        ),
        ("权重±20%", "每项权重各自在 ±20% 内随机变动 2000 次，九成情况下名次落在的范围。"),
        (
            *("目标位次", "到时点前看现在，过了时点看时点那一期；"),
            *("方案没写名次的（争先进位），比上年同期靠前或第一算达到。",),
        ),
        ("考评", "位次由主管单位公布，照原样列出，不自己排。"),
    )
)


def choice(label: str, options: Sequence[str], key: str, width: int) -> str:
    """Let one of some names be chosen, bound to the address; an unknown one gives the first."""
    if st.session_state.get(key) not in (None, *options):
        st.session_state.pop(key)
    chosen: str | None = st.selectbox(
        words.escape_markdown(label),
        options,
        key=key,
        bind="query-params",
        label_visibility="collapsed",
        width=projected_px(width),
    )
    return chosen if chosen is not None and chosen in options else options[0]


def methods() -> None:
    """Say behind a button how every figure of the page is reckoned."""
    with st.popover("说明"):
        st.markdown(METHODS)


def stop_without_peers(ranking: pd.DataFrame, chosen: Filters) -> None:
    """Say what is missing, the circles of the pack or the figures, and end the page."""
    if not ranking.empty:
        return
    if chosen.pack.scopes:
        st.title("○ 还没有可以比较的指标数", anchor=False)
        st.markdown("上传有“地区”一列的“指标台账”（本地和比较对象的数）并发布后，这里就有位次。")
        way_to(UPLOAD_PAGE, "去上传")
    else:
        st.title("○ 方案没有定比较范围", anchor=False)
        st.markdown("在方案包里写上比较范围（全区、全市、全省等，各有哪些地区），这里就有位次。")
    stop()


def compared(ranking: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `peer_ranking` of which at least two places published."""
    return ranking[ranking["published_count"] > 1].reset_index(drop=True)


def own_of(rows: pd.DataFrame) -> Row | None:
    """Return the row of the campaign's own place, None where it is not among them."""
    own = rows[rows["is_own"].astype(bool)]
    return None if own.empty else own.iloc[0].to_dict()


def _before(row: Row) -> str:
    """Return in words which period the change is against."""
    now, earlier, often = row["period_end_on"], row["previous_period_end_on"], row["frequency"]
    if words.is_missing(earlier):
        return ""
    months = (now.year - earlier.year) * 12 + now.month - earlier.month
    return BEFORE[often] if months == MONTHS[often] else words.year_month(earlier)


def _moved(row: Row) -> str:
    if words.is_missing(row["rank_change"]):
        return ""
    moved = int(row["rank_change"])
    if not moved:
        return f"，与{_before(row)}持平"
    return f"，比{_before(row)}{'升' if moved > 0 else '降'} {abs(moved)} 位"


def distance_words(gap: float, row: Row, is_growth: bool) -> str:
    """Return a distance between two places with its unit."""
    return words.points(gap).lstrip("+") if is_growth else words.amount(gap, row["unit_of_measure"])


def _gain(row: Row, is_growth: bool) -> str:
    """Say what is missing to the next place above, or the lead over the next below."""
    if not words.is_missing(row["gap_above"]):
        verb = "再降" if row["direction"] == "down" else "再增"
        gap = distance_words(row["gap_above"], row, is_growth)
        return f"{verb} {gap} 可升一位（{row['above_place']}）"
    if words.is_missing(row["gap_below"]):
        return ""
    return f"领先{row['below_place']} {distance_words(row['gap_below'], row, is_growth)}"


def by_year_end(row: Row) -> str:
    """Say what each month left must bring to pass the one above, who goes on at his own growth."""
    if words.is_missing(row["needed_per_month"]):
        return ""
    left, each = int(row["months_left"]), row["needed_per_month"]
    if each <= 0 and row["direction"] == "up":
        return f"现在的数已超过{row['above_place']}年底预计"
    need = words.amount(each, row["unit_of_measure"])
    growth = words.growth(row["needed_growth_share"])
    limit = "至多" if row["direction"] == "down" else "要增"
    return f"年底升一位每月{limit} {need}（余 {left} 个月，全年增长 {growth}）"


def peers_verdict(rows: pd.DataFrame, is_growth: bool = False) -> Verdict:
    """Judge rows of `peer_ranking` of one indicator and scope."""
    first = rows.iloc[0].to_dict()
    own = own_of(rows)
    what = f"{first['indicator']}{'增速' if is_growth else ''}"
    period = words.year_month(first["period_end_on"])
    absent = rows.loc[rows["rank"].isna() & ~rows["is_own"].astype(bool), "place"].tolist()
    peers = int(first["peer_count"])
    counted = f"{period}共 {peers} 家" + (f"，{len(absent)} 家未公布" if absent else "")
    if own is None:
        return Verdict("unreported", f"{first['scope']}的比较名单里没有本地", (counted,))
    if words.is_missing(own["rank"]):
        why = "只有本地公布" if first["published_count"] == 1 else "本地未公布"
        return Verdict("unreported", f"{what}{first['scope']}位次未知：{why}", (counted,))
    said = f"{what}{first['scope']}{words.rank(own['rank'], bool(own['is_tied']))}"
    is_down = not words.is_missing(own["rank_change"]) and own["rank_change"] < 0
    detail = clauses(
        (counted,),
        (text,) if (text := _gain(own, is_growth)) else (),
        (text.split("（")[0],) if (text := by_year_end(own)) else (),
    )
    state = "soon" if is_down else "normal"
    return Verdict(state, shortest_fitting([said + _moved(own), said]), detail)


def peers_filters(ranking: pd.DataFrame) -> tuple[str, str, bool]:
    """Let the indicator, the circle and the basis be chosen; return them, True for growth."""
    indicators = list(dict.fromkeys(ranking["indicator"]))
    indicator = choice("指标", indicators, "peers_of", 230)
    scopes = list(dict.fromkeys(ranking.loc[ranking["indicator"] == indicator, "scope"]))
    scope = choice("比较范围", scopes, "scope", 130)
    by = st.segmented_control(
        "按", list(BASES), default="按总量", required=True, key="ranked_by", bind="query-params",
        label_visibility="collapsed",
    )  # fmt: skip
    return indicator, scope, BASES.get(by or "", "value") == "growth"


def _fields(row: Row, is_growth: bool) -> dict[str, str]:
    """Return what is said of one place on its card."""
    above = below = words.EMPTY
    if not words.is_missing(row["gap_above"]):
        gap = distance_words(row["gap_above"], row, is_growth)
        above = f"{row['above_place']}，差 {gap}"
    if not words.is_missing(row["gap_below"]):
        gap = distance_words(row["gap_below"], row, is_growth)
        below = f"{row['below_place']}，多 {gap}"
    is_late = words.is_missing(row["value"])
    mark = "　▲ 初步数" if row["is_provisional"] is True else ""
    value = "○ 未公布" if is_late else words.amount(row["value"], row["unit_of_measure"]) + mark
    return {
        "位次": f"{words.rank(row['rank'], bool(row['is_tied']))}{_moved(row)}",
        "数值": f"{value}　同比 {words.growth(row['growth_share'])}",
        "上一位": above,
        "下一位": below,
        "年底预计": words.amount(row["year_end_value"], row["unit_of_measure"]),
        "升一位": by_year_end(row).removeprefix("年底升一位") or words.EMPTY,
    }


def peers_view(chosen: Filters, rows: pd.DataFrame, is_growth: bool, opening: Verdict) -> None:
    """Draw the ladder, the ranks over time, and the card of the chosen place."""
    first = rows.iloc[0].to_dict()
    indicator, scope = str(first["indicator"]), str(first["scope"])
    own = own_of(rows)
    left, right = st.columns([1.75, 1])
    publishers = "、".join(sorted(set(rows["publisher"].dropna()))) or words.EMPTY
    mark = "　▲ 含初步数" if rows["is_provisional"].fillna(False).astype(bool).any() else ""
    note = (
        f"单位：{words.text(first['unit_of_measure'])}　{first['measure']}　"
        f"截至{words.year_month(first['period_end_on'])}　来源：{publishers}{mark}"
    )
    with left, panel(f"{scope}位次", note, WHOLE_PX):
        key = f"ladder_{indicator}_{scope}_{is_growth}"
        picked = figure(
            peer_ladder(rows, theme=theme(), is_growth=is_growth),
            key=key, alt=opening.spoken, is_selectable=True,
        )  # fmt: skip
    with right, panel("位次变化", "蓝为本地；断开处为未公布", UPPER_PX):
        history = ask(
            "peer_rank_history", campaign=chosen.campaign, as_of=chosen.as_of,
            indicator=indicator, scope=scope, by="growth" if is_growth else "value",
        )  # fmt: skip
        figure(
            peer_rank_history(history, theme=theme(), height=300),
            key="bump", alt=f"{indicator}{scope}位次变化",
        )  # fmt: skip
    place = picked[0] if picked else own["place"] if own else first["place"]
    named = rows[rows["place"] == place]
    row = named.iloc[0].to_dict() if len(named) else first
    with right, panel(str(row["place"]), "点左边一行换地区", LOWER_PX):
        field_table(_fields(row, is_growth))
        source_button(row, key="peer_source")
