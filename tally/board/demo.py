"""Whether anything that is looked at was made up: it is marked 演示数据 wherever it shows."""

from tally.board.asking import Filters, records
from tally.packs import DEMO, Community, Dimension, League, Pack, Unit


def is_demo(chosen: Filters) -> bool:
    """Say whether demonstration data is in force, or the pack itself holds made-up entries."""
    months = records("published_months", chosen)
    return any(month["is_sample"] for month in months) or has_demo_entries(chosen.pack)


def has_demo_entries(pack: Pack) -> bool:
    """Say whether a unit, dimension, community or league of the pack was made up."""
    made: tuple[Unit | Dimension | Community | League, ...] = (
        *pack.units,
        *pack.dimensions,
        *pack.communities,
        *pack.leagues,
    )
    return any(DEMO in entry.source for entry in made)
