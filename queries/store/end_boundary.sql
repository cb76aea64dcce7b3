-- Take a boundary back; it is kept with the moment, and the one before it is drawn again.
UPDATE store.main.boundary SET until_at = $moment::TIMESTAMP
WHERE boundary = $boundary::BIGINT AND until_at IS NULL
