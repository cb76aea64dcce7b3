-- Put an upload's drafted slices in force.
UPDATE store.main.slice SET from_at = $moment::TIMESTAMP
WHERE upload = $upload AND from_at IS NULL
