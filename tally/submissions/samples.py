"""The packs' sample workbooks, taken in through the ordinary import on first start."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tally.contracts import Reading
from tally.packs import DEMO, packs
from tally.store import Database
from tally.submissions.drafts import remove_campaign
from tally.submissions.outcome import Outcome
from tally.submissions.staging import Given, Terms, read_file, submit

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
    _mark(database, LOADING)
    for slug in packs():
        remove_campaign(database, slug)
    terms = Terms(uploaded_by=DEMO, reason=DEMO, is_sample=True)

    def read_sample(path: Path) -> tuple[bytes, Reading]:
        content = path.read_bytes()
        return content, read_file(database, content, path.name, Given(), isolated=False)

    with database.one_checkpoint(), ThreadPoolExecutor(READERS) as readers:
        files = [path for pack in packs().values() for path in pack.sample_files]
        for content, reading in readers.map(read_sample, files):
            yield submit(database, reading, content, terms)
    _mark(database, LOADED)


def _mark(database: Database, progress: str) -> None:
    with database.write() as writing:
        writing.run("clear_samples_mark", {})
        writing.insert("setting", [{"name": "samples", "value": progress}])
