-- Mark an upload undone or returned, and those that are in force again published.
UPDATE store.main.upload SET
  status = CASE WHEN upload = $upload THEN $status::VARCHAR ELSE 'published' END,
  returned_reason = CASE WHEN upload = $upload THEN $reason::VARCHAR ELSE returned_reason END
WHERE upload = $upload
   OR (status = 'replaced' AND upload IN (
         SELECT upload FROM store.main.slice WHERE from_at IS NOT NULL AND until_at IS NULL))
