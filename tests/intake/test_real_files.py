"""Files that no one here wrote: imported or refused rightly."""

from collections import Counter
from datetime import date, datetime
from statistics import median

import openpyxl
import pytest

from tally.contracts import Reading
from tally.intake import read
from tests.intake.samples import REAL, brief

LEDGERS = REAL / "ledgers"
pytestmark = pytest.mark.skipif(not LEDGERS.is_dir(), reason="shared/real is not here")


def real(name: str, **answers: str) -> Reading:
    """Read one of the real files, apart, as a caller would."""
    path = LEDGERS / name
    return read(path.read_bytes(), path.name, brief(isolated=True, **answers))


def test_read_answered_messages_gives_120_tickets_in_their_own_months() -> None:
    reading = real("附件4_示例_答复意见.xlsx", campaign="xiangshan", unit="社服中心")
    (tickets,) = reading.ledgers
    assert (tickets.kind, len(tickets.rows)) == ("tickets", 120)
    assert [(problem.cell, problem.found) for problem in reading.problems] == [
        ("B1", "留言用户"),
        ("E 列", "“诉求详情”有 2 行含姓名"),
        ("E 列", "“诉求详情”有 1 行含住址"),
        ("E 列", "“诉求详情”有 1 行含电话"),
        ("F 列", "“答复意见”有 1 行含住址"),
        ("F 列", "“答复意见”有 2 行含姓名"),
    ]
    assert (reading.month, reading.unit) == (None, "社会事务服务中心")
    assert all(row["period"] == row["received_on"].replace(day=1) for row in tickets.rows)
    years = Counter(row["received_on"].year for row in tickets.rows)
    assert (min(years), max(years)) == (2011, 2019)


def _second_reading(value: str | datetime) -> date:
    if isinstance(value, datetime):
        return value.date()
    return datetime.strptime(value.strip(), "%Y/%m/%d %H:%M:%S").date()


def test_read_answered_messages_keeps_every_day_as_a_second_reader_sees_it() -> None:
    reading = real("附件4_示例_答复意见.xlsx", campaign="xiangshan", unit="招商部")
    days = [(row["received_on"], row["closed_on"]) for row in reading.ledgers[0].rows]
    sheet = openpyxl.load_workbook(LEDGERS / "附件4_示例_答复意见.xlsx").active
    written = [
        tuple(_second_reading(row[at]) for at in (3, 6))
        for row in sheet.iter_rows(min_row=2, values_only=True)
    ]
    assert days == written
    assert median((closed - received).days for received, closed in days) == 10


def test_read_answered_messages_derives_deadlines_and_says_that_it_did() -> None:
    reading = real("附件4_示例_答复意见.xlsx", campaign="xiangshan", unit="招商部")
    first = reading.ledgers[0].rows[0]
    assert first["received_on"] == date(2019, 4, 25)
    assert (first["due_on"], first["is_due_derived"]) == (date(2019, 5, 17), True)
    assert first["ticket_no"] == "2549"


def test_read_messages_without_unit_are_asked_about() -> None:
    reading = real("附件4_示例_答复意见.xlsx", campaign="xiangshan")
    assert [question.flag for question in reading.questions] == ["--unit"]
    assert reading.sheets[0].rows == 120


@pytest.mark.parametrize(
    ("name", "row_count"), [("附件2_示例_留言一级分类.xlsx", 495), ("附件3_示例_点赞反对.xlsx", 30)]
)
def test_read_messages_of_other_lists_are_tickets_too(name: str, row_count: int) -> None:
    reading = real(name, campaign="xiangshan", unit="招商部")
    assert (reading.row_count, reading.errors) == (row_count, ())


@pytest.mark.parametrize(
    "name",
    [
        "全国高等学校名单.xls",
        "安徽省.xlsx",
        "附件1_三级分类体系.xlsx",
        "pengpai_covid_daily_gbk.csv",
    ],
)
def test_read_file_that_is_no_ledger_is_refused_in_one_sentence(name: str) -> None:
    (problem,) = real(name, campaign="xiangshan", unit="招商部").problems
    assert problem.level == "error"
    assert problem.expected.startswith("这不是本系统的台账：没有找到")
