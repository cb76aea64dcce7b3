-- What is kept apart of one row of a list, with its upload's key and whose the row is.
SELECT vault.ledger, vault.item_key, vault.shown, vault.sealed, vault_key.wrapped
FROM store.main.vault LEFT JOIN store.main.vault_key USING (upload)
WHERE vault.upload = $upload AND vault.sheet = $sheet AND vault.row = $row
  AND $ledger IN ('', vault.ledger) AND $item_key IN ('', vault.item_key)
