"""Files of every form through the command line, and what is left of those that are refused."""

import json
from pathlib import Path

import pytest
import xlwt

from tests.cli.terminal import FILE, SEPTEMBER, Terminal
from tests.intake.forms import ods, ods_row, xls_bytes, xlsb, xlsb_rows

ROWS = [line.split(",") for line in SEPTEMBER.splitlines()]


def _as_wps() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("9月")
    for line, row in enumerate(ROWS):
        for at, cell in enumerate(row):
            sheet.write(line, at, cell)
    return xls_bytes(book)


FORMS = {
    "ods": ods("".join(ods_row(*row) for row in ROWS)),
    "xlsb": xlsb(xlsb_rows(*ROWS)),
    "et": _as_wps(),
    "tsv": SEPTEMBER.replace(",", "\t").encode("utf-16"),
}


@pytest.mark.parametrize("suffix", FORMS)
def test_import_publishes_a_list_of_every_form(
    terminal: Terminal, tmp_path: Path, suffix: str
) -> None:
    path = (tmp_path / FILE).with_suffix(f".{suffix}")
    path.write_bytes(FORMS[suffix])
    assert terminal.run("import", path, "--json") == 0
    said = json.loads(terminal.out)
    assert (said["status"], said["month"], said["added"]) == ("published", "2022-09", 3)


def kept(home: Path, word: str) -> list[str]:
    """Return the files of a home in which a word stands."""
    files = [path for path in home.rglob("*") if path.is_file()]
    return [path.name for path in files if word.encode() in path.read_bytes()]


def test_of_a_refused_file_only_its_record_is_stored(
    terminal: Terminal, home: Path, september: Path
) -> None:
    september.write_text(SEPTEMBER.replace("2022-10-10", "2022.13.1"), "utf-8")
    assert terminal.run("import", september) == 1
    assert kept(home, "招商线索不足") == []
    terminal.run("ask", "uploads", "--format", "json")
    [record] = json.loads(terminal.out)
    assert (record["status"], record["file"], record["row_count"]) == ("refused", FILE, 0)
    # The same words are found once a file is taken in: looking for them means something.
    september.write_text(SEPTEMBER, "utf-8")
    assert terminal.run("import", september) == 0
    assert kept(home, "招商线索不足")


@pytest.mark.parametrize("signal", ["KILL", "ABRT"])
def test_reader_that_is_killed_is_a_refusal_with_a_sentence(
    terminal: Terminal, september: Path, monkeypatch: pytest.MonkeyPatch, signal: str
) -> None:
    command = ("sh", "-c", f"kill -{signal} $$")
    monkeypatch.setattr("tally.intake.opening.isolation.COMMAND", command)
    assert terminal.run("import", september, "--json") == 1
    said = json.loads(terminal.out)
    assert said["status"] == "refused"
    [problem] = said["problems"]
    assert "读取中断" in problem["found"] and problem["remedy"]


def test_filled_template_of_a_month_is_imported_without_a_question(
    terminal: Terminal, september: Path, tmp_path: Path
) -> None:
    terminal.run("import", september)
    filled = tmp_path / "待更新.xlsx"
    words = ("--ledger", "problems", "--campaign", "xiangshan", "--unit", "招商部")
    month = ("--month", "2022-10", "--filled", "-o", filled)
    assert terminal.run("template", *words, *month) == 0
    assert terminal.run("import", filled, "--json") == 0
    said = json.loads(terminal.out)
    assert (said["status"], said["month"], said["rows"]) == ("published", "2022-10", 2)
    assert (said["changed"], said["reversed"], said["questions"]) == (0, 0, [])
