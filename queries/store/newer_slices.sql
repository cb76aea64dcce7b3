-- Slices of the same ledger and unit that were published since a draft was made: what the
-- draft was compared with is no longer in force.
SELECT upload.file
FROM store.main.slice AS drafted
JOIN store.main.upload AS draft ON draft.upload = drafted.upload
JOIN store.main.slice AS newer
  ON newer.campaign = drafted.campaign AND newer.ledger = drafted.ledger
 AND newer.unit = drafted.unit AND newer.from_at > draft.uploaded_at AND newer.until_at IS NULL
JOIN store.main.upload AS upload ON upload.upload = newer.upload
WHERE drafted.upload = $upload AND drafted.from_at IS NULL
LIMIT 1
