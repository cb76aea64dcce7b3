"""The clock of a meeting: minutes left for the entry talked about, counted in the browser."""

import streamlit as st

# It counts without asking the server; only moving to another entry draws the page again. What was
# spent is kept in the tab, so that a look at another page does not start an entry anew.
HTML = """<div class="clock" role="timer">
  <div class="place"></div><div class="left"></div><div class="word"></div>
  <div class="keys">
    <button class="back">上一项</button><button class="run"></button>
    <button class="anew">重计</button><button class="on">下一项</button>
  </div>
</div>"""
CSS = """.clock{display:grid;grid-template-columns:auto auto 1fr;align-items:baseline;
  column-gap:1.2rem;
  font-family:var(--st-font);color:var(--st-text-color);font-variant-numeric:tabular-nums}
.place{font-size:1.9rem;font-weight:700}
.left{font-size:4rem;line-height:1.15;font-weight:700}
.word{font-size:1.9rem;font-weight:700}
.normal .left,.normal .word{color:var(--st-green-text-color)}
.soon .left,.soon .word{color:var(--st-orange-text-color)}
.over .left,.over .word{color:var(--st-red-text-color)}
.keys{grid-column:1/-1;display:flex;gap:.6rem;margin-top:.35rem}
button{font:inherit;font-size:1.15rem;padding:.3rem 1rem;color:inherit;cursor:pointer;
  background:transparent;border:1px solid var(--st-border-color);border-radius:.5rem}
button:focus-visible{outline:3px solid var(--st-primary-color);outline-offset:2px}
button:disabled{opacity:.4;cursor:default}"""
JS = """export default function({parentElement, data, setTriggerValue}) {
  const part = name => parentElement.querySelector(name);
  const read = () => {
    try { return JSON.parse(sessionStorage.getItem(data.meeting)) ?? {}; } catch { return {}; }
  };
  const keep = state => sessionStorage.setItem(data.meeting, JSON.stringify(state));
  // spent: milliseconds of each entry; since: when the running entry was last started.
  let state = {spent: {}, since: null, entry: data.entry, ...read()};
  const settle = () => {
    if (state.since !== null) {
      const now = Date.now();
      state.spent[state.entry] = (state.spent[state.entry] ?? 0) + now - state.since;
      state.since = now;
    }
  };
  settle();
  state.entry = data.entry;
  keep(state);
  const show = () => {
    const running = state.since === null ? 0 : Date.now() - state.since;
    const spent = (state.spent[state.entry] ?? 0) + running;
    const left = Math.ceil((data.minutes * 60000 - spent) / 1000);
    const word = left < 0 ? "■ 超时" : left <= Math.min(60, data.minutes * 20) ? "▲ 快到时"
      : state.since === null ? "● 未计时" : "● 计时中";
    const seconds = Math.abs(left);
    part(".clock").className =
      "clock " + (left < 0 ? "over" : word.startsWith("▲") ? "soon" : "normal");
    part(".place").textContent = `${data.position} / ${data.count}`;
    part(".left").textContent = `${left < 0 ? "+" : ""}${Math.floor(seconds / 60)}:` +
      String(seconds % 60).padStart(2, "0");
    part(".word").textContent = word;
    part(".run").textContent = state.since === null ? "开始" : "暂停";
    part(".back").disabled = data.position <= 1;
    part(".on").disabled = data.position >= data.count;
  };
  const move = step => {
    const next = data.position + step;
    if (next >= 1 && next <= data.count) setTriggerValue("moved", next);
  };
  part(".back").onclick = () => move(-1);
  part(".on").onclick = () => move(1);
  part(".run").onclick = () => {
    settle();
    state.since = state.since === null ? Date.now() : null;
    keep(state); show();
  };
  part(".anew").onclick = () => {
    state.spent[state.entry] = 0;
    if (state.since !== null) state.since = Date.now();
    keep(state); show();
  };
  // A presenter sends page up and page down; arrows belong to whatever has the focus.
  const pressed = event => {
    const target = event.composedPath()[0];
    if (target.closest?.("input,textarea,select,[contenteditable=true],[role=dialog]")) return;
    const isFree = target === document.body || parentElement.contains(target);
    const step = event.key === "PageDown" || (isFree && event.key === "ArrowRight") ? 1
      : event.key === "PageUp" || (isFree && event.key === "ArrowLeft") ? -1 : 0;
    if (step) { event.preventDefault(); move(step); }
  };
  document.addEventListener("keydown", pressed);
  show();
  const ticking = setInterval(show, 250);
  return () => { clearInterval(ticking); document.removeEventListener("keydown", pressed); };
}"""
TIMER_KEY = "meeting_timer"
_timer = st.components.v2.component("agenda_timer", html=HTML, css=CSS, js=JS)


def agenda_timer(meeting: str, entry: str, position: int, count: int, minutes: int) -> int | None:
    """Draw the clock of an entry; return the position that was moved to, None when none was.

    `meeting` tells whose spent minutes they are, `entry` which of its entries is running.
    """
    moved = _timer(
        key=TIMER_KEY,
        data={
            "meeting": f"tally-{meeting}",
            "entry": entry,
            "position": position,
            "count": count,
            "minutes": minutes,
        },
        on_moved_change=lambda: None,
    ).moved
    return int(moved) if moved else None
