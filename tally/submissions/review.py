"""Draft → review → publish: nobody publishes what they sent themselves."""

from tally.submissions.keys import same_text


def refusal(is_reviewed: bool, uploaded_by: str, by: str) -> str:
    """Say why `by` may not publish what `uploaded_by` sent; empty when they may.

    Both are posts as typed in, compared without what offices vary (width, case, spaces).
    """
    if not is_reviewed:
        return ""
    if not by.strip():
        return "这个专项行动发布前要审核，请由另一岗位审核发布"
    if same_text(by) == same_text(uploaded_by):
        return f"{by.strip()} 是报送岗位，不能审核自己的报送，请换一个岗位"
    return ""


def reviewer(uploaded_by: str, by: str) -> str | None:
    """Return who beside the sender put an upload in force, or None."""
    return by.strip() if by.strip() and same_text(by) != same_text(uploaded_by) else None
