"""Read → compare → draft → publish: the one way in for pages and command line."""

from tally.submissions.comparison import Change, Comparison
from tally.submissions.conflicts import STATE_ITEMS
from tally.submissions.drafts import CannotPublish, CannotUndo, publish, remove_campaign, undo
from tally.submissions.originals import original_path
from tally.submissions.outcome import Outcome
from tally.submissions.rosters import open_rows, packs_with_rosters
from tally.submissions.samples import are_samples_wanted, load_samples
from tally.submissions.staging import Given, Terms, import_file, read_file, submit

__all__ = [
    "STATE_ITEMS",
    "CannotPublish",
    "CannotUndo",
    "Change",
    "Comparison",
    "Given",
    "Outcome",
    "Terms",
    "are_samples_wanted",
    "import_file",
    "load_samples",
    "open_rows",
    "original_path",
    "packs_with_rosters",
    "publish",
    "read_file",
    "remove_campaign",
    "submit",
    "undo",
]
