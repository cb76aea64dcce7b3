"""The notice from the command line: as a file for each program, and rebuilt once issued (G1)."""

import csv
import io
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from pptx import Presentation

from tally import bulletins, clock
from tally.notices.bulletin import passages
from tally.notices.bulletin_template import DEFAULT_TEMPLATE
from tally.packs import packs
from tally.safekeeping.opening import open_home
from tally.service import home_from_environment
from tests.cli.terminal import FILE, SEPTEMBER, Terminal

beside_a_server = pytest.mark.usefixtures("server")
SEPTEMBERS = ("--campaign", "xiangshan", "--month", "2022-09", "--date", "2022-10-09")


@pytest.fixture
def reported(terminal: Terminal, tmp_path: Path) -> Terminal:
    """A terminal whose home has one list of September."""
    path = tmp_path / FILE
    path.write_text(SEPTEMBER, "utf-8")
    assert terminal.run("import", path, "--campaign", "xiangshan") == 0
    return terminal


@beside_a_server
def test_notice_is_written_for_each_program(reported: Terminal, tmp_path: Path) -> None:
    for form in ("docx", "pptx", "xlsx"):
        assert reported.run("notice", *SEPTEMBERS, "-o", tmp_path / f"通报.{form}") == 0
        assert "已生成" in reported.out
    said = "\n".join(str(text) for _, text in passages((tmp_path / "通报.docx").read_bytes()))
    assert "台账共有事项3项" in said and "2022年10月9日" in said
    assert len(docx.Document(str(tmp_path / "通报.docx")).tables) > 1
    assert len(Presentation(str(tmp_path / "通报.pptx")).slides) > 3
    assert "各维度进度" in openpyxl.load_workbook(tmp_path / "通报.xlsx").sheetnames


def test_name_that_says_no_program_is_refused(terminal: Terminal, tmp_path: Path) -> None:
    assert terminal.run("notice", *SEPTEMBERS, "-o", tmp_path / "通报.pdf") == 2
    assert terminal.err == "文件名应以 docx、pptx、xlsx 结尾\n"
    assert terminal.run("notice", *SEPTEMBERS[:2], "--issued", 1, "-o", tmp_path / "a.xlsx") == 2


def test_notice_that_was_never_issued_is_refused(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "通报.docx"
    assert terminal.run("notice", *SEPTEMBERS[:2], "--issued", 4, "-o", path) == 2
    assert (terminal.err, path.exists()) == ("没有签发过第 4 号通报\n", False)


def test_issued_notice_is_rebuilt_as_it_was(reported: Terminal, tmp_path: Path) -> None:
    pack = packs()["xiangshan"]
    database = open_home(home_from_environment(), packs()).database
    terms = bulletins.Terms(
        "xiangshan", bulletins.MONTH, date(2022, 9, 1), clock.now(), date(2022, 10, 9)
    )
    before = bulletins.file_of(database, pack, terms, "docx")
    bulletins.issue(database, pack, terms, DEFAULT_TEMPLATE.read_bytes(), "督查室")
    database.close()
    path = tmp_path / "通报.docx"
    assert reported.run("notice", *SEPTEMBERS[:2], "--issued", 1, "-o", path) == 0
    assert path.read_bytes() == before


def test_csv_quotes_what_a_spreadsheet_would_take_for_a_formula(
    terminal: Terminal, tmp_path: Path
) -> None:
    path = tmp_path / FILE
    path.write_text(SEPTEMBER.replace("招商线索不足", "=1+1"), "utf-8")
    assert terminal.run("import", path, "--campaign", "xiangshan") == 0
    terminal.run("ask", "items", "campaign=xiangshan", "as_of=2022-09-30", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(terminal.out)))
    assert "'=1+1" in [row["title"] for row in rows]
    assert {row["row"] for row in rows} == {"2", "3", "4"}
