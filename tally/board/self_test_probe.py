"""What only the browser knows before a meeting: letters, map, screen and clock.

It is told at once, and again whenever the window has another size.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from tally import clock
from tally.charts.theme import FONTS

# A letter is really there when it is drawn otherwise than one that no font has. A font is there
# when its letters run otherwise than those of the two it would be replaced by.
JS = """export default function({parentElement, data, setStateValue}) {
  const ink = (letter, font) => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 48;
    const pen = canvas.getContext("2d", {willReadFrequently: true});
    pen.font = `32px ${font}`;
    pen.fillText(letter, 4, 36);
    return pen.getImageData(0, 0, 48, 48).data.join("");
  };
  const width = font => {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `64px ${font}`;
    return pen.measureText("mwiOQ@ Tally 0123456789").width;
  };
  const own = data.fonts.split(",").map(name => name.trim());
  const isThere = name => ["serif", "monospace"].every(
    base => width(`${name}, ${base}`) !== width(base));
  const letters = ["督", "销", "号"].map(letter => ink(letter, data.fonts));
  const card = (() => {
    const drawing = document.createElement("canvas").getContext("webgl2")
      ?? document.createElement("canvas").getContext("webgl");
    drawing?.getExtension("WEBGL_lose_context")?.loseContext();
    return drawing !== null;
  })();
  const found = () => ({
    hasLetters: new Set(letters).size === 3 && letters[0] !== ink("\\u0378", data.fonts)
      && letters[0] !== ink(" ", data.fonts),
    font: own.find(isThere)?.replaceAll("'", "") ?? "",
    hasMap: card,
    width: innerWidth, height: innerHeight, ratio: devicePixelRatio,
    screenWidth: screen.width, screenHeight: screen.height,
    clockMs: Date.now(),
  });
  const tell = () => {
    const size = [innerWidth, innerHeight, devicePixelRatio].join();
    if (size === parentElement.toldSize) return;
    parentElement.toldSize = size;
    setStateValue("found", found());
  };
  // A window on its way to the whole screen has many sizes. A page drawn anew on the way takes
  // this listener's place: the next one asks again what was told.
  let waiting;
  const tellSettled = () => { clearTimeout(waiting); waiting = setTimeout(tell, 300); };
  if (parentElement.toldSize) tellSettled(); else tell();
  addEventListener("resize", tellSettled);
  return () => { clearTimeout(waiting); removeEventListener("resize", tellSettled); };
}"""
PROBE_KEY, TOLD_KEY = "self_test_probe", "_self_test_told_at"
_probe = st.components.v2.component("self_test_probe", html="<span></span>", js=JS)


def browser_findings() -> Mapping[str, Any] | None:
    """Return what the probe told, None until it did.

    `hasLetters`, `font` (the family found, or an empty text), `hasMap`; the window's and the
    screen's size in CSS px with the device's `ratio`; `clock_off_seconds`, how far the browser's
    clock is before the server's.
    """
    told = (st.session_state.get(PROBE_KEY) or {}).get("found")
    return {**told, "clock_off_seconds": st.session_state.get(TOLD_KEY, 0.0)} if told else None


def put_probe() -> None:
    """Put the probe on the page; it goes last, for even an empty component takes a gap."""
    _probe(key=PROBE_KEY, data={"fonts": FONTS}, on_found_change=_remember)


def _remember() -> None:
    """Compare the clocks at the moment the browser's word arrives."""
    told = st.session_state[PROBE_KEY]["found"]
    if told:
        here = clock.in_shanghai(clock.now()).timestamp()
        st.session_state[TOLD_KEY] = told["clockMs"] / 1000 - here
