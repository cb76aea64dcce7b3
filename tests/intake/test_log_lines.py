"""A log names nobody. Every number here is made up."""

import json
import logging
from datetime import datetime
from typing import Any

import pytest

from tally.intake.log_lines import LogLines
from tally.viewers import Role, Viewer, acts, request_number


def line_of(message: str, *arguments: str, told: Any = None, **fields: str) -> dict[str, str]:
    """Return what a log's line says of a record, read as a program reads it."""
    record = logging.LogRecord("tally", logging.ERROR, "", 1, message, arguments, told)
    record.__dict__ |= fields
    line = LogLines().format(record)
    assert "\n" not in line
    return json.loads(line)


def test_log_lines_mask_messages_and_what_an_error_quotes() -> None:
    try:
        int("电话13800001234")
    except ValueError as error:
        told = (type(error), error, error.__traceback__)

    line = line_of("来电人%s", "王试样，", told=told)

    assert line["event"] == "来电人王**，"
    assert "138****1234" in line["trace"]
    assert "Traceback" in line["trace"]
    assert "王试样" not in str(line)


def test_log_line_says_when_on_whose_behalf_and_under_which_numbers() -> None:
    with acts(Viewer("chanye01", frozenset({Role.REPORTER}))):
        line = line_of("fault", fault="a1b2c3")
        request = request_number()

    assert datetime.fromisoformat(line.pop("time")).utcoffset().total_seconds() == 0
    assert line == {
        "level": "ERROR",
        "event": "fault",
        "fault": "a1b2c3",
        "request": request,
        "account": "chanye01",
    }


@pytest.mark.parametrize("words", ['say "no"', "two\nlines", "back\\slash", "电话13800001234\n"])
def test_log_line_stays_one_line_of_json_whatever_it_says(words: str) -> None:
    assert line_of("%s", words)["event"] == words.replace("13800001234", "138****1234")
