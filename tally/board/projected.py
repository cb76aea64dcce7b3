"""How much larger a projected page is drawn: as large as the window is beyond a desk's screen."""

import streamlit as st

# A wall of 3840 px without a scale of its own would show a desk's page in its upper left quarter.
JS = """export default function({setStateValue}) {
  let told = null;
  const tell = () => {
    const fit = Math.min(innerWidth / 1920, innerHeight / 1080);
    const scale = fit >= 1.3 ? Math.round(fit * 20) / 20 : 1;
    if (scale !== told) { told = scale; setStateValue("scale", scale); }
  };
  tell();
  addEventListener("resize", tell);
  return () => removeEventListener("resize", tell);
}"""
SCALE_KEY = "projected_scale"
DESK_LETTER_PX = 16
_watch = st.components.v2.component("projected_scale", html="<span></span>", js=JS)


def projected_scale() -> float:
    """Return by how much the page is enlarged: 1 at a desk, 2 on 3840x2160."""
    return float((st.session_state.get(SCALE_KEY) or {}).get("scale") or 1)


def enlarge() -> None:
    """Enlarge the letters of the page; goes last, for even an empty component takes a gap."""
    _watch(key=SCALE_KEY, on_scale_change=lambda: None)
    if (scale := projected_scale()) > 1:
        st.html(f"<style>html{{font-size:{DESK_LETTER_PX * scale:.1f}px!important}}</style>")
