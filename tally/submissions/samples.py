"""The packs' sample workbooks, taken in through the ordinary import on first start."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tally.contracts import Reading
from tally.packs import DEMO, packs
from tally.registry import Event
from tally.store import Database
from tally.submissions.deeds import Batch, doing
from tally.submissions.outcome import Outcome
from tally.submissions.removal import remove_campaign
from tally.submissions.staging import Given, Terms, read_file, submit
from tally.viewers import Action

# Two files are read side by side; they are kept one after the other, in the order sent.
READERS = 2
LOADING, LOADED = "loading", "loaded"


def are_samples_wanted(database: Database) -> bool:
    """Whether the home is empty, or an earlier start was cut off while loading them."""
    marks = database.stored("samples_mark")["value"].to_pylist()
    return marks == [LOADING] or (not marks and database.ask("uploads").num_rows == 0)


def load_samples(database: Database) -> Iterator[Outcome]:
    """Import every sample workbook in the order it was sent; yields each file's outcome.

    What an earlier start that was cut off had loaded goes first.
    """
    batch = Batch()
    _mark(database, LOADING, "开始装入示例")
    with batch.gathering():
        for slug in packs():
            remove_campaign(database, slug)
    terms = Terms(uploaded_by=DEMO, reason=DEMO, is_sample=True)

    def read_sample(path: Path) -> tuple[bytes, Reading]:
        content = path.read_bytes()
        return content, read_file(database, content, path.name, Given(), isolated=False)

    with database.one_checkpoint(), ThreadPoolExecutor(READERS) as readers:
        files = [path for pack in packs().values() for path in pack.sample_files]
        for content, reading in readers.map(read_sample, files):
            with batch.gathering():
                outcome = submit(database, reading, content, terms)
            yield outcome
    told = {"count_after": batch.row_count, "sha256": batch.sha256}
    _mark(database, LOADED, f"装入示例 {len(files)} 份", **told)


def _mark(database: Database, progress: str, sentence: str, **about: Any) -> None:
    with doing(database, Action.CONFIGURE, Event.PUBLISH, sentence, thing="示例", **about) as deed:
        deed.writing.run("clear_samples_mark", {})
        deed.writing.insert("setting", [{"name": "samples", "value": progress}])
