"""Campaigns whose every text is hostile."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa

from tally.contracts import Ledger, Reading, contracts
from tally.packs import packs
from tally.persons import PersonalRow
from tally.registry import registry_of
from tally.safekeeping.opening import open_home
from tally.store import Database
from tally.submissions import Terms, kept_apart, return_upload, reveal, seal, submit
from tally.submissions.draws import make_draw
from tally.submissions.findings import Step, Subject, take_step
from tally.submissions.instructions import instruct
from tally.submissions.meetings import Seen, freeze
from tally.submissions.staging import Given, read_file
from tally.viewers import AT_THE_SERVER
from tests.browser.workbooks import DUE_COLUMN, FIRST_ROW, UNITS
from tests.browser.workbooks import Ledger as Workbook

HOST = "xss.invalid"
STEPPED = 6
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
# A text has one of them, and always this: a tag for what is read as HTML, a link for Markdown.
BOTH = f"<b>Q31Q</b>[Q30Q](//{HOST})"
# What packs and lists are joined by stays as it is, or the pages would be empty.
JOINED = {
    *("indicator", "place", "league", "unit_of_measure", "code", "contest", "task_no"),
    *("carried_from",),
}
NAMED_BY_THE_PACK = {("communities", "name"), ("units", "name"), ("appraisals", "subject")}
# By this what was typed by hand is found again on the pages.
TYPED, TYPED_AT_ONCE = "Q99Q", 7
# The newest files of every sample campaign, one of each kind and unit enough for its pages.
FILES = {
    "xiangshan": "2022年10月|2022年9月(主要|暖民心|区市)",
    "huludao": "2021年9月(指标|重点|任务|项目|工作)|[连龙].*[山港]区 2021年9月",
    "nanyang": "2023年6月|2023年3月主要",
    "ningguo": "2021年10月|2021年9月对标",
    "huaihua": "2022年9月|名册",
}
# Here files are hostile themselves; the sheet's name is what a workbook can have.
SHEET = "<img onerror=pwned> _Q02Q_ `x`"
# So unlike the samples that no item is asked to be an old one in new words.
OWN_TEXT = "沿河截污管网和提升泵站改造以后至今没有办理竣工验收与资产移交手续，雨季存在溢流风险"
OWN_MONTH, DRAFT_MONTH = date(2022, 8, 1), date(2022, 7, 1)
FILE_NAME = f"{PAYLOADS[5]} {BOTH} {{}}.xlsx".replace("/", "∕")
# These say of persons what is kept apart of a row, under a head of the file's own.
OF_PERSONS = {"problems", "tickets"}


def hostile_home(home: Path) -> None:
    """Publish the newest lists of the sample campaigns with payloads in every text.

    What people type beside the lists is hostile too: instructions, steps, seals, returns,
    draws, notes of a meeting.
    """
    database = Database(home, packs())
    _publish_own(database)
    for slug, wanted in FILES.items():
        for path in packs()[slug].sample_files:
            if re.search(wanted, path.name):
                _publish(database, path)
        _instruct(database, slug)
    _take_steps(database, next(iter(FILES)))
    _type_once(database, next(iter(FILES)))
    _reveal(database)
    database.close()
    open_home(home, packs()).database.close()
    registry_of(home).close()
    registry_of.cache_clear()


def _publish_own(database: Database) -> None:
    """Publish a workbook whose cells are hostile, as it is read."""
    content, name = hostile_workbook(OWN_MONTH), FILE_NAME.format(OWN_MONTH)
    reading = read_file(database, content, name, Given(), isolated=False)
    outcome = submit(database, reading, content, Terms(uploaded_by=poisoned("报送岗")))
    assert outcome.status == "published", (outcome.sentence, outcome.problems[:3])


def hostile_workbook(month: date, *, is_refused: bool = False) -> bytes:
    """Return a list whose texts are hostile; refused are heads, units and days that are, too."""
    counts = dict.fromkeys(UNITS, 1)
    book = openpyxl.load_workbook(BytesIO(Workbook(month, counts, len(PAYLOADS)).content()))
    sheet = book[book.sheetnames[0]]
    sheet.title = SHEET
    columns = ["B", "C", "D", "G"]
    if is_refused:
        sheet["A2"], sheet["D3"] = PAYLOADS[0], poisoned("措施")
        columns += ["E", DUE_COLUMN]
    for at, payload in enumerate(PAYLOADS):
        for column in columns:
            cell = sheet[f"{column}{FIRST_ROW + at}"]
            # What begins with = would be a formula without its result.
            cell.value, cell.data_type = f"{payload} {BOTH} {OWN_TEXT} {at}", "s"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _publish(database: Database, path: Path) -> None:
    content = path.read_bytes()
    reading = hostile(read_file(database, content, path.name, Given(), isolated=False))
    terms = Terms(uploaded_by=poisoned("报送岗"), reason=poisoned("更正"))
    outcome = submit(database, reading, content, terms)
    assert outcome.status == "published", (path.name, outcome.sentence, outcome.problems[:3])


def _all_payloads() -> Iterator[str]:
    """Yield texts that together hold every payload."""
    for place in range(0, len(PAYLOADS), TYPED_AT_ONCE):
        yield " ".join([TYPED, *PAYLOADS[place : place + TYPED_AT_ONCE]])


def _reveal(database: Database) -> None:
    """Read what a row says of a person, for reasons that together hold every payload."""
    rows = database.rows(
        "SELECT upload, sheet, row, ledger, item_key FROM store.main.vault LIMIT 1"
    )
    [place] = rows.to_pylist()
    kept = kept_apart(database, **place)
    assert kept is not None
    for text in _all_payloads():
        reveal(database, kept, AT_THE_SERVER, text)


def _instruct(database: Database, slug: str) -> None:
    """Enter instructions whose texts together hold every payload."""
    pack = packs()[slug]
    as_of = database.default_day(slug)
    for text in _all_payloads():
        instruct(
            database,
            slug,
            text,
            pack.units[0].name,
            None,
            poisoned("主任"),
            given_on=as_of,
            occasion=poisoned("调度会"),
            entered_by=poisoned("督查岗"),
        )


def _take_steps(database: Database, slug: str) -> None:
    """Answer the first findings: acknowledged, a talk held, one of them closed."""
    as_of = database.default_day(slug)
    found = database.ask("rule_findings", {"campaign": slug, "as_of": as_of}).to_pylist()
    for number, row in enumerate(found[:STEPPED]):
        about = Subject(slug, row["rule"], row["subject"], row["since_on"])
        step = partial(Step, step_on=as_of, post=poisoned("经办岗"), content=poisoned(TYPED))
        take_step(database, about, step("acknowledged"))
        take_step(database, about, step("acted", measure="约谈"))
        if number % 2:
            take_step(database, about, step("closed", reference=poisoned(f"{TYPED} 文号")))


def _type_once(database: Database, slug: str) -> None:
    """Enter what is entered once a month: a draw, a frozen meeting, a seal; a list goes back."""
    as_of = database.default_day(slug)
    make_draw(database, slug, as_of, "20221031", 3, poisoned("核查岗"))
    [newest] = database.rows("SELECT max(upload) AS upload FROM store.main.cases").to_pylist()
    return_upload(database, newest["upload"], poisoned(f"{TYPED} 退回"), poisoned("审核岗"))
    freeze(database, packs()[slug], Seen(slug, as_of), poisoned(TYPED), poisoned("综合科"))
    seal(database, slug, as_of.replace(day=1), poisoned(f"{TYPED} 通报"), poisoned("办公室"))


def hostile(reading: Reading) -> Reading:
    """Return a reading with a payload before every text, the same one for the same text."""
    ledgers = tuple(_hostile_ledger(ledger) for ledger in reading.ledgers)
    personal = tuple(row for ledger in ledgers for row in _of_persons(ledger))
    return replace(reading, file=poisoned(reading.file), ledgers=ledgers, personal=personal)


def _of_persons(ledger: Ledger) -> Iterator[PersonalRow]:
    if ledger.kind in OF_PERSONS:
        said = {poisoned("来电人"): poisoned(f"{TYPED} 尾号")}
        for at, row in enumerate(ledger.table.select(["sheet", "row"]).to_pylist()):
            yield PersonalRow(ledger.kind, at, row["sheet"], row["row"], said, said)


def _hostile_ledger(ledger: Ledger) -> Ledger:
    contract = contracts()[ledger.kind]
    columns = [
        column.name
        for column in contract.columns
        if column.type == "text"
        and column.name not in JOINED
        and (ledger.kind, column.name) not in NAMED_BY_THE_PACK
    ]
    rows: list[dict[str, Any]] = ledger.table.to_pylist()
    for row in rows:
        row |= {name: poisoned(row[name]) for name in columns if row[name]}
        row["sheet"] = poisoned(row["sheet"])
    return replace(ledger, table=pa.Table.from_pylist(rows, ledger.table.schema))


def poisoned(text: str) -> str:
    """Return a text with what would act before it."""
    return f"{PAYLOADS[zlib.crc32(text.encode()) % len(PAYLOADS)]} {BOTH} {text}"
