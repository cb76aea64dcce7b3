-- The lists of whole months that a draft would put in force.
SELECT campaign, ledger, period, unit FROM store.main.slice
WHERE upload = $upload AND from_at IS NULL AND NOT coalesce(is_added, false)
ORDER BY ledger, period
