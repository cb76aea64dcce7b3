"""The keyboard: one key for each filter, one listener for the page, its ground and its screen.

The listener clicks and focuses what is on the page: a key can do nothing that a viewer could
not do by hand. Keys are told by their place on the keyboard, for an input method set to Chinese
swallows the letters.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import streamlit as st

from tally.board.going import go
from tally.board.projected import LISTENER_KEY, measuring, projected_px, told_scale
from tally.board.watch import WATCH


@dataclass(frozen=True)
class Key:
    """A key: its code, what is written on it, what it does, and the elements it acts on.

    `does` is `click`, `focus` (a field), `focus_in_more` (a field in 更多筛选) or `cycle`
    (through a row of buttons).
    """

    code: str
    cap: str
    meaning: str
    target: str
    does: str = "click"


KEYS = (
    Key("KeyF", "F", "查找单位、类别、月份、页面", ".st-key-lookup input", "focus"),
    Key("ArrowLeft", "←", "上月", ".st-key-month_back button"),
    Key("ArrowRight", "→", "下月", ".st-key-month_on button"),
    Key("KeyX", "X", "换专项行动", ".st-key-campaign input", "focus"),
    Key("KeyZ", "Z", "换比较组", ".st-key-league button", "cycle"),
    Key("KeyD", "D", "选单位", ".st-key-unit input", "focus_in_more"),
    Key("KeyL", "L", "选类别", ".st-key-dimension input", "focus_in_more"),
    Key("KeyG", "G", "选分管领导", ".st-key-post input", "focus_in_more"),
    Key("KeyB", "B", "只看与除外对换", ".st-key-leave_out button"),
    Key("KeyT", "T", "退回上一次点图", ".st-key-take_back button, .st-key-part_back button"),
    Key("KeyQ", "Q", "清除全部筛选", ".st-key-clear_all button, .st-key-part_back button"),
    Key("PageUp", "上翻页", "上一页", ".st-key-page_back button"),
    Key("PageDown", "下翻页", "下一页", ".st-key-page_on button"),
    Key("KeyE", "E", "二维码", ".st-key-phone button"),
    Key("KeyH", "H", "按键", ".st-key-key_help button"),
)
TOLD = [asdict(key) for key in KEYS]
HELP = (
    *((key.cap, key.meaning) for key in KEYS),
    ("1–9", "查找有几个时，选第几个"),
    ("Esc", "关闭小窗"),
)
LISTEN = """
const FIELDS = 'input, textarea, select, [contenteditable="true"]';
const MOVING = '[role="listbox"], [role="menu"], [role="grid"], [role="tablist"], '
  + '[role="radiogroup"], [role="slider"], [data-testid="stDataFrame"]';
const MORE = '.st-key-more button';
const seen = () => document.querySelector('[data-testid="stMain"]');

const focus = target => {
  const field = document.querySelector(target);
  field?.focus();
  // A list opens by its arrow; a click on its field only places the cursor.
  (field?.closest('[role="group"]')?.querySelector('[aria-haspopup]') ?? field)?.click();
  return field !== null;
};
const ACTIONS = {
  click: target => [...document.querySelectorAll(target)].find(one => !one.disabled)?.click(),
  focus,
  focus_in_more: target => {
    if (focus(target)) return;
    document.querySelector(MORE)?.click();
    let turns = 40;
    const wait = setInterval(() => { if (focus(target) || !--turns) clearInterval(wait); }, 50);
  },
  cycle: target => {
    const choices = [...document.querySelectorAll(target)];
    const at = choices.findIndex(one => one.dataset.testid?.endsWith('Active')
      || one.getAttribute('aria-checked') === 'true');
    // After the last one comes none: the chosen one clicked again is given up.
    (choices[at + 1] ?? choices[at])?.click();
  },
};

// The wall and the agenda turn by these.
const TURNED_BY = ['ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown'];
const OWN = {'.st-key-wall': [...TURNED_BY, 'KeyB'], '.st-key-meeting_timer': TURNED_BY};
const isOwn = code => Object.entries(OWN).some(
  ([place, codes]) => codes.includes(code) && document.querySelector(place));

// A field that is done with gives the keys back.
const LEAVING = new Set(['Enter', 'Escape']);
const leave = field => {
  if (field?.closest('.st-key-filters')) setTimeout(() => field.blur());
};
const choose = event => {
  if (event.composedPath()[0].closest?.('[role="option"]')) leave(document.activeElement);
};

const listenToKeys = ({data, parentElement}) => {
  const keys = new Map(data.keys.map(key => [key.code, key]));
  const listen = event => {
    const from = event.composedPath()[0];
    const isField = from.matches?.(FIELDS);
    if (isField && LEAVING.has(event.key) && !event.isComposing) leave(from);
    if (isField || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (document.querySelector('[data-testid="stDialog"]')) return;
    if (isOwn(event.code)) return;
    const isMoving = event.code.startsWith('Arrow') || event.code.startsWith('Page');
    if (isMoving && from.closest?.(MOVING)) return;
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
    const key = digit ? {does: 'click', target: `.st-key-candidate_${digit[1]} button`}
      : keys.get(event.code);
    if (!key) return;
    // A page longer than the screen is turned by these keys, as anywhere.
    if (event.code.startsWith('Page') && seen().scrollHeight > seen().clientHeight + 1) return;
    event.preventDefault();
    ACTIONS[key.does](key.target);
  };
  document.addEventListener('keydown', listen);
  document.addEventListener('click', choose, true);
  parentElement.querySelector('span').dataset.isListening = '';
  return () => {
    document.removeEventListener('keydown', listen);
    document.removeEventListener('click', choose, true);
  };
};
"""
# One element for all: each costs a page as much as a chart's title.
ALL = """
export default function(given) {
  const ends = [listenToKeys(given), watchGround(given), measureScreen(given)];
  return () => ends.forEach(end => end());
}
"""
_listener = st.components.v2.component(
    "listener", html="<span></span>", js="".join((LISTEN, WATCH, measuring(), ALL))
)


def key_help() -> None:
    """Draw the button that lists the keys."""
    opened = st.popover("按键", key="key_help", on_change="rerun")
    if opened.open:
        rows = [f"| **{cap}** | {meaning} |" for cap, meaning in HELP]
        opened.markdown("\n".join(("| 键 | 作用 |", "|---|---|", *rows)))
        opened.markdown(
            ":small[查找打拼音首字母后回车；前面加 − 为除外，加 + 为再加一个。]",
            width=projected_px(320),
        )


def page_keys(pages: Sequence[Path], current: Path | None) -> None:
    """Draw the ways to the page before and after this one: seen when the keyboard reaches them."""
    place = pages.index(current) if current in pages else 0
    for label, key, step in (("上一页", "page_back", -1), ("下一页", "page_on", 1)):
        st.button(label, key=key, on_click=go, args=(pages[(place + step) % len(pages)],))


def listen() -> None:
    """Put the listener to the keys, the ground and the size of the screen on the page."""
    _listener(
        key=LISTENER_KEY,
        data={"keys": TOLD, "scale": told_scale()},
        on_ground_change=lambda: None,
        on_scale_change=lambda: None,
    )
