-- The months a campaign collects a ledger for, oldest first; none for one it does not collect.
SELECT period FROM memory.main.pack_due WHERE campaign = $campaign AND ledger = $ledger
ORDER BY period
