"""The page is drawn again when the viewer changes between light and dark."""

import streamlit as st

# Changing light or dark does not rerun the script, and figures keep the colours they
# were drawn in: the watcher reports the new ground, which reruns the page.
WATCH = """export default function({parentElement, setStateValue}) {
  const element = parentElement.host ?? parentElement;
  let seen = null;
  const look = () => {
    const now = getComputedStyle(element).getPropertyValue("--st-background-color");
    if (seen !== null && now !== seen) setStateValue("ground", now);
    seen = now;
  };
  look();
  const timer = setInterval(look, 700);
  return () => clearInterval(timer);
}"""
_theme_watch = st.components.v2.component("theme_watch", html="<span></span>", js=WATCH)


def watch_theme() -> None:
    """Put the watcher on the page; it goes last, for even an empty component takes a gap."""
    _theme_watch(key="themewatch", on_ground_change=lambda: None)
