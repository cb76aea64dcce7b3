-- Takes a campaign out of the archive; that it was there stays on record.
UPDATE store.main.archive SET until_at = $moment
WHERE campaign = $campaign AND until_at IS NULL
