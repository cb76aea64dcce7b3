"""Files handed out by a page: made, marked and recorded when somebody takes one."""

from collections.abc import Callable

import streamlit as st

from tally import service, words
from tally.board.watermark import watermark_words
from tally.notices.watermark import watermarked
from tally.packs import packs
from tally.registry import Event
from tally.secrecy import Label
from tally.submissions.deeds import tell
from tally.submissions.originals import sha256_of
from tally.viewers import Action, acting, acts

ORIGINAL = "原件"


def hand_out(
    label: str,
    make: Callable[[], bytes],
    file_name: str,
    *,
    key: str,
    thing: str,
    campaign: str = "",
    needs: Action = Action.EXPORT,
    held: Label = Label.INTERNAL,
    is_marked: bool = True,
    is_disabled: bool = False,
) -> None:
    """Draw the button of a file; where taking it cannot be recorded, it is not handed out.

    `thing` is what the file is (通报, 原件 …), `needs` what the viewer must be allowed, and `held`
    how closely the file is held, which stands on the button. Without `is_marked` its bytes stay
    as made, also where the campaign has a watermark. Streamlit asks for it in a thread of its own.
    """
    viewer, home = acting(), service.database().home
    if not viewer.may(needs):
        return
    is_marked = is_marked and (not campaign or packs()[campaign].campaign.has_watermark)

    def taken() -> bytes:
        with acts(viewer):
            content = make()
        if is_marked:
            content = watermarked(content, file_name, watermark_words(viewer))
        with acts(viewer):
            about = {"campaign": campaign, "thing": thing, "sha256": sha256_of(content)}
            sentence = f"下载《{file_name}》（{held}）"
            tell(home, Event.EXPORT, sentence, name=file_name, **about)
        return content

    hand_out_recorded(label, taken, file_name, key, held, is_disabled)


def hand_out_recorded(
    label: str,
    make: Callable[[], bytes],
    file_name: str,
    key: str,
    held: Label,
    is_disabled: bool = False,
) -> None:
    """Draw the button of a file whose making records that it was taken."""
    st.download_button(
        words.escape_markdown(f"{label}（{held}）"),
        make,
        file_name=file_name,
        key=key,
        disabled=is_disabled,
        on_click="ignore",
    )
