"""Words in a spreadsheet's cells that stay words, whatever sign they begin with."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tally.formulas import starts_like_formula
from tally.words import is_missing

# Nothing that looks like a formula or an address becomes one by itself.
SETTINGS = {"strings_to_formulas": False, "strings_to_urls": False}
# What a file says it was made at, so that the same words make the same bytes.
MADE_AT = datetime(1980, 1, 1)
DAY_FORMAT = "yyyy-mm-dd"
# A longer text is one the library leaves out without a word, and no spreadsheet opens.
MAX_CELL_CHARACTERS = 32_767


class Pen:
    """Writes into a workbook's cells; looks that were used before are used again."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def put(
        self,
        sheet: Worksheet,
        cell: tuple[int, int],
        value: Any,
        look: Mapping[str, Any] | None = None,
    ) -> None:
        """Write a value: dates and numbers as such, text as text, nothing as a blank cell.

        A text that begins like a formula is marked as text, so that it stays one when somebody
        edits the cell; its words are not changed.
        """
        properties = dict(look or {})
        if isinstance(value, str):
            value = value[:MAX_CELL_CHARACTERS]
            if starts_like_formula(value):
                properties["quote_prefix"] = True
            sheet.write_string(*cell, value, self._format(properties))
        elif isinstance(value, bool):
            sheet.write_string(*cell, "是" if value else "否", self._format(properties))
        elif is_missing(value):
            sheet.write_blank(*cell, None, self._format(properties))
        elif isinstance(value, date):
            properties.setdefault("num_format", DAY_FORMAT)
            sheet.write_datetime(*cell, value, self._format(properties))
        else:
            sheet.write_number(*cell, value, self._format(properties))

    def _format(self, properties: Mapping[str, Any]) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(dict(properties))
        return self._formats[key]
