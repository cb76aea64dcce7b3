-- From schema 6 to 7: what rows said of persons, apart and encrypted.

-- What rows said of persons: `shown` is what is shown of the
-- columns that no ledger has, `sealed` all of the row's cells as written, each row by itself under
-- its upload's own key, which lies in `vault_key`, wrapped by the key file's.
CREATE TABLE IF NOT EXISTS store.main.vault (
  upload BIGINT, ledger VARCHAR, sheet VARCHAR, row BIGINT, item_key VARCHAR, shown VARCHAR,
  sealed BLOB
);

CREATE TABLE IF NOT EXISTS store.main.vault_key (upload BIGINT, wrapped BLOB);

UPDATE store.main.setting SET value = '7' WHERE name = 'schema';

-- Rows imported before hold what was written; they are masked at the next start (`mask_older`).
INSERT INTO store.main.setting VALUES ('personal', 'as written');
