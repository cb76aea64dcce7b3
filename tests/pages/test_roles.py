"""What a clerk of one unit and a leader with a field of units see on the same pages."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tally import accounts
from tally.accounts import Book, key_of
from tally.accounts.book import book_of
from tally.board.asking import forget_answers
from tally.packs import packs
from tally.registry import registry_of
from tally.viewers import AT_THE_SERVER, Role, acts
from tests.accounts.people import CHEAP, entered, made
from tests.pages.conftest import FRAME, PAGES, _as_home, headline

OWN, OTHER = "财政金融部", "招商部"
CAMPAIGN = packs()["xiangshan"].campaign.name
Opening = Callable[..., AppTest]


@pytest.fixture(scope="module")
def as_role(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opening]:
    """Return what opens a page of the samples for an account of its own kind."""
    home = tmp_path_factory.mktemp("roles") / "home"
    shutil.copytree(sample_home, home)
    forget_answers()
    for _ in _as_home(home):
        book = Book(registry_of(home), *CHEAP)
        book_of.cache_clear()
        clerk = key_of(entered(book, made(book, "clerk", Role.REPORTER, units={OWN})))
        leader = key_of(entered(book, made(book, "leader", Role.LEADER)))
        with acts(AT_THE_SERVER):
            accounts.grant(book, "leader", [Role.LEADER], None, [OTHER])
        book.forget()

        keys = {"clerk": clerk, "leader": leader}

        def open_page(
            who: str, page: str, keys: dict[str, str] = keys, **parameters: str
        ) -> AppTest:
            app = AppTest.from_file(str(FRAME), default_timeout=60)
            app.user = {"session": keys[who]}
            for name, value in {"campaign": CAMPAIGN, **parameters}.items():
                app.query_params[name] = value
            return app.switch_page(str(PAGES[page])).run()

        yield open_page
    forget_answers()
    book_of.cache_clear()


def text_of(app: AppTest) -> str:
    frames = [frame.value.to_string() for frame in app.dataframe]
    return "".join([element.value for element in (*app.title, *app.markdown)] + frames)


@pytest.mark.parametrize("page", ["progress", "rankings", "ledger"])
def test_clerk_sees_the_own_unit_by_name_and_no_other(as_role: Opening, page: str) -> None:
    # An address that asks for another unit is told that there is none of that name here.
    app = as_role("clerk", page, unit=OTHER)
    assert not app.exception and not app.error
    assert OWN in text_of(app) and OTHER not in text_of(app).replace(f"没有{OTHER}", "")
    assert app.multiselect(key="unit").options == [OWN]


def test_pages_across_units_are_not_the_clerks(as_role: Opening) -> None:
    assert headline(as_role("clerk", "meeting")) == "○ 无权查看"
    assert headline(as_role("leader", "meeting")) != "○ 无权查看"


def test_leader_sees_all_units_and_those_of_the_field_first(as_role: Opening) -> None:
    app = as_role("leader", "rankings")
    options = app.multiselect(key="unit").options
    assert options[0] == OTHER and OWN in options
    [field] = [button for button in app.button if button.label == "分管的 1 个单位"]
    assert field.click().run().multiselect(key="unit").value == [OTHER]
