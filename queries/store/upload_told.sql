-- What an audit record says of an upload: whose it is, its file, how many rows it puts in force or
-- put in force, and how many it replaced.
SELECT coalesce(upload.campaign, ''), coalesce(upload.unit, ''), upload.month, upload.file,
  coalesce(upload.sha256, ''),
  (SELECT coalesce(sum(row_count), 0)::BIGINT FROM store.main.slice WHERE upload = $upload),
  (SELECT coalesce(sum(row_count), 0)::BIGINT FROM store.main.slice WHERE ended_by = $upload),
  (SELECT list(DISTINCT upload ORDER BY upload) FROM store.main.slice WHERE ended_by = $upload)
FROM store.main.upload AS upload
WHERE upload.upload = $upload
