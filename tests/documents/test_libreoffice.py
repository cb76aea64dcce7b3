"""Notices of two campaigns as another office program opens them (G1): `-m documents`."""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tally import bulletins, clock
from tally.bulletins import MONTH, QUARTER, Terms
from tally.notices import official
from tally.packs import packs
from tally.store import Database
from tests.documents.office import installed, pdf_facts, pdf_lines, pdf_of

pytestmark = pytest.mark.documents

A4 = "595.304 x 841.89 pts (A4)"
CASES = {
    "xiangshan": (MONTH, date(2022, 10, 1), date(2022, 11, 8)),
    "nanyang": (QUARTER, date(2023, 6, 1), date(2023, 7, 10)),
}


@pytest.fixture(scope="module")
def database(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The sample campaigns, and LibreOffice to open their notices with."""
    installed()
    home = tmp_path_factory.mktemp("documents") / "home"
    shutil.copytree(sample_home, home)
    database = Database(home, packs())
    yield database
    database.close()


def terms_of(slug: str) -> Terms:
    """Return the terms of a campaign's notice."""
    kind, period, issued_on = CASES[slug]
    return Terms(slug, kind, period, clock.now(), issued_on)


def converted(database: Database, slug: str, form: str, folder: Path) -> tuple[Path, list[str]]:
    """Write a notice and convert it; return the .pdf and what was complained of."""
    path = folder / f"notice.{form}"
    path.write_bytes(bulletins.file_of(database, packs()[slug], terms_of(slug), form))
    return pdf_of(path)


@pytest.mark.parametrize("slug", sorted(CASES))
def test_bulletin_opens_without_a_warning_on_a4(
    database: Database, slug: str, tmp_path: Path
) -> None:
    path, said = converted(database, slug, "docx", tmp_path)
    assert said == []
    facts = pdf_facts(path)
    assert facts["Page size"] == A4
    assert 5 <= int(facts["Pages"]) <= 14


def test_full_page_holds_22_lines_of_28_signs(tmp_path: Path) -> None:
    installed()
    path = tmp_path / "full.docx"
    document = official.blank_document()
    document.add_paragraph("试" * 28 * 60, style=official.BODY)
    path.write_bytes(official.saved(document))
    converted_path, said = pdf_of(path)
    assert said == []
    *body, number = pdf_lines(converted_path, 2)
    assert [len(line) for line in body] == [28] * 22
    assert number.replace(" ", "") == "—2—"


@pytest.mark.parametrize("slug", sorted(CASES))
def test_bulletin_says_the_screens_figures(database: Database, slug: str, tmp_path: Path) -> None:
    path, _ = converted(database, slug, "docx", tmp_path)
    said = "".join(
        line.replace(" ", "")
        for page in range(1, int(pdf_facts(path)["Pages"]) + 1)
        for line in pdf_lines(path, page)[:-1]
    )
    day = terms_of(slug).as_of
    [totals] = database.ask("campaign_totals", {"campaign": slug, "as_of": day}).to_pylist()
    assert f"共有事项{totals['item_count']}项" in said
    assert f"销号率{totals['closed_of_all_share']:.1%}" in said
    assert "数据说明" in said and "campaign_totals" in said


@pytest.mark.parametrize("slug", sorted(CASES))
def test_pages_are_numbered_between_dashes(database: Database, slug: str, tmp_path: Path) -> None:
    path, _ = converted(database, slug, "docx", tmp_path)
    pages = range(1, int(pdf_facts(path)["Pages"]) + 1)
    numbers = [pdf_lines(path, page)[-1].replace(" ", "") for page in pages]
    assert numbers == [f"—{page}—" for page in pages]


@pytest.mark.parametrize("slug", sorted(CASES))
def test_slides_open_without_a_warning_in_16_to_9(
    database: Database, slug: str, tmp_path: Path
) -> None:
    path, said = converted(database, slug, "pptx", tmp_path)
    assert said == []
    width, height = map(float, re.findall(r"[\d.]+", pdf_facts(path)["Page size"])[:2])
    assert abs(width / height - 16 / 9) < 0.01
    assert "数据说明" in pdf_lines(path, int(pdf_facts(path)["Pages"]))
