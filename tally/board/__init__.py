"""What pages stand on: remembered answers, shared filters, panels, cards, empty states."""

from tally.board.asking import (
    FILTERS_KEY,
    Filters,
    ask,
    filters,
    known_at,
    records,
    say_sensitive,
    theme,
    today,
)
from tally.board.card import item_card, linked_card
from tally.board.chasing import missing_items, reminder_text, seal_row
from tally.board.filter_row import filter_row
from tally.board.findings import file_findings
from tally.board.ground import ground_or_stop
from tally.board.handler import handler
from tally.board.imports import recent_imports
from tally.board.items import first_key, urgent_items
from tally.board.leagues import reporting, small_samples, standing
from tally.board.menu_pages import navigation, section_mark
from tally.board.metrics import metric_row
from tally.board.narrowing import pick, picked, take_back, unpicked
from tally.board.page_style import write_style
from tally.board.panels import (
    figure,
    heading,
    panel,
    picking_figure,
    stop_without_data,
    stop_without_items,
    verdict,
)
from tally.board.parts import write_part
from tally.board.places import (
    at_month,
    community_card,
    community_deck,
    community_table,
    list_height_px,
    map_switches,
    place_chosen,
    places_of,
)
from tally.board.projected import is_wall
from tally.board.provenance import has_link, leave_link
from tally.board.publishing import opening
from tally.board.received import upload_list
from tally.board.roster import roster_actions, roster_month, roster_rows, roster_table
from tally.board.search import found_card, found_rows, found_table, found_verdict, search_row
from tally.board.sending import stop
from tally.board.tables import table
from tally.board.turns import turn
from tally.board.uploads import answer, choose_files
from tally.board.viewing import account_menu, say_ended, say_refused, viewer
from tally.board.watermark import watermark
from tally.board.ways import way_to

__all__ = [
    "FILTERS_KEY",
    "Filters",
    "account_menu",
    "answer",
    "ask",
    "at_month",
    "choose_files",
    "community_card",
    "community_deck",
    "community_table",
    "figure",
    "file_findings",
    "filter_row",
    "filters",
    "first_key",
    "found_card",
    "found_rows",
    "found_table",
    "found_verdict",
    "ground_or_stop",
    "handler",
    "has_link",
    "heading",
    "is_wall",
    "item_card",
    "known_at",
    "leave_link",
    "linked_card",
    "list_height_px",
    "map_switches",
    "metric_row",
    "missing_items",
    "navigation",
    "opening",
    "panel",
    "pick",
    "picked",
    "picking_figure",
    "place_chosen",
    "places_of",
    "recent_imports",
    "records",
    "reminder_text",
    "reporting",
    "roster_actions",
    "roster_month",
    "roster_rows",
    "roster_table",
    "say_ended",
    "say_refused",
    "say_sensitive",
    "seal_row",
    "search_row",
    "section_mark",
    "small_samples",
    "standing",
    "stop",
    "stop_without_data",
    "stop_without_items",
    "table",
    "take_back",
    "theme",
    "today",
    "turn",
    "unpicked",
    "upload_list",
    "urgent_items",
    "verdict",
    "viewer",
    "watermark",
    "way_to",
    "write_part",
    "write_style",
]
