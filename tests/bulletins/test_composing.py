"""What a notice says: the screens' figures, with ties, gaps and small numbers (G1, G2)."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tally import bulletins, clock, words
from tally.bulletins import ANONYMOUS, LEFT_OUT, MONTH, QUARTER, Terms
from tally.notices.content import Notice
from tally.store import Database
from tests.office import SLUG, Office, assert_answer, closed_of, trial_pack

ALL_UNITS = {"甲部": (9, 10), "乙部": (9, 10), "丙部": (2, 10), "丁部": (1, 2), "东社区": (5, 5)}


def terms_for(**chosen: Any) -> Terms:
    """Return the terms of September's notice, dated the 8th of October."""
    usual = {"campaign": SLUG, "kind": MONTH, "period": date(2022, 9, 1)}
    usual |= {"known_at": clock.now(), "issued_on": date(2022, 10, 8)}
    return Terms(**{**usual, **chosen})


def draft(office: Office, least: int = 1, **chosen: Any) -> Notice:
    """Return September's notice of the trial campaign."""
    return bulletins.compose(office.database, trial_pack(least), terms_for(**chosen))


def grid(notice: Notice, tag: str) -> list[dict[str, str]]:
    """Return a table's rows by their heads."""
    found = next(grid for grid in notice.grids if grid.tag == tag)
    return [dict(zip(found.heads, row, strict=True)) for row in found.rows]


def figures(notice: Notice) -> dict[str, str]:
    """Return the figures by their names."""
    return {figure.label: figure.value for figure in notice.figures}


def lines(notice: Notice, tag: str) -> str:
    """Return the sentences of a part."""
    return "\n".join(notice.parts[tag].lines)


def report(office: Office) -> None:
    """Send September's list of all units."""
    office.send("2022-09", closed_of(ALL_UNITS))


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office whose September is in, for tests that only read."""
    database = Database(tmp_path_factory.mktemp("home"), {SLUG: trial_pack()})
    office = Office(database)
    report(office)
    yield office
    database.close()


@pytest.fixture(scope="module")
def september(reported: Office) -> Notice:
    """Its notice."""
    return draft(reported)


def test_figures_are_the_screens_figures(reported: Office, september: Notice) -> None:
    notice, office = september, reported
    [totals] = office.ask("campaign_totals", "09-30")
    assert figures(notice)["事项总数"] == f"{totals['item_count']}项"
    assert figures(notice)["到期销号率"] == words.share(totals["closed_share"])
    assert figures(notice)["逾期数"] == f"{totals['overdue_count']}项"
    ranking = office.ask("unit_ranking", "09-30")
    shown = [(row["单位"], row["到期销号率"]) for row in grid(notice, "表_排名")]
    assert shown == [(row["unit"], words.share(row["closed_share"])) for row in ranking]


def test_every_figure_table_and_chart_names_its_question(september: Notice) -> None:
    notice = september
    asked = [*notice.figures, *notice.grids, *notice.diagrams]
    assert [one.query for one in asked if " as_of=2022-" not in one.query] == []
    [progress] = [one for one in notice.grids if one.tag == "表_进度"]
    assert progress.query == "campaign_progress as_of=2022-09-30"
    data = lines(notice, "数据说明")
    assert f"campaign={SLUG}" in data and "known_at=" in data


def test_figures_in_the_sentences_stand_in_the_register(september: Notice) -> None:
    said = lines(september, "总体情况")
    for label in ("事项总数", "到期数", "已销号数", "销号率", "到期销号率", "按期率", "逾期数"):
        assert figures(september)[label] in said, label


def test_ties_are_told_and_who_is_not_ranked_is_named(
    office_with: Callable[..., Office],
) -> None:
    office = office_with(minimum_due_items=3)
    report(office)
    said = lines(draft(office, least=3), "单位成绩")
    assert "并列第1：甲部、乙部（90.0%）；第3：丙部（20.0%），为末位" in said
    assert "不参加排名的：丁部（到期2项）" in said
    assert "东社区（" not in said


def test_unit_that_did_not_report_is_said_to_and_not_counted_as_last(office: Office) -> None:
    office.send("2022-08", closed_of({"丙部": (0, 10)}, "08-15"), unit="丙部")
    office.send("2022-09", closed_of({"甲部": (9, 10)}), unit="甲部")
    notice = draft(office)
    said = lines(notice, "单位成绩")
    assert "第1：甲部（90.0%）。" in said and "末位" not in said
    assert "部门组本期未报台账、按最近一期计的：丙部。" in said
    assert "部门组本期未报台账、没有数据的：乙部、丁部。" in said
    assert "未报的单位：" in lines(notice, "台账报送")
    assert "6个单位中已报1个" in lines(notice, "台账报送")


def test_ranking_can_be_shown_without_names_or_left_out(reported: Office) -> None:
    nameless = draft(reported, ranking=ANONYMOUS)
    assert [row["单位"] for row in grid(nameless, "表_排名")][:3] == ["单位A", "单位B", "单位C"]
    assert not [unit for unit in ALL_UNITS if unit in lines(nameless, "单位成绩")]
    assert nameless.diagrams[-1].categories[0] == "单位A"
    without = draft(reported, ranking=LEFT_OUT)
    assert without.parts["单位成绩"].lines == () and without.words["有排名"] is False
    assert "表_排名" not in [grid.tag for grid in without.grids]


def test_quarter_is_told_by_its_last_day_against_the_quarter_before(office: Office) -> None:
    office.send("2022-09", closed_of({"甲部": (9, 10)}), unit="甲部")
    notice = draft(office, kind=QUARTER)
    assert "2022年三季度" in notice.title
    assert notice.figures[0].query == "campaign_totals as_of=2022-09-30"
    assert terms_for(kind=QUARTER).before == date(2022, 6, 30)
    assert terms_for(kind=QUARTER).months == (
        date(2022, 7, 1),
        date(2022, 8, 1),
        date(2022, 9, 1),
    )


def test_month_before_is_quoted_as_its_own_screen_shows_it(office: Office) -> None:
    office.send("2022-08", closed_of({"甲部": (3, 10)}, "08-15"), unit="甲部")
    office.send("2022-09", closed_of({"甲部": (9, 10)}, "08-15"), unit="甲部")
    notice = draft(office)
    assert figures(notice)["上期已销号数"] == "3项"
    assert "上期末（2022年8月31日）" in lines(notice, "总体情况")


def test_cases_are_in_the_ledgers_own_words(office: Office) -> None:
    """G2: a good one closed in time, a bad one overdue."""
    office.send(
        "2022-09",
        """
        item_no | unit | title | due_on | state | closed_on | progress_note
        A1 | 甲部 | 老旧小区改造 | 09-20 | closed | 09-10 | 提前十天完成
        A2 | 甲部 | 管网错接 | 09-01 | open | — | 施工受阻。
        """,
        unit="甲部",
    )
    keys = {row["title"]: row["item_key"] for row in office.ask("items", "09-30")}
    notice = draft(office, praised=(keys["老旧小区改造"],), exposed=(keys["管网错接"],))
    assert lines(notice, "正面典型") == (
        "1.甲部“老旧小区改造”，期限2022年9月20日，2022年9月10日销号。办理情况：提前十天完成。"
    )
    assert lines(notice, "反面典型") == (
        "1.甲部“管网错接”，期限2022年9月1日，已逾期29天。办理情况：施工受阻。"
    )


def test_missing_and_late_lists_are_named_with_their_day(office: Office) -> None:
    office.send("2022-09", closed_of({"甲部": (9, 10)}), unit="甲部")
    owed = grid(draft(office, issued_on=date(2022, 10, 10)), "表_未报")
    assert [row for row in owed if row["单位"] == "乙部"] == [
        {
            "月份": "2022年9月",
            "台账": "问题台账",
            "单位": "乙部",
            "应报日期": "2022-10-08",
            "情况": "未报",
        }
    ]


def test_campaign_without_items_says_so_and_asks_for_nothing(office: Office) -> None:
    notice = draft(office)
    assert lines(notice, "总体情况") == "截至2022年9月30日，台账中还没有事项。"
    assert "没有逾期30天以上" in lines(notice, "存在问题")


def test_reminders_are_a_page_a_unit_with_the_most_overdue_first(reported: Office) -> None:
    sent = bulletins.overdue_slips(reported.database, trial_pack(), terms_for())
    counts = {slip.unit: len(slip.rows) for slip in sent}
    assert next(iter(counts)) == "丙部"
    assert counts == {"丙部": 8, "甲部": 1, "乙部": 1, "丁部": 1}
    assert sent[0].rows[0].sentence == "到截至日已逾期15天"


@pytest.mark.parametrize("month", [7, 8, 9])
def test_any_month_names_its_quarter(month: int) -> None:
    assert bulletins.quarter_of(date(2022, month, 1)) == date(2022, 9, 1)


def test_due_list_of_a_pack_without_reporting_days_is_left_out(
    office_of: Callable[..., Office],
) -> None:
    silent = office_of(ledgers=())
    pack = replace(trial_pack(), ledgers=())
    notice = bulletins.compose(silent.database, pack, terms_for())
    assert "表_未报" not in [grid.tag for grid in notice.grids]


def test_published_cases_are_told_beside_items_in_their_own_ledgers_words(office: Office) -> None:
    """G2: chosen from the 典型案例台账, each side, as known by the notice's day."""
    office.send(
        "2022-09",
        """
        kind | unit | title        | content            | published_on | published_in
        正面 | 甲部 | 一窗办成一件事 | 减材料六份。       | 09-20        | 简报第3期
        反面 | 乙部 | 推诿扯皮       | —                  | 09-28        | —
        反面 | 丙部 | 以后的         | —                  | 10-02        | —
        """,
        kind="cases",
    )
    keys = {row["title"]: row["item_key"] for row in office.ask("typical_cases", "10-31")}
    notice = draft(
        office, praised=(keys["一窗办成一件事"],), exposed=(keys["推诿扯皮"], keys["以后的"])
    )
    assert lines(notice, "正面典型") == (
        "1.甲部“一窗办成一件事”（2022年9月20日，刊于简报第3期）。减材料六份。"
    )
    assert lines(notice, "反面典型") == "1.乙部“推诿扯皮”（2022年9月28日）。"
    assert_answer(
        office.ask("typical_cases", "09-30", kind="反面"), "title | unit\n推诿扯皮 | 乙部"
    )
