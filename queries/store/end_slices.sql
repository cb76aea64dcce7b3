-- End the slices that an upload replaces: what its lists of whole months find there. A list of all
-- units also replaces what other lists added for single ones. Lists that add up replace none, nor
-- do rows that another month's list carries.
UPDATE store.main.slice AS held SET until_at = $moment::TIMESTAMP, ended_by = $upload
WHERE from_at IS NOT NULL AND until_at IS NULL AND upload <> $upload
  AND NOT list_contains($accumulating::VARCHAR[], ledger)
  AND EXISTS (
    FROM store.main.slice AS drafted
    WHERE drafted.upload = $upload AND drafted.from_at IS NULL
      AND NOT coalesce(drafted.is_added, false)
      AND drafted.campaign = held.campaign AND drafted.ledger = held.ledger
      AND drafted.period IS NOT DISTINCT FROM held.period
      AND (drafted.unit = held.unit OR (drafted.unit = '' AND held.is_added)))
