"""Files chosen, read, published and taken back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from tally import clock, service, words
from tally.board.asking import Filters, ask, follow
from tally.board.findings import verdict_of
from tally.board.panels import table, verdict
from tally.contracts import contracts
from tally.packs import Pack, packs
from tally.sentences import Verdict
from tally.submissions import (
    CannotPublish,
    CannotUndo,
    Given,
    Outcome,
    Terms,
    import_file,
    publish,
    undo,
)
from tally.submissions.originals import sha256_of

STAGED_KEY = "_staged"
FROM_FILE = "从文件识别"
UPLOADED_BY = "页面上传"
STATUS_WORDS = {
    "published": "● 已发布",
    "draft": "▲ 草稿",
    "replaced": "○ 已替换",
    "undone": "○ 已撤回",
    "refused": "■ 未通过",
}


def choose() -> tuple[list[Any], Given]:
    """Draw the uploader and what may be said beside the files."""
    files = st.file_uploader(
        "把台账拖到这里，或点击选择",
        type=["xlsx", "xlsm", "xls", "csv"],
        accept_multiple_files=True,
        key="files",
    )
    by_name = {pack.campaign.name: pack for pack in packs().values()}
    name = st.selectbox("专项行动", [FROM_FILE, *by_name], key="upload_campaign")
    pack = by_name.get(name or "")
    months = {words.year_month(month): month for month in _months(pack)}
    units = [unit.name for unit in pack.units] if pack else []
    left, right = st.columns(2)
    label = left.selectbox("归属月份", [FROM_FILE, *months], key="upload_month")
    unit = right.selectbox("报送单位", [FROM_FILE, *units], key="upload_unit")
    given = Given(
        campaign=pack.slug if pack else "",
        month=months.get(label or ""),
        unit=unit if unit and unit != FROM_FILE else "",
    )
    return files, given


def _months(pack: Pack | None) -> list[date]:
    """Return the months a list may belong to, newest first: the campaign's, up to now."""
    shown = [pack] if pack else list(packs().values())
    first = min(entry.campaign.start_on for entry in shown).replace(day=1)
    last = min(max(entry.campaign.end_on for entry in shown), clock.today())
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [_month_after(first, number) for number in reversed(range(count))]


def _month_after(first: date, number: int) -> date:
    years, month = divmod(first.month - 1 + number, 12)
    return date(first.year + years, month + 1, 1)


def staged(files: Sequence[Any], given: Given) -> list[Outcome]:
    """Return each file's outcome: read once and kept as a draft, not again at every rerun."""
    known: dict[Any, Outcome] = st.session_state.setdefault(STAGED_KEY, {})
    outcomes = []
    for file in files:
        content = file.getvalue()
        key = (sha256_of(content), file.name, given)
        if key not in known:
            with st.spinner(f"正在读取 {file.name}"):
                terms = Terms(uploaded_by=UPLOADED_BY, is_draft=True)
                known[key] = import_file(service.database(), content, file.name, given, terms)
        outcomes.append(known[key])
    return outcomes


def opening(outcomes: Sequence[Outcome]) -> Outcome | None:
    """Open the page with the file's verdict, what may be done beside it; return the file shown."""
    if not outcomes:
        verdict(
            Verdict(
                "unreported", "选择要上传的台账", ("先看识别结果和问题，再发布；发布前领导看不到",)
            )
        )
        return None
    outcome = _shown(outcomes)
    left, right = st.columns([1.6, 1], vertical_alignment="center")
    with left:
        verdict(verdict_of(outcome))
    with right:
        publish_button(outcome)
    return outcome


def _shown(outcomes: Sequence[Outcome]) -> Outcome:
    """Let one of several files be chosen, each with its state before its name."""
    if len(outcomes) == 1:
        return outcomes[0]
    marks = [
        f"{words.STATES[verdict_of(outcome).state].shape} {outcome.file}" for outcome in outcomes
    ]
    place = st.pills(
        "文件", range(len(outcomes)), format_func=lambda n: marks[n], default=0, required=True,
        label_visibility="collapsed", key="shown_file",
    )  # fmt: skip
    return outcomes[place or 0]


def publish_button(outcome: Outcome) -> None:
    """Draw what may be done with the file: publish, with a reason where items go backwards."""
    is_draft = outcome.status == "draft"
    reason = ""
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="bottom"):
        if is_draft and outcome.comparison.count("reversed"):
            reason = st.text_input(
                "倒退理由", key="reason", placeholder="写明为什么倒退", width=320
            )
        is_ready = is_draft and (bool(reason.strip()) or not outcome.comparison.count("reversed"))
        if st.button("发布", type="primary", disabled=not is_ready, key="publish"):
            _publish(outcome, reason.strip())


def _publish(outcome: Outcome, reason: str) -> None:
    assert outcome.upload is not None
    try:
        publish(service.database(), outcome.upload, reason)
    except CannotPublish as refusal:
        # The next run reads the file again, against what is published by then.
        _restage(outcome.upload, None)
        st.error(words.escape_markdown(str(refusal)))
        return
    _restage(outcome.upload, replace(outcome, status="published"))
    follow(outcome.campaign, outcome.month)
    st.rerun()


def _restage(upload: int, became: Outcome | None) -> None:
    """Let the page know what became of an upload it still shows; None lets it be read anew."""
    known: dict[Any, Outcome] = st.session_state.get(STAGED_KEY, {})
    for key in [key for key, outcome in known.items() if outcome.upload == upload]:
        if became:
            known[key] = became
        else:
            del known[key]


def upload_list(chosen: Filters) -> None:
    """Draw what came in for the campaign, and the button that takes a publication back."""
    uploads = ask("uploads", campaign=chosen.campaign)
    if uploads.empty:
        st.markdown(":gray[还没有上传记录]")
        return
    shown = uploads.assign(
        status_words=uploads["status"].map(STATUS_WORDS),
        ledger_words=uploads["ledger"].fillna("").map(_ledger_words),
        who=uploads["unit"].fillna("").map(lambda unit: unit or "合并"),
    )
    columns = {
        "upload": st.column_config.NumberColumn("编号", width=46),
        "month": st.column_config.TextColumn("月份", width=76),
        "ledger_words": st.column_config.TextColumn("台账", width=82),
        "who": st.column_config.TextColumn("单位", width=136),
        "status_words": st.column_config.TextColumn("状态", width=88),
    }
    row = table(shown, columns, key="uploads", rows_max=4)
    selected = None if row is None else uploads.iloc[row]
    can_undo = selected is not None and selected["status"] in ("published", "draft")
    if st.button("撤回所选发布", disabled=not can_undo, key="undo", width="stretch"):
        assert selected is not None
        _undo(int(selected["upload"]))


def _ledger_words(kinds: str) -> str:
    return "、".join(contracts()[kind].title for kind in kinds.split(",") if kind)


def _undo(upload: int) -> None:
    try:
        undo(service.database(), upload)
    except CannotUndo as refusal:
        st.error(words.escape_markdown(str(refusal)))
        return
    _restage(upload, None)
    st.rerun()
