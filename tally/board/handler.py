"""Who works at this screen: a post typed in once, remembered for the session."""

import streamlit as st

HANDLER_KEY = "_handler"


def handler() -> str:
    """Return the post that was typed in, or an empty text."""
    return str(st.session_state.get(HANDLER_KEY, ""))


def handler_field(key: str) -> str:
    """Draw the field of the post in charge and return what stands in it."""
    typed = st.text_input("经办岗位", value=handler(), key=key, placeholder="如 党政办督查岗")
    # A widget's own state ends with its page.
    st.session_state[HANDLER_KEY] = typed.strip()
    return handler()
