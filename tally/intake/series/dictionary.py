"""The packs' indicators as a table of figures may name them."""

from collections.abc import Iterable

from tally.intake.cells.answers import plain
from tally.intake.series.titles import Title
from tally.packs import Indicator, Pack


class Dictionary:
    """Finds a pack's indicator by its name or an alias."""

    def __init__(self, packs: Iterable[Pack]) -> None:
        self._entries = {
            plain(word): entry
            for pack in packs
            for entry in pack.indicators
            for word in (entry.name, *entry.aliases)
        }

    def find(self, name: str) -> Indicator | None:
        """Return the indicator of that name, or None."""
        return self._entries.get(plain(name))

    def knows(self, name: str) -> bool:
        """Tell whether a pack has an indicator of that name."""
        return bool(name) and self.find(name) is not None

    def indicator_in(self, title: Title) -> str:
        """Return the indicator that a title names, plainly or by what is left; '' for none."""
        if title.indicator:
            return title.indicator
        is_named = not title.likely_indicator and self.knows(title.name)
        return title.name if is_named else title.likely_indicator
