"""Files chosen, read, explained and published."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from tally import clock, service, words
from tally.board.handler import handler
from tally.board.imports import (
    OWN_KEY,
    Shown,
    own,
    read_again,
    say,
    show_job,
    shown,
)
from tally.intake.marking.workbook import marked_name
from tally.packs import Pack, packs
from tally.submissions import (
    Given,
    Terms,
)
from tally.submissions.jobs import CannotStart, Job
from tally.submissions.records import given_of

FROM_FILE = "自动识别"
UPLOADED_BY = "页面上传"
FORMATS = ["xlsx", "xlsm", "xls", "xlsb", "ods", "et", "csv", "tsv"]
ROUND_KEY = "_uploader_round"
UNFINISHED = ("question", "refused")
MONTH = re.compile(r"(\d{4})\D+(0?[1-9]|1[0-2])(?!\d)")


def choose_files() -> None:
    """Draw the uploader and what may be said beside the files; each file becomes a job."""
    st.file_uploader(
        "台账文件",
        type=FORMATS,
        accept_multiple_files=True,
        key=_uploader_key(),
        on_change=_take_in,
        label_visibility="collapsed",
    )
    by_name = _packs_by_name()
    left, middle, right = st.columns(3)
    name = left.selectbox(
        "专项行动", [FROM_FILE, *by_name], key="upload_campaign", on_change=_say_more
    )
    pack = by_name.get(name or "")
    units = [unit.name for unit in pack.units] if pack else []
    months = [words.year_month(month) for month in _months(pack)]
    middle.selectbox("归属月份", [FROM_FILE, *months], key="upload_month", on_change=_say_more)
    right.selectbox("报送单位", [FROM_FILE, *units], key="upload_unit", on_change=_say_more)


def _uploader_key() -> str:
    """Return the uploader's key; a new one empties it, and its files with it."""
    number = st.session_state.get(ROUND_KEY, 0)
    return f"files-{number}" if number else "files"


def _packs_by_name() -> dict[str, Pack]:
    return {pack.campaign.name: pack for pack in packs().values()}


def _months(pack: Pack | None) -> list[date]:
    """Return the months a list may belong to, newest first: the campaign's, up to now."""
    among = [pack] if pack else list(packs().values())
    first = min(entry.campaign.start_on for entry in among).replace(day=1)
    last = min(max(entry.campaign.end_on for entry in among), clock.today())
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [_month_after(first, number) for number in reversed(range(count))]


def _month_after(first: date, number: int) -> date:
    years, month = divmod(first.month - 1 + number, 12)
    return date(first.year + years, month + 1, 1)


def _given(answers: Mapping[str, str] | None = None) -> Given:
    """Return what is said beside the files."""
    pack = _packs_by_name().get(st.session_state.get("upload_campaign", ""))
    by_label = {words.year_month(month): month for month in _months(pack)}
    unit = st.session_state.get("upload_unit") or ""
    return Given(
        campaign=pack.slug if pack else "",
        month=by_label.get(st.session_state.get("upload_month", "")),
        unit="" if unit == FROM_FILE else unit,
        answers=dict(answers or {}),
    )


def _terms() -> Terms:
    """Return on whose behalf a file is taken in: the post that was typed in, if there is one."""
    return Terms(uploaded_by=handler() or UPLOADED_BY, is_draft=True)


def _take_in() -> None:
    """Start a job for each file that was just chosen, show the first, and empty the uploader."""
    files = st.session_state.get(_uploader_key()) or []
    started: list[Job] = []
    try:
        for file in files:
            given = _given(_answered(file.name))
            started.append(service.jobs().start(file.getvalue(), file.name, given, _terms()))
            _forget(file)
    except CannotStart as refusal:
        say(str(refusal))
    st.session_state[ROUND_KEY] = st.session_state.get(ROUND_KEY, 0) + 1
    for job in started:
        own(job)
    for job in started[:1]:
        show_job(job)


def _answered(name: str) -> Mapping[str, str]:
    """Return what the viewer answered of a file that now comes mended, or as its marked copy."""
    unfinished = (
        job.given.answers
        for job in service.jobs().recent()
        if job.number in st.session_state.get(OWN_KEY, ())
        and name in (job.file, marked_name(job.file))
        and job.outcome is not None
        and job.outcome.status in UNFINISHED
    )
    return next(unfinished, {})


def _forget(file: Any) -> None:
    """Free the bytes that Streamlit keeps of an uploaded file until its session ends."""
    context = get_script_run_ctx()
    if context and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)


def _say_more() -> None:
    """Read the file that is shown once more, now that more is said of it."""
    seen = shown()
    if seen.job and seen.outcome and seen.outcome.status in (*UNFINISHED, "draft"):
        read_again(seen.job, _given(seen.job.given.answers))


def answer(seen: Shown, answers: Mapping[str, str]) -> None:
    """Read the shown file again with these answers, by key or by flag, beside the earlier ones."""
    month = answers.get("--month", "")
    if month and not MONTH.search(month):
        say(f"“{month}”不是月份，请写成 2022-09")
    elif seen.job is not None:
        read_again(seen.job, with_answers(seen.job.given, answers))
    elif seen.outcome is not None and seen.outcome.upload is not None:
        given = given_of(service.database(), seen.outcome.upload)
        _start_again(seen, with_answers(given, answers))
    st.rerun()


def with_answers(given: Given, answers: Mapping[str, str]) -> Given:
    """Return what was given with answers added: `--month` and its like say what the flag says."""
    found = MONTH.search(answers.get("--month", ""))
    return Given(
        campaign=answers.get("--campaign") or given.campaign,
        ledger=answers.get("--ledger") or given.ledger,
        month=date(int(found[1]), int(found[2]), 1) if found else given.month,
        unit=answers.get("--unit") or given.unit,
        answers={
            **given.answers,
            **{key: value for key, value in answers.items() if not key.startswith("--")},
        },
    )


def _start_again(seen: Shown, given: Given) -> None:
    """Read an upload's original once more."""
    assert seen.outcome is not None
    if seen.content is None:
        say("原件不在了，请重新选择文件")
        return
    try:
        show_job(service.jobs().start(seen.content(), seen.outcome.file, given, _terms()))
    except CannotStart as refusal:
        say(str(refusal))
