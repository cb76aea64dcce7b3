"""The packs' sample workbooks, taken in through the ordinary import on first start."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tally.contracts import Reading
from tally.packs import DEMO, packs
from tally.store import Database
from tally.submissions.outcome import Outcome
from tally.submissions.staging import Given, Terms, read_file, submit

# Two files are read side by side; they are kept one after the other, in the order sent.
READERS = 2


def is_empty(database: Database) -> bool:
    """Whether nothing was ever uploaded to the home."""
    return database.ask("uploads").num_rows == 0


def load_samples(database: Database) -> Iterator[Outcome]:
    """Import every sample workbook in the order it was sent; yields each file's outcome."""
    terms = Terms(uploaded_by=DEMO, reason=DEMO, is_sample=True)
    for pack in packs().values():
        files = pack.sample_files

        def read_sample(path: Path) -> tuple[bytes, Reading]:
            content = path.read_bytes()
            return content, read_file(database, content, path.name, Given())

        with ThreadPoolExecutor(READERS) as readers:
            for content, reading in readers.map(read_sample, files):
                yield submit(database, reading, content, terms)
