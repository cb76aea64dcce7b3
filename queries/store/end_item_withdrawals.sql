-- Take back the reasons given for these items: for one upload's list, or with NULL for any.
UPDATE store.main.withdrawal SET until_at = $moment::TIMESTAMP
WHERE campaign = $campaign AND until_at IS NULL
  AND item_key IN (SELECT unnest($keys::VARCHAR[]))
  AND ($upload::BIGINT IS NULL OR upload = $upload::BIGINT)
