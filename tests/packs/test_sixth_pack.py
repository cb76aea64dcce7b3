"""A sixth campaign is a folder of TOML: read, filled by ordinary imports, asked its questions."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tally.intake import Brief, read
from tally.packs import Pack, read_pack
from tally.store import Database
from tally.submissions import NilReturn, Terms, send_nil, submit
from tests.intake.samples import saved
from tests.office import assert_answer
from tests.tables import table

SIXTH = Path(__file__).parent / "sixth"
PLAYED = Terms(uploaded_by="演示数据", reason="演示数据", is_sample=True)
AS_OF = date(2023, 4, 30)

ENTERPRISES = """
    名称     | 类别         | 包保单位 | 简称
    河湾一厂 | 规模以上企业 | 住建局   | 一厂
    河湾二厂 | 企业         | 河东镇   |
    河湾大桥 | 项目         | 住建局   |
"""
ACTIVITIES = """
    活动形式         | 开展日期   | 开展单位         | 参加职务         | 主题   | 成效
    双月一讨论       | 2023-04-04 | 县住建局、教育局 |                  | 怎么看 | 两条
    双月一讨论       | 2023-04-20 | 河东镇           |                  | 自定   |
    每日调度         | 2023-04-04 | 住建局           |                  |        |
    进企业、调查研究 | 2023-03-06 | 住建局           | 住建局主要负责人 |        |
    电视台上稿       | 2023-03-14 | 行动办公室       |                  |        |
    电视台上稿       | 2023-03-16 | 行动办公室       |                  |        |
    电视台上稿       | 2023-03-20 | 行动办公室       |                  |        |
    季度通报         | 2023-04-06 | 行动办公室       |                  |        |
"""
MORE_ACTIVITIES = """
    活动形式 | 开始日期   | 结束日期   | 开展单位   | 职务       | 所属月份 | 问题数 | 听取领域
    调查研究 | 2023-04-10 | 2023-04-11 | 住建局     | 住建局局长 |          | 2      |
    进企业   | 2023-05-04 |            | 教育局     | 教育局局长 | 2023-04  |        |
    听取汇报 | 2023-04-12 |            | 行动办公室 |            |      |      | 分管城建的副县长
"""
VISITS = """
    企业名称 | 走访日期   | 方式     | 包保单位 | 走访人职务 | 走访内容 | 收集问题数
    一厂     | 2023-04-05 | 实地走访 | 住建局   | 住建局局长 | 看用工   |
    河湾二厂 | 2023-04-23 | 走访     | 河东镇   |            |          | 2
    河湾大桥 | 2023-04-20 | 调度会   | 住建局   |            |          |
"""
TASKS = """
    任务编号 | 任务类别 | 任务名称 | 牵头单位 | 办理状态
    RW-1     | 城市建设 | 修路     | 住建局   | 推进中
    RW-2     | 教育     | 建校     | 教育局   | 推进中
"""
PROBLEMS = """
    问题编号 | 问题描述 | 责任单位 | 企业     | 发现方式 | 发现日期   | 完成时限   | 状态
    W-1      | 路不平   | 住建局   | 河湾一厂 | 自查     | 2023-03-08 | 2023-04-20 | 正在推进
"""
STEPS = """
    事项编号 | 责任单位 | 环节 | 日期       | 新值     | 理由
    RW-1     | 住建局   | 调度 | 2023-03-15 | 完成勘察 |
    W-1      | 住建局   | 调度 | 2023-04-19 |          | 雨季
"""
CHECKS = """
    问题编号 | 核查事项 | 责任单位 | 核查日期   | 核查结果 | 核查人职务
    W-1      | 路不平   | 住建局   | 2023-04-25 | 不属实   | 督查组
"""
RETURNS = """
    报送单位 | 问题线索数 | 案件查办数 | 人员处理数 | 整改落实数 | 以案促改数
    住建局   | 1          | 0          | 0          | 1          | 0
    教育局   | 0          | 0          | 0          | 0          | 0
"""
CLUES = """
    线索编号 | 线索内容 | 承办单位 | 受理日期
    X-1      | 推诿     | 住建局   | 2023-03-09
"""
INSTITUTIONS = """
    制度名称             | 责任单位   | 类别 | 完成时限   | 印发日期   | 文号
    《首问负责办法》     | 行动办公室 | 制度 | 2023-03-31 | 2023-04-03 | 河湾发2号
    校园周边巡查制度     | 教育局     | 制度 |            | 2023-04-28 | 河教3号
"""
FIGURES = """
    指标名称         | 地区   | 频度 | 口径 | 所属期     | 完成值 | 计量单位 | 是否初步数 | 责任单位
    财政收入         |        | 月   | 累计 | 2023-02-28 | 1.2    | 亿元     |            | 住建局
    一般公共预算收入 | 全县   | 月   | 累计 | 2023-03-31 | 19000  | 万元     | 是         | 住建局
    财政收入         | 河源县 | 月   | 累计 | 2023-03-31 | 2.1    | 亿元     |            | 住建局
    规上企业         |        | 季   |      | 2023-03-31 | 41     | 家       |            | 教育局
    工业增加值增速   |        |      |      | 2023-03-31 | 6.5    | %        |            | 教育局
"""


def cells(text: str) -> list[Sequence[Any]]:
    """Return a table as rows of cells, its heads first."""
    rows = table(text)
    return [list(rows[0]), *([cell or None for cell in row.values()] for row in rows)]


def workbook(*sheets: str) -> bytes:
    """Return a workbook with each table on a sheet of its own."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for text in sheets:
        sheet = book.create_sheet()
        for row in cells(text):
            sheet.append(list(row))
    return saved(book)


def import_file(
    database: Database, pack: Pack, *sheets: str, month: date | None = None, on: date | None = None
) -> None:
    """Hand a workbook in through reading and publishing, as any office's."""
    brief = Brief(packs={pack.slug: pack}, campaign=pack.slug, month=month, isolated=False)
    content = workbook(*sheets)
    reading = read(content, "台账.xlsx", brief)
    outcome = submit(database, replace(reading, reported_on=on), content, PLAYED)
    assert outcome.status == "published", (outcome.sentence, outcome.problems, reading.questions)


@pytest.fixture(scope="module")
def pack() -> Pack:
    """The pack as its folder has it."""
    return read_pack(SIXTH)


@pytest.fixture(scope="module")
def filled(pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A home of that campaign with a few rows of every list."""
    database = Database(tmp_path_factory.mktemp("sixth"), {pack.slug: pack})
    march, april = date(2023, 3, 1), date(2023, 4, 1)
    import_file(database, pack, ENTERPRISES)
    import_file(database, pack, ACTIVITIES, MORE_ACTIVITIES)
    import_file(database, pack, VISITS)
    import_file(database, pack, TASKS, month=march, on=date(2023, 4, 8))
    import_file(database, pack, PROBLEMS, month=march, on=date(2023, 4, 6))
    import_file(database, pack, RETURNS, month=march, on=date(2023, 5, 4))
    import_file(database, pack, STEPS, CHECKS)
    import_file(database, pack, CLUES, INSTITUTIONS, month=april)
    import_file(database, pack, FIGURES)
    send_nil(database, NilReturn(pack.slug, "refusals", march, "住建局"))
    yield database
    database.close()


def answer(database: Database, question: str, **more: Any) -> list[dict[str, Any]]:
    given = {"campaign": "sixth", "as_of": AS_OF, **more}
    return database.ask(question, given).to_pylist()


@pytest.fixture(scope="module")
def standings(filled: Database) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """The rows of every duty by whom they are about, asked once."""
    held: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in answer(filled, "duty_compliance"):
        held.setdefault((row["duty"], row["subject"]), []).append(row)
    return held


SINCE_MARCH = {
    ("双月一讨论", "住建局"): "done",
    ("定题讨论", "教育局"): "done",
    ("带着问题回", "住建局局长"): "missing done",
    # One visit was written up and one collected problems.
    ("走访有记录", "河湾一厂"): "missing done",
    ("走访有记录", "河湾二厂"): "missing not yet due",
    ("走访收集问题", "河湾一厂"): "missing not yet due",
    ("走访收集问题", "河湾二厂"): "missing done",
    ("调度有进展", "RW-1"): "done not yet due",
    ("调度说明原因", "河湾一厂"): "missing done",
    ("双月一讨论", "河东镇"): "late",
    ("讨论情况报送", "教育局"): "done",
    # Two days off at Qingming and the weekend are no windows.
    ("每日调度", "住建局"): "missing done missing missing missing missing missing missing missing",
    ("进企业", "住建局局长"): "done done",
    ("进企业", "教育局局长"): "missing not yet due",
    ("任务月报", "RW-2"): "done not yet due",
    ("任务调度", "RW-1"): "done not yet due",
    ("核查督导", "督查组"): "done",
    ("听取汇报", "分管城建的副县长"): "missing done",
    ("听取汇报", "分管民生的副县长"): "missing not yet due",
    ("月度自查", "住建局"): "done not yet due",
    ("月度自查", "河东镇"): "missing not yet due",
    ("五项月报", "河东镇"): "not yet due not yet due",
    ("说“不”台账", "教育局"): "not yet due not yet due",
    ("建一项制度", "教育局"): "done",
}
SINCE_OTHER_DAYS = {
    # The week of the day asked is not over.
    ("每周走访", "河湾一厂", "2023-04-03"): "done missing missing not yet due",
    ("每周走访", "河湾二厂", "2023-04-03"): "missing missing done not yet due",
    # By a dispatch among the visits, by a step on an enterprise's problem, and not at all.
    ("每周调度", "河湾大桥", "2023-04-04"): "missing missing done missing",
    ("每周调度", "河湾一厂", "2023-04-04"): "missing missing done missing",
    ("每周调度", "河湾二厂", "2023-04-04"): "missing missing missing missing",
    ("电视台上稿", "行动办公室", "2023-03-06"): "done missing missing not yet due",
    ("调查研究", "住建局局长", "2023-01-01"): "done",
    ("季度通报", "行动办公室", "2023-03-22"): "late",
    ("线索大起底", "督查组", "2023-01-01"): "done",
}
JUDGED = [(*who, "2023-03-01", said) for who, said in SINCE_MARCH.items()]
JUDGED += [(*who, said) for who, said in SINCE_OTHER_DAYS.items()]


@pytest.mark.parametrize(("duty", "subject", "first_on", "expected"), JUDGED)
def test_duty_of_the_pack_is_judged(
    standings: dict[tuple[str, str], list[dict[str, Any]]],
    duty: str,
    subject: str,
    first_on: str,
    expected: str,
) -> None:
    """What each duty says of one who owes it, window by window, up to the end of April."""
    windows = [
        row["status"]
        for row in standings[duty, subject]
        if date.fromisoformat(first_on) <= row["window_start_on"] <= AS_OF
    ]
    assert " ".join(windows) == expected


def test_clock_without_an_end_runs_beside_the_campaign(filled: Database) -> None:
    weeks = answer(filled, "duty_compliance", duty=["每周走访"], unit=["住建局"])
    assert weeks[0]["window_start_on"] == date(2022, 12, 5)
    # The Spring Festival week of 2023 had working days at its end.
    assert date(2023, 1, 23) in {row["window_start_on"] for row in weeks}


def test_other_questions_know_the_campaign(filled: Database) -> None:
    assert_answer(
        answer(filled, "campaign_progress"),
        """
        dimension | item_count | overdue_count
        城建      | 1          | 0
        教育      | 1          | 0
        未注明    | 1          | 1
        """,
    )
    issued = {row["title"]: row["status"] for row in answer(filled, "institution_progress")}
    assert issued["首问负责办法"] == "late"
    assert issued["容错纠错办法"] == "open"


def test_figures_are_known_under_the_names_and_units_of_the_pack(filled: Database) -> None:
    asked = answer(filled, "indicator_progress", indicator="财政收入")
    latest = [row for row in asked if row["is_latest"]]
    assert [(row["place"], round(row["value"], 6), row["is_provisional"]) for row in latest] == [
        ("河湾县", 1.9, True)
    ]
    assert (latest[0]["target"], latest[0]["stretch_target"]) == (8, 9)


def test_templates_and_rosters_owe_nothing_to_python(pack: Pack, filled: Database) -> None:
    """What the pack collects by unit is owed by the units it names."""
    owed = answer(filled, "submissions_due", month="2023-03")
    refusals = {row["unit"]: row["status"] for row in owed if row["ledger"] == "refusals"}
    assert refusals == {"住建局": "nil", "教育局": "not yet due"}
