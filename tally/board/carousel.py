"""轮播: what runs in the wall's browser: time, keys, touch, the window's size, reconnecting."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from tally.rooms import Viewport

KEY = "carousel"
PAUSE_SECONDS = 120
# A browser that is left on for weeks begins anew every hour, so its memory cannot grow.
RELOAD_SECONDS = 3600
# A screen that does not turn is drawn anew as often: new lists and the age of the data are seen.
REFRESH_SECONDS = 60

CSS = """
.note{position:fixed;right:2%;bottom:2%;padding:.3em .8em;border-radius:.3em;display:none;
  z-index:1000000;background:var(--st-text-color);color:var(--st-background-color);font-weight:600}
"""
# `data` carries seconds, turn, smallest_px and the window's size as the server knows it. The
# script is called anew on every turn; the memory on `window` outlives that.
JS = """
export default function({parentElement, data, setStateValue, setTriggerValue}) {
  const memory = (window.tallyCarousel ??= {
    pausedUntil: Number(sessionStorage.tallyPausedUntil ?? 0), begun: Date.now()});
  memory.stop?.();
  const note = parentElement.querySelector(".note");
  note.style.fontSize = data.smallest_px + "px";
  const shownAt = Date.now();
  const say = words => {
    note.textContent = words;
    note.style.display = words ? "block" : "none";
  };
  const isPaused = () => memory.pausedUntil > Date.now();
  const tell = () => say(memory.isLost ? "▲ 连不上服务器，正在重连"
    : isPaused() ? "‖ 已暂停，按空格继续" : "");
  const report = () => {
    if (innerWidth !== data.width || innerHeight !== data.height)
      setStateValue("viewport", {width: innerWidth, height: innerHeight});
  };
  // A turn that nobody asked for keeps no session alive: the gate looks for `alone`.
  const step = (by, alone = false) => setTriggerValue("step", {by, at: Date.now(), alone});
  // A pause outlives the page's beginning anew.
  const pause = until => {
    memory.pausedUntil = sessionStorage.tallyPausedUntil = until;
    tell();
  };

  const keys = {
    ArrowRight: () => step(1), PageDown: () => step(1),
    ArrowLeft: () => step(-1), PageUp: () => step(-1),
    Space: () => pause(isPaused() ? 0 : Infinity),
    KeyB: () => setTriggerValue("bar", Date.now()),
  };
  const pressed = event => {
    const target = event.composedPath()[0];
    const isTyped = target.closest?.("input, textarea, select, button, [contenteditable]");
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    // Who looks something up by the keys is not turned away from it.
    if (isTyped || /^(Key|Digit)/.test(event.code)) touched();
    if (isTyped || !(event.code in keys)) return;
    event.preventDefault();
    keys[event.code]();
  };
  const touched = () => {
    if (!isPaused()) pause(Date.now() + data.pause_seconds * 1000);
  };

  const check = async () => {
    const isUp = await fetch("/healthz", {cache: "no-store"}).then(a => a.ok, () => false);
    if (isUp && memory.isLost) location.reload();
    memory.isLost = !isUp;
    tell();
  };
  const tick = () => {
    const waited = (Date.now() - shownAt) / 1000;
    if (Math.round(waited) % 15 === 14) check();
    tell();
    const isStill = isPaused() || !data.seconds;
    if (memory.isLost || waited < (isStill ? data.refresh_seconds : data.seconds)) return;
    if (Date.now() - memory.begun > data.reload_seconds * 1000) return location.reload();
    // A step that nothing answered means that the connection is gone: begin anew.
    if (memory.askedAt > shownAt && Date.now() - memory.askedAt > 30000) return location.reload();
    if (memory.askedAt > shownAt) return;
    memory.askedAt = Date.now();
    step(isStill ? 0 : 1, true);
  };

  const timer = setInterval(tick, 1000);
  addEventListener("keydown", pressed);
  addEventListener("resize", report);
  addEventListener("pointerdown", touched);
  addEventListener("wheel", touched, {passive: true});
  navigator.wakeLock?.request("screen").catch(() => {});
  memory.stop = () => {
    clearInterval(timer);
    removeEventListener("keydown", pressed);
    removeEventListener("resize", report);
    removeEventListener("pointerdown", touched);
    removeEventListener("wheel", touched);
  };
  report();
  tell();
  // From here on the keys are heard.
  note.dataset.window = `${data.width}x${data.height}`;
  return memory.stop;
}"""
_carousel = st.components.v2.component(
    "wall_carousel", html='<div class="note" role="status"></div>', css=CSS, js=JS
)


@dataclass(frozen=True)
class Turning:
    """How the wall turns: seconds a screen (0: not by itself), and what its keys do."""

    seconds: int
    on_step: Callable[[int], None]
    on_bar: Callable[[], None]


def window() -> Viewport:
    """Return the window as the browser reported it; 1920 by 1080 before it did."""
    held: Any = st.session_state.get(KEY)
    size = held.get("viewport") if held else None
    if not size:
        return Viewport()
    return Viewport(max(320.0, float(size["width"])), max(240.0, float(size["height"])))


def turn(turning: Turning, smallest_px: float) -> None:
    """Put the carousel on the page; notes on it are at least `smallest_px` high."""
    seen = window()
    st.session_state["_turn"] = st.session_state.get("_turn", 0) + 1

    def stepped() -> None:
        asked = st.session_state[KEY].get("step")
        if asked:
            turning.on_step(int(asked["by"]))

    _carousel(
        key=KEY,
        data={
            "turn": st.session_state["_turn"],
            "seconds": turning.seconds,
            "pause_seconds": PAUSE_SECONDS,
            "reload_seconds": RELOAD_SECONDS,
            "refresh_seconds": REFRESH_SECONDS,
            "smallest_px": smallest_px,
            "width": seen.width_px,
            "height": seen.height_px,
        },
        on_viewport_change=lambda: None,
        on_step_change=stepped,
        on_bar_change=turning.on_bar,
    )
