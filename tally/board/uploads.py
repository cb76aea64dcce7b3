"""Files chosen, read, explained and published."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from tally import clock, service, words
from tally.board.asking import ask, follow
from tally.board.imports import (
    SAID_KEY,
    Shown,
    ended_verdict,
    own,
    read_again,
    say,
    show_job,
    shown,
    watch,
)
from tally.board.panels import verdict
from tally.packs import Pack, packs
from tally.sentences import Verdict
from tally.submissions import (
    CannotPublish,
    Given,
    Outcome,
    Terms,
    publish,
)
from tally.submissions.jobs import CannotStart, Job

FROM_FILE = "从文件识别"
UPLOADED_BY = "页面上传"
TERMS = Terms(uploaded_by=UPLOADED_BY, is_draft=True)
FORMATS = ["xlsx", "xlsm", "xls", "xlsb", "ods", "et", "csv", "tsv"]
ROUND_KEY = "_uploader_round"
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


def _take_in() -> None:
    """Start a job for each file that was just chosen, show the first, and empty the uploader."""
    files = st.session_state.get(_uploader_key()) or []
    started: list[Job] = []
    try:
        for file in files:
            started.append(service.jobs().start(file.getvalue(), file.name, _given(), TERMS))
            _forget(file)
    except CannotStart as refusal:
        say(str(refusal))
    st.session_state[ROUND_KEY] = st.session_state.get(ROUND_KEY, 0) + 1
    for job in started:
        own(job)
    for job in started[:1]:
        show_job(job)


def _forget(file: Any) -> None:
    """Free the bytes that Streamlit keeps of an uploaded file until its session ends."""
    context = get_script_run_ctx()
    if context and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)


def _say_more() -> None:
    """Read the file that is shown once more, now that more is said of it."""
    seen = shown()
    if seen.job and seen.outcome and seen.outcome.status in ("question", "refused", "draft"):
        read_again(seen.job, _given(seen.job.given.answers))


def answer(seen: Shown, answers: Mapping[str, str]) -> None:
    """Read the shown file again with these answers, by key or by flag, beside the earlier ones."""
    month = answers.get("--month", "")
    if month and not MONTH.search(month):
        say(f"“{month}”不是月份，请写成 2022-09")
    elif seen.job is not None:
        read_again(seen.job, with_answers(seen.job.given, answers))
    elif seen.outcome is not None:
        given = Given(seen.outcome.campaign, month=seen.outcome.month, unit=seen.outcome.unit)
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
        show_job(service.jobs().start(seen.content(), seen.outcome.file, given, TERMS))
    except CannotStart as refusal:
        say(str(refusal))


def opening() -> Shown:
    """Open the page with the verdict of what is shown, what may be done beside it; return it."""
    seen = shown()
    watch(seen.job.number if seen.job else None)
    if said := st.session_state.pop(SAID_KEY, ""):
        st.warning(words.escape_markdown(said))
    if seen.job is None and seen.outcome is None:
        hint = ("先看识别结果和问题，再发布；发布前领导看不到",)
        verdict(Verdict("unreported", "选择要上传的台账", hint))
    elif seen.outcome is not None or not seen.job or not seen.job.is_running:
        left, right = st.columns([1.6, 1], vertical_alignment="center")
        with left:
            verdict(ended_verdict(seen))
        if seen.outcome is not None:
            with right:
                publish_row(seen, seen.outcome)
    return seen


def publish_row(seen: Shown, found: Outcome) -> None:
    """Draw what may be done with the file: publish, with the reasons and posts that takes."""
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="bottom"):
        is_draft = found.status == "draft"
        pack = packs().get(found.campaign)
        is_reviewed = is_draft and pack is not None and pack.campaign.is_reviewed
        if is_reviewed and seen.is_own:
            st.markdown("○ 等待审核，由另一岗位发布", width="content")
            return
        needed = _reasons_needed(seen, found) if is_draft else []
        reason = post = ""
        if needed:
            label = f"{'、'.join(needed)}理由"
            reason = st.text_input(label, key="reason", placeholder="写明为什么", width=300)
        if is_reviewed:
            post = st.text_input("审核岗位", key="reviewer", placeholder="如 办公室", width=180)
        is_open = any(question.is_required for question in found.questions)
        is_said = (reason.strip() or not needed) and (post.strip() or not is_reviewed)
        if is_draft and st.button("重新核对", key="recheck", help="与现在已发布的再比较一次"):
            answer(seen, {})
        is_ready = is_draft and is_said and not is_open
        if st.button("发布", type="primary", disabled=not is_ready, key="publish"):
            _publish(found, reason.strip(), post.strip())


def _reasons_needed(seen: Shown, found: Outcome) -> list[str]:
    """Return what a publication has to be explained for: 倒退, 更正 of a sealed month."""
    record = seen.record or {}
    needed = ["倒退"] if record.get("reversed_count") else []
    sealed = ask("sealed_months", campaign=found.campaign).query("is_in_force")["month"]
    return [*needed, "更正"] if record.get("month") in set(sealed) else needed


def _publish(found: Outcome, reason: str, post: str) -> None:
    assert found.upload is not None
    try:
        publish(service.database(), found.upload, reason, post or UPLOADED_BY)
    except CannotPublish as refusal:
        say(str(refusal))
    else:
        follow(found.campaign, found.month)
    st.rerun()
