-- Keep who returned an upload, and when.
UPDATE store.main.upload SET reviewed_by = coalesce($returned_by::VARCHAR, reviewed_by),
  reviewed_at = $moment::TIMESTAMP
WHERE upload = $upload
