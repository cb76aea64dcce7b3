"""One number in the list of problems and in that of tasks names two items: each has its reason."""

from dataclasses import replace

import pytest

from tally.contracts import Reading
from tally.submissions import CannotWithdraw, withdraw
from tally.submissions.originals import sha256_of
from tests.office import Office, file_bytes

BOTH = "item_no | title\n1 | 积水\n2 | 招商"
SECOND = "item_no | title\n2 | 招商"


def of_ledger(office: Office, ledger: str) -> list[str]:
    """Return the keys of one ledger's items that count."""
    return [row["item_key"] for row in office.ask("items", "12-31") if row["ledger"] == ledger]


def test_problem_and_task_of_one_number_are_explained_apart(office: Office) -> None:
    for kind in ("problems", "tasks"):
        office.send("2022-08", BOTH, kind=kind, unit="甲部")
    problems, tasks = (
        office.send("2022-09", SECOND, kind=kind, unit="甲部") for kind in ("problems", "tasks")
    )
    withdraw(office.database, problems, {"1": "撤销"})
    withdraw(office.database, tasks, {"1": "重复"})
    withdraw(office.database, tasks, {"1": "仍在办"})
    assert of_ledger(office, "problems") == ["2"]
    assert sorted(of_ledger(office, "tasks")) == ["1", "2"]


@pytest.fixture
def both_ledgers(office: Office) -> Reading:
    """A September file of problems and tasks after an August in which both named a `1`."""
    for kind in ("problems", "tasks"):
        office.send("2022-08", BOTH, kind=kind, unit="甲部")
    problems, tasks = (
        office.reading("2022-09", SECOND, kind=kind, unit="甲部") for kind in ("problems", "tasks")
    )
    joined = replace(problems, ledgers=(*problems.ledgers, *tasks.ledgers))
    return replace(joined, sha256=sha256_of(file_bytes(joined)))


def test_number_of_two_ledgers_of_one_file_takes_the_ledgers_name(
    office: Office, both_ledgers: Reading
) -> None:
    upload = office.hand_in(both_ledgers).upload
    assert upload
    with pytest.raises(CannotWithdraw, match="都少了编号 1，请写明"):
        withdraw(office.database, upload, {"1": "撤销"})
    withdraw(office.database, upload, {"1": "撤销"}, ledger="tasks")
    assert sorted(of_ledger(office, "problems")) == ["1", "2"]
    assert of_ledger(office, "tasks") == ["2"]


def test_answer_that_means_items_of_two_ledgers_withdraws_neither(
    office: Office, both_ledgers: Reading
) -> None:
    outcome = office.hand_in(both_ledgers, answers={"vanished:1": "撤销"})
    assert outcome.status == "published"
    rows = office.ask("vanished_items", "12-31")
    assert [row["item_key"] for row in rows] == ["1", "1"]
