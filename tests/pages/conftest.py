"""Pages run in process, from the frame, as Streamlit runs them."""

import filecmp
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tally import service
from tally.board.asking import forget_answers
from tests import marked
from tests.conftest import made_once

ROOT = Path(__file__).resolve().parents[2]
FRAME = ROOT / "tally" / "frame.py"
PAGES = {path.stem: path for path in (ROOT / "pages").glob("*/*.py")}


def opened(page: str = "progress", **parameters: str | list[str]) -> AppTest:
    """Run the frame at the address of the page, with these words in it."""
    app = AppTest.from_file(str(FRAME), default_timeout=60)
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.switch_page(str(PAGES[page])).run()


def headline(app: AppTest) -> str:
    """Return the page's verdict without its colour."""
    return "".join(title.value for title in app.title)


def headings(app: AppTest) -> list[str]:
    """Return the titles of the page's panels, without their notes."""
    titled = [text.value for text in app.markdown if text.value.startswith("#### ")]
    return [title.removeprefix("#### ").partition("　:gray[")[0] for title in titled]


@pytest.fixture(scope="session")
def sample_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where this worker's copy of the sample campaigns stands, if it was made."""
    return tmp_path_factory.mktemp("pages") / "home"


@pytest.fixture(scope="module")
def full_home(sample_home: Path, sample_copy: Path) -> Iterator[Path]:
    """The sample campaigns as this process's home.

    As long as no test writes there, the answers to its questions are remembered from module
    to module. Beside tests that write there a module opens no other home: at every opening the
    versions, by which answers are remembered, begin anew.
    """
    if not _is_same_store(sample_copy, sample_home):
        shutil.rmtree(sample_copy, ignore_errors=True)
        shutil.copytree(sample_home, sample_copy)
        st.cache_data.clear()
        forget_answers()
    yield from _as_home(sample_copy)
    if not _is_same_store(sample_copy, sample_home):
        st.cache_data.clear()
        forget_answers()


@pytest.fixture(scope="session")
def marked_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with what must not come out (`tests/marked.py`), closed; copy it, never open it."""
    return made_once(tmp_path_factory, "marked", marked.fill_home)


@pytest.fixture
def empty_home(tmp_path: Path) -> Iterator[Path]:
    """A home without any upload as this process's home."""
    yield from _as_home(tmp_path / "home")


def _is_same_store(home: Path, other: Path) -> bool:
    """Tell whether two closed homes hold the same database."""
    stores = [folder / "tally.duckdb" for folder in (home, other)]
    return all(map(Path.exists, stores)) and filecmp.cmp(*stores, shallow=False)


def _as_home(home: Path) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TALLY_HOME", str(home))
        yield home
        service.close()
