"""Homes as earlier programs made them: the tables of each released schema, and rows in them."""

from pathlib import Path

import duckdb

SCHEMAS = Path(__file__).parent / "schemas"
# A list of August that is in force and one that it replaced.
ROWS = """
INSERT INTO store.main.setting VALUES ('schema', '{schema}');
INSERT INTO store.main.upload BY NAME
  SELECT 1 AS upload, 'trial' AS campaign, DATE '2022-08-01' AS "month", '甲部' AS unit,
    '八月.xlsx' AS file, 'a1' AS sha256, '办公室' AS uploaded_by,
    TIMESTAMP '2022-09-01 01:00' AS uploaded_at, 'replaced' AS status, 1 AS row_count
  UNION ALL
  SELECT 2, 'trial', DATE '2022-08-01', '甲部', '八月更正.xlsx', 'a2', '办公室',
    TIMESTAMP '2022-09-02 01:00', 'published', 1;
INSERT INTO store.main.slice (upload, campaign, ledger, period, unit, row_count, from_at, until_at,
  ended_by) VALUES
  (1, 'trial', 'problems', '2022-08-01', '甲部', 1, '2022-09-01 01:00', '2022-09-02 01:00', 2),
  (2, 'trial', 'problems', '2022-08-01', '甲部', 1, '2022-09-02 01:00', NULL, NULL);
INSERT INTO store.main.problems BY NAME
  SELECT unnest([1, 2]) AS upload, '台账' AS sheet, 2 AS row, DATE '2022-08-01' AS period,
    unnest(['P1', 'P2']) AS item_key, '积水' AS title, '甲部' AS unit, 'open' AS state;
"""


def make_older(home: Path, schema: int) -> Path:
    """Make a home of an earlier schema and return it."""
    home.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{home / 'tally.duckdb'}' AS store (STORAGE_VERSION 'v1.5.0')")
        connection.execute((SCHEMAS / f"schema_{schema}.sql").read_text("utf-8"))
        connection.execute(ROWS.format(schema=schema))
    return home
