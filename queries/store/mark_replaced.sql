-- Mark the published uploads that are left without a slice in force replaced.
UPDATE store.main.upload SET status = 'replaced'
WHERE status = 'published' AND upload NOT IN (
  SELECT upload FROM store.main.slice WHERE from_at IS NOT NULL AND until_at IS NULL)
