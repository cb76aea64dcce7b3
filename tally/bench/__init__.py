"""What `manage.py bench` measures: imports, questions and pages, each as a ratio in one run."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

# Of an import, so many rows of a workbook are the most that a sheet of 20 MB holds.
ROWS = {"import": 100_000, "questions": 1_000_000, "dashboard": 1_000_000, "browser": 1_000_000}


class Report(Protocol):
    """What was measured, for people and for programs."""

    def as_record(self) -> dict[str, Any]:
        """Return the figures as JSON knows them."""

    def as_table(self) -> tuple[list[str], list[list[str]]]:
        """Return the headings and the rows of a table to look at."""


def measured(what: str, given: Mapping[str, Any], home: Path) -> Report:
    """Measure what the command line names; the wall and the stores are those of `home` itself."""
    if what == "wall":
        from tally.bench.soak import bench_wall

        return bench_wall(home, given["seconds"])
    if what == "stores":
        from tally.bench.stores import bench_stores

        return bench_stores(home, given["repeats"])
    row_count = given["rows"] or ROWS[what]
    # Each needs libraries that the others can do without.
    if what == "import":
        from tally.bench.importing import bench_import

        return bench_import(row_count, given["columns"], given["repeats"])
    if what == "questions":
        from tally.bench.answers import bench_questions

        return bench_questions(row_count, given["repeats"])
    if what == "browser":
        from tally.bench.browsing import bench_browser

        return bench_browser(row_count)
    from tally.bench.dashboard import Load, bench_dashboard

    return bench_dashboard(Load(row_count, given["seconds"], given["arriving"], given["loads"]))
