-- Slices in force that exclude a new one: a list of all units beside lists of single
-- units for the same month would count their rows twice. Rows that another month's list carries
-- stand beside either.
SELECT DISTINCT slice.upload, slice.unit, slice.period, upload.file
FROM store.main.slice AS slice JOIN store.main.upload AS upload ON upload.upload = slice.upload
WHERE slice.from_at IS NOT NULL AND slice.until_at IS NULL
  AND NOT coalesce(slice.is_added, false)
  AND slice.campaign = $campaign AND slice.ledger = $ledger
  AND slice.period IN (SELECT unnest($periods::DATE[]))
  AND (slice.unit = '') <> ($unit = '')
ORDER BY slice.upload
