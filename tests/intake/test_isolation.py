"""Hostile and broken files: a sentence each, never a dead caller, never a row."""

import math
import os
import subprocess
import sys
import threading
import time
import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tally.intake import read
from tally.intake.deadline import postpone, seconds_left, within
from tally.intake.opening.grids import Refusal, Workbook
from tally.intake.opening.isolation import Line, open_isolated, resident_bytes
from tally.intake.opening.workbook import open_workbook
from tally.intake.progress import Step, heard_by
from tests.intake.samples import PROBLEM_HEADERS, SEPTEMBER, brief, problem, saved, xlsx


def zipped(parts: dict[str, bytes]) -> bytes:
    """Return an archive of these parts."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def rezipped(parts: dict[str, bytes]) -> bytes:
    """Return a workbook with some of its parts replaced or added."""
    with zipfile.ZipFile(BytesIO(xlsx(("甲",)))) as old:
        return zipped({name: old.read(name) for name in old.namelist()} | parts)


SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet_of(cells: str, before: str = "") -> bytes:
    """Return a workbook whose sheet holds this XML."""
    xml = f'{before}<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'
    return rezipped({SHEET: xml.encode()})


FAR_CORNER = sheet_of(
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
)
UNPLACED_ROWS = "".join(f"<row><c><v>{n * 7919}</v></c></row>" for n in range(200_001))
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")

REFUSED = {
    "empty": (b"", "文件是空的"),
    "zeros": (bytes(1000), "文件是空的"),
    "html named xls": ("<html><table><tr><td>问题</td></tr></table></html>".encode(), "这是网页"),
    "pdf": (b"%PDF-1.7 ...", "这是 PDF"),
    "noise": (b"\x00\x01\x02" * 500, "认不出的文件"),
    "too big": (b"PK" + bytes(20_000_001), "文件有 20.0 MB"),
    "cut off": (xlsx(("甲",))[:3000], "文件不完整"),
    "bare zip": (zipped({"notes.txt": b"x"}), "这是压缩包"),
    "word": (zipped({"word/document.xml": b"<w/>"}), "这是 Word"),
    "encrypted": (ENCRYPTED + bytes(600), "文件已加密"),
    "broken ole": (ENCRYPTED[:8] + "Workbook".encode("utf-16-le") + bytes(600), "文件不完整"),
    "far corner": (FAR_CORNER, "XFD1048576 有内容"),
    "far column": (sheet_of('<row r="1"><c r="AAAAAAAA1"><v>1</v></c></row>'), "很远的地方 有内容"),
    "far without references": (sheet_of(UNPLACED_ROWS), "A200001 有"),
    "bomb": (rezipped({"xl/sharedStrings.xml": bytes(120_000_000)}), "压缩内容异常"),
    "entities": (sheet_of("", before=LAUGHS), "压缩内容异常"),
    "outside name": (rezipped({"../evil.xml": b"<a/>"}), "压缩内容异常"),
    "many parts": (rezipped({f"x/{n}.bin": b"" for n in range(2001)}), "压缩内容异常"),
    "not xml": (rezipped({SHEET: b"<worksheet><sheetData><row>"}), "文件不完整"),
    "quotation mark": ('问题描述,责任单位\r\n"甲,招商部\r\n乙,招商部'.encode(), "引号不成对"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "found"), REFUSED.values(), ids=REFUSED.keys())
def test_read_hostile_file_is_one_error_and_no_row(content: bytes, found: str) -> None:
    reading = read(content, "台账.xlsx", brief(isolated=True))
    (problem,) = reading.problems
    assert (problem.level, reading.ledgers, reading.sheets) == ("error", (), ())
    assert found in problem.found
    assert problem.expected and problem.remedy


def test_open_isolated_reader_that_aborts_leaves_the_caller_alive(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Out of bounds for the child's memory even where the pre-scan would let it through.
    monkeypatch.setattr("tally.intake.opening.isolation.COMMAND", ("sh", "-c", "kill -ABRT $$"))
    with pytest.raises(Refusal, match="读取中断"):
        open_isolated(xlsx(("甲",)))


def test_open_isolated_reader_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tally.intake.opening.isolation.COMMAND", ("sleep", "30"))
    with pytest.raises(Refusal, match="读取时间过长"):
        open_isolated(xlsx(("甲",)), wall_seconds=0.3)


def test_open_isolated_hands_a_large_file_to_a_slow_child_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Slower to read than the parent's looks at it are apart.
    slow = 'sleep 0.5; n=$(wc -c); printf \'refused\\n["%s", "", ""]\' $n'
    monkeypatch.setattr("tally.intake.opening.isolation.COMMAND", ("sh", "-c", slow))
    content = xlsx(("甲",)) + bytes(5_000_000)
    with pytest.raises(Refusal, match=str(len(content))):
        open_isolated(content)


def test_open_isolated_is_ended_by_its_listener(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tally.intake.opening.isolation.COMMAND", ("sleep", "30"))
    heard: list[str] = []

    def listen(step: Step) -> None:
        heard.append(step.phase)
        if len(heard) == 3:
            raise InterruptedError

    began_at = time.monotonic()
    with heard_by(listen), pytest.raises(InterruptedError):
        open_isolated(xlsx(("甲",)))
    assert time.monotonic() - began_at < 5
    assert heard == ["open"] * 3


def test_line_lets_two_in_and_the_others_in_the_order_they_came() -> None:
    line, leave = Line(2), threading.Event()
    entered: list[int] = []
    heard: dict[int, list[int]] = {number: [] for number in range(4)}

    def go(number: int) -> None:
        with heard_by(lambda step: heard[number].append(step.ahead_count)), line.place():
            entered.append(number)
            leave.wait(10)

    threads = []
    for number in range(4):
        threads.append(threading.Thread(target=go, args=[number]))
        threads[-1].start()
        while not (number in entered or heard[number]):
            time.sleep(0.005)
    assert entered == [0, 1]
    assert (heard[2][0], heard[3][0]) == (2, 3)
    leave.set()
    for thread in threads:
        thread.join()
    assert sorted(entered) == [0, 1, 2, 3]


def test_line_is_left_by_who_stops_waiting() -> None:
    line = Line(1)

    def stop(_step: Step) -> None:
        raise InterruptedError

    with line.place(), heard_by(stop), pytest.raises(InterruptedError), line.place():
        pass
    with line.place():
        pass


def test_resident_bytes_of_a_living_process_is_positive() -> None:
    assert resident_bytes(os.getpid()) > 1_000_000
    assert resident_bytes(2**22 - 1) == 0


def _messy() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["问题描述", "=1+1", "#N/A", 0.65])
    sheet["A5"], sheet["F1"] = "藏行", "藏列"
    sheet["D1"].number_format = "0.0%"
    sheet.merge_cells("A2:B3")
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["F"].hidden = True
    book.create_sheet("藏").sheet_state = "veryHidden"
    return saved(book)


def test_open_isolated_gives_the_same_workbook_as_in_process() -> None:
    content = _messy()
    apart, here = open_isolated(content), open_workbook(content)
    assert apart == here
    first, hidden = here.grids
    assert [str(cell) for cell in first.line(0)] == [
        "问题描述", "Fault(shown='公式没有结果')", "Fault(shown='#N/A')", "65%", "None", "藏列",
    ]  # fmt: skip
    assert (first.hidden_row_count, first.hidden_column_count) == (1, 1)
    assert first.merges[0] == (1, 0, 2, 1)
    assert (hidden.name, hidden.is_hidden) == ("藏", True)


def test_open_isolated_macros_are_seen_and_not_run() -> None:
    assert open_isolated(rezipped({"xl/vbaProject.bin": b"x"})).has_macros


GOOD = xlsx(("问题描述", "责任单位"), ("甲", "招商部"))


@settings(max_examples=150)
@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255), st.integers(0, len(GOOD)))
def test_open_workbook_damaged_anywhere_is_read_or_refused(at: int, byte: int, end: int) -> None:
    damaged = (GOOD[:at] + bytes([byte]) + GOOD[at + 1 :])[: max(end, at)]
    try:
        assert isinstance(open_workbook(damaged), Workbook)
    except Refusal as refusal:
        assert refusal.found and refusal.expected and refusal.remedy


def test_child_imports_neither_pandas_nor_contracts() -> None:
    code = (
        "import sys, tally.intake.opening.child, tally.intake.opening.workbook;"
        "print(sorted({'pandas', 'pyarrow', 'streamlit', 'tally.contracts', 'chinese_calendar'}"
        " & set(sys.modules)))"
    )
    root = Path(__file__).resolve().parents[2]
    ran = subprocess.run(
        (sys.executable, "-c", code), cwd=root, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"


@pytest.mark.parametrize("is_isolated", [True, False])
def test_read_that_takes_too_long_is_refused_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, is_isolated: bool
) -> None:
    """The time counts through opening and reading alike, in the child and after it."""
    monkeypatch.setattr("tally.intake.reading.READING_SECONDS", 0)
    content = xlsx(PROBLEM_HEADERS, problem(1))
    reading = read(content, "台账.xlsx", brief(isolated=is_isolated, **SEPTEMBER))
    assert [error.found for error in reading.errors] == ["读取时间过长"]
    assert reading.row_count == 0


def test_waiting_for_a_turn_takes_nothing_from_a_files_time() -> None:
    with within(10):
        postpone(5)
        assert 10 < seconds_left() <= 15
    assert seconds_left() == math.inf
