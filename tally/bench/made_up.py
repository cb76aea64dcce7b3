"""A big home of made-up ledger rows: only for measuring, and nothing in it means anything.

The rows go into the store as published lists, one a month, without being a workbook first: a
list of items as it stands at the end of each month, and the tickets of the month.
"""

import calendar
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tally import clock
from tally.packs import Pack, packs
from tally.registry import Event
from tally.store import Database, Writing
from tally.submissions.deeds import doing
from tally.viewers import Action

SLUG = "xiangshan"
MONTHS = tuple(date(2022, month, 1) for month in range(7, 13))
TICKET_SHARE = 0.1
# Of the items, those that a later month reports closed, and those that name no community.
CLOSED_SHARE, PLACELESS_SHARE = 0.8, 0.2
# Of so many items one names an enterprise, one is put aside and one has its deadline moved.
RARE_EVERY = 1000
MOVED_DAYS = 30
SHEET = "计时"
KINDS, CHANNELS = ("政策类", "要素类", "服务类", "作风类"), ("12345热线", "市长信箱", "网格上报")
WHAT = ("污水管网错接", "路灯不亮", "审批材料重复", "用地手续未办结", "停车位不足", "噪声扰民")


@dataclass(frozen=True)
class Made:
    """A home that was made: how many rows of ledgers, in how many lists, with how many items."""

    row_count: int
    item_count: int
    ticket_count: int


def make_home(home: Path, row_count: int) -> Made:
    """Fill an empty home with about so many rows, the same ones each time."""
    ticket_count = round(row_count * TICKET_SHARE / len(MONTHS)) * len(MONTHS)
    item_count = max(1, (row_count - ticket_count) // len(MONTHS))
    pack = packs()[SLUG]
    with closing(Database(home, packs())) as database:
        for number, month in enumerate(MONTHS, start=1):
            told = {"campaign": SLUG, "thing": "计时"}
            with doing(
                database, Action.CONFIGURE, Event.PUBLISH, f"计时用的数据 {month:%Y-%m}", **told
            ) as deed:
                writing = deed.writing
                _publish(writing, 2 * number, "problems", _items(pack, month, item_count))
                tickets = _tickets(pack, month, ticket_count // len(MONTHS))
                _publish(writing, 2 * number + 1, "tickets", tickets)
        database.checkpoint()
    return Made(item_count * len(MONTHS) + ticket_count, item_count, ticket_count)


def _publish(writing: Writing, upload: int, kind: str, rows: pa.Table) -> None:
    month, moment = rows["period"][0].as_py(), clock.now()
    shared = {"upload": upload, "campaign": SLUG, "unit": "", "row_count": rows.num_rows}
    sent = {"month": month, "file": f"计时 {month:%Y-%m}", "sha256": f"计时 {upload}"}
    sent |= {"uploaded_by": "计时", "uploaded_at": moment, "status": "published"}
    writing.insert("upload", [shared | sent])
    in_force = {"ledger": kind, "period": month, "from_at": moment, "is_added": False}
    writing.insert("slice", [shared | in_force])
    number = pa.array(np.full(rows.num_rows, upload))
    writing.insert(kind, rows.append_column("upload", number))


def _chance(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


def _picked(words: Sequence[str], places: np.ndarray) -> pa.Array:
    return pa.array(list(words)).take(pa.array(places % len(words)))


def _days(first_on: date, offsets: np.ndarray) -> pa.Array:
    epoch_day = (first_on - date(1970, 1, 1)).days
    return pa.array((offsets + epoch_day).astype(np.int32)).cast(pa.date32())


def _joined(*parts: pa.Array | str) -> pa.Array:
    return pc.binary_join_element_wise(*parts, "")


def _numbered(numbers: np.ndarray) -> pa.Array:
    return pa.array(numbers).cast(pa.string())


def _items(pack: Pack, month: date, count: int) -> pa.Table:
    """Return the list of a month: all items, those closed by its end reported so."""
    chance, numbers = _chance(1), np.arange(count)
    units, places = [unit.name for unit in pack.units], [one.name for one in pack.communities]
    at_unit, at_place, what = (chance.integers(0, 1 << 16, count) for _ in range(3))
    found, due = chance.integers(0, 21, count), chance.integers(21, 190, count)
    closed = due + chance.integers(-20, 40, count)
    closed_on = _days(date(2022, 7, 1), closed)
    until = date(month.year, month.month, calendar.monthrange(month.year, month.month)[1])
    is_named, is_parked, is_moved = (pa.array(numbers % RARE_EVERY == place) for place in range(3))
    will_close = pc.and_(pa.array(chance.random(count) < CLOSED_SHARE), pc.invert(is_parked))
    is_closed = pc.and_(will_close, pc.less_equal(closed_on, until))
    title = _joined("第", _numbered(numbers), "号点位", _picked(WHAT, what), "，群众反映较多")
    is_placed = pa.array(chance.random(count) >= PLACELESS_SHARE)
    return pa.table(
        {
            "sheet": pa.array(np.full(count, SHEET)),
            "row": pa.array(numbers + 3),
            "period": _days(month, np.zeros(count)),
            "item_key": _joined("XS-", _numbered(numbers)),
            "item_no": _joined("XS-", _numbered(numbers)),
            "dimension": _picked([one.name for one in pack.dimensions], what),
            "title": title,
            "measure": _joined("分", _numbered(what % 9 + 1), "段施工，逐段验收"),
            "unit": _picked(units, at_unit),
            "community": pc.if_else(is_placed, _picked(places, at_place), None),
            "found_on": _days(date(2022, 7, 1), found),
            "due_on": _days(date(2022, 7, 1), due),
            "extended_to": pc.if_else(is_moved, _days(date(2022, 7, 1), due + MOVED_DAYS), None),
            "extended_on": pc.if_else(is_moved, _days(date(2022, 7, 1), due - 1), None),
            "state": pc.case_when(pc.make_struct(is_closed, is_parked), "closed", "parked", "open"),
            "closed_on": pc.if_else(is_closed, closed_on, None),
            "enterprise": pc.if_else(is_named, _joined("计时企业", _numbered(numbers)), None),
            "kind": _picked(KINDS, what),
            "channel": _picked(CHANNELS, at_place),
            "progress_note": pc.if_else(is_closed, "已完成", "正在推进"),
        }
    )


def _tickets(pack: Pack, month: date, count: int) -> pa.Table:
    chance, numbers = _chance(month.month), np.arange(count)
    units, places = [unit.name for unit in pack.units], [one.name for one in pack.communities]
    received, taken = chance.integers(0, 28, count), chance.integers(0, 20, count)
    named = _joined(f"GD-{month:%m}-", _numbered(numbers))
    is_rated, is_satisfied = chance.random(count) < 0.6, chance.random(count) < 0.9
    return pa.table(
        {
            "sheet": pa.array(np.full(count, SHEET)),
            "row": pa.array(numbers + 3),
            "period": _days(month, np.zeros(count)),
            "item_key": named,
            "ticket_no": named,
            "received_on": _days(month, received),
            "channel": _picked(CHANNELS, taken),
            "title": _joined(_picked(WHAT, received), "，请核实办理"),
            "unit": _picked(units, chance.integers(0, 1 << 16, count)),
            "community": _picked(places, chance.integers(0, 1 << 16, count)),
            "due_on": _days(month, received + 10),
            "closed_on": _days(month, received + taken),
            "state": pa.array(np.full(count, "closed")),
            "is_resolved": pa.array(is_satisfied),
            "is_satisfied": pc.if_else(pa.array(is_rated), pa.array(is_satisfied), None),
        }
    )
