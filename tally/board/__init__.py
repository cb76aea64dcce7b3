"""What pages stand on: remembered answers, shared filters, panels, cards, empty states."""

from tally.board.asking import FILTERS_KEY, Filters, ask, filters, follow_publication, theme
from tally.board.card import item_card, linked_card
from tally.board.chasing import missing_items, reminder_text, seal_row
from tally.board.findings import file_findings
from tally.board.handler import handler, handler_field
from tally.board.imports import recent_imports
from tally.board.items import (
    all_cells_button,
    cell_items,
    chosen_cell,
    first_key,
    item_table,
    keep_cell,
    overdue_words,
    urgent_items,
)
from tally.board.leagues import one_league, reporting, small_samples, standing
from tally.board.metrics import metric_row
from tally.board.panels import (
    figure,
    heading,
    panel,
    stop_without_data,
    stop_without_items,
    table,
    verdict,
)
from tally.board.places import (
    community_card,
    community_deck,
    community_table,
    list_height_px,
    measure_switch,
    stop_without_map,
)
from tally.board.provenance import has_link, leave_link
from tally.board.publishing import opening
from tally.board.received import upload_list
from tally.board.roster import roster_actions, roster_month, roster_rows, roster_table
from tally.board.search import found_card, found_rows, found_table, found_verdict, search_row
from tally.board.uploads import answer, choose_files
from tally.board.watch import watch_theme

__all__ = [
    "FILTERS_KEY",
    "Filters",
    "all_cells_button",
    "answer",
    "ask",
    "cell_items",
    "choose_files",
    "chosen_cell",
    "community_card",
    "community_deck",
    "community_table",
    "figure",
    "file_findings",
    "filters",
    "first_key",
    "follow_publication",
    "found_card",
    "found_rows",
    "found_table",
    "found_verdict",
    "handler",
    "handler_field",
    "has_link",
    "heading",
    "item_card",
    "item_table",
    "keep_cell",
    "leave_link",
    "linked_card",
    "list_height_px",
    "measure_switch",
    "metric_row",
    "missing_items",
    "one_league",
    "opening",
    "overdue_words",
    "panel",
    "recent_imports",
    "reminder_text",
    "reporting",
    "roster_actions",
    "roster_month",
    "roster_rows",
    "roster_table",
    "seal_row",
    "search_row",
    "small_samples",
    "standing",
    "stop_without_data",
    "stop_without_items",
    "stop_without_map",
    "table",
    "theme",
    "upload_list",
    "urgent_items",
    "verdict",
    "watch_theme",
]
