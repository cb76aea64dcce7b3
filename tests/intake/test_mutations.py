"""Valid files of every form with a few bytes changed: each still ends in an answer.

The reader under test aborts the process on some of them, so they are read in batches in a
child under the same limits; a file that ends its child must end as a refusal of its own.
"""

import pickle
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import xlwt

from tally.intake.opening.grids import Refusal
from tally.intake.opening.isolation import open_isolated
from tests.intake.forms import ods, ods_row, repacked, xls_bytes, xlsb, xlsb_rows
from tests.intake.samples import PROBLEM_HEADERS, csv_text, problem, xlsx

ROOT = Path(__file__).resolve().parents[2]
MUTATION_COUNT, MOST_CHANGES = 100, 8
# Prints the number of each file before it is read, and what became of it after.
READER = """
import pickle, sys
from tally.intake.opening.child import confine
confine()
from tally.intake.opening.grids import Refusal
from tally.intake.opening.transport import encode
from tally.intake.opening.workbook import open_workbook
for number, content in enumerate(pickle.load(sys.stdin.buffer)):
    print(number, end=" ", flush=True)
    try:
        encode(open_workbook(content))
        print("read", flush=True)
    except Refusal as refusal:
        print("refused" if refusal.found and refusal.remedy else "silent", flush=True)
"""


def _words() -> list[list[str]]:
    return [[str(cell or "") for cell in row] for row in (PROBLEM_HEADERS, *map(problem, range(9)))]


def _xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    for line, row in enumerate(_words()):
        for at, word in enumerate(row):
            sheet.write(line, at, word)
        sheet.write(line, len(row), line / 3)
    return xls_bytes(book)


FORMS: dict[str, Callable[[], bytes]] = {
    "xlsx": lambda: xlsx(PROBLEM_HEADERS, *map(problem, range(9))),
    "ods": lambda: ods("".join(ods_row(*row) for row in _words())),
    "xlsb": lambda: xlsb(xlsb_rows(*_words())),
    "xls": _xls,
    "csv": lambda: csv_text(*_words()).encode("gb18030"),
    "utf-16": lambda: csv_text(*_words()).encode("utf-16-le"),
}
ZIPPED = ("xlsx", "ods", "xlsb")


def _changed(content: bytes, chance: random.Random) -> bytes:
    """Return bytes of which a few are others, or missing."""
    bytes_left = bytearray(content)
    for _ in range(chance.randint(1, MOST_CHANGES)):
        at = chance.randrange(len(bytes_left))
        bytes_left[at] = chance.choice((0, 1, 0x20, 0x7F, 0xFF, chance.randrange(256)))
    return bytes(bytes_left[: chance.choice((None, None, None, chance.randrange(len(content))))])


def _changed_inside(content: bytes, chance: random.Random) -> bytes:
    """Return an archive with a part changed before it was packed: no checksum tells."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if archive.read(name)]
        name = chance.choice(names)
        return repacked(content, {name: _changed(archive.read(name), chance)})


def _assert_read_apart(contents: list[bytes]) -> list[str]:
    """Return what became of each: `read`, `refused`, `silent`, or `ended` with its child."""
    outcomes: list[str] = []
    while len(outcomes) < len(contents):
        ran = subprocess.run(
            (sys.executable, "-c", READER),
            input=pickle.dumps(contents[len(outcomes) :]),
            cwd=ROOT,
            capture_output=True,
            check=False,
        )
        lines = ran.stdout.decode().splitlines()
        assert lines, ran.stderr.decode()
        outcomes += [line.partition(" ")[2] or "ended" for line in lines]
    return outcomes


@pytest.mark.parametrize("form", FORMS)
def test_open_workbook_changed_bytes_end_in_an_answer(form: str) -> None:
    chance = random.Random(form)
    content = FORMS[form]()
    changed = [
        (_changed_inside if form in ZIPPED and number % 2 else _changed)(content, chance)
        for number in range(MUTATION_COUNT)
    ]
    outcomes = _assert_read_apart(changed)
    assert set(outcomes) <= {"read", "refused", "ended"}
    for number, outcome in enumerate(outcomes):
        if outcome == "ended":
            with pytest.raises(Refusal, match="读取中断"):
                open_isolated(changed[number])
