-- The ledgers that a campaign's uploads have rows of.
SELECT DISTINCT ledger FROM store.main.slice WHERE campaign = $campaign ORDER BY ledger
