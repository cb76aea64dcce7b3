"""The menu: which pages there are, and which of them stand open to whom."""

from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from tally.page_rights import ADMINISTRATION, may_open
from tally.viewers import Viewer

# The pages of each section by their places under `pages/`, with their titles.
Sections = Mapping[str, tuple[tuple[str, str], ...]]
PAGES_FOLDER = Path(__file__).resolve().parent.parent / "pages"
# What a meeting turns to first stands open; the others are one click further.
SECTIONS: Sections = {
    "": (
        ("leaders/progress", "活动进度"),
        ("leaders/rankings", "单位排名"),
        ("leaders/overdue", "逾期热力"),
        ("leaders/communities", "社区地图"),
    ),
    "指标项目": (
        ("leaders/indicators", "指标进度"),
        ("leaders/standing", "位次与指数"),
        ("leaders/lines", "三条线与倍增"),
        ("leaders/projects", "项目攻坚"),
        ("leaders/warmth", "暖民心"),
    ),
    "任务责任": (
        ("leaders/task", "任务一张图"),
        ("leaders/chain", "责任链"),
        ("leaders/structure", "行动架构"),
    ),
    "履职服务": (
        ("leaders/rhythm", "履职日历"),
        ("leaders/enterprises", "企业服务"),
    ),
    "督办": (
        ("leaders/supervision", "预警督办"),
        ("leaders/appraisals", "考评台账"),
        ("leaders/honours", "红黑榜"),
        ("leaders/instructions", "批示交办"),
        ("leaders/unit_file", "一单位一档"),
    ),
    "会议室": (
        ("leaders/meeting", "会议"),
        ("leaders/wall", "大屏"),
        ("admin/screens", "大屏设置"),
    ),
    "核实诉求": (
        ("leaders/closing", "销号核实"),
        ("staff/checks", "抽查核实"),
        ("leaders/appeals", "诉求信访"),
        ("leaders/dockets", "专项台账"),
    ),
    "台账报送": (
        ("leaders/ledger", "台账查询"),
        ("staff/roster", "报送花名册"),
        ("staff/upload", "数据上传"),
        ("staff/notices", "通报"),
    ),
    "管理": (
        ("admin/campaigns", "行动管理"),
        ("admin/boundaries", "地图边界"),
        ("admin/rules", "规则"),
        ("admin/backups", "备份"),
        ("admin/audit", "审计"),
        ("admin/accounts", "账号"),
    ),
}
FIRST_PAGE = "leaders/progress"


@lru_cache(maxsize=64)
def sections_open_to(viewer: Viewer, *, may_administer: bool) -> Sections:
    """Return of the menu what a viewer may open; administration only from where it is allowed."""
    closed = frozenset() if may_administer else ADMINISTRATION
    opened = {
        section: tuple(
            page for page in pages if may_open(viewer, page[0]) and page[0] not in closed
        )
        for section, pages in SECTIONS.items()
    }
    return MappingProxyType({section: pages for section, pages in opened.items() if pages})


def scripts(opened: Sections) -> dict[str, Path]:
    """Return the scripts of pages by their titles, in the order of the menu."""
    return {title: script(path) for pages in opened.values() for path, title in pages}


def closed_pages(opened: Sections) -> list[str]:
    """Return the places of the pages that are not among those opened."""
    shown = {path for pages in opened.values() for path, _ in pages}
    return [path for pages in SECTIONS.values() for path, _ in pages if path not in shown]


@cache
def script(path: str) -> Path:
    """Return the script of a page."""
    return PAGES_FOLDER / f"{path}.py"


def address(path: str) -> str:
    """Return the last part of a page's address."""
    return path.rpartition("/")[2]


def is_page(path: str) -> bool:
    """Tell whether the path of an address is a page of the menu; the first is at the root too."""
    asked = path.strip("/")
    return not asked or asked in {address(held) for held, _ in chain(*SECTIONS.values())}


def is_looked_at(url_path: str) -> bool:
    """Tell whether a page only shows; those that are worked on always show what is known now."""
    place = f"leaders/{url_path}"
    return not url_path or any(path == place for pages in SECTIONS.values() for path, _ in pages)
