"""The ledgers of families B and E from sending to looking up: keys, comparison, what follows."""

from pathlib import Path

import pytest

from tally.contracts import contracts
from tally.packs import packs
from tally.store import Database
from tally.submissions import Given, Terms, import_file, kept_row, side_by_side
from tally.submissions.keys import item_key
from tests.intake.samples import xlsx
from tests.office import Office

# A row of each ledger as an office sends it: our columns in ASCII, `—` for nothing.
ROWS = {
    "problems": "item_no | title\nP1 | 管网错接",
    "tasks": "item_no | title\nT1 | 储备项目",
    "milestones": "item_no | title | due_on\nT1 | 立项 | 10-31",
    "steps": "item_no | step | step_on\nP1 | 审核 | 09-20",
    "checks": "item_no | title | checked_on | is_verified\nP1 | 管网错接 | 09-20 | yes",
    "tickets": "ticket_no | title | received_on\nR1 | 噪声 | 09-03",
    "petitions": "ticket_no | title | received_on\nF1 | 欠薪 | 09-03",
    "visits": "object | visited_on | visit\n示例企业A01 | 09-06 | 走访",
    "enterprises": "name | object_kind\n示例企业A01 | 工业企业",
    "activities": "activity | held_on\n双月一讨论 | 09-06",
    "clues": "item_no | title | received_on\nX1 | 流转超时 | 09-05",
    "refusals": "item_no | title | received_on\nS1 | 办证 | 09-05",
    "failures": "item_no | title | received_on\nB1 | 落户 | 09-05",
    "approvals": "item_no | title | accepted_on\nA1 | 规划许可 | 09-05",
    "institutions": "title | issued_on\n招商机制 | 09-06",
    "returns": "clue_count | case_count\n3 | 1",
    "indicators": "indicator | value\n税收 | 3",
    "projects": "item_no | title | stage\nX1 | 示例产业项目01 | 前期",
    "satisfaction": "action | surveyed_on | asked_count\n老年助餐 | 09-06 | 60",
    "ranks": "work | scope | rank | ranked_on\n环境整治 | 全市 | 3 | 09-30",
    "appraisals": "list | subject | score | appraised_on\n评部门 | 甲部 | 88 | 09-30",
    "points": "points | reason | given_on\n2 | 做法被采用 | 09-20",
    "contests": "contest | criterion | score | scored_on\n业绩大比武 | 走访 | 18 | 09-28",
    "reviews": "item_no | kind | title | due_on\nJ1 | 书面检讨 | 任务未完成 | 09-30",
    "instructions": "item_no | title | given_by | given_on\nJB1 | 修路 | 主要负责人 | 09-05",
    "incidents": "kind | title | happened_on\n安全事故 | 车间火情 | 09-16",
    "commitments": "item_no | kind | title | published_on\nC1 | 曝光 | 窗口拥堵 | 09-12",
    "questionings": "post | asked_on | situation\n甲部负责人 | 09-15 | 清楚",
    "cases": "kind | title | published_on\n正面 | 一件事一次办 | 09-28",
    "units": "name | league\n戊部 | 部门",
    "communities": "name\n南社区",
}


def send(office: Office, kind: str, text: str = "", month: str = "2022-09") -> int:
    """Send a list of one unit, or a roster of all."""
    contract = contracts()[kind]
    unit = "" if contract.nature == "reference" else "甲部"
    return office.send(
        month if contract.nature == "state" else "", text or ROWS[kind], kind=kind, unit=unit
    )


@pytest.mark.parametrize("kind", sorted(contracts()))
def test_row_of_every_ledger_is_named_looked_up_and_taken_in_once(
    office: Office, kind: str
) -> None:
    contract = contracts()[kind]
    unit = "" if contract.nature == "reference" else "甲部"
    month = "2022-09" if contract.nature == "state" else ""
    reading = office.reading(month, ROWS[kind], kind=kind, unit=unit)
    outcome = office.hand_in(reading)
    (change,) = outcome.comparison.of("added")
    (row,) = office.ask("ledger_rows", "12-31", ledger=kind)
    assert change.title == row["title"] != ""
    assert (row["upload"], row["row"]) == (outcome.upload, 2)
    kept = kept_row(office.database, row["upload"], row["sheet"], row["row"])
    assert kept
    assert (kept.ledger, kept.item_key, kept.title) == (kind, row["item_key"], row["title"])
    assert office.hand_in(reading).status == "unchanged"


@pytest.mark.parametrize("words", ["负责人", "证照", "示例企业A09", "示〔2022〕3号"])
def test_what_tells_a_row_apart_is_found_by_its_words(office: Office, words: str) -> None:
    send(office, "visits", "object | visited_on | post\n示例企业A01 | 09-06 | 甲部负责人")
    send(office, "steps", "item_no | step | step_on | reason\nP1 | 延期 | 09-20 | 等待证照")
    send(office, "approvals", "title | accepted_on | enterprise\n许可 | 09-05 | 示例企业A09")
    send(office, "institutions", "title | document_no\n招商机制 | 示〔2022〕3号")
    assert len(office.ask("ledger_rows", "12-31", words=words)) == 1


def test_events_without_a_number_are_told_apart_by_what_their_contract_says() -> None:
    visits = contracts()["visits"]
    row = {"object": "示例企业A01", "visited_on": "2022-09-06", "visit": "走访", "unit": "甲部"}
    others = [{"visit": "调度"}, {"unit": "乙部"}, {"visited_on": "2022-09-07"}, {"post": "主任"}]
    keys = {item_key(visits, {**row, **other}) for other in ({}, *others)}
    assert len(keys) == 5
    assert item_key(visits, {**row, "content": "了解用工", "object": "示例 企业A01"}) in keys


def test_steps_on_one_item_on_different_days_are_different_rows(office: Office) -> None:
    head = "item_no | step | step_on | post"
    send(office, "problems")
    send(office, "steps", f"{head}\nP1 | 申请 | 09-18 | —\nP1 | 审核 | 09-20 | 科长")
    reading = office.reading(
        "",
        f"{head}\nP1 | 申请 | 09-18 | —\nP1 | 审核 | 09-20 | 主任\nP1 | 确认 | 09-22 | —",
        kind="steps",
        unit="甲部",
    )
    compared = office.hand_in(reading, Terms(is_draft=True)).comparison
    assert [compared.count(kind) for kind in ("added", "changed", "vanished")] == [1, 1, 0]
    (change,) = compared.of("changed")
    assert (change.column, change.old, change.new, change.row) == ("post", "科长", "主任", 3)


def warned(office: Office, kind: str, text: str) -> list[str]:
    """Return what is found wrong with a list of 甲部."""
    month = "2022-09" if contracts()[kind].nature == "state" else ""
    outcome = office.hand_in(office.reading(month, text, kind=kind, unit="甲部"))
    return [problem.found for problem in outcome.problems]


@pytest.mark.parametrize("kind", ["problems", "tasks", "clues", "refusals", "failures"])
def test_step_finds_the_item_it_is_about_in_any_list_of_items(office: Office, kind: str) -> None:
    send(office, kind)
    (item,) = office.ask("ledger_rows", "12-31", ledger=kind)
    assert (
        warned(office, "steps", f"item_no | step | step_on\n{item['item_key']} | 移交 | 09-20")
        == []
    )
    assert warned(office, "steps", "item_no | step | step_on\nQ9 | 移交 | 09-20") == ["Q9"]


def test_milestone_is_about_the_task_of_its_number_and_of_no_other_words(office: Office) -> None:
    send(office, "tasks", "item_no | title\nT1 | 立项")
    assert warned(office, "milestones", "item_no | title | due_on\nT9 | 立项 | 10-31") == ["T9"]
    assert warned(office, "milestones", "item_no | title | due_on\nT1 | 开工 | 10-31") == []


def test_done_day_taken_back_goes_backwards_and_needs_a_reason(office: Office) -> None:
    send(office, "tasks")
    head = "item_no | title | due_on | done_on"
    send(office, "milestones", f"{head}\nT1 | 立项 | 10-31 | 09-20")
    reading = office.reading(
        "2022-09", f"{head}\nT1 | 立项 | 10-31 | —", kind="milestones", unit="甲部"
    )
    outcome = office.hand_in(reading)
    assert (outcome.status, outcome.comparison.count("reversed")) == ("draft", 1)


def test_raw_cells_of_a_visit_stand_beside_what_was_read(tmp_path: Path) -> None:
    database = Database(tmp_path, packs())
    pack = packs()["huaihua"]
    unit = pack.units[0]
    heads = ("走访企业", "走访时间", "走访方式", "责任部门", "走访领导", "问题数", "天气")
    row = ("示例企业A01", "2022年9月6日", "上门走访", unit.name, "优化办负责人", "两个", "晴")
    given = Given(campaign="huaihua")
    content = xlsx(("走访记录",), heads, row)
    outcome = import_file(database, content, "走访.xlsx", given, Terms("办公室"))
    assert outcome.status == "published", outcome.problems
    kept = kept_row(database, outcome.upload or 0, "Sheet1", 3)
    assert kept
    pairs = {pair.header: pair for pair in side_by_side(kept).pairs}
    told = pairs["走访方式"]
    assert (told.content, told.column, told.value, told.mark) == (
        *("上门走访", "方式", "走访", "别名"),
    )
    assert pairs["走访时间"].value == "2022-09-06"
    assert pairs["天气"].column == ""
    database.close()
