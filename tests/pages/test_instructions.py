"""批示交办: instructions from 布置 to 见效 (D22), exposures and commitments (D17)."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tally import clock, service
from tally.board import Filters
from tally.board.commitments import commitments_verdict
from tally.board.instructions import instructions_verdict, way_of
from tally.submissions.instructions import instruct
from tests.pages.conftest import headline, opened

NANYANG = "南阳职教园区“观念能力作风提升年”"
NINGGUO = "宁国市“四季竞赛、五大比拼”"
ASKED = Filters("nanyang", date(2023, 6, 30), None, (), (), None)
STAGES = ("布置", "跟踪", "督查", "见效")


def faults(app: AppTest) -> list[str]:
    """Return what the page says went wrong."""
    return [element.value for element in (*app.exception, *app.error)]


def said(app: AppTest) -> str:
    """Return all that the page writes."""
    return "\n".join(element.value for element in app.markdown)


def listed(app: AppTest) -> list[dict[str, Any]]:
    """Return the rows of the page's list under their columns' names."""
    return list(app.dataframe[0].value.to_dict("records"))


def stage_totals(*counts: tuple[int, int]) -> pd.DataFrame:
    """Return `instruction_totals` from each stage's (standing, overdue)."""
    return pd.DataFrame(
        [
            {"stage": stage, "standing_count": standing, "overdue_count": overdue}
            for stage, (standing, overdue) in zip(STAGES, counts, strict=True)
        ]
    )


def instructions(*rows: tuple[str, str, date | None, int | None]) -> pd.DataFrame:
    """Return `instruction_progress` from (unit, stage, due_on, overdue_days)."""
    names = ("unit", "stage", "due_on", "overdue_days")
    progress = pd.DataFrame([dict(zip(names, row, strict=True)) for row in rows], columns=names)
    return progress.assign(is_overdue=progress["overdue_days"].notna())


NONE = instructions()


def test_verdict_names_who_is_past_the_day_the_longest_first() -> None:
    rows = instructions(
        ("甲部", "布置", date(2023, 6, 20), 10),
        ("乙部", "督查", date(2023, 5, 31), 30),
        ("丙部", "见效", date(2023, 6, 1), None),
    )
    found = instructions_verdict(stage_totals((1, 1), (0, 0), (1, 1), (1, 1)), rows, NONE, ASKED)
    assert found.headline == "■ 2 件交办逾期未见效"
    assert found.detail_text == "逾期：乙部、甲部，最久 30 天；在办 2 件，见效 1 件（迟 1 件）"


@pytest.mark.parametrize(
    ("due_on", "headline_said"),
    [
        (date(2023, 7, 7), "▲ 1 件交办 7 天内到期"),
        (date(2023, 7, 8), "● 在办 1 件交办，无逾期"),
        (None, "● 在办 1 件交办，无逾期"),
    ],
)
def test_verdict_warns_within_the_days_of_the_pack(due_on: date | None, headline_said: str) -> None:
    rows = instructions(("甲部", "跟踪", due_on, None))
    totals = stage_totals((0, 0), (1, 0), (0, 0), (0, 0))
    assert instructions_verdict(totals, rows, NONE, ASKED).headline == headline_said


def test_verdict_without_a_list_counts_what_meetings_gave_since() -> None:
    new = instructions(("甲部", "布置", None, None))
    found = instructions_verdict(stage_totals(*[(0, 0)] * 4), NONE, new, ASKED)
    assert (found.headline, found.detail_text) == (
        "○ 还没有列入台账的交办",
        "截至日后会上新交办 1 件",
    )


@pytest.mark.parametrize(
    ("statuses", "headline_said"),
    [
        (("broken", "overdue", "kept"), "■ 1 条到期未兑现，1 条核查不实"),
        (("broken",), "■ 1 条核查不实"),
        (("open", "kept"), "● 跟踪 1 条，无到期未兑现"),
        (("kept",), "● 公开的都已兑现"),
        ((), "○ 还没有曝光、道歉和承诺"),
    ],
)
def test_commitments_verdict_says_what_was_not_kept(
    statuses: tuple[str, ...], headline_said: str
) -> None:
    rows = pd.DataFrame({"status": statuses, "unit": ["甲部"] * len(statuses)})
    assert commitments_verdict(rows).headline == headline_said


def test_way_of_an_instruction_ends_with_the_day_asked() -> None:
    row = {
        "stage": "跟踪", "is_late": False, "is_overdue": True, "due_on": date(2023, 6, 10),
        "given_on": date(2023, 6, 1), "tracked_on": date(2023, 6, 5),
        "inspected_on": date(2023, 7, 5), "effective_on": None,
    }  # fmt: skip
    steps, limits = way_of(row, date(2023, 6, 30))
    assert [stop.label for stop in steps] == ["● 布置", "● 跟踪"]
    assert [stop.label for stop in limits] == ["■ 期限", "○ 截至"]


def test_page_lists_overdue_first_with_the_card_of_the_first(full_home: Path) -> None:
    app = opened("instructions", campaign=NANYANG)
    assert faults(app) == []
    assert headline(app) == ":red[■ 3 件交办逾期未见效]"
    assert [row["state_words"][0] for row in listed(app)] == [*"■■■●●●▲✓✓"]
    card = app.table[0].value["内容"].tolist()
    assert card[0] == "■ 逾期 36 天"
    assert "看原表" in "".join(button.label for button in app.button)


def test_address_narrows_the_list_to_a_stage(full_home: Path) -> None:
    app = opened("instructions", campaign=NINGGUO, stage="督查")
    assert faults(app) == []
    assert [row["stage"] for row in listed(app)] == ["督查"]


def test_wrong_words_in_the_address_fall_back(full_home: Path) -> None:
    app = opened("instructions", campaign=NINGGUO, view="没有的", stage="没有的")
    assert faults(app) == []
    assert "交办" in headline(app)
    assert len(listed(app)) == 6


def test_what_a_meeting_gave_is_listed_at_once_without_a_row(full_home: Path) -> None:
    instruct(
        service.database(), "nanyang", "一周内拿出方案", "统计部门",
        clock.today() + timedelta(days=7), "管委会主任",
    )  # fmt: skip
    app = opened("instructions", campaign=NANYANG, stage="布置", unit="统计部门")
    assert faults(app) == []
    assert "截至日后会上新交办 1 件" in said(app)
    newest = listed(app)[-1]
    assert (newest["state_words"], newest["place"]) == ("○ 新交办", "会上交办")
    beside_others = opened("instructions", campaign=NANYANG)
    assert faults(beside_others) == []
    assert len(listed(beside_others)) > len(listed(app))
    earlier = opened("instructions", campaign=NANYANG, month="2023年5月")
    assert "新交办" not in said(earlier)


def test_commitments_are_followed_up(full_home: Path) -> None:
    app = opened("instructions", campaign=NANYANG, view="曝光承诺")
    assert faults(app) == []
    assert headline(app) == ":red[■ 1 条到期未兑现，1 条核查不实]"
    assert [row["checked"] for row in listed(app)] == ["■ 不实", "—", "—", "—", "◆ 属实", "◆ 属实"]
    metrics = {metric.label.split("**")[1]: metric.value for metric in app.metric}
    assert (metrics["公开承诺"], metrics["已兑现"], metrics["跟踪核查"]) == (
        "3",
        r"2 \/ 6",
        r"3 \/ 3",
    )


def test_campaign_without_the_ledger_is_told_which_one_to_bring(full_home: Path) -> None:
    app = opened("instructions", campaign=NINGGUO, view="曝光承诺")
    assert faults(app) == []
    assert headline(app) == "○ 还没有曝光、道歉和承诺"
    assert "上传 **曝光承诺台账** 并发布后" in said(app)
