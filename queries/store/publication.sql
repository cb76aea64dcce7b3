-- What became of an upload, who put it in force and when.
SELECT upload.status, upload.file, coalesce(upload.reviewed_by, upload.uploaded_by) AS published_by,
  min(slice.from_at) AS published_at
FROM store.main.upload AS upload
LEFT JOIN store.main.slice AS slice ON slice.upload = upload.upload
WHERE upload.upload = $upload
GROUP BY ALL
