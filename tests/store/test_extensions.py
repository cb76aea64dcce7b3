"""The engine's extensions come from installed wheels, and a missing one is told of."""

import sys
from contextlib import closing

import duckdb
import pytest

from tally.addresses import Lake
from tally.store.lake import EXTENSIONS, load_extensions
from tally.store.refusing import HomeUnusable


def test_missing_wheel_of_an_extension_is_named_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in EXTENSIONS:
        monkeypatch.setitem(sys.modules, f"duckdb_extension_{name}", None)

    with (
        closing(duckdb.connect()) as connection,
        pytest.raises(HomeUnusable, match=r"pip install -r requirements-cluster\.txt"),
    ):
        load_extensions(connection, Lake("", "lake"))
