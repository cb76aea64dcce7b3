-- Drafts that speak about a slice and are not in force yet.
SELECT slice.upload
FROM store.main.slice AS slice
JOIN store.main.upload AS upload ON upload.upload = slice.upload
WHERE upload.status = 'draft' AND slice.campaign = $campaign AND slice.ledger = $ledger
  AND slice.period = $period::DATE AND slice.unit = $unit
ORDER BY slice.upload
