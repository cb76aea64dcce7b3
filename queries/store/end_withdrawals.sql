-- Take back the reasons given for items that vanished from an upload's list.
UPDATE store.main.withdrawal SET until_at = $moment::TIMESTAMP
WHERE upload = $upload AND until_at IS NULL
