-- The list in force of one slice, who sent it and when.
SELECT upload.file, upload.uploaded_by, slice.from_at, upload.is_nil
FROM store.main.slice AS slice JOIN store.main.upload AS upload ON upload.upload = slice.upload
WHERE slice.campaign = $campaign AND slice.ledger = $ledger AND slice.period = $period::DATE
  AND slice.unit = $unit AND slice.from_at IS NOT NULL AND slice.until_at IS NULL
