-- Mark an upload published, and those it left without a slice in force replaced.
UPDATE store.main.upload SET
  status = CASE WHEN upload = $upload THEN 'published' ELSE 'replaced' END,
  reason = CASE WHEN upload = $upload THEN coalesce($reason, reason) ELSE reason END
WHERE upload = $upload
   OR (status = 'published' AND upload NOT IN (
         SELECT upload FROM store.main.slice WHERE from_at IS NOT NULL AND until_at IS NULL))
