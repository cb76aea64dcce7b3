"""The frame script: navigation, shared filters, who may enter. No data of its own."""

import calendar
from datetime import date
from pathlib import Path
from urllib.parse import urlparse

import pandas as pd
import streamlit as st

from tally import board, clock, words
from tally.board import Filters
from tally.packs import DEMO, Pack, packs

ROOT = Path(__file__).resolve().parent.parent
# What a meeting turns to first stands open; the others are one click further.
SECTIONS = {
    "": [
        ("leaders/progress", "活动进度"),
        ("leaders/rankings", "单位排名"),
        ("leaders/overdue", "逾期热力"),
        ("leaders/communities", "社区地图"),
    ],
    "指标项目": [
        ("leaders/indicators", "指标进度"),
        ("leaders/standing", "位次与指数"),
        ("leaders/lines", "三条线与倍增"),
        ("leaders/projects", "项目攻坚"),
        ("leaders/warmth", "暖民心"),
    ],
    "任务责任": [
        ("leaders/task", "任务一张图"),
        ("leaders/chain", "责任链"),
        ("leaders/structure", "行动架构"),
    ],
    "履职服务": [
        ("leaders/rhythm", "履职日历"),
        ("leaders/enterprises", "企业服务"),
    ],
    "督办": [
        ("leaders/supervision", "预警督办"),
        ("leaders/appraisals", "考评台账"),
        ("leaders/honours", "红黑榜"),
        ("leaders/instructions", "批示交办"),
        ("leaders/meeting", "会议"),
        ("leaders/unit_file", "一单位一档"),
    ],
    "会议室": [
        ("leaders/wall", "大屏"),
        ("admin/screens", "大屏设置"),
    ],
    "核实诉求": [
        ("leaders/closing", "销号核实"),
        ("staff/checks", "抽查核实"),
        ("leaders/appeals", "诉求信访"),
        ("leaders/dockets", "专项台账"),
    ],
    "台账报送": [
        ("leaders/ledger", "台账查询"),
        ("staff/roster", "报送花名册"),
        ("staff/upload", "数据上传"),
        ("staff/notices", "通报"),
    ],
    "管理": [
        ("admin/campaigns", "行动管理"),
        ("admin/boundaries", "地图边界"),
        ("admin/rules", "规则"),
    ],
}
FIRST_PAGE = "leaders/progress"
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


def _page(path: str, title: str) -> st.Page:
    return st.Page(
        ROOT / "pages" / f"{path}.py",
        title=title,
        url_path=path.rpartition("/")[2],
        default=path == FIRST_PAGE,
    )


def _mark_menu(url_path: str) -> None:
    """Make the menu that holds the page look chosen, as Streamlit does with open pages."""
    position = len(SECTIONS[""])
    for pages in list(SECTIONS.values())[1:]:
        position += 1
        if any(path.endswith(f"/{url_path}") for path, _ in pages):
            st.html(
                f'<style>[data-testid="stTopNav"]>:nth-child({position}) button{{'
                "font-weight:600;background:color-mix(in srgb,currentColor 8%,transparent)}</style>"
            )


def _is_wall() -> bool:
    """Say whether the address asked for is the wall, which shows no menu."""
    return urlparse(st.context.url or "").path.rstrip("/").endswith("/wall")


def _navigation() -> st.navigation:
    sections = {
        section: [_page(path, title) for path, title in pages]
        for section, pages in SECTIONS.items()
    }
    return st.navigation(sections, position="hidden" if _is_wall() else "top")


def _campaign() -> Pack:
    """Let a campaign be chosen; the one with the newest list comes first, archived ones last."""
    known = board.ask("campaigns", as_of=clock.today()).fillna({"newest_month": ""})
    known = known.sort_values("newest_month", ascending=False, kind="stable")
    archived = set(known.loc[known["state"] == "archived", "name"])
    in_order = sorted(known["name"], key=archived.__contains__)
    by_name = {pack.campaign.name: pack for pack in packs().values()}
    # A link keeps the name alone, whatever stands behind it in the list by now.
    if (linked := st.query_params.get("campaign")) in archived:
        st.session_state.setdefault("campaign", linked)
    name = st.selectbox(
        "专项行动",
        in_order,
        format_func=lambda name: f"{name}（已归档）" if name in archived else name,
        key="campaign",
        bind="query-params",
        label_visibility="collapsed",
        width=360,
    )
    return by_name[name or in_order[0]]


def _as_of(pack: Pack) -> date:
    months = board.ask("published_months", campaign=pack.slug)
    if months.empty:
        return board.today()
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
    return min(board.today(), month.replace(day=last))


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


def _is_looked_at(url_path: str) -> bool:
    """Tell whether a page only shows; those that are worked on always show what is known now."""
    return not url_path or (ROOT / "pages" / "leaders" / f"{url_path}.py").is_file()


def _draw_filters() -> Filters:
    board.follow_publication()
    board.follow_meeting(_is_looked_at(page.url_path))
    with st.container(horizontal=True, vertical_alignment="center", key="filters"):
        pack = _campaign()
        as_of = _as_of(pack)
        league = _league(pack)
        roster = board.ask("unit_reporting", campaign=pack.slug, as_of=as_of)
        units, dimensions, post = _more(pack, roster)
        chosen = Filters(
            pack.slug, as_of, league, tuple(units), tuple(dimensions), post, board.known_at()
        )
        board.meeting_banner()
        st.space("stretch")
        _standing(chosen, roster)
    board.missing_meeting_line()
    return chosen


st.set_page_config(page_title="争先看板", layout="wide")
st.html(STYLE)
st.logo(ROOT / "data" / "logo.svg", size="large")
page = _navigation()
_mark_menu(page.url_path)
st.session_state[board.FILTERS_KEY] = _draw_filters()
page.run()
board.watch_theme()
