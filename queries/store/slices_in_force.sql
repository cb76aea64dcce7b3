-- The slices of an upload that are in force.
SELECT ledger, period FROM store.main.slice
WHERE upload = $upload AND from_at IS NOT NULL AND until_at IS NULL
