"""A home whose lists say what must not come out: made-up persons, and marked sensitive texts.

Every person is made up: each datum is only right in form. Each list goes in by the normal import.
"""

import csv
import io
import json
import logging
import re
import zipfile
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from pathlib import Path

from streamlit.testing.v1 import AppTest

from tally.contracts import Column, Contract, contracts
from tally.packs import Pack, packs
from tally.registry import registry_of
from tally.safekeeping.opening import open_home
from tally.secrecy import ColumnClass
from tally.store import Database
from tally.submissions import Given, Terms, import_file, seal
from tally.submissions.draws import make_draw
from tally.submissions.findings import Step, Subject, take_step
from tally.submissions.instructions import instruct
from tally.submissions.meetings import Seen, freeze
from tests.intake.test_personal import made_up_identity, made_up_mobile

SLUG = "xiangshan"
PACK = packs()[SLUG]
OWN, OTHER = "招商部", "财政金融部"
MONTH = date(2022, 9, 1)
# In every sensitive text, and nowhere else.
MARK = "只给有权限的人看的话"
PERSONAL_HEADS = ("来电人", "联系电话", "身份证号", "家庭住址", "车牌号", "银行卡号")
PERSON = dict(
    zip(
        PERSONAL_HEADS,
        (
            *("王试造", made_up_mobile(7), made_up_identity(7)),
            *("相山区东街道幸福社区人民路8号3栋2单元507室", "皖F·A1007", "6222022000112207004"),
        ),
        strict=True,
    )
)
# What of a made-up person may stand nowhere; of the address what leads to the door.
SECRETS = (*(PERSON[head] for head in PERSONAL_HEADS if head != "家庭住址"), "2单元507", "3栋2单元")
SAID = (
    f"来电人{PERSON['来电人']}反映路灯不亮，电话{PERSON['联系电话']}，身份证号{PERSON['身份证号']}，"
    f"家住{PERSON['家庭住址']}，车牌{PERSON['车牌号']}，银行卡号{PERSON['银行卡号']}"
)
# Lists that pages, notices and rules stand on; the last are those with sensitive columns.
KINDS = (
    *("problems", "tasks", "tickets", "petitions", "visits", "refusals", "failures", "cases"),
    *("commitments", "instructions", "steps", "checks", "milestones", "points", "activities"),
    *("clues", "reviews", "questionings", "appraisals", "contests", "ranks", "incidents"),
)
ROW_COUNT = 3


def told_by(unit: str) -> str:
    """Return what stands in the texts of one unit alone."""
    return f"{unit}自己的事"


def cell(contract: Contract, column: Column, unit: str, number: int, pack: Pack) -> str:
    """Return a cell that can be read in its column."""
    if column.name == contract.key or column.name in ("item_no", "ticket_no"):
        return f"ZS-{pack.units.index(next(u for u in pack.units if u.name == unit)):02}{number:02}"
    if column.column_class is ColumnClass.SENSITIVE:
        return f"{MARK}{number}，{unit}"
    simple = {
        "units": unit,
        "number": "3",
        "share": "50%",
        "month": f"{MONTH:%Y-%m}",
        "result": "是",
        # Closed after it was checked: so there is something to draw.
        "date": f"{MONTH:%Y-%m}-{10 + number + 10 * (column.name == 'closed_on')}",
        "dimension": pack.dimensions[0].name,
        "community": pack.communities[0].name,
    }
    if column.type in simple:
        return simple[column.type]
    if column.type == "state":
        return contract.states["closed" if number == 1 else "open"][0]
    if column.type in ("choice", "class"):
        return next(iter(column.choices), column.example or "座谈会")
    said = f"{told_by(unit)}{number}：{SAID}"
    return said if column.name in ("title", "content", "note") else column.example


def listed(contract: Contract, pack: Pack = PACK) -> bytes:
    """Return a list of the own and another unit, with personal columns behind its own."""
    columns = [c for c in contract.columns if c.name not in ("longitude", "latitude", "partners")]
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([*(column.title for column in columns), *PERSONAL_HEADS])
    for unit in (OWN, OTHER):
        for number in range(1, ROW_COUNT + 1):
            cells = [cell(contract, column, unit, number, pack) for column in columns]
            writer.writerow([*cells, *PERSON.values()])
    return stream.getvalue().encode()


def fill(database: Database) -> dict[str, int]:
    """Import every list; return the numbers of the uploads by their kinds."""
    uploads = {}
    for kind in KINDS:
        contract = contracts()[kind]
        month = None if contract.nature == "event" else MONTH
        given = Given(campaign=SLUG, ledger=kind, month=month)
        file = f"来信 {PERSON['联系电话']} {kind}.csv"
        terms = Terms(uploaded_by="办公室", reason=SAID)
        outcome = import_file(database, listed(contract), file, given, terms)
        assert outcome.status == "published", (kind, outcome.sentence, outcome.problems[:5])
        assert outcome.upload is not None
        uploads[kind] = outcome.upload
    return uploads


def fill_home(home: Path) -> None:
    """Fill an empty home with every list and typed text, and close it; its log lies in it."""
    home.mkdir(parents=True)
    log = logging.FileHandler(home / "written.log", encoding="utf-8")
    logging.getLogger("tally").addHandler(log)
    with closing(open_home(home, packs()).database) as database:
        fill(database)
        type_texts(database)
    logging.getLogger("tally").removeHandler(log)
    log.close()
    registry_of(home).close()
    registry_of.cache_clear()


def type_texts(database: Database) -> None:
    """Type the same into every field that takes a text of a person's own words."""
    last_day = date(2022, 9, 30)
    instruct(database, SLUG, SAID, OWN, None, "主任", occasion=SAID, entered_by=SAID)
    about = Subject(SLUG, "overdue", OWN, last_day)
    take_step(database, about, Step("acknowledged", last_day, SAID, content=SAID))
    make_draw(database, SLUG, last_day, "20220930", 3, SAID)
    freeze(database, PACK, Seen(SLUG, last_day, None, (), (), None), SAID, SAID)
    seal(database, SLUG, MONTH, SAID, SAID)


def readable(content: bytes) -> str:
    """Return everything that can be read in a file, the parts of a zipped one with their tags."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = [book.read(name).decode("utf-8", "replace") for name in book.namelist()]
    # A word may be cut in two by a tag; read without them it is whole.
    return "\n".join([*parts, *(re.sub("<[^>]+>", "", part) for part in parts)])


def page_bytes(app: AppTest) -> bytes:
    """Return what a page sends to the browser: every element, frames and charts included."""
    protos = (getattr(node, "proto", None) for node in app._tree)
    return b"".join(proto.SerializeToString() for proto in protos if proto is not None)


def found_in(content: bytes | str, wanted: Iterable[str]) -> list[str]:
    """Return which texts stand somewhere, also as JSON writes them."""
    sent = content if isinstance(content, bytes) else content.encode()
    return [
        text for text in wanted if text.encode() in sent or json.dumps(text)[1:-1].encode() in sent
    ]
