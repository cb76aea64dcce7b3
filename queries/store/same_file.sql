-- The upload of this very file whose every slice is still in force, if there is one.
SELECT upload.upload, upload.month, upload.row_count, upload.answers
FROM store.main.upload AS upload
WHERE upload.sha256 = $sha256 AND upload.campaign = $campaign AND upload.unit = $unit
  AND upload.month IS NOT DISTINCT FROM $month::DATE AND upload.status = 'published'
  AND NOT EXISTS (
    FROM store.main.slice AS slice
    WHERE slice.upload = upload.upload AND slice.until_at IS NOT NULL
      AND NOT EXISTS (
        FROM store.main.slice AS again
        WHERE again.upload = slice.upload AND again.ledger = slice.ledger
          AND again.period IS NOT DISTINCT FROM slice.period
          AND again.until_at IS NULL AND again.from_at IS NOT NULL))
ORDER BY upload.upload DESC LIMIT 1
