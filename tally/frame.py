"""The frame script: navigation, shared filters, who may enter. No data of its own."""

from pathlib import Path
from urllib.parse import urlparse

import streamlit as st

from tally import board, service
from tally.page_rights import ADMINISTRATION, may_open
from tally.viewers import NOBODY, Viewer, acts

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
        ("leaders/unit_file", "一单位一档"),
    ],
    "会议室": [
        ("leaders/meeting", "会议"),
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
        ("admin/backups", "备份"),
        ("admin/audit", "审计"),
        ("admin/accounts", "账号"),
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
.st-key-looking{position:relative;z-index:1}
.st-key-looking p{font-size:.875rem}
.st-key-looking button{min-height:1.5rem;padding-block:0}
@media(min-width:1600px){
  .st-key-looking{max-height:1.5rem;margin-block:-.5rem -1rem}
  [data-testid="stLayoutWrapper"]:has(>.st-key-looking){margin-bottom:-1rem}
}
.st-key-finding{position:relative}
.st-key-candidates{position:absolute;z-index:9;top:calc(100% + .25rem);left:0;width:max-content;
  min-width:20rem;background:Canvas;box-shadow:0 4px 16px #0004}
.st-key-page_back,.st-key-page_on,.st-key-keylisten{position:absolute;opacity:0;pointer-events:none}
.st-key-page_back:focus-within,.st-key-page_on:focus-within{opacity:1;z-index:9}
[data-testid="stPopoverBody"] td,[data-testid="stPopoverBody"] th{padding:.2rem .5rem}
:is(a,button,input,[role="radio"]):focus-visible,[role="group"]:has(input:focus-visible){
  outline:3px solid currentColor!important;outline-offset:2px}
[role="group"] input:focus-visible{outline:none!important}
[data-testid="stHeaderActionElements"]{display:none}
@media(max-width:640px){
  .st-key-key_help{display:none}
  .stMainBlockContainer{padding-inline:1rem}
  h1{font-size:1.75rem!important}
}
</style>"""


Sections = dict[str, list[tuple[str, str]]]


def _opened(viewer: Viewer) -> Sections:
    """Return of the menu what a viewer may open, from where the request came."""
    may_administer = service.access().may_administer_from(viewer.address)
    closed = frozenset() if may_administer else ADMINISTRATION
    opened = {
        section: [page for page in pages if may_open(viewer, page[0]) and page[0] not in closed]
        for section, pages in SECTIONS.items()
    }
    return {section: pages for section, pages in opened.items() if pages}


def _page(path: str, title: str) -> st.Page:
    return board.menu_page(ROOT / "pages" / f"{path}.py", title, _address(path), path == FIRST_PAGE)


def _refused_page(path: str) -> st.Page:
    """Return what stands at the address of a page that the viewer may not open."""
    return board.menu_page(board.say_refused, "无权查看", _address(path), path == FIRST_PAGE)


def _address(path: str) -> str:
    return path.rpartition("/")[2]


def _mark_menu(opened: Sections, url_path: str) -> None:
    """Make the menu that holds the page look chosen, as Streamlit does with open pages."""
    position = len(opened.get("", []))
    for pages in [pages for section, pages in opened.items() if section]:
        position += 1
        if any(path.endswith(f"/{url_path}") for path, _ in pages):
            st.html(
                f'<style>[data-testid="stTopNav"]>:nth-child({position}) button{{'
                "font-weight:600;background:color-mix(in srgb,currentColor 8%,transparent)}</style>"
            )


def _is_wall() -> bool:
    """Say whether the address asked for is the wall, which shows no menu."""
    return urlparse(st.context.url or "").path.rstrip("/").endswith("/wall")


def _navigation(opened: Sections) -> st.Page:
    sections = {
        section: [_page(path, title) for path, title in pages] for section, pages in opened.items()
    }
    shown = {path for pages in opened.values() for path, _ in pages}
    others = [path for pages in SECTIONS.values() for path, _ in pages if path not in shown]
    sections[""] = [*sections.get("", []), *map(_refused_page, others)]
    return st.navigation(sections, position="hidden" if _is_wall() else "top")


def _is_looked_at(url_path: str) -> bool:
    """Tell whether a page only shows; those that are worked on always show what is known now."""
    return not url_path or (ROOT / "pages" / "leaders" / f"{url_path}.py").is_file()


def _menu(opened: Sections) -> dict[str, Path]:
    """Return the pages by their titles, in the order of the menu."""
    return {
        title: ROOT / "pages" / f"{path}.py" for pages in opened.values() for path, title in pages
    }


def _draw(viewer: Viewer) -> None:
    """Draw the page that was asked for, or say why not."""
    opened = _opened(viewer)
    page = _navigation(opened)
    menu = _menu(opened)
    if page.title not in menu:
        if menu and not page.url_path:
            # The first page is not this viewer's: another one of the menu is.
            st.switch_page(next(iter(menu.values())))
        page.run()
        board.account_menu()
        return
    _mark_menu(opened, page.url_path)
    chosen, place = board.filter_row(menu, page.title, is_looked_at=_is_looked_at(page.url_path))
    st.session_state[board.FILTERS_KEY] = chosen
    if board.filters().pack.campaign.has_watermark:
        board.watermark()
    page.run()
    board.say_sensitive(place)
    board.watch_theme()


st.set_page_config(page_title="争先看板", layout="wide")
st.html(STYLE)
st.logo(ROOT / "data" / "logo.svg", size="large")
if (viewer := board.viewer()) == NOBODY:
    board.say_ended()
else:
    with acts(viewer), board.turn():
        _draw(viewer)
