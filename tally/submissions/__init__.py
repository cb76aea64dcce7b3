"""Read → compare → draft → publish: the one way in for pages and command line."""

from tally.submissions.archives import CannotArchive, archive, is_archived, unarchive
from tally.submissions.boundaries import (
    CannotDraw,
    origin_of,
    put_in_force,
    set_tile_server,
    take_boundary_back,
    tile_server,
)
from tally.submissions.carrying import CannotCarry, Carrying, carry_over, carrying
from tally.submissions.comparison import Change, Comparison
from tally.submissions.conflicts import STATE_ITEMS
from tally.submissions.drafts import CannotPublish, CannotUndo, publish, remove_campaign, undo
from tally.submissions.nil import NilReturn, send_nil
from tally.submissions.originals import original_path
from tally.submissions.outcome import Outcome
from tally.submissions.pairs import Pair
from tally.submissions.provenance import KeptRow, SideBySide, kept_row, side_by_side
from tally.submissions.receipts import receipt_of
from tally.submissions.returns import return_upload
from tally.submissions.rosters import open_rows, packs_with_rosters
from tally.submissions.samples import are_samples_wanted, load_samples
from tally.submissions.seals import CannotSeal, seal, unseal
from tally.submissions.staging import Given, Terms, import_file, read_file, submit
from tally.submissions.withdrawals import CannotWithdraw, withdraw

__all__ = [
    "STATE_ITEMS",
    "CannotArchive",
    "CannotCarry",
    "CannotDraw",
    "CannotPublish",
    "CannotSeal",
    "CannotUndo",
    "CannotWithdraw",
    "Carrying",
    "Change",
    "Comparison",
    "Given",
    "KeptRow",
    "NilReturn",
    "Outcome",
    "Pair",
    "SideBySide",
    "Terms",
    "archive",
    "are_samples_wanted",
    "carry_over",
    "carrying",
    "import_file",
    "is_archived",
    "kept_row",
    "load_samples",
    "open_rows",
    "origin_of",
    "original_path",
    "packs_with_rosters",
    "publish",
    "put_in_force",
    "read_file",
    "receipt_of",
    "remove_campaign",
    "return_upload",
    "seal",
    "send_nil",
    "set_tile_server",
    "side_by_side",
    "submit",
    "take_boundary_back",
    "tile_server",
    "unarchive",
    "undo",
    "unseal",
    "withdraw",
]
