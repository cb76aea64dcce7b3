-- Take an upload's slices out of force.
UPDATE store.main.slice SET until_at = $moment::TIMESTAMP
WHERE upload = $upload AND from_at IS NOT NULL AND until_at IS NULL
