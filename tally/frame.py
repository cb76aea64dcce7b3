"""The frame script: navigation, shared filters, who may enter. No data of its own."""

import calendar
from datetime import date
from pathlib import Path

import pandas as pd
import streamlit as st

from tally import board, clock, words
from tally.board import Filters
from tally.packs import DEMO, Pack, packs

ROOT = Path(__file__).resolve().parent.parent
PAGES = [
    ("leaders/progress", "活动进度"),
    ("leaders/rankings", "单位排名"),
    ("leaders/overdue", "逾期热力"),
    ("leaders/communities", "社区地图"),
    ("leaders/ledger", "台账查询"),
    ("staff/roster", "报送花名册"),
    ("staff/upload", "数据上传"),
]
STYLE = """<style>
.stMainBlockContainer{padding-inline:2rem;max-width:none}
.stApp{font-variant-numeric:tabular-nums}
@media(max-width:1599px){html{font-size:14px!important}}
.st-key-themewatch{position:absolute;height:0;overflow:hidden}
[data-testid="stFileUploaderDropzoneInstructions"] *{font-size:0}
[data-testid="stFileUploaderDropzoneInstructions"]::after{
  content:"Excel、WPS、ods、csv、tsv，20 MB 以内";font-size:.875rem}
[data-testid="stFileUploaderDropzone"] button [data-testid="stMarkdownContainer"]{font-size:0}
[data-testid="stFileUploaderDropzone"] button [data-testid="stMarkdownContainer"]::after{
  content:"选择文件";font-size:.875rem}
[data-testid="InputInstructions"]{display:none}
</style>"""


def _navigation() -> st.navigation:
    pages = [
        st.Page(
            ROOT / "pages" / f"{path}.py",
            title=title,
            url_path=path.rpartition("/")[2],
            default=position == 0,
        )
        for position, (path, title) in enumerate(PAGES)
    ]
    return st.navigation(pages, position="top")


def _campaign() -> Pack:
    """Let a campaign be chosen; the one with the newest list comes first."""
    known = board.ask("campaigns", as_of=clock.today()).fillna({"newest_month": ""})
    in_order = known.sort_values("newest_month", ascending=False, kind="stable")["name"].tolist()
    by_name = {pack.campaign.name: pack for pack in packs().values()}
    name = st.selectbox(
        "专项行动",
        in_order,
        key="campaign",
        bind="query-params",
        label_visibility="collapsed",
        width=360,
    )
    return by_name[name or in_order[0]]


def _as_of(pack: Pack) -> date:
    months = board.ask("published_months", campaign=pack.slug)
    if months.empty:
        return clock.today()
    by_label = {words.year_month(month): month for month in months["month"]}
    label = st.selectbox(
        "截至月份",
        list(by_label),
        # Streamlit complains on the page when a value that was set meets a default of its own.
        index=0 if "month" in st.session_state else int(months["is_default"].argmax()),
        key="month",
        bind="query-params",
        label_visibility="collapsed",
        width=150,
    )
    month = by_label[label or next(iter(by_label))]
    last = calendar.monthrange(month.year, month.month)[1]
    return min(clock.today(), month.replace(day=last))


def _league(pack: Pack) -> str | None:
    names = [league.name for league in pack.leagues]
    if len(names) < 2:
        return None
    chosen: str | None = st.segmented_control(
        "比较组", names, key="league", bind="query-params", label_visibility="collapsed"
    )
    return chosen


def _more(pack: Pack, roster: pd.DataFrame) -> tuple[list[str], list[str], str | None]:
    posts = sorted({post for post in roster["leader_post"] if post})
    with st.popover("更多筛选"):
        units = st.multiselect(
            "责任单位",
            roster["unit"].tolist(),
            key="unit",
            bind="query-params",
            placeholder="全部单位",
        )
        dimensions = st.multiselect(
            pack.campaign.dimension_word,
            [dimension.name for dimension in pack.dimensions],
            key="dimension",
            bind="query-params",
            placeholder="全部",
        )
        post = None
        if posts:
            post = st.selectbox(
                "分管领导", posts, index=None, key="post", bind="query-params", placeholder="全部"
            )
    return units, dimensions, post


def _standing(chosen: Filters, roster: pd.DataFrame) -> None:
    """Print the day, how many units have reported, and whether the data are invented."""
    reported = int(roster["is_reported"].sum())
    is_sample = bool(board.ask("published_months", chosen)["is_sample"].any())
    badge = f" :gray-badge[{DEMO}]" if is_sample or _has_demo_values(chosen.pack) else ""
    st.markdown(
        f":gray[:small[数据截至 {words.iso_day(chosen.as_of)}　"
        f"已报 {reported} / {len(roster)} 个单位]]{badge}",
        width="content",
    )


def _has_demo_values(pack: Pack) -> bool:
    entries = (*pack.units, *pack.dimensions, *pack.communities, *pack.leagues)
    return any(DEMO in entry.source for entry in entries)


def _draw_filters() -> Filters:
    board.follow_publication()
    with st.container(horizontal=True, vertical_alignment="center", key="filters"):
        pack = _campaign()
        as_of = _as_of(pack)
        league = _league(pack)
        roster = board.ask("unit_reporting", campaign=pack.slug, as_of=as_of)
        units, dimensions, post = _more(pack, roster)
        chosen = Filters(pack.slug, as_of, league, tuple(units), tuple(dimensions), post)
        st.space("stretch")
        _standing(chosen, roster)
    return chosen


st.set_page_config(page_title="争先看板", layout="wide")
st.html(STYLE)
st.logo(ROOT / "data" / "logo.svg", size="large")
page = _navigation()
st.session_state[board.FILTERS_KEY] = _draw_filters()
page.run()
board.watch_theme()
