"""The command line: its exit status, its JSON, and what it says when something is wrong."""

import csv
import io
import json
from pathlib import Path

import pytest

from tally import clock
from tally.packs import packs
from tests.cli.terminal import FILE, SEPTEMBER, Terminal

# One who opens the home for each of many commands learns nothing more by it.
beside_a_server = pytest.mark.usefixtures("server")


def test_import_publishes_and_its_json_says_what_was_done(
    terminal: Terminal, september: Path
) -> None:
    assert terminal.run("import", september, "--json") == 0
    said = json.loads(terminal.out)
    expected = {
        "file": FILE,
        "upload": 1,
        "status": "published",
        "campaign": "xiangshan",
        "month": "2022-09",
        "rows": 3,
    }
    assert {key: said[key] for key in expected} == expected
    assert [said[key] for key in ("added", "changed", "vanished", "reversed")] == [3, 0, 0, 0]
    assert len(said["sha256"]) == 64
    [sheet] = said["sheets"]
    assert (sheet["ledger"], sheet["header_row"], sheet["rows"]) == ("problems", 1, 3)
    assert sheet["columns"]["问题描述"] == "title"
    assert said["problems"] == []


def test_import_of_the_same_file_is_unchanged(terminal: Terminal, september: Path) -> None:
    terminal.run("import", september)
    assert terminal.run("import", september, "--json") == 0
    assert json.loads(terminal.out)["status"] == "unchanged"


def test_import_as_draft_is_on_no_screen(terminal: Terminal, september: Path) -> None:
    assert terminal.run("import", september, "--draft", "--json") == 0
    assert json.loads(terminal.out)["status"] == "draft"
    terminal.run("ask", "items", "--format", "json")
    assert json.loads(terminal.out) == []


@beside_a_server
def test_import_with_a_wrong_cell_is_refused_with_its_place_and_remedy(
    terminal: Terminal, september: Path
) -> None:
    september.write_text(SEPTEMBER.replace("2022-10-10", "2022.13.1"), "utf-8")
    assert terminal.run("import", september, "--json") == 1
    said = json.loads(terminal.out)
    assert said["status"] == "refused"
    [problem] = said["problems"]
    assert set(problem) == {"level", "sheet", "cell", "column", "found", "expected", "remedy"}
    assert (problem["level"], problem["column"], problem["found"]) == (
        "error",
        "due_on",
        "2022.13.1",
    )
    assert terminal.run("import", september) == 1
    assert "■ 未通过" in terminal.out and problem["remedy"] in terminal.out


@beside_a_server
def test_import_asks_with_the_flag_that_answers(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "问题台账.csv"
    path.write_text(SEPTEMBER, "utf-8")
    assert terminal.run("import", path, "--json") == 1
    said = json.loads(terminal.out)
    assert said["status"] == "question"
    flags = {question["flag"] for question in said["questions"]}
    assert "--month" in flags
    assert terminal.run("import", path) == 1
    assert "--month" in terminal.out
    assert terminal.run("import", path, "--month", "2022-09", "--campaign", "xiangshan") == 0


@beside_a_server
def test_reversal_stays_a_draft_until_a_reason_is_given(
    terminal: Terminal, september: Path, tmp_path: Path
) -> None:
    terminal.run("import", september)
    october = tmp_path / FILE.replace("9月", "10月")
    october.write_text(SEPTEMBER.replace("已销号,2022-09-09", "正在推进,"), "utf-8")
    assert terminal.run("import", october, "--json") == 0
    said = json.loads(terminal.out)
    assert (said["status"], said["reversed"]) == ("draft", 1)
    assert terminal.run("import", october, "--reason", "复核退回", "--json") == 0
    assert json.loads(terminal.out)["status"] == "published"


def test_undo_takes_a_publication_back_once(terminal: Terminal, september: Path) -> None:
    terminal.run("import", september)
    assert terminal.run("undo", 1) == 0
    assert terminal.run("undo", 1) == 1
    assert "1 号" in terminal.err
    terminal.run("ask", "uploads", "--format", "json")
    assert [row["status"] for row in json.loads(terminal.out)] == ["undone"]


@beside_a_server
def test_ask_answers_as_table_json_and_csv(terminal: Terminal, september: Path) -> None:
    terminal.run("import", september)
    question = ("ask", "campaign_progress", "campaign=xiangshan")
    assert terminal.run(*question) == 0
    head, first, second = terminal.out.splitlines()
    assert head.split()[:3] == ["campaign", "dimension", "item_count"]
    assert first.split()[:4] == ["xiangshan", "经济发展", "2", "2"]
    assert "—" in second
    terminal.run(*question, "--format", "json")
    [economy, enterprise] = json.loads(terminal.out)
    assert (economy["closed_share"], enterprise["closed_share"]) == (0.5, None)
    terminal.run(*question, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(terminal.out)))
    assert [row["dimension"] for row in rows] == ["经济发展", "为企优环境"]
    assert rows[1]["closed_share"] == ""


@beside_a_server
def test_ask_without_a_day_asks_on_the_newest_months_last_day(
    terminal: Terminal, september: Path
) -> None:
    terminal.run("import", september)

    def due_counts(*words: str) -> list[int]:
        terminal.run("ask", "campaign_progress", "--format", "json", *words)
        return [row["due_count"] for row in json.loads(terminal.out)]

    # ZS-3 is due on 10 October: not by 30 September.
    assert due_counts("campaign=xiangshan") == due_counts("as_of=2022-09-30") == [2, 0]
    assert due_counts("as_of=2022-10-10") == [2, 1]


@beside_a_server
def test_ask_takes_lists_and_the_moment_of_knowledge(terminal: Terminal, september: Path) -> None:
    before = clock.now()
    terminal.run("import", september)

    def count(*words: str) -> int:
        assert terminal.run("ask", "items", "--format", "json", *words) == 0
        return len(json.loads(terminal.out))

    assert count("unit=招商部,财政金融部") == 3
    assert count("unit=财政金融部") == 0
    assert count("as_of=2022-09-30", f"known_at={before.isoformat()}") == 0
    assert count("as_of=2022-09-30", f"known_at={clock.now().isoformat()}Z") == 3


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["ask", "nonsense"], "没有“nonsense”这个问题；可用："),
        (["ask", "campaign_progress", "colour=red"], "没有参数 colour；可用：campaign、as_of"),
        (["ask", "campaign_progress", "as_of=soon"], "参数 as_of 的值“soon”不是 DATE"),
        (["ask", "campaign_progress", "campaign"], "参数写成 name=value"),
        (["import", "nowhere.xlsx"], "没有这个文件：nowhere.xlsx"),
        (["import", __file__, "--campaign", "nowhere"], "没有“nowhere”这个专项行动"),
        (["import", __file__, "--month", "2022-13"], "“2022-13”不是 YYYY-MM 形式的月份"),
        (["seal", "--campaign", "no", "--month", "2022-09", "--quoted-in", "x"], "没有“no”"),
        (["publish", "1"], "--by"),
        (["return", "1"], "--reason"),
        (["campaigns", "remove"], "写明是哪一个专项行动"),
        (["campaigns", "remove", "nowhere"], "没有“nowhere”这个专项行动"),
        (["template", "--ledger", "nonsense", "-o", "x.xlsx"], "没有“nonsense”这种台账"),
        (["frobnicate"], "frobnicate"),
        ([], "required"),
    ],
)
def test_wrong_usage_is_status_2_with_a_sentence(
    terminal: Terminal, words: list[str], sentence: str
) -> None:
    assert terminal.run(*words) == 2
    assert sentence in terminal.err


def test_missing_file_stops_the_import_before_any_is_published(
    terminal: Terminal, september: Path
) -> None:
    assert terminal.run("import", september, "nowhere.xlsx") == 2
    terminal.run("ask", "uploads", "--format", "json")
    assert json.loads(terminal.out) == []


def test_several_files_print_one_object_each_and_the_worst_decides(
    terminal: Terminal, september: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "财政金融部2022年9月问题台账.csv"
    wrong.write_text("全国高等学校名单\n序号,学校名称\n1,某大学\n", "utf-8")
    assert terminal.run("import", wrong, september, "--json") == 1
    said = [json.loads(line) for line in terminal.out.splitlines()]
    assert [reply["status"] for reply in said] == ["refused", "published"]


@beside_a_server
def test_campaigns_lists_the_packs_and_removes_ones_data(
    terminal: Terminal, september: Path
) -> None:
    terminal.run("import", september)
    assert terminal.run("campaigns", "--json") == 0
    counts = {row["campaign"]: row["item_count"] for row in json.loads(terminal.out)}
    assert counts == {**dict.fromkeys(packs(), 0), "xiangshan": 3}
    assert terminal.run("campaigns", "remove", "xiangshan") == 0
    assert "1 次上传" in terminal.out
    assert terminal.run("campaigns") == 0
    assert "xiangshan" in terminal.out
    terminal.run("ask", "items", "--format", "json")
    assert json.loads(terminal.out) == []


@beside_a_server
def test_template_can_be_filled_with_the_open_items_and_imported_again(
    terminal: Terminal, september: Path, tmp_path: Path
) -> None:
    terminal.run("import", september)
    blank = tmp_path / "招商部2022年10月问题台账.xlsx"
    words = ("--ledger", "problems", "--campaign", "xiangshan", "--unit", "招商部", "-o", blank)
    assert terminal.run("template", *words, "--filled") == 0
    status = terminal.run("import", blank, "--month", "2022-10", "--json")
    said = json.loads(terminal.out)
    assert (status, said["status"], said["rows"]) == (0, "published", 2), said


def test_home_can_be_named_by_the_flag(terminal: Terminal, september: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    assert terminal.run("import", september, "--home", elsewhere) == 0
    assert (elsewhere / "tally.duckdb").exists()


@beside_a_server
def test_ask_knows_units_by_their_aliases_and_refuses_strangers(
    terminal: Terminal, september: Path
) -> None:
    terminal.run("import", september)
    known = ("campaign=xiangshan", "as_of=2022-09-30", "--format", "json")
    assert terminal.run("ask", "unit_ranking", "unit=产发部，招商部", *known) == 0
    assert {row["unit"] for row in json.loads(terminal.out)} == {"产业发展部", "招商部"}
    for wrong in ("unit=产业局", "league=部门", "dimension=经济", "campaign=xiang"):
        assert terminal.run("ask", "unit_ranking", wrong) == 2
        assert wrong.partition("=")[2] in terminal.err


@beside_a_server
def test_campaigns_lists_those_with_and_without_data(terminal: Terminal, september: Path) -> None:
    terminal.run("import", september)
    assert terminal.run("campaigns", "--json") == 0
    counts = {row["campaign"]: row["item_count"] for row in json.loads(terminal.out)}
    assert counts == {**dict.fromkeys(packs(), 0), "xiangshan": 3}
    assert terminal.run("campaigns") == 0


@beside_a_server
def test_template_refuses_what_it_cannot_fill(terminal: Terminal, tmp_path: Path) -> None:
    target = tmp_path / "模板.xlsx"
    problems = ("template", "--ledger", "problems", "--campaign", "xiangshan", "-o")
    assert terminal.run(*problems, target, "--unit", "没有的单位") == 2
    assert terminal.run(*problems, tmp_path / "没有" / "模板.xlsx") == 2
    tickets = ("template", "--ledger", "tickets", "--campaign", "xiangshan", "-o")
    assert terminal.run(*tickets, target, "--filled") == 2
    assert not target.exists()


def test_home_that_is_no_home_is_told(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "tally.duckdb").write_text("not a database, only words", "utf-8")
    assert terminal.run("campaigns", "--home", tmp_path / "file") == 2
    assert terminal.run("campaigns", "--home", broken) == 2
    assert "损坏" in terminal.err
