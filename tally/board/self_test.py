"""会前自检: whether room, screen, data and clocks are ready, each in a sentence with what to do."""

import shutil
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from tally import clock, service, words
from tally.board.asking import Filters, ask, theme, today
from tally.board.closing import View
from tally.board.ground import ground_of
from tally.board.panels import figure, panel
from tally.board.projected import projected_scale
from tally.board.self_test_probe import browser_findings, put_probe
from tally.board.self_test_room import Judged, ask_room, judged_room
from tally.charts.meeting_agenda import SENTENCE_TEXT
from tally.charts.self_test import self_test
from tally.rooms import Viewport
from tally.sentences import Name, Verdict

WHOLE_PX, FIGURE_PX, ROOM_PX = 784, 1820, 90
DESIGNED_WIDTH_PX, DESIGNED_HEIGHT_PX = 1_920, 1_080
CLOCK_SOON_SECONDS, CLOCK_LATE_SECONDS = 60, 600
DISK_SOON_GIB, DISK_LATE_GIB = 5.0, 1.0
GIB = 1 << 30


class Check(NamedTuple):
    """One check: a state of `words.STATES`, its name, what was found, what to do about it."""

    state: str
    name: str
    found: str
    remedy: str = ""


def self_test_view(chosen: Filters) -> View:
    """Return the view of the checks; the browser's come once it has told them."""
    told = browser_findings()
    checks = [*browser_checks(told, judged_room()), *data_checks(chosen), *server_checks()]
    opening = self_test_verdict(checks)
    return View(opening, lambda: _draw(checks, opening))


def self_test_verdict(checks: list[Check]) -> Verdict:
    """Judge the checks: how many must be seen to before the meeting."""
    bad = [check for check in checks if check.state == "overdue"]
    open_ones = [check for check in checks if check.state == "soon"]
    if bad or open_ones:
        first = (bad or open_ones)[0]
        said = f"会前自检：{len(bad) + len(open_ones)} 项要处理"
        return Verdict("overdue" if bad else "soon", said, ("先看：", Name(first.name)))
    if any(check.state == "unreported" for check in checks):
        return Verdict("unreported", "会前自检：正在检查浏览器", ("几秒后出结果",))
    return Verdict("normal", "会前自检：全部正常，可以开会")


def _draw(checks: list[Check], opening: Verdict) -> None:
    with panel("", height=WHOLE_PX):
        ask_room()
        figure(
            self_test(
                checks,
                theme=theme(),
                width=FIGURE_PX,
                height=WHOLE_PX - ROOM_PX - 40,
            ),
            key="self_test",
            alt="；".join(f"{check.name}：{check.found}" for check in checks) or opening.spoken,
        )
    put_probe()


def browser_checks(told: Mapping[str, Any] | None, judged: Judged) -> list[Check]:
    """Judge what the browser told: letters, map, screen, its clock; None while it has not."""
    if told is None:
        return [Check("unreported", "浏览器", "正在检查字体、地图、屏幕和时钟")]
    return [_letters(told), _drawing(told), _screen(told, judged), _browser_clock(told)]


def _letters(told: Mapping[str, Any]) -> Check:
    if not told["hasLetters"]:
        return Check(
            "overdue", "字体", "画不出汉字", "请在这台电脑上安装思源黑体（Noto Sans CJK SC）"
        )
    if not told["font"]:
        return Check(
            "soon", "字体", "能画汉字，但没有本系统用的字体", "字形略有不同，建议装思源黑体"
        )
    return Check("normal", "字体", f"汉字已真正画出，字体 {told['font']}")


def _drawing(told: Mapping[str, Any]) -> Check:
    if told["hasMap"]:
        return Check("normal", "地图绘制", "浏览器能画地图")
    remedy = "请在浏览器设置里打开硬件加速，或换一台电脑"
    return Check("overdue", "地图绘制", "浏览器画不了地图", remedy)


def _screen(told: Mapping[str, Any], judged: Judged) -> Check:
    """Judge the window: its size, and whether the room reads the agenda's letters."""
    width, height = int(told["width"]), int(told["height"])
    letter_px = SENTENCE_TEXT * projected_scale()
    least_px = judged.room.smallest_px(Viewport(width, height))
    found = (
        f"窗口 {width}×{height}；{judged.words}，字须 {least_px:.0f} 点，议程 {letter_px:.0f} 点"
    )
    if width < DESIGNED_WIDTH_PX or height < DESIGNED_HEIGHT_PX - 200:
        return Check("soon", "屏幕", found, "请按 F11 全屏，或调低系统的缩放")
    if letter_px < least_px - 0.5:
        remedy = "请前移座位，或改放“大屏”" if judged.is_given else "请先在上面填会议室"
        return Check("soon", "屏幕", found, f"后排看不清，{remedy}")
    return Check("normal", "屏幕", found)


def _browser_clock(told: Mapping[str, Any]) -> Check:
    off = float(told["clock_off_seconds"])
    if abs(off) < CLOCK_SOON_SECONDS:
        return Check("normal", "本机时钟", "与服务器一致")
    found = f"比服务器{'快' if off > 0 else '慢'} {_span(abs(off))}"
    state = "overdue" if abs(off) >= CLOCK_LATE_SECONDS else "soon"
    return Check(state, "本机时钟", found, "请在这台电脑上对时")


def _span(seconds: float) -> str:
    if seconds < 3_600:
        return f"{seconds / 60:.0f} 分钟"
    return f"{seconds / 3_600:.0f} 小时" if seconds < 172_800 else f"{seconds / 86_400:.0f} 天"


def data_checks(chosen: Filters) -> list[Check]:
    """Judge the campaign's data: how fresh, who has not reported, boundaries of the map."""
    return [_freshness(chosen), _reporting(chosen), _boundaries(chosen)]


def _freshness(chosen: Filters) -> Check:
    """A running campaign should have the month before this one; an ended one its last."""
    due = min(today(), chosen.pack.campaign.end_on)
    months_behind = (due.year - chosen.as_of.year) * 12 + due.month - chosen.as_of.month
    found = f"截至 {words.iso_day(chosen.as_of)}"
    if months_behind > 1:
        return Check(
            "soon", "数据", f"{found}，落后 {months_behind} 个月", "请催报，或在上面换月份"
        )
    return Check("normal", "数据", found)


def _reporting(chosen: Filters) -> Check:
    roster = ask("unit_reporting", chosen)
    silent = roster.loc[~roster["is_reported"].astype(bool), "unit"].tolist()
    if not silent:
        return Check("normal", "报送", f"{len(roster)} 个单位都报了")
    return Check("soon", "报送", f"{words.names(silent)}未报", "到报送花名册催报；会上按灰色显示")


def _boundaries(chosen: Filters) -> Check:
    try:
        drawn = ground_of(chosen)
    except OSError:
        return Check("overdue", "地图边界", "边界文件不在", "请管理员补上方案包写明的边界文件")
    if drawn is None:
        return Check("normal", "地图边界", "这个行动不用地图")
    return Check("normal", "地图边界", f"{len(drawn.boundaries['features'])} 个{drawn.place_word}")


def server_checks() -> list[Check]:
    """Judge the server: its clock against the newest publication, and room on its disk."""
    database = service.database()
    newest_at = database.stored("newest_moment").column("newest_at").to_pylist()[0]
    free_gib = shutil.disk_usage(database.home).free / GIB
    return [server_clock_check(newest_at, clock.now()), disk_check(free_gib)]


def server_clock_check(newest_at: datetime | None, now: datetime) -> Check:
    """Judge the server's clock (UTC) against the newest thing published or entered."""
    if newest_at is None or newest_at <= now:
        return Check("normal", "服务器时钟", f"{clock.in_shanghai(now):%Y-%m-%d %H:%M}")
    found = f"比最近一次发布还早 {_span((newest_at - now).total_seconds())}"
    return Check("overdue", "服务器时钟", found, "请管理员对时，再冻结会议")


def disk_check(free_gib: float) -> Check:
    """Judge the room left on the disk of the home."""
    found = f"剩余 {free_gib:.1f} GB"
    if free_gib < DISK_LATE_GIB:
        return Check("overdue", "磁盘", found, "请管理员马上清理")
    if free_gib < DISK_SOON_GIB:
        return Check("soon", "磁盘", found, "请管理员尽快清理")
    return Check("normal", "磁盘", found)
