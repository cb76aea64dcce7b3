-- The slices a draft would put in force.
SELECT campaign, ledger, period, unit FROM store.main.slice
WHERE upload = $upload AND from_at IS NULL ORDER BY ledger, period
