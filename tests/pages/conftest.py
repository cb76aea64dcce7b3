"""Pages run in process, from the frame, as Streamlit runs them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tally import service

ROOT = Path(__file__).resolve().parents[2]
FRAME = ROOT / "tally" / "frame.py"
PAGES = {path.stem: path for path in (ROOT / "pages").glob("*/*.py")}


def opened(page: str = "progress", **parameters: str) -> AppTest:
    """Run the frame with these words in the address, then go to the page."""
    app = AppTest.from_file(str(FRAME), default_timeout=60)
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run()
    if page != "progress":
        app.switch_page(str(PAGES[page])).run()
    return app


def headline(app: AppTest) -> str:
    """Return the page's verdict without its colour."""
    return "".join(title.value for title in app.title)


@pytest.fixture(scope="module")
def full_home(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The sample campaigns as this process's home."""
    home = tmp_path_factory.mktemp("pages") / "home"
    shutil.copytree(sample_home, home)
    yield from _as_home(home)


@pytest.fixture
def empty_home(tmp_path: Path) -> Iterator[Path]:
    """A home without any upload as this process's home."""
    yield from _as_home(tmp_path / "home")


def _as_home(home: Path) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TALLY_HOME", str(home))
        st.cache_data.clear()
        yield home
        service.close()
