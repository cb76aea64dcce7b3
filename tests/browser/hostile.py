"""A campaign whose every text is hostile, and what of it comes alive on a page."""

import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from tally.contracts import Ledger, Reading, contracts
from tally.packs import packs
from tally.safekeeping.opening import open_home
from tally.store import Database
from tally.submissions import Terms, seal, submit
from tally.submissions.instructions import instruct
from tally.submissions.meetings import Seen, freeze
from tally.submissions.staging import Given, read_file

HOST = "xss.invalid"
RUN = "window.pwned=1"
# Each carries its own mark, by which it is found again wherever it came alive.
PAYLOADS = (
    f"<script>{RUN}</script>Q01Q",
    f'<img src="http://{HOST}/i" onerror="{RUN}">Q02Q',
    f'<svg onload="{RUN}"><text>Q03Q</text></svg>',
    f'<iframe src="http://{HOST}/f" title="Q04Q"></iframe>',
    f'<a href="http://{HOST}/a">Q05Q</a>',
    f"[Q06Q](javascript:{RUN})",
    f"[Q07Q](http://{HOST}/l)",
    f"![Q08Q](http://{HOST}/m.png)",
    f"http://{HOST}/Q09Q",
    "www.xss-invalid.com/Q10Q",
    "Q11Q@xss-invalid.com",
    f"<http://{HOST}/Q12Q>",
    ":material/home: :material_home: Q13Q",
    ":red[Q14Q] :blue-badge[Q14Q]",
    ":smile: :streamlit: Q15Q",
    r"$\frac{Q16Q}{2}$ $$x$$",
    "&lt;b&gt;Q17Q&#60;&amp;",
    "{{ 7*7 }}{% if x %} ${7*7} %{x} Q18Q",
    "# Q19Q",
    "| Q20Q | b | |---|---| | 1 | 2 |",
    "```js Q21Q``` `Q21Q`",
    "**Q22Q** _Q22Q_ ~~Q22Q~~",
    "- Q23Q -> <- -- >= 2",
    "=cmd|' /C calc'!A0 Q24Q",
    f"<style>*{{background:url(http://{HOST}/s)}}</style>Q25Q",
    '"><b onmouseover=' + RUN + ">Q26Q</b><sup>2</sup><br>",
    "> 1. Q27Q [^1] [x]: y",
    f"@import url(http://{HOST}/c); Q28Q",
)
# What files, packs and lists are joined by stays as it is, or the pages would be empty.
JOINED = {
    *("item_no", "task_no", "ticket_no", "milestone_no", "carried_from", "indicator", "place"),
    *("league", "unit_of_measure", "code", "scope", "name", "contest"),
}
# By this what was typed by hand is found again on the pages.
TYPED, TYPED_AT_ONCE = "Q99Q", 7
MONTHS = ("2022年10月", "2022年9月主要", "2021年9月")

ALIVE = """host => {
    const found = [];
    if (window.pwned) found.push('script ran');
    const mark = /Q\\d\\dQ/;
    for (const element of document.querySelectorAll('body *')) {
        if (element.closest('[data-testid="stCode"]')) continue;
        const own = [...element.childNodes].filter(node => node.nodeType === 3)
            .map(node => node.textContent).join('');
        const name = element.tagName.toLowerCase();
        const made = ['a', 'code', 'pre', 'del', 'em', 'i', 'b', 'sup', 'blockquote', 'iframe',
            'script', 'style', 'mark', 'math'];
        if (mark.test(own) && made.includes(name)) found.push(`${name}: ${own.slice(0, 80)}`);
        for (const {name: attribute, value} of element.attributes) {
            if (value.startsWith('#')) continue;
            const acts = /^(src|href|xlink:href|srcdoc|action|formaction|data|poster|style|on.*)$/;
            if (acts.test(attribute) && (value.includes(host) || /pwned|xss-invalid/.test(value)))
                found.push(`${name} ${attribute}: ${value.slice(0, 80)}`);
        }
        if (element.matches('[aria-label="home icon"],img[alt="Streamlit logo"],.katex'))
            found.push(`${name}: ${element.className}`);
    }
    return found;
}"""
WORDS = """() => {
    const drawn = [...document.querySelectorAll('svg text, canvas td, canvas th, input')];
    return document.body.innerText + drawn.map(one => one.value ?? one.textContent).join('\\n');
}"""


def hostile_home(home: Path, slugs: Sequence[str]) -> None:
    """Publish the newest month of some sample campaigns with a payload in every text.

    What people type beside the lists is hostile too: instructions, seals, notes of a meeting.
    """
    database = Database(home, {slug: packs()[slug] for slug in slugs})
    for slug in slugs:
        for path in packs()[slug].sample_files:
            if any(month in path.name for month in MONTHS):
                _publish(database, path)
        _type(database, slug)
    database.close()
    open_home(home, packs()).database.close()


def _publish(database: Database, path: Path) -> None:
    content = path.read_bytes()
    reading = hostile(read_file(database, content, path.name, Given(), isolated=False))
    terms = Terms(uploaded_by=PAYLOADS[7], reason=PAYLOADS[1])
    outcome = submit(database, reading, content, terms)
    assert outcome.status == "published", (path.name, outcome.sentence, outcome.problems[:3])


def _type(database: Database, slug: str) -> None:
    pack = packs()[slug]
    as_of = database.default_day(slug)
    for place in range(0, len(PAYLOADS), TYPED_AT_ONCE):
        instruct(
            database,
            slug,
            " ".join([TYPED, *PAYLOADS[place : place + TYPED_AT_ONCE]]),
            pack.units[0].name,
            None,
            f"{PAYLOADS[11]} 主任",
            given_on=as_of,
            occasion=PAYLOADS[6],
            entered_by=PAYLOADS[3],
        )
    freeze(database, pack, Seen(slug, as_of), f"{TYPED} {PAYLOADS[7]}", PAYLOADS[21])
    seal(database, slug, as_of.replace(day=1), f"{TYPED} {PAYLOADS[12]}", PAYLOADS[2])


def hostile(reading: Reading) -> Reading:
    """Return a reading with a payload before every text, the same one for the same text."""
    ledgers = tuple(_hostile_ledger(ledger) for ledger in reading.ledgers)
    return replace(reading, file=f"{_poisoned(reading.file)}", ledgers=ledgers)


def _hostile_ledger(ledger: Ledger) -> Ledger:
    contract = contracts()[ledger.kind]
    columns = [
        column.name
        for column in contract.columns
        if column.type == "text" and column.name not in JOINED
    ]
    rows: list[dict[str, Any]] = ledger.table.to_pylist()
    for row in rows:
        row |= {name: _poisoned(row[name]) for name in columns if row[name]}
    return replace(ledger, table=pa.Table.from_pylist(rows, ledger.table.schema))


def _poisoned(text: str) -> str:
    return f"{PAYLOADS[zlib.crc32(text.encode()) % len(PAYLOADS)]} {text}"
