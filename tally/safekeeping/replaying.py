"""Publications that a restored backup does not have yet, taken in anew from their originals."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tally.batches import DEED_WORDS, Place
from tally.registry import BatchRecord, Recorded, registry_of
from tally.store import Database
from tally.submissions import (
    CannotPublish,
    CannotUndo,
    Given,
    Terms,
    import_file,
    publish,
    return_upload,
    undo,
)
from tally.submissions.originals import OriginalLost, read_original

REPLAYED = ("draft", "publish", "undo", "return")


@dataclass(frozen=True)
class Replayed:
    """What became of one lost write."""

    number: int
    is_done: bool
    sentence: str


def lost_writes(database: Database) -> tuple[Recorded, ...]:
    """Return the writes that were acknowledged and are not in the ledgers since a restoration."""
    record = BatchRecord(registry_of(database.home))
    return tuple(one for one in record.after(0) if one.state == "lost")


def replay(database: Database) -> Iterator[Replayed]:
    """Do the lost writes again in their order; each is tried once and its end is recorded."""
    record = BatchRecord(registry_of(database.home))
    numbers: dict[int, int] = {}
    for one in lost_writes(database):
        places = {place.upload: place for place in record.places(one.uploads)}
        yield _replayed(database, one, places, numbers)
        record.settle([one.number], "replayed")


def _replayed(
    database: Database, one: Recorded, places: dict[int, Place], numbers: dict[int, int]
) -> Replayed:
    said = f"第 {one.number} 次：{DEED_WORDS[one.deed]}"
    if one.deed not in REPLAYED or not one.uploads:
        return Replayed(one.number, False, f"{said}，需要人工补做")
    sentences, is_done = [], True
    for upload in one.uploads:
        try:
            sentences.append(_redo(database, one, places[upload], numbers))
        except (CannotPublish, CannotUndo, OriginalLost, KeyError) as refusal:
            is_done = False
            sentences.append(f"{upload} 号没有补上（{refusal}）")
    return Replayed(one.number, is_done, f"{said}　{'；'.join(sentences)}")


def _redo(database: Database, one: Recorded, place: Place, numbers: dict[int, int]) -> str:
    """Do one upload's part of a lost write; `numbers` are those that uploads have now."""
    upload = numbers.get(place.upload, place.upload)
    details = place.details
    if one.deed == "draft":
        content = read_original(database.home, place.sha256)
        month = details.get("month")
        given = Given(
            place.campaign,
            ledger=details.get("ledger") or "",
            month=date.fromisoformat(f"{month}-01") if month else None,
            unit=details.get("unit") or "",
            answers=json.loads(details.get("answers") or "{}"),
        )
        terms = Terms(
            details.get("uploaded_by") or "",
            details.get("reason") or "",
            is_draft=True,
            is_sample=bool(details.get("is_sample")),
        )
        outcome = import_file(database, content, place.file, given, terms)
        if outcome.upload is None or outcome.status not in ("draft", "unchanged"):
            raise CannotPublish(outcome.sentence)
        numbers[place.upload] = outcome.upload
        return f"{outcome.upload} 号《{place.file}》"
    if one.deed == "publish":
        by = details.get("reviewed_by") or details.get("uploaded_by") or ""
        publish(database, upload, details.get("reason") or "", by)
    elif one.deed == "return":
        return_upload(database, upload, details.get("reason") or "按记录补退回")
    else:
        undo(database, upload)
    return f"{upload} 号《{place.file}》"
