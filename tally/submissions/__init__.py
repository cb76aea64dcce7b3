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
from tally.submissions.drafts import CannotPublish, CannotUndo, publish, undo
from tally.submissions.nil import NilReturn, send_nil
from tally.submissions.originals import (
    OriginalLost,
    encrypt_originals,
    has_original,
    original_path,
    read_original,
)
from tally.submissions.outcome import Outcome
from tally.submissions.pairs import Pair
from tally.submissions.provenance import KeptRow, SideBySide, kept_row, side_by_side
from tally.submissions.receipts import receipt_of
from tally.submissions.removal import remove_campaign
from tally.submissions.returns import return_upload
from tally.submissions.revealing import may_have_original, reveal
from tally.submissions.rosters import open_rows, packs_with_rosters
from tally.submissions.samples import are_samples_wanted, load_samples
from tally.submissions.seals import CannotSeal, seal, unseal
from tally.submissions.staging import Given, Terms, import_file, read_file, submit
from tally.submissions.vault import CannotReveal, kept_apart
from tally.submissions.withdrawals import CannotWithdraw, withdraw

__all__ = [
    "STATE_ITEMS",
    "CannotArchive",
    "CannotCarry",
    "CannotDraw",
    "CannotPublish",
    "CannotReveal",
    "CannotSeal",
    "CannotUndo",
    "CannotWithdraw",
    "Carrying",
    "Change",
    "Comparison",
    "Given",
    "KeptRow",
    "NilReturn",
    "OriginalLost",
    "Outcome",
    "Pair",
    "SideBySide",
    "Terms",
    "archive",
    "are_samples_wanted",
    "carry_over",
    "carrying",
    "encrypt_originals",
    "has_original",
    "import_file",
    "is_archived",
    "kept_apart",
    "kept_row",
    "load_samples",
    "may_have_original",
    "open_rows",
    "origin_of",
    "original_path",
    "packs_with_rosters",
    "publish",
    "put_in_force",
    "read_file",
    "read_original",
    "receipt_of",
    "remove_campaign",
    "return_upload",
    "reveal",
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
