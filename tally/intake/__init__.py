"""A workbook in, a Reading and its Problems out; knows spreadsheets, no database, no screen.

`read(content, file_name, brief)` is the one way in.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tally.intake.reading import Brief, read

__all__ = ["Brief", "read"]


def __getattr__(name: str) -> Any:
    # Resolved on first use: the child process imports this package too, and must not pay
    # for contracts and packs, which take longer to import than a small file to read.
    if name in __all__:
        from tally.intake import reading

        return getattr(reading, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
