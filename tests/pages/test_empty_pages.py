"""Every leaders' page before anything was sent says where to bring it; one home for all of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pages.conftest import _as_home, headline, opened
from tests.pages.test_pages import WITH_VERDICT, faults

# What these show is there before any list is.
WITHOUT_LISTS = {
    "upload",
    "roster",
    "structure",
    "campaigns",
    "boundaries",
    "rules",
    "screens",
    "accounts",
    "backups",
}
WITHOUT_LISTS |= {"audit"}
LEADER_PAGES = sorted(set(WITH_VERDICT) - WITHOUT_LISTS)


@pytest.fixture(scope="module")
def bare_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home without any upload as this process's home, which nobody writes to."""
    yield from _as_home(tmp_path_factory.mktemp("bare") / "home")


@pytest.mark.parametrize("page", LEADER_PAGES)
def test_leaders_page_without_data_says_where_to_bring_it(bare_home: Path, page: str) -> None:
    app = opened(page)
    assert faults(app) == []
    assert headline(app) == "还没有这个专项行动的台账"
