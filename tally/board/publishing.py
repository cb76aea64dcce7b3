"""What may be done with the file that is shown: publish, read again, take its receipt."""

from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tally import clock, service, words
from tally.board.asking import ask, filters, follow
from tally.board.handler import handler, handler_field
from tally.board.imports import SAID_KEY, Shown, ended_verdict, say, shown, watch
from tally.board.panels import verdict
from tally.board.projected import projected_px
from tally.board.received import receipt_button
from tally.board.uploads import UNFINISHED, UPLOADED_BY, answer
from tally.contracts import contracts
from tally.packs import packs
from tally.sentences import Name, Verdict, clauses
from tally.submissions import CannotPublish, Outcome, publish
from tally.submissions.answers import answered_keys

HANDLER_PX, REASON_PX = 170, 220
RETURNED_SHOWN = 3
NEEDS_REASON = "理由才能发布"
# Of these the button is shown; it can be pressed for a draft.
PUBLISHABLE = ("draft", "question", "refused", "unchanged")


def opening() -> Shown:
    """Open the page with the verdict of what is shown, what may be done beside it; return it."""
    seen = shown()
    watch(seen.job.number if seen.job else None)
    if said := st.session_state.pop(SAID_KEY, ""):
        st.warning(words.escape_markdown(said))
    if seen.job is None and seen.outcome is None:
        left, right = st.columns([1.6, 1], vertical_alignment="center")
        with left:
            verdict(_first_verdict())
        with right, _row():
            _handler()
    elif seen.outcome is not None or not seen.job or not seen.job.is_running:
        left, right = st.columns([1.6, 1], vertical_alignment="center")
        with left:
            verdict(_verdict(seen))
        if seen.outcome is not None:
            with right:
                publish_row(seen, seen.outcome)
    return seen


def _first_verdict() -> Verdict:
    """Say what came back with a reason, else what is to be done here."""
    chosen = filters()
    owed = ask("submissions_due", campaign=chosen.campaign, as_of=clock.today())
    returned = owed[owed["returned_reason"].notna()].to_dict("records")
    if not returned:
        hint = ("先看识别结果和问题，再发布；发布前领导看不到",)
        return Verdict("unreported", "选择要上传的台账", hint)
    said = (
        (
            Name(row["unit"] or "合并报送"),
            f" {words.month(row['month'])}{contracts()[row['ledger']].title}："
            f"{row['returned_reason']}",
        )
        for row in returned[:RETURNED_SHOWN]
    )
    more = len(returned) - RETURNED_SHOWN
    rest = (f"另有 {more} 份，见报送花名册",) if more > 0 else ()
    return Verdict("soon", f"{len(returned)} 份台账被退回，改好后重新上传", clauses(*said, rest))


def _verdict(seen: Shown) -> Verdict:
    """Judge what is shown; a correction of a sealed month says that it needs its reason."""
    judged = ended_verdict(seen)
    found = seen.outcome
    is_ready = found is not None and found.status == "draft" and not _is_open(found)
    if not is_ready or found is None or judged.sentence.endswith(NEEDS_REASON):
        return judged
    if "更正" not in _reasons_needed(seen, found):
        return judged
    return replace(judged, state="soon", sentence=f"本月已封账，写明更正{NEEDS_REASON}")


def _is_open(found: Outcome) -> bool:
    return any(question.is_required for question in found.questions)


def _row() -> DeltaGenerator:
    """Return the row of fields and buttons beside the verdict."""
    return st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="bottom")


def _handler() -> None:
    with st.container(width=projected_px(HANDLER_PX)):
        handler_field("upload_handler")


def publish_row(seen: Shown, found: Outcome) -> None:
    """Draw what may be done with the file: publish, with the reasons and posts that takes."""
    with _row():
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
            reason = st.text_input(
                label, key="reason", placeholder="写明为什么", width=projected_px(REASON_PX)
            )
        if is_reviewed:
            post = st.text_input(
                "审核岗位", key="reviewer", placeholder="如 办公室", width=projected_px(180)
            )
        else:
            _handler()
        is_said = (reason.strip() or not needed) and (post.strip() or not is_reviewed)
        _buttons(seen, found, reason.strip(), post.strip() if is_said else None)


def _buttons(seen: Shown, found: Outcome, reason: str, post: str | None) -> None:
    """Draw the buttons; `post` is None while something is left to be said."""
    is_draft = found.status == "draft"
    if found.status in ("published", "unchanged") and found.upload is not None:
        receipt_button(found.upload, found.unit, key="upload_receipt")
    if found.status in (*UNFINISHED, "draft"):
        _answer_again_button(seen, found)
    if is_draft and st.button("重新核对", key="recheck", help="与现在已发布的再比较一次"):
        answer(seen, {})
    is_ready = is_draft and post is not None and not _is_open(found)
    if found.status in PUBLISHABLE and st.button(
        "发布", type="primary", disabled=not is_ready, key="publish"
    ):
        _publish(found, reason, post or "")


def _answer_again_button(seen: Shown, found: Outcome) -> None:
    """Offer to be asked once more what was answered, now or for an earlier list."""
    answered = {key for key, value in (seen.job.given.answers if seen.job else {}).items() if value}
    answered |= answered_keys(found.problems)
    if answered and st.button("改回答", key="answer_again", help="已有的回答作废，重新问一遍"):
        # An empty answer also stands against one remembered from the unit's last upload.
        answer(seen, dict.fromkeys(answered, ""))


def _reasons_needed(seen: Shown, found: Outcome) -> list[str]:
    """Return what a publication has to be explained for: 倒退, 更正 of a sealed month."""
    record = seen.record or {}
    needed = ["倒退"] if record.get("reversed_count") else []
    sealed = ask("sealed_months", campaign=found.campaign).query("is_in_force")["month"]
    return [*needed, "更正"] if record.get("month") in set(sealed) else needed


def _publish(found: Outcome, reason: str, post: str) -> None:
    assert found.upload is not None
    try:
        publish(service.database(), found.upload, reason, post or handler() or UPLOADED_BY)
    except CannotPublish as refusal:
        say(str(refusal))
    else:
        follow(found.campaign, found.month)
    st.rerun()
