"""A nil return (零报告) speaks only about a list that the campaign collects, for a month begun."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tally import clock
from tally.store import Database
from tally.submissions import CannotPublish, NilReturn, send_nil
from tests.office import SLUG, Office, trial_pack

MONTH = date(2022, 9, 1)


@pytest.mark.parametrize(
    ("nil", "said"),
    [
        (NilReturn(SLUG, "problems", date(2030, 1, 1), "甲部"), "2022年7月至2022年12月"),
        (NilReturn(SLUG, "problems", date(2022, 6, 1), "甲部"), "2022年7月至2022年12月"),
        (NilReturn(SLUG, "problems", date(2022, 9, 15), "甲部"), "2022-09-15 不是报送月份"),
        (NilReturn("elsewhere", "problems", MONTH), "不收问题台账"),
        (NilReturn(SLUG, "tasks", MONTH, "甲部"), "不收任务台账"),
        (NilReturn(SLUG, "notes", MONTH, "甲部"), "不收notes"),
    ],
)
def test_nil_return_of_what_is_not_collected_is_refused(
    office: Office, nil: NilReturn, said: str
) -> None:
    with pytest.raises(CannotPublish, match=said):
        send_nil(office.database, nil)
    assert office.ask("uploads") == []


@pytest.fixture
def office_of_next_year(tmp_path: Path) -> Iterator[Office]:
    """An office whose campaign goes on for a year."""
    pack = trial_pack()
    last_on = clock.today() + timedelta(days=365)
    database = Database(
        tmp_path, {SLUG: replace(pack, campaign=replace(pack.campaign, end_on=last_on))}
    )
    yield Office(database)
    database.close()


def test_month_that_has_not_begun_takes_no_nil_return(office_of_next_year: Office) -> None:
    database = office_of_next_year.database
    this_month = clock.today().replace(day=1)
    next_month = (this_month + timedelta(days=31)).replace(day=1)
    with pytest.raises(CannotPublish, match="还没有到"):
        send_nil(database, NilReturn(SLUG, "problems", next_month, "甲部"))
    outcome = send_nil(database, NilReturn(SLUG, "problems", this_month, "甲部"))
    assert outcome.status == "published"
    assert database.default_day(SLUG) == clock.today()
