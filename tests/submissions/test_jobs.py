"""Imports on their way: their turn, their progress, their end, and what is left of them."""

import gc
import logging
import time
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tally import clock
from tally.contracts import contracts
from tally.notices.template import template
from tally.packs import packs
from tally.store import Database
from tally.submissions import Given, Terms, publish
from tally.submissions.jobs import KEPT_HOURS, CannotStart, Job, Jobs

SLUG = "xiangshan"
GIVEN = Given(campaign=SLUG, month=date(2022, 9, 1))
DRAFT = Terms(uploaded_by="测试", is_draft=True)
PATIENCE_SECONDS = 60


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A home of its own with the packs of the house."""
    opened = Database(tmp_path_factory.mktemp("jobs"), packs())
    yield opened
    opened.close()


@pytest.fixture
def jobs(database: Database) -> Iterator[Jobs]:
    """The imports of that home."""
    running = Jobs(database)
    yield running
    running.stop()


def ledger(title: str = "一件事") -> bytes:
    """Return a small list of problems."""
    row = {"title": title, "unit": "招商部", "due_on": date(2022, 9, 30), "state": "正在推进"}
    return template(contracts()["problems"], None, "招商部", [row])


@cache
def long_to_read() -> bytes:
    """Return a workbook that takes a child process seconds to read."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("明细")
    for number in range(6_000):
        sheet.append([f"第{number}行第{column}列" for column in range(12)])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def settled(jobs: Jobs, job: Job) -> Job:
    """Return a job at its end."""
    ended = jobs.wait(job.number, PATIENCE_SECONDS)
    assert ended is not None and not ended.is_running
    return ended


def wait_until(is_so: Callable[[], bool]) -> None:
    """Return when it is so; fail when it never is."""
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < give_up_at
        time.sleep(0.01)


def test_job_returns_at_once_and_ends_as_a_draft(jobs: Jobs) -> None:
    job = jobs.start(ledger(), "9月.xlsx", GIVEN, DRAFT)
    assert job.is_running
    ended = settled(jobs, job)
    assert ended.state == "done" and ended.outcome
    assert ended.outcome.status == "draft"
    assert ended.outcome.campaign == SLUG


def test_two_files_are_read_at_once_and_the_third_waits_and_says_so(jobs: Jobs) -> None:
    content = long_to_read()
    first, second = (jobs.start(content, f"{n}.xlsx", GIVEN, DRAFT) for n in (1, 2))
    third = jobs.start(ledger(), "3.xlsx", GIVEN, DRAFT)
    fourth = jobs.start(ledger("另一件事"), "4.xlsx", GIVEN, DRAFT)
    wait_until(lambda: all(jobs.find(job.number).state == "reading" for job in (first, second)))
    waiting, last = jobs.find(third.number), jobs.find(fourth.number)
    assert waiting and (waiting.state, waiting.ahead_count) == ("waiting", 2)
    assert last and (last.state, last.ahead_count) == ("waiting", 3)
    assert {settled(jobs, job).state for job in (first, second, third, fourth)} == {"done"}


def test_job_tells_that_it_is_opening_its_file(jobs: Jobs) -> None:
    job = jobs.start(long_to_read(), "长.xlsx", GIVEN, DRAFT)
    wait_until(lambda: jobs.find(job.number).state != "waiting")
    assert jobs.find(job.number).phase == "open"
    settled(jobs, job)


def test_failing_import_ends_with_a_number_that_stands_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    database = Database(tmp_path / "home", packs())
    jobs = Jobs(database)
    database.close()
    with caplog.at_level(logging.ERROR):
        ended = settled(jobs, jobs.start(ledger(), "9月.xlsx", GIVEN, DRAFT))
    jobs.stop()
    assert (ended.state, ended.outcome) == ("failed", None)
    assert len(ended.fault) == 6
    assert ended.fault in [vars(record).get("fault") for record in caplog.records]
    assert "9月" not in caplog.text, "a file may be named after a person"


def test_job_after_a_failure_is_read(tmp_path: Path, jobs: Jobs) -> None:
    damaged = jobs.start(b"PK" + bytes(600), "坏.xlsx", GIVEN, DRAFT)
    whole = jobs.start(ledger("还有一件"), "好.xlsx", GIVEN, DRAFT)
    assert settled(jobs, damaged).outcome.status == "refused"
    assert settled(jobs, whole).outcome.status == "draft"


def test_file_is_not_in_memory_after_the_end(jobs: Jobs) -> None:
    settled(jobs, jobs.start(ledger(), "先.xlsx", GIVEN, DRAFT))
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    content = b"PK" + bytes(15_000_000)
    job = jobs.start(content, "大.xlsx", GIVEN, DRAFT)
    del content
    ended = settled(jobs, job)
    gc.collect()
    after, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert ended.outcome.status == "refused"
    assert most - before > 15_000_000
    assert after - before < 1_000_000


def test_file_of_a_question_is_read_again_with_the_answer(jobs: Jobs) -> None:
    asked = settled(jobs, jobs.start(ledger("没写月份"), "台账.xlsx", Given(campaign=SLUG), DRAFT))
    assert asked.outcome.status == "question"
    answered = settled(jobs, jobs.again(asked.number, GIVEN))
    assert (answered.outcome.status, answered.outcome.month) == ("draft", GIVEN.month)
    assert jobs.find(asked.number) is None
    assert answered.file == asked.file


def test_file_of_a_draft_is_read_again_from_its_original(jobs: Jobs) -> None:
    first = settled(jobs, jobs.start(ledger("再读"), "9月.xlsx", GIVEN, DRAFT))
    again = settled(jobs, jobs.again(first.number, GIVEN))
    assert again.outcome.status == "draft"
    assert again.outcome.sha256 == first.outcome.sha256


def test_refused_file_can_be_marked_and_is_nowhere_in_the_home(
    jobs: Jobs, database: Database
) -> None:
    content = b"PK" + bytes(600)
    ended = settled(jobs, jobs.start(content, "坏.xlsx", GIVEN, DRAFT))
    assert jobs.content(ended.number) == content
    files = [path for path in database.home.rglob("*") if path.is_file()]
    assert not [path for path in files if path.read_bytes() == content]


def test_running_file_is_not_started_again(jobs: Jobs) -> None:
    job = jobs.start(long_to_read(), "长.xlsx", GIVEN, DRAFT)
    with pytest.raises(CannotStart, match="还在读取"):
        jobs.again(job.number, GIVEN)
    settled(jobs, job)


def test_stopped_server_ends_its_reading_and_leaves_nothing(tmp_path: Path) -> None:
    database = Database(tmp_path / "home", packs())
    jobs = Jobs(database)
    contents = [long_to_read()] * 2 + [ledger()]
    started = [jobs.start(content, "9月.xlsx", GIVEN, DRAFT) for content in contents]
    wait_until(lambda: all(jobs.find(job.number).state == "reading" for job in started[:2]))
    began_at = time.monotonic()
    jobs.stop()
    assert time.monotonic() - began_at < 2
    assert jobs.recent() == ()
    assert database.ask("uploads").num_rows == 0
    database.close()


def test_recent_jobs_are_the_newest_of_the_last_day(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = {name: b"%PDF " + name.encode() for name in ("一.xlsx", "二.xlsx", "三.xlsx")}
    for name, content in contents.items():
        settled(jobs, jobs.start(content, name, GIVEN, DRAFT))
    assert [job.file for job in jobs.recent()] == ["三.xlsx", "二.xlsx", "一.xlsx"]
    monkeypatch.setattr("tally.submissions.jobs.JOBS_MAX", 2)
    assert [job.file for job in jobs.recent()] == ["三.xlsx", "二.xlsx"]
    later = clock.now() + timedelta(hours=KEPT_HOURS + 1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert [job.file for job in jobs.recent()] == ["三.xlsx"]


def test_large_outcomes_make_room_for_new_ones(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("一.xlsx", "二.xlsx"):
        settled(jobs, jobs.start(b"%PDF", name, GIVEN, DRAFT))
    monkeypatch.setattr("tally.submissions.jobs.LINES_MAX", 1)
    assert [job.file for job in jobs.recent()] == ["二.xlsx"]


def test_too_many_waiting_files_are_told_to_come_later(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tally.submissions.jobs.JOBS_MAX", 2)
    running = [jobs.start(long_to_read(), "长.xlsx", GIVEN, DRAFT) for _ in range(2)]
    with pytest.raises(CannotStart, match="排队"):
        jobs.start(ledger(), "9月.xlsx", GIVEN, DRAFT)
    for job in running:
        settled(jobs, job)
    settled(jobs, jobs.start(ledger(), "9月.xlsx", GIVEN, DRAFT))


def test_draft_of_a_job_is_published_from_the_store(jobs: Jobs, database: Database) -> None:
    ended = settled(jobs, jobs.start(ledger("要发布的"), "9月.xlsx", GIVEN, DRAFT))
    assert ended.outcome.upload
    publish(database, ended.outcome.upload)
    [row] = database.ask("uploads", {"upload": ended.outcome.upload}).to_pylist()
    assert row["status"] == "published"
