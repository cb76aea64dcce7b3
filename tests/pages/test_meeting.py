"""会议 (issue 7.3): what changed, the agenda, frozen meetings, and the checks before a meeting."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tally import clock, service
from tally.board.agenda import agenda_verdict
from tally.board.frozen import disagreement
from tally.board.meeting_changes import changes_verdict
from tally.board.self_test import browser_checks, disk_check, self_test_verdict, server_clock_check
from tally.submissions.instructions import instruct
from tally.submissions.meetings import Before, Changed
from tests.pages.conftest import PAGES, headline, opened
from tests.tables import day

NINGGUO = "宁国市“四季竞赛、五大比拼”"
TOLD = {
    "hasLetters": True,
    "font": "Noto Sans CJK SC",
    "hasMap": True,
    "width": 1920,
    "height": 1080,
    "ratio": 1,
    "screenWidth": 1920,
    "screenHeight": 1080,
    "clock_off_seconds": 2.0,
}


def faults(app: AppTest) -> list[str]:
    """Return what the page says went wrong."""
    return [element.value for element in (*app.exception, *app.error)]


def said(app: AppTest) -> str:
    """Return all Markdown of a page."""
    return "\n".join(element.value for element in app.markdown)


def agenda(*rows: tuple[bool, str, str, int]) -> pd.DataFrame:
    """Return rows of `meeting_agenda`: is_decision, level, unit, open_days."""
    names = ("is_decision", "level", "unit", "open_days")
    return pd.DataFrame([dict(zip(names, row, strict=True)) for row in rows], columns=names)


def test_agenda_verdict_counts_decisions_and_the_time_they_take() -> None:
    rows = agenda(
        (True, "red", "甲部", 20),
        *[(True, "amber", "乙部", 91)] * 24,
        (False, "amber", "丙部", 300),
    )
    told = agenda_verdict(rows, 3)
    assert told.headline == "■ 25 项请决定，1 项通报"
    assert told.detail_text == "最久：乙部 91 天；每项 3 分钟，请决定的共需 1 小时 15 分钟"
    assert agenda_verdict(rows[1:], 3).state == "soon"
    assert agenda_verdict(rows[-1:], 3).sentence == "没有请决定的事项，1 项通报"
    assert agenda_verdict(rows[:0], 3).state == "normal"


def test_changes_verdict_says_since_when_and_what_got_worse() -> None:
    counts = pd.DataFrame(
        {
            "change": ["closed", "overdue"],
            "change_count": [3, 5],
            "units": [["甲部"], ["乙部", "甲部"]],
        }
    )
    now, then = (pd.DataFrame({"overdue_count": [count]}) for count in (9, 6))
    told = changes_verdict(counts, Before(day("09-30"), None, day("10-08")), now, then)
    assert told.headline == "■ 新逾期 5 项，新销号 3 项"
    assert told.detail_text == (
        "与 2022-10-08 会议时相比（数据截至 2022-09-30）；逾期 6 → 9 项；新逾期最多：乙部"
    )
    alone = changes_verdict(counts[:1], Before(day("09-30")), now, then)
    assert (alone.state, alone.detail_text) == (
        "normal",
        "此前没有冻结过会议，与上月末 2022-09-30 相比；逾期 6 → 9 项",
    )


@pytest.mark.parametrize(
    ("told", "state", "name", "words"),
    [
        ({"hasLetters": False}, "overdue", "字体", "画不出汉字"),
        ({"font": ""}, "soon", "字体", "没有本系统用的字体"),
        ({"hasMap": False}, "overdue", "地图绘制", "画不了地图"),
        ({"width": 1366, "height": 768}, "soon", "屏幕", "窗口 1366×768"),
        ({"clock_off_seconds": -120.0}, "soon", "本机时钟", "比服务器慢 2 分钟"),
        ({"clock_off_seconds": 7200.0}, "overdue", "本机时钟", "比服务器快 2 小时"),
    ],
)
def test_each_fault_of_the_browser_is_named_with_a_remedy(
    told: dict[str, Any], state: str, name: str, words: str
) -> None:
    [check] = [check for check in browser_checks(TOLD | told) if check.state != "normal"]
    assert (check.state, check.name) == (state, name)
    assert words in check.found
    assert check.remedy


def test_screen_check_says_how_large_letters_must_be() -> None:
    checks = {check.name: check for check in browser_checks(TOLD)}
    assert checks["屏幕"].found == "窗口 1920×1080；98 英寸、最远 6 米，字须 29 点，议程 29 点"
    assert self_test_verdict(list(checks.values())).state == "normal"
    assert self_test_verdict(browser_checks(None)).state == "unreported"


def test_server_checks_judge_its_clock_and_its_disk() -> None:
    now = clock.now()
    assert server_clock_check(None, now).state == "normal"
    assert server_clock_check(now, now).state == "normal"
    late = server_clock_check(now + timedelta(days=3), now)
    assert (late.state, late.found) == ("overdue", "比最近一次发布还早 3 天")
    assert [disk_check(free).state for free in (80, 3, 0.5)] == ["normal", "soon", "overdue"]


def test_what_differs_from_the_meeting_is_named_with_its_cause() -> None:
    changed_pack = disagreement(Changed(("预警督办",), True, False))
    assert changed_pack == "与当时不一致：预警督办；方案包在会后改过"
    assert "当时的数据在会后被移除" in disagreement(Changed(("议程",), False, False))


def test_frozen_meeting_opens_on_every_page_as_it_was_and_closes_by_a_click(
    full_home: Path,
) -> None:
    app = opened("meeting", campaign=NINGGUO, view="议程")
    then = headline(app)
    app.text_input(key="meeting_handler").set_value("督查岗")
    app.text_input(key="meeting_note").set_value("调度会")
    app.button(key="freeze_meeting").click().run()
    assert faults(app) == []
    assert "已冻结，编号 1" in next(element.value for element in app.success)
    given = (service.database(), "ningguo", "补会上的事", "经信局", day("2021-10-02"), "主任")
    instruct(*given, given_on=day("2021-10-01"))
    assert headline(opened("meeting", campaign=NINGGUO, view="议程")) != then

    again = opened("meeting", meeting="1", view="议程")
    assert faults(again) == []
    assert headline(again) == then
    assert "会议快照：" in said(again)
    assert "调度会" in again.button(key="leave_meeting").help
    assert "与当时一致" in said(again)
    again.switch_page(str(PAGES["instructions"])).run()
    assert "会议快照：" in said(again)
    assert "补会上的事" not in str(again.dataframe[0].value)
    assert "1" in again.query_params["meeting"]
    again.button(key="leave_meeting").click().run()
    assert "会议快照：" not in said(again)
    assert "补会上的事" in str(again.dataframe[0].value)


def test_meeting_that_does_not_exist_shows_now_and_says_so(full_home: Path) -> None:
    for number in ("999", "一", "9" * 40):
        app = opened("meeting", meeting=number)
        assert faults(app) == []
        assert "没有编号为" in next(element.value for element in app.warning)
        assert "会议快照：" not in said(app)


def test_agenda_moves_with_the_address_and_prefills_the_instruction(full_home: Path) -> None:
    app = opened("meeting", campaign=NINGGUO, view="议程", item="3")
    assert faults(app) == []
    [unit] = [box for box in app.selectbox if box.label == "交给谁"]
    asked = {"campaign": "ningguo", "as_of": service.database().default_day("ningguo")}
    third = service.database().ask("meeting_agenda", asked).to_pylist()[2]
    assert unit.value == third["unit"]
    far = opened("meeting", campaign=NINGGUO, view="议程", item="9999")
    assert faults(far) == []
