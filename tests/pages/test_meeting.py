"""会议 (issue 7.3): what changed, the agenda, frozen meetings, and the checks before a meeting."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tally import clock, service
from tally.accounts import Book, key_of
from tally.accounts.book import book_of
from tally.board.agenda import agenda_verdict
from tally.board.frozen import disagreement
from tally.board.meeting_changes import changes_verdict
from tally.board.self_test import (
    Check,
    browser_checks,
    disk_check,
    self_test_verdict,
    server_clock_check,
)
from tally.board.self_test_room import Judged
from tally.packs import packs
from tally.registry import registry_of
from tally.rooms import Room
from tally.submissions import Given, Terms, import_file
from tally.submissions.instructions import instruct
from tally.submissions.meetings import Before, Changed, Seen, freeze
from tally.viewers import Role
from tests.accounts.people import CHEAP, entered, made
from tests.intake.samples import xlsx
from tests.intake.test_personal import made_up_mobile
from tests.pages.conftest import FRAME, PAGES, headline, opened
from tests.tables import day

XIANGSHAN = packs()["xiangshan"].campaign.name
GIVEN, ASSUMED = Judged(Room(98, 6), True), Judged(Room(98, 6), False)
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
    [check] = [check for check in browser_checks(TOLD | told, GIVEN) if check.state != "normal"]
    assert (check.state, check.name) == (state, name)
    assert words in check.found
    assert check.remedy


def test_screen_check_says_how_large_letters_must_be() -> None:
    checks = {check.name: check for check in browser_checks(TOLD, GIVEN)}
    assert checks["屏幕"].found == "窗口 1920×1080；98 英寸、最远 6 米，字须 29 点，议程 29 点"
    assert self_test_verdict(list(checks.values())).state == "normal"
    assert self_test_verdict(browser_checks(None, GIVEN)).state == "unreported"


def test_screen_check_says_when_the_room_is_assumed_and_where_to_give_it() -> None:
    def screen(judged: Judged) -> Check:
        return next(check for check in browser_checks(TOLD, judged) if check.name == "屏幕")

    assert screen(ASSUMED).state == "normal"
    assert "会议室未填全，按 98 英寸、6 米估算" in screen(ASSUMED).found
    far, guessed = (screen(Judged(Room(98, 12), is_given)) for is_given in (True, False))
    assert (far.state, far.remedy) == ("soon", "后排看不清，请前移座位，或改放“大屏”")
    assert "98 英寸、最远 12 米，字须 58 点" in far.found
    assert guessed.remedy == "后排看不清，请先在上面填会议室"


def test_self_test_takes_the_room_from_its_fields_and_its_address(full_home: Path) -> None:
    app = opened("meeting", view="会前自检", diagonal="110", seat="8")
    assert faults(app) == []
    fields = {field.label: field for field in app.number_input}
    assert [field.value for field in fields.values()] == [110, 8]
    bare = opened("meeting", view="会前自检", seat="远")
    assert [field.value for field in bare.number_input] == [None, None]
    bare.number_input(key="diagonal").set_value(98.0)
    bare.number_input(key="seat").set_value(6.0).run()
    assert faults(bare) == []
    assert [field.value for field in bare.number_input] == [98, 6]


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


def test_reopened_meeting_says_who_was_left_out_as_it_did(full_home: Path) -> None:
    filters = {"unit": "财政金融部", "unit_left_out": "true"}
    app = opened("meeting", campaign=XIANGSHAN, **filters)
    looked_at = next(element.value for element in app.markdown if "除 " in element.value)
    app.text_input(key="meeting_handler").set_value("督查岗")
    app.button(key="freeze_meeting").click().run()
    assert faults(app) == []
    [newest, *_] = service.database().ask("meetings", {"campaign": "xiangshan"}).to_pylist()

    again = opened("meeting", meeting=str(newest["meeting"]))
    assert faults(again) == []
    assert "会议快照：" in said(again)
    assert looked_at in [element.value for element in again.markdown]
    assert again.toggle(key="unit_left_out").value


def test_the_oldest_of_many_meetings_is_found_and_opened(full_home: Path) -> None:
    database, notes = service.database(), [f"第{number}次调度会" for number in range(1, 31)]
    seen = Seen("huaihua", day("10-31"))
    first = freeze(database, packs()["huaihua"], seen, notes[0], "督查岗")
    asked = f"SELECT * FROM store.main.meeting WHERE meeting = {first}"
    [kept] = database.rows(asked).to_pylist()
    later = [
        kept | {"meeting": first + week, "note": notes[week],
                "known_at": kept["known_at"] + timedelta(weeks=week)}
        for week in range(1, 30)
    ]  # fmt: skip
    with database.write(lambda: None) as writing:
        writing.insert("meeting", later)
    app = opened("meeting", campaign=packs()["huaihua"].campaign.name)
    choice = app.selectbox(key="meeting_to_open-huaihua")
    assert "共 30 次" in choice.label
    assert [note for note, option in zip(reversed(notes), choice.options, strict=True)
            if note not in option] == []  # fmt: skip
    choice.set_value(first)
    app.button(key="open_meeting").click().run()
    assert faults(app) == []
    assert app.query_params["meeting"] == str(first)
    assert notes[0] in app.button(key="leave_meeting").help


def test_a_projected_meeting_shows_nothing_of_persons_even_to_the_office(empty_home: Path) -> None:
    mobile = made_up_mobile(1)
    problems = xlsx(
        ("问题编号", "问题描述", "责任单位", "完成时限", "状态", "联系人", "联系电话"),
        ("XS-1", "路灯不亮", "招商部", date(2022, 12, 31), "提级", "王试样", mobile),
    )
    given = Given(campaign="xiangshan", ledger="problems", month=date(2022, 9, 1))
    terms = Terms(uploaded_by="办公室", reason="测试")
    done = import_file(service.database(), problems, "问题.xlsx", given, terms)
    assert done.status == "published", done.problems
    book = Book(registry_of(empty_home), *CHEAP)
    book_of.cache_clear()
    session = key_of(entered(book, made(book, "office", Role.OFFICE)))

    def as_office(page: str, **parameters: str) -> AppTest:
        app = AppTest.from_file(str(FRAME), default_timeout=60)
        app.user = {"session": session}
        for name, value in parameters.items():
            app.query_params[name] = value
        return app.switch_page(str(PAGES[page])).run()

    reveal = "查看这一条"
    card = as_office("ledger", upload=str(done.upload), sheet="Sheet1", row="2")
    assert reveal in [button.label for button in card.button]
    projected = as_office("meeting", view="议程", campaign=XIANGSHAN)
    assert faults(projected) == []
    assert "#### 路灯不亮" in said(projected)
    assert reveal not in [button.label for button in projected.button]
    shown = said(projected) + "".join(str(table.value) for table in projected.table)
    assert "联系电话" not in shown
    book_of.cache_clear()


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
