-- End the slices that an upload replaces; lists that add up replace none.
UPDATE store.main.slice SET until_at = $moment::TIMESTAMP, ended_by = $upload
WHERE from_at IS NOT NULL AND until_at IS NULL AND upload <> $upload
  AND NOT list_contains($accumulating::VARCHAR[], ledger)
  AND (campaign, ledger, coalesce(period, DATE '0001-01-01'), unit) IN (
    SELECT (campaign, ledger, coalesce(period, DATE '0001-01-01'), unit)
    FROM store.main.slice WHERE upload = $upload AND from_at IS NULL)
