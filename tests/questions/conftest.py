"""Offices whose packs know more than the trial campaign: enterprises and levels, duties."""

from collections.abc import Iterator

import pytest

from tally.store import Database
from tally.submissions import remove_campaign
from tests.office import SLUG, Office
from tests.questions.duty_pack import duty_pack
from tests.questions.project_pack import project_pack
from tests.questions.ruled_pack import ruled_pack
from tests.questions.served import serving_pack


@pytest.fixture(scope="session")
def serving_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One database of the campaign that serves enterprises."""
    database = Database(tmp_path_factory.mktemp("serving"), {SLUG: serving_pack()})
    yield database
    database.close()


@pytest.fixture
def serving_office(serving_database: Database) -> Iterator[Office]:
    """An office that serves enterprises; its campaign is empty."""
    yield Office(serving_database)
    remove_campaign(serving_database, SLUG)


@pytest.fixture(scope="session")
def duty_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One database of the campaign with duties of every kind."""
    database = Database(tmp_path_factory.mktemp("duties"), {SLUG: duty_pack()})
    yield database
    database.close()


@pytest.fixture
def duty_office(duty_database: Database) -> Iterator[Office]:
    """An office with duties; its campaign is empty."""
    yield Office(duty_database)
    remove_campaign(duty_database, SLUG)


@pytest.fixture(scope="session")
def project_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One database of the campaign with stages of projects and actions of 暖民心."""
    database = Database(tmp_path_factory.mktemp("projects"), {SLUG: project_pack()})
    yield database
    database.close()


@pytest.fixture
def project_office(project_database: Database) -> Iterator[Office]:
    """An office that drives projects; its campaign is empty."""
    yield Office(project_database)
    remove_campaign(project_database, SLUG)


@pytest.fixture(scope="session")
def ruled_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One database of the campaign that has rules and a ladder of slips."""
    database = Database(tmp_path_factory.mktemp("ruled"), {SLUG: ruled_pack()})
    yield database
    database.close()


@pytest.fixture
def ruled(ruled_database: Database) -> Iterator[Office]:
    """An office under rules; its campaign is empty."""
    yield Office(ruled_database)
    remove_campaign(ruled_database, SLUG)
