-- The number of the next upload.
SELECT coalesce(max(upload), 0) + 1 FROM store.main.upload
