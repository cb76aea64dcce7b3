"""Rules of style that only this run knows."""

import streamlit as st


def write_style(*rules: str) -> None:
    """Give the page its rules as one element, if there are any.

    At once: of a page that stops before its end nothing more is drawn.
    """
    if told := "".join(rules):
        # No rule needs the sign that would end it.
        st.html(f"<style>{told.replace('<', '')}</style>")
