"""Homes that kept what persons said as it was written. Every person is made up."""

from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

from tally.contracts import contracts
from tally.safekeeping.opening import open_home
from tally.store import Database
from tally.submissions import Given, import_file, kept_apart, reveal
from tally.submissions.keys import item_key
from tally.submissions.older import mask_older
from tally.submissions.vault import APART
from tally.viewers import AT_THE_SERVER
from tests.intake.samples import XIANGSHAN, xlsx
from tests.submissions.test_vault import PERSONS, TERMS, everything, secrets_in


def test_rows_of_an_older_home_are_masked_once_and_keep_who_is_who(tmp_path: Path) -> None:
    heads = ("问题描述", "责任单位", "完成时限", "状态")
    rows = [
        (f"来电人{one['来电人']}反映漏水，电话{one['联系电话']}", "招商部", "2022-12-01", "进行中")
        for one in PERSONS[:3]
    ]
    given = Given(campaign="xiangshan", ledger="problems", month=date(2022, 9, 1))
    packs = {"xiangshan": XIANGSHAN}
    with closing(open_home(tmp_path / "home", packs).database) as database:
        first = import_file(database, xlsx(heads, *rows), "9.xlsx", given, TERMS)
        as_an_older_version_kept_it(database, rows)
        assert [mask_older(database) for _ in range(2)] == [3, 0]
        assert secrets_in(everything(database)) == []
        kept = kept_apart(database, first.upload or 0, "Sheet1", 3)
        assert kept is not None
        assert reveal(database, kept, AT_THE_SERVER, "回访核实") == {"问题描述": rows[1][0]}
        later = replace(given, month=date(2022, 10, 1))
        again = import_file(database, xlsx(heads, *rows), "10.xlsx", later, TERMS)
        counts = [again.comparison.count(kind) for kind in ("added", "changed", "vanished")]
        assert (again.status, counts) == ("published", [0, 0, 0])
    # The record of writes knows the rows as they are now.
    open_home(tmp_path / "home", packs, is_scanned=True).database.close()


def as_an_older_version_kept_it(database: Database, rows: list[tuple[str, ...]]) -> None:
    """Write the titles back into the store as they were written, under keys made of them."""
    contract = contracts()["problems"]
    place = {"upload": 1, "sheet": "Sheet1"}
    with database.write(lambda: None) as writing:
        stored = database.rows("SELECT row, item_key FROM store.main.problems").to_pylist()
        written = {number: row[0] for number, row in enumerate(rows, start=2)}
        titles = [{**place, "row": one["row"], "title": written[one["row"]]} for one in stored]
        writing.change("problems", titles, ("upload", "sheet", "row"))
        old = {
            one["item_key"]: item_key(contract, {"title": written[one["row"]], "unit": "招商部"})
            for one in stored
        }
        writing.rename_items(("problems",), old)
        for table in APART:
            writing.delete_upload_rows(table, [1])
        writing.insert("setting", [{"name": "personal", "value": "as written"}])
