-- Mark an upload undone, and those that are in force again published.
UPDATE store.main.upload SET status = CASE WHEN upload = $upload THEN 'undone' ELSE 'published' END
WHERE upload = $upload
   OR (status = 'replaced' AND upload IN (
         SELECT upload FROM store.main.slice WHERE from_at IS NOT NULL AND until_at IS NULL))
